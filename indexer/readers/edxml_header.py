"""What the header of an exchange package says of its document: MessageHeader to a record's fields.

QCVN 102:2016/BTTTT (as amended 2022), of which the older schemas differ in names only. A value that cannot be right
(a date that is none, a number without its figure) is left out and noted: what the document's own text tells is better.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from engines.clock import VIETNAM
from engines.relations import Relation, RelationKind
from indexer.metadata.types import known_type
from indexer.readers.edxml_tree import Element

_URGENCY = {"1": "Khẩn", "2": "Thượng khẩn", "3": "Hỏa tốc"}  # 0 is thường
_CHANGES = {"1": "thu hồi", "2": "cập nhật", "3": "thay thế"}  # BusinessDocType; 0 is a new document
_FIRST_YEAR = 1945  # of the administration; systems write 1900 where they have no date
_YEAR_FIRST = re.compile(r"(\d{4})([-/.]?)(\d{1,2})\2(\d{1,2})(?!\d)")
_NO_DATE = re.compile(r"0001[-/]01[-/]01|01[-/]01[-/]0001")  # the default of .NET
_DAY_FIRST = re.compile(r"(\d{1,2})([-/.])(\d{1,2})\2(\d{4})(?!\d)")
_ABOUT = re.compile(r"^\(?V/v\b[:.]?\s*", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Header:
    """A package's header.

    Attributes:
        fields: Names of record fields to values, as `engines.record.from_mapping` takes them; none is empty.
        content: Its summary of the document (nội dung tóm tắt).
        answers: The documents that this one answers (ResponseFor).
        notes: What in it cannot be right, and what the package does to documents sent before; sentences in Vietnamese.
        status: What a package says that reports on a document (trạng thái) and brings none; else empty.
    """

    fields: dict[str, Any]
    content: str
    answers: tuple[Relation, ...]
    notes: tuple[str, ...]
    status: str


def read_header(package: Element) -> Header:
    """The header of a package; empty when it has none."""
    header = next(package.all("MessageHeader"), Element(""))
    notes: list[str] = []
    fields = {
        "number": _number(header),
        "type": _type(header),
        "subject": _subject(header),
        "issuer": header.text("From", "OrganName"),
        "place": header.text("PromulgationInfo", "Place"),
        "issued": _day(_issued(header), "ngày ban hành", notes),
        "signer": header.text("SignerInfo", "FullName") or header.text("SignerInfo", "Signer"),
        "signer_title": header.text("SignerInfo", "Position") or header.text("SignerInfo", "Competence"),
        "recipients": list(_recipients(header)),
        "urgency": _URGENCY.get(header.text("OtherInfo", "Priority"), ""),
        "due": _day(header.text("DueDate"), "hạn xử lý", notes),
        "arrived": _day(_arrival(package, header), "ngày đến", notes),
    }
    notes += _changes(package)
    return Header(
        fields={name: value for name, value in fields.items() if value},
        content=header.text("Content"),
        answers=tuple(_answers(header, notes)),
        notes=tuple(notes),
        status=_status(header),
    )


def _number(header: Element) -> str:
    """Số, ký hiệu. Systems put all of it into either half, and the slash at the end of one or before the other."""
    number = header.text("Code", "CodeNumber").strip("/ ")
    notation = header.text("Code", "CodeNotation").strip("/ ")
    if not number:
        return notation if notation[:1].isdigit() and "/" in notation else ""
    if "/" in number or notation.startswith(f"{number}/"):
        return number if "/" in number else notation
    # The figure alone is on a document of every body; the text may tell the rest.
    return f"{number}/{notation}" if notation else ""


def _type(header: Element) -> str:
    named = header.text("DocumentType", "TypeName") or header.text("DocumentType")
    return known_type(named) or named


def _subject(header: Element) -> str:
    """Trích yếu, without the `V/v` that stands before it on a letter, as it is when read from the text."""
    subject = _ABOUT.sub("", header.text("Subject"))
    return subject[:1].upper() + subject[1:]


def _issued(header: Element) -> str:
    return header.text("PromulgationInfo", "PromulgationDate") or header.text("PromulgationInfo", "Date")


def _recipients(header: Element) -> Iterator[str]:
    organizations = [to.text("OrganName") for to in header.all("To")]
    places = header.child("ToPlaces")
    named = [place.text() for place in places.children] if places else []
    yield from dict.fromkeys(filter(None, (*organizations, *named)))


def _arrival(package: Element, header: Element) -> str:
    """When a body that it is sent to noted it in the trace (TraceHeaderList)."""
    to = {organization.text("OrganId") for organization in header.all("To")} - {""}
    noted = (trace.text("Timestamp") for trace in package.all("TraceHeader") if trace.text("OrganId") in to)
    return next(filter(None, noted), "")


def _answers(header: Element, notes: list[str]) -> Iterator[Relation]:
    for response in header.all("ResponseFor"):
        if number := response.text("Code"):
            issued = _day(response.text("PromulgationDate"), "ngày của văn bản được trả lời", notes)
            date = datetime.date.fromisoformat(issued) if issued else None
            yield Relation(kind=RelationKind.ANSWERS, number=number, issued=date)


def _changes(package: Element) -> Iterator[str]:
    """What the package asks for beside being received (nghiệp vụ: thu hồi, cập nhật, thay thế)."""
    business = next(package.all("Business"), Element(""))
    change = _CHANGES.get(business.text("BusinessDocType"))
    if change:
        reason = business.text("BusinessDocReason")
        yield f"Gói này {change} một văn bản đã gửi trước{f': {reason}' if reason else ''}."


def _status(header: Element) -> str:
    code = header.text("StatusCode")
    if not code or header.text("Subject"):
        return ""
    about = header.text("ResponseFor", "Code")
    return f"trạng thái {code}{f' của văn bản {about}' if about else ''}"


def _day(written: str, what: str, notes: list[str]) -> str:
    """The calendar day in Vietnam, ISO 8601; empty when there is none, with a note when what is written is no day."""
    if not written or _NO_DATE.match(written):
        return ""
    day = _moment(written) or _calendar_day(written)
    if day is None or day.year < _FIRST_YEAR:
        notes.append(f"Gói ghi {what} là “{written[:40]}”, không phải ngày có thật; bỏ qua.")
        return ""
    return day.isoformat()


def _moment(written: str) -> datetime.date | None:
    """The day of a moment given with its zone: midnight in Vietnam is the day before in UTC."""
    try:
        moment = datetime.datetime.fromisoformat(written.replace("/", "-"))
        return moment.astimezone(VIETNAM).date() if moment.tzinfo else None
    except (ValueError, OverflowError):
        return None


def _calendar_day(written: str) -> datetime.date | None:
    try:
        if found := _YEAR_FIRST.match(written):
            return datetime.date(int(found[1]), int(found[3]), int(found[4]))
        if found := _DAY_FIRST.match(written):
            return datetime.date(int(found[4]), int(found[3]), int(found[1]))
    except ValueError:
        return None
    return None
