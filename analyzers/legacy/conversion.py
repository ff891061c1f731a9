"""Legacy text to Unicode: `to_unicode` for text that a reader gave, `decode_legacy` for a file's bytes."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.legacy.capitals import with_capitals
from analyzers.legacy.detection import SEGMENT, Stretch, stretches
from analyzers.legacy.evidence import is_surely_viqr
from analyzers.legacy.syllables import reads_as_vietnamese
from analyzers.legacy.tables import Legacy, letters_of

_LEAST_SHARE = 0.8
_BEYOND_LATIN_1 = re.compile("[\u0100-\u1fff]")
# A full stop or question mark after a vowel without a tone, at the end of a chunk: it may be nặng or hỏi.
_TONE_OR_STOP = re.compile(r"(?<=[aeiouy^(+])[.?](?=[\"')\]]*$)", re.IGNORECASE)
# What stands before such a mark when it is no tone: another tone, or the end of a diphthong, which never carries one.
_NO_TONE_AFTER = re.compile(r"[`'?~.][a-z]*$|(?:[aeo][\^(+]?[iyou]|(?<!q)u[+^]?[iau]|i[aeu])$", re.IGNORECASE)
_LABEL = re.compile(r"[(\[]?[A-Za-z][.?]")
_NEXT_IS_SMALL = re.compile(r"\s*[a-z]")


def to_unicode(text: str) -> str:
    """A text with all that is in TCVN3, VNI or VIQR made Unicode NFC.

    Args:
        text: In any state, before `normalize`, which takes the soft hyphen away that is TCVN3's ư. TCVN3 and VNI as
            the characters that their bytes are in Windows-1252 or Latin-1; paragraphs end with a line break, table
            cells with a tab.

    Returns:
        The text, the same object when nothing in it was legacy. Capitals of TCVN3 with a tone come from the font and
        are small in the text: they are restored where the word's other letters, or the words around, are capitals.
    """
    found = stretches(text)
    return _converted(text, found) if found else text


def decode_legacy(content: bytes) -> str | None:
    """The text of a file in TCVN3 or VNI, or None when it is in neither.

    Args:
        content: Bytes that are no UTF-8.
    """
    text = content.decode("cp1252", errors="replace")
    found = stretches(text)
    marked = sum(1 for chunk in text.split() if not chunk.isascii())
    legacy = sum(1 for stretch in found if stretch.legacy and not text[stretch.start : stretch.end].isascii())
    return _converted(text, found) if legacy and legacy >= marked * _LEAST_SHARE else None


def _converted(text: str, found: Sequence[Stretch]) -> str:
    # TCVN3 goes first: it has a character for a character, so that what was found elsewhere stays where it is.
    by_tcvn3 = [stretch for stretch in found if stretch.legacy is Legacy.TCVN3]
    if by_tcvn3:
        text = _from_tcvn3(text, by_tcvn3)
    pieces: list[str] = []
    at = 0
    for stretch in found:
        if stretch.legacy in (Legacy.VNI, Legacy.VIQR):
            pieces += text[at : stretch.start], _from_sequences(text, stretch, stretch.legacy)
            at = stretch.end
    return "".join((*pieces, text[at:]))


def _from_tcvn3(text: str, found: Sequence[Stretch]) -> str:
    pieces: list[str] = []
    at = 0
    for stretch in found:
        pieces += text[at : stretch.start], _letters(text[stretch.start : stretch.end], Legacy.TCVN3)
        at = stretch.end
    read = "".join((*pieces, text[at:]))
    lines: list[str] = []
    at = 0
    for line in SEGMENT.finditer(text):
        start, end = line.span()
        lines += read[at:start], with_capitals(line.group(), read[start:end])
        at = end
    return "".join((*lines, read[at:]))


def _from_sequences(text: str, stretch: Stretch, legacy: Legacy) -> str:
    chunk = text[stretch.start : stretch.end]
    if legacy is Legacy.VNI:
        return _letters(chunk, legacy)
    return _from_viqr(chunk, text, stretch.end)


def _letters(chunk: str, legacy: Legacy) -> str:
    """A chunk read letter by letter, unless it has letters that only Unicode has."""
    return chunk if _BEYOND_LATIN_1.search(chunk) else letters_of(chunk, legacy)


def _from_viqr(chunk: str, text: str, end: int) -> str:
    """A chunk of VIQR that ends at `text[end]`; as it is when it does not become Vietnamese."""
    stop = _TONE_OR_STOP.search(chunk)
    body = chunk[: stop.start()] if stop and _is_stop(chunk, stop.start(), text, end) else chunk
    read = letters_of(body, Legacy.VIQR)
    is_viqr = is_surely_viqr(chunk) or reads_as_vietnamese(read)
    return read + chunk[len(body) :] if is_viqr else chunk


def _is_stop(chunk: str, at: int, text: str, end: int) -> bool:
    """Whether the mark at `chunk[at]` ends a sentence or a label (`a.`), and is no tone.

    RFC 1456 has a backslash before such a full stop; people leave it out. Where the syllable leaves it open, it is a
    tone within a line, before a line that goes on, and in a heading. Official documents ask few questions.
    """
    if _LABEL.fullmatch(chunk) or _NO_TONE_AFTER.search(chunk, 0, at):
        return True
    if chunk[at] == "?" or text[end : end + 1] not in ("", "\n", "\t"):
        return False
    return not chunk.isupper() and not _NEXT_IS_SMALL.match(text, end)
