"""The files of a database's documents: paths of the old machine found here, and bytes that the database holds."""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from indexer.databases.mapping import AttachmentMapping
from indexer.databases.values import cell_of
from indexer.described_table import BadValue
from indexer.files import check_size
from indexer.lines import Attached, Attachment, Blob
from indexer.readers.extracted import Unreadable
from indexer.registers.attachments import Folder, stamp
from indexer.registers.cells import BadCell, Cell, lines_of, text_of

DOCUMENT_BYTES = 2**28
"""All files of one document that the database holds: they travel to the worker together."""


@dataclass(slots=True)
class Places:
    """The folders in which paths of the database are looked for.

    Attributes:
        folders: What paths begin with, as `_steps` has it, to the folder; the longest beginning first.
    """

    folders: Sequence[tuple[tuple[str, ...], Folder]]

    @classmethod
    def of(cls, roots: Mapping[str, Path]) -> Places:
        """The folders of a mapping file.

        Raises:
            BadValue: One is not there or empty, as the place of a share that is not mounted.
        """
        for prefix, root in roots.items():
            if not root.is_dir() or next(root.iterdir(), None) is None:
                key = f"attachments.roots.'{prefix}'" if prefix else "attachments.root"
                raise BadValue(f"khóa “{key}”: không có thư mục {root}, hoặc thư mục trống; ổ đĩa chưa được gắn?")
        folders = [(tuple(step.casefold() for step in _steps(prefix)), Folder(root)) for prefix, root in roots.items()]
        return cls(sorted(folders, key=lambda place: len(place[0]), reverse=True))

    def find(self, written: str) -> Path | None:
        """The file that a path of the old machine, relative or whole, is here; capitals do not matter."""
        steps = _steps(written)
        for beginning, folder in self.folders:
            if tuple(step.casefold() for step in steps[: len(beginning)]) == beginning:
                return folder.at(steps[len(beginning) :])
        return None


@dataclass(slots=True)
class DocumentAttachments:
    """The files of one document of a database, gathered as they are found.

    Attributes:
        places: Where paths are looked for.
        within: What the path of a file that the database holds begins with.
    """

    places: Places
    within: str
    _attachments: list[Attachment] = field(default_factory=list)
    _stamps: list[bytes] = field(default_factory=list)
    _notes: list[str] = field(default_factory=list)
    _bytes: int = 0

    def add_path(self, written: str) -> None:
        """A file that the database names."""
        path = self.places.find(written)
        try:
            stamped = stamp(path) if path else None
        except OSError:  # gone since it was found
            stamped = None
        if path is None or stamped is None:
            self._lose(written, f"Không thấy tệp đính kèm “{written}” trong các thư mục đã khai báo.")
        else:
            self._attachments.append(str(path))
            self._stamps.append(stamped)

    def add_content(self, name: str, content: bytes) -> None:
        """A file that the database holds."""
        try:
            check_size(len(content))
            self._bytes += len(content)
            if self._bytes > DOCUMENT_BYTES:
                raise Unreadable(f"Các tệp của văn bản cộng lại quá {DOCUMENT_BYTES // 2**20} MB.")
        except Unreadable as error:
            self._lose(name, f"Tệp đính kèm “{name}”: {error}")
            return
        self._attachments.append(Blob(f"{self.within}/{name}", content))
        self._stamps.append(name.encode() + hashlib.sha256(content).digest())

    def add_nothing(self, name: str) -> None:
        """A file of which the database has neither."""
        self._lose(name, f"Tệp đính kèm “{name}” không có nội dung hay đường dẫn.")

    def _lose(self, name: str, why: str) -> None:
        self._notes.append(why)
        self._stamps.append(name.encode())

    def gathered(self) -> Attached:
        """All of them."""
        return Attached(tuple(self._attachments), b"\0".join(self._stamps), " ".join(self._notes))


def own_files(mapping: AttachmentMapping, row: Mapping[str, Any], attachments: DocumentAttachments) -> Attached:
    """The files that a document's own row names, of which one cell may name several, or holds."""
    for written in lines_of(_cell("path", mapping.path, row)):
        attachments.add_path(written)
    if content := row.get(mapping.content):
        attachments.add_content(_name(mapping, row, 1), _bytes(mapping, content))
    return attachments.gathered()


def asked_files(
    mapping: AttachmentMapping, rows: Iterable[Mapping[str, Any]], attachments: DocumentAttachments
) -> Attached:
    """The files of which the attachments' query has a row each."""
    for number, row in enumerate(rows, 1):
        name = _name(mapping, row, number)
        if content := row.get(mapping.content):
            attachments.add_content(name, _bytes(mapping, content))
        elif written := text_of(_cell("path", mapping.path, row)):
            attachments.add_path(written)
        else:
            attachments.add_nothing(name)
    return attachments.gathered()


def _name(mapping: AttachmentMapping, row: Mapping[str, Any], number: int) -> str:
    return text_of(_cell("name", mapping.name, row)).replace("/", "_") or f"tep-{number}"


def _cell(key: str, column: str, row: Mapping[str, Any]) -> Cell:
    try:
        return cell_of(row.get(column))
    except BadCell as error:
        raise BadValue(f"khóa “attachments.{key}”: {error}") from error


def _bytes(mapping: AttachmentMapping, content: Any) -> bytes:
    if isinstance(content, str):  # a column of text may hold a file of text
        return content.encode()
    if not isinstance(content, bytes | bytearray | memoryview):
        raise BadValue(f"khóa “attachments.content”: cột “{mapping.content}” không chứa dữ liệu nhị phân")
    return bytes(content)


def _steps(path: str) -> list[str]:
    return [step for step in path.replace("\\", "/").split("/") if step not in ("", ".")]
