"""What the journal keeps of each document to find its copies without reading texts again."""

from __future__ import annotations

import dataclasses
import hashlib
import json
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from typing import Any

from analyzers.normalize import normalize
from analyzers.numbers import pieces, whole_key
from engines.origins import Origin
from engines.record import ORIGIN_FIELDS, OfficialDocument
from indexer.agreement import body
from indexer.copies.resemblance import NO_SIGNATURE, Signature, estimated, key_of, signature
from indexer.metadata import year
from indexer.metadata.draft import is_unsigned, says_draft
from indexer.metadata.types import standard_type

PROFILE_VERSION = "3"
"""Raised when the same record would get another profile, or the same two would fold otherwise; all are made anew."""

# The estimate is off by some hundredths; what is judged is the exact resemblance.
_LEAST_ESTIMATE = 0.55
_OPENING = 6_000
_PICTURES = ("image/",)
_PAPER = ("application/pdf", *_PICTURES)


@dataclass(frozen=True, slots=True, kw_only=True)
class Profile:
    """A document as its copies are found by.

    Attributes:
        identity: Issuer, year and number, which belong to one document (Nghị định 30/2020/NĐ-CP, Điều 15); empty
            where one is not known, or the number is a bare figure.
        number: The key of its number.
        issuer: The issuing body, as `agreement.body` writes it.
        type: Tên loại, in its standard name.
        issued: Ngày ban hành, ISO 8601.
        access: Who may see it, as a digest: only documents that the same people see are folded.
        draft: Whether it is a draft (dự thảo).
        scanned: Whether its text was recognised in pictures of pages.
        told: The fields that a register or package filled and that were not read.
        signature: Of its text.
    """

    identity: str = ""
    number: str = ""
    issuer: str = ""
    type: str = ""
    issued: str = ""
    access: str = ""
    draft: bool = False
    scanned: bool = False
    told: tuple[str, ...] = ()
    signature: Signature = NO_SIGNATURE

    @property
    def keys(self) -> tuple[int, ...]:
        """What it may share with its copies; none where nothing of it says which document it is."""
        identity = (key_of("identity", self.identity.encode()),) if self.identity else ()
        return (*identity, *self.signature.bands)

    def to_json(self) -> str:
        """The profile without the bands, which are kept as keys; `from_json` reads it."""
        content = {**dataclasses.asdict(self), "signature": self.signature.rows.hex()}
        return json.dumps(content, ensure_ascii=False, separators=(",", ":"))


def from_json(content: str) -> Profile:
    """The profile that `to_json` wrote, without bands."""
    values: dict[str, Any] = json.loads(content)
    rows = bytes.fromhex(values["signature"])
    return Profile(**{**values, "told": tuple(values["told"]), "signature": Signature((), rows)})


def profile_of(
    record: OfficialDocument, told: Collection[str], syllables: Sequence[str], *, scanned: bool | None = None
) -> Profile:
    """The profile of a record.

    Args:
        record: As its own source and text make it, not as its copies fill it.
        told: Fields that its source gave, whatever its text says.
        syllables: Those of its text without marks, in order.
        scanned: Whether its text was recognised; None where that is not known any more.
    """
    number = whole_key(record.number)
    issuer = body(record.issuer, record.number)
    of_year = year(record)
    is_whole = number and issuer and of_year and any(map(str.isalpha, pieces(record.number)))
    return Profile(
        identity=f"{issuer}|{of_year}|{number}" if is_whole else "",
        number=number,
        issuer=issuer,
        type=standard_type(record.type, record.number).casefold(),
        issued=record.issued.isoformat() if record.issued else "",
        access=hashlib.blake2b("\0".join(sorted(record.access)).encode(), digest_size=8).hexdigest(),
        draft=_is_draft(record, scanned=scanned),
        scanned=_has(record, _PICTURES) if scanned is None else scanned,
        told=tuple(name for name in ORIGIN_FIELDS if name in told),
        signature=signature(syllables),
    )


def told_fields(record: OfficialDocument) -> tuple[str, ...]:
    """The fields of a record that have a value which was not read from a text."""
    return tuple(name for name in ORIGIN_FIELDS if getattr(record, name) and not _is_read(record.origins.get(name)))


def _is_read(origin: Origin | None) -> bool:
    return origin is not None and origin.kind.is_read


def may_be_one(one: Profile, other: Profile) -> bool:
    """Whether two documents are to be compared: all that is known of both agrees, and a number or the text says so.

    The day that a draft bears is not the day on which it was signed.
    """
    if one.access != other.access:
        return False
    if one.identity and other.identity:
        return one.identity == other.identity or _names_one_body(one, other)
    days = ("issued",) if one.draft == other.draft else ()
    for name in ("number", "issuer", "type", *days):
        known = {getattr(one, name), getattr(other, name)} - {""}
        if len(known) > 1:
            return False
    return estimated(one.signature.rows, other.signature.rows) >= _LEAST_ESTIMATE


def _names_one_body(one: Profile, other: Profile) -> bool:
    """Whether number and day agree, and one issuer is the other without the body above: `Sở Y tế` of a register."""
    shorter, longer = sorted((one.issuer, other.issuer), key=len)
    agree = one.number == other.number and one.issued == other.issued != ""
    return agree and longer.startswith(f"{shorter} ")


def _is_draft(record: OfficialDocument, *, scanned: bool | None) -> bool:
    opening = normalize(record.text[:_OPENING])
    if says_draft(opening):
        return True
    typed = not scanned and not _has(record, _PAPER)
    return not record.number and typed and is_unsigned(opening)


def _has(record: OfficialDocument, media_types: tuple[str, ...]) -> bool:
    return any(file.media_type.startswith(media_types) for file in record.files)
