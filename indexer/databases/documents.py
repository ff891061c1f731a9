"""Rows of a database to lines of records, as a file of JSON Lines has them."""

from __future__ import annotations

import functools
import hashlib
import json
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any, TypeAlias

from indexer.databases.attached import DocumentAttachments, Places, asked_files, own_files
from indexer.databases.connecting import Database, DatabaseUnreadable, Lane, open_database
from indexer.databases.mapping import AttachmentMapping, DatabaseMapping, read_database_mapping
from indexer.databases.values import cell_of, stamp_of
from indexer.described import BadDescription, Kind, read_description, wrong_value
from indexer.described_table import BadValue
from indexer.files import shown
from indexer.lines import Attached, BrokenFile, Line
from indexer.registers.cells import BadCell, text_of
from indexer.registers.rows import BadField, derived, read_fields

_ROWS_AT_ONCE = 500
_ROWS_WITH_CONTENT_AT_ONCE = 1  # each may be as large as a file

_Files = Callable[[Mapping[str, Any], str], Attached]


RowReader: TypeAlias = Callable[[str, str, int], Iterator[Line]]
"""`read_database` as a run is given it: by the TOML file, the source, and how many documents it had."""


def read_database(
    path: str, source: str, known: int, *, environment: Mapping[str, str], allow_empty: bool
) -> Iterator[Line]:
    """The documents of a database, in the order of the mapping file's query, a few in memory at a time.

    Args:
        path: The TOML file that describes it (mapping file, tệp khai báo).
        source: The source (nguồn) of the documents; a part of their ids.
        known: How many documents it had.
        environment: Where its password is looked up.
        allow_empty: Whether it is believed that it has none any longer; else as little as of a share not mounted.

    Raises:
        BrokenFile: The file is wrong, the database cannot be reached or read to its end, or gives nothing.
    """
    with _broken_by_name(path), ExitStack() as stack:
        mapping = _mapping(path)
        database = stack.enter_context(open_database(mapping, environment))
        files = _files(mapping, path, lambda: stack.enter_context(database.lane()))
        number = 0
        for number, line in enumerate(_lines(database, _Shape(mapping, source, files, whole=True)), 1):  # noqa: B007
            yield line
        if known and not number and not allow_empty:
            raise BrokenFile(f"Câu truy vấn nay không cho dòng nào, mà sổ ghi {known} văn bản: nhầm cơ sở dữ liệu?")


def list_database(path: str, source: str, environment: Mapping[str, str]) -> Iterator[Line]:
    """The same documents with what their rows say of them: no text, no file, nothing that follows.

    Args:
        path: As in `read_database`, as are the others.
        source: See there.
        environment: See there.

    Raises:
        BrokenFile: See there.
    """
    with _broken_by_name(path):
        mapping = _mapping(path)
        with open_database(mapping, environment) as database:
            yield from _lines(database, _Shape(mapping, source, None, whole=False))


@dataclass(frozen=True, slots=True)
class _Shape:
    """What rows become.

    Attributes:
        mapping: The mapping file.
        source: The run's source.
        files: A document's files by its row and key; None where they are not wanted.
        whole: Whether the text is wanted, and what follows from number and subject.
    """

    mapping: DatabaseMapping
    source: str
    files: _Files | None
    whole: bool

    def line(self, number: int, row: Mapping[str, Any]) -> Line:
        """A row as a line; one that cannot be read is a failure that names its key and column."""
        try:
            key = text_of(cell_of(row[self.mapping.key]))
        except BadCell as error:
            return Line(number, None, failure=f"Cột khóa “{self.mapping.key}”: {error}.")
        if not key:
            return Line(number, None, failure=f"Cột khóa “{self.mapping.key}” trống.")
        try:
            fields, _ = read_fields(self._cells(row))
        except BadField as error:
            return Line(
                number, None, failure=f"Khóa {key}, cột “{self.mapping.columns[error.field]}”: {error}.", key=key
            )
        return self._filled(number, key, row, fields)

    def _cells(self, row: Mapping[str, Any]) -> dict[str, Any]:
        cells = {}
        for field, column in self.mapping.columns.items():
            if field == "text" and not self.whole:
                continue
            try:
                cells[field] = cell_of(row[column])
            except BadCell as error:
                raise BadField(field, str(error)) from error
        return cells

    def _filled(self, number: int, key: str, row: Mapping[str, Any], fields: Mapping[str, Any]) -> Line:
        known = {**self.mapping.values, **fields, "id": _id(self.source, self.mapping.name, key)}
        fetch = functools.partial(self.files, row, key) if self.files else None
        attached = Attached()
        if fetch and self.mapping.version:
            attached = Attached(stamp=stamp_of(row[self.mapping.version]))
        elif fetch:
            attached, fetch = fetch(), None
        has_text = fetch is not None or bool(attached.attachments) or "text" in known
        record = {**derived(known, has_text), **known} if self.whole else known
        content = json.dumps(record, ensure_ascii=False, sort_keys=True).encode()
        return Line(
            number,
            content,
            attachments=attached.attachments,
            stamp=attached.stamp,
            note=attached.note,
            key=key,
            fetch=fetch,
        )


def _mapping(path: str) -> DatabaseMapping:
    description = read_description(path)
    if description.kind is not Kind.DATABASE:
        raise BadDescription(f"“{shown(path)}” mô tả một nguồn khác; ở đây cần bảng [{Kind.DATABASE}].")
    return read_database_mapping(description.table, Path(path).parent)


@contextmanager
def _broken_by_name(path: str) -> Iterator[None]:
    """Tell a wrong mapping file and a database out of reach as lines' readers tell a broken file."""
    try:
        yield
    except BadValue as error:
        raise BrokenFile(str(wrong_value(path, Kind.DATABASE, error))) from error
    except (BadDescription, DatabaseUnreadable) as error:
        raise BrokenFile(str(error)) from error


def _lines(database: Database, shape: _Shape) -> Iterator[Line]:
    own = shape.mapping.own_attachments
    at_once = _ROWS_WITH_CONTENT_AT_ONCE if own and own.content else _ROWS_AT_ONCE
    with database.lane() as lane, lane.ask(shape.mapping.query, at_once, "query", {}) as answer:
        columns = _columns(answer.columns)
        _check_columns(columns, shape.mapping)
        for number, row in enumerate(answer.rows, 1):
            yield shape.line(number, dict(zip(columns, row, strict=True)))


def _columns(names: Sequence[str]) -> list[str]:
    return [name.lower() for name in names]


def _check_columns(columns: Sequence[str], mapping: DatabaseMapping) -> None:
    wanted = {"key": mapping.key, "version": mapping.version}
    wanted |= {f"columns.{field}": column for field, column in mapping.columns.items()}
    if mapping.own_attachments is not None:
        wanted |= _of_attachments(mapping.own_attachments)
    _check(columns, wanted, "query")


def _of_attachments(mapping: AttachmentMapping) -> dict[str, str]:
    return {f"attachments.{name}": getattr(mapping, name) for name in ("name", "path", "content")}


def _check(columns: Sequence[str], wanted: Mapping[str, str], query: str) -> None:
    for key, column in wanted.items():
        if column and column not in columns:
            raise BadValue(f"khóa “{key}”: câu “{query}” không có cột “{column}”. Được phép: {', '.join(columns)}")
        if columns.count(column) > 1:
            raise BadValue(f"khóa “{key}”: câu “{query}” có nhiều cột “{column}”; hãy đặt tên khác bằng AS")


def _files(mapping: DatabaseMapping, path: str, new_lane: Callable[[], Lane]) -> _Files | None:
    """What gives a document's files; its query, if it has one, is asked on a connection beside the documents'."""
    where = mapping.attachments
    if where is None:
        return None
    places = Places.of(where.roots)
    lane = new_lane() if where.query else None

    def files(row: Mapping[str, Any], key: str) -> Attached:
        attachments = DocumentAttachments(places, f"{path}!{key}")
        if lane is None:
            with _broken_by_name(path):
                return own_files(where, row, attachments)
        parameters = {"key": row[mapping.key]}
        with (
            _broken_by_name(path),  # a line may fetch them when the database's reading is behind it
            lane.ask(where.query, _ROWS_WITH_CONTENT_AT_ONCE, "attachments.query", parameters) as answer,
        ):
            columns = _columns(answer.columns)
            _check(columns, _of_attachments(where), "attachments.query")
            rows = (dict(zip(columns, each, strict=True)) for each in answer.rows)
            return asked_files(where, rows, attachments)

    return files


def _id(source: str, name: str, key: str) -> str:
    """The id of a row's document: what row it is in which list of which source, and nothing that the row says."""
    return "d" + hashlib.blake2b("\0".join((source, name, key)).encode(), digest_size=12).hexdigest()
