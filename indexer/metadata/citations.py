"""The documents that a text names by their numbers: legal grounds, what it replaces, repeals or answers."""

from __future__ import annotations

import re

from indexer.metadata.heading import tidy_number

_MOST = 500
_FIGURE = r"(?<![\w/])\d{1,6}(?:\.\d{1,3})?[a-zA-Z]?"
_PIECE = r"[A-ZĐ][A-Za-zĐđ]*\d{0,2}"
# A number may be broken over two lines after its slashes and hyphens.
_NUMBER = re.compile(
    rf"{_FIGURE}"
    rf"(?: ?/\s?(?:\d{{4}} ?/\s?)?(?={_PIECE}[-–/&]|[A-ZĐ]{{2}}){_PIECE}|[-–][A-ZĐ][A-ZĐa-z]{{1,3}}/[A-ZĐ]{{2,10}})"
    rf"(?:[-–/&]\s?{_PIECE}){{0,4}}(?![\w/])"
)


def read_citations(text: str, own_number: str) -> tuple[str, ...]:
    """Numbers in a text other than its own, each once, in order of appearance; at most 500."""
    found: dict[str, None] = {}
    for match in _NUMBER.finditer(text):
        number = tidy_number(match.group())
        if number != own_number:
            found[number] = None
            if len(found) == _MOST:
                break
    return tuple(found)
