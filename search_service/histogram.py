"""The dates of a result as bars (biểu đồ thời gian): its years, or the months of the one year that was chosen."""

from __future__ import annotations

import calendar
import datetime
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engines.interface import FacetValue
from search_service.links import SearchLinks
from search_service.params import ISSUED_FROM, ISSUED_TO
from search_service.tongues.said import Said

HEIGHT = 48
STEP = 10
_LEAST_HEIGHT = 2
_LEAST_BARS = 2
_MOST_YEARS = 60


@dataclass(frozen=True, slots=True)
class Bar:
    """A year or a month.

    Attributes:
        label: `2021` or `08/2021`.
        count: Documents of it.
        x: Where its step begins, in steps of `STEP`.
        height: Its height, of `HEIGHT`.
        href: The search for it alone, or for all again where it is chosen.
        chosen: Whether it is.
        first: Its first day.
        last: Its last day.
    """

    label: str
    count: int
    x: int
    height: int
    href: str
    chosen: bool
    first: datetime.date
    last: datetime.date


@dataclass(frozen=True, slots=True)
class Histogram:
    """Bars side by side, and the address of the search without the year that they are the months of."""

    term: str
    bars: tuple[Bar, ...]
    all_years: str

    @property
    def width(self) -> int:
        """Of all bars."""
        return STEP * len(self.bars)


def histogram(facets: Mapping[str, Sequence[FacetValue]], links: SearchLinks) -> Histogram | None:
    """The histogram of a result; None when its documents are all of one year, or of none."""
    year = chosen_year(links)
    if year:
        months = [f"{year}-{month:02}" for month in range(1, 13)]
        bars = tuple(_bars("month", months, facets.get("month", ()), links))
        return Histogram(Said("Tháng của năm {year}", year=year), bars, links.without("year", "month"))
    bars = tuple(_bars("year", _years(facets.get("year", ())), facets.get("year", ()), links))
    return Histogram(Said("Năm ban hành"), bars, "") if len(bars) >= _LEAST_BARS else None


def chosen_year(links: SearchLinks) -> str:
    """The one year that is chosen; empty when none is, or several are."""
    years = set(links.values("year"))
    return years.pop() if len(years) == 1 else ""


def _years(values: Sequence[FacetValue]) -> list[str]:
    """From the first to the last; of too many, those that have documents."""
    years = sorted(int(value.value) for value in values if int(value.value))
    if years and years[-1] - years[0] < _MOST_YEARS:
        years = list(range(years[0], years[-1] + 1))
    return [f"{year:04}" for year in years]


def _bars(field: str, shown: Sequence[str], values: Sequence[FacetValue], links: SearchLinks) -> Iterator[Bar]:
    counts = {value.value: value.count for value in values}
    most = max((counts.get(value, 0) for value in shown), default=0)
    for place, value in enumerate(shown):
        count = counts.get(value, 0)
        chosen = value in links.values(field)
        first, last = _days(value)
        yield Bar(
            label=month_shown(value),
            count=count,
            x=place * STEP,
            height=max(_LEAST_HEIGHT, round(HEIGHT * count / most)) if count else 0,
            href=_without(field, links) if chosen else _with(field, value, links),
            chosen=chosen,
            first=first,
            last=last,
        )


def _with(field: str, value: str, links: SearchLinks) -> str:
    """A year or month in the place of any other period."""
    return links.changed({field: [value], ISSUED_FROM.name: (), ISSUED_TO.name: ()})


def _without(field: str, links: SearchLinks) -> str:
    return links.without("month") if field == "month" else links.without("year", "month")


def month_shown(value: str) -> str:
    """`2021-08` as `08/2021`; a year as it is."""
    year, _, month = value.partition("-")
    return f"{month}/{year}" if month else year


def _days(value: str) -> tuple[datetime.date, datetime.date]:
    year, _, month = value.partition("-")
    low, high = (int(month), int(month)) if month else (1, 12)
    last = calendar.monthrange(int(year), high)[1]
    return datetime.date(int(year), low, 1), datetime.date(int(year), high, last)
