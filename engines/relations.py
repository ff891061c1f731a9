"""What one document is to another that it names (quan hệ giữa các văn bản)."""

from __future__ import annotations

import datetime
import enum
from dataclasses import dataclass


class RelationKind(enum.StrEnum):
    """What a document is to one that it names (quan hệ giữa các văn bản), the one that matters most first."""

    REPLACES = "replaces"  # thay thế
    REPEALS = "repeals"  # bãi bỏ, làm hết hiệu lực
    AMENDS = "amends"  # sửa đổi, bổ sung, hoặc bãi bỏ, thay thế một phần
    ANSWERS = "answers"  # phúc đáp, trả lời
    IMPLEMENTS = "implements"  # thực hiện, triển khai
    GUIDES = "guides"  # hướng dẫn thi hành, quy định chi tiết
    LEGAL_BASIS = "legal_basis"  # căn cứ
    MENTIONS = "mentions"  # dẫn chiếu


@dataclass(frozen=True, slots=True, kw_only=True)
class Relation:
    """One document that another names, and what the other is to it. An empty string means that the text does not say.

    Attributes:
        kind: What the naming document does: it replaces this one, answers it, stands on it.
        number: Số, ký hiệu of the document named.
        type: Its tên loại.
        issuer: Its cơ quan ban hành.
        issued: Its ngày ban hành.
    """

    kind: RelationKind
    number: str
    type: str = ""
    issuer: str = ""
    issued: datetime.date | None = None

    def to_mapping(self) -> dict[str, str]:
        """The relation as JSON-ready values, leaving out what is unknown."""
        issued = self.issued.isoformat() if self.issued else ""
        values = {
            "kind": self.kind.value,
            "number": self.number,
            "type": self.type,
            "issuer": self.issuer,
            "issued": issued,
        }
        return {name: value for name, value in values.items() if value}
