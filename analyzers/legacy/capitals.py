"""Capitals that TCVN3 has no code for: a font of capitals showed the small letters' codes; what is left is `CéNG`."""

from __future__ import annotations

import enum
import re
from collections.abc import Sequence

from analyzers.legacy.syllables import is_syllable

WORD = re.compile("[A-Za-z\u00a1-\u00ff]+")
"""A word as TCVN3 leaves it: letters and signs of Latin-1 in one run."""
_NUMBER = re.compile(r"\d\S*/\S+")
"""A document's number, from its first digit on."""


class _Case(enum.Enum):
    CAPITALS = enum.auto()
    SMALL = enum.auto()
    UNDECIDED = enum.auto()  # as X·, which is Xã or XÃ
    ABBREVIATION = enum.auto()  # as UBND, which stands in lines of either


def with_capitals(written: str, read: str) -> str:
    """One line with its capitals restored.

    A word is in capitals when it has several letters that can be capitals and all of them are, or when a small letter
    with marks stands before its capital (`ñY`). Where a word leaves it open, the nearest words on both sides decide;
    those of a document's number (`15/Q§-UBND`) do not, which stands in lines of either.

    Args:
        written: The line in TCVN3.
        read: The same line in Unicode, character for character.
    """
    if written == read:
        return read
    words = [match.span() for match in WORD.finditer(written)]
    numbers = [match.span() for match in _NUMBER.finditer(written)]
    cases = [
        _Case.ABBREVIATION if _is_within(start, numbers) else _case(written[start:end], read[start:end])
        for start, end in words
    ]
    restored = list(read)
    for at, (start, end) in enumerate(words):
        if not written[start:end].isascii() and _is_in_capitals(cases, at):
            restored[start:end] = read[start:end].upper()
    return "".join(restored)


def _is_within(at: int, spans: Sequence[tuple[int, int]]) -> bool:
    return any(start <= at < end for start, end in spans)


def _case(written: str, read: str) -> _Case:
    open_ones = [not old.isascii() and new.islower() for old, new in zip(written, read, strict=True)]
    telling = [new for new, is_open in zip(read, open_ones, strict=True) if not is_open]
    if any(map(str.islower, telling)):
        return _Case.SMALL
    if len(telling) > 1 or (telling and open_ones[0]):
        return _Case.CAPITALS if is_syllable(read) else _Case.ABBREVIATION
    return _Case.UNDECIDED if any(open_ones) else _Case.ABBREVIATION


def _is_in_capitals(cases: Sequence[_Case], at: int) -> bool:
    if cases[at] is not _Case.UNDECIDED:
        return cases[at] is not _Case.SMALL
    decided = (_Case.CAPITALS, _Case.SMALL)
    before = next((case for case in reversed(cases[:at]) if case in decided), None)
    after = next((case for case in cases[at + 1 :] if case in decided), None)
    return _Case.CAPITALS in (before, after) and _Case.SMALL not in (before, after)
