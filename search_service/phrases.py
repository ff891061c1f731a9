"""Phrases that are looked for in a question, all in one pass: a trie of syllables that minds marks where typed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from search_service.wording import fold_syllable

Meaning = TypeVar("Meaning")


@dataclass(slots=True)
class _Node(Generic[Meaning]):
    children: dict[str, _Node[Meaning]] = field(default_factory=dict)
    phrases: dict[tuple[str, ...], list[Meaning]] = field(default_factory=dict)


class Phrases(Generic[Meaning]):
    """Phrases and what each may mean. A syllable typed without marks stands for any with marks; others must agree."""

    def __init__(self) -> None:
        self._root: _Node[Meaning] = _Node()

    def add(self, phrase: Sequence[str], meaning: Meaning) -> None:
        """Make a phrase, of canonical syllables with marks, mean this as well as what it means already."""
        node = self._root
        for syllable in phrase:
            node = node.children.setdefault(fold_syllable(syllable), _Node())
        node.phrases.setdefault(tuple(phrase), []).append(meaning)

    def longest(self, tokens: Sequence[str], plain: Sequence[str], at: int) -> tuple[int, list[Meaning]]:
        """The longest phrase that begins at a token.

        Args:
            tokens: Canonical syllables as typed.
            plain: The same without marks.
            at: Where to look.

        Returns:
            One past its last token and its meanings in the order added; `at` and none when there is no phrase.
        """
        end, meanings = at, list[Meaning]()
        node = self._root
        for position in range(at, len(plain)):
            child = node.children.get(plain[position])
            if child is None:
                break
            node = child
            agreeing = [
                meaning
                for phrase, those in node.phrases.items()
                if agrees(phrase, tokens[at : position + 1], plain[at : position + 1])
                for meaning in those
            ]
            if agreeing:
                end, meanings = position + 1, agreeing
        return end, meanings


def agrees(phrase: Sequence[str], tokens: Sequence[str], plain: Sequence[str]) -> bool:
    """Whether tokens are these syllables, with their marks or typed without any."""
    return all(token in (syllable, bare) for syllable, token, bare in zip(phrase, tokens, plain, strict=True))
