"""A letter (thư điện tử) as its parsers give it, whatever format it came in."""

from __future__ import annotations

import base64
import dataclasses
import datetime
import json
from dataclasses import dataclass
from typing import Any

_VIETNAM = datetime.timezone(datetime.timedelta(hours=7))


@dataclass(frozen=True, slots=True)
class Passage:
    """A piece of a letter's body, as plain text or as the source of a page."""

    text: str
    is_html: bool = False


@dataclass(frozen=True, slots=True)
class Enclosure:
    """A file that came with a letter (tệp đính kèm)."""

    name: str
    content: bytes


@dataclass(frozen=True, slots=True, kw_only=True)
class Letter:
    """One letter.

    Attributes:
        subject: Chủ đề.
        sender: Người gửi.
        recipients: Người nhận.
        copies: Đồng gửi.
        sent: Ngày gửi, as it is shown.
        body: In reading order.
        enclosures: The files that came with it.
        letters: The letters that were forwarded within it.
        notes: What the operator should know of how it was parsed, in Vietnamese.
    """

    subject: str = ""
    sender: str = ""
    recipients: str = ""
    copies: str = ""
    sent: str = ""
    body: tuple[Passage, ...] = ()
    enclosures: tuple[Enclosure, ...] = ()
    letters: tuple[Letter, ...] = ()
    notes: tuple[str, ...] = ()


def sent_at(moment: datetime.datetime) -> str:
    """`Letter.sent` of a moment: Vietnam's day and time; those written where no time zone is.

    Raises:
        OverflowError: It is after the year 9999.
    """
    return f"{moment.astimezone(_VIETNAM) if moment.tzinfo else moment:%d/%m/%Y %H:%M}"


def to_json(letter: Letter) -> str:
    """The letter as text, so that it can leave a process. `from_json` reads it back equal."""
    return json.dumps(dataclasses.asdict(letter), default=_base64)


def from_json(text: str) -> Letter:
    """The letter that `to_json` wrote."""
    return _letter(json.loads(text))


def _base64(content: bytes) -> str:
    return base64.b64encode(content).decode("ascii")


def _letter(mapping: dict[str, Any]) -> Letter:
    parts = {
        "body": tuple(Passage(**passage) for passage in mapping["body"]),
        "enclosures": tuple(map(_enclosure, mapping["enclosures"])),
        "letters": tuple(map(_letter, mapping["letters"])),
        "notes": tuple(mapping["notes"]),
    }
    return Letter(**{**mapping, **parts})


def _enclosure(mapping: dict[str, str]) -> Enclosure:
    return Enclosure(mapping["name"], base64.b64decode(mapping["content"]))
