"""Spelling repair (sửa lỗi gõ): what was meant where the index's own vocabulary says that a syllable is mistyped.

A slip is one letter too many, missing, changed, or swapped with the next, or a space left out. Which syllables could be
meant follows from the orthography; which of them *is* meant, from how often the index has them beside their neighbours
in the question. So “thnàh phố” becomes “thành phố” where documents say so, and no list of words is kept.
"""

from __future__ import annotations

import functools
import itertools
import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Protocol, TypeAlias

from analyzers.folding import fold
from analyzers.spelling import TONES, is_plain_syllable, onsets_and_rhymes, take_tone, with_tone
from engines.schema import ngrams

_LETTERS = "abcdeghiklmnopqrstuvxyăâđêôơư"
_MOST_SUSPECTS = 4
_MOST_CANDIDATES = 48
_COHERENT = 0.8
"""Share of a question's other pairs that documents must have before one of its real words is called a slip."""
_LEAST_OTHERS = 2
_SUPPORT = 3
"""Documents that must have a real word's replacement beside each of its neighbours."""
_LEAST_HALF = 2
_KEPT_TONE = 10
_SWAPPED = _DOUBLED = _LOST = _WRONG_MARK = 0.0
_ADDED, _WRONG_KEY = 0.7, 1.5

Fix: TypeAlias = tuple[str, ...]
"""What stands for one token: one syllable, or two that were written together."""


class Frequencies(Protocol):
    """The number of documents that have each token of a token field: `Engine.document_frequencies`."""

    def __call__(self, field: str, tokens: Sequence[str]) -> Mapping[str, int]:
        """Token to its number of documents."""


@dataclass(frozen=True, slots=True)
class Repair:
    """A question's token that is better read otherwise.

    Attributes:
        at: Which token.
        fix: What stands for it.
        is_sure: Whether no document has the token as it was typed. Otherwise both readings are worth a look.
    """

    at: int
    fix: Fix
    is_sure: bool


def find_repairs(
    syllables: Sequence[str], frequencies: Frequencies, kept: Collection[str] = frozenset()
) -> tuple[Repair, ...]:
    """The repairs of a question, in order.

    Args:
        syllables: The question's tokens, with their marks.
        frequencies: What the index has of `folded`, `folded_pairs` and `syllables`.
        kept: Folded tokens that are right as they are: abbreviations.
    """
    folded = [fold(syllable) for syllable in syllables]
    without_marks = folded == list(syllables)
    known = frequencies("folded", folded)
    suspects = [at for at, token in enumerate(folded) if _is_word(token) and not known[token] and token not in kept]
    pairs = list(ngrams(folded, 2))
    pair_counts = frequencies("folded_pairs", pairs)
    slips = [at for at in _lonely(folded, pairs, pair_counts) if at not in suspects and folded[at] not in kept]
    repairs: list[Repair] = []
    fixed = list(folded)
    for at in sorted((suspects + slips)[:_MOST_SUSPECTS]):
        least = 0 if at in suspects else _SUPPORT
        fix = _best_fix(syllables[at], fixed, at, frequencies, least=least, without_marks=without_marks)
        if fix is not None:
            repairs.append(Repair(at, fix, at in suspects))
            fixed[at] = fold(fix[-1])
    return tuple(repairs)


def find_joins(syllables: Sequence[str], frequencies: Frequencies) -> tuple[int, ...]:
    """Where a space cuts a syllable in two: the places of the tokens that belong with the next.

    One of the two is no syllable by itself, both together are one that documents have, and no document has the two
    beside each other.
    """
    folded = [fold(syllable) for syllable in syllables]
    torn = [
        (at, first + second, f"{first}_{second}")
        for at, (first, second) in enumerate(itertools.pairwise(folded))
        if first.isalpha() and second.isalpha() and not (is_plain_syllable(first) and is_plain_syllable(second))
        if is_plain_syllable(first + second)
    ]
    if not torn:
        return ()
    whole = frequencies("folded", [syllable for _, syllable, _ in torn])
    apart = frequencies("folded_pairs", [pair for _, _, pair in torn])
    joins: list[int] = []
    for at, syllable, pair in torn:
        if whole[syllable] and not apart[pair] and at - 1 not in joins:
            joins.append(at)
    return tuple(joins)


def _is_word(token: str) -> bool:
    return token.isalpha() and len(token) > 1


def _lonely(folded: Sequence[str], pairs: Sequence[str], counts: Mapping[str, int]) -> list[int]:
    """The words that no document has beside either neighbour, in a question that otherwise is running text."""
    missing = [not counts[pair] for pair in pairs]
    lonely = [at for at in range(len(folded)) if _is_word(folded[at]) and all(missing[max(0, at - 1) : at + 1])]
    # Several are words out of order, or names; and one neighbour alone is not enough to tell what was meant.
    if len(lonely) != 1 or lonely[0] in (0, len(folded) - 1):
        return []
    others = [gone for at, gone in enumerate(missing) if at not in (lonely[0] - 1, lonely[0])]
    is_text = len(others) >= _LEAST_OTHERS and others.count(False) >= _COHERENT * len(others)
    return lonely if is_text else []


def _best_fix(
    typed: str, folded: Sequence[str], at: int, frequencies: Frequencies, *, least: int, without_marks: bool
) -> Fix | None:
    """What documents most often have beside the neighbours; None when nothing has `least` documents beside each.

    One syllable is tried before two: a doubled letter is commoner than a lost space.
    """
    for candidates in (_one_slip_away(typed), _halves(typed)):
        costs: dict[Fix, float] = {}
        for fix, cost in candidates.items():
            plain = tuple(map(fold, fix))
            costs[plain] = min(cost, costs.get(plain, cost))
        best = _best_beside_neighbours(costs, folded, at, frequencies, least)
        if best is not None:
            return best if without_marks else _with_marks(best, typed, list(candidates), frequencies)
    return None


def _best_beside_neighbours(
    costs: Mapping[Fix, float], folded: Sequence[str], at: int, frequencies: Frequencies, least: int
) -> Fix | None:
    """The likeliest of some folded fixes, by the slip that each takes and by its neighbours (a noisy channel)."""
    counts = frequencies("folded", [part for fix in costs for part in fix])
    rarest = {fix: min(counts[part] for part in fix) for fix in costs}
    known = sorted((fix for fix in costs if rarest[fix]), key=lambda fix: -rarest[fix])[:_MOST_CANDIDATES]
    pairs = {fix: _pairs_of(fix, folded, at) for fix in known}
    pair_counts = frequencies("folded_pairs", [pair for some in pairs.values() for pair in some])

    def support(fix: Fix) -> float:
        return sum(math.log1p(pair_counts[pair]) for pair in pairs[fix])

    supported = [fix for fix in known if all(pair_counts[pair] >= least for pair in pairs[fix])]
    best = max(supported, key=lambda fix: support(fix) - costs[fix], default=None)
    return best if best is not None and (support(best) > 0 or len(folded) == 1) else None


def _with_marks(best: Fix, typed: str, candidates: Sequence[Fix], frequencies: Frequencies) -> Fix:
    """The commonest way to write a fix with marks, above all with the tone that was typed."""
    tone = take_tone(typed)[1]
    spellings = [fix for fix in candidates if tuple(map(fold, fix)) == best]
    counts = frequencies("syllables", [part for fix in spellings for part in fix])

    def count(fix: Fix) -> int:
        keeps_tone = len(fix) > 1 or take_tone(fix[0])[1] == tone
        return min(counts[part] for part in fix) * (_KEPT_TONE if keeps_tone else 1)

    return max(spellings, key=count)


def _pairs_of(fix: Fix, folded: Sequence[str], at: int) -> list[str]:
    """The pairs of neighbours that a fix brings."""
    run = [*folded[max(0, at - 1) : at], *map(fold, fix), *folded[at + 1 : at + 2]]
    return list(ngrams(run, 2))


def _one_slip_away(typed: str) -> dict[Fix, float]:
    """Every syllable one slip away, and the cost of the slip. A vowel that was lost may have taken the tone along."""
    letters, tone = take_tone(typed)
    toneless = _syllables_without_tone()
    tones = (tone,) if tone else ("", *TONES.values())
    near: dict[Fix, float] = {}
    for edit, cost in _edits(letters):
        if edit != letters and edit in toneless:
            for mark in tones:
                fix = (with_tone(*toneless[edit], mark),)
                near[fix] = min(cost, near.get(fix, cost))
    return near


def _halves(typed: str) -> dict[Fix, float]:
    """The two syllables that a lost space may have joined."""
    toneless = _syllables_without_tone()
    cuts = ((take_tone(typed[:at]), take_tone(typed[at:])) for at in range(_LEAST_HALF, len(typed) - _LEAST_HALF + 1))
    return {
        tuple(with_tone(*toneless[half], tone) for half, tone in halves): 0.0
        for halves in cuts
        if all(half in toneless for half, _ in halves)
    }


def _edits(letters: str) -> Iterator[tuple[str, float]]:
    """Every string one slip away, and how unlikely the slip is, in natural logarithms against the likeliest.

    Damerau, "A technique for computer detection and correction of spelling errors", 1964: letters swapped, lost, added,
    changed. Fingers are too fast or too slow more often than they hit another key.
    """
    for at in range(len(letters)):
        before, letter, after = letters[:at], letters[at], letters[at + 1 :]
        yield before + after, _DOUBLED if letter in (before[-1:], after[:1]) else _ADDED
        if after:
            yield before + after[0] + letter + after[1:], _SWAPPED
        for other in _LETTERS:
            yield before + other + after, _WRONG_MARK if fold(other) == fold(letter) else _WRONG_KEY
    for at in range(len(letters) + 1):
        for other in _LETTERS:
            yield letters[:at] + other + letters[at:], _LOST


@functools.cache
def _syllables_without_tone() -> Mapping[str, tuple[str, str]]:
    """Every syllable without its tone, to its onset and rhyme; with and without the marks of its letters."""
    whole = {onset + rhyme: (onset, rhyme) for onset, rhyme in onsets_and_rhymes()}
    return {fold(syllable): (fold(onset), fold(rhyme)) for syllable, (onset, rhyme) in whole.items()} | whole
