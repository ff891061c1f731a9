"""An italic for a font package that has none: the upright letters, slanted."""

from __future__ import annotations

import math

from reportlab.lib.utils import simpleSplit
from reportlab.pdfbase import pdfmetrics
from reportlab.platypus import Flowable

_SLANT = math.tan(math.radians(12))
_LEADING = 1.45


class Slanted(Flowable):
    """A paragraph set in slanted letters of `font`, `size` points high; `indent` is its first line's, in points."""

    def __init__(self, text: str, *, font: str, size: float, is_centred: bool = False, indent: float = 0) -> None:
        super().__init__()
        self._text, self._font, self._size = text, font, size
        self._is_centred, self._indent = is_centred, indent
        self._lines: list[str] = []
        self._room = 0.0
        self.spaceAfter = 5

    def wrap(self, available_width: float, _available_height: float) -> tuple[float, float]:
        """The width and height taken, in points, as the library asks for them before it draws."""
        first = simpleSplit(self._text, self._font, self._size, available_width - self._indent)[0]
        rest = self._text.removeprefix(first).strip()
        self._lines = [first, *(simpleSplit(rest, self._font, self._size, available_width) if rest else [])]
        self._room = available_width
        return available_width, self._size * _LEADING * len(self._lines)

    def draw(self) -> None:
        """Draw each line with a slant of its own, so that all begin at the same edge."""
        for at, line in enumerate(self._lines):
            spare = self._room - pdfmetrics.stringWidth(line, self._font, self._size)
            left = spare / 2 if self._is_centred else self._indent * (at == 0)
            self.canv.saveState()
            bottom = self._size * (_LEADING * (len(self._lines) - at) - 1)
            self.canv.transform(1, 0, _SLANT, 1, left, bottom)
            self.canv.setFont(self._font, self._size)
            self.canv.drawString(0, 0, line)
            self.canv.restoreState()
