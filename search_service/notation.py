"""How days, numbers and documents without a subject are written where people read them."""

from __future__ import annotations

import datetime

from engines.record import OfficialDocument


def vietnamese_date(date: datetime.date) -> str:
    """dd/mm/yyyy."""
    return f"{date:%d/%m/}{date.year:04}"


def vietnamese_number(number: int) -> str:
    """With dots between thousands."""
    return f"{number:,}".replace(",", ".")


def title_of(record: OfficialDocument) -> str:
    """What to call a document whose subject is not known."""
    return " ".join(filter(None, (record.type or "Văn bản", record.number))) if record.number else record.id
