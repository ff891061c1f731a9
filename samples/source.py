"""One sample document as it is written down: the fields of its heading, its body and its signature."""

from __future__ import annotations

import datetime
import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

FOLDER = Path(__file__).parent / "source"


class InvalidSource(ValueError):
    """A source file cannot be used; the message names the file and the field."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """A document before it is set.

    Attributes:
        path: Where it goes beneath `samples/documents`; the suffix is its format.
        issuer: Cơ quan ban hành, in capitals as printed.
        superior: Cơ quan chủ quản, in capitals.
        number: Số, ký hiệu.
        place: Địa danh.
        issued: Ngày ban hành.
        type: Tên loại; a `Công văn` prints none, and its subject after `V/v`.
        subject: Trích yếu.
        authority: Who decides, printed before the grounds of a decision.
        to: Kính gửi.
        grounds: Căn cứ, a line each.
        body: Paragraphs apart by blank lines; `# ` begins a centred heading, `| a | b |` a row of a table.
        recipients: Nơi nhận, a line each.
        signature: The lines of the signature block, the name last.
    """

    path: str
    issuer: str
    number: str
    place: str
    issued: datetime.date
    type: str
    subject: str
    body: str
    signature: tuple[str, ...]
    superior: str = ""
    authority: str = ""
    to: tuple[str, ...] = ()
    grounds: tuple[str, ...] = ()
    recipients: tuple[str, ...] = ()

    @property
    def is_letter(self) -> bool:
        """Whether it is a công văn, whose layout differs."""
        return self.type == "Công văn"


def read_sources(folder: Path = FOLDER) -> dict[str, Source]:
    """Every source by its file's name, in order.

    Raises:
        InvalidSource: See there.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}


def _read(path: Path) -> Source:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
        values = {name: tuple(value) if isinstance(value, list) else value for name, value in values.items()}
        return Source(**values)
    except tomllib.TOMLDecodeError as error:
        raise InvalidSource(f"{path.name}: {error}") from error
    except TypeError as error:
        allowed = ", ".join(field.name for field in fields(Source))
        raise InvalidSource(f"{path.name}: {error}; the fields are {allowed}") from error
