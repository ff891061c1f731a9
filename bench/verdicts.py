"""Whether a value that was read is the one that was typed."""

from __future__ import annotations

import datetime

from analyzers.folding import fold
from analyzers.numbers import whole_key
from indexer.metadata.heading import tidy_number

RIGHT, WRONG, MISSING = "right", "wrong", "missing"


def verdict(typed: str | datetime.date, read: str | datetime.date | None) -> str:
    """Right, wrong or missing: numbers by their pieces, dates by the day, names when every typed word was read."""
    if not read:
        return MISSING
    if isinstance(typed, str) and isinstance(read, str):
        same = whole_key(tidy_number(typed)) == whole_key(read) != "" or set(_words(typed)) <= set(_words(read))
    else:
        same = typed == read
    return RIGHT if same else WRONG


def _words(text: str) -> list[str]:
    return fold(text).replace("-", " ").replace(",", " ").split()
