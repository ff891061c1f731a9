"""Dates of issue said in words or figures (`tháng 11/2025`, `từ 1/8 đến 23/8/2021`, `tháng trước`) as spans of days.

Tokens have lost the signs between figures, so that `11/2025`, `11-2025` and `11 2025` are one; a document number
(`15/2021/QĐ-UBND`) is told by what stands beside it. Years that belong to a subject (`giai đoạn 2021-2025`, `tầm nhìn
đến năm 2030`) and days of taking effect (`có hiệu lực từ ngày 1/7/2025`) are no dates of issue.
"""

from __future__ import annotations

import calendar
import datetime
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from search_service.wording import either, follows_figure, is_symbol, spellings


@dataclass(frozen=True, slots=True)
class Period:
    """Days in which a document was issued, as a question says them.

    Attributes:
        low: The first day.
        high: The last day, itself included; `date.min` and `date.max` are open ends.
        start: The first token of what says so.
        end: One past the last token.
        text: Those tokens, joined by spaces.
        sure: Whether it can hardly mean anything else. A year, a quarter or `đầu năm` is as often a part of the subject
            (`kế hoạch năm 2024`), and the time before or after a day as often what the text is about.
    """

    low: datetime.date
    high: datetime.date
    start: int
    end: int
    text: str
    sure: bool


def read_periods(tokens: Sequence[str], today: datetime.date) -> tuple[Period, ...]:
    """The periods that a question names, in order, apart from each other.

    Args:
        tokens: The question's canonical lower-case syllables, with or without marks.
        today: The day on which it is asked, in Asia/Ho_Chi_Minh: `tháng trước` is counted from it.
    """
    text = " ".join(tokens)
    moments = _moments(text, tokens, today)
    periods = [*_absolute(moments, tokens, today), *_relative(text, tokens, today)]
    return tuple(sorted(periods, key=lambda period: period.start))


@dataclass(frozen=True, slots=True)
class _Moment:
    """A day, month, part of a year or year that is named, perhaps by half: `tháng 3` waits for a year.

    Attributes:
        start: First token.
        end: One past the last token.
        year: The year, if said.
        months: First and last month, if said; equal where a day is.
        days: First and last day of the month; None is all of it.
        sure: As in `Period`.
    """

    start: int
    end: int
    year: int | None
    months: tuple[int, int] | None
    days: tuple[int, int] | None
    sure: bool

    def span(self) -> tuple[datetime.date, datetime.date] | None:
        """The first and last day, or None when something is missing or there is no such day."""
        if self.year is None or self.months is None:
            return None
        first, last = self.days or (1, 31)
        length = calendar.monthrange(self.year, self.months[1])[1]
        if self.days and first > length:
            return None
        return datetime.date(self.year, self.months[0], first), datetime.date(
            self.year, self.months[1], min(last, length)
        )

    def completed(self, other: _Moment) -> _Moment:
        """This moment, with what it leaves out taken from another: `ngày 1` from `15/8/2021`."""
        return replace(self, year=self.year or other.year, months=self.months or other.months)


# How moments are written. --------------------------------------------------------------------------------------------

_MONTHS_IN_WORDS = (
    *(("một", 1), ("giêng", 1), ("hai", 2), ("ba", 3), ("tư", 4), ("bốn", 4), ("năm", 5), ("sáu", 6), ("bảy", 7)),
    *(("tám", 8), ("chín", 9), ("mười", 10), ("mười một", 11), ("mười hai", 12), ("chạp", 12)),
)
_MONTH_OF_WORDS = {written: month for words, month in _MONTHS_IN_WORDS for written in spellings(words)}
_QUARTER_OF = {"1": 1, "2": 2, "3": 3, "4": 4, "i": 1, "ii": 2, "iii": 3, "iv": 4}
_YEARS_AGO = {said: ago for word, ago in (("nay", 0), ("ngoái", 1), ("kia", 2)) for said in spellings(word)}
_THIRD_OF = {said: at for at, word in enumerate(("đầu", "giữa", "cuối")) for said in spellings(word)}

_YEAR = r"(?:19[4-9]\d|20\d\d)"
_YEAR_WORD = "(?:năm|(?<!việt )(?<!viet )nam)"  # without marks `năm` is also the end of Việt Nam
_MONTH = either("tháng")
_D, _M = r"(?:0?[1-9]|[12]\d|3[01])", r"(?:0?[1-9]|1[0-2])"
_DATED = (
    rf"(?:(?P<day_word>{either('ngày')}) )?(?:{either('mùng', 'mồng')} )?"
    rf"(?<!số )(?<!so )(?P<day>{_D}) (?:(?P<of_word>{_MONTH}) )?(?P<of>{_M})"
)
_MONTHED = rf"(?:(?P<month_word>{_MONTH}) )?(?P<month>{_M})"
_NAMED = rf"t(?P<short_month>{_M})|{_MONTH} (?P<named>{either(*_MONTH_OF_WORDS)})"
_QUARTERED = rf"{either('quý')} (?P<quarter>{either(*_QUARTER_OF)})"
_HALVED = rf"(?P<first>[369]) {_MONTH} {either('đầu')}|(?P<last>[369]) {_MONTH} {either('cuối')}"
_OF_YEAR = rf"(?:(?P<year_word>{_YEAR_WORD}) )?(?P<year>{_YEAR})|{_YEAR_WORD} (?P<years_ago>{either(*_YEARS_AGO)})"


def _pattern(text: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\S)(?:{text})(?!\S)", re.ASCII)


# In this order; what one has taken is not read again. The last are parts, which wait for the rest.
_FORMS = (
    _pattern(rf"(?P<year>{_YEAR}) (?P<of>0[1-9]|1[0-2]) (?P<day>0[1-9]|[12]\d|3[01])"),
    _pattern(
        rf"(?:(?P<third>{either(*_THIRD_OF)}) )?(?:(?:{_DATED}|{_MONTHED}|{_NAMED}|{_QUARTERED}|{_HALVED}) )?"
        rf"(?:{_OF_YEAR})"
    ),
    _pattern(rf"{_DATED} (?P<short_year>\d\d)"),
    _pattern(rf"{_DATED}|{either('ngày')} (?P<only_day>{_D})|{_MONTHED}|{_QUARTERED}"),
)
_IS_YEAR = _pattern(_YEAR)
_TO = spellings("đến", "tới")
# Without marks `từ` is also the end of thông tư, đầu tư, vật tư, trình tự.
_BEFORE_TU = frozenset({"thong", "dau", "vat", "trinh", "nguyen"})
_NUMBER_WORDS = spellings("số")


def _moments(text: str, tokens: Sequence[str], today: datetime.date) -> list[_Moment]:
    """Everything that names a moment or a part of one, in order, apart from each other."""
    free = [True] * len(tokens)
    found: list[_Moment] = []
    for form in _FORMS:
        for match in form.finditer(text):
            start, end = _token_span(text, match)
            parts = {name: part for name, part in match.groupdict().items() if part is not None}
            if all(free[start:end]) and _says_enough(parts, tokens, start):
                free[start:end] = [False] * (end - start)
                if not _belongs_to_number(parts, tokens, start, end):
                    found.append(_moment(parts, start, end, today))
    return sorted(found, key=lambda moment: moment.start)


def _token_span(text: str, match: re.Match[str]) -> tuple[int, int]:
    start = text.count(" ", 0, match.start())
    return start, start + match.group().count(" ") + 1


_WORDS = frozenset({"day_word", "of_word", "month_word", "short_month", "named", "quarter", "only_day"})


def _says_enough(parts: Mapping[str, str], tokens: Sequence[str], start: int) -> bool:
    """Whether figures are a date and not just figures: a word or a whole year among them, or `từ` before a day."""
    if "short_year" in parts:
        return "day_word" in parts
    if {"year", "years_ago"} & parts.keys() or _WORDS & parts.keys():
        return True
    return "day" in parts and _is_after_from(tokens, start)


def _is_after_from(tokens: Sequence[str], at: int) -> bool:
    """Whether the word before is `từ`."""
    if not at or tokens[at - 1] not in ("từ", "tu"):
        return False
    return tokens[at - 1] == "từ" or at == 1 or tokens[at - 2] not in _BEFORE_TU


def _belongs_to_number(parts: Mapping[str, str], tokens: Sequence[str], start: int, end: int) -> bool:
    """Whether a year, or month and year, without a word is a piece of a document number, or of a span of years."""
    if "day" in parts or _WORDS & parts.keys() or "years_ago" in parts:
        return False
    before, after = tokens[start - 1 : start], tokens[end : end + 1]
    if "year_word" in parts and "month" not in parts:
        return any(map(_IS_YEAR.fullmatch, after))
    beside = (*before, *after)
    return any(token.isdecimal() or is_symbol(token) for token in beside) or bool(_NUMBER_WORDS.intersection(before))


def _moment(parts: Mapping[str, str], start: int, end: int, today: datetime.date) -> _Moment:
    months, days = _months(parts), _days(parts)
    if "third" in parts:
        months, days = _third(months, days, _THIRD_OF[parts["third"]])
    has_unit = bool({"day", "years_ago"} & parts.keys() or (_WORDS - {"quarter"}) & parts.keys())
    return _Moment(start, end, _year(parts, today), months, days, sure=has_unit and "third" not in parts)


def _year(parts: Mapping[str, str], today: datetime.date) -> int | None:
    if "year" in parts:
        return int(parts["year"])
    if "years_ago" in parts:
        return today.year - _YEARS_AGO[parts["years_ago"]]
    return 2000 + int(parts["short_year"]) if "short_year" in parts else None


def _months(parts: Mapping[str, str]) -> tuple[int, int] | None:
    for name in ("of", "month", "short_month"):
        if name in parts:
            return int(parts[name]), int(parts[name])
    if "named" in parts:
        return _MONTH_OF_WORDS[parts["named"]], _MONTH_OF_WORDS[parts["named"]]
    if "quarter" in parts:
        last = 3 * _QUARTER_OF[parts["quarter"]]
        return last - 2, last
    if "first" in parts:
        return 1, int(parts["first"])
    if "last" in parts:
        return 13 - int(parts["last"]), 12
    return None if "only_day" in parts else (1, 12)


def _days(parts: Mapping[str, str]) -> tuple[int, int] | None:
    day = parts.get("day") or parts.get("only_day")
    return (int(day), int(day)) if day else None


def _third(
    months: tuple[int, int] | None, days: tuple[int, int] | None, at: int
) -> tuple[tuple[int, int] | None, tuple[int, int] | None]:
    """The beginning, middle or end of a year or of a month; nobody divides a quarter or a day."""
    if months == (1, 12):
        return (4 * at + 1, 4 * at + 4), days
    if months and months[0] == months[1] and days is None:
        return months, (10 * at + 1, 10 * at + 10 if at < 2 else 31)
    return months, days


# What moments mean. --------------------------------------------------------------------------------------------------

_JOINING = spellings("đến", "tới", "và")
_NOW = _pattern(rf"{either('nay', 'hôm nay')}")
_BEFORE, _AFTER = spellings("trước"), spellings("sau")
# Of a subject's years: giai đoạn 2021, thời kỳ 2021, năm học 2024, tầm nhìn 2030, định hướng 2030, khóa 2021.
_SUBJECT_YEARS = spellings("đoạn", "kỳ", "học", "nhìn", "hướng", "khóa")
# Up to the first token of a date: it takes effect then, or is counted from then, or must be done by then.
_TOWARDS = either("kể từ", "từ", "vào", "trước", "sau", "đến")
_NOT_OF_ISSUE = re.compile(
    rf"(?<!\S)(?:{either('hiệu lực', 'hiệu lực thi hành', 'hạn', 'hết')}(?: {_TOWARDS})?"
    rf"|{either('thi hành', 'áp dụng')} {_TOWARDS}|{either('kể từ')})(?: (?!{_TOWARDS})\S+)?$"
)


def _absolute(moments: Sequence[_Moment], tokens: Sequence[str], today: datetime.date) -> Iterator[Period]:
    years = {int(token) for token in tokens if _IS_YEAR.fullmatch(token)}
    at = 0
    while at < len(moments):
        period = _range(moments[at], moments[at + 1], tokens) if at + 1 < len(moments) else None
        at += 2 if period else 1
        period = period or _single(_with_year(moments[at - 1], years), tokens, today)
        if period and period.low <= today and not _is_elsewhere(period, tokens):
            yield period


def _with_year(moment: _Moment, years: set[int]) -> _Moment:
    """A moment without a year takes the only one that stands elsewhere in the question, unsurely."""
    if moment.year is not None or len(years) != 1:
        return moment
    return replace(moment, year=min(years), sure=False)


def _range(first: _Moment, last: _Moment, tokens: Sequence[str]) -> Period | None:
    """The period from one moment to another, if the question joins them; the first may take from the last."""
    between = tokens[first.end : last.start]
    whole = first.completed(last)
    is_part = whole != first
    joined = len(between) == 1 and between[0] in (_JOINING if is_part else _TO)
    beside = not between and (first.days is None) == (last.days is None) and (is_part or first.days is not None)
    low, high = whole.span(), last.span()
    if not (joined or beside) or low is None or high is None or low[0] > high[1]:
        return None
    start = first.start - _is_after_from(tokens, first.start)
    return _period(low[0], high[1], start, last.end, tokens, sure=first.sure or last.sure)


def _single(moment: _Moment, tokens: Sequence[str], today: datetime.date) -> Period | None:
    """The period of a moment, or from, before or after it."""
    span = moment.span()
    if span is None:
        return None
    low, high = span
    before = tokens[moment.start - 1 : moment.start]
    if _is_after_from(tokens, moment.start):
        return _since(moment, low, tokens, today)
    if _BEFORE.intersection(before):
        return _period(datetime.date.min, low - _ONE_DAY, moment.start - 1, moment.end, tokens, sure=False)
    if _AFTER.intersection(before):
        return _period(high + _ONE_DAY, datetime.date.max, moment.start - 1, moment.end, tokens, sure=False)
    return _period(low, high, moment.start, moment.end, tokens, sure=moment.sure and not _dates_number(moment, tokens))


def _dates_number(moment: _Moment, tokens: Sequence[str]) -> bool:
    """Whether it is the day of a whole number (`2827/QĐ-BGDĐT ngày 14/10/2025`), which a subject may cite as well."""
    before = tokens[moment.start - 1] if moment.start else ""
    return moment.days is not None and before != "" and is_symbol(before) and follows_figure(tokens, moment.start)


def _since(moment: _Moment, low: datetime.date, tokens: Sequence[str], today: datetime.date) -> Period:
    """`từ tháng 3/2025 đến nay`, or without an end."""
    if _TO.intersection(tokens[moment.end : moment.end + 1]):
        for end in (moment.end + 2, moment.end + 3):
            if _NOW.fullmatch(" ".join(tokens[moment.end + 1 : end])):
                return _period(low, today, moment.start - 1, end, tokens, sure=moment.sure)
    return _period(low, datetime.date.max, moment.start - 1, moment.end, tokens, sure=False)


def _is_elsewhere(period: Period, tokens: Sequence[str]) -> bool:
    """Whether the days are those of a subject's plan, of taking effect, or an end without a beginning."""
    before = tokens[max(0, period.start - 5) : period.start]
    up_to_date = " ".join((*before, tokens[period.start]))
    is_planned = not period.sure and _SUBJECT_YEARS.intersection(before[-1:])
    return bool(is_planned or _TO.intersection(before[-1:]) or _NOT_OF_ISSUE.search(up_to_date))


def _period(
    low: datetime.date, high: datetime.date, start: int, end: int, tokens: Sequence[str], *, sure: bool
) -> Period:
    return Period(low, high, start, end, " ".join(tokens[start:end]), sure)


# Counted from today. -------------------------------------------------------------------------------------------------

_ONE_DAY = datetime.timedelta(days=1)
_DAYS_AGO = {said: ago for word, ago in (("nay", 0), ("qua", 1), ("kia", 2)) for said in spellings(word)}
_THIS = spellings("này", "nay")
_UNITS = {said: unit for unit in ("ngày", "tuần", "tháng", "quý", "năm") for said in spellings(unit)}
# `ba tháng trước khi`, `tháng trước liền kề` count from something else.
_AGO = _pattern(
    rf"{either('hôm')} (?P<days_ago>{either(*_DAYS_AGO)})"
    rf"|(?P<count>[1-9]\d?) (?P<counted>{either('ngày', 'tuần', 'tháng', 'năm')}) {either('qua', 'vừa qua', 'gần đây')}"
    rf"|(?<!\d )(?P<unit>{either('tuần', 'tháng', 'quý')}) "
    rf"(?P<which>{either('này', 'trước', 'rồi', 'qua', 'vừa qua', 'vừa rồi')})"
    rf"(?! {either('khi', 'liền', 'đó', 'ngày')})"
)


def _relative(text: str, tokens: Sequence[str], today: datetime.date) -> Iterator[Period]:
    for match in _AGO.finditer(text):
        start, end = _token_span(text, match)
        if match["days_ago"]:
            low = high = today - _ONE_DAY * _DAYS_AGO[match["days_ago"]]
        elif match["count"]:
            low, high = _back(today, int(match["count"]), _UNITS[match["counted"]]), today
        else:
            low, high = _unit_of_time(today, _UNITS[match["unit"]], 0 if match["which"] in _THIS else 1)
        yield _period(low, high, start, end, tokens, sure=True)


def _back(today: datetime.date, count: int, unit: str) -> datetime.date:
    """The day that many units before today; the last of its month where the month is shorter."""
    if unit in ("ngày", "tuần"):
        return today - _ONE_DAY * count * (7 if unit == "tuần" else 1)
    year, month = divmod(today.year * 12 + today.month - 1 - count * (12 if unit == "năm" else 1), 12)
    return datetime.date(year, month + 1, min(today.day, calendar.monthrange(year, month + 1)[1]))


def _unit_of_time(today: datetime.date, unit: str, ago: int) -> tuple[datetime.date, datetime.date]:
    """The week (from Monday), month or quarter that today is in, or that many before it."""
    if unit == "tuần":
        monday = today - _ONE_DAY * (today.weekday() + 7 * ago)
        return monday, monday + _ONE_DAY * 6
    length = 3 if unit == "quý" else 1
    first = (today.year * 12 + today.month - 1) // length - ago
    return _first_of_month(first * length), _first_of_month((first + 1) * length) - _ONE_DAY


def _first_of_month(month: int) -> datetime.date:
    """The first day of a month counted from the year 0."""
    return datetime.date(month // 12, month % 12 + 1, 1)
