"""Letters (.eml, .msg) and saved web pages (.mht) to text: header, body, then each attached file under its name.

What a letter says of itself stays text and fills no field of the record: of the official document that it carries, the
document itself says subject and date. That document is the first attached file that says itself what it is, as an
exchange package does; without one, the first whose text has a number.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator, Mapping
from typing import Any

from engines.origins import Origin, OriginKind
from engines.record import from_mapping
from engines.signatures import Signature
from indexer.metadata import complete
from indexer.readers.apart import read_apart
from indexer.readers.extracted import MAX_CHARACTERS, Extracted, Unreadable, clean
from indexer.readers.html import read_html
from indexer.readers.letter import Letter, Passage, from_json, to_json
from indexer.readers.mime import parse_mime
from indexer.readers.outlook import parse_outlook
from indexer.told import told

MAX_ENCLOSURES = 200
"""How many attached files of one letter are read, with those of letters within it."""

# What the heading and the signature of an attached document tell; relations are those of the whole text.
_FIELDS = (
    *("number", "type", "subject", "issuer", "place", "issued"),
    *("signer", "signer_title", "signing", "urgency", "secrecy"),
)
_MIME, _OUTLOOK = "message/rfc822", "application/vnd.ms-outlook"


def read_mail(content: bytes, read: Callable[[bytes, str], Extracted]) -> Extracted:
    """The text of a MIME file.

    Args:
        content: All of it.
        read: Reads an attached file: content and name to text. Raises `Unreadable`, which becomes a note.

    Raises:
        Unreadable: It is encrypted or broken.
    """
    return _extracted(_parsed(parse_mime, content), _MIME, read)


def read_outlook(content: bytes, read: Callable[[bytes, str], Extracted]) -> Extracted:
    """The text of a letter that Outlook saved (MS-OXMSG); the same as `read_mail` otherwise."""
    return _extracted(_parsed(parse_outlook, content), _OUTLOOK, read)


def _parsed(parse: Callable[[bytes], Letter], content: bytes) -> Letter:
    # A file of nothing but nested parts takes time with the square of its length.
    return from_json(read_apart(lambda file: to_json(parse(file)), content))


def _extracted(letter: Letter, media_type: str, read: Callable[[bytes, str], Extracted]) -> Extracted:
    rendering = _Rendering(read)
    rendering.add(letter)
    text = clean("\n".join(filter(None, rendering.texts)))[:MAX_CHARACTERS]
    return Extracted(
        text, (), media_type, rendering.fields, " ".join(rendering.notes), signatures=tuple(rendering.signatures)
    )


def _fields(document: Extracted) -> Mapping[str, Any]:
    """What an attached file says of the document in it, itself before its text; nothing where neither is a document."""
    own = told(document.fields, document.told_by)
    given = from_mapping({**own, "id": "attached"})
    found = complete(
        dataclasses.replace(given, text=document.text, pages=document.pages, recognised=document.recognised)
    )
    if not found.number:
        return own if document.fields else {}
    values = found.to_mapping()
    fields = {**{name: values[name] for name in _FIELDS if name in values}, **document.fields}
    origins = {name: _in_letter(origin).to_mapping() for name, origin in found.origins.items() if name in fields}
    return {**fields, "origins": origins}


def _in_letter(origin: Origin) -> Origin:
    """The origin of a value of an attached document, in the letter: its place there is not known."""
    kind = OriginKind.MAIL if origin.kind is OriginKind.TEXT else origin.kind
    return Origin(kind=kind, certainty=origin.certainty)


class _Rendering:
    """Text, notes and fields of a letter and all within it."""

    def __init__(self, read: Callable[[bytes, str], Extracted]) -> None:
        self.texts: list[str] = []
        self.notes: list[str] = []
        self.fields: Mapping[str, Any] = {}
        self._is_told = False  # whether `fields` are those of a file that says itself what it is
        self.signatures: list[Signature] = []
        self._read = read
        self._length = 0
        self._enclosures = 0

    def add(self, letter: Letter) -> None:
        self.notes += letter.notes
        self._write("\n".join(_header_lines(letter)))
        for passage in letter.body:
            self._add_passage(passage)
        for enclosure in letter.enclosures:
            self._add_enclosure(enclosure.name, enclosure.content)
        for forwarded in letter.letters:
            self.add(forwarded)

    def _add_passage(self, passage: Passage) -> None:
        try:
            # A page in a letter has no encoding of its own: the letter says it, and it was decoded by that.
            self._write(read_html(passage.text.encode("utf-8", "replace")) if passage.is_html else passage.text)
        except Unreadable as unreadable:
            self.notes.append(f"Nội dung thư: {unreadable}")

    def _add_enclosure(self, name: str, content: bytes) -> None:
        self._write(name)
        self._enclosures += 1
        if self._enclosures == MAX_ENCLOSURES + 1:
            self.notes.append(f"Thư có hơn {MAX_ENCLOSURES} tệp đính kèm: từ tệp “{name}” không được đọc.")
        if self._enclosures <= MAX_ENCLOSURES and self._length <= MAX_CHARACTERS:
            try:
                extracted = self._read(content, name)
            except Unreadable as unreadable:
                self.notes.append(f"Tệp đính kèm “{name}”: {unreadable}")
                return
            self._write(extracted.text)
            self.signatures += extracted.signatures
            if not self.fields or (extracted.fields and not self._is_told):
                self.fields = _fields(extracted)
                self._is_told = bool(extracted.fields)
            if extracted.note:
                self.notes.append(f"Tệp đính kèm “{name}”: {extracted.note}")

    def _write(self, text: str) -> None:
        self.texts.append(text.strip("\r\n"))
        self._length += len(text)


def _header_lines(letter: Letter) -> Iterator[str]:
    fields = (
        ("Chủ đề", letter.subject),
        ("Người gửi", letter.sender),
        ("Người nhận", letter.recipients),
        ("Đồng gửi", letter.copies),
        ("Ngày gửi", letter.sent),
    )
    return (f"{label}: {value}" for label, value in fields if value)
