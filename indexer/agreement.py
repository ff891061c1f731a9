"""Whether two records are one document, and in which fields they differ (so khớp hai bản ghi)."""

from __future__ import annotations

import datetime
import functools
import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from analyzers.folding import fold
from analyzers.normalize import normalize
from analyzers.numbers import document_keys, whole_key, year_in
from analyzers.tokens import syllable_texts
from engines.record import OfficialDocument
from indexer.metadata import year
from indexer.metadata.issuers import display_name, issuer_of_title
from indexer.metadata.types import known_type

_ALIKE = 0.6  # two wordings of one subject
_SURELY_ALIKE = 0.8  # where there is no number to go by

_CITY = re.compile(r"\bT\.?\s?P\b\.?\s*", re.IGNORECASE)

FIELDS: Mapping[str, str] = {
    "number": "Số, ký hiệu",
    "type": "Tên loại",
    "subject": "Trích yếu",
    "issuer": "Cơ quan ban hành",
    "issued": "Ngày ban hành",
    "signer": "Người ký",
    "direction": "Đến, đi",
    "arrival_number": "Số đến",
    "arrived": "Ngày đến",
    "due": "Hạn xử lý",
    "recipients": "Nơi nhận",
    "urgency": "Độ khẩn",
    "secrecy": "Độ mật",
}
"""The fields that are compared, with their Vietnamese names."""


@dataclass(frozen=True, slots=True)
class Difference:
    """A field in which a list and the index differ, both values as people read them; empty where there is none."""

    field: str
    listed: str
    indexed: str


@dataclass(frozen=True, slots=True, order=True)
class Likeness:
    """How like two records are; the greater the surer that they are one document.

    Attributes:
        id: Whether they have one id.
        number: 2 for equal numbers, 1 where one number holds all pieces of the other, 0 where a number is missing.
        arrival: Whether they arrived under one number in one year.
        issuer: 1 for one issuer, -1 for two, 0 where one is unknown.
        issued: The same for the date of issue.
        subject: Likeness of the subjects, 0 to 1; 0 where one is unknown.
    """

    id: bool
    number: int
    arrival: bool
    issuer: int
    issued: int
    subject: float

    @property
    def is_sure(self) -> bool:
        """Whether equal numbers, or nearly equal subjects, say so and nothing speaks against it."""
        return (self.number == 2 or self.subject >= _SURELY_ALIKE) and self.issuer >= 0 and self.issued >= 0


def likeness(listed: OfficialDocument, indexed: OfficialDocument) -> Likeness | None:
    """How like two records are, or None where they are two documents."""
    found = Likeness(
        id=listed.id == indexed.id,
        number=_numbers(listed.number, indexed.number),
        arrival=_arrived_as_one(listed, indexed),
        issuer=_agree(_issuer(listed), _issuer(indexed)),
        issued=_agree(listed.issued, indexed.issued),
        subject=_subjects(listed.subject, indexed.subject),
    )
    return found if found.id or found.arrival or _may_be_one(found, listed, indexed) else None


def differences(listed: OfficialDocument, indexed: OfficialDocument) -> tuple[Difference, ...]:
    """The fields that the list fills and the index has otherwise; spelling and punctuation make no difference."""
    return tuple(
        Difference(field, shown_value(value), shown_value(getattr(indexed, field)))
        for field in FIELDS
        if (value := getattr(listed, field)) and not say_the_same(field, value, getattr(indexed, field))
    )


def number_keys(record: OfficialDocument) -> tuple[str, ...]:
    """The keys that an index knows the record's number by, the whole number last."""
    return document_keys(record.number)


def subject_tokens(subject: str) -> tuple[str, ...]:
    """The syllables of a subject without marks, as the index has them."""
    return tuple(map(fold, syllable_texts(normalize(subject))))


def shown_value(value: Any) -> str:
    """A field's value as people read it."""
    if isinstance(value, datetime.date):
        return value.strftime("%d/%m/%Y")
    return "; ".join(value) if isinstance(value, tuple) else value or ""


def _may_be_one(found: Likeness, listed: OfficialDocument, indexed: OfficialDocument) -> bool:
    if found.number < 0:
        return False
    # Equal numbers that hold a year are of that year, whatever a slip of the pen made of the date.
    if not (found.number == 2 and year_in(listed.number)) and _agree(year(listed), year(indexed)) < 0:
        return False
    supported = found.subject >= _ALIKE or (found.issued > 0 and found.issuer >= 0)
    if found.number == 2 and not listed.number.isdecimal():
        return found.issuer >= 0 or supported
    if found.number:  # half a number, or a figure alone, is shared by many
        return supported
    return found.subject >= _SURELY_ALIKE and found.issuer >= 0 and found.issued >= 0


def _numbers(one: str, other: str) -> int:
    """2, 1 or 0 as `Likeness.number` has it; -1 for numbers of two documents."""
    keys = whole_key(one), whole_key(other)
    if not all(keys):
        return 0
    if keys[0] == keys[1]:
        return 2
    return 1 if keys[0] in document_keys(other) or keys[1] in document_keys(one) else -1


def _arrived_as_one(one: OfficialDocument, other: OfficialDocument) -> bool:
    if not one.arrival_number or one.arrived is None or other.arrived is None:
        return False
    as_one = (one.arrival_number, one.arrived.year, one.direction) == (
        other.arrival_number,
        other.arrived.year,
        other.direction,
    )
    return as_one and _subjects(one.subject, other.subject) >= _ALIKE


def _agree(one: object, other: object) -> int:
    if not one or not other:
        return 0
    return 1 if one == other else -1


def body(issuer: str, number: str) -> str:
    """A key of the issuing body, equal for all ways to write its name; empty for none.

    Args:
        issuer: `ỦY BAN NHÂN DÂN TỈNH X`, `UBND tỉnh X`, or `Tỉnh X` as portals have it.
        number: The document's number, which says whether it is the committee or the council of the place.
    """
    if not issuer:
        return ""
    return " ".join(subject_tokens(display_name(issuer_of_title(_CITY.sub("thành phố ", issuer), number))))


def _issuer(record: OfficialDocument) -> str:
    return body(record.issuer, record.number)


@functools.lru_cache(maxsize=4_096)
def _syllables(subject: str) -> frozenset[str]:
    return frozenset(subject_tokens(subject))


def _subjects(one: str, other: str) -> float:
    """Dice coefficient of the syllables without marks (Dice, Ecology, 1945)."""
    first, second = _syllables(one), _syllables(other)
    return 2 * len(first & second) / (len(first) + len(second)) if first and second else 0.0


def say_the_same(field: str, listed: Any, indexed: Any) -> bool:
    """Whether two values of one of `FIELDS`, the listed one not empty, differ in spelling at most."""
    return _SAME.get(field, _same_text)(listed, indexed)


def _same_text(listed: str, indexed: str) -> bool:
    """Whether two texts have the same syllables; marks count where the list has any."""
    if listed.isascii():
        return subject_tokens(listed) == subject_tokens(indexed)
    return syllable_texts(normalize(listed)) == syllable_texts(normalize(indexed))


_SAME: Mapping[str, Callable[[Any, Any], bool]] = {
    "type": lambda listed, indexed: _same_text(known_type(listed) or listed, known_type(indexed) or indexed),
    "number": lambda listed, indexed: (whole_key(listed) or listed) == (whole_key(indexed) or indexed),
    "issuer": lambda listed, indexed: subject_tokens(display_name(listed)) == subject_tokens(display_name(indexed)),
    "issued": lambda listed, indexed: listed == indexed,
    "arrived": lambda listed, indexed: listed == indexed,
    "due": lambda listed, indexed: listed == indexed,
    "recipients": lambda listed, indexed: {*map(subject_tokens, listed)} == {*map(subject_tokens, indexed)},
}
