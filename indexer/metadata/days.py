"""Days and hours as sentences write them: `15/8/2023`, `ngày 05 tháng 9 năm 2021`, `14h00'`."""

from __future__ import annotations

import datetime
import re


def day_pattern(prefix: str = "") -> str:
    """A day, as a piece of a regular expression whose groups `day_of` reads.

    Args:
        prefix: What the groups' names begin with, where an expression has several days.
    """
    return (
        rf"(?:ngày\s+)?(?P<{prefix}day>\d{{1,2}})(?:\s*[/.-]\s*(?P<{prefix}month>\d{{1,2}})"
        rf"(?:\s*[/.-]\s*(?P<{prefix}year>\d{{4}}))?"
        rf"|\s+tháng\s+(?P<{prefix}m>\d{{1,2}})(?:\s+năm\s+(?P<{prefix}y>\d{{4}}))?)(?![\d/])"
    )


CLOCK = r"(?P<hour>\d{1,2})\s?(?:giờ|h|g|:)\s?(?P<minute>\d{2})?\s?(?:phút|p\b|['’′])?"
"""An hour, and minutes where it has some; `clock_of` reads its groups."""

_LAST_HOUR = 23


def day_of(found: re.Match[str], year: int, prefix: str = "") -> datetime.date | None:
    """The day that `day_pattern` found, in `year` where it names none; None where no calendar has it."""
    year = int(found[f"{prefix}year"] or found[f"{prefix}y"] or year)
    month = int(found[f"{prefix}month"] or found[f"{prefix}m"])
    return calendar_day(year, month, int(found[f"{prefix}day"]))


def has_year(found: re.Match[str], prefix: str = "") -> bool:
    """Whether the day that `day_pattern` found was written with its year."""
    return bool(found[f"{prefix}year"] or found[f"{prefix}y"])


def calendar_day(year: int, month: int, day: int) -> datetime.date | None:
    """A day, None where no calendar has it."""
    try:
        return datetime.date(year, month, day)
    except ValueError:
        return None


def clock_of(found: re.Match[str]) -> str:
    """The hour that `CLOCK` found as `HH:MM`, or an empty string where no clock shows it."""
    hour, minute = int(found["hour"]), int(found["minute"] or 0)
    return f"{hour:02}:{minute:02}" if hour <= _LAST_HOUR and minute < 60 else ""
