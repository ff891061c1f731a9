"""Metadata that a document's own text tells: number, type, issuer, place, date, subject, signer, citations."""

from __future__ import annotations

import dataclasses
import re
from typing import Any

from engines.record import OfficialDocument
from indexer.metadata.citations import read_citations
from indexer.metadata.heading import Heading, read_heading
from indexer.metadata.portal import read_portal_title
from indexer.metadata.signature import read_signature
from indexer.metadata.subject import read_subject
from indexer.metadata.types import LETTER, type_of_number

_YEAR_IN_NUMBER = re.compile(r"[/-]((?:19|20)\d\d)[/-]")


def complete(record: OfficialDocument) -> OfficialDocument:
    """The record with what its text tells in the fields that are empty; what its source gave is never changed."""
    if not record.text:
        return record
    portal = read_portal_title(record.text)
    heading = read_heading(record.text) or Heading()
    number = record.number or (portal.number if portal else "") or heading.number
    # Where there is no sign of a whole document, nothing is taken for a signature.
    signature = read_signature(record.text, heading.end) if heading.end or portal else None
    found: dict[str, Any] = {
        "number": number,
        "type": (portal.type if portal else "") or heading.type or type_of_number(number) or _letter(heading),
        "subject": (portal.subject if portal else "") or read_subject(record.text, heading),
        "issuer": heading.issuer or (portal.issuer if portal else ""),
        "place": heading.place,
        "issued": heading.issued,
        "signer": signature.name if signature else "",
        "signer_title": signature.title if signature else "",
        "cites": read_citations(record.text, number),
    }
    return dataclasses.replace(record, **{name: value for name, value in found.items() if not getattr(record, name)})


def year(record: OfficialDocument) -> int | None:
    """The year of issue: of the date, else in the number, else in a portal's title."""
    if record.issued:
        return record.issued.year
    in_number = _YEAR_IN_NUMBER.search(record.number)
    if in_number:
        return int(in_number.group(1))
    portal = read_portal_title(record.text)
    return portal.year if portal else None


def _letter(heading: Heading) -> str:
    """A numbered document whose heading names no type is a letter (công văn)."""
    return LETTER if heading.number else ""
