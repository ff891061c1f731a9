"""Recognised lines to a page's text: columns told apart, strokes and edges of stamps left out."""

from __future__ import annotations

import statistics
from collections.abc import Callable, Sequence
from itertools import dropwhile
from typing import TypeAlias

from indexer.readers.tesseract import Line, Word

# Between words of one column there is less than their height; between two columns four times as much and more.
_COLUMN_GAP = 2.5
# Strokes of signatures and edges of stamps are read as words of less confidence than this; real words are above 80.
_NOISE_CONFIDENCE = 40.0
_READABLE_CONFIDENCE = 55.0
_READABLE_LETTERS = 20

Cell: TypeAlias = tuple[Word, ...]
Spelling: TypeAlias = Callable[[Cell], str]


def spelt(words: Sequence[Word]) -> str:
    """The words as they were read."""
    return " ".join(word.text for word in words)


def text_of(lines: Sequence[Line], spell: Spelling = spelt) -> str:
    """Lines as text: an empty line before each paragraph, a tab between columns, without strokes read as words.

    Args:
        lines: What was read.
        spell: Gives the text of a cell; empty to leave it out.
    """
    text: list[str] = []
    for line in lines:
        cells = [written for cell in columns(line) if (written := spell(cell))]
        if cells:
            text.append("\n" * (line.opens and bool(text)) + "\t".join(cells))
    return "\n".join(text)


def columns(line: Line) -> list[Cell]:
    """The words of a line, split where the gap between two is that of columns; without columns of strokes."""
    gap = _COLUMN_GAP * statistics.median(word.height for word in line.words)
    cells = [[line.words[0]]]
    for word in line.words[1:]:
        last = cells[-1][-1]
        if word.left - last.left - last.width > gap:
            cells.append([])
        cells[-1].append(word)
    # A list begins with a dash at the line's beginning; at that of another column it is an edge of the stamp.
    kept = [cells[0], *([*dropwhile(_is_mark, cell)] for cell in cells[1:])]
    return [tuple(cell) for cell in kept if not _is_noise(cell)]


def is_readable(lines: Sequence[Line]) -> bool:
    """Whether what was read looks like text that lies the right way up."""
    words = [word for line in lines for word in line.words]
    return letters(lines) >= _READABLE_LETTERS and _confidence(words) >= _READABLE_CONFIDENCE


def letters(lines: Sequence[Line]) -> int:
    """How many letters and figures were read with confidence."""
    words = (word for line in lines for word in line.words if word.confidence >= _READABLE_CONFIDENCE)
    return sum(character.isalnum() for word in words for character in word.text)


def _is_mark(word: Word) -> bool:
    return not any(map(str.isalnum, word.text))


def _is_noise(words: Sequence[Word]) -> bool:
    return all(map(_is_mark, words)) or _confidence(words) < _NOISE_CONFIDENCE


def _confidence(words: Sequence[Word]) -> float:
    """The mean confidence of the words, by characters."""
    characters = sum(len(word.text) for word in words)
    return sum(word.confidence * len(word.text) for word in words) / characters if characters else 0.0
