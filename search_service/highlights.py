"""Highlights: where a document's text answers the question, and the piece of it worth showing.

All offsets count characters (Unicode code points) of the original text, never of tokens.
"""

from __future__ import annotations

import itertools
import re
from bisect import bisect_right
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache

from analyzers.folding import fold
from analyzers.normalize import canonical
from analyzers.numbers import document_keys
from engines.record import OfficialDocument
from search_service.occurrences import CharacterTable, Occurrence, Occurrences, Spellings, find
from search_service.query import UnderstoodQuery
from search_service.windows import best_windows, opening, widen

_MOST_SNIPPETS = 2
_WIDEST_GAP = 3
"""Marks this near, with no letter between them, are one: `15/2021/QĐ-UBND`."""

_ENOUGH_PLACES = 120

_HEADING_LENGTH = 1500
_DATELINE = re.compile(r"ngày\s+\d{1,2}\s+tháng\s+\d{1,2}\s+năm\s+\d{4}[^\w\n]*\n", re.IGNORECASE)
"""The last line of a heading (Nghị định 30/2020/NĐ-CP, Phụ lục I: địa danh và thời gian ban hành)."""

_canonical = lru_cache(maxsize=50_000)(canonical)


@dataclass(frozen=True, slots=True)
class Mark:
    """A stretch of text that answers the question.

    Attributes:
        start: Where it begins in its text.
        end: Where it ends.
    """

    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Highlight:
    """A snippet (đoạn trích) of a document's text.

    Attributes:
        text: The snippet, as it stands in the document.
        start: Where it begins in the document's text.
        marks: What answers the question, as places in the snippet; in order, apart from each other.
        page: The page that it begins on, from 1; None when the document has no pages.
    """

    text: str
    start: int
    marks: tuple[Mark, ...]
    page: int | None


class Highlighter:
    """Finds a question's syllables in texts: those of every reading, so that a hit by an abbreviation shows why.

    A syllable is marked when it equals one of the question's without marks. When the question was typed with marks and
    the text has the syllable with the same marks somewhere, only those places count. A syllable that stands alone is
    not marked where the same text has it beside others of the question: for “chuyển đổi số”, no “Số” in “Số: 15”.

    Attributes:
        syllables: What is looked for, without marks.
        pairs: Those that are neighbours in the question, as places in `syllables`.
    """

    def __init__(self, question: UnderstoodQuery, table: CharacterTable) -> None:
        """Prepare for a question; `table` is shared by all."""
        self._table = table
        readings = question.readings
        folded = dict.fromkeys(itertools.chain.from_iterable(reading.folded for reading in readings))
        self.syllables = tuple(folded)
        numbers = {syllable: number for number, syllable in enumerate(folded)}
        self.pairs = frozenset(
            (numbers[first], numbers[second])
            for reading in readings
            for first, second in itertools.pairwise(reading.folded)
        )
        self._of_main = frozenset(numbers[syllable] for syllable in question.folded)
        self._typed = frozenset(syllable for reading in readings if reading.has_marks for syllable in reading.syllables)
        self._number_keys = frozenset(key.text for key in question.number_keys)
        self._spellings = Spellings(
            {spelling: number for syllable, number in numbers.items() for spelling in _spellings(syllable)}
        )

    def marks(self, text: str) -> tuple[Mark, ...]:
        """Every place of a text that answers the question, neighbours joined."""
        found = self.occurrences(text)
        return self._marks(found.within(0, len(text)), text) if found else ()

    def snippets(self, record: OfficialDocument) -> tuple[Highlight, ...]:
        """The best pieces of a document's text, best first.

        Its beginning when nothing in it answers the question, and its heading when the question has its number.
        """
        text = record.text
        found = self.occurrences(text)
        if not found:
            return _opening(record)
        if self._number_keys and not self._number_keys.isdisjoint(document_keys(record.number)):
            start, end = opening(text, 0)
            return (_highlight(record, start, end, _moved(self._marks(found.within(start, end), text), -start)),)
        snippets: list[Highlight] = []
        telling = self._as_typed(found.of(_telling(found.counts())), text)
        for window in best_windows(_below_heading(telling, text), self.pairs, _MOST_SNIPPETS):
            start, end = widen(text, window.start, window.end)
            if not any(start < shown.start + len(shown.text) and shown.start < end for shown in snippets):
                marks = self._marks(found.within(start, end), text)
                snippets.append(_highlight(record, start, end, _moved(marks, -start)))
        return tuple(snippets)

    def occurrences(self, text: str) -> Occurrences | None:
        """The question's syllables in a text, by their places in `syllables`; None when there is none."""
        if not text or not self._spellings.numbers:
            return None
        found = find(self._spellings, text, self._table)
        return found if len(found.numbers) else None

    def _marks(self, occurrences: list[Occurrence], text: str) -> tuple[Mark, ...]:
        runs = _runs(self._in_phrases(self._as_typed(occurrences, text)), text)
        in_company = {number for run in runs if len(run) > 1 for _, _, number in run}
        return tuple(Mark(run[0][0], run[-1][1]) for run in runs if len(run) > 1 or run[0][2] not in in_company)

    def _in_phrases(self, occurrences: list[Occurrence]) -> list[Occurrence]:
        """Without syllables of other readings that stand alone: of `ubnd`, *ủy ban nhân dân* and no other *ban*."""
        if all(number in self._of_main for _, _, number in occurrences):
            return occurrences
        neighbours = itertools.pairwise(occurrences)
        joined = [False, *(self._is_pair(before, after) for before, after in neighbours), False]
        return [
            occurrence
            for at, occurrence in enumerate(occurrences)
            if occurrence[2] in self._of_main or joined[at] or joined[at + 1]
        ]

    def _is_pair(self, before: Occurrence, after: Occurrence) -> bool:
        return after[0] - before[1] <= _WIDEST_GAP and (before[2], after[2]) in self.pairs

    def _as_typed(self, occurrences: list[Occurrence], text: str) -> list[Occurrence]:
        """Without those that only sound alike, for each syllable that stands there with its marks as well."""
        if not self._typed:
            return occurrences
        exact = [_canonical(text[start:end]) in self._typed for start, end, _ in occurrences]
        exact_numbers = {occurrence[2] for occurrence in itertools.compress(occurrences, exact)}
        return [
            occurrence
            for occurrence, is_exact in zip(occurrences, exact, strict=True)
            if is_exact or occurrence[2] not in exact_numbers
        ]


def _telling(counts: Mapping[int, int]) -> list[int]:
    """The syllables that tell places in a text apart: the rarest in it, until there are places enough."""
    telling: list[int] = []
    places = 0
    for number in sorted(counts, key=counts.__getitem__):
        places += counts[number]
        if telling and places > _ENOUGH_PLACES:
            break
        telling.append(number)
    return telling


def _spellings(folded: str) -> tuple[str, ...]:
    """How a folded canonical syllable may stand in a text: with i for y, or with a number's leading zero."""
    if folded.isdigit():
        bare = folded.lstrip("0") or "0"
        return tuple(dict.fromkeys((folded, bare, f"0{bare}")))
    swapped = (folded[:at] + other + folded[at + 1 :] for at, other in _swaps(folded))
    return (folded, *(spelling for spelling in swapped if fold(canonical(spelling)) == folded))


def _swaps(syllable: str) -> list[tuple[int, str]]:
    return [(at, "y" if letter == "i" else "i") for at, letter in enumerate(syllable) if letter in "iy"]


def _below_heading(occurrences: list[Occurrence], text: str) -> list[Occurrence]:
    """Without those in the heading, whose offices and mottoes say little, if the rest shows as many syllables."""
    heading_end = _heading_end(text)
    body = [occurrence for occurrence in occurrences if occurrence[0] >= heading_end]
    return body if _syllables(body) == _syllables(occurrences) else occurrences


def _syllables(occurrences: Sequence[Occurrence]) -> set[int]:
    return {number for _, _, number in occurrences}


def _heading_end(text: str) -> int:
    dateline = _DATELINE.search(text, 0, _HEADING_LENGTH)
    return dateline.end() if dateline else 0


def _runs(occurrences: Sequence[Occurrence], text: str) -> list[list[Occurrence]]:
    runs: list[list[Occurrence]] = []
    end = 0
    for occurrence in occurrences:
        start = occurrence[0]
        if runs and start - end <= _WIDEST_GAP and not any(map(str.isalnum, text[end:start])):
            runs[-1].append(occurrence)
        else:
            runs.append([occurrence])
        end = occurrence[1]
    return runs


def _moved(marks: tuple[Mark, ...], by: int) -> tuple[Mark, ...]:
    return tuple(Mark(mark.start + by, mark.end + by) for mark in marks)


def _opening(record: OfficialDocument) -> tuple[Highlight, ...]:
    start, end = opening(record.text, _heading_end(record.text))
    return (_highlight(record, start, end, ()),) if start < end else ()


def _highlight(record: OfficialDocument, start: int, end: int, marks: tuple[Mark, ...]) -> Highlight:
    shown_from = start + marks[0].start if marks else start
    return Highlight(
        text=record.text[start:end],
        start=start,
        marks=marks,
        page=max(1, bisect_right(record.pages, shown_from)) if record.pages else None,
    )
