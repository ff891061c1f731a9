"""Syllables (tiếng): the runs of letters and digits in a text, with their places in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from analyzers.normalize import align, canonical

MAX_TOKEN = 64
"""Longest token, in characters. Engines drop or cut longer terms silently, each in its own way."""

# Number-like characters that are no digits (½, ①) stand alone in every engine's eyes, so no token holds them. A mark
# that no letter could absorb stays inside the run and is dropped from the token.
_MARKS = "\u0300-\u036f"
_SIGNS = "\u00bc-\u00be\u2150-\u215f\u2460-\u24ff\u2776-\u2793\u3220-\u32ff"
_INSIDE = rf"(?:[^\W_{_SIGNS}]|[{_MARKS}])"
_RUN = re.compile(rf"[^\W_{_SIGNS}]{_INSIDE}{{0,{MAX_TOKEN - 1}}}")
_INSIDE_BOTH = re.compile(_INSIDE * 2)


@dataclass(frozen=True, slots=True)
class Token:
    """A token and its place.

    Attributes:
        text: Letters, digits and `_`, lower case, at most `MAX_TOKEN` characters.
        start: Where it begins in the text that the caller gave.
        end: Where it ends there.
    """

    text: str
    start: int
    end: int


def syllables(text: str) -> list[Token]:
    """The syllables of any text, in order, each `canonical` with its marks.

    Numbers and codes come apart: `15/2021/QĐ-UBND` gives 15, 2021, qđ, ubnd. A run longer than `MAX_TOKEN` is cut.
    """
    aligned = align(text)
    return [Token(canonical(run.group()), *aligned.original(*run.span())) for run in _RUN.finditer(aligned.text)]


def syllable_texts(text: str) -> list[str]:
    """The texts of `syllables(text)`, for a text that is already normalized."""
    return list(map(canonical, _RUN.findall(text)))


def can_cut(text: str, at: int) -> bool:
    """Whether the syllables of a normalized text are those of `text[:at]` and those of `text[at:]`."""
    return _INSIDE_BOTH.fullmatch(text, at - 1, at + 1) is None
