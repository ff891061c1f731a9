"""A register's file to lines of records, as a file of JSON Lines has them."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path, PurePath
from typing import Any

from indexer.archives import content_of as read_content
from indexer.files import FILE_BYTES
from indexer.lines import Line
from indexer.readers.extracted import Unreadable
from indexer.registers.attachments import Folder, files_in, stamp
from indexer.registers.books import cover_of, read_book
from indexer.registers.columns import Heading, find_heading
from indexer.registers.mapping import BadMapping, RegisterMapping, read_mapping
from indexer.registers.rows import Entry, identify, read_entries
from indexer.registers.tables import SUFFIXES, Table, Tables, read_tables

MAPPING_SUFFIX = ".toml"
"""A mapping file bears the register's whole name and this: `so-den-2024.xlsx.toml`."""


@dataclass(frozen=True, slots=True)
class _Sheet:
    """A sheet of a register: its cells, their heading, and the lines of the cover before it."""

    table: Table
    heading: Heading
    cover: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Register:
    """A register (sổ đăng ký văn bản) that was read.

    Attributes:
        lines: Its rows; one that cannot be read has a `failure`.
        attachments: Files that its rows name: they are parts of the rows' documents and none of their own.
        depends: Whether it is more than its own bytes: files beside it, or a mapping file.
    """

    lines: tuple[Line, ...]
    attachments: tuple[str, ...]
    depends: bool


def may_be_register(path: str) -> bool:
    """Whether a file of this name is looked into for a register: a spreadsheet, not hidden and no lock file."""
    name = PurePath(path).name
    return name.lower().endswith(SUFFIXES) and not name.startswith((".", "~$"))


def open_register(
    path: str, source: str, *, derive: bool = True, content_of: Callable[[str, int], bytes] = read_content
) -> Register | None:
    """Read a register.

    Args:
        path: The file; it may lie in an archive.
        source: The source (nguồn) of its documents; a part of their ids.
        derive: Whether records also have what follows from their number, as its type; else only what is written.
        content_of: Reads a file's bytes, as `indexer.archives.content_of` does.

    Returns:
        None where no sheet has a heading with a number and a subject: the file is an ordinary one.

    Raises:
        Unreadable: The file is no spreadsheet that can be read, or its mapping file is wrong.
        OSError: It cannot be read.
    """
    own = _mapping(Path(path + MAPPING_SUFFIX))
    mapping = own or RegisterMapping()
    sheets = _sheets(read_tables(content_of(path, FILE_BYTES)), mapping.names)
    if not sheets:
        return None
    file = Path(path)
    lines = tuple(_lines(sheets, mapping.values, file.name, source, Folder(file.parent), derive))
    attachments = tuple(dict.fromkeys(path for line in lines for path in line.attachments if isinstance(path, str)))
    names_files = any("files" in sheet.heading.columns for sheet in sheets)
    return Register(lines=lines, attachments=attachments, depends=names_files or own is not None)


def _mapping(path: Path) -> RegisterMapping | None:
    if not path.is_file():
        return None
    try:
        return read_mapping(path.read_text(encoding="utf-8-sig"))
    except (BadMapping, UnicodeDecodeError) as error:
        why = str(error) if isinstance(error, BadMapping) else "không phải văn bản UTF-8"
        raise Unreadable(f"Tệp ghép cột {path.name}: {why}.") from error


def _sheets(found: Tables, own_names: Mapping[str, str]) -> list[_Sheet]:
    sheets = list(_with_covers(found, own_names))
    if found.alternatives and sheets:
        return [max(sheets, key=lambda sheet: len(sheet.heading.columns))]
    return sheets


def _with_covers(found: Tables, own_names: Mapping[str, str]) -> Iterator[_Sheet]:
    cover: tuple[str, ...] = ()
    for table in found.tables:
        heading = find_heading(table, own_names)
        if heading is not None:
            yield _Sheet(table, heading, cover)
        elif not found.alternatives:  # another reading of the same text is no sheet before it
            cover = cover_of(table) or cover


def _lines(
    sheets: Sequence[_Sheet], own_values: Mapping[str, str], name: str, source: str, folder: Folder, derive: bool
) -> Iterator[Line]:
    entries: list[tuple[Entry, int]] = []
    year = ""
    before = 0  # rows of the sheets before: a file's lines have one numbering
    for sheet in sheets:
        table = sheet.table
        book = read_book(table, sheet.heading, name, sheet.cover, own_values)
        year = year or book.year
        entries += [(entry, before + entry.number) for entry in read_entries(table, sheet.heading, book)]
        before += table.first_row + len(table.rows) - 1
    ids = iter(identify([entry for entry, _ in entries if not entry.failure], source, year))
    for entry, number in entries:
        if entry.failure:
            yield Line(number, None, failure=entry.failure)
        else:
            fields = {**(entry.derived if derive else {}), **entry.fields, "id": next(ids)}
            yield _line(number, fields, entry.files, folder)


def _line(number: int, fields: Mapping[str, Any], files: Sequence[str], folder: Folder) -> Line:
    found = {written: folder.find(written) for written in files}
    paths = [path for path in found.values() if path is not None]
    lost = [written for written, path in found.items() if path is None]
    content = json.dumps(fields, ensure_ascii=False, sort_keys=True).encode()
    return Line(
        number,
        content,
        attachments=tuple(file for path in paths for file in files_in(path)),
        stamp=b"\0".join([*map(stamp, paths), *(written.encode() for written in lost)]),
        note=" ".join(f"Không thấy tệp đính kèm “{written}” cạnh sổ." for written in lost),
    )
