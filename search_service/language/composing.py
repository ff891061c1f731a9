"""Writes an expression from a form's fields (biểu mẫu tìm nâng cao), and reads a simple one back into them."""

from __future__ import annotations

import datetime
import re
import unicodedata
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from search_service.language.fields import BadValue, Field, field_named, read_days, read_figures
from search_service.language.lexemes import is_expression, lexemes
from search_service.language.parser import Mistake, parse
from search_service.language.tree import Every, Exact, Fielded, Node, Not, Words

WORDS, PHRASE, WITHOUT = "words", "phrase", "without"
"""The fields of a form that name no field of the language: any text, a phrase, a phrase that is left out."""

FROM, TO = "_from", "_to"
"""What the names of the two fields of a range end with."""

_PLAIN_VALUE = re.compile(r"[\w/.-]+")
_QUOTES = re.compile('["“”„«»]')
Bounds = Callable[[str], tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Ranged:
    """A field that a form asks for by its first and last value (`Ngày ban hành từ … đến …`).

    Attributes:
        name: What the form's two fields begin with.
        field: The field of the language.
        bounds: From a value in an expression to both of the form's; raises `BadValue`.
    """

    name: str
    field: Field
    bounds: Bounds


def _field(name: str) -> Field:
    field = field_named(name)
    if field is None:
        raise LookupError(name)
    return field


def _days(value: str) -> tuple[str, str]:
    first, last = read_days(value)
    return _written(first), _written(last)


def _written(day: datetime.date | None) -> str:
    return day.isoformat() if day else ""


def _figures(value: str) -> tuple[str, str]:
    low, high = read_figures(value)
    return ("" if low is None else str(low)), ("" if high is None else str(high))


NAMED: Mapping[str, Field] = {
    name: _field(name)
    for name in (
        *("subject", "number", "type", "subject_field", "urgency", "issuer", "signer"),
        *("unit", "recipients", "register", "year"),
    )
}
"""Field of the form to the field of the language that it is for."""

RANGED: tuple[Ranged, ...] = (
    Ranged("issued", _field("issued"), _days),
    Ranged("arrived", _field("arrived"), _days),
    Ranged("due", _field("due"), _days),
    Ranged("arrival", _field("arrival"), _figures),
)

FORM_FIELDS: tuple[str, ...] = (
    *(WORDS, PHRASE, WITHOUT, *NAMED),
    *(f"{ranged.name}{end}" for ranged in RANGED for end in (FROM, TO)),
)
"""The names of all fields of the form."""


def compose(values: Mapping[str, str]) -> str:
    """The expression for what a form's fields hold; empty when all are.

    Args:
        values: Names of `FORM_FIELDS` to what was typed. Quotation marks are left out of it, for the language has no
            other sign for them; of `WORDS` they are kept, because these may be an expression themselves.
    """
    cleaned = {name: clean(name, value) for name, value in values.items()}
    return " ".join(_conditions(cleaned))


def clean(name: str, value: str) -> str:
    """What of a field's text goes into an expression: single spaces, and no quotation marks."""
    text = value if name == WORDS else _QUOTES.sub(" ", value)
    return " ".join(unicodedata.normalize("NFC", text).split())


def _conditions(values: Mapping[str, str]) -> Iterator[str]:
    if words := values.get(WORDS):
        is_alone = not any(value for name, value in values.items() if name != WORDS)
        yield words if is_alone or not is_expression(lexemes(words)) else f"({words})"
    if phrase := values.get(PHRASE):
        yield f'"{phrase}"'
    for name, field in NAMED.items():
        if value := values.get(name):
            yield f"{field.name}:{_value(value)}"
    for ranged in RANGED:
        first, last = (values.get(f"{ranged.name}{end}", "") for end in (FROM, TO))
        if first or last:
            yield f"{ranged.field.name}:{_value(first if first == last else f'{first}..{last}')}"
    if without := values.get(WITHOUT):
        yield f'-"{without}"'


def _value(value: str) -> str:
    return value if _PLAIN_VALUE.fullmatch(value) else f'"{value}"'


def decompose(text: str) -> dict[str, str]:
    """The form's fields for a question: what `compose` made is read back, and what a form cannot hold is its words.

    Args:
        text: What was typed, in NFC.
    """
    whole = {WORDS: text.strip()} if text.strip() else {}
    try:
        tree = parse(text)
        members = tree.members if isinstance(tree, Every) and not tree.said else (tree,) if tree else ()
        found = [pair for member in members for pair in _held(member)]
    except (BadValue, Mistake):
        return whole
    names = [name for name, _ in found]
    if not found or len(set(names)) < len(names):
        return whole
    return {name: value for name, value in found if value}


def _held(node: Node) -> Iterator[tuple[str, str]]:
    """The fields that one condition fills.

    Raises:
        BadValue: The form has none for it.
    """
    match node:
        case Words(text):
            yield WORDS, text
        case Exact(text, 0):
            yield PHRASE, text
        case Not(Exact(text, 0)):
            yield WITHOUT, text
        case Fielded(field, value):
            yield from _held_by_field(field, value)
        case _:
            raise BadValue


def _held_by_field(field: Field, value: str) -> Iterator[tuple[str, str]]:
    for ranged in RANGED:
        if ranged.field is field:
            first, last = ranged.bounds(value)
            yield from ((f"{ranged.name}{FROM}", first), (f"{ranged.name}{TO}", last))
            return
    name = next((name for name, named in NAMED.items() if named is field), None)
    if name is None:
        raise BadValue
    yield name, value
