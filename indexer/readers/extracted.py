"""What a reader gives: text with pages, or the reason why there is none."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from analyzers.legacy import to_unicode
from analyzers.normalize import normalize
from engines.origins import OriginKind
from engines.signatures import Signature

MAX_CHARACTERS = 8_000_000
"""Readers stop after so much text, some 3,000 pages, so that no file fills the memory; the index takes less."""

_LINE_ENDS = re.compile("\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_NOT_TEXT = re.compile("[\x00-\x08\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")


@dataclass(frozen=True, slots=True)
class Enclosed:
    """A file within a letter or package (tệp đính kèm): its name, or `outer!inner`, media type and content."""

    name: str
    media_type: str
    content: bytes


@dataclass(frozen=True, slots=True)
class Extracted:
    """The text of a file.

    Attributes:
        text: In Unicode NFC; lines end with `\\n`, cells of a row are separated by `\\t`; no other control characters.
        pages: Where each page begins in `text`; empty when the format has no pages.
        media_type: What the content is, whatever the file is called.
        fields: Names of record fields to values, as `engines.record.from_mapping` takes them: what the file itself
            says of its document, which is believed before what is read from the text.
        note: What the operator should know of how it was read, in Vietnamese.
        scanned: Whether most of it was recognised in pictures of pages (OCR).
        signatures: The digital signatures in it.
        recognised: Those of the pages, from 0, whose text was recognised (OCR).
        told_by: What `fields` are where they have no origin of their own.
        enclosed: The files within, those that could not be read too.
    """

    text: str
    pages: tuple[int, ...]
    media_type: str
    fields: Mapping[str, Any] = field(default_factory=dict)
    note: str = ""
    scanned: bool = False
    signatures: tuple[Signature, ...] = ()
    recognised: tuple[int, ...] = ()
    told_by: OriginKind = OriginKind.FILE
    enclosed: tuple[Enclosed, ...] = ()


class Unreadable(Exception):
    """A file holds no text that can be read; the message says why, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Joined:
    """Several texts as one; `text`, `pages` and `recognised` as those of `Extracted`."""

    text: str
    pages: tuple[int, ...]
    recognised: tuple[int, ...]


def joined(texts: Sequence[tuple[str, Extracted]]) -> Joined:
    """Texts one after another; one without pages is a page where another has some.

    Args:
        texts: Each with what stands before it, unless there is no text before.
    """
    text, pages, recognised = "", list[int](), list[int]()
    for before, extracted in texts:
        text += before if text else ""
        recognised += [len(pages) + page for page in extracted.recognised]
        pages += [len(text) + start for start in extracted.pages or (0,)]
        text += extracted.text
    return Joined(text, tuple(pages) if any(extracted.pages for _, extracted in texts) else (), tuple(recognised))


def clean(raw: str) -> str:
    """Text as `Extracted` has it: one kind of line end, no control characters, no legacy encoding, Unicode NFC."""
    # TCVN3 goes first: its ư is a soft hyphen, which is what `normalize` takes away.
    return normalize(to_unicode(without_controls(raw)))


def without_controls(raw: str) -> str:
    """Text with one kind of line end and no control characters, otherwise as it is."""
    return _NOT_TEXT.sub(" ", _LINE_ENDS.sub("\n", raw))
