"""The result of a reconciliation as a workbook (.xlsx) that an office can file."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import xlsxwriter  # type: ignore[import-untyped]
from xlsxwriter.exceptions import FileCreateError  # type: ignore[import-untyped]

from indexer.agreement import FIELDS, shown_value
from search_service.spreadsheets import TEXT_ONLY, cell_text

if TYPE_CHECKING:
    from engines.record import OfficialDocument
    from indexer.reconciliation import Compared, Reconciliation, Status

_WIDTHS = {"Trích yếu": 60, "Cơ quan ban hành": 30, "Nơi nhận": 30, "Lý do": 80, "Theo danh sách": 50}
_WIDTH = 18


class CannotWrite(Exception):
    """The workbook cannot be written; the message says why, in Vietnamese."""


def write_workbook(path: Path, found: Reconciliation) -> None:
    """Write a sheet with the sums and one for each status, and one of what the list does not name.

    Raises:
        CannotWrite: See there.
    """
    from indexer.reconciliation import Status

    workbook = xlsxwriter.Workbook(str(path), TEXT_ONLY)
    bold = workbook.add_format({"bold": True, "text_wrap": True})

    def add(name: str, heading: Sequence[str], rows: Iterable[Sequence[str]]) -> None:
        sheet = workbook.add_worksheet(name)
        sheet.freeze_panes(1, 0)
        for column, title in enumerate(heading):
            sheet.set_column(column, column, _WIDTHS.get(title, _WIDTH))
            sheet.write_string(0, column, title, bold)
        for row, values in enumerate(rows, 1):
            for column, value in enumerate(values):
                sheet.write_string(row, column, cell_text(value))

    add("Tổng hợp", ("Kết quả", "Số văn bản"), summary(found))
    fields = ("Vị trí", *FIELDS.values())
    for name, status in (("Thiếu", Status.MISSING), ("Khớp", Status.FOUND), ("Lặp", Status.REPEATED)):
        add(name, fields, ((row.listed.place, *_values(row.listed.record)) for row in _of(found, status)))
    add("Khác", ("Vị trí", "Số, ký hiệu", "Trường", "Theo danh sách", "Trong chỉ mục", "Mã"), _different(found))
    add("Thừa", (*FIELDS.values(), "Nguồn", "Mã"), ((*_values(one), one.source, one.id) for one in found.extra))
    unreadable = ((row.listed.place, row.listed.failure) for row in _of(found, Status.UNREADABLE))
    add("Không đọc được", ("Vị trí", "Lý do"), unreadable)
    try:
        workbook.close()
    except FileCreateError as error:
        raise CannotWrite(f"Không ghi được {path}: {error}.") from error


def summary(found: Reconciliation) -> list[tuple[str, str]]:
    """The sums, which add up: what each is, and how many."""
    rows = [(f"Trong danh sách: {status.value}", str(count)) for status, count in found.counts.items()]
    total = [("Cộng danh sách", str(len(found.rows)))]
    extra = [(f"Thừa trong chỉ mục ({found.scope})", str(len(found.extra)))] if found.scope else []
    return rows + total + extra


def _of(found: Reconciliation, status: Status) -> list[Compared]:
    return [row for row in found.rows if row.status is status]


def _values(record: OfficialDocument | None) -> tuple[str, ...]:
    return tuple(shown_value(getattr(record, field)) for field in FIELDS) if record else ()


def _different(found: Reconciliation) -> Iterable[tuple[str, ...]]:
    for row in found.rows:
        for difference in row.differences:
            number = row.listed.record.number if row.listed.record else ""
            id = row.indexed.id if row.indexed else ""
            label = FIELDS[difference.field]
            yield row.listed.place, number, label, difference.listed, difference.indexed, id
