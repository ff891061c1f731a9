"""Degrees of urgency and secrecy (độ khẩn, độ mật), which are stamped alone beside the heading.

Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục III.2; Luật Bảo vệ bí mật nhà nước 2018, Điều 8.
"""

from __future__ import annotations

from collections.abc import Iterable

from indexer.metadata.misreadings import key

_URGENCY = {key(name): name for name in ("Hỏa tốc", "Thượng khẩn", "Khẩn")}
_SECRECY = {key(name): name for name in ("Tuyệt mật", "Tối mật", "Mật")}
_WITH_TIME = " hen gio"  # hỏa tốc hẹn giờ: to be delivered at an hour that the envelope names
_LONGEST = 20
_FRAME = " .:*|[]()!-_"


def read_marks(lines: Iterable[str]) -> tuple[str, str]:
    """Urgency and secrecy as Nghị định 30 names them, each empty when no line of a heading is its stamp."""
    urgency = secrecy = ""
    for line in lines:
        stamp = _stamp(line)
        urgency = urgency or _URGENCY.get(stamp, "")
        secrecy = secrecy or _SECRECY.get(stamp, "")
    return urgency, secrecy


def mark_in(words: str) -> str:
    """The degree of urgency that words in capitals name and nothing else: the rest of `CÔNG ĐIỆN HỎA TỐC`."""
    return _URGENCY.get(_stamp(words), "")


def is_mark(line: str) -> bool:
    """Whether a line is such a stamp and nothing else."""
    stamp = _stamp(line)
    return stamp in _URGENCY or stamp in _SECRECY


def _stamp(line: str) -> str:
    stamp = line.strip(_FRAME)
    return key(stamp).removesuffix(_WITH_TIME) if stamp.isupper() and len(stamp) <= _LONGEST else ""
