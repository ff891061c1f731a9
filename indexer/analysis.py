"""From a record to what an engine indexes: which text goes into which field.

`engines.schema` lists the fields and `analyzers` makes the tokens; here, and nowhere else, they meet.
"""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Iterator
from typing import Any

from analyzers.abbreviations import read_definitions
from analyzers.channels import Analyzer
from analyzers.numbers import document_keys, whole_key
from analyzers.segmentation import load_segmenter
from engines.copies import CopyKind
from engines.record import FOLDING_FIELDS, ORIGIN_FIELDS, OfficialDocument
from engines.schema import SCHEMA_VERSION, IndexedDocument, day_number
from indexer.copies.folding import is_folded, unfolded
from indexer.metadata import year
from indexer.metadata.types import LETTER, standard_type

_ANALYZER_VERSION = 4
"""Raised whenever the same record would get other tokens or keywords than before."""

ANALYSIS_VERSION = f"{SCHEMA_VERSION}.{_ANALYZER_VERSION}"
"""The version of an index (`Engine.write_staged`); an index of another version is rebuilt."""

_PLAIN_KEYWORDS = ("issuer", "signer", "source", "direction", "urgency", "secrecy", "subject_field", "register")
_FIGURE = re.compile(r"\d{1,9}", re.ASCII)


class DocumentAnalysis:
    """Turns records into indexed documents. Pure; load it once a process (26 MiB of segmentation model)."""

    def __init__(self, analyzer: Analyzer) -> None:
        self.analyzer = analyzer

    def document(self, record: OfficialDocument) -> IndexedDocument:
        """The record with its tokens, keywords, numbers and fingerprint."""
        return IndexedDocument(
            record=record,
            fingerprint=fingerprint(record),
            tokens=self._tokens(record),
            keywords=_keywords(record),
            numbers=_numbers(record),
        )

    def _tokens(self, record: OfficialDocument) -> dict[str, str]:
        subject = "\n".join(_subjects(record))
        title = " ".join(filter(None, (record.type, record.number, subject, record.issuer, *_signed_by(record))))
        # A title given beside the text, as registers do, is as much a part of the document as one within it.
        body = self.analyzer.channels(f"{title}\n{record.text}")
        recipients = "; ".join(record.recipients)
        return {
            "syllables": body.syllables,
            "folded": body.folded,
            "words": body.words,
            "title": " ".join(self.analyzer.syllable_tokens(subject)),
            "title_folded": " ".join(self.analyzer.folded_tokens(subject)),
            "recipients": " ".join(self.analyzer.syllable_tokens(recipients)),
            "recipients_folded": " ".join(self.analyzer.folded_tokens(recipients)),
            "names": " ".join(self.analyzer.folded_tokens(" ".join(_names(record)))),
        }


def load_analysis() -> DocumentAnalysis:
    """Load the segmentation model and make the analysis."""
    return DocumentAnalysis(Analyzer(load_segmenter()))


def _subjects(record: OfficialDocument) -> Iterator[str]:
    """Its subject, its own that a copy's replaced, and its copies': somebody may know it by the words of any."""
    own = [each.value for each in record.replaced if each.field == "subject" and isinstance(each.value, str)]
    copies = [copy.subject for copy in record.copies if copy.kind is CopyKind.COPY]
    return filter(None, dict.fromkeys((record.subject, *own, *copies)))


def _names(record: OfficialDocument) -> Iterator[str]:
    """Who issued and who signed, each once: a digital signature mostly repeats them in its own way."""
    return iter(dict.fromkeys((record.issuer, record.signer, *_signed_by(record))))


def _signed_by(record: OfficialDocument) -> tuple[str, ...]:
    return tuple(name for signature in record.signatures for name in (signature.signer, signature.body) if name)


def _numbers(record: OfficialDocument) -> dict[str, tuple[int, ...]]:
    """Its days and its number of arrival. A meeting of one day ends on it; `due` is also what its tasks are due by."""
    days = {
        "issued": (record.issued,),
        "arrived": (record.arrived,),
        "due": (record.due, *(task.due for task in record.tasks)),
        "meeting": (record.meeting,),
        "meeting_end": (record.meeting_end or record.meeting,),
    }
    numbers = {name: tuple(dict.fromkeys(day_number(day) for day in each if day)) for name, each in days.items()}
    if arrival := _FIGURE.match(record.arrival_number):
        numbers["arrival_number"] = (int(arrival.group()),)
    return {name: values for name, values in numbers.items() if values}


def _keywords(record: OfficialDocument) -> dict[str, tuple[str, ...]]:
    known_year = year(record)
    year_text = str(known_year) if known_year else ""
    # A công văn has no type code in its number, but people call it “cv 324”.
    type = standard_type(record.type, record.number)
    hints = [year_text, "cv" if type == LETTER else ""]
    keywords: dict[str, tuple[str, ...]] = {
        "number_forms": document_keys(record.number, *filter(None, hints)),
        "type": (type,) if type else (),
        "cites": tuple(filter(None, map(whole_key, record.cites))),
        "relations": tuple(
            f"{relation.kind}:{key}" for relation in record.relations if (key := whole_key(relation.number))
        ),
        "year": (year_text,) if year_text else (),
        "month": (f"{record.issued.year:04}-{record.issued.month:02}",) if record.issued else (),
        "signed": tuple(signature.status.value for signature in record.signatures),
        "signed_by": _signed_by(record),
        "assignee": tuple(body for task in record.tasks for body in task.who),
        "abbreviations": tuple(definition.keyword for definition in read_definitions(record.text)),
    }
    for name in _PLAIN_KEYWORDS:
        value = getattr(record, name)
        keywords[name] = (value,) if value else ()
    return keywords


def fingerprint(record: OfficialDocument) -> str:
    """Digest of the record and of the way it is analysed: equal means that its indexed document is equal.

    What comes from the record's copies has a digest of its own behind that of the record itself (`own_fingerprint`).
    """
    own = _digest([ANALYSIS_VERSION, unfolded(record).to_mapping()])
    if not is_folded(record):
        return own
    mapping = record.to_mapping()
    folded = _digest([mapping.get(name) for name in (*FOLDING_FIELDS, *ORIGIN_FIELDS, "origins")])
    return f"{own}-{folded}"


def own_fingerprint(fingerprint: str) -> str:
    """The part of a fingerprint that says what the record itself is, whatever its copies make of it."""
    return fingerprint.partition("-")[0]


def _digest(content: list[Any]) -> str:
    written = json.dumps(content, ensure_ascii=False, sort_keys=True)
    return hashlib.blake2b(written.encode(), digest_size=16).hexdigest()
