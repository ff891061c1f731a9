"""A record as its copies make it, and back again: folding takes nothing away that unfolding does not return."""

from __future__ import annotations

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from engines.copies import Replaced
from engines.record import FOLDING_FIELDS, ORIGIN_FIELDS, OfficialDocument, from_mapping
from indexer.agreement import FIELDS, say_the_same
from indexer.copies.profile import Profile

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
    origins = {name: origin for name, origin in record.origins.items() if name not in own}
    origins |= {each.field: each.origin for each in record.replaced if each.origin}
    return dataclasses.replace(from_mapping({**kept, **own}), origins=origins)


def is_folded(record: OfficialDocument) -> bool:
    """Whether anything in the record comes from its copies."""
    return any(getattr(record, name) for name in FOLDING_FIELDS)


def led(leader: Member, followers: Sequence[Member], draft_of: str = "") -> OfficialDocument:
    """The leading record, with what its copies know and it does not; they are still to be named.

    Args:
        leader: The document that leads.
        followers: Its copies, the best first.
        draft_of: The id of the signed document where the leading record is a draft.
    """
    own = leader.record
    taken = dict(_taken(leader, followers))
    replaced = tuple(
        Replaced(field=name, value=_plain(getattr(own, name)), origin=own.origins.get(name)) for name in taken
    )
    origins = {name: origin for name, origin in own.origins.items() if name not in taken}
    # A place in a copy's text is none in the leading one's.
    origins |= {
        name: dataclasses.replace(one.origins[name], span=None) for name, one in taken.items() if name in one.origins
    }
    return dataclasses.replace(
        own,
        **{name: getattr(one, name) for name, one in taken.items()},
        origins=origins,
        draft_of=draft_of,
        replaced=replaced,
    )


def _taken(leader: Member, followers: Sequence[Member]) -> Iterator[tuple[str, OfficialDocument]]:
    """Fields that the leading record takes from its copies, each with the copy's record.

    What a register or package says of a document outranks what was read in a text, the leading record's own too.
    """
    telling = [follower for follower in followers if follower.profile.told]
    for name in ORIGIN_FIELDS:
        own = getattr(leader.record, name)
        if own and (name in leader.profile.told or name in _IDENTITY):
            continue
        told = [one.record for one in telling if name in one.profile.told and getattr(one.record, name)]
        known = told or ([] if own else [one.record for one in followers if getattr(one.record, name)])
        if known and (not own or _differ(name, known[0], leader.record)):
            yield name, known[0]


def _differ(name: str, told: OfficialDocument, own: OfficialDocument) -> bool:
    """Whether two values differ in more than their spelling."""
    values = getattr(told, name), getattr(own, name)
    return values[0] != values[1] and not (name in FIELDS and say_the_same(name, *values))


def _plain(value: Any) -> str | tuple[str, ...]:
    if isinstance(value, datetime.date):
        return value.isoformat()
    return value or ""
