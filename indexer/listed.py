"""What another system says it holds: a register or a file of records, as a list to compare the index with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from engines.record import InvalidRecord, OfficialDocument
from indexer.files import reason_of, shown
from indexer.lines import BrokenFile, Line, read_lines, record_of
from indexer.readers import Unreadable
from indexer.registers import open_register
from indexer.sources import holds_records


class NoList(Exception):
    """A file is no list of documents; the message says why and what is allowed, in Vietnamese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry of a list.

    Attributes:
        line: Its line, as a run over the file counts them.
        record: What it says, or None where it cannot be read.
        failure: Why not, in Vietnamese.
    """

    line: int
    record: OfficialDocument | None
    failure: str = ""


def read_list(path: str, source: str) -> list[Listed]:
    """Read a list: a register of any kind that `tracuu index` takes, or JSON Lines of records.

    Args:
        path: The file.
        source: The source (nguồn) under which its documents were indexed; a part of the ids of a register's rows.

    Raises:
        NoList: It cannot be read, or is no list.
    """
    try:
        return list(_entries(_lines(path, source)))
    except OSError as error:
        raise NoList(f"Không đọc được {shown(path)}: {reason_of(error)}") from error
    except (BrokenFile, Unreadable) as error:
        raise NoList(f"Không đọc được {shown(path)}: {error}") from error


def _lines(path: str, source: str) -> Iterable[Line]:
    if holds_records(path):
        return read_lines(path, progress=lambda position: None)
    register = open_register(path, source, derive=False)
    if register is None:
        raise NoList(
            f"{shown(path)} không phải sổ văn bản: không thấy hàng tên cột có “Số, ký hiệu” (hoặc “Số đến”) và “Trích "
            "yếu”. Được phép: .xlsx, .xls, .ods, .csv, .tsv có hai cột ấy (hoặc có tệp ghép cột), .jsonl, .jsonl.gz."
        )
    return register.lines


def _entries(lines: Iterable[Line]) -> Iterator[Listed]:
    for line in lines:
        if line.content is None:
            yield Listed(line=line.number, record=None, failure=line.failure or "Dòng dài quá giới hạn.")
            continue
        try:
            yield Listed(line=line.number, record=record_of(line.content))
        except InvalidRecord as error:
            yield Listed(line=line.number, record=None, failure=str(error))
