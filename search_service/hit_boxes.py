"""Where a page's picture answers the question: what was marked in the text, found among the words on the page.

The text of a document and the words on its picture need not be the same characters: a text was cleaned, a scan read
twice, a Word file set anew. So what is marked is looked for by its syllables.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeAlias

from analyzers.normalize import normalize
from analyzers.tokens import syllable_texts
from indexer.pictures.images import PlacedWord
from search_service.highlights import Mark

Phrase: TypeAlias = tuple[str, ...]
"""Syllables side by side."""

_PADDING = 20  # around a word, in the units of places


@dataclass(frozen=True, slots=True)
class HitBox:
    """A rectangle around what answers the question, in the units of the words' places."""

    left: int
    top: int
    width: int
    height: int


def phrases(text: str, marks: Iterable[Mark]) -> frozenset[Phrase]:
    """What is marked in a text, each phrase once."""
    found = {tuple(syllable_texts(normalize(text[mark.start : mark.end]))) for mark in marks}
    return frozenset(found - {()})


def hit_boxes(words: Sequence[PlacedWord], wanted: Collection[Phrase]) -> list[HitBox]:
    """Boxes around the phrases on a page, those of neighbours in one line joined.

    Args:
        words: The page's words in the order of reading; a word may be several syllables, as `QĐ-UBND` is.
        wanted: The phrases; a word of which only a part belongs to one is boxed whole.
    """
    hit = sorted(_hit(words, wanted))
    boxes: list[HitBox] = []
    for before, number in zip([None, *hit], hit, strict=False):
        box = _box(words[number])
        if boxes and before == number - 1 and _in_one_line(boxes[-1], box):
            boxes[-1] = _joined(boxes[-1], box)
        else:
            boxes.append(box)
    return boxes


def _hit(words: Sequence[PlacedWord], wanted: Collection[Phrase]) -> set[int]:
    """Numbers of the words in which a phrase is, the longest phrase at each place."""
    syllables = list(_syllables(words))
    by_first: dict[str, list[Phrase]] = defaultdict(list)
    for phrase in sorted(wanted, key=len, reverse=True):
        by_first[phrase[0]].append(phrase)
    texts = [text for text, _ in syllables]
    hit: set[int] = set()
    for at, text in enumerate(texts):
        for phrase in by_first.get(text, ()):
            if tuple(texts[at : at + len(phrase)]) == phrase:
                hit.update(number for _, number in syllables[at : at + len(phrase)])
                break
    return hit


def _syllables(words: Sequence[PlacedWord]) -> Iterator[tuple[str, int]]:
    for number, word in enumerate(words):
        for text in syllable_texts(normalize(word.text)):
            yield text, number


def _box(word: PlacedWord) -> HitBox:
    return HitBox(word.left - _PADDING, word.top - _PADDING, word.width + 2 * _PADDING, word.height + 2 * _PADDING)


def _in_one_line(one: HitBox, other: HitBox) -> bool:
    overlap = min(one.top + one.height, other.top + other.height) - max(one.top, other.top)
    return 2 * overlap > min(one.height, other.height) and other.left >= one.left


def _joined(one: HitBox, other: HitBox) -> HitBox:
    left, top = min(one.left, other.left), min(one.top, other.top)
    right = max(one.left + one.width, other.left + other.width)
    bottom = max(one.top + one.height, other.top + other.height)
    return HitBox(left, top, right - left, bottom - top)
