"""How days, numbers and documents without a subject are written where people read them."""

from __future__ import annotations

import datetime

from engines.record import OfficialDocument


def vietnamese_date(date: datetime.date | None) -> str:
    """dd/mm/yyyy; empty for no date."""
    if date is None:
        return ""
    return f"{date:%d/%m/}{date.year:04}"


def vietnamese_number(number: int) -> str:
    """With dots between thousands."""
    return f"{number:,}".replace(",", ".")


def english_number(number: int) -> str:
    """With commas between thousands."""
    return f"{number:,}"


def vietnamese_decimal(number: float) -> str:
    """With three places behind a comma."""
    return english_decimal(number).replace(".", ",")


def english_decimal(number: float) -> str:
    """With three places behind a point."""
    return f"{number:.3f}"


def title_of(record: OfficialDocument) -> str:
    """What to call a document whose subject is not known."""
    return " ".join(filter(None, (record.type or "Văn bản", record.number))) if record.number else record.id


def citation_of(record: OfficialDocument) -> str:
    """How a document is cited: type, number, date, issuer, subject (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, II.6).

    `Quyết định số 15/2021/QĐ-UBND ngày 10 tháng 8 năm 2021 của Ủy ban nhân dân tỉnh … về việc …`. A law is named by its
    subject: `Luật Đất đai số 31/2024/QH15`.
    """
    is_law = record.type in _NAMED_BY_SUBJECT
    day = record.issued
    parts = (
        record.type or ("" if record.number else record.id),
        record.subject if is_law else "",
        f"số {record.number}" if record.number else "",
        _written_day(day) if day else "",
        f"của {record.issuer}" if record.issuer and not is_law else "",
        _continued(record.subject) if record.subject and not is_law else "",
    )
    return " ".join(filter(None, parts))


_NAMED_BY_SUBJECT = frozenset({"Luật", "Bộ luật", "Pháp lệnh", "Hiến pháp"})


def _written_day(day: datetime.date) -> str:
    """A day in words: days below 10 and the first two months have a zero before them (Nghị định 30, Phụ lục I)."""
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    return f"ngày {day.day:02} tháng {month} năm {day.year}"


def _continued(subject: str) -> str:
    """A subject in the middle of a sentence: its first word without the capital, unless a name begins with it."""
    first, _, rest = subject.partition(" ")
    is_name = rest[:1].isupper() or (len(first) > 1 and first.isupper())
    return subject if is_name else first[:1].lower() + subject[1:]
