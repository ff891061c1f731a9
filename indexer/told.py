"""Who told what of a document before its text was read, and who is believed (thứ tự tin cậy của các nguồn).

A record or a register outranks what a package or file says of itself, and that outranks what is read from the text:
`indexer.metadata.complete` fills only what is left empty here.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Mapping
from typing import Any

from engines.origins import Origin, OriginKind
from engines.record import ORIGIN_FIELDS, OfficialDocument

_ORIGINS = "origins"


def told(fields: Mapping[str, Any], kind: OriginKind) -> dict[str, Any]:
    """Fields, as `engines.record.from_mapping` takes them, with an origin for each value that has none yet."""
    origin = Origin(kind=kind).to_mapping()
    origins = {name: origin for name in ORIGIN_FIELDS if fields.get(name)}
    return {**fields, _ORIGINS: {**origins, **(fields.get(_ORIGINS) or {})}}


def told_record(record: OfficialDocument, kind: OriginKind) -> OfficialDocument:
    """The same for a record."""
    origins = {name: Origin(kind=kind) for name in ORIGIN_FIELDS if getattr(record, name)}
    return dataclasses.replace(record, origins={**origins, **record.origins})


def believed(*tellers: Mapping[str, Any]) -> dict[str, Any]:
    """Each field's first value that is not empty, with its origin; the teller that is believed most stands first."""
    fields: dict[str, Any] = {}
    origins: dict[str, Any] = {}
    for teller in reversed(tellers):
        known = {name: value for name, value in teller.items() if value not in ("", None, (), [])}
        their_origins = known.pop(_ORIGINS, {})
        fields |= known
        origins = {name: origin for name, origin in origins.items() if name not in known} | dict(their_origins)
    return {**fields, _ORIGINS: origins}
