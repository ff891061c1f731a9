"""Where a record's value comes from (nguồn gốc của giá trị), and how sure it is."""

from __future__ import annotations

import enum
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class OriginKind(enum.StrEnum):
    """Who says what a field holds, the one that is believed first in front; what was read comes last."""

    RECORD = "record"  # a record in JSON, or the fields sent with a file
    REGISTER = "register"  # sổ đăng ký văn bản, or the old system's database
    PACKAGE = "package"  # the header of an exchange package (gói edXML)
    FILE = "file"  # what a file says of its document beside its text
    MAIL = "mail"  # read from a document that came with a letter
    TEXT = "text"  # read from the text by rules
    OCR = "ocr"  # read by the same rules from a page that was recognised (bản quét)

    @property
    def is_read(self) -> bool:
        """Whether rules read the value from a text; else somebody wrote it down as what it is."""
        return self in (OriginKind.MAIL, OriginKind.TEXT, OriginKind.OCR)


@dataclass(frozen=True, slots=True, kw_only=True)
class Origin:
    """The origin of one value.

    Attributes:
        kind: Who says it.
        certainty: The share of values of this origin that are right, 0 to 1: 1 for what was written down, measured
            for what was read (docs/measuring.md).
        span: Where in the record's text the value, or what tells it, stands: from and to. None where it cannot be
            pointed at.
    """

    kind: OriginKind
    certainty: float = 1.0
    span: tuple[int, int] | None = None

    def to_mapping(self) -> dict[str, Any]:
        """The origin as JSON-ready values; `read_origin` reads it back equal."""
        mapping: dict[str, Any] = {"kind": self.kind.value, "certainty": self.certainty}
        if self.span is not None:
            mapping["span"] = list(self.span)
        return mapping


_NAMES = frozenset({"kind", "certainty", "span"})


def read_origin(value: Any) -> Origin:
    """Read an origin from JSON-like values.

    Raises:
        ValueError: Something is wrong; the message says what, in Vietnamese.
    """
    if not isinstance(value, Mapping) or not {"kind", "certainty"} <= set(value) <= _NAMES:
        raise ValueError("phải có kind, certainty, và có thể có span")
    kinds = ", ".join(OriginKind)
    if value["kind"] not in list(OriginKind):
        raise ValueError(f"không có kind “{value['kind']}”; được phép: {kinds}")
    certainty = value["certainty"]
    if isinstance(certainty, bool) or not isinstance(certainty, int | float) or not 0 <= certainty <= 1:
        raise ValueError("certainty phải là số từ 0 đến 1")
    span = value.get("span")
    return Origin(kind=OriginKind(value["kind"]), certainty=certainty, span=None if span is None else _span(span))


def _span(value: Any) -> tuple[int, int]:
    ends = list(value) if isinstance(value, list | tuple) else []
    if len(ends) != 2 or not all(type(end) is int for end in ends) or not 0 <= ends[0] <= ends[1]:
        raise ValueError("span phải là hai số nguyên không âm, số đầu không lớn hơn số sau")
    return ends[0], ends[1]
