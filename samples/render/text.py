"""Plain text, hard-wrapped, as old systems export it: one column of the heading above the other."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator

from samples.render.layout import MOTTO, Paragraph, Table, Title, blocks, date_line, number_line
from samples.source import Source

_WIDTH = 92
_COLUMN = 44


def render_text(source: Source) -> bytes:
    """The document as UTF-8."""
    return ("\n".join(line.rstrip() for line in _lines(source)) + "\n").encode()


def _lines(source: Source) -> Iterator[str]:
    subject = _wrapped(f"V/v {source.subject}", _COLUMN) if source.is_letter else []
    yield from filter(None, [source.superior])
    yield from (*_wrapped(source.issuer, _COLUMN), "-------", *MOTTO, "---------------")
    yield from (number_line(source), *subject, date_line(source))
    yield ""
    if not source.is_letter:
        yield from (line.center(_WIDTH) for line in [source.type.upper(), *_wrapped(source.subject, 70), "-------"])
        yield ""
    if source.authority:
        yield from (source.authority.center(_WIDTH), "")
    if source.to:
        yield from (f"Kính gửi: {'; '.join(source.to)}.".center(_WIDTH), "")
    for ground in source.grounds:
        yield from _wrapped(ground, _WIDTH)
    for block in blocks(source):
        yield ""
        yield from _block(block)
    yield ""
    yield from ("Nơi nhận:", *(f"- {one}" for one in source.recipients), *source.signature)


def _block(block: Title | Paragraph | Table) -> Iterator[str]:
    match block:
        case Title(text):
            yield text.center(_WIDTH)
        case Paragraph(text, lead):
            yield from _wrapped(f"{lead} {text}".strip(), _WIDTH)
        case Table(rows):
            yield from ("\t".join(row) for row in rows)


def _wrapped(text: str, width: int) -> list[str]:
    return textwrap.wrap(text, width, break_long_words=False, break_on_hyphens=False)
