"""Rows of a register to what they say of a document, or to the reason why a row cannot be read."""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analyzers.folding import fold
from analyzers.normalize import canonical
from analyzers.numbers import whole_key, year_in
from indexer.metadata.heading import tidy_number
from indexer.metadata.issuers import issuer_of_number
from indexer.metadata.types import LETTER, TYPES, type_of_number
from indexer.readers.extracted import clean
from indexer.registers.book_names import name_as_given
from indexer.registers.books import Book
from indexer.registers.cells import BadCell, Cell, date_of, lines_of, number_and_day_of, number_of, text_of
from indexer.registers.closing import Closing, is_sum
from indexer.registers.columns import Heading
from indexer.registers.days import with_years
from indexer.registers.tables import Table, column_name

_READERS: Mapping[str, Callable[[Cell], Any]] = {
    "number": number_of,
    "number_and_day": number_and_day_of,
    "figure": number_of,
    "symbol": number_of,
    "arrival_number": number_of,
    "issued": date_of,
    "arrived": date_of,
    "due": date_of,
    "recipients": lines_of,
    "cites": lines_of,
    "access": lines_of,
    "files": lines_of,
    "register": lambda cell: name_as_given(text_of(cell)),
    "text": lambda cell: clean(str(cell)).strip(),
}
_ORDINARY = frozenset({"thường", "bình thường", "không", "không có", "-"})
_NUMBER_WORD = re.compile(r"^số\s*:?\s*", re.IGNORECASE)
_COLUMN_NUMBER = re.compile(r"\(?\s*\d{1,2}\s*\)?")
_GRADE = re.compile(r"[,;/\n]|\s-\s")


@dataclass(frozen=True, slots=True, kw_only=True)
class Entry:
    """One row of a register.

    Attributes:
        number: The row's number as spreadsheets show it.
        fields: Record fields to values as `engines.record.from_mapping` takes them, without `id` and `files`.
        derived: Fields that no column says and that follow from those that do: type and issuer.
        files: Names of the document's files, as written.
        failure: Why the row cannot be read, in Vietnamese; then `fields` is empty.
    """

    number: int
    fields: Mapping[str, Any]
    derived: Mapping[str, str] = field(default_factory=dict)
    files: tuple[str, ...] = ()
    failure: str = ""


def read_entries(table: Table, heading: Heading, book: Book) -> Iterator[Entry]:
    """The rows beneath the heading.

    Empty ones, headings repeated on each page, names of months, sums and who signed the book are no rows.
    """
    names = [[text_of(cell) for cell in row] for row in table.rows[heading.first : heading.first + heading.rows]]
    closing = Closing()
    for index in range(heading.first + heading.rows, len(table.rows)):
        row = table.rows[index]
        if not _is_entry(row, names) or closing.holds(map(text_of, row)):
            continue
        number = table.first_row + index
        try:
            entry = _entry(row, heading, book, number)
        except BadField as error:
            column = heading.columns[error.field]
            where = f"hàng {number}, cột {column_name(table.first_column + column)}"
            label = heading.labels.get(column, "")
            yield _failed(table, number, f"{where} ({label}): {error}." if label else f"{where}: {error}.")
            continue
        if _names_a_document(entry.fields):
            yield entry
        elif len(entry.fields.keys() - book.fields.keys() - {"register"}) > 1:
            yield _failed(
                table, number, f"hàng {number}: không có số, ký hiệu, số đến, cũng không có trích yếu và ngày."
            )


def identify(entries: Sequence[Entry], source: str, year: str) -> list[str]:
    """Ids that depend on what rows say and not on where they stand.

    An incoming document is known by its arrival number, year and number, because an office may keep several books that
    each count from 1; an outgoing one by number, issuer and year; one without number by subject and date. Rows that
    agree in this and differ in subject, issuer or date are told apart by those; rows that agree in all have one id.

    Args:
        entries: The readable rows of one file.
        source: The source (nguồn) that they belong to.
        year: The book's year, where a row has none.
    """
    keys = [_key(entry.fields, year) for entry in entries]
    seen: dict[tuple[str, ...], set[tuple[str, ...]]] = {}
    for key, entry in zip(keys, entries, strict=True):
        seen.setdefault(key, set()).add(_content(entry.fields))
    return [
        _digest(source, *key, *(_content(entry.fields) if len(seen[key]) > 1 else ()))
        for key, entry in zip(keys, entries, strict=True)
    ]


class BadField(ValueError):
    """A cell does not hold what its field is; the message says why, in Vietnamese.

    Attributes:
        field: The field.
    """

    def __init__(self, field: str, why: str) -> None:
        super().__init__(why)
        self.field = field


def read_fields(cells: Mapping[str, Cell]) -> tuple[dict[str, Any], tuple[str, ...]]:
    """Record fields from the cells of a row.

    Args:
        cells: Names of record fields, of `indexer.registers.columns.NAMES` too, to what stands under them.

    Returns:
        Fields to values as `engines.record.from_mapping` takes them, the unknown left out; and the names of files.

    Raises:
        BadField: See there.
    """
    values: dict[str, Any] = {}
    for name, cell in cells.items():
        try:
            value = _READERS.get(name, text_of)(cell)
        except BadCell as error:
            raise BadField(name, str(error)) from error
        if value:
            values[name] = value
    files = values.pop("files", ())
    return _fields(values), files


def derived(fields: Mapping[str, Any], has_text: bool) -> dict[str, str]:
    """Type and issuer as they follow from number and subject, where the row does not say them.

    Args:
        fields: As `read_fields` gives them.
        has_text: Whether there is a text, which tells better what a number does not.
    """
    number = fields.get("number", "")
    found = {
        "type": _type(number, fields.get("subject", ""), has_text),
        "issuer": "" if has_text else issuer_of_number(number),
    }
    return {name: value for name, value in found.items() if value and name not in fields}


def _failed(table: Table, number: int, why: str) -> Entry:
    sheet = f"Trang “{table.name}”, " if table.name else ""
    reason = sheet + why
    return Entry(number=number, fields={}, failure=reason[0].upper() + reason[1:])


def _is_entry(row: Sequence[Cell], names: Sequence[Sequence[str]]) -> bool:
    texts = [text_of(cell) for cell in row]
    filled = [text for text in texts if text]
    if len(filled) < 2 or texts in names or is_sum(texts):
        return False
    # Phụ lục IV has a row with the columns' numbers beneath the heading: (1), (2), (3).
    return not all(_COLUMN_NUMBER.fullmatch(text) for text in filled)


def _names_a_document(fields: Mapping[str, Any]) -> bool:
    numbered = "number" in fields or "arrival_number" in fields
    return numbered or ("subject" in fields and ("issued" in fields or "arrived" in fields))


def _entry(row: Sequence[Cell], heading: Heading, book: Book, number: int) -> Entry:
    cells = {name: row[column] for name, column in heading.columns.items()}
    read, files = read_fields(with_years(cells, book.year))
    fields = {**book.fields, **read}
    return Entry(number=number, fields=fields, derived=derived(fields, bool(files)), files=files)


def _fields(values: dict[str, Any]) -> dict[str, Any]:
    """Record fields from the values of a row's columns."""
    figure, symbol = values.pop("figure", ""), values.pop("symbol", "")
    dated, issued = values.pop("number_and_day", ("", None))
    if issued:
        values.setdefault("issued", issued)
    number = tidy_number(_NUMBER_WORD.sub("", values.pop("number", "") or dated or _joined(figure, symbol)))
    urgency, secrecy = _grades(values.pop("grades", ""))
    values.setdefault("urgency", urgency)
    values.setdefault("secrecy", secrecy)
    values["number"] = number
    for name in ("urgency", "secrecy"):
        if values[name].lower() in _ORDINARY:
            values[name] = ""
    return {name: _as_json(value) for name, value in values.items() if value}


def _joined(figure: str, symbol: str) -> str:
    return f"{figure}/{symbol.lstrip('/ ')}" if figure and symbol else figure


def _grades(written: str) -> tuple[str, str]:
    """Độ khẩn and độ mật of a cell that holds both."""
    parts = [part.strip() for part in _GRADE.split(written) if part.strip()]
    secret = [part for part in parts if "mat" in fold(part).split()]
    return ", ".join(part for part in parts if part not in secret), ", ".join(secret)


def _type(number: str, subject: str, has_text: bool) -> str:
    """The type that the number's code stands for, or the subject begins with (tên loại và trích yếu); else a letter.

    A number with a code and no year that stands for no type is a letter's (công văn), unless a text can tell.
    """
    if coded := type_of_number(number):
        return coded
    lead = f"{_spelled(subject)} "
    named = next((name for name in TYPES if lead.startswith(f"{_spelled(name)} ")), "")
    if named or has_text:
        return named
    is_coded = any(character.isalpha() for character in number) and not year_in(number)
    return LETTER if is_coded else ""


def _as_json(value: Any) -> Any:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return list(value) if isinstance(value, tuple) else value


def _key(fields: Mapping[str, Any], year: str) -> tuple[str, ...]:
    direction, number = fields.get("direction", ""), fields.get("number", "")
    days = (fields.get("arrived"), fields.get("issued"))
    if arrival := fields.get("arrival_number"):
        return ("arrival", direction, arrival, _year(days, year), whole_key(number) or number)
    if number:
        issuer = _plain(fields.get("issuer", ""))
        return ("number", direction, whole_key(number) or number, issuer, _year(days[::-1], year))
    return ("subject", direction, *_content(fields))


def _year(days: Sequence[str | None], year: str) -> str:
    return next((day[:4] for day in days if day), year)


def _content(fields: Mapping[str, Any]) -> tuple[str, ...]:
    days = (fields.get("issued", ""), fields.get("arrived", ""))
    return (_plain(fields.get("subject", "")), _plain(fields.get("issuer", "")), *days)


def _spelled(text: str) -> str:
    return " ".join(map(canonical, text.split()))


def _plain(text: str) -> str:
    return fold(_spelled(text))


def _digest(*pieces: str) -> str:
    return "r" + hashlib.blake2b("\0".join(pieces).encode(), digest_size=12).hexdigest()
