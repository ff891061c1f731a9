"""The parameters that say which documents: filters on their values and days, what is counted of them, single ones."""

from __future__ import annotations

import datetime
import re
from collections.abc import Sequence
from typing import Any

from search_service.parameter import InvalidParameters, NotAllowed, Parameter, ParameterError, shortened
from search_service.search import DEFAULT_FACETS, FACET_SIZES
from search_service.tongues.said import Said

MOST_IN_BASKET = 100
"""Their ids stand in the address of the basket, and addresses have limits."""

_DATE = re.compile(r"[0-9]{4}-[0-9]{2}-[0-9]{2}")
_YEAR = re.compile(r"[0-9]{4}")
_MONTH = re.compile(r"[0-9]{4}-(?:0[1-9]|1[0-2])")


class ValueFilter(Parameter):
    """Lets only documents with one of the given values of a keyword field through."""

    repeatable = True

    def __init__(self, field: str, term: str, item: dict[str, Any] | None = None) -> None:
        super().__init__(
            field,
            f"Chỉ lấy văn bản có {term} này. Đưa nhiều lần để lấy một trong nhiều giá trị.",
            {"type": "array", "items": item or {"type": "string"}},
        )

    def read(self, values: Sequence[str]) -> tuple[str, ...]:
        """All values given, each once."""
        return tuple(dict.fromkeys(self._parse(value) for value in values if value.strip()))


class YearFilter(ValueFilter):
    """The same for the year of issue."""

    def __init__(self) -> None:
        super().__init__("year", "năm ban hành", {"type": "string", "pattern": f"^{_YEAR.pattern}$"})

    def parse(self, value: str) -> str:
        """A year of four digits."""
        if not _YEAR.fullmatch(value):
            raise NotAllowed(Said("năm gồm bốn chữ số, ví dụ 2024"))
        return value


class MonthFilter(ValueFilter):
    """The same for the month of issue."""

    def __init__(self) -> None:
        super().__init__("month", "tháng ban hành", {"type": "string", "pattern": f"^{_MONTH.pattern}$"})

    def parse(self, value: str) -> str:
        """A year and a month."""
        if not _MONTH.fullmatch(value):
            raise NotAllowed(Said("tháng dạng YYYY-MM, ví dụ 2024-08"))
        return value


class ChoiceFilter(ValueFilter):
    """The same for a field that has only a few values."""

    def __init__(self, field: str, term: str, choices: tuple[str, ...]) -> None:
        super().__init__(field, term, {"type": "string", "enum": list(choices)})
        self._choices = choices

    def parse(self, value: str) -> str:
        """One of them."""
        if value not in self._choices:
            raise NotAllowed(", ".join(self._choices))
        return value


class FacetNames(Parameter):
    """The facets to count."""

    repeatable = True

    def __init__(self) -> None:
        super().__init__(
            "facet",
            "Đếm các giá trị của trường này. Đưa nhiều lần để đếm nhiều trường.",
            {
                "type": "array",
                "items": {"type": "string", "enum": list(FACET_SIZES)},
                "default": list(DEFAULT_FACETS),
            },
        )

    def parse(self, value: str) -> str:
        """One that can be counted."""
        if value not in FACET_SIZES:
            raise NotAllowed(", ".join(FACET_SIZES))
        return value

    def read(self, values: Sequence[str]) -> tuple[str, ...]:
        """All names given, each once."""
        return tuple(dict.fromkeys(self._parse(value) for value in values if value.strip()))


class ChosenIds(Parameter):
    """The documents of a basket."""

    repeatable = True

    def __init__(self) -> None:
        super().__init__(
            "id",
            f"Mã của một văn bản trong giỏ. Đưa nhiều lần, tối đa {MOST_IN_BASKET} văn bản.",
            {"type": "array", "items": {"type": "string"}, "maxItems": MOST_IN_BASKET},
        )

    def read(self, values: Sequence[str]) -> tuple[str, ...]:
        """The ids, each once, in the order given."""
        ids = tuple(dict.fromkeys(value for value in values if value.strip()))
        if len(ids) > MOST_IN_BASKET:
            raise InvalidParameters(
                ParameterError(
                    self.name,
                    shortened(ids[MOST_IN_BASKET]),
                    Said("tối đa {most} văn bản; bỏ bớt, hoặc tải cả kết quả thành bảng", most=MOST_IN_BASKET),
                    Said("Giỏ có {count} văn bản.", count=len(ids)),
                )
            )
        return ids


class DateBound(Parameter):
    """The first or last of the days that are let through."""

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, description, {"type": "string", "format": "date"})

    def parse(self, value: str) -> datetime.date:
        """A calendar date."""
        allowed = Said("ngày có thật dạng YYYY-MM-DD, ví dụ 2024-12-31")
        if not _DATE.fullmatch(value):
            raise NotAllowed(allowed)
        try:
            return datetime.date.fromisoformat(value)
        except ValueError as error:
            raise NotAllowed(allowed) from error
