"""A record as its copies make it, and back again: folding takes nothing away that unfolding does not return."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engines.copies import Copy, Replaced
from engines.record import FOLDING_FIELDS, OfficialDocument, from_mapping
from indexer.agreement import FIELDS, differences
from indexer.copies.profile import FILLED_FIELDS, Profile

# Equal by another measure for all copies; each spells them its own way.
_IDENTITY = frozenset({"number", "issuer"})


@dataclass(frozen=True, slots=True)
class Member:
    """A document that may have copies: its own record, unfolded, and its profile."""

    record: OfficialDocument
    profile: Profile


def unfolded(record: OfficialDocument) -> OfficialDocument:
    """The record as its own source and text made it."""
    if not is_folded(record):
        return record
    own = {each.field: each.value for each in record.replaced}
    kept = {name: value for name, value in record.to_mapping().items() if name not in FOLDING_FIELDS}
    return from_mapping({**kept, **own})


def is_folded(record: OfficialDocument) -> bool:
    """Whether anything in the record comes from its copies."""
    return any(getattr(record, name) for name in FOLDING_FIELDS)


def led(leader: Member, followers: Sequence[Member], copies: Sequence[Copy], draft_of: str = "") -> OfficialDocument:
    """The leading record, with what its copies know and it does not.

    Args:
        leader: The document that leads.
        followers: Its copies, the best first.
        copies: What the record names as its copies and drafts.
        draft_of: The id of the signed document where the leading record is a draft.
    """
    taken = dict(_taken(leader, followers))
    replaced = tuple(Replaced(field=name, value=_plain(getattr(leader.record, name))) for name in taken)
    return dataclasses.replace(leader.record, **taken, copies=tuple(copies), draft_of=draft_of, replaced=replaced)


def _taken(leader: Member, followers: Sequence[Member]) -> Iterator[tuple[str, Any]]:
    """Fields and values that the leading record takes from its copies.

    What a register or package says of a document outranks what was read in a text, the leading record's own too.
    """
    telling = [follower for follower in followers if follower.profile.told]
    for name in FILLED_FIELDS:
        own = getattr(leader.record, name)
        if own and (name in leader.profile.told or name in _IDENTITY):
            continue
        told = [one.record for one in telling if name in one.profile.told and getattr(one.record, name)]
        known = told or ([] if own else [one.record for one in followers if getattr(one.record, name)])
        if known and (not own or _differ(name, known[0], leader.record)):
            yield name, getattr(known[0], name)


def _differ(name: str, told: OfficialDocument, own: OfficialDocument) -> bool:
    """Whether two values differ in more than their spelling."""
    return getattr(told, name) != getattr(own, name) and (
        name not in FIELDS or any(each.field == name for each in differences(told, own))
    )


def _plain(value: Any) -> str | tuple[str, ...]:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value or ""
