"""What the results page says of how a question was understood, with an address for each way to change that."""

from __future__ import annotations

import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from search_service.links import SearchLinks
from search_service.notation import vietnamese_date
from search_service.params import ISSUED_FROM, ISSUED_TO, LITERAL, QUERY_TEXT
from search_service.periods import Period
from search_service.query import UnderstoodQuery
from search_service.tongues.said import Said, terms

_TERMS = terms({"type": "loại", "issuer": "cơ quan ban hành", "signer": "người ký"})
_MOST_VALUES = 2
"""Values of one name that are shown; a short name may mean many."""


@dataclass(frozen=True, slots=True)
class Part:
    """Something that the question surely names, and the address of the search for nothing else.

    Attributes:
        term: What it is, as `cơ quan ban hành`.
        value: Which.
        href: The same search with it as a filter.
    """

    term: str
    value: str
    href: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Understood:
    """How a question was understood, where that is not plain to see.

    Attributes:
        read_as: What was searched instead of what was typed.
        did_you_mean: What was perhaps meant.
        did_you_mean_href: The address of the search for that.
        also: Other spellings that were searched as well: only the words that differ.
        parts: What it surely names.
        literal_href: The address of the search for exactly what was typed.
    """

    read_as: str | None
    did_you_mean: str | None
    did_you_mean_href: str
    also: tuple[str, ...]
    parts: tuple[Part, ...]
    literal_href: str


def understood(question: UnderstoodQuery, links: SearchLinks) -> Understood | None:
    """What to say of a question; None when it was taken as it stands."""
    # The second reading is the suggestion, where there is one.
    others = question.readings[2 if question.did_you_mean else 1 :]
    also = dict.fromkeys(_difference(question.syllables, reading.syllables) for reading in others)
    told = Understood(
        read_as=question.read_as,
        did_you_mean=question.did_you_mean,
        did_you_mean_href=links.with_value(QUERY_TEXT.name, question.did_you_mean or ""),
        also=tuple(filter(None, also)),
        parts=tuple(_parts(question, links)),
        literal_href=links.with_value(LITERAL.name, "true"),
    )
    return told if told.read_as or told.did_you_mean or told.also or told.parts else None


def _parts(question: UnderstoodQuery, links: SearchLinks) -> Iterator[Part]:
    for name in question.names:
        if name.sure and not links.values(name.field):
            for value in name.values[:_MOST_VALUES]:
                yield Part(_TERMS[name.field], value, links.toggled(name.field, value))
    for period in question.periods:
        if period.sure and not links.values(ISSUED_FROM.name) and not links.values(ISSUED_TO.name):
            yield Part(Said("ngày ban hành"), _said(period), links.between(period.low, period.high))


def _said(period: Period) -> str:
    low, high = map(vietnamese_date, (period.low, period.high))
    if period.low == datetime.date.min:
        return Said("đến {day}", day=high)
    if period.high == datetime.date.max:
        return Said("từ {day}", day=low)
    return low if low == high else f"{low} – {high}"


def _difference(first: Sequence[str], second: Sequence[str]) -> str:
    """The words of the second that stand where the first has others: from the first difference to the last."""
    same_before = next(
        (at for at, (a, b) in enumerate(zip(first, second, strict=False)) if a != b), min(map(len, (first, second)))
    )
    rest = [tokens[same_before:] for tokens in (first, second)]
    backwards = zip(reversed(rest[0]), reversed(rest[1]), strict=False)
    same_after = next((at for at, (a, b) in enumerate(backwards) if a != b), min(map(len, rest)))
    return " ".join(rest[1][: len(rest[1]) - same_after])
