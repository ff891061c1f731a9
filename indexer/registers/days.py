"""Days that a register writes without their year, since the whole book is of one year."""

from __future__ import annotations

import re
from collections.abc import Mapping

from indexer.registers.cells import BadCell, Cell, date_of

_WITHOUT_YEAR = re.compile(r"\s*(?:ngày\s*)?(\d{1,2})\s*(?:[/.-]|tháng)\s*(\d{1,2})\s*", re.IGNORECASE)
_DAYS = ("arrived", "issued", "due")


def with_years(cells: Mapping[str, Cell], year: str) -> dict[str, Cell]:
    """A row's cells by field, with the book's year where a day has none.

    A document that arrives in January may have been issued in December: no day of issue comes out after its arrival.

    Args:
        cells: Names of record fields to what stands under them.
        year: The book's year as digits, or empty; then nothing is changed.
    """
    whole = dict(cells)
    if not year:
        return whole
    for name in _DAYS:
        whole[name] = _with_year(cells.get(name, ""), int(year))
    if whole["issued"] != cells.get("issued", "") and _is_after(whole["issued"], whole["arrived"]):
        whole["issued"] = _with_year(cells["issued"], int(year) - 1)
    return {name: cell for name, cell in whole.items() if name in cells}


def _with_year(cell: Cell, year: int) -> Cell:
    day = _WITHOUT_YEAR.fullmatch(cell) if isinstance(cell, str) else None
    return f"{day.group(1)}/{day.group(2)}/{year}" if day else cell


def _is_after(one: Cell, other: Cell) -> bool:
    try:
        first, second = date_of(one), date_of(other)
    except BadCell:
        return False
    return first is not None and second is not None and first > second
