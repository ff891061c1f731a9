"""The picture of a page made ready for recognition: ink without colour, upright, level, of the right size."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray
from PIL import Image

Picture: TypeAlias = NDArray[np.uint8]
"""Rows by columns; 0 is black and 255 white."""

DPI = 200
"""The resolution that pages are read at, in pixels an inch: 300 takes longer and is no better on what offices scan."""

_WHITE = 255
_INK = 128
_BLANK = 0.0002  # of the pixels: less ink than that is dust
# Tesseract reads lines that lean by up to two degrees as well as level ones; at four the error is tenfold.
_LEVEL_DEGREES = 1.5
_MOST_DEGREES = 10.0
_STEP_DEGREES = 0.5
_PROFILE_ROWS = 800
# Lines of text make the profile several times as sharp when they are level; pictures and tables do not.
_SHARPER = 1.2


def ink(colours: NDArray[np.uint8]) -> Picture:
    """What is black on a page: of every pixel the largest of its three channels.

    Red stamps (con dấu) and blue signatures have one bright channel, so they fade and the text below them stays.

    Args:
        colours: Rows by columns by channels; those after the third are left out.
    """
    picture: Picture = np.maximum(np.maximum(colours[..., 0], colours[..., 1]), colours[..., 2])
    return picture


def is_blank(picture: Picture) -> bool:
    """Whether hardly anything is on the page."""
    return float(np.mean(picture < _INK)) < _BLANK


def turned(picture: Picture, degrees: int) -> Picture:
    """The picture turned clockwise by a multiple of 90 degrees."""
    return np.ascontiguousarray(np.rot90(picture, -degrees // 90))


def levelled(picture: Picture) -> Picture:
    """The picture with its lines level (chỉnh nghiêng); the same picture when they are level enough."""
    degrees = skew(picture)
    if abs(degrees) <= _LEVEL_DEGREES:
        return picture
    image = Image.fromarray(picture).rotate(degrees, Image.Resampling.BICUBIC, expand=True, fillcolor=_WHITE)
    return np.asarray(image)


def skew(picture: Picture) -> float:
    """By how many degrees the lines of a page fall to the right; 0 when no angle makes them clearly sharper.

    The angle whose projection profile (ink a row) has the largest sum of squares: W. Postl, Detection of linear
    oblique structures and skew scan in digitized documents, ICPR 1986.
    """
    step = max(1, picture.shape[0] // _PROFILE_ROWS)
    small = Image.fromarray(picture).reduce(step)
    rows, columns = np.nonzero(np.asarray(small) < _INK)
    if not rows.size:
        return 0.0
    angles = np.arange(-_MOST_DEGREES, _MOST_DEGREES + _STEP_DEGREES, _STEP_DEGREES)
    sharpness = [_sharpness(rows, columns, angle) for angle in angles]
    best = int(np.argmax(sharpness))
    return float(angles[best]) if sharpness[best] > _SHARPER * _sharpness(rows, columns, 0.0) else 0.0


def _sharpness(rows: NDArray[np.intp], columns: NDArray[np.intp], degrees: float) -> float:
    levels = np.rint(rows - columns * np.tan(np.radians(degrees))).astype(np.int64)
    profile = np.bincount(levels - levels.min())
    return float(np.sum(profile.astype(np.float64) ** 2))
