"""The registers (sổ đăng ký văn bản đến, đi) of an old system, one sheet a year, as clerks keep and print them.

Columns are those of Nghị định 30/2020/NĐ-CP, Phụ lục IV, with one more for the files, as electronic registers have.
"""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from indexer.metadata.issuers import display_name
from samples.source import Source
from tests.indexer.registers_made import INCOMING, OUTGOING, Value, write_xlsx

OFFICE = "ỦY BAN NHÂN DÂN TỈNH VÂN SƠN"
"""The body whose system it is: what it issues goes out, everything else came in."""

_FILES = "Tệp đính kèm"
_SIGNATURES: tuple[Sequence[Value], ...] = (
    (),
    ("", "NGƯỜI LẬP SỔ", "", "", "LÃNH ĐẠO VĂN PHÒNG"),
    ("", "Nguyễn Thị Hằng", "", "", "Hoàng Minh Tuấn"),
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """A document's row.

    Attributes:
        source: The document.
        files: What stands in the column of files.
        arrived: Ngày đến; None for a document that went out.
        arrival_number: Số đến.
    """

    source: Source
    files: str
    arrived: datetime.date | None = None
    arrival_number: int = 0


def is_outgoing(source: Source) -> bool:
    """Whether a document is one of the office's own."""
    return source.issuer == OFFICE


def subject_cell(source: Source) -> str:
    """Tên loại và trích yếu nội dung văn bản, in one cell."""
    return f"V/v {source.subject}" if source.is_letter else f"{source.type} {source.subject}"


def issuer_cell(source: Source) -> str:
    """Tác giả, as clerks write it: not in capitals, and short."""
    name = display_name(source.issuer)
    for long, short in (("Ủy ban nhân dân", "UBND"), ("Hội đồng nhân dân", "HĐND")):
        name = name.replace(long, short)
    return name


def write_incoming(path: Path, rows: Sequence[Row]) -> Path:
    """Sổ đăng ký văn bản đến; every third day is text, as of clerks who type a point or a dash."""
    return write_xlsx(path, {f"Năm {year}": list(_incoming(year, some)) for year, some in _by_year(rows)})


def write_outgoing(path: Path, rows: Sequence[Row]) -> Path:
    """Sổ đăng ký văn bản đi."""
    return write_xlsx(path, {f"Năm {year}": list(_outgoing(year, some)) for year, some in _by_year(rows)})


def _incoming(year: int, rows: Sequence[Row]) -> Iterator[Sequence[Value]]:
    yield from _cover("SỔ ĐĂNG KÝ VĂN BẢN ĐẾN", year)
    yield from _heading((*INCOMING, _FILES))
    month = 0
    for row in rows:
        assert row.arrived is not None  # noqa: S101 - of every incoming document
        if row.arrived.month != month:
            month = row.arrived.month
            yield (f"Tháng {month}",)
        source = row.source
        yield (
            *(_day(row.arrived, row.arrival_number), row.arrival_number, issuer_cell(source), source.number),
            *(_day(source.issued, row.arrival_number + 1), subject_cell(source), "Văn phòng", "", "", "", row.files),
        )
    yield from _SIGNATURES


def _outgoing(year: int, rows: Sequence[Row]) -> Iterator[Sequence[Value]]:
    yield from _cover("SỔ ĐĂNG KÝ VĂN BẢN ĐI", year)
    yield from _heading((*OUTGOING, _FILES))
    for at, row in enumerate(rows):
        source = row.source
        recipients = "\n".join(one.strip(";.") for one in source.recipients if not one.startswith("Lưu"))
        yield (
            *(source.number, _day(source.issued, at), subject_cell(source), source.signature[-1], recipients),
            *("Văn thư", len(source.recipients), "", "", "", row.files),
        )
    yield from _SIGNATURES


def _cover(title: str, year: int) -> Iterator[Sequence[Value]]:
    yield (OFFICE, "", "", "", "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM")
    yield ("VĂN PHÒNG", "", "", "", "Độc lập - Tự do - Hạnh phúc")
    yield ()
    yield ("", "", title)
    yield ("", "", f"Năm {year}")


def _heading(names: Sequence[str]) -> Iterator[Sequence[Value]]:
    yield names
    yield [f"({number})" for number in range(1, len(names) + 1)]


def _by_year(rows: Sequence[Row]) -> Iterator[tuple[int, list[Row]]]:
    years: dict[int, list[Row]] = {}
    for row in sorted(rows, key=_order):
        years.setdefault(_written(row).year, []).append(row)
    yield from years.items()


def _order(row: Row) -> tuple[datetime.date, int]:
    return _written(row), row.arrival_number


def _written(row: Row) -> datetime.date:
    return row.arrived or row.source.issued


def _day(day: datetime.date, at: int) -> Value:
    forms: tuple[Value, ...] = (day, f"{day:%d/%m/%Y}", f"{day.day}-{day.month}-{day.year}", f"{day:%d.%m.%Y}")
    return forms[at % len(forms)]
