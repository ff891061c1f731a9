"""The addresses that a results page links to: the same search with one thing changed."""

from __future__ import annotations

import datetime
import functools
from collections.abc import Sequence
from dataclasses import dataclass
from urllib.parse import urlencode

from search_service.params import CURSOR, ISSUED_FROM, ISSUED_TO, QUERY_TEXT, Arguments

PAGE = "page"
"""A label for the reader only; the cursor says where a page begins."""


@dataclass(frozen=True, slots=True)
class SearchLinks:
    """Makes addresses of searches.

    Attributes:
        path: The path of the results page.
        arguments: The current search's arguments, the known ones only.
    """

    path: str
    arguments: Arguments

    def values(self, name: str) -> Sequence[str]:
        """What the current search gives for a parameter, without empty values."""
        return [value for value in self.arguments.get(name, ()) if value.strip()]

    def toggled(self, name: str, value: str) -> str:
        """With a filter's value added, or taken away if it is there; from the first page."""
        values = self.values(name)
        changed = [other for other in values if other != value] if value in values else [*values, value]
        return self._first_page({name: changed})

    def without(self, *names: str) -> str:
        """Without some parameters, from the first page."""
        return self._first_page(dict.fromkeys(names, ()))

    def changed(self, changes: Arguments) -> str:
        """With other values for some parameters, from the first page."""
        return self._first_page(changes)

    def with_value(self, name: str, value: str) -> str:
        """With one value for a parameter, from the first page."""
        return self._first_page({name: [value]})

    def between(self, first: datetime.date, last: datetime.date) -> str:
        """With a period of issue, from the first page; the least and the greatest date are no bounds."""
        bounds = {
            ISSUED_FROM.name: [] if first == datetime.date.min else [first.isoformat()],
            ISSUED_TO.name: [] if last == datetime.date.max else [last.isoformat()],
        }
        return self._first_page(bounds)

    def sorted_by(self, order: str) -> str:
        """In another order, from the first page."""
        return self._first_page({"sort": [order]})

    def first_page(self) -> str:
        """The same search from its beginning."""
        return self._first_page({})

    def next_page(self, cursor: str, page: int) -> str:
        """The page after this one, which is number `page`."""
        return self._address({**self.arguments, CURSOR.name: [cursor], PAGE: [str(page + 1)]})

    def hidden_fields(self, *without: str) -> list[tuple[str, str]]:
        """Name and value of all that a form has to carry along beside its own fields."""
        dropped = {CURSOR.name, PAGE, *without}
        return [(name, value) for name in self.arguments if name not in dropped for value in self.values(name)]

    def _first_page(self, changes: Arguments) -> str:
        return self._address({**self.arguments, **changes, CURSOR.name: (), PAGE: ()})

    def _address(self, arguments: Arguments) -> str:
        pairs = [
            (name, value)
            for name, values in arguments.items()
            for value in values
            if value.strip() or name == QUERY_TEXT.name
        ]
        return f"{self.path}?{'&'.join(_encoded(*pair) for pair in pairs)}" if pairs else self.path


@functools.lru_cache(2**14)
def _encoded(name: str, value: str) -> str:
    """A page's hundred links differ in one pair each, and most pages have the same filters."""
    return urlencode(((name, value),))
