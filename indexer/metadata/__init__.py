"""Metadata that a document's own text tells: heading, subject, signature, recipients, citations, meeting, tasks."""

from __future__ import annotations

import dataclasses
from typing import Any

from analyzers.normalize import align, normalize
from analyzers.numbers import year_in
from engines.record import OfficialDocument
from engines.tasks import Task
from indexer.metadata.casing import sentence_case
from indexer.metadata.due import read_due
from indexer.metadata.ending import Consolidation, date_of_adoption, read_consolidation
from indexer.metadata.heading import Heading, read_heading
from indexer.metadata.issuers import as_written, issuer_of_number
from indexer.metadata.layout import open_document
from indexer.metadata.meetings import read_meeting
from indexer.metadata.misreadings import in_latin
from indexer.metadata.origins import Parts, read_origins
from indexer.metadata.portal import PortalTitle, read_portal_title
from indexer.metadata.recipients import read_recipients
from indexer.metadata.relations import read_relations
from indexer.metadata.signature import read_signature
from indexer.metadata.signing_rows import foot_apart
from indexer.metadata.subject import read_subject
from indexer.metadata.tasks import read_tasks
from indexer.metadata.types import CONSOLIDATED, JOINT, LETTER, standard_type, type_of_number

__all__ = ["complete", "year"]

_ASKING = frozenset({LETTER, "Giấy mời", "Công điện"})
"""Types that ask somebody for something; elsewhere a day is mostly a rule's."""


def complete(record: OfficialDocument) -> OfficialDocument:
    """The record with what its text tells in the fields that are empty, and the origins of what it told.

    What its source gave is never changed.

    Only the beginning and the end of the text are looked at, and every number and task in it; a text that has neither a
    heading nor a portal's title gets nothing but citations.
    """
    if not record.text:
        return record
    parts = read_parts(record)
    told = {name: value for name, value in parts.values.items() if not getattr(record, name)}
    return dataclasses.replace(record, **told, origins={**read_origins(record, told, parts), **record.origins})


def read_parts(record: OfficialDocument) -> Parts:
    """All that a record's text tells, with the parts of it that told it; what the record knows already helps."""
    normalized = normalize(record.text)
    text = in_latin(normalized)
    portal = read_portal_title(text) or PortalTitle()
    opening = open_document(text)
    heading = read_heading(opening) or Heading()
    consolidation = read_consolidation(text) or Consolidation()
    number = record.number or portal.number or heading.number or consolidation.number
    # Where there is no sign of a whole document, nothing is taken for a signature.
    is_whole = heading.is_sure or portal.number
    body = opening.end if opening.whole else 0
    foot = foot_apart(text, body) if is_whole else ""
    written_type = portal.type or _type(number, heading)
    type = standard_type(record.type, number) or written_type
    signature = read_signature(foot, body, joint=type.endswith(JOINT))
    found: dict[str, Any] = {
        "number": number,
        "type": written_type,
        "subject": portal.subject or sentence_case(read_subject(heading, whole=opening.whole), text),
        "issuer": issuer_of_number(number, normative=True)
        or as_written(heading.issuer, text[opening.end :])
        or portal.issuer
        or issuer_of_number(number),
        "place": consolidation.place or heading.place,
        "issued": portal.issued or consolidation.issued or heading.issued or date_of_adoption(text, number),
        "signer": signature.name if signature else "",
        "signer_title": signature.title if signature else "",
        "signing": signature.form if signature else "",
        "urgency": heading.urgency,
        "secrecy": heading.secrecy,
        "recipients": read_recipients(foot, body),
    }
    if type in _ASKING:
        found["due"] = read_due(text[opening.end :], record.issued or found["issued"])
    subject, issued = record.subject or found["subject"], record.issued or found["issued"]
    if meeting := read_meeting(text, type, subject, issued):
        found |= {
            "meeting": meeting.day,
            "meeting_end": meeting.end,
            "meeting_time": meeting.time,
            "meeting_place": meeting.place,
        }
    found["tasks"] = _located(read_tasks(normalized, type, number, issued), record.text, normalized)
    found["relations"] = read_relations(text, number, subject, type)
    found["cites"] = tuple(dict.fromkeys(relation.number for relation in found["relations"]))
    return Parts(text, opening, heading, portal, found)


def _located(tasks: tuple[Task, ...], text: str, normalized: str) -> tuple[Task, ...]:
    """Tasks that were read in a normalized text, where they stand in the record's."""
    if not tasks or text == normalized:
        return tasks
    way_back = align(text)
    spans = (way_back.original(task.start, task.end) for task in tasks)
    return tuple(
        dataclasses.replace(task, start=start, end=end) for task, (start, end) in zip(tasks, spans, strict=True)
    )


def year(record: OfficialDocument) -> int | None:
    """The year of issue: of the date, else in the number, else in a portal's title."""
    if record.issued:
        return record.issued.year
    if in_number := year_in(record.number):
        return in_number
    portal = read_portal_title(normalize(record.text))
    return portal.year if portal else None


def _type(number: str, heading: Heading) -> str:
    """The type that a heading names, or the number's code; else a numbered document is a letter (công văn)."""
    coded = type_of_number(number)
    if coded == CONSOLIDATED or not heading.type:
        return coded or (LETTER if heading.is_letter or heading.number else "")
    return heading.type
