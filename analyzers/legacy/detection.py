"""Which parts of a text are in which encoding.

The encodings of neighbouring chunks are mostly one, and change mostly where a paragraph or table cell ends. So the
text is read as a hidden Markov model: of all ways to divide it, the one with the least cost of its chunks and of its
changes (Viterbi, IEEE Trans. Inf. Theory 13(2), 1967). A short line that says little then follows its neighbours.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from typing import NamedTuple

from analyzers.legacy.evidence import NEUTRAL, Costs, costs_of
from analyzers.legacy.tables import Legacy

SEGMENT = re.compile(r"[^\n\t]+")
"""A paragraph, a line of one, or a table cell."""
_CHUNK = re.compile(r"\S+")

# Two changes, there and back, outweigh two words that are wrong in Unicode, not three.
_CHANGE_BETWEEN_SEGMENTS = 2.5
_CHANGE_WITHIN_SEGMENT = 6.0
_BEGIN_IN_LEGACY = 3.5

_STATES: tuple[Legacy | None, ...] = (None, Legacy.TCVN3, Legacy.VNI, Legacy.VIQR)
_FIRST_COSTS = (0.0, _BEGIN_IN_LEGACY, _BEGIN_IN_LEGACY, _BEGIN_IN_LEGACY)

# Characters of Latin-1 that Vietnamese text in Unicode does not have, and VIQR's commonest marks, beside a letter.
_STRANGE = "\u00a1-\u00bf\u00c4-\u00c7\u00cb\u00ce-\u00d1\u00d6-\u00d8\u00db\u00dc\u00de-\u00df"
_STRANGE += "\u00e4-\u00e7\u00eb\u00ee-\u00f1\u00f6-\u00f8\u00fb\u00fc\u00fe\u00ff^+"
_SUSPICIOUS = re.compile(f"[{_STRANGE}](?:(?<=[A-Za-z].)|(?=[A-Za-z]))")
# Where legacy text is, there is something suspicious in nearly every word; so far around, the rest tells nothing.
_AROUND = 1_000


class Stretch(NamedTuple):
    """A chunk and the encoding it is in; None is Unicode. A tuple, because there is one for every word with marks."""

    start: int
    end: int
    legacy: Legacy | None


def stretches(text: str) -> list[Stretch]:
    """The chunks of a text that tell an encoding, in order, each with the likeliest; none where all is Unicode."""
    found = [stretch for start, end in _suspicious_parts(text) for stretch in _stretches_of_part(text, start, end)]
    return found if any(stretch.legacy for stretch in found) else []


def _suspicious_parts(text: str) -> Iterator[tuple[int, int]]:
    """Whole lines around what the legacy encodings cannot do without. This is all that most texts take time for."""
    if text.isascii() and "^" not in text and "+" not in text:
        return
    places = [match.start() for match in _SUSPICIOUS.finditer(text)]
    first = 0
    for at, place in enumerate(places):
        if at + 1 < len(places) and places[at + 1] - place <= 2 * _AROUND:
            continue
        end = text.find("\n", place + _AROUND)
        yield text.rfind("\n", 0, max(0, places[first] - _AROUND)) + 1, len(text) if end < 0 else end
        first = at + 1


def _stretches_of_part(text: str, start: int, end: int) -> Iterator[Stretch]:
    spans: list[tuple[int, int]] = []
    costs: list[Costs] = []
    changes: list[float] = []
    for segment in SEGMENT.finditer(text, start, end):
        change = _CHANGE_BETWEEN_SEGMENTS
        for chunk in _CHUNK.finditer(text, segment.start(), segment.end()):
            of_chunk = costs_of(chunk.group())
            if of_chunk is not NEUTRAL:
                spans.append(chunk.span())
                costs.append(of_chunk)
                changes.append(change)
                change = _CHANGE_WITHIN_SEGMENT
    return map(Stretch, *zip(*spans, strict=True), _cheapest(costs, changes)) if spans else iter(())


def _cheapest(costs: Sequence[Costs], changes: Sequence[float]) -> list[Legacy | None]:
    """The cheapest sequence of states; `changes[i]` is what it costs to change before chunk i."""
    states = range(len(_STATES))
    totals: Sequence[float] = _FIRST_COSTS
    came_from: list[list[int]] = []
    for of_chunk, change in zip(costs, changes, strict=True):
        best = min(states, key=totals.__getitem__)
        changed = totals[best] + change
        previous = [state if totals[state] <= changed else best for state in states]
        totals = [min(totals[state], changed) + of_chunk[state] for state in states]
        came_from.append(previous)
    state = min(states, key=totals.__getitem__)
    path: list[Legacy | None] = []
    for previous in reversed(came_from):
        path.append(_STATES[state])
        state = previous[state]
    return path[::-1]
