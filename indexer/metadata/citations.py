"""The documents that a text names by their numbers: legal grounds, what it replaces, repeals or answers."""

from __future__ import annotations

import re

_MOST = 500
_NUMBER = re.compile(
    r"(?<![\w/])\d{1,6}[a-zA-Z]?/(?:\d{4}/)?[A-ZĐ][A-Za-zĐđ]*\d{0,2}(?:[-–/&][A-ZĐ][A-Za-zĐđ]*\d{0,2}){0,4}(?![\w/])"
)


def read_citations(text: str, own_number: str) -> tuple[str, ...]:
    """Numbers in a text other than its own, each once, in order of appearance; at most 500."""
    found: dict[str, None] = {}
    for match in _NUMBER.finditer(text):
        number = match.group().replace("–", "-")
        if number != own_number:
            found[number] = None
            if len(found) == _MOST:
                break
    return tuple(found)
