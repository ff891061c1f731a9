"""Windows on a text: which stretch of about 240 characters shows most of what was asked."""

from __future__ import annotations

import itertools
import math
import re
from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence, Set
from dataclasses import dataclass
from typing import TypeAlias

from search_service.occurrences import Occurrence

SNIPPET_LENGTH = 240

_ADJACENT = 3
_WORTH_SHOWING = 1 / 3
_ROUNDING = 1e-9
_SENTENCE_START = re.compile(r"[.;:!?]\s+|\n\s*\n")


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch from the start of one occurrence to the end of another."""

    start: int
    end: int


def best_windows(occurrences: Sequence[Occurrence], pairs: frozenset[tuple[int, int]], most: int) -> tuple[Window, ...]:
    """The windows that show most of the question, best first.

    A window is worth the sum of its distinct syllables, each the less the more often the text has it, and one for each
    pair of neighbouring syllables that are neighbours in the question too. A window after the first counts only what
    those before do not show, and has to be worth a third of the first.

    Args:
        occurrences: What was found, in order; not empty.
        pairs: Syllables that follow each other in the question.
        most: How many windows at most.
    """
    often = Counter(number for _, _, number in occurrences)
    shows = _what_each_shows(occurrences, pairs)
    windows: list[Window] = []
    shown: set[int] = set()
    least = 0.0
    while len(windows) < most and len(shown) < len(often):
        first, last, worth = _best_stretch(occurrences, shows, _worths(often, pairs, shown))
        if worth < least:
            break
        least = least or worth * _WORTH_SHOWING
        windows.append(Window(occurrences[first][0], occurrences[last][1]))
        shown |= {number for _, _, number in occurrences[first : last + 1]}
    return tuple(windows)


_Item: TypeAlias = int | tuple[int, int]
"""What a window can show: a syllable, or a pair of them."""


def _worths(often: Mapping[int, int], pairs: frozenset[tuple[int, int]], shown: Set[int]) -> dict[_Item, float]:
    syllables = {number: 0.0 if number in shown else 1 / (1 + math.log(count)) for number, count in often.items()}
    return syllables | {pair: 0.0 if pair[1] in shown else 1.0 for pair in pairs}


def _what_each_shows(
    occurrences: Sequence[Occurrence], pairs: frozenset[tuple[int, int]]
) -> list[tuple[int, tuple[int, int] | None]]:
    """For each occurrence, its syllable and the pair that it completes with the one right before it."""
    shows: list[tuple[int, tuple[int, int] | None]] = [(occurrences[0][2], None)]
    for (_, end, first), (start, _, second) in itertools.pairwise(occurrences):
        pair = (first, second)
        shows.append((second, pair if start - end <= _ADJACENT and pair in pairs else None))
    return shows


def _best_stretch(
    occurrences: Sequence[Occurrence],
    shows: Sequence[tuple[int, tuple[int, int] | None]],
    worths: Mapping[_Item, float],
) -> tuple[int, int, float]:
    """First and last occurrence of the stretch, at most `SNIPPET_LENGTH` long, that is worth most, and its worth.

    Of equal ones the first, without what it could spare at its beginning.
    """
    inside = _Inside(worths)
    best_worth = 0.0
    best = (0, 0)
    first = 0
    for last, (syllable, pair) in enumerate(shows):
        inside.add(syllable, pair)
        end = occurrences[last][1]
        while first < last:
            leaving = shows[first][0], shows[first + 1][1]  # a pair goes with its first half
            if end - occurrences[first][0] <= SNIPPET_LENGTH and not inside.can_spare(*leaving):
                break
            inside.remove(*leaving)
            first += 1
        if inside.worth > best_worth + _ROUNDING:
            best_worth, best = inside.worth, (first, last)
    return *best, best_worth


class _Inside:
    """What a stretch shows, and the worth of it: each thing counts once."""

    def __init__(self, worths: Mapping[_Item, float]) -> None:
        self._worths = worths
        self._counts: defaultdict[_Item, int] = defaultdict(int)
        self.worth = 0.0

    def add(self, *items: _Item | None) -> None:
        for item in items:
            if item is not None:
                self._counts[item] += 1
                if self._counts[item] == 1:
                    self.worth += self._worths[item]

    def remove(self, *items: _Item | None) -> None:
        for item in items:
            if item is not None:
                self._counts[item] -= 1
                if self._counts[item] == 0:
                    self.worth -= self._worths[item]

    def can_spare(self, syllable: int, pair: tuple[int, int] | None) -> bool:
        return self._counts[syllable] > 1 and (pair is None or self._counts[pair] > 1)


def widen(text: str, start: int, end: int) -> tuple[int, int]:
    """A window widened to a snippet: from the start of its sentence if that is near, cut only between words."""
    before = max(0, SNIPPET_LENGTH - (end - start)) // 3
    start = _begin(text, max(0, start - before), start)
    return _trim(text, start, _finish(text, end, max(end, start + SNIPPET_LENGTH)))


def opening(text: str, start: int) -> tuple[int, int]:
    """The snippet that begins at a place; a run without spaces longer than a snippet is cut."""
    start, _ = _trim(text, start, len(text))
    longest = min(len(text), start + SNIPPET_LENGTH)
    end = _finish(text, start, longest)
    return _trim(text, start, end if end > start else longest)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    while start < end and text[start].isspace():
        start += 1
    while start < end and text[end - 1].isspace():
        end -= 1
    return start, end


def _begin(text: str, earliest: int, latest: int) -> int:
    sentences = [found.end() for found in _SENTENCE_START.finditer(text, earliest, latest)]
    if sentences:
        return sentences[-1]
    if earliest == 0 or text[earliest - 1].isspace():
        return earliest
    return next((at for at in range(earliest, latest) if text[at].isspace()), latest)


def _finish(text: str, earliest: int, latest: int) -> int:
    if latest >= len(text) or text[latest].isspace():
        return min(latest, len(text))
    return next((at for at in range(latest, earliest, -1) if text[at - 1].isspace()), earliest)
