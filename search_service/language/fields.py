"""The fields (trường) that an expression can name, and how a value of each is read."""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias, TypeVar

from analyzers.folding import fold
from analyzers.normalize import canonical
from analyzers.numbers import whole_key
from analyzers.tokens import syllable_texts
from engines.query import AnyOf, Boolean, Match, Nothing, Phrase, Query, Range
from engines.schema import day_number
from search_service.tongues.said import Said

_MAX_YEARS = 100
_Bound = TypeVar("_Bound")


class BadValue(ValueError):
    """A value that its field does not take; the message says what it takes, in Vietnamese."""


class Lookup(Protocol):
    """What reading a value may ask of the index."""

    def values(self, field: str, said: str) -> tuple[str, ...]:
        """The values of a keyword field that a text means: those that hold it as one run of syllables."""


Reader: TypeAlias = Callable[[str, Lookup], Query]


@dataclass(frozen=True, slots=True)
class Field:
    """A field.

    Attributes:
        name: Its Vietnamese name, as expressions are written by us.
        others: Other names, the English one first.
        term: What it is, for people.
        example: An expression with it.
        read: From a value to the documents with it. Raises `BadValue`.
    """

    name: str
    others: tuple[str, ...]
    term: str
    example: str
    read: Reader


def field_named(name: str) -> Field | None:
    """The field with this name, marks or capitals or not; `sổ` keeps its mark, because `so` is `số`."""
    said = canonical(name)
    return _BY_NAME.get(said) or _BY_FOLDED_NAME.get(said)


def _keyword(field: str) -> Reader:
    def read(value: str, lookup: Lookup) -> Query:
        meant = lookup.values(field, value)
        return AnyOf(field, meant) if meant else Nothing()

    return read


def _text(marked: str, folded: str) -> Reader:
    """Words of a token field, one after another."""

    def read(value: str, lookup: Lookup) -> Query:
        return run_of(value, marked, folded)

    return read


def run_of(text: str, marked: str, folded: str, slop: int = 0) -> Query:
    """Documents with a text's syllables one after another: with its marks where it has any.

    Raises:
        BadValue: There is no letter or digit in it.
    """
    tokens = tuple(syllable_texts(text))
    if not tokens:
        raise BadValue(Said("ít nhất một từ"))
    plain = tuple(map(fold, tokens))
    field, tokens = (folded, plain) if tokens == plain else (marked, tokens)
    return Phrase(field, tokens, slop) if len(tokens) > 1 else Match(field, tokens)


def _number(value: str, lookup: Lookup) -> Query:
    key = whole_key(value)
    if not key:
        raise BadValue(Said("số văn bản, đủ hoặc một phần, như 15 hoặc 15/2021/QĐ-UBND"))
    return AnyOf("number_forms", (key,))


def _days(field: str) -> Reader:
    def read(value: str, lookup: Lookup) -> Query:
        first, last = read_days(value)
        return Range(field, day_number(first) if first else None, day_number(last) if last else None)

    return read


def _year(value: str, lookup: Lookup) -> Query:
    low, high = _range(value, _read_year)
    years = [year for year in (low, high) if year is not None]
    first, last = low or max(years) - _MAX_YEARS, high or min(years) + _MAX_YEARS
    if not 0 <= last - first <= _MAX_YEARS:
        raise BadValue(_YEARS_ALLOWED)
    return AnyOf("year", tuple(map(str, range(first, last + 1))))


def _arrival(value: str, lookup: Lookup) -> Query:
    return Range("arrival_number", *read_figures(value))


def _unit(value: str, lookup: Lookup) -> Query:
    received = run_of(value, "recipients", "recipients_folded")
    return Boolean(should=(received, *_assigned(value, lookup)), minimum_should=1)


def _assigned(value: str, lookup: Lookup) -> tuple[Query, ...]:
    meant = lookup.values("assignee", value)
    return (AnyOf("assignee", meant),) if meant else ()


_YEARS_ALLOWED = Said("năm gồm bốn chữ số, như 2021, hoặc khoảng năm như 2019..2021")
_DAYS_ALLOWED = Said(
    "năm (2021), tháng (08/2021), ngày (15/8/2021 hoặc 2021-08-15), hoặc khoảng như 2021-08-01..2021-08-23, "
    "..08/2021, 08/2021.."
)
_DAY_FORMS = (
    re.compile(r"(?P<year>\d{4})"),
    re.compile(r"(?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})"),
    re.compile(r"(?P<day>\d{1,2})[/.-](?P<month>\d{1,2})[/.-](?P<year>\d{4})"),
    re.compile(r"(?P<year>\d{4})[/.-](?P<month>\d{1,2})[/.-](?P<day>\d{1,2})"),
)
_FIGURE = re.compile(r"\d{1,9}", re.ASCII)


def read_days(value: str) -> tuple[datetime.date | None, datetime.date | None]:
    """The first and last day of a day, month or year, or of two with `..` between them; None where it is open.

    Raises:
        BadValue: It is none of these, there is no such day, or it ends before it begins.
    """
    low, high = _range(value, _read_span)
    first, last = low and low[0], high and high[1]
    if first and last and first > last:
        raise BadValue(_DAYS_ALLOWED)
    return first, last


def read_figures(value: str) -> tuple[int | None, int | None]:
    """The least and the greatest of one figure, or of two with `..` between them; None where it is open.

    Raises:
        BadValue: It is neither.
    """
    return _range(value, _read_figure)


def _range(value: str, read: Callable[[str], _Bound]) -> tuple[_Bound | None, _Bound | None]:
    low, between, high = value.strip().partition("..")
    if not between:
        only = read(low)
        return only, only
    first, last = (read(bound.strip()) if bound.strip() else None for bound in (low, high))
    return (first, last) if first is not None or last is not None else (read(""), None)


def _read_span(value: str) -> tuple[datetime.date, datetime.date]:
    for form in _DAY_FORMS:
        if (written := form.fullmatch(value)) is not None:
            parts = {name: int(figures) for name, figures in written.groupdict().items()}
            return _span(parts["year"], parts.get("month"), parts.get("day"))
    raise BadValue(_DAYS_ALLOWED)


def _span(year: int, month: int | None, day: int | None) -> tuple[datetime.date, datetime.date]:
    first, last = month or 1, month or 12
    try:
        return (
            datetime.date(year, first, day or 1),
            datetime.date(year, last, day or calendar.monthrange(year, last)[1]),
        )
    except (ValueError, calendar.IllegalMonthError) as error:
        raise BadValue(_DAYS_ALLOWED) from error


def _read_year(value: str) -> int:
    if not re.fullmatch(r"[12]\d{3}", value, re.ASCII):
        raise BadValue(_YEARS_ALLOWED)
    return int(value)


def _read_figure(value: str) -> int:
    if not _FIGURE.fullmatch(value):
        raise BadValue(Said("số nguyên như 120, hoặc khoảng như 100..150"))
    return int(value)


FIELDS: tuple[Field, ...] = (
    Field("số", ("number", "sốkýhiệu", "kýhiệu"), "số, ký hiệu", "số:15/2021/QĐ-UBND", _number),
    Field("tríchyếu", ("subject", "ty"), "trích yếu", 'tríchyếu:"chuyển đổi số"', _text("title", "title_folded")),
    Field("loại", ("type", "tênloại"), "tên loại", 'loại:"Quyết định"', _keyword("type")),
    Field("cơquan", ("issuer", "cq", "banhành"), "cơ quan ban hành", 'cơquan:"UBND tỉnh"', _keyword("issuer")),
    Field("ký", ("signer", "ngườiký"), "người ký", 'ký:"Nguyễn Văn An"', _keyword("signer")),
    Field("ngày", ("issued", "date", "ngàybanhành"), "ngày ban hành", "ngày:08/2021", _days("issued")),
    Field("năm", ("year",), "năm ban hành", "năm:2021", _year),
    Field("đến", ("arrived", "ngàyđến"), "ngày đến", "đến:2021-08-01..2021-08-23", _days("arrived")),
    Field("sốđến", ("arrival", "arrival_number"), "số đến", "sốđến:100..150", _arrival),
    Field("hạn", ("due", "hạnxửlý"), "hạn xử lý", "hạn:..31/12/2021", _days("due")),
    Field(
        "nơinhận",
        ("recipient", "recipients"),
        "nơi nhận",
        'nơinhận:"Sở Y tế"',
        _text("recipients", "recipients_folded"),
    ),
    Field("đơnvị", ("unit",), "đơn vị nhận hoặc được giao", 'đơnvị:"Sở Y tế"', _unit),
    Field("lĩnhvực", ("field", "subject_field"), "lĩnh vực", 'lĩnhvực:"Đất đai"', _keyword("subject_field")),
    Field("khẩn", ("urgency", "độkhẩn"), "độ khẩn", 'khẩn:"Hỏa tốc"', _keyword("urgency")),
    Field("mật", ("secrecy", "độmật"), "độ mật", "mật:Mật", _keyword("secrecy")),
    Field("hướng", ("direction",), "văn bản đến, đi", "hướng:đến", _keyword("direction")),
    Field("sổ", ("register",), "sổ đăng ký", 'sổ:"Sổ văn bản đến 2024"', _keyword("register")),
    Field("nguồn", ("source",), "nguồn", "nguồn:eoffice", _keyword("source")),
)
"""Every field, in the order in which people are told of them."""

KEYWORDS = ("type", "issuer", "signer", "subject_field", "urgency", "secrecy", "direction", "register", "source")
"""The keyword fields whose values expressions name."""


def _names(fields: Sequence[Field], written: Callable[[str], str]) -> Mapping[str, Field]:
    """Name to field; of a name that two have, the first's."""
    pairs = [(written(name), field) for field in fields for name in (field.name, *field.others)]
    return dict(reversed(pairs))


_BY_NAME = _names(FIELDS, canonical)
_BY_FOLDED_NAME = _names(FIELDS, lambda name: fold(canonical(name)))
