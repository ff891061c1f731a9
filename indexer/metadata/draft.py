"""Drafts (dự thảo), told by their heading: it says so, or number and day are still blank."""

from __future__ import annotations

import re

from indexer.metadata.layout import open_document

_SAID = re.compile(r"^\W*(?:BẢN\s+)?(?:DỰ\s+THẢO|Dự\s+thảo)(?:\s+(?:lần|LẦN|\d).*)?\W*$", re.MULTILINE)
_BLANK = r"[\s._…]*"
# `Số:       /QĐ-UBND` and `ngày … tháng … năm 2025`, to be filled in when it is signed.
_BLANK_NUMBER = re.compile(rf"^\W*Số\s*:?{_BLANK}/\s*(?:\d{{4}}/)?[A-ZĐ]", re.MULTILINE)
_BLANK_DAY = re.compile(rf"[Nn]gày{_BLANK}tháng[\s._…\d]*năm")

# Where the body's beginning is not found: further down stand forms with days to be filled in.
_HEADING = 1_000


def says_draft(text: str) -> bool:
    """Whether a line of a normalized text's heading says that it is a draft."""
    return _SAID.search(_heading(text)) is not None


def is_unsigned(text: str) -> bool:
    """Whether number or day stand blank in the heading of a normalized text.

    That makes a draft only of what was typed: on paper and in a picture of it they are often written by hand.
    """
    heading = _heading(text)
    return _BLANK_NUMBER.search(heading) is not None or _BLANK_DAY.search(heading) is not None


def _heading(text: str) -> str:
    opening = open_document(text)
    return text[: opening.end if opening.whole and opening.end else _HEADING]
