"""Tasks (việc được giao) as a record holds them: who is to do what, and by when."""

from __future__ import annotations

import datetime
from dataclasses import dataclass
from typing import Any


@dataclass(frozen=True, slots=True, kw_only=True)
class Task:
    """What a document asks of somebody.

    Attributes:
        who: The bodies that it is given to, as the text names them.
        what: The clause that says what, on one line, cut where it is long.
        due: The day by which, where the text tells one.
        start: Where the passage that says so begins in the record's text.
        end: Where it ends.
    """

    who: tuple[str, ...]
    what: str
    due: datetime.date | None = None
    start: int
    end: int

    def to_mapping(self) -> dict[str, Any]:
        """The task as JSON-ready values, leaving out what is unknown."""
        values: dict[str, Any] = {"who": list(self.who), "what": self.what, "start": self.start, "end": self.end}
        return {**values, "due": self.due.isoformat()} if self.due else values
