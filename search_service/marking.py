"""Marked text cut into pieces, for templates to put tags around."""

from __future__ import annotations

import itertools
from bisect import bisect_left
from collections import deque
from collections.abc import Iterator, Sequence
from typing import TypeAlias

from search_service.highlights import Mark

Piece: TypeAlias = tuple[str, int]
"""A piece of text, and the number of the mark that it is, from 1; 0 when it is none. All pieces joined are the text.

An empty piece with a number below 0 is a place that the page links to: -1 is the first of them.
"""


def pieces(text: str, marks: Sequence[Mark]) -> Iterator[Piece]:
    """The pieces of a whole text; marks are in order and apart."""
    return _pieces(text, marks, 0, len(text), 0)


def page_pieces(
    text: str, marks: Sequence[Mark], pages: Sequence[int], places: Sequence[int] = ()
) -> Iterator[Iterator[Piece]]:
    """The pieces of each page, marks numbered through; `pages` are where pages begin, `places` what is linked to.

    A mark that runs over the end of a page is shown as far as it goes on the page that it begins on.
    """
    starts = [mark.start for mark in marks]
    bounds = sorted({0, *(start for start in pages if start < len(text)), len(text)})
    for start, end in itertools.pairwise(bounds):
        first, last = bisect_left(starts, start), bisect_left(starts, end)
        linked = [(place, -number) for number, place in enumerate(places, 1) if start <= place < end]
        yield _pieces(text, marks[first:last], start, end, first, sorted(linked))


def _pieces(
    text: str, marks: Sequence[Mark], start: int, end: int, before: int, linked: Sequence[tuple[int, int]] = ()
) -> Iterator[Piece]:
    at, waiting = start, deque(linked)
    for number, mark in enumerate(marks, before + 1):
        mark_end = min(mark.end, end)
        # A place within a mark is put before it, so that marks stay whole.
        while waiting and waiting[0][0] < mark_end:
            place, name = waiting.popleft()
            yield text[at : min(place, mark.start)], 0
            yield "", name
            at = min(place, mark.start)
        yield text[at : mark.start], 0
        yield text[mark.start : mark_end], number
        at = mark_end
    for place, name in waiting:
        yield text[at:place], 0
        yield "", name
        at = place
    yield text[at:end], 0
