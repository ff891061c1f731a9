"""Words with their places on a page, and how they are kept."""

from __future__ import annotations

import json
from collections.abc import Iterable
from dataclasses import astuple, dataclass

WHOLE = 10_000
"""The width, and the height, of every page in the units of places, which hold however large it is drawn."""


@dataclass(frozen=True, slots=True)
class PlacedWord:
    """A word on a page.

    Attributes:
        text: Its characters, without spaces.
        left: Its left edge, in `WHOLE`ths of the page's width from the left.
        top: Its upper edge, in `WHOLE`ths of the page's height from the top.
        width: In `WHOLE`ths of the page's width.
        height: In `WHOLE`ths of the page's height.
    """

    text: str
    left: int
    top: int
    width: int
    height: int


def to_bytes(words: Iterable[PlacedWord]) -> bytes:
    """The words as `from_bytes` takes them."""
    return json.dumps([astuple(word) for word in words], ensure_ascii=False).encode()


def from_bytes(content: bytes) -> tuple[PlacedWord, ...]:
    """The words that `to_bytes` wrote."""
    return tuple(PlacedWord(*word) for word in json.loads(content))
