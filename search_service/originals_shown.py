"""Which of a document's files is shown page by page, and where."""

from __future__ import annotations

import dataclasses
from collections.abc import Iterable
from dataclasses import dataclass

from flask import url_for

from engines.copies import SourceFile
from engines.record import OfficialDocument
from indexer.originals.giving import Originals
from indexer.pictures.images import PageImages
from search_service.search import ReadDocument


@dataclass(frozen=True, slots=True)
class ShownFile:
    """A file of a document whose pages can be shown.

    Attributes:
        file: The file.
        has_pages_of_text: Whether the document's text has the same pages.
        is_quick: Whether its pages are drawn at once, for it has some of its own.
        first: The page to open first, from 1.
    """

    file: SourceFile
    has_pages_of_text: bool
    is_quick: bool
    first: int = 1


def original_of(found: ReadDocument, originals: Originals | None, images: PageImages | None) -> ShownFile | None:
    """The first file of a document that is to be had and whose pages can be shown, opened where its first mark is."""
    record = found.record
    if originals is None or images is None or not any(images.can_show(file.media_type) for file in record.files):
        return None
    available = originals.available(record.id)
    for file in record.files:
        original = shown(record, file.sha256, images) if file.sha256 in available else None
        if original:
            return dataclasses.replace(original, first=_page_of_first_mark(found) if original.has_pages_of_text else 1)
    return None


def shown(record: OfficialDocument, sha256: str, images: PageImages | None) -> ShownFile | None:
    """A document's file by its digest; None when it has no such file or its pages cannot be shown here."""
    file = next((file for file in record.files if file.sha256 == sha256), None)
    if file is None or images is None or not images.can_show(file.media_type):
        return None
    has_pages = images.has_pages(file.media_type)
    same = has_pages and len(record.files) == 1 and len(record.pages) > 0
    return ShownFile(file, has_pages_of_text=same, is_quick=has_pages)


def files_with_pages(
    records: Iterable[OfficialDocument], originals: Originals | None, images: PageImages | None
) -> dict[str, SourceFile]:
    """By document id, the file that is to be had and whose pages are those of the document's text."""
    if originals is None or images is None:
        return {}
    # Where the text has the same pages there is one file alone.
    files = {record.id: record.files[0] for record in records if _has_its_pages(record, images)}
    available = originals.available_of(files) if files else {}
    return {id: file for id, file in files.items() if file.sha256 in available[id]}


def _has_its_pages(record: OfficialDocument, images: PageImages) -> bool:
    original = shown(record, record.files[0].sha256, images) if record.files else None
    return original is not None and original.has_pages_of_text


def page_address(id: str, file: SourceFile, number: int, question: str) -> str:
    """Where a page of a file is shown."""
    return url_for("page_images.page", id=id, sha256=file.sha256, number=number, q=question or None)


def _page_of_first_mark(found: ReadDocument) -> int:
    first = found.marks[0].start if found.marks else 0
    return sum(start <= first for start in found.record.pages) or 1
