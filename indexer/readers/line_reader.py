"""A second reader of single lines, AsterOCR, for where Tesseract errs most: the heading and the signer's name.

It is an extra (`pip install tracuu[ocr]`): a network of 42 MB that reads a line in some 30 ms, too slow for pages,
with two fifths of the errors of Tesseract. Without it everything is read by Tesseract alone.
"""

from __future__ import annotations

import functools
import importlib
import importlib.util
import re
from collections import Counter
from collections.abc import Sequence
from typing import Protocol

import numpy as np
from PIL import Image

from indexer.readers.picture import Picture
from indexer.readers.tesseract import Box, Word

_PACKAGE = "asterocr"
_HEIGHT = 32  # what the network makes of every line
_WIDEST = 1_024  # at that height
_WHITE = 255
_FAINT = 160  # edges of a stamp that keep some grey are fainter
# Rows and columns around a line, in pixels: with each the network sees it a little differently.
_SIGNS = re.compile(r"[^\w\s]")
_MARGINS = ((4, 8), (2, 4), (6, 12), (10, 20))


class LineNetwork(Protocol):
    """What reads the picture of one line."""

    def predict(self, image_input: Image.Image) -> str:
        """Its text."""
        ...


class LineReader:
    """Reads again words whose places are known.

    Args:
        network: Reads one line.
    """

    def __init__(self, network: LineNetwork) -> None:
        self._network = network

    def read(self, picture: Picture, words: Sequence[Word]) -> str:
        """The text of neighbouring words of one line; empty when there is none."""
        texts = (self._piece(picture, piece, _MARGINS[0]) for piece in _pieces(words))
        return " ".join(text for text in texts if text)

    def read_agreed(self, picture: Picture, words: Sequence[Word]) -> str:
        """The text that most of eight looks agree on: with four margins, with and without what is faint.

        A single look at a name that a stamp runs through is often wrong, and each time in another way. What half of the
        looks agree on, but for signs between letters, is not looked at any further.
        """
        if len(_pieces(words)) > 1:
            return self.read(picture, words)
        clear = np.where(picture > _FAINT, _WHITE, picture).astype(np.uint8)
        looks = [(look, margin) for margin in _MARGINS for look in (picture, clear)]
        seen: dict[str, list[str]] = {}
        for look, margin in looks:
            text = self._piece(look, words, margin)
            same = seen.setdefault(_SIGNS.sub("", text), [])
            same.append(text)
            if 2 * len(same) >= len(looks):
                break
        agreed: list[str] = max(seen.values(), key=len)
        return Counter(agreed).most_common(1)[0][0]

    def _piece(self, picture: Picture, words: Sequence[Word], margin: tuple[int, int]) -> str:
        box = Box.around(words)
        rows, columns = margin
        line = picture[max(0, box.top - rows) : box.bottom + rows, max(0, box.left - columns) : box.right + columns]
        if line.shape[1] * _HEIGHT > _WIDEST * line.shape[0]:
            return ""  # a rule, not a word
        return self._network.predict(Image.fromarray(line)).strip()


@functools.cache
def find_line_reader() -> LineReader | None:
    """The line reader, loaded once in a process (half a second); None when the extra is not installed."""
    if importlib.util.find_spec(_PACKAGE) is None:
        return None
    runtime = importlib.import_module("onnxruntime")
    network = importlib.import_module(_PACKAGE).AsterOCR(enable_telemetry=False)
    # Its own session takes every core, but there is a worker on each.
    options = runtime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    network.session = runtime.InferenceSession(network.model_path, options, providers=["CPUExecutionProvider"])
    return LineReader(network)


def _pieces(words: Sequence[Word]) -> list[list[Word]]:
    """Neighbouring words of one line in runs that are not too wide for the network."""
    runs: list[list[Word]] = [[]]
    for word in words:
        box = Box.around([*runs[-1], word])
        if runs[-1] and (box.right - box.left) * _HEIGHT > _WIDEST * (box.bottom - box.top):
            runs.append([])
        runs[-1].append(word)
    return runs
