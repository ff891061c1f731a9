"""Files that are still being written: a run that comes again and again leaves them for its next look."""

from __future__ import annotations

import time
from collections.abc import Callable
from dataclasses import dataclass, field

from indexer.sources import FoundFile

_NANOSECONDS = 10**9


@dataclass(slots=True)
class Settling:
    """Tells a file that somebody may still be writing to, from one look to the next.

    A file is settled when its last change lies `seconds` back. The clock of a network share may not agree with ours,
    and some programs copy the time before the content: a file that was seen growing, or comes from the future, is
    settled when it has stayed the same for so long between looks.

    Attributes:
        seconds: How long; 0 takes every file as it is.
        wall: The time of day in seconds, as files have it.
        ticks: Seconds of a clock that nobody sets.
    """

    seconds: float = 0.0
    wall: Callable[[], float] = time.time
    ticks: Callable[[], float] = time.monotonic
    _growing: dict[str, tuple[FoundFile, float]] = field(default_factory=dict)

    def is_settled(self, file: FoundFile) -> bool:
        """Whether the file may be read now. Ask only of files that would be."""
        if not self.seconds:
            return True
        before, since = self._growing.get(file.path, (None, 0.0))
        if before == file:
            settled = self.ticks() - since >= self.seconds
        else:
            settled = before is None and self.wall() - file.mtime_ns / _NANOSECONDS >= self.seconds
            self._growing[file.path] = file, self.ticks()
        if settled:
            self._growing.pop(file.path, None)
        return settled
