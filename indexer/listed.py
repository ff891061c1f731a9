"""What another system says it holds: a register or a file of records, as a list to compare the index with."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from engines.record import InvalidRecord, OfficialDocument
from indexer.databases import list_database
from indexer.files import reason_of, shown
from indexer.lines import BrokenFile, Line, read_lines, record_of
from indexer.readers import Unreadable
from indexer.registers import open_register
from indexer.sources import holds_records, is_description


class NoList(Exception):
    """A file is no list of documents; the message says why and what is allowed, in Vietnamese."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    """One entry of a list.

    Attributes:
        line: Its line, as a run over the file counts them.
        record: What it says, or None where it cannot be read.
        failure: Why not, in Vietnamese.
        key: Its key in a database.
    """

    line: int
    record: OfficialDocument | None
    failure: str = ""
    key: str = ""

    @property
    def place(self) -> str:
        """Where it is in the list, in Vietnamese."""
        return f"khóa {self.key}" if self.key else f"dòng {self.line}"


def read_list(path: str, source: str, environment: Mapping[str, str]) -> list[Listed]:
    """Read a list: a register of any kind that `tracuu index` takes, JSON Lines of records, or a database.

    Args:
        path: The file.
        source: The source (nguồn) under which its documents were indexed; a part of the ids of a register's rows.
        environment: Where the mapping file of a database looks up its password.

    Raises:
        NoList: It cannot be read, or is no list.
    """
    try:
        return list(_entries(_lines(path, source, environment)))
    except OSError as error:
        raise NoList(f"Không đọc được {shown(path)}: {reason_of(error)}") from error
    except (BrokenFile, Unreadable) as error:
        raise NoList(f"Không đọc được {shown(path)}: {error}") from error


def _lines(path: str, source: str, environment: Mapping[str, str]) -> Iterable[Line]:
    if is_description(path):
        return list_database(path, source, environment)
    if holds_records(path):
        return read_lines(path, progress=lambda position: None)
    register = open_register(path, source, derive=False)
    if register is None:
        raise NoList(
            f"{shown(path)} không phải sổ văn bản: không thấy hàng tên cột có “Số, ký hiệu” (hoặc “Số đến”) và “Trích "
            "yếu”. Được phép: .xlsx, .xls, .ods, .csv, .tsv có hai cột ấy (hoặc có tệp ghép cột), .jsonl, .jsonl.gz, "
            ".toml khai báo cơ sở dữ liệu."
        )
    return register.lines


def _entries(lines: Iterable[Line]) -> Iterator[Listed]:
    for line in lines:
        if line.content is None:
            yield Listed(line=line.number, record=None, failure=line.failure or "Dòng dài quá giới hạn.", key=line.key)
            continue
        try:
            yield Listed(line=line.number, record=record_of(line.content), key=line.key)
        except InvalidRecord as error:
            yield Listed(line=line.number, record=None, failure=str(error), key=line.key)
