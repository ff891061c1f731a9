"""What the `[database]` table of a TOML file (tệp khai báo) says: where it is, what to ask, which column is what."""

from __future__ import annotations

import re
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from engines.record import ORIGIN_FIELDS, InvalidRecord, from_mapping
from indexer.described import Kind
from indexer.described_table import BadValue, DescribedTable

_OF_REGISTERS = ("figure", "symbol", "grades")
FIELDS = (*ORIGIN_FIELDS, "cites", "text", "access", *_OF_REGISTERS)
"""What a column may be: fields of the record, and those that registers have for two columns of one or one of two."""

_SELECT = re.compile(r"(?:\s|--[^\n]*\n|/\*.*?\*/)*(?:select|with)\b", re.IGNORECASE | re.DOTALL)
_KEY_PARAMETER = re.compile(r"(?<![:\w\\]):key\b")
_TOP = ("url", "password_env", "name", "source", "query", "key", "version", "columns", "values", "attachments")
_ATTACHMENTS = ("query", "name", "path", "content", "root", "roots")


@dataclass(frozen=True, slots=True, kw_only=True)
class AttachmentMapping:
    """Where a document's files (tệp đính kèm) are.

    Attributes:
        query: Its rows are the files of the document `:key`; empty where the columns are the documents' own.
        name: Column of the file's name; may be empty.
        path: Column of its path; empty where `content` is given.
        content: Column of its bytes.
        roots: What paths begin with to the folder that this is here; the empty beginning is that of relative paths.
    """

    query: str
    name: str
    path: str
    content: str
    roots: Mapping[str, Path]


@dataclass(frozen=True, slots=True, kw_only=True)
class DatabaseMapping:
    """A table that was read.

    Attributes:
        url: SQLAlchemy's URL of the database.
        password_env: The variable of the environment that holds the password; empty where none is needed.
        name: What the documents' ids are made from, besides the source and the key.
        query: One SELECT whose rows are documents.
        key: The column that names a document for good.
        version: The column that changes whenever the document or a file of it does; empty where there is none.
        columns: Record fields to columns.
        values: Record fields to what they are where no column says it.
        attachments: The documents' files; None where only the rows count.
    """

    url: str
    password_env: str
    name: str
    query: str
    key: str
    version: str
    columns: Mapping[str, str]
    values: Mapping[str, Any]
    attachments: AttachmentMapping | None

    @property
    def own_attachments(self) -> AttachmentMapping | None:
        """The attachments where columns of the documents' own rows tell them."""
        return self.attachments if self.attachments and not self.attachments.query else None


def read_database_mapping(table: Mapping[str, Any], folder: Path) -> DatabaseMapping:
    """Read the table.

    Args:
        table: Its keys and values.
        folder: Where its file lies; folders that it names are taken from there.

    Raises:
        BadValue: A key is missing, unknown or wrong; the message names it and what is allowed, in Vietnamese.
    """
    top = DescribedTable(table, _TOP, Kind.DATABASE)
    top.text("source", needed=False)  # read by `described.root_of`
    return DatabaseMapping(
        url=top.text("url"),
        password_env=top.text("password_env", needed=False),
        name=top.text("name"),
        query=_query(top),
        key=_column(top, "key"),
        version=_column(top, "version", needed=False),
        columns=_columns(top.table("columns", FIELDS)),
        values=_values(top.table("values", FIELDS)),
        attachments=_attachments(top.table("attachments", _ATTACHMENTS), folder) if "attachments" in table else None,
    )


def _column(table: DescribedTable, name: str, *, needed: bool = True) -> str:
    """A column's name; databases differ in which case they give back, so none counts."""
    return table.text(name, needed=needed).lower()


def _query(table: DescribedTable) -> str:
    query = table.text("query").rstrip("; \n\t")
    if not _SELECT.match(query):
        raise BadValue(f"khóa {table.key('query')} phải là một câu SELECT (hoặc WITH … SELECT), chỉ để đọc")
    return query


def _columns(table: DescribedTable) -> dict[str, str]:
    if not table.values:
        raise BadValue(f"khóa “columns” còn thiếu hoặc rỗng: mỗi dòng một trường = tên cột. Được phép: {_allowed()}")
    return {name: _column(table, name) for name in table.values}


def _values(table: DescribedTable) -> dict[str, Any]:
    try:
        from_mapping({name: value for name, value in table.values.items() if name not in _OF_REGISTERS} | {"id": "-"})
    except InvalidRecord as error:
        raise BadValue(f"khóa “values”: {error}") from error
    if own := [name for name in table.values if name in _OF_REGISTERS]:
        raise BadValue(f"khóa {table.key(own[0])} chỉ dùng trong [database.columns]")
    return dict(table.values)


def _attachments(table: DescribedTable, folder: Path) -> AttachmentMapping:
    query = _query(table) if "query" in table.values else ""
    if query and not _KEY_PARAMETER.search(query):
        raise BadValue(f"khóa {table.key('query')} phải có :key, chỗ của khóa văn bản, như WHERE van_ban_id = :key")
    path, content = _column(table, "path", needed=False), _column(table, "content", needed=False)
    if not path and not content:
        raise BadValue(f"khóa “attachments” phải có {table.key('path')} hoặc {table.key('content')}: tên cột")
    roots = _roots(table, folder)
    if path and not roots:
        raise BadValue(f"khóa {table.key('path')} cần {table.key('root')} hoặc {table.key('roots')}: thư mục có tệp")
    return AttachmentMapping(
        query=query, name=_column(table, "name", needed=False), path=path, content=content, roots=roots
    )


def _roots(table: DescribedTable, folder: Path) -> dict[str, Path]:
    own = {"": table.text("root")} if "root" in table.values else {}
    named = table.table("roots")
    return {prefix: folder / written for prefix, written in {**own, **_texts(named)}.items()}


def _texts(table: DescribedTable) -> dict[str, str]:
    return {name: table.text(name) for name in table.values}


def _allowed() -> str:
    return ", ".join(FIELDS)
