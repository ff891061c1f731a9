"""Letters and saved web pages in MIME (.eml, .mht; RFC 5322, RFC 2045–2049, RFC 2557) to a `Letter`.

The standard library's older policy is used: the newer one raises on some headers that are not well formed, and cannot
join encoded words of which each has a part of one letter's bytes, as old webmail wrote them.
"""

from __future__ import annotations

import codecs
import email
import email.errors
import email.header
import email.policy
import email.utils
from collections.abc import Iterator
from email.message import Message

from indexer.readers.encoding import decode
from indexer.readers.extracted import Unreadable
from indexer.readers.letter import Enclosure, Letter, Passage, sent_at

MAX_DEPTH = 5
"""How deep letters may be forwarded within one another; what is deeper is left out, with a note."""

_BOM = codecs.BOM_UTF8
_HEADER_BYTES = 2**18
_HEADER_CHARACTERS = 20_000  # decoding takes time with the square of a header's length
_ENCRYPTED = {
    "multipart/encrypted": "Thư mã hóa (PGP): cần bản đã giải mã.",
    "application/pkcs7-mime": "Thư mã hóa hoặc ký thành gói (S/MIME): cần bản đã mở.",
    "application/x-pkcs7-mime": "Thư mã hóa hoặc ký thành gói (S/MIME): cần bản đã mở.",
}
_SIGNATURES = frozenset({"application/pkcs7-signature", "application/x-pkcs7-signature", "application/pgp-signature"})
_CUT_OFF = (email.errors.CloseBoundaryNotFoundDefect, email.errors.StartBoundaryNotFoundDefect)
# `decode` tells these from one another better than what a letter says of itself.
_DOUBTFUL = frozenset({"ascii", "utf-8", "cp1252", "cp1258", "iso8859-1"})


def parse_mime(content: bytes) -> Letter:
    """The letter in a MIME file; a saved page is a letter without header.

    Raises:
        Unreadable: It is encrypted.
    """
    message = email.message_from_bytes(content.removeprefix(_BOM).lstrip(), policy=email.policy.compat32)
    return _letter(message, depth=0)


def subject_of(content: bytes) -> str:
    """The subject (chủ đề) in a letter's header, of which no more than the beginning is looked at."""
    return _field(email.message_from_bytes(content[:_HEADER_BYTES], policy=email.policy.compat32), "subject")


def _letter(message: Message, depth: int) -> Letter:
    gathered = _Gathered(depth)
    gathered.add(message)
    return Letter(
        **({} if _is_saved_page(message) else _header(message)),
        body=tuple(gathered.body),
        enclosures=tuple(gathered.enclosures),
        letters=tuple(gathered.letters),
        notes=tuple(dict.fromkeys(gathered.notes)),
    )


def _is_saved_page(message: Message) -> bool:
    """Whether a browser or Word wrote it: what its header says is then of the saving and not of the document."""
    return message.get_content_type() == "multipart/related" and "To" not in message and "Cc" not in message


def _header(message: Message) -> dict[str, str]:
    return {
        "subject": _field(message, "subject"),
        "sender": _field(message, "from"),
        "recipients": _field(message, "to"),
        "copies": _field(message, "cc"),
        "sent": _day(_field(message, "date")),
    }


def _field(message: Message, name: str) -> str:
    raw = next((value for key, value in message.raw_items() if key.lower() == name), "")
    return _decoded(str(raw))


def _decoded(raw: str) -> str:
    """A header's text: encoded words (RFC 2047), or bytes in UTF-8 or Windows-1258 as they are."""
    try:
        text = decode(raw[:_HEADER_CHARACTERS].encode("utf-8", "surrogateescape"))
        words = email.header.decode_header(text)
        text = "".join(word if isinstance(word, str) else _characters(word, charset or "") for word, charset in words)
    except (Unreadable, email.errors.HeaderParseError):
        text = raw[:_HEADER_CHARACTERS].encode("utf-8", "replace").decode()
    return " ".join(text.split())


def _day(date: str) -> str:
    """A date as Vietnamese readers know it; as it is written where it is not one (RFC 5322, 3.3)."""
    try:
        return sent_at(email.utils.parsedate_to_datetime(date))
    except (ValueError, TypeError, IndexError, OverflowError):
        return date


class _Gathered:
    """What the parts of a message hold.

    Args:
        depth: How many letters this one is within.
    """

    def __init__(self, depth: int) -> None:
        self.body: list[Passage] = []
        self.enclosures: list[Enclosure] = []
        self.letters: list[Letter] = []
        self.notes: list[str] = []
        self._depth = depth

    def add(self, part: Message) -> None:
        kind = part.get_content_type()
        if any(isinstance(defect, _CUT_OFF) for defect in part.defects):
            self.notes.append("Thư bị cắt cụt: phần cuối không có trong tệp.")
        if kind in _ENCRYPTED:
            raise Unreadable(_ENCRYPTED[kind])
        if kind == "message/rfc822":
            self._add_letter(part)
        elif kind == "multipart/alternative":
            self._add_alternative(part)
        elif part.is_multipart():
            for child in _children(part):
                self.add(child)
        elif _is_enclosed(part):
            self.enclosures.append(Enclosure(_name(part), _content(part)))
        elif kind in ("text/plain", "text/html"):
            self._add_passage(part, is_html=kind == "text/html")

    def _add_letter(self, part: Message) -> None:
        for message in _children(part):
            if self._depth == MAX_DEPTH:
                self.notes.append(f"Thư chuyển tiếp lồng nhau quá {MAX_DEPTH} lớp: phần sâu hơn không được đọc.")
            else:
                self.letters.append(_letter(message, self._depth + 1))

    def _add_alternative(self, part: Message) -> None:
        """Adds one form of the body that is given in several: plain text where there is any."""
        forms = [_Gathered(self._depth) for _ in _children(part)]
        for form, child in zip(forms, _children(part), strict=True):
            form.add(child)
            self.enclosures += form.enclosures
            self.letters += form.letters
            self.notes += form.notes
        bodies = [form.body for form in forms if any(passage.text.strip() for passage in form.body)]
        plain = [body for body in bodies if not any(passage.is_html for passage in body)]
        self.body += next(iter(plain + bodies), [])

    def _add_passage(self, part: Message, *, is_html: bool) -> None:
        try:
            self.body.append(Passage(_characters(_content(part), part.get_content_charset() or ""), is_html))
        except Unreadable as unreadable:
            self.notes.append(f"Nội dung thư: {unreadable}")


def _children(part: Message) -> Iterator[Message]:
    payload = part.get_payload()
    return (child for child in payload if isinstance(child, Message)) if isinstance(payload, list) else iter(())


def _is_enclosed(part: Message) -> bool:
    """Whether a part is a file of its own, and neither body nor what the body shows or is signed with."""
    kind = part.get_content_type()
    attached = part.get_content_disposition() == "attachment"
    shown = part.get_content_maintype() in ("image", "audio", "video") and "Content-ID" in part and not attached
    return (attached or bool(part.get_filename())) and not shown and kind not in _SIGNATURES


def _name(part: Message) -> str:
    return _decoded(part.get_filename() or "") or "tệp không tên"


def _content(part: Message) -> bytes:
    content = part.get_payload(decode=True)
    return content if isinstance(content, bytes) else b""


def _characters(content: bytes, charset: str) -> str:
    try:
        name = codecs.lookup(charset).name
        if name not in _DOUBTFUL:
            return content.decode(name, "replace")
    except (LookupError, UnicodeError, ValueError):  # unknown, or no encoding of text
        pass
    return decode(content, charset)
