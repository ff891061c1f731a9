"""The title that legal portals put after the text they export, in one line of theirs.

Công văn 5348/CT-CS năm 2025 hướng dẫn chính sách thuế do Cục Thuế ban hành
"""

from __future__ import annotations

import datetime
import re
from dataclasses import dataclass

from indexer.metadata.issuers import issuer_of_title
from indexer.metadata.types import TYPES

_LONGEST = 1_000
_TITLE = re.compile(
    rf"^(?P<type>{'|'.join(TYPES)})\s+(?P<number>\d+\w?[/-]\S+)"
    r"(?:\s+năm\s+(?P<year>(?:19|20)\d\d)|\s+ngày\s+(?P<day>\d\d?)/(?P<month>\d\d?)/(?P<of>\d{4}))?\s+(?P<subject>\S.*)(?<![.;])$"
)
_ISSUER = re.compile(
    r"\s+do\s+(?:(?P<name>(?:tỉnh|thành phố|[A-ZĐ])[^;]{2,150}?)\s+(?:ban\s+hành|điện)"
    r"|(?P<office>Bộ trưởng [^;]{2,100}))$"
)


# What an export without its text begins with.
_DATED = re.compile(r".{0,60}?(?P<number>\d\S*) ngày (?P<day>\d\d?)/(?P<month>\d\d?)/(?P<of>\d{4})\b")


@dataclass(frozen=True, slots=True, kw_only=True)
class PortalTitle:
    """What a portal's title says; what it does not say is empty or None."""

    type: str = ""
    number: str = ""
    year: int | None = None
    issued: datetime.date | None = None
    subject: str = ""
    issuer: str = ""


def read_portal_title(text: str) -> PortalTitle | None:
    """The title in the last line of a text, or None."""
    last = text[-_LONGEST:].rstrip().rpartition("\n")[2].strip()
    found = _TITLE.match(last)
    if found is None:
        return None
    issuer = _ISSUER.search(found["subject"])
    subject = found["subject"][: issuer.start()] if issuer else found["subject"]
    year = found["year"] or found["of"]
    opening = _DATED.match(text)
    dated = found if found["of"] else opening if opening and opening["number"] == found["number"] else None
    return PortalTitle(
        type=found["type"],
        number=found["number"],
        year=int(year) if year else None,
        issued=_date(dated) if dated else None,
        subject=subject[:1].upper() + subject[1:],
        issuer=issuer_of_title(issuer["name"] or issuer["office"], found["number"]) if issuer else "",
    )


def _date(found: re.Match[str]) -> datetime.date | None:
    try:
        return datetime.date(int(found["of"]), int(found["month"]), int(found["day"]))
    except ValueError:
        return None
