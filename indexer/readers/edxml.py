"""Exchange packages (gói edXML của trục liên thông văn bản): QCVN 102:2016/BTTTT as amended 2022, and what came before.

The text is that of the attached files, the document's own first; what the header says of the document goes beside it as
fields. A file that cannot be read is noted by name, and a header without any such file is still a document: something
was sent, and by whom, when and about what is known.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

from engines.origins import OriginKind
from indexer.metadata.relations import read_relations
from indexer.readers.edxml_attachments import attached_files
from indexer.readers.edxml_header import Header, read_header
from indexer.readers.edxml_tree import Element, parse
from indexer.readers.extracted import MAX_CHARACTERS, Extracted, Joined, Unreadable, joined

_MEDIA_TYPE = "application/xml"  # none is registered for these packages


def read_edxml(content: bytes, read: Callable[[bytes, str], Extracted]) -> Extracted:
    """Read a package.

    Args:
        content: All of it.
        read: Reads a file of it: content and name to text, to a depth. Raises `Unreadable`.

    Returns:
        The text of its files one after another, each but the first under its name; else subject and summary.

    Raises:
        Unreadable: It is broken before its header's end, forbidden, or brings no document, as reports of status do.
    """
    package = parse(content)
    header = read_header(package.root)
    read_files, notes = _read_files(package.root, read)
    if header.status and not read_files:
        raise Unreadable(f"Gói edXML chỉ báo {header.status}, không mang văn bản.")
    if not header.fields and not read_files:
        raise Unreadable(" ".join(("Gói edXML không mang văn bản nào.", *_fault(package.fault), *notes)))
    whole = _text(read_files) if read_files else Joined(_summary(header), (), ())
    return Extracted(
        text=whole.text,
        pages=whole.pages,
        media_type=_MEDIA_TYPE,
        fields=_fields(header, whole.text),
        note=" ".join((*_fault(package.fault), *header.notes, *notes)),
        scanned=any(file.extracted.scanned for file in read_files),
        signatures=tuple(signature for file in read_files for signature in file.extracted.signatures),
        recognised=whole.recognised,
        told_by=OriginKind.PACKAGE,
    )


@dataclass(frozen=True, slots=True)
class _ReadFile:
    name: str
    extracted: Extracted


def _read_files(package: Element, read: Callable[[bytes, str], Extracted]) -> tuple[list[_ReadFile], list[str]]:
    """The files that could be read, and a note on each of the others."""
    found: list[_ReadFile] = []
    notes: list[str] = []
    for file in attached_files(package):
        try:
            if file.fault:
                raise Unreadable(file.fault)
            extracted = read(file.content, file.name)
        except Unreadable as unreadable:
            notes.append(f"Không đọc được tệp kèm “{file.name}”: {unreadable}")
            continue
        if extracted.note:
            notes.append(f"Tệp kèm “{file.name}”: {extracted.note}")
        found.append(_ReadFile(file.name, extracted))
    return found, notes


def _text(files: list[_ReadFile]) -> Joined:
    """All texts as one, within the limit, each but the first under its file's name; and where its pages begin."""
    # The first begins the text, where a document's heading is looked for.
    whole = joined([(f"\n\n{file.name}\n", file.extracted) for file in files])
    text = whole.text[:MAX_CHARACTERS]
    return dataclasses.replace(whole, text=text, pages=tuple(start for start in whole.pages if start < len(text)))


def _summary(header: Header) -> str:
    return "\n".join(dict.fromkeys(filter(None, (header.fields.get("subject", ""), header.content))))


def _fields(header: Header, text: str) -> dict[str, Any]:
    """The header's fields; with the documents answered stand those that the text names, or they would be lost."""
    if not header.answers:
        return header.fields
    named = read_relations(text, *(header.fields.get(field, "") for field in ("number", "subject", "type")))
    answered = {answer.number for answer in header.answers}
    relations = (*header.answers, *(relation for relation in named if relation.number not in answered))
    return {
        **header.fields,
        "relations": [relation.to_mapping() for relation in relations],
        "cites": list(dict.fromkeys(relation.number for relation in relations)),
    }


def _fault(fault: str) -> Iterator[str]:
    if fault:
        yield f"Gói edXML có chỗ hỏng, chỉ đọc được phần còn lại: {fault}"
