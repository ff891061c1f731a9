"""Faults of typing and memory, several of which come together in one question.

Each fault takes syllables and gives them with the fault, or None where it cannot occur.
"""

from __future__ import annotations

from collections.abc import Callable
from random import Random

from bench.generated.abbreviations import SHORT_FORMS, long_forms
from bench.generated.marks import strip_marks
from bench.generated.words import Words

Syllables = tuple[str, ...]
Fault = Callable[[Syllables, Random], Syllables | None]

_LEAST_LETTERS = 3


def several_faults(phrase: Syllables, words: Words, random: Random) -> str | None:
    """A phrase with two or three different faults; with an abbreviation among them wherever it has a long form.

    None when chance chose a fault that cannot occur in this phrase.
    """
    # In the order they happen: what is remembered first, then how it is typed.
    faults: tuple[Fault, ...] = (
        abbreviate,
        lambda syllables, random: swap_words(syllables, words, random),
        drop_syllable,
        mistype,
        drop_some_marks,
        run_together,
    )
    count = random.choice((2, 3))
    if long_forms(phrase):
        chosen = {0, *random.sample(range(1, len(faults)), count - 1)}
    else:
        chosen = set(random.sample(range(1, len(faults)), count))
    syllables = phrase
    for at in sorted(chosen):
        faulty = faults[at](syllables, random)
        if faulty is None:
            return None
        syllables = faulty
    text = " ".join(syllables)
    return text if random.random() < 0.5 else text.lower()


def abbreviate(syllables: Syllables, random: Random) -> Syllables | None:
    """One long form written as its abbreviation."""
    places = long_forms(syllables)
    if not places:
        return None
    start, long = random.choice(places)
    return (*syllables[:start], SHORT_FORMS[long], *syllables[start + len(long) :])


def swap_words(syllables: Syllables, words: Words, random: Random) -> Syllables | None:
    """Two neighbouring words in each other's place."""
    cut = words.of(syllables)
    # Segmentation writes dates and numbers anew, so that their words cannot be told in what was typed.
    if len(cut) < 2 or tuple(one for word in cut for one in word) != tuple(one.lower() for one in syllables):
        return None
    at = random.randrange(len(cut) - 1)
    order = [*range(at), at + 1, at, *range(at + 2, len(cut))]
    written = _spans(cut, syllables)
    return tuple(one for word in order for one in written[word])


def drop_syllable(syllables: Syllables, random: Random) -> Syllables | None:
    """One syllable forgotten, neither the first nor the last."""
    places = [at for at in range(1, len(syllables) - 1) if syllables[at].islower()]
    if not places:
        return None
    at = random.choice(places)
    return (*syllables[:at], *syllables[at + 1 :])


def mistype(syllables: Syllables, random: Random) -> Syllables | None:
    """One slip in one syllable: two letters swapped, one doubled or one missing; the first letter is there."""
    places = [at for at, one in enumerate(syllables) if _is_word(one) and len(one) >= _LEAST_LETTERS]
    if not places:
        return None
    at = random.choice(places)
    return (*syllables[:at], _slip(syllables[at], random), *syllables[at + 1 :])


def drop_some_marks(syllables: Syllables, random: Random) -> Syllables | None:
    """Marks left out on about half of the syllables, at least one, but not on all."""
    marked = [at for at, one in enumerate(syllables) if strip_marks(one) != one]
    if len(marked) < 2:
        return None
    chosen = set(random.sample(marked, random.randint(1, max(1, len(marked) * 2 // 3))))
    return tuple(strip_marks(one) if at in chosen else one for at, one in enumerate(syllables))


def run_together(syllables: Syllables, random: Random) -> Syllables | None:
    """The space between two syllables left out."""
    places = [at for at in range(len(syllables) - 1) if _is_word(syllables[at]) and _is_word(syllables[at + 1])]
    if not places:
        return None
    at = random.choice(places)
    return (*syllables[:at], syllables[at] + syllables[at + 1], *syllables[at + 2 :])


def _is_word(syllable: str) -> bool:
    return syllable.isalpha() and syllable.islower()


def _slip(syllable: str, random: Random) -> str:
    at = random.randrange(1, len(syllable))
    slips = [syllable[:at] + syllable[at] + syllable[at:], syllable[:at] + syllable[at + 1 :]]
    if syllable[at - 1] != syllable[at]:
        slips.append(syllable[: at - 1] + syllable[at] + syllable[at - 1] + syllable[at + 1 :])
    return random.choice(slips)


def _spans(cut: tuple[Syllables, ...], syllables: Syllables) -> list[Syllables]:
    """The words of `cut` as they are written in `syllables`."""
    spans: list[Syllables] = []
    start = 0
    for word in cut:
        spans.append(syllables[start : start + len(word)])
        start += len(word)
    return spans
