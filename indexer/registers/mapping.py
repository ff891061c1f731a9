"""A mapping file (tệp ghép cột) beside a register: which column is what, and what is the same for all its rows."""

from __future__ import annotations

import tomllib
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any

from engines.record import InvalidRecord, from_mapping
from indexer.registers.columns import NAMES, plain

_VALUES = "values"
_FIELDS = ("register", "direction", "type", "issuer", "place", "subject_field", "urgency", "secrecy")
"""What all documents of a register may have in common."""


class BadMapping(ValueError):
    """A mapping file cannot be used; the message says why and what is allowed, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class RegisterMapping:
    """A mapping file that was read; empty where there is none.

    Attributes:
        names: The plain form (`indexer.registers.columns.plain`) of each heading to its field.
        values: Record fields to what they are where no column says it.
    """

    names: Mapping[str, str] = field(default_factory=dict)
    values: Mapping[str, str] = field(default_factory=dict)


def read_mapping(content: str) -> RegisterMapping:
    """Read a mapping file: TOML, a field's name to the heading of its column, or to a list of headings.

    Raises:
        BadMapping: It is not TOML, names an unknown field, or gives something else than headings or values.
    """
    try:
        table = tomllib.loads(content)
    except tomllib.TOMLDecodeError as error:
        raise BadMapping(f"không phải TOML hợp lệ: {error}") from error
    values = _values(table.pop(_VALUES, {}))
    if unknown := sorted(set(table) - set(NAMES)):
        raise BadMapping(f"trường không có: {', '.join(unknown)}. Được phép: {', '.join(NAMES)}, [{_VALUES}]")
    return RegisterMapping({plain(name): key for key, value in table.items() for name in _headings(key, value)}, values)


def _headings(field: str, value: object) -> list[str]:
    values = value if isinstance(value, list) else [value]
    headings = [heading for heading in values if isinstance(heading, str) and plain(heading)]
    if len(headings) < max(1, len(values)):
        raise BadMapping(f"trường “{field}” phải là tên cột, hoặc danh sách tên cột, đặt trong ngoặc kép")
    return headings


def _values(table: Any) -> dict[str, str]:
    if not isinstance(table, dict):
        raise BadMapping(f"“{_VALUES}” phải là một bảng: [{_VALUES}]")
    if unknown := sorted(set(table) - set(_FIELDS)):
        raise BadMapping(f"[{_VALUES}] không có trường: {', '.join(unknown)}. Được phép: {', '.join(_FIELDS)}")
    try:
        from_mapping({**table, "id": "-"})
    except InvalidRecord as error:
        raise BadMapping(f"[{_VALUES}]: {error}") from error
    return table
