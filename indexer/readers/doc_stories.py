"""What an old Word document holds beside its main text: notes, headers and footers, text boxes (MS-DOC 2.3).

A .doc has all of its characters in one sequence: the main text, then each of these stories (phần văn bản), whose
lengths its header tells.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Iterator

import olefile  # type: ignore[import-untyped]

from indexer.readers.margins import different

_MAGIC, _WORD_97 = 0xA5EC, 0x00C1
_FLAGS_AT, _SECOND_TABLE = 0x0A, 0x0200
_LENGTHS_AT = 0x4C  # FibRgLw97.ccpText and the seven after it (2.5.4)
_CLX_AT = 0x1A2  # FibRgFcLcb97.fcClx (2.5.6)
_LENGTHS = struct.Struct("<8I")
_PAIR = struct.Struct("<II")
_COMPRESSED = 0x40000000  # FcCompressed: one byte a character, in Windows-1252 (2.9.73)
_PROPERTIES, _PIECES = 1, 2
_BROKEN = (OSError, ValueError, IndexError, KeyError, TypeError, struct.error)
# Of footnotes, headers, macros, comments, endnotes, text boxes, and text boxes in headers those that a reader sees.
_BESIDE_TEXT, _IN_MARGINS = (0, 4, 5), (1, 6)
_FIELD_CODE = re.compile("\x13[^\x13-\x15]*[\x14\x15]")  # from the mark of a field to that of its result
_MARKS = dict.fromkeys("\1\2\3\4\5\x08\x15\x1f", "")
_SIGNS = str.maketrans({"\r": "\n", "\x07": "\t", "\x0b": "\n", "\x1e": "-"} | _MARKS)


def read_stories(content: bytes) -> str:
    """The text of notes and text boxes, then each different line of headers and footers; empty where there is none.

    Args:
        content: A .doc whose main text could be read. Of what is broken beyond that nothing is given.
    """
    try:
        with olefile.OleFileIO(io.BytesIO(content)) as compound:
            word = compound.openstream("WordDocument").read()
            magic, version = struct.unpack_from("<HH", word)
            if magic != _MAGIC or version < _WORD_97:
                return ""
            (flags,) = struct.unpack_from("<H", word, _FLAGS_AT)
            table = compound.openstream("1Table" if flags & _SECOND_TABLE else "0Table").read()
            main, *lengths = _LENGTHS.unpack_from(word, _LENGTHS_AT)
            at, size = _PAIR.unpack_from(word, _CLX_AT)
            characters = "".join(_pieces(word, table[at : at + size]))
    except _BROKEN:
        return ""
    starts = [main + sum(lengths[:number]) for number in range(len(lengths))]
    stories = [_lines(characters[start : start + length]) for start, length in zip(starts, lengths, strict=True)]
    beside = [line for number in _BESIDE_TEXT for line in stories[number]]
    margins = different(line for number in _IN_MARGINS for line in stories[number])
    return "\n".join([*beside, *margins])


def _pieces(word: bytes, clx: bytes) -> Iterator[str]:
    """The characters of each piece in their order (2.8.35, 2.9.38)."""
    at = 0
    while clx[at] == _PROPERTIES:
        at += 3 + struct.unpack_from("<h", clx, at + 1)[0]
    if clx[at] != _PIECES:
        raise ValueError
    (size,) = struct.unpack_from("<I", clx, at + 1)
    count = (size - 4) // 12
    positions = struct.unpack_from(f"<{count + 1}I", clx, at + 5)
    for number in range(count):
        (place,) = struct.unpack_from("<I", clx, at + 5 + 4 * (count + 1) + 8 * number + 2)
        length = max(0, positions[number + 1] - positions[number])
        if place & _COMPRESSED:
            start = (place & ~_COMPRESSED) // 2
            yield word[start : start + length].decode("cp1252", "replace").ljust(length)
        else:
            yield word[place : place + 2 * length].decode("utf-16-le", "replace").ljust(length)


def _lines(story: str) -> list[str]:
    """Its lines without field codes and marks, cells separated by tabs; empty ones are left out."""
    while (without := _FIELD_CODE.sub("", story)) != story:  # fields stand within fields
        story = without
    lines = (line.strip() for line in story.translate(_SIGNS).split("\n"))
    return [line for line in lines if line]
