"""The table of a TOML file that describes a source: what is asked of it is there and of its kind, or is named."""

from __future__ import annotations

import datetime
from collections.abc import Collection, Mapping
from typing import Any


class BadValue(ValueError):
    """A value is missing, wrong or unknown; the message names its key and what is allowed, in Vietnamese."""


class DescribedTable:
    """Values of a table, each asked for by what it must be.

    Args:
        values: Keys to values.
        allowed: The keys that it may have; any where there are none.
        path: Its name in the file: `database`, `attachments` for `[database.attachments]`.

    Raises:
        BadValue: It has another key.
    """

    def __init__(self, values: Mapping[str, Any], allowed: Collection[str], *path: str) -> None:
        self.values = values
        self._path = path
        if allowed and (unknown := sorted(set(values) - set(allowed))):
            raise BadValue(f"khóa không có: {self.key(unknown[0])}. Được phép: {', '.join(allowed)}")

    def key(self, name: str) -> str:
        """A key as messages show it."""
        return f"“{'.'.join((*self._path[1:], name))}”"

    def text(self, name: str, *, needed: bool = True) -> str:
        """A text without spaces at its ends; empty where it is not there and not needed.

        Raises:
            BadValue: It is no text, or needed and empty.
        """
        value = self.values.get(name, "")
        if not isinstance(value, str) or (needed and not value.strip()):
            why = "còn thiếu" if name not in self.values else "phải là chuỗi không rỗng, đặt trong ngoặc kép"
            raise BadValue(f"khóa {self.key(name)} {why}")
        return value.strip()

    def day(self, name: str) -> datetime.date | None:
        """A day, or None where it is not there.

        Raises:
            BadValue: It is no day.
        """
        value = self.values.get(name)
        if value is not None and type(value) is not datetime.date:
            raise BadValue(f"khóa {self.key(name)} phải là ngày không có ngoặc kép, như 2024-01-31")
        return value

    def flag(self, name: str) -> bool:
        """Yes or no; no where it is not there.

        Raises:
            BadValue: It is neither.
        """
        value = self.values.get(name, False)
        if not isinstance(value, bool):
            raise BadValue(f"khóa {self.key(name)} phải là true hoặc false")
        return value

    def table(self, name: str, allowed: Collection[str] = ()) -> DescribedTable:
        """A table in it, empty where it is not there.

        Raises:
            BadValue: It is no table, or has a key that is not allowed.
        """
        value = self.values.get(name, {})
        if not isinstance(value, dict):
            raise BadValue(f"khóa {self.key(name)} phải là một bảng: [{'.'.join((*self._path, name))}]")
        return DescribedTable(value, allowed, *self._path, name)
