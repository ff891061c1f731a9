"""How the copies of a document are told to a reader: how many, of what kind, and where each lies."""

from __future__ import annotations

import dataclasses
from collections.abc import Sequence
from dataclasses import dataclass

from engines.copies import Copy, CopyKind, SourceFile
from engines.record import OfficialDocument
from search_service.tongues.said import Said, joined, terms

_FORMATS = {
    "application/pdf": "PDF",
    "application/msword": "Word",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": "Word",
    "application/vnd.oasis.opendocument.text": "OpenDocument",
    "application/rtf": "RTF",
    "application/xml": Said("gói edXML"),
    "text/html": "HTML",
    "text/plain": Said("văn bản thuần"),
}
_NOTHING = Said("chỉ có thông tin đăng ký")


@dataclass(frozen=True, slots=True)
class CopyLine:
    """One copy as a line of a list.

    Attributes:
        id: Its id; empty for the document that is shown.
        kind: What it is: `Bản đại diện`, `Bản khác`, `Dự thảo`.
        source: Its source (nguồn).
        files: Where it lies.
        formats: What its files are: `PDF`, `Word`, `ảnh`.
        subject: Its subject, where it words it otherwise than the leading one.
    """

    id: str
    kind: str
    source: str
    files: str
    formats: str
    subject: str


def copies_summary(copies: Sequence[Copy]) -> str:
    """`và 2 bản khác, 1 dự thảo`; empty without copies."""
    others = sum(copy.kind is CopyKind.COPY for copy in copies)
    drafts = len(copies) - others
    counted = [
        *([Said("{count} bản khác", count=others)] if others else ()),
        *([Said("{count} dự thảo", count=drafts)] if drafts else ()),
    ]
    return Said("và {copies}", copies=joined(", ", counted)) if counted else ""


def copy_lines(record: OfficialDocument, shown: str) -> list[CopyLine]:
    """A leading record and its copies, the leading one first; none where there is no copy.

    Args:
        record: The leading record.
        shown: The id of the document that the reader looks at.
    """
    if not record.copies:
        return []
    leading = Copy(id=record.id, source=record.source, files=record.files)
    lines = [_line(leading, Said("Bản đại diện"))]
    kinds = terms({CopyKind.COPY: "Bản khác", CopyKind.DRAFT: "Dự thảo"})
    lines += [_line(copy, kinds[copy.kind]) for copy in record.copies]
    return [
        dataclasses.replace(line, id="", kind=Said("{kind} (đang xem)", kind=line.kind)) if line.id == shown else line
        for line in lines
    ]


def where(copy: Copy) -> str:
    """Where a copy lies: source and files."""
    return ": ".join(filter(None, (copy.source, _paths(copy.files)))) or copy.id


def _line(copy: Copy, kind: str) -> CopyLine:
    formats = joined(", ", dict.fromkeys(_format(file.media_type) for file in copy.files)) or _NOTHING
    return CopyLine(copy.id, kind, copy.source, _paths(copy.files), formats, copy.subject)


def _paths(files: Sequence[SourceFile]) -> str:
    return "; ".join(file.path for file in files)


def _format(media_type: str) -> str:
    return Said("ảnh") if media_type.startswith("image/") else _FORMATS.get(media_type, media_type)
