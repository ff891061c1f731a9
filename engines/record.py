"""The record of one official document (văn bản), shared by every room.

Field names follow the exchange standard (edXML, QCVN 102:2016/BTTTT) and Nghị định 30/2020/NĐ-CP; the Vietnamese term
stands beside each. The record is plain data: it says nothing of how it is indexed.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
import re
from collections.abc import Mapping
from dataclasses import dataclass, field
from typing import Any, TypeVar

from engines.copies import Copy, CopyKind, Replaced, SourceFile
from engines.origins import Origin, read_origin
from engines.relations import Relation, RelationKind
from engines.signatures import LaterChanges, Signature, SignatureStatus, SignatureTrust
from engines.tasks import Task


class InvalidRecord(ValueError):
    """A mapping cannot be read as a record; the message names the field and what is allowed, in Vietnamese."""


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
        signing: Quyền hạn ký: `TM. Ủy ban nhân dân, KT. Chủ tịch`.
        urgency: Độ khẩn.
        secrecy: Độ mật.
        recipients: Nơi nhận.
        direction: Đến, đi, nội bộ.
        arrival_number: Số đến.
        arrived: Ngày đến.
        register: Sổ đăng ký that it stands in: `Sổ văn bản đến 2021`.
        due: Hạn xử lý.
        meeting: The day of the meeting (ngày họp) that the document invites to, the first where it takes several.
        meeting_end: Its last day, where it takes several.
        meeting_time: When it begins, `HH:MM`.
        meeting_place: Địa điểm họp.
        tasks: Việc được giao.
        subject_field: Lĩnh vực.
        cites: Numbers of the documents that this one names (căn cứ, thay thế, bãi bỏ, phúc đáp).
        relations: The same documents with what this one is to each; one may have several.
        text: Toàn văn, in Unicode NFC. Every offset that leaves the program points into this string.
        pages: Where each page begins, as offsets into `text`; empty when the source has no pages.
        recognised: Those of the pages, from 0, whose text is what recognition of characters (OCR) made of a picture.
        origins: Names of fields to where their values come from; only `ORIGIN_FIELDS` have one.
        source: The system or collection it came from.
        files: The files it came in.
        signatures: Chữ ký số in those files, in the order in which they stand there.
        access: Who may see it: principals such as `unit:stttt` or `user:an`; empty means everybody.
        copies: The other copies of the document and its drafts, on the leading record only.
        copy_of: The id of the leading record, on its copies.
        draft_of: The id of the leading record of the document that this one is a draft of.
        replaced: The leading record's own values where a copy's took their place.
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
    signing: str = ""
    urgency: str = ""
    secrecy: str = ""
    recipients: tuple[str, ...] = ()
    direction: str = ""
    arrival_number: str = ""
    arrived: datetime.date | None = None
    register: str = ""
    due: datetime.date | None = None
    meeting: datetime.date | None = None
    meeting_end: datetime.date | None = None
    meeting_time: str = ""
    meeting_place: str = ""
    tasks: tuple[Task, ...] = ()
    subject_field: str = ""
    cites: tuple[str, ...] = ()
    relations: tuple[Relation, ...] = ()
    text: str = ""
    pages: tuple[int, ...] = ()
    recognised: tuple[int, ...] = ()
    origins: Mapping[str, Origin] = field(default_factory=dict, hash=False)
    source: str = ""
    files: tuple[SourceFile, ...] = ()
    signatures: tuple[Signature, ...] = ()
    access: tuple[str, ...] = ()
    copies: tuple[Copy, ...] = ()
    copy_of: str = ""
    draft_of: str = ""
    replaced: tuple[Replaced, ...] = ()

    def to_mapping(self) -> dict[str, Any]:
        """The record as JSON-ready values, leaving out what is unknown. `from_mapping` reads it back equal."""
        mapping: dict[str, Any] = {}
        for name in FIELD_NAMES:
            value = getattr(self, name)
            if not value:
                continue
            if isinstance(value, datetime.date):
                value = value.isoformat()
            elif name == "files":
                value = [dataclasses.asdict(file) for file in value]
            elif name in _MAPPED:
                value = [each.to_mapping() for each in value]
            elif name == "replaced":
                value = {each.field: each.to_mapping() for each in value}
            elif name == "origins":
                value = {told: origin.to_mapping() for told, origin in value.items()}
            elif isinstance(value, tuple):
                value = list(value)
            mapping[name] = value
        return mapping


FOLDING_FIELDS = ("copies", "copy_of", "draft_of", "replaced")
"""The fields that say how a document stands to its copies: the indexer's own, and no source's."""

DETAIL_FIELDS = ("cites", "relations", "tasks", "origins")
"""Fields of up to hundreds of values, which are read only where one document is looked at."""

FIELD_NAMES = tuple(field.name for field in dataclasses.fields(OfficialDocument))

ORIGIN_FIELDS = (
    *("number", "type", "subject", "issuer", "place", "issued", "signer", "signer_title", "signing"),
    *("urgency", "secrecy"),
    *("recipients", "direction", "arrival_number", "arrived", "register", "due", "subject_field"),
)
"""The fields of which a record says where their values come from: what a register has of a document."""

_DATES = frozenset({"issued", "arrived", "due", "meeting", "meeting_end"})
_MAPPED = frozenset({"copies", "relations", "signatures", "tasks"})
_DATE = re.compile(r"(\d{4})-(\d{1,2})-(\d{1,2})", re.ASCII)
_TEXT_LISTS = frozenset({"recipients", "cites", "access"})
_COPY_NAMES = frozenset(field.name for field in dataclasses.fields(Copy))
_NUMBER_LISTS = frozenset({"pages", "recognised"})
_RELATION_NAMES = frozenset(field.name for field in dataclasses.fields(Relation))
_SIGNATURE_NAMES = frozenset(field.name for field in dataclasses.fields(Signature))
_TASK_NAMES = frozenset(field.name for field in dataclasses.fields(Task))
_CLOCK = re.compile(r"(?:[01]\d|2[0-3]):[0-5]\d", re.ASCII)


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
    if name in _NUMBER_LISTS:
        numbers = _read_list(name, value)
        if not all(type(number) is int and number >= 0 for number in numbers):
            raise InvalidRecord(f"Trường “{name}” phải là danh sách số nguyên không âm.")
        return tuple(numbers)
    if name == "origins":
        return _read_origins(value)
    if name == "files":
        return tuple(_read_file(item) for item in _read_list(name, value))
    if name == "relations":
        return tuple(_read_relation(item) for item in _read_list(name, value))
    if name == "copies":
        return tuple(_read_copy(item) for item in _read_list(name, value))
    if name == "replaced":
        return _read_replaced(value)
    if name == "signatures":
        return tuple(_read_signature(item) for item in _read_list(name, value))
    if name == "tasks":
        return tuple(_read_task(item) for item in _read_list(name, value))
    if name == "meeting_time":
        return _read_clock(name, value)
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


def _read_copy(value: Any) -> Copy:
    if not isinstance(value, Mapping) or set(value) | {"subject"} != _COPY_NAMES or value["kind"] not in list(CopyKind):
        kinds = ", ".join(CopyKind)
        raise InvalidRecord(
            f"Mỗi phần tử của “copies” phải có id, source, files, kind (một trong: {kinds}), và có thể có subject."
        )
    return Copy(
        id=_read_text("copies", value["id"]),
        source=_read_text("copies", value["source"]),
        files=tuple(_read_file(item) for item in _read_list("copies", value["files"])),
        kind=CopyKind(value["kind"]),
        subject=_read_text("copies", value.get("subject", "")),
    )


def _read_replaced(value: Any) -> tuple[Replaced, ...]:
    if not isinstance(value, Mapping) or not set(value) <= set(FIELD_NAMES):
        raise InvalidRecord("Trường “replaced” phải là các trường của bản ghi, mỗi trường một giá trị.")
    return tuple(_read_own(name, own) for name, own in value.items())


def _read_own(name: str, own: Any) -> Replaced:
    if not isinstance(own, Mapping) or not {"value"} <= set(own) <= {"value", "origin"}:
        raise InvalidRecord("Mỗi giá trị của “replaced” phải có value, và có thể có origin.")
    value = own["value"]
    return Replaced(
        field=name,
        value=tuple(value) if isinstance(value, list | tuple) else _read_text("replaced", value),
        origin=_read_origin("replaced", own["origin"]) if "origin" in own else None,
    )


def _read_origins(value: Any) -> dict[str, Origin]:
    if not isinstance(value, Mapping) or not set(value) <= set(ORIGIN_FIELDS):
        raise InvalidRecord(f"Trường “origins” phải là đối tượng có các tên trong: {', '.join(ORIGIN_FIELDS)}.")
    return {name: _read_origin("origins", origin) for name, origin in value.items()}


def _read_origin(name: str, value: Any) -> Origin:
    try:
        return read_origin(value)
    except ValueError as error:
        raise InvalidRecord(f"Mỗi nguồn gốc trong “{name}” {error}.") from error


def _read_relation(value: Any) -> Relation:
    if not isinstance(value, Mapping) or not {"kind", "number"} <= set(value) <= _RELATION_NAMES:
        raise InvalidRecord("Mỗi phần tử của “relations” phải có kind, number, và có thể có type, issuer, issued.")
    texts = {name: _read_text("relations", value.get(name) or "") for name in _RELATION_NAMES}
    try:
        kind = RelationKind(texts["kind"])
    except ValueError as error:
        allowed = ", ".join(RelationKind)
        raise InvalidRecord(f"Trường “relations” không có quan hệ “{texts['kind']}”. Được phép: {allowed}.") from error
    return Relation(
        kind=kind,
        number=texts["number"],
        type=texts["type"],
        issuer=texts["issuer"],
        issued=_read_date("relations", texts["issued"]),
    )


def _read_clock(name: str, value: Any) -> str:
    if value != "" and not (isinstance(value, str) and _CLOCK.fullmatch(value)):
        raise InvalidRecord(f"Trường “{name}” phải là giờ dạng HH:MM, không phải “{value}”.")
    return str(value)


def _read_signature(value: Any) -> Signature:
    if not isinstance(value, Mapping) or not {"status"} <= set(value) <= _SIGNATURE_NAMES:
        allowed = "status, và có thể có signer, body, signed_at, timestamped, changes, trust"
        raise InvalidRecord(f"Mỗi phần tử của “signatures” phải có {allowed}.")
    timestamped = value.get("timestamped", False)
    if type(timestamped) is not bool:
        raise InvalidRecord("Trường “signatures” phải có timestamped là true hoặc false.")
    return Signature(
        signer=_read_text("signatures", value.get("signer", "")),
        body=_read_text("signatures", value.get("body", "")),
        signed_at=_read_moment("signatures", value.get("signed_at")),
        timestamped=timestamped,
        status=_read_choice("signatures", SignatureStatus, value["status"]),
        changes=_read_choice("signatures", LaterChanges, value.get("changes", LaterChanges.NONE)),
        trust=_read_choice("signatures", SignatureTrust, value.get("trust", SignatureTrust.UNKNOWN)),
    )


def _read_moment(name: str, value: Any) -> datetime.datetime | None:
    if value is None:
        return None
    try:
        moment = datetime.datetime.fromisoformat(_read_text(name, value))
    except ValueError:
        moment = None
    if moment is None or moment.utcoffset() is None:
        raise InvalidRecord(f"Trường “{name}” phải có thời điểm dạng ISO 8601 kèm múi giờ, không phải “{value}”.")
    return moment


_Choice = TypeVar("_Choice", bound=enum.StrEnum)


def _read_choice(name: str, choices: type[_Choice], value: Any) -> _Choice:
    try:
        return choices(value)
    except ValueError as error:
        raise InvalidRecord(f"Trường “{name}” có “{value}”. Được phép: {', '.join(choices)}.") from error


def _read_task(value: Any) -> Task:
    if not isinstance(value, Mapping) or not {"who", "what", "start", "end"} <= set(value) <= _TASK_NAMES:
        raise InvalidRecord("Mỗi phần tử của “tasks” phải có who, what, start, end, và có thể có due.")
    start, end = value["start"], value["end"]
    if not (type(start) is int and type(end) is int and 0 <= start <= end):
        raise InvalidRecord("Trường “tasks” phải có start và end là số nguyên không âm, start không sau end.")
    return Task(
        who=tuple(_read_text("tasks", one) for one in _read_list("tasks", value["who"])),
        what=_read_text("tasks", value["what"]),
        due=_read_date("tasks", value.get("due", "")),
        start=start,
        end=end,
    )
