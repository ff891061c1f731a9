"""One sample document as it is written down: the fields of its heading, its body and its signature."""

from __future__ import annotations

import datetime
import re
import tomllib
from dataclasses import MISSING, dataclass, fields
from pathlib import Path
from typing import Any, get_origin, get_type_hints

FOLDER = Path(__file__).parent / "source"


_SUFFIXES = ".docx, .pdf, .html or .txt"
_PATH = re.compile(r"(?:[\w-]+/)*[\w-]+\.(?:docx|pdf|html|txt)", re.ASCII)
_MEANINGS = {str: "a string", tuple: "a list of strings, none empty", datetime.date: "a date"}


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


_TYPES = {name: get_origin(hint) or hint for name, hint in get_type_hints(Source).items()}
_REQUIRED = [field.name for field in fields(Source) if field.default is MISSING]


def read_sources(folder: Path = FOLDER) -> dict[str, Source]:
    """Every source by its file's name, in order.

    Raises:
        InvalidSource: See there.
    """
    return {path.stem: _read(path) for path in sorted(folder.glob("*.toml"))}


def _read(path: Path) -> Source:
    try:
        values: dict[str, Any] = tomllib.loads(path.read_text(encoding="utf-8"))
    except tomllib.TOMLDecodeError as error:
        raise InvalidSource(f"{path.name}: {error}") from error
    unknown = sorted(values.keys() - _TYPES.keys())
    if unknown:
        raise InvalidSource(f"{path.name}: unknown {', '.join(unknown)}; the fields are {', '.join(_TYPES)}")
    missing = [name for name in _REQUIRED if not values.get(name)]
    if missing:
        raise InvalidSource(f"{path.name}: {', '.join(missing)} missing or empty")
    for name, value in values.items():
        _check(path.name, name, value)
    checked: dict[str, Any] = {name: tuple(value) if _TYPES[name] is tuple else value for name, value in values.items()}
    return Source(**checked)


def _check(file: str, name: str, value: Any) -> None:
    is_list = isinstance(value, list) and all(isinstance(item, str) and item for item in value)
    if not (is_list if _TYPES[name] is tuple else type(value) is _TYPES[name]):
        raise InvalidSource(f"{file}: {name} must be {_MEANINGS[_TYPES[name]]}, not {value!r}")
    if name == "path" and not _PATH.fullmatch(value):
        raise InvalidSource(f"{file}: path must be folders and a name ending in {_SUFFIXES}, not {value!r}")
