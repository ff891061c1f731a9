"""Bytes of a text file to characters."""

from __future__ import annotations

import codecs
import re
import unicodedata

from analyzers.legacy import decode_legacy
from analyzers.normalize import nfc
from indexer.readers.extracted import Unreadable

_BOMS = ((codecs.BOM_UTF8, "utf-8"), (codecs.BOM_UTF16_LE, "utf-16-le"), (codecs.BOM_UTF16_BE, "utf-16-be"))
# A file cut off inside a character, or one broken byte in a long text, is still UTF-8; a legacy encoding has a wrong
# byte in every other word.
_TEXT_PER_BROKEN = 1_000
# The WHATWG Encoding Standard makes both labels Windows-1252.
_DECLARED = {"windows-1252": "cp1252", "iso-8859-1": "cp1252"}
_TONES = "\u0300\u0301\u0303\u0309\u0323"
_VOWELS = "aăâeêioôơuưyAĂÂEÊIOÔƠUƯY"
_VIETNAMESE = frozenset(_VOWELS + "đĐ") | {unicodedata.normalize("NFC", v + tone) for v in _VOWELS for tone in _TONES}
_UNKNOWN = "Không rõ bảng mã của văn bản: không phải UTF-8, UTF-16, Windows-1258, TCVN3 hay VNI."
_META_CHARSET = re.compile(rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w-]{1,40})", re.IGNORECASE)
_META_WITHIN = 4_096


def decode(content: bytes, declared: str = "") -> str:
    """The text of bytes in UTF-8, UTF-16 with a byte order mark, Windows-1258, Windows-1252 where it is declared, TCVN3
    or VNI.

    Windows-1258 gives some character for nearly every byte, so it is believed only where all letters that come out are
    Vietnamese: those of TCVN3 and VNI are not.

    Args:
        content: The bytes.
        declared: The encoding that the file says it has; only a hint, for files say `windows-1252` of anything.

    Raises:
        Unreadable: The encoding is none of these.
    """
    text = _modern(content, declared)
    if text is None:
        text = decode_legacy(content)
    if text is None:
        raise Unreadable(_UNKNOWN)
    return text


def decode_markup(content: bytes, declared: str) -> str:
    """As `decode`, but TCVN3 and VNI stay the characters of Windows-1252: among tags words have wrong neighbours.

    What is taken out of the markup is to be made Unicode (`extracted.clean`).

    Raises:
        Unreadable: The encoding is none of these.
    """
    text = _modern(content, declared)
    if text is not None:
        return text
    if decode_legacy(content) is None:
        raise Unreadable(_UNKNOWN)
    return content.decode("cp1252", errors="replace")


def _modern(content: bytes, declared: str) -> str | None:
    for mark, encoding in _BOMS:
        if content.startswith(mark):
            return content[len(mark) :].decode(encoding, errors="replace")
    text = content.decode("utf-8", errors="replace")
    if text.count("\ufffd") * _TEXT_PER_BROKEN <= len(text) or "\ufffd" not in text.rstrip("\ufffd"):
        return text
    try:
        legacy = nfc(content.decode(_DECLARED.get(declared.lower(), "cp1258")))
    except UnicodeDecodeError:
        legacy = ""
    return legacy if _is_vietnamese(legacy) else None


def declared_charset(html: bytes) -> str:
    """The encoding that an HTML file says it has, or an empty string."""
    meta = _META_CHARSET.search(html, 0, _META_WITHIN)
    return meta.group(1).decode("ascii") if meta else ""


def _is_vietnamese(text: str) -> bool:
    """Whether a text has letters beyond ASCII, all of them Vietnamese, and no tone mark without its vowel."""
    characters = {character for character in text if not character.isascii()}
    letters = {character for character in characters if character.isalpha()}
    return bool(letters) and letters <= _VIETNAMESE and not any(map(unicodedata.combining, characters))
