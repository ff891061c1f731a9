"""Phrases that end with a word of the segmentation model beside phrases that may end with any syllable.

A subject is typed key by key, and a phrase that agrees with the rest of it is taken as soon as it shows, which costs
one key. Keystroke saving: Trnka and McCoy, "Evaluating word prediction: framing keystroke savings", ACL 2008. The
phrases come from all other subjects, for whoever types knows something that the index does not have yet.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass

from analyzers.channels import Analyzer
from bench.table import Table
from engines.interface import Access, Engine, Search
from search_service.completion import WordEnds, phrase_query, phrases
from search_service.suggest import CANDIDATES, word_ends
from search_service.typed import readings, words

Complete = Callable[[str, str], Sequence[str]]
"""From what was typed, and the subject in mind, to the phrases shown; all three in the spelling of `_plain`."""


@dataclass(slots=True)
class _Tally:
    """What was counted while subjects were typed."""

    characters: int = 0
    keys: int = 0
    shown: int = 0
    right: int = 0
    broken: int = 0

    def row(self) -> tuple[float, float, float]:
        """Keystroke saving, and the shares of phrases that were right and, of these, that end within a word."""
        return 1 - self.keys / self.characters, self.right / self.shown, self.broken / self.right


def table(engine: Engine, analyzer: Analyzer, subjects: Sequence[str]) -> Table:
    """One row for each way to end a phrase."""

    def of_words(text: str) -> Sequence[bool]:
        return word_ends(analyzer, text)

    def of_syllables(text: str) -> Sequence[bool]:
        return (True,) * len(words(text))

    ends: tuple[tuple[str, WordEnds], ...] = (("a word", of_words), ("any syllable", of_syllables))
    rows = []
    for name, each in ends:
        tally = _Tally()
        for subject in subjects:
            _type(_plain(subject), of_words(subject), _completer(engine, each), tally)
        rows.append((name, *tally.row()))
    return Table(
        name="suggest-phrases",
        title=f"Phrases while {len(subjects)} subjects are typed without marks, by where a phrase may end",
        columns=("ends with", "keystroke saving", "right, of those shown", "end within a word, of those right"),
        rows=tuple(rows),
    )


def _completer(engine: Engine, ends: WordEnds) -> Complete:
    def complete(typed: str, subject: str) -> Sequence[str]:
        [reading, *_] = readings(typed)
        search = Search(query=phrase_query(reading), access=Access.unrestricted(), size=CANDIDATES)
        others = (hit.record.subject for hit in engine.search(search).hits if _plain(hit.record.subject) != subject)
        return [_plain(phrase) for phrase in phrases(reading, others, ends)]

    return complete


def _type(subject: str, ends: Sequence[bool], complete: Complete, tally: _Tally) -> None:
    """Type a subject to its end, taking the longest phrase that agrees with it wherever one is shown."""
    tally.characters += len(subject)
    typed = 0
    while typed < len(subject):
        shown = complete(subject[:typed], subject) if typed else ()
        right = [phrase for phrase in shown if f"{subject} ".startswith(f"{phrase} ")]
        tally.keys += 1
        tally.shown += len(shown)
        tally.right += len(right)
        tally.broken += sum(not ends[phrase.count(" ")] for phrase in right)
        longest = max(map(len, right), default=0)
        typed = longest + 1 if longest > typed else typed + 1  # a space follows what was taken


def _plain(text: str) -> str:
    return " ".join(word.plain for word in words(text))
