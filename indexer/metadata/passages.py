"""Where in a text a value stands that was read from it (vị trí của giá trị trong toàn văn).

Values are tidied on their way into a record: capitals go, broken lines are joined, misread marks put right. So they are
looked for as syllables without marks (`analyzers.folding`), one after another, whatever stands between.
"""

from __future__ import annotations

import datetime
import functools
import re
from bisect import bisect_right
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import accumulate

from analyzers.folding import fold
from analyzers.normalize import align, normalize
from analyzers.tokens import Token, syllables

Span = tuple[int, int]

_ROOM = 8
"""So many other syllables may stand among those of a value: the right column of a heading, read row by row."""


@dataclass(frozen=True, slots=True)
class Passage:
    """A stretch of a text as syllables without marks.

    Attributes:
        at: Where it begins in the text.
        tokens: The syllables with their places in the passage.
        words: The same folded, joined by single spaces, with one at either end.
        starts: Where each of them begins in `words`.
    """

    at: int
    tokens: tuple[Token, ...]
    words: str
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str, start: int = 0, end: int | None = None) -> Passage:
        """The passage of a normalized text from and to."""
        found = syllables(text[start:end])
        words, starts = " ", list[int]()
        for token in found:
            starts.append(len(words))
            words += f"{_folded(token.text)} "
        return cls(start, tuple(found), words, tuple(starts))

    def find(self, value: str) -> Span | None:
        """Where a value stands first; else the shortest stretch with all its syllables, if it is hardly longer."""
        return self.find_before(value, "") or self._scattered(_words(value))

    def find_before(self, value: str, after: str) -> Span | None:
        """Where a value stands first of all places where these words come after it."""
        wanted = " ".join(_words(value))
        at = self.words.find(" ".join(["", wanted, *_words(after), ""])) if wanted else -1
        return None if at < 0 else self._span(at + 1, at + 1 + len(wanted))

    def find_last(self, value: str) -> Span | None:
        """Where a value stands last, its syllables one after another."""
        wanted = " ".join(_words(value))
        at = self.words.rfind(f" {wanted} ") if wanted else -1
        return None if at < 0 else self._span(at + 1, at + 1 + len(wanted))

    def find_date(self, date: datetime.date) -> Span | None:
        """Where a date stands first: `ngày 05 tháng 3 năm 2024`, `05/3/2024`, `ngày 05/3`."""
        year = rf"(?: (?:nam )?{date.year})"
        day = rf" (?:ngay )?0?{date.day} (?:thang )?0?{date.month}"
        found = re.search(f"{day}{year} ", self.words) or re.search(f"{day} ", self.words)
        return None if found is None else self._span(found.start() + 1, found.end() - 1)

    def _span(self, start: int, end: int) -> Span:
        """The place in the text of what stands from and to in `words`."""
        first, last = bisect_right(self.starts, start) - 1, bisect_right(self.starts, end - 1) - 1
        return self._between(first, last)

    def _scattered(self, wanted: Sequence[str]) -> Span | None:
        if not wanted:
            return None
        missing = Counter(wanted)
        folded = self.words.split()
        lacking, first, best = len(wanted), 0, None
        for last, word in enumerate(folded):
            lacking -= missing[word] > 0
            missing[word] -= 1
            while not lacking:
                if best is None or last - first < best[1] - best[0]:
                    best = first, last
                missing[folded[first]] += 1
                lacking += missing[folded[first]] > 0
                first += 1
        if best is None or best[1] - best[0] >= len(wanted) + _ROOM:
            return None
        return self._between(*best)

    def _between(self, first: int, last: int) -> Span:
        """The place in the text of these tokens and all between them."""
        return self.at + self.tokens[first].start, self.at + self.tokens[last].end


class WayBack:
    """From spans of `normalize(text)` to those of the text, a line at a time: no character joins one before a line end.

    Args:
        text: The text.
        normalized: The same, normalized.
    """

    def __init__(self, text: str, normalized: str) -> None:
        self._is_same = text == normalized
        self._lines = [] if self._is_same else text.split("\n")
        self._starts = list(accumulate((len(normalize(line)) + 1 for line in self._lines), initial=0))
        self._originals = list(accumulate((len(line) + 1 for line in self._lines), initial=0))

    def original(self, span: Span) -> Span:
        """The span of the text that became this one, which is not empty and neither begins nor ends at a line's end."""
        return span if self._is_same else (self._original(span[0])[0], self._original(span[1] - 1)[1])

    def _original(self, at: int) -> Span:
        line = bisect_right(self._starts, at) - 1
        within, begins = at - self._starts[line], self._originals[line]
        start, end = align(self._lines[line]).original(within, within + 1)
        return begins + start, begins + end


def _words(value: str) -> list[str]:
    return [_folded(token.text) for token in syllables(value)]


# A text has the same few hundred syllables again and again.
_folded = functools.lru_cache(maxsize=1 << 14)(fold)
