"""What the cover of a register (bìa sổ), its sheet, its file and its columns say of all its rows."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import PurePath

from analyzers.folding import fold
from indexer.readers.extracted import clean
from indexer.registers.book_names import name_in_file_name, name_in_title, name_of_sheet
from indexer.registers.cells import Cell, text_of
from indexer.registers.columns import HEADING_WITHIN, Heading
from indexer.registers.tables import Table

INCOMING, OUTGOING = "đến", "đi"
"""Directions (văn bản đến, văn bản đi)."""

_DIRECTION = re.compile(r"\b(?:van ban|cong van)\s+(?:mat\s+)?(den|di)\b")
_YEAR = re.compile(r"\bnam\W{0,3}((?:19|20)\d\d)\b")
_BARE_YEAR = re.compile(r"(?<!\d)((?:19|20)\d\d)(?!\d)")
"""Of a sheet or file: `2019`, `so-den-2019.xlsx`."""


@dataclass(frozen=True, slots=True)
class Book:
    """What is true of all rows of a sheet.

    Attributes:
        year: The year of the book as digits, or unknown.
        fields: Record fields that rows have where they do not say otherwise: its direction (`đến`, `đi`), its name
            (`register`, as `indexer.registers.book_names` writes it), and what a mapping file gives.
    """

    year: str
    fields: Mapping[str, str]


def read_book(table: Table, heading: Heading, file: str, cover: Sequence[str], own_values: Mapping[str, str]) -> Book:
    """What is true of all rows: columns of arrival tell a register of incoming documents, else its title does.

    Args:
        table: The sheet.
        heading: Its heading.
        file: The file's name.
        cover: Lines of the cover, where it has a sheet of its own.
        own_values: Record fields that an installation's mapping file gives.
    """
    title = list(_lines(table.rows[: heading.first]))
    if not name_in_title(title, ""):  # a sheet with a title of its own is another book
        title += cover
    above = fold(" ".join(title))
    # File names write a dash or an underscore for a space.
    names = fold(" ".join([above, table.name, re.sub(r"[-_.]+", " ", file)]))
    year = _year_of(table.name, above, file)
    read = {"direction": _direction(heading, names), "register": _name(title, table.name, file, year)}
    return Book(year, {name: value for name, value in {**read, **own_values}.items() if value})


def cover_of(table: Table) -> tuple[str, ...]:
    """The lines of a sheet that is a register's cover (bìa sổ): it names a book; else none."""
    lines = tuple(_lines(table.rows[:HEADING_WITHIN]))
    return lines if name_in_title(lines, "") else ()


def _lines(rows: Sequence[Sequence[Cell]]) -> Iterator[str]:
    """What stands in cells, line by line: the office and the book may share a cell."""
    for row in rows:
        for cell in row:
            yield from filter(None, map(text_of, clean(cell).splitlines() if isinstance(cell, str) else [cell]))


def _name(title: Sequence[str], sheet: str, file: str, year: str) -> str:
    """The nearest name that says it."""
    return name_in_title(title, year) or name_of_sheet(sheet, year) or name_in_file_name(PurePath(file).stem, year)


def _year_of(sheet: str, above: str, file: str) -> str:
    """The year of a book, by the nearest name that has just one."""
    named = (set(_BARE_YEAR.findall(sheet)), set(_YEAR.findall(above)), set(_BARE_YEAR.findall(file)))
    return next((years.pop() for years in named if len(years) == 1), "")


def _direction(heading: Heading, title: str) -> str:
    if not {"arrival_number", "arrived"}.isdisjoint(heading.columns):
        return INCOMING
    if named := _DIRECTION.search(title):
        return INCOMING if named.group(1) == "den" else OUTGOING
    # A register of outgoing documents has no column for who issued them.
    return OUTGOING if "recipients" in heading.columns and "issuer" not in heading.columns else ""
