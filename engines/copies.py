"""The files that a document came in, and how it stands to its other copies (các bản)."""

from __future__ import annotations

import dataclasses
import enum
from dataclasses import dataclass
from typing import Any

from engines.origins import Origin


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceFile:
    """One file (tệp) a document came in.

    Attributes:
        path: Where it lies: a path, or `path!member` inside a package.
        media_type: Its content's media type, found from the content and not from the name.
        sha256: Hex digest of its bytes.
    """

    path: str
    media_type: str
    sha256: str


class CopyKind(enum.StrEnum):
    """What another document of the index is to the leading one (loại bản)."""

    COPY = "copy"  # bản khác của cùng văn bản
    DRAFT = "draft"  # dự thảo


@dataclass(frozen=True, slots=True, kw_only=True)
class Copy:
    """Another copy (bản) of a document, which is a document of the index under its own id.

    Attributes:
        id: Its id.
        source: The system or collection it came from.
        files: The files it came in.
        kind: What it is.
        subject: Its subject (trích yếu), where it words it otherwise than the leading document. It is searched with it.
    """

    id: str
    source: str = ""
    files: tuple[SourceFile, ...] = ()
    kind: CopyKind = CopyKind.COPY
    subject: str = ""

    def to_mapping(self) -> dict[str, Any]:
        """The copy as JSON-ready values."""
        files = [dataclasses.asdict(file) for file in self.files]
        return {
            "id": self.id,
            "source": self.source,
            "files": files,
            "kind": self.kind.value,
            **({"subject": self.subject} if self.subject else {}),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Replaced:
    """What a record itself says where the value of a copy stands in its place.

    Attributes:
        field: The record's field.
        value: Its own value as JSON has it: a text, a date as `YYYY-MM-DD`, or a list; empty where it has none.
        origin: Where its own value comes from.
    """

    field: str
    value: str | tuple[str, ...]
    origin: Origin | None = None

    def to_mapping(self) -> dict[str, Any]:
        """Value and origin as JSON-ready values."""
        value = self.value if isinstance(self.value, str) else list(self.value)
        return {"value": value, **({"origin": self.origin.to_mapping()} if self.origin else {})}
