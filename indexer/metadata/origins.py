"""Origins of the values that were read from a text: what told each, where it stands, how sure it is."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import Any

from engines.origins import Origin, OriginKind
from engines.record import ORIGIN_FIELDS, OfficialDocument
from indexer.metadata.certainty import Ground, certainty
from indexer.metadata.heading import Heading
from indexer.metadata.layout import Opening
from indexer.metadata.passages import Passage, Span, WayBack
from indexer.metadata.portal import PortalTitle
from indexer.metadata.signing_rows import RECIPIENTS

_BLOCK = 1_000
"""Characters from a signature's title to its name, with what may stand between."""

_FOOT = 6_000
_LAST_LINE = 1_000
_ASKED_WITHIN = 20_000


@dataclass(frozen=True, slots=True)
class Found:
    """One value: what told it, and where it stands in the normalized text."""

    ground: Ground
    span: Span | None


@dataclass(frozen=True)
class Parts:
    """What the rules saw in a text, as far as it tells where a value came from.

    Attributes:
        text: The text, normalized.
        opening: Its beginning.
        heading: What that says.
        portal: What a portal's title says.
        values: Field to the value that was read for it; empty where none was.
    """

    text: str
    opening: Opening
    heading: Heading
    portal: PortalTitle
    values: Mapping[str, Any]

    def find(self, field: str) -> Found:
        """What told a field's value."""
        value = self.values[field]
        if field in ("signer", "signer_title"):
            name, title = self._signature
            return self._in_foot(name if field == "signer" else title)
        if field == "signing":
            return self._in_foot(self._listed(value.split(", ")))
        if field == "recipients":
            return self._in_foot(self._listed(value))
        if field == "due":
            body = Passage.of(self.text, self.opening.end, self.opening.end + _ASKED_WITHIN)
            return Found(Ground.ALONE, body.find_date(value))
        if value == getattr(self.portal, field, None):
            return Found(Ground.TITLE, _find(self._title, value) or _find(self._head, value))
        if field == "subject" or value == getattr(self.heading, field, None):
            # A place's name is part of many an issuer's.
            dated = self._head.find_before(value, "ngày") if field == "place" else None
            return Found(Ground.HEADING if self._is_whole else Ground.BROKEN, dated or _find(self._head, value))
        if field in ("type", "issuer"):
            return Found(Ground.NUMBER, self._number(self.values["number"]))
        return Found(Ground.ALONE, _find(Passage.of(self.text), value))

    @cached_property
    def _head(self) -> Passage:
        return Passage.of(self.text, 0, self.opening.end)

    @cached_property
    def _title(self) -> Passage:
        """The last line, where a portal's title stands."""
        end = len(self.text.rstrip())
        return Passage.of(self.text, max(self.text.rfind("\n", 0, end) + 1, end - _LAST_LINE), end)

    @cached_property
    def _is_whole(self) -> bool:
        """Whether the heading has both its motto and its end."""
        return self.heading.is_sure and self.opening.motto is not None and self.opening.whole

    @cached_property
    def _body(self) -> int:
        return self.opening.end if self.opening.whole else 0

    @cached_property
    def _list(self) -> int | None:
        """Where the list of recipients (nơi nhận) begins."""
        listed = RECIPIENTS.search(self.text, self._body)
        return listed.start() if listed else None

    def _number(self, number: str) -> Span | None:
        return self._head.find(number) or self._title.find(number) or Passage.of(self.text).find(number)

    def _in_foot(self, span: Span | None) -> Found:
        return Found(Ground.FOOT if self._is_whole and self._list is not None else Ground.BROKEN, span)

    def _listed(self, names: Sequence[str]) -> Span | None:
        """From the first to the last of names in the foot; without a list of recipients, anywhere below the heading."""
        begins = self.opening.end if self._list is None else self._list
        passage = Passage.of(self.text, begins, begins + _FOOT)
        spans = [span for name in names if (span := passage.find(name))]
        return (min(start for start, _ in spans), max(end for _, end in spans)) if spans else None

    @cached_property
    def _signature(self) -> tuple[Span | None, Span | None]:
        """The name under its title, the first such after the body began; the name alone where none has it above."""
        name, title = self.values["signer"], self.values["signer_title"]
        written = re.compile(r"\s+".join(map(re.escape, name.split())), re.IGNORECASE)
        last: Span | None = None
        for found in written.finditer(self.text, self._body):
            last = found.span()
            above = Passage.of(self.text, max(self._body, last[0] - _BLOCK), last[0])
            if title and (held := above.find_last(title)):
                return last, held
        return last, None


def read_origins(record: OfficialDocument, fields: Iterable[str], parts: Parts) -> dict[str, Origin]:
    """The origins of values that were read from a record's text.

    Args:
        record: With text, pages, and which of these were recognised.
        fields: Names of fields; those that have an origin are in `ORIGIN_FIELDS`.
        parts: What was seen in the text.
    """
    pages = _Pages(record)
    found = {field: parts.find(field) for field in fields if field in ORIGIN_FIELDS and parts.values[field]}
    back = WayBack(record.text, parts.text)
    return {
        field: pages.origin(field, one.ground, back.original(one.span) if one.span else None)
        for field, one in found.items()
    }


class _Pages:
    """Which stretches of a record's text were recognised."""

    def __init__(self, record: OfficialDocument) -> None:
        self._starts = record.pages
        self._recognised = frozenset(record.recognised)

    def origin(self, field: str, ground: Ground, span: Span | None) -> Origin:
        if self._is_recognised(span):
            return Origin(kind=OriginKind.OCR, certainty=certainty(Ground.RECOGNISED, field), span=span)
        return Origin(kind=OriginKind.TEXT, certainty=certainty(ground, field), span=span)

    def _is_recognised(self, span: Span | None) -> bool:
        """Whether a value stands on a recognised page; of one that cannot be pointed at, whether there is any."""
        if span is None or not self._recognised:
            return bool(self._recognised)
        return bisect_right(self._starts, span[0]) - 1 in self._recognised


def _find(passage: Passage, value: Any) -> Span | None:
    return passage.find(value) if isinstance(value, str) else passage.find_date(value)
