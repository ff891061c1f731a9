"""Phrases (cụm từ) that go on from what was typed: the words that follow it in the subjects of the index.

Words (từ) of the segmentation model say where a phrase may end. Ends at any syllable save as many keystrokes, but a
fifth of the phrases would stop within a word (`bench/completion.py`): `cơ sở giáo dục đại`.
"""

from __future__ import annotations

import itertools
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass

from engines.query import Boolean, Match, Prefix, Query
from engines.schema import ngrams
from search_service.typed import Typed, agrees_at, stands_at, words

MOST_PHRASES = 3
_CONTEXT = 2
"""Finished syllables that a phrase must follow; with more, few subjects would be left to learn from."""

_MOST_SYLLABLES = 4
_LEAST_SUBJECTS = 2

WordEnds = Callable[[str], Sequence[bool]]
"""For each syllable of a text, whether a word ends with it."""


@dataclass(frozen=True, slots=True)
class _Run:
    """A stretch of a subject that goes on from what was typed.

    Attributes:
        plain: Its syllables without marks, from the context on.
        text: All that was typed, as it stands in the subject as far back as the subject has it, and what follows.
        shared: How many of the syllables before the context the subject has too.
        agrees: Whether it has the marks that were typed.
    """

    plain: tuple[str, ...]
    text: str
    shared: int
    agrees: bool


def context(typed: Typed) -> Typed:
    """The end of what was typed, which a phrase goes on from."""
    return typed.last(_CONTEXT + typed.unfinished)


def phrase_query(typed: Typed) -> Query:
    """Documents whose title has the end of what was typed, its syllables one behind the other."""
    end = context(typed)
    *_, last = ("", *end.whole)
    wanted: list[Query] = [Match("title_pairs", (pair,)) for pair in ngrams(end.whole, 2)]
    if end.beginning:
        wanted.append(
            Prefix("title_pairs", f"{last}_{end.beginning}") if last else Prefix("title_folded", end.beginning)
        )
    elif len(end.whole) == 1:
        wanted.append(Match("title_folded", end.whole))
    return Boolean(must=tuple(wanted))


def phrases(typed: Typed, subjects: Iterable[str], word_ends: WordEnds) -> list[str]:
    """What was typed with the words that follow it, those first that save most keystrokes over all subjects.

    Args:
        typed: A reading of what was typed.
        subjects: Subjects of documents that `phrase_query` found.
        word_ends: Where the words of a subject end.
    """
    runs = [run for subject in dict.fromkeys(subjects) for run in _runs(typed, subject, word_ends)]
    if any(run.agrees for run in runs):
        runs = [run for run in runs if run.agrees]
    alike: defaultdict[tuple[str, ...], list[_Run]] = defaultdict(list)
    for run in runs:
        alike[run.plain].append(run)
    length = len(" ".join(context(typed).plain))
    saved = {plain: len(same) * (len(" ".join(plain)) - length) for plain, same in alike.items()}
    frequent = [plain for plain, same in alike.items() if len(same) >= _LEAST_SUBJECTS and saved[plain] > 0]
    frequent.sort(key=lambda plain: (-saved[plain], plain))
    return [_best_spelling(alike[plain]) for plain in frequent[:MOST_PHRASES]]


def _best_spelling(runs: Sequence[_Run]) -> str:
    """The text that goes back farthest; of these, one in mid-sentence; then the most frequent."""
    texts = Counter((run.shared, run.text[0].islower(), run.text) for run in runs)
    return max(texts, key=lambda each: (*each[:2], texts[each], each[2]))[2]


def _runs(typed: Typed, subject: str, word_ends: WordEnds) -> Iterator[_Run]:
    """The runs of a subject that go on from the context, at its first place there, and stop where a word does."""
    subject_words, end = words(subject), context(typed)
    possible = subject_words.places.get(end.plain[0], ()) if end.whole else range(len(subject_words))
    start = next((at for at in possible if stands_at(end, subject_words, at)), None)
    if start is None:
        return
    before = len(typed.plain) - len(end.plain)
    shared = _shared(typed.plain[:before], [word.plain for word in subject_words[:start]])
    head = "".join(f"{syllable} " for syllable in typed.syllables[: before - shared])
    agrees = agrees_at(end, subject_words, start)
    first, ends = start + len(end.whole), word_ends(subject)
    for last in range(first, min(first + _MOST_SYLLABLES, len(subject_words))):
        if ends[last]:
            plain = tuple(word.plain for word in subject_words[start : last + 1])
            text = head + subject[subject_words[start - shared].start : subject_words[last].end]
            yield _Run(plain, text, shared, agrees)


def _shared(typed: Sequence[str], text: Sequence[str]) -> int:
    """How many syllables the ends of both have in common."""
    pairs = zip(reversed(typed), reversed(text), strict=False)
    return sum(1 for _ in itertools.takewhile(lambda pair: pair[0] == pair[1], pairs))
