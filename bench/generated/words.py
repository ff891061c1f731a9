"""Words (từ) of a phrase, as its reader would cut it: people remember and mix up words, not syllables."""

from __future__ import annotations

from collections.abc import Iterable
from random import Random

from analyzers.channels import Analyzer


def spoken(words: Iterable[tuple[str, ...]]) -> str:
    """Words as they are typed, with spaces between their syllables."""
    return " ".join(" ".join(word) for word in words)


class Words:
    """Cuts phrases into words by the project's segmentation model."""

    def __init__(self, analyzer: Analyzer) -> None:
        self._analyzer = analyzer

    def of(self, phrase: tuple[str, ...]) -> tuple[tuple[str, ...], ...]:
        """The words of canonical syllables, in order, each its syllables; codes and dates are one word."""
        words = self._analyzer.channels(" ".join(phrase)).words.split()
        return tuple(tuple(word.split("_")) for word in words)

    def telling(self, subject: tuple[str, ...], count: int, random: Random) -> tuple[tuple[str, ...], ...] | None:
        """So many different words of a subject, in its order, each of two or more syllables; None if it has fewer.

        One-syllable words are mostly function words (`về`, `của`), which nobody recalls a document by.
        """
        known = dict.fromkeys(word for word in self.of(subject) if len(word) > 1 and all(map(str.isalpha, word)))
        words = list(known)
        if len(words) < count:
            return None
        return tuple(words[at] for at in sorted(random.sample(range(len(words)), count)))
