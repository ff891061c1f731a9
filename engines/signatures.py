"""Digital signatures (chữ ký số) as a record holds them: who signed, for whom, when, and whether it still holds."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass
from typing import Any


class SignatureStatus(enum.StrEnum):
    """Whether a signature still holds for the file that it is in."""

    INTACT = "intact"  # còn nguyên vẹn: it holds, and covers the whole file
    INTACT_PARTLY = "intact_partly"  # it holds for what it covers, and the file was added to afterwards
    BROKEN = "broken"  # không còn nguyên vẹn: the file is not the one that was signed
    UNREADABLE = "unreadable"  # không đọc được: there is one, and nothing can be said of it


class LaterChanges(enum.StrEnum):
    """What was added to a file after a signature."""

    NONE = "none"
    PERMITTED = (
        "permitted"  # further signatures, filled-in fields: what ISO 32000-2, 12.8.2.2 lets every signature bear
    )
    OTHER = "other"


class SignatureTrust(enum.StrEnum):
    """Whether the signer's certificate leads to a root that the installation trusts; revocation is not looked up."""

    TRUSTED = "trusted"
    UNTRUSTED = "untrusted"
    UNKNOWN = "unknown"  # no roots were given


@dataclass(frozen=True, slots=True, kw_only=True)
class Signature:
    """One digital signature. An empty string means that the certificate does not say.

    Attributes:
        signer: Whom the certificate was issued to: a person, or the body itself.
        body: The body that the signer belongs to, the nearest unit first: `Sở Nội vụ, Ủy ban nhân dân tỉnh A`.
        signed_at: When, with its time zone.
        timestamped: Whether a timestamp token (dấu thời gian) says so, and not the signer's own clock.
        status: Whether it holds.
        changes: What was added to the file after it, where it holds.
        trust: Whether the certificate is from somebody trusted.
    """

    signer: str = ""
    body: str = ""
    signed_at: datetime.datetime | None = None
    timestamped: bool = False
    status: SignatureStatus
    changes: LaterChanges = LaterChanges.NONE
    trust: SignatureTrust = SignatureTrust.UNKNOWN

    def to_mapping(self) -> dict[str, Any]:
        """The signature as JSON-ready values, leaving out what is unknown."""
        values = {
            "signer": self.signer,
            "body": self.body,
            "signed_at": self.signed_at.isoformat() if self.signed_at else "",
            "timestamped": self.timestamped,
            "status": self.status.value,
            "changes": self.changes.value,
            "trust": self.trust.value,
        }
        return {name: value for name, value in values.items() if value != ""}
