"""The record of one official document (văn bản), shared by every room.

Field names follow the exchange standard (edXML, QCVN 102:2016/BTTTT) and Nghị định 30/2020/NĐ-CP; the Vietnamese term
stands beside each. The record is plain data: it says nothing of how it is indexed.
"""

from __future__ import annotations

import dataclasses
import datetime
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any


class InvalidRecord(ValueError):
    """A mapping cannot be read as a record; the message names the field and what is allowed, in Vietnamese."""


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


@dataclass(frozen=True, slots=True, kw_only=True)
class OfficialDocument:
    """One official document (văn bản hành chính). An empty string means unknown.

    Attributes:
        id: Given by the source, or derived from it and stable across runs.
        number: Số, ký hiệu: `15/2021/QĐ-UBND`.
        type: Tên loại: `Quyết định`.
        subject: Trích yếu.
        issuer: Cơ quan ban hành.
        place: Địa danh.
        issued: Ngày ban hành (calendar date in Asia/Ho_Chi_Minh).
        signer: Người ký.
        signer_title: Chức vụ của người ký.
        urgency: Độ khẩn.
        secrecy: Độ mật.
        recipients: Nơi nhận.
        direction: Đến, đi, nội bộ.
        arrival_number: Số đến.
        arrived: Ngày đến.
        due: Hạn xử lý.
        subject_field: Lĩnh vực.
        cites: Numbers of the documents that this one names (căn cứ, thay thế, bãi bỏ, phúc đáp).
        text: Toàn văn, in Unicode NFC. Every offset that leaves the program points into this string.
        pages: Where each page begins, as offsets into `text`; empty when the source has no pages.
        source: The system or collection it came from.
        files: The files it came in.
        access: Who may see it: principals such as `unit:stttt` or `user:an`; empty means everybody.
    """

    id: str
    number: str = ""
    type: str = ""
    subject: str = ""
    issuer: str = ""
    place: str = ""
    issued: datetime.date | None = None
    signer: str = ""
    signer_title: str = ""
    urgency: str = ""
    secrecy: str = ""
    recipients: tuple[str, ...] = ()
    direction: str = ""
    arrival_number: str = ""
    arrived: datetime.date | None = None
    due: datetime.date | None = None
    subject_field: str = ""
    cites: tuple[str, ...] = ()
    text: str = ""
    pages: tuple[int, ...] = ()
    source: str = ""
    files: tuple[SourceFile, ...] = ()
    access: tuple[str, ...] = ()

    def to_mapping(self) -> dict[str, Any]:
        """The record as JSON-ready values, leaving out what is unknown. `from_mapping` reads it back equal."""
        mapping: dict[str, Any] = {}
        for name in FIELD_NAMES:
            value = getattr(self, name)
            if value in ("", (), None):
                continue
            if isinstance(value, datetime.date):
                value = value.isoformat()
            elif name == "files":
                value = [dataclasses.asdict(file) for file in value]
            elif isinstance(value, tuple):
                value = list(value)
            mapping[name] = value
        return mapping


FIELD_NAMES = tuple(field.name for field in dataclasses.fields(OfficialDocument))
_DATES = frozenset({"issued", "arrived", "due"})
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TEXT_LISTS = frozenset({"recipients", "cites", "access"})


def from_mapping(mapping: Mapping[str, Any]) -> OfficialDocument:
    """Read a record from JSON-like values.

    Args:
        mapping: Names of `OfficialDocument`'s fields to values; dates as `YYYY-MM-DD`; lists as lists, or one string
            where there is one value. `None` means unknown. Other names are refused, so that a misspelt field is not
            lost in silence.

    Raises:
        InvalidRecord: A name is unknown, `id` is missing, or a value has the wrong type.
    """
    unknown = sorted(set(mapping) - set(FIELD_NAMES))
    if unknown:
        raise InvalidRecord(
            f"Trường không có trong bản ghi: {', '.join(unknown)}. Được phép: {', '.join(FIELD_NAMES)}."
        )
    values = {name: _read(name, value) for name, value in mapping.items() if value is not None}
    if not values.get("id"):
        raise InvalidRecord("Trường “id” phải có và không được rỗng.")
    return OfficialDocument(**values)


def _read(name: str, value: Any) -> Any:
    if name in _DATES:
        return _read_date(name, value)
    if name in _TEXT_LISTS:
        values = [value] if isinstance(value, str) else value
        return tuple(_read_text(name, item) for item in _read_list(name, values))
    if name == "pages":
        offsets = _read_list(name, value)
        if not all(type(offset) is int and offset >= 0 for offset in offsets):
            raise InvalidRecord("Trường “pages” phải là danh sách số nguyên không âm.")
        return tuple(offsets)
    if name == "files":
        return tuple(_read_file(item) for item in _read_list(name, value))
    return _read_text(name, value)


def _read_text(name: str, value: Any) -> str:
    if not isinstance(value, str):
        raise InvalidRecord(f"Trường “{name}” phải là chuỗi, không phải {type(value).__name__}.")
    try:
        value.encode()
    except UnicodeEncodeError as error:
        raise InvalidRecord(f"Trường “{name}” có ký tự không hợp lệ (surrogate) ở vị trí {error.start}.") from error
    return value


def _read_list(name: str, value: Any) -> list[Any]:
    if not isinstance(value, list | tuple):
        raise InvalidRecord(f"Trường “{name}” phải là danh sách, không phải {type(value).__name__}.")
    return list(value)


def _read_date(name: str, value: Any) -> datetime.date | None:
    if value == "":
        return None
    # Exports leave zeros out (2016-7-01), and there is only one day that they can mean.
    written = _DATE.fullmatch(value) if isinstance(value, str) else None
    try:
        if written:
            return datetime.date(*map(int, written.groups()))
    except ValueError:
        pass  # the 31st of February
    raise InvalidRecord(f"Trường “{name}” phải là ngày dạng YYYY-MM-DD, không phải “{value}”.")


def _read_file(value: Any) -> SourceFile:
    if not isinstance(value, Mapping) or set(value) != {"path", "media_type", "sha256"}:
        raise InvalidRecord("Mỗi phần tử của “files” phải có đúng path, media_type, sha256.")
    return SourceFile(**{name: _read_text("files", item) for name, item in value.items()})
