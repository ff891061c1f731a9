"""Letters that Outlook saved (.msg; MS-OXMSG in an OLE compound file, MS-CFB) to a `Letter`.

Only the few properties (MS-OXPROPS) are read of which a `Letter` consists.
"""

from __future__ import annotations

import datetime
import io
import struct

import olefile  # type: ignore[import-untyped]

from indexer.readers.encoding import decode
from indexer.readers.extracted import Unreadable
from indexer.readers.letter import Enclosure, Letter, Passage, sent_at
from indexer.readers.mime import MAX_DEPTH

MAX_BYTES = 128 * 2**20
"""Of all that is read: streams of a broken file may be the same sectors over and over."""

_SUBJECT, _SENDER, _SENDER_ADDRESS, _SENDER_SMTP = 0x0037, 0x0C1A, 0x0C1F, 0x5D01
_TO, _CC, _SUBMITTED, _DELIVERED = 0x0E04, 0x0E03, 0x0039, 0x0E06
_BODY, _HTML, _RTF, _CODE_PAGE, _HTML_CODE_PAGE = 0x1000, 0x1013, 0x1009, 0x3FFD, 0x3FDE
_CONTENT, _LONG_NAME, _SHORT_NAME, _DISPLAY_NAME = 0x3701, 0x3707, 0x3704, 0x3001
_UNICODE, _BYTE_STRING, _BINARY, _OBJECT = 0x001F, 0x001E, 0x0102, 0x000D
_PROPERTIES = "__properties_version1.0"
_ATTACHMENT = "__attach_version1.0_"
# What stands before the properties of a file's letter, and of one within it (MS-OXMSG 2.4.1).
_TOP_HEADER, _EMBEDDED_HEADER = 32, 24
_PROPERTY = struct.Struct("<HHI8s")
_FILE_TIME_BEGINS = datetime.datetime(1601, 1, 1, tzinfo=datetime.UTC)


def parse_outlook(content: bytes) -> Letter:
    """The letter in a .msg file.

    Raises:
        Unreadable: The compound file is broken or cut off.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            return _Storage(_Compound(compound), ()).letter(depth=0)
    except (OSError, ValueError, IndexError, KeyError, TypeError, struct.error) as error:
        raise Unreadable(f"Thư Outlook hỏng hoặc bị cắt cụt: {error}.") from error


class _Compound:
    """The streams of a compound file by their paths."""

    def __init__(self, compound: olefile.OleFileIO) -> None:
        self._compound = compound
        self._read = 0
        paths = compound.listdir(streams=True, storages=True)
        self.storages: dict[tuple[str, ...], list[str]] = {}
        for *parents, name in paths:
            self.storages.setdefault(tuple(parents), []).append(name)

    def stream(self, path: tuple[str, ...]) -> bytes:
        """What a stream holds; nothing when there is none.

        Raises:
            Unreadable: All streams together are more than `MAX_BYTES`.
        """
        if path[-1] not in self.storages.get(path[:-1], ()):
            return b""
        content: bytes = self._compound.openstream(list(path)).read()
        self._read += len(content)
        if self._read > MAX_BYTES:
            raise Unreadable(f"Thư Outlook hỏng: nội dung cộng lại quá {MAX_BYTES // 2**20} MB.")
        return content


class _Storage:
    """A letter or an attached file: a storage with a stream for each property of variable size.

    Args:
        compound: The file.
        path: Where the storage is in it.
    """

    def __init__(self, compound: _Compound, path: tuple[str, ...]) -> None:
        self._compound = compound
        self._path = path
        self._fixed = self._fixed_properties() if not path or path[-1].endswith(f"{_OBJECT:04X}") else {}

    def _fixed_properties(self) -> dict[int, bytes]:
        header = _EMBEDDED_HEADER if self._path else _TOP_HEADER
        stream = self._compound.stream((*self._path, _PROPERTIES))[header:]
        whole = stream[: len(stream) // _PROPERTY.size * _PROPERTY.size]
        return {identifier: value for _, identifier, _, value in _PROPERTY.iter_unpack(whole)}

    def letter(self, depth: int) -> Letter:
        """The letter that this storage is."""
        names = [name for name in self._children() if name.startswith(_ATTACHMENT)]
        attachments = [_Storage(self._compound, (*self._path, name)) for name in names]
        within = [storage for attachment in attachments for storage in attachment.within()]
        too_deep = bool(within) and depth == MAX_DEPTH
        notes = [f"Thư đính kèm lồng nhau quá {MAX_DEPTH} lớp: phần sâu hơn không được đọc."] if too_deep else []
        body = self._body()
        if not body and self._binary(_RTF):
            notes.append("Nội dung thư chỉ có dạng RTF nén của Outlook, chưa đọc được.")
        return Letter(
            subject=self._text(_SUBJECT),
            sender=self._sender(),
            recipients=self._text(_TO),
            copies=self._text(_CC),
            sent=self._sent(),
            body=body,
            enclosures=tuple(attachment.enclosure() for attachment in attachments if not attachment.within()),
            letters=() if too_deep else tuple(storage.letter(depth + 1) for storage in within),
            notes=tuple(notes),
        )

    def within(self) -> list[_Storage]:
        """The letter that this attached file is, if it is one."""
        name = f"__substg1.0_{_CONTENT:04X}{_OBJECT:04X}"
        path = (*self._path, name)
        is_letter = _PROPERTIES in self._compound.storages.get(path, ())
        return [_Storage(self._compound, path)] if is_letter else []

    def enclosure(self) -> Enclosure:
        """The file that this storage is."""
        name = self._text(_LONG_NAME) or self._text(_DISPLAY_NAME) or self._text(_SHORT_NAME)
        return Enclosure(name or "tệp không tên", self._binary(_CONTENT))

    def _children(self) -> list[str]:
        return sorted(self._compound.storages.get(self._path, ()))

    def _stream(self, identifier: int, kind: int) -> bytes:
        return self._compound.stream((*self._path, f"__substg1.0_{identifier:04X}{kind:04X}"))

    def _binary(self, identifier: int) -> bytes:
        return self._stream(identifier, _BINARY)

    def _text(self, identifier: int) -> str:
        text = self._stream(identifier, _UNICODE).decode("utf-16-le", "replace")
        text = text or _characters(self._stream(identifier, _BYTE_STRING), self._number(_CODE_PAGE))
        return text.rstrip("\x00").strip()

    def _number(self, identifier: int) -> int:
        return int.from_bytes(self._fixed.get(identifier, b"")[:4], "little")

    def _sender(self) -> str:
        name, address = self._text(_SENDER), self._text(_SENDER_SMTP) or self._text(_SENDER_ADDRESS)
        return f"{name} <{address}>" if name and "@" in address and address != name else name or address

    def _sent(self) -> str:
        stamp = self._fixed.get(_SUBMITTED) or self._fixed.get(_DELIVERED)
        if not stamp:
            return ""
        passed = datetime.timedelta(microseconds=int.from_bytes(stamp, "little") // 10)
        try:
            return sent_at(_FILE_TIME_BEGINS + passed)
        except OverflowError:
            return ""  # a day after the year 9999

    def _body(self) -> tuple[Passage, ...]:
        if plain := self._text(_BODY):
            return (Passage(plain),)
        html = _characters(self._binary(_HTML), self._number(_HTML_CODE_PAGE)) or self._text(_HTML)
        return (Passage(html, is_html=True),) if html.strip() else ()


def _characters(content: bytes, code_page: int) -> str:
    try:
        return decode(content, f"windows-{code_page}")
    except Unreadable:  # another language, of which the letter must be believed
        try:
            return content.decode(f"cp{code_page}", "replace")
        except LookupError:
            return content.decode("cp1252", "replace")
