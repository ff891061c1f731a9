"""The title that legal portals put after the text they export, in one line of theirs.

Công văn 5348/CT-CS năm 2025 hướng dẫn chính sách thuế do Cục Thuế ban hành
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from indexer.metadata.issuers import display_name
from indexer.metadata.types import TYPES

_LONGEST = 1_000
_TITLE = re.compile(
    rf"^(?P<type>{'|'.join(TYPES)})\s+(?:số\s+)?(?P<number>\d+\w?[/-]\S+)"
    r"(?:\s+năm\s+(?P<year>(?:19|20)\d\d)|\s+ngày\s+\S+)?"
    r"\s+(?P<subject>.+?)(?:\s+do\s+(?P<issuer>[A-ZĐ].+?)\s+ban\s+hành)?$"
)


@dataclass(frozen=True, slots=True)
class PortalTitle:
    """What a portal's title says; `year` is None and `issuer` empty when it does not."""

    type: str
    number: str
    year: int | None
    subject: str
    issuer: str


def read_portal_title(text: str) -> PortalTitle | None:
    """The title in the last line of a text, or None."""
    last = text[-_LONGEST:].rstrip().rpartition("\n")[2].strip()
    found = _TITLE.match(last)
    if found is None:
        return None
    year = int(found["year"]) if found["year"] else None
    subject = found["subject"].strip()
    issuer = display_name(found["issuer"]) if found["issuer"] else ""
    return PortalTitle(found["type"], found["number"], year, subject[0].upper() + subject[1:], issuer)
