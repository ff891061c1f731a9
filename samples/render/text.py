"""Plain text, hard-wrapped, as old systems export it: the two columns of the heading beside each other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from itertools import zip_longest

from samples.render.layout import MOTTO, Paragraph, Table, Title, addressee_lines, blocks, date_line, number_line
from samples.source import Source

_WIDTH = 90
_COLUMN = 45
_MARGIN = 24


def render_text(source: Source) -> bytes:
    """The document as UTF-8."""
    return ("\n".join(line.rstrip() for line in _lines(source)) + "\n").encode()


def _lines(source: Source) -> Iterator[str]:
    issuers = [*_wrapped(source.superior, _COLUMN), *_wrapped(source.issuer, _COLUMN)]
    yield from _beside([*issuers, "-------"], [*MOTTO, "---------------"])
    # The decree sets the date level with the number, and a letter's subject below (ô số 3, 4 and 5b).
    yield from _beside([number_line(source)], [date_line(source)])
    if source.is_letter:
        yield from (line.center(_COLUMN) for line in _wrapped(f"V/v {source.subject}", _COLUMN - 4))
    yield ""
    if not source.is_letter:
        yield from (line.center(_WIDTH) for line in [source.type.upper(), *_wrapped(source.subject, 70), "-------"])
        yield ""
    if source.authority:
        yield from (source.authority.center(_WIDTH), "")
    if source.to:
        yield from (*_addressees(source), "")
    for ground in source.grounds:
        yield from _wrapped(ground, _WIDTH)
    for block in blocks(source):
        yield ""
        yield from _block(block)
    yield ""
    yield "Nơi nhận:"
    for one in source.recipients:
        yield from _wrapped(f"- {one}", _WIDTH)
    yield from source.signature


def _addressees(source: Source) -> Iterator[str]:
    first, *others = addressee_lines(source)
    if not others:
        yield from (line.center(_WIDTH) for line in _wrapped(first, _WIDTH))
        return
    yield f"{'':{_MARGIN}}{first}"
    for line in others:
        yield from (f"{'':{_MARGIN}}{part}" for part in _wrapped(line, _WIDTH - _MARGIN))


def _block(block: Title | Paragraph | Table) -> Iterator[str]:
    match block:
        case Title(text) as title:
            yield text.center(_WIDTH) if title.is_centred else text
        case Paragraph(text, lead):
            yield from _wrapped(f"{lead} {text}".strip(), _WIDTH)
        case Table(rows):
            yield from ("\t".join(row) for row in rows)


def _beside(left: Sequence[str], right: Sequence[str]) -> Iterator[str]:
    for one, other in zip_longest(left, right, fillvalue=""):
        yield one.center(_COLUMN) + other.center(_WIDTH - _COLUMN)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
