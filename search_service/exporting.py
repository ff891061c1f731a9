"""A whole result as a list to file: .xlsx in the shape of a register (sổ đăng ký văn bản), .csv, and an Atom feed."""

from __future__ import annotations

import csv
import datetime
import io
import itertools
import re
import tempfile
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from typing import IO
from urllib.parse import quote

import xlsxwriter  # type: ignore[import-untyped]
from lxml import etree

from engines.interface import Access
from engines.record import OfficialDocument
from search_service.notation import title_of, vietnamese_date, vietnamese_number
from search_service.search import SearchRequest, SearchService
from search_service.spreadsheets import TEXT_ONLY, cell_text

MAX_ROWS = 100_000
_PAGE = 500
_NOT_XML = re.compile("[^\t\n\r -\ud7ff\ue000-\ufffd\U00010000-\U0010ffff]")
_ATOM = "http://www.w3.org/2005/Atom"

Address = Callable[[str], str]
"""A document's id to the whole address of its page."""


@dataclass(frozen=True, slots=True)
class _Column:
    title: str
    width: int
    value: Callable[[OfficialDocument], str]


def _type_and_subject(record: OfficialDocument) -> str:
    """Tên loại và trích yếu, as registers have it; a công văn's type is not written."""
    named = record.type if record.type != "Công văn" else ""
    return " ".join(filter(None, (named, record.subject)))


_COLUMNS = (
    # Nghị định 30/2020/NĐ-CP, Phụ lục IV: sổ đăng ký văn bản đến, and what sổ đăng ký văn bản đi has beside it.
    _Column("Ngày đến", 12, lambda record: vietnamese_date(record.arrived)),
    _Column("Số đến", 10, lambda record: record.arrival_number),
    _Column("Tác giả", 32, lambda record: record.issuer),
    _Column("Số, ký hiệu", 22, lambda record: record.number),
    _Column("Ngày tháng văn bản", 12, lambda record: vietnamese_date(record.issued)),
    _Column("Tên loại và trích yếu nội dung", 70, _type_and_subject),
    _Column("Người ký", 24, lambda record: record.signer),
    _Column("Nơi nhận", 32, lambda record: "; ".join(record.recipients)),
    _Column("Độ khẩn", 10, lambda record: record.urgency),
    _Column("Hạn xử lý", 12, lambda record: vietnamese_date(record.due)),
    _Column("Nguồn", 14, lambda record: record.source),
)
_ADDRESS = "Địa chỉ"
TITLES = ("STT", *(column.title for column in _COLUMNS), _ADDRESS)


def every_document(service: SearchService, request: SearchRequest, access: Access) -> Iterator[OfficialDocument]:
    """The documents of a result without their text, in its order, at most `MAX_ROWS`; one page at a time in memory.

    Raises:
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    return itertools.islice(_pages(service, request, access), MAX_ROWS)


def _pages(service: SearchService, request: SearchRequest, access: Access) -> Iterator[OfficialDocument]:
    cursor = None
    while True:
        page = service.list(replace(request, size=_PAGE, cursor=cursor), access)
        yield from (hit.record for hit in page.hits)
        if (cursor := page.next) is None:
            return


def rows(records: Iterable[OfficialDocument], address: Address) -> Iterator[tuple[str, ...]]:
    """A row for each document, its values under `TITLES`."""
    for number, record in enumerate(records, 1):
        yield (str(number), *(column.value(record) for column in _COLUMNS), address(record.id))


def csv_lines(records: Iterable[OfficialDocument], address: Address) -> Iterator[str]:
    """The list as CSV (RFC 4180), line by line, with the mark by which spreadsheets know UTF-8."""
    yield "\ufeff"
    for row in itertools.chain([TITLES], rows(records, address)):
        line = io.StringIO()
        csv.writer(line).writerow(map(_inert, row))
        yield line.getvalue()


def _inert(value: str) -> str:
    """A value that no spreadsheet takes for a formula (OWASP, CSV injection): documents come from anywhere."""
    return f"'{value}" if value.startswith(("=", "+", "-", "@", "\t", "\r")) else value


def workbook(records: Iterable[OfficialDocument], address: Address, about: Sequence[str]) -> IO[bytes]:
    """The list as .xlsx: a title, what was searched, and a table to sort and filter.

    Rows go to a file as they come, so that memory does not grow with them.

    Args:
        records: The documents.
        address: A document's address.
        about: Lines beneath the title.

    Returns:
        A temporary file at its beginning, which is gone when it is closed.
    """
    file: IO[bytes] = tempfile.TemporaryFile()  # noqa: SIM115 - the response closes it
    book = xlsxwriter.Workbook(file, {**TEXT_ONLY, "constant_memory": True, "in_memory": False})
    bold = book.add_format({"bold": True, "text_wrap": True, "valign": "top", "border": 1})
    title = book.add_format({"bold": True, "font_size": 14})
    cell = book.add_format({"text_wrap": True, "valign": "top", "border": 1})
    sheet = book.add_worksheet("Danh sách")
    sheet.set_landscape()
    sheet.set_paper(9)
    sheet.fit_to_pages(1, 0)
    for number, width in enumerate((6, *(column.width for column in _COLUMNS), 40)):
        sheet.set_column(number, number, width)
    sheet.write_string(0, 0, "DANH SÁCH VĂN BẢN", title)
    for number, line in enumerate(about, 1):
        sheet.write_string(number, 0, cell_text(line))
    heading = len(about) + 2
    for number, name in enumerate(TITLES):
        sheet.write_string(heading, number, name, bold)
    sheet.freeze_panes(heading + 1, 0)
    sheet.repeat_rows(heading)
    last = heading
    for last, row in enumerate(rows(records, address), heading + 1):
        for number, value in enumerate(row):
            sheet.write_string(last, number, cell_text(value), cell)
    sheet.autofilter(heading, 0, last, len(TITLES) - 1)
    book.close()
    file.seek(0)
    return file


def about(request: SearchRequest, total: int, now: datetime.datetime) -> tuple[str, ...]:
    """What a list says of itself: what was searched, how many there are, and when."""
    shown = min(total, MAX_ROWS)
    count = vietnamese_number(shown) + (f" trên {vietnamese_number(total)}" if shown < total else "")
    filters = "; ".join(value for values in request.filters.values() for value in values)
    return (
        f"Tìm: {request.text or 'mọi văn bản'}" + (f" (lọc: {filters})" if filters else ""),
        f"{count} văn bản, lập lúc {now:%H:%M} ngày {vietnamese_date(now.date())}",
    )


def feed(
    records: Iterable[OfficialDocument], address: Address, *, title: str, own: str, now: datetime.datetime
) -> bytes:
    """Documents as an Atom feed (RFC 4287).

    Args:
        records: The documents.
        address: A document's address.
        title: What the feed is of.
        own: The feed's own address.
        now: The time for what has no date of its own, with its zone.
    """
    root = etree.Element(_name("feed"), nsmap={None: _ATOM})  # type: ignore[dict-item]
    records = list(records)
    dated = [record.issued for record in records if record.issued]
    _add(root, "title", title)
    _add(root, "id", own)
    _add(root, "updated", _instant(max(dated), now) if dated else now.isoformat(timespec="seconds"))
    etree.SubElement(root, _name("link"), rel="self", href=own, type="application/atom+xml")
    for record in records:
        entry = etree.SubElement(root, _name("entry"))
        _add(entry, "title", " – ".join(filter(None, (title_of(record), record.subject))))
        _add(entry, "id", f"urn:tracuu:{quote(record.id, safe='')}")
        _add(entry, "updated", _instant(record.issued, now) if record.issued else now.isoformat(timespec="seconds"))
        _add(etree.SubElement(entry, _name("author")), "name", record.issuer or record.source or "Không rõ")
        etree.SubElement(entry, _name("link"), rel="alternate", href=address(record.id))
        _add(entry, "summary", _type_and_subject(record))
    return etree.tostring(root, xml_declaration=True, encoding="utf-8")


def _instant(day: datetime.date, now: datetime.datetime) -> str:
    return datetime.datetime.combine(day, datetime.time(), tzinfo=now.tzinfo).isoformat()


def _add(parent: etree._Element, name: str, text: str) -> None:
    etree.SubElement(parent, _name(name)).text = _NOT_XML.sub(" ", text)


def _name(local: str) -> str:
    return f"{{{_ATOM}}}{local}"
