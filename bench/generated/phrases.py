"""Six to nine syllables of a subject in a row, typed badly: `vni`, `wrong_marks`, `several_faults`."""

from __future__ import annotations

import unicodedata
from collections.abc import Callable
from random import Random

from bench.corpora import Question
from bench.generated.abbreviations import SHORT_FORMS, long_forms
from bench.generated.documents import MOST_RIGHT, Document, Documents
from bench.generated.faults import several_faults
from bench.generated.marks import confuse_hook_and_tilde, drop_tone, mistake_vowel_mark, newer_placement
from bench.generated.seeding import collect
from bench.generated.vni import type_vni
from bench.generated.words import Words

LENGTHS = (6, 7, 8, 9)
"""Syllables of a phrase, where a long form that everybody abbreviates counts as one."""

_LONGEST = max(LENGTHS) + max(map(len, SHORT_FORMS)) - 1

Phrase = tuple[str, ...]
Typist = Callable[[Phrase, Random], str | None]


def vni_questions(documents: Documents) -> tuple[Question, ...]:
    """Subjects typed in VNI with the keyboard's Vietnamese mode off: `chuye6n3 d9o6i3 so61`."""
    return _questions("vni", documents, type_vni)


def wrong_marks_questions(documents: Documents) -> tuple[Question, ...]:
    """Subjects with one or two wrong marks, the newer place of tones, and decomposed Unicode in a third of them."""
    return _questions("wrong_marks", documents, type_wrong_marks)


def several_faults_questions(documents: Documents, words: Words) -> tuple[Question, ...]:
    """Subjects with two or three different faults; a phrase with a common abbreviation is taken where there is one."""

    def phrases(subject: Phrase, random: Random) -> list[Phrase]:
        return sorted(_abbreviated_phrases(subject, random), key=lambda phrase: not long_forms(phrase))

    return _questions(
        "several_faults", documents, lambda phrase, random: several_faults(phrase, words, random), phrases
    )


def type_wrong_marks(phrase: Phrase, random: Random) -> str | None:
    """The phrase with one or two syllables wrongly marked; None when fewer have marks that can be mistaken."""
    wrong = {at: marked for at, one in enumerate(phrase) if (marked := _mistaken(one, random))}
    count = random.choice((1, 2))
    if len(wrong) < count:
        return None
    chosen = set(random.sample(sorted(wrong), count))
    typed = " ".join(newer_placement(wrong[at] if at in chosen else one) for at, one in enumerate(phrase))
    return unicodedata.normalize("NFD", typed) if random.random() < 1 / 3 else typed


def _mistaken(syllable: str, random: Random) -> str | None:
    mistakes = (confuse_hook_and_tilde(syllable), drop_tone(syllable), mistake_vowel_mark(syllable, random))
    possible = [mistake for mistake in mistakes if mistake]
    return random.choice(possible) if possible else None


def _phrases(subject: Phrase, random: Random) -> list[Phrase]:
    """All phrases of one length, chosen by chance, in an order of chance."""
    length = random.choice(LENGTHS)
    phrases = [subject[start : start + length] for start in range(len(subject) - length + 1)]
    random.shuffle(phrases)
    return phrases


def _abbreviated_phrases(subject: Phrase, random: Random) -> list[Phrase]:
    """The same, of one length when a long form is abbreviated: what is left to search by is as long as elsewhere."""
    length = random.choice(LENGTHS)
    spans = [subject[start:end] for start in range(len(subject)) for end in range(start + length, start + _LONGEST + 1)]
    phrases = [span for span in dict.fromkeys(spans) if _abbreviated_length(span) == length]
    random.shuffle(phrases)
    return phrases


def _abbreviated_length(phrase: Phrase) -> int:
    return len(phrase) - max((len(long) - 1 for _, long in long_forms(phrase)), default=0)


def _questions(
    kind: str,
    documents: Documents,
    typist: Typist,
    phrases: Callable[[Phrase, Random], list[Phrase]] = _phrases,
) -> tuple[Question, ...]:
    """Of each official document the first phrase that the typist can type and that few enough subjects have."""

    def ask(document: Document, random: Random) -> tuple[str, frozenset[str]] | None:
        for phrase in phrases(document.subject, random):
            relevant = frozenset(one.id for one in documents.holding(phrase))
            typed = typist(phrase, random) if len(relevant) <= MOST_RIGHT else None
            if typed:
                return typed, relevant
        return None

    return collect(kind, documents.officials, ask)
