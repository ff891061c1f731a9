"""Cursors (con trỏ trang): where a page ended, as text that is opaque to everybody but the engine that made it."""

from __future__ import annotations

import base64
import json
import math
from collections.abc import Sequence
from typing import Any

from engines.interface import InvalidCursor, Order

# Longer than any cursor that an engine makes, and too short to be a burden, whatever is in it.
_LONGEST = 400
_KEY_LIMIT = 2**63


def encode_cursor(engine: str, order: Order, values: Sequence[float]) -> str:
    """The cursor of the page that begins after these values.

    Args:
        engine: The engine's name and the version of its cursors, so that no other engine takes them for its own.
        order: The order that the values are of.
        values: What the engine needs to go on: scores as floats, keys as integers.
    """
    content = json.dumps([engine, order.value, *values], separators=(",", ":"))
    return base64.urlsafe_b64encode(content.encode()).decode().rstrip("=")


def decode_cursor(engine: str, order: Order, cursor: str, kinds: Sequence[type[int] | type[float]]) -> list[Any]:
    """The values in a cursor.

    Args:
        engine: As given to `encode_cursor`.
        order: The order of the search that the cursor is given to.
        cursor: Any text.
        kinds: The type of each value: `int` for integers from 0 to 2**63 - 1, `float` for finite numbers.

    Raises:
        InvalidCursor: It is not one of this engine and order, or not whole.
    """
    try:
        made_by, made_for, *values = _content(cursor)
    except (ValueError, TypeError) as error:
        raise InvalidCursor("Con trỏ trang không hợp lệ: hãy lấy nguyên giá trị “next” của trang trước.") from error
    if (made_by, made_for) != (engine, order.value):
        raise InvalidCursor(f"Con trỏ trang không thuộc thứ tự sắp xếp “{order.value}”.")
    if len(values) != len(kinds) or not all(map(_is_of, values, kinds)):
        raise InvalidCursor("Con trỏ trang không hợp lệ: hãy lấy nguyên giá trị “next” của trang trước.")
    return values


def _content(cursor: str) -> list[Any]:
    if len(cursor) > _LONGEST:
        raise ValueError("too long")
    padded = cursor + "=" * (-len(cursor) % 4)
    return list(json.loads(base64.b64decode(padded.encode(), altchars=b"-_", validate=True)))


def _is_of(value: Any, kind: type[int] | type[float]) -> bool:
    if kind is int:
        return type(value) is int and 0 <= value < _KEY_LIMIT
    return type(value) in (int, float) and math.isfinite(value)
