"""Folding (bỏ dấu): the spelling of somebody who types without marks."""

from __future__ import annotations

import unicodedata

# đ is a letter of its own, not a d with a mark, so Unicode's decomposition leaves it whole.
_LETTERS = str.maketrans({"đ": "d", "Đ": "d", "\u00d0": "d", "\u00f0": "d"})


def fold(token: str) -> str:
    """The token in lower case without tone marks, vowel marks and đ: `Đường` gives `duong`.

    Only marks go: `lí` gives `li`. Index and question meet where both fold canonical syllables
    (`analyzers.normalize.canonical`), as `Analyzer.folded_tokens` does.
    """
    if token.isascii():
        return token.lower()
    decomposed = unicodedata.normalize("NFD", token.translate(_LETTERS).lower())
    letters = "".join(character for character in decomposed if not unicodedata.combining(character))
    return unicodedata.normalize("NFC", letters)
