"""Which of some documents are one, which of them leads, and which is whose draft. Pure: order changes nothing.

Folding hides a document behind another, so each step prefers to leave two apart. A document that fits two others which
are not one is a copy of neither.
"""

from __future__ import annotations

import dataclasses
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from engines.copies import Copy, CopyKind
from engines.record import OfficialDocument
from indexer.copies.folding import Member, led
from indexer.copies.profile import may_be_one
from indexer.copies.resemblance import Text, containment, contradict, numbers_contradict, resemblance

# Measured: typed copies of one number contain 0.986 of each other's pairs and more, the articles of one law, each kept
# as a document, up to 0.9 of another's. A scan is misread in places.
_SAME_NUMBER, _SAME_NUMBER_SCANNED = 0.9, 0.5
# Letters of one form reach 0.96; what they say otherwise tells them apart (`contradict`). A circular that repeats the
# decision which it carries out, and says nothing otherwise, reaches 0.73.
_NEAR = 0.8
_DRAFTED, _DRAFTED_NUMBERS = 0.7, 0.1
# A text that is as long but for so much is as whole.
_AS_WHOLE = 0.8


@dataclass(frozen=True, slots=True)
class _Read:
    """A member with its text ready to be compared."""

    member: Member
    text: Text

    @property
    def record(self) -> OfficialDocument:
        return self.member.record

    @property
    def is_draft(self) -> bool:
        return self.member.profile.draft


_Group = tuple[_Read, ...]
"""Copies of one document, the leading one first."""


def grouped(members: Sequence[Member]) -> Iterator[OfficialDocument]:
    """The record of each member as its copies make it.

    Args:
        members: Documents in any order, each once. Whatever may be one with another of them is among them.
    """
    read = [_Read(member, Text(member.record.text)) for member in members]
    documents = _groups([each for each in read if not each.is_draft])
    drafts = _groups([each for each in read if each.is_draft])
    signed = {draft[0].record.id: _signed(draft[0], documents) for draft in drafts}
    for group in documents:
        own = [draft[0] for draft in drafts if signed[draft[0].record.id] is group]
        yield from _folded(group, own, draft_of="")
    for draft in drafts:
        document = signed[draft[0].record.id]
        yield from _folded(draft, (), draft_of=document[0].record.id if document else "")


def _folded(group: _Group, drafts: Sequence[_Read], draft_of: str) -> Iterator[OfficialDocument]:
    leader, *followers = (each.member for each in group)
    record = led(leader, followers, draft_of)
    copies = (
        *(_copy(follower.record, CopyKind.COPY, record.subject) for follower in followers),
        *(_copy(draft.record, CopyKind.DRAFT, record.subject) for draft in drafts),
    )
    yield dataclasses.replace(record, copies=copies)
    for follower in followers:
        yield dataclasses.replace(follower.record, copy_of=leader.record.id)


def _copy(record: OfficialDocument, kind: CopyKind, subject: str) -> Copy:
    own = "" if record.subject == subject else record.subject
    return Copy(id=record.id, source=record.source, files=record.files, kind=kind, subject=own)


def _groups(read: Sequence[_Read]) -> list[_Group]:
    """The documents among the members, each as its copies.

    Those of which most is known come first, so that a line of a register joins one of two documents rather than both.
    """
    groups: list[list[_Read]] = []
    for one in sorted(read, key=_least_known_last):
        fitting = [group for group in groups if all(_are_one(one, other) for other in group)]
        if len(fitting) > 1:
            fitting = [group for group in fitting if any(_of_one_day(one, other) for other in group)]
        if len(fitting) == 1:
            fitting[0].append(one)
        else:
            groups.append([one])
    return [_best_first(group) for group in groups]


def _least_known_last(one: _Read) -> tuple[object, ...]:
    profile = one.member.profile
    return not (profile.identity and one.text.syllables), not profile.identity, not profile.issued, *_place(one)


def _place(one: _Read) -> tuple[object, ...]:
    """An order of documents that does not depend on when they were first met, unless nothing else tells them apart."""
    record = one.record
    return -len(one.text.syllables), record.source, tuple(file.path for file in record.files), record.id


def _best_first(group: Sequence[_Read]) -> _Group:
    """The copies with the best text first: as whole as any, its characters not recognised, the longest."""
    longest = max(len(one.text.syllables) for one in group)

    def rank(one: _Read) -> tuple[object, ...]:
        whole = len(one.text.syllables) >= _AS_WHOLE * longest
        return not whole, whole and one.member.profile.scanned, *_place(one)

    return tuple(sorted(group, key=rank))


def _are_one(one: _Read, other: _Read) -> bool:
    """Whether two documents, both drafts or neither, are copies of one."""
    profiles = one.member.profile, other.member.profile
    if not may_be_one(*profiles):
        return False
    if not all(profile.identity for profile in profiles):
        return resemblance(one.text, other.text) >= _NEAR and not contradict(one.text, other.text)
    if one.text.syllables and other.text.syllables:
        return _say_the_same(one, other)
    return profiles[0].identity == profiles[1].identity


def _say_the_same(one: _Read, other: _Read) -> bool:
    """Whether two texts of one number are of one document.

    Numbers are given twice by mistake, two bodies of one name give the same, and the parts of a document (điều, phụ
    lục) may be kept as documents that all bear its number. One source that names two subjects means two of these.
    """
    scanned = one.member.profile.scanned or other.member.profile.scanned
    if containment(one.text, other.text) < (_SAME_NUMBER_SCANNED if scanned else _SAME_NUMBER):
        return False
    told = one.record.source == other.record.source and all(
        "subject" in each.member.profile.told for each in (one, other)
    )
    return not (told and contradict(Text(one.record.subject), Text(other.record.subject)))


def _of_one_day(one: _Read, other: _Read) -> bool:
    return one.record.issued is not None and one.record.issued == other.record.issued


def _signed(draft: _Read, documents: Sequence[_Group]) -> _Group | None:
    """The one document that a draft became."""
    fitting = [group for group in documents if _became(draft, group[0])]
    return fitting[0] if len(fitting) == 1 else None


def _became(draft: _Read, document: _Read) -> bool:
    """Whether a draft became this document: one subject, one text but for what was still changed."""
    if not may_be_one(draft.member.profile, document.member.profile):
        return False
    subjects = draft.record.subject, document.record.subject
    if not all(subjects) or contradict(*map(Text, subjects)):
        return False
    return resemblance(draft.text, document.text) >= _DRAFTED and not numbers_contradict(
        draft.text, document.text, _DRAFTED_NUMBERS
    )
