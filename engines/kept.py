"""What is kept for a while for whoever comes back with a cursor: few things, and none for long.

A result's later pages need what its first page was made of. Nobody says that he has read enough, so what is kept goes
by age and by number, and whoever comes too late is answered from what there is now.
"""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Hashable
from dataclasses import dataclass
from typing import Generic, TypeVar

IDLE_SECONDS = 300.0
"""How long something is kept that nobody asks for: the time a reader may take from one page to the next."""

LONGEST_SECONDS = 3_600.0
"""How long something is kept that is asked for again and again: the time from a result's first page to its last."""

Key = TypeVar("Key", bound=Hashable)
Value = TypeVar("Value")


@dataclass(slots=True)
class _Entry(Generic[Value]):
    value: Value
    since: float
    used: float


class Kept(Generic[Key, Value]):
    """Values by key, those used last, at most `limit` of them. Thread-safe.

    What is too old goes whenever any method is called; there is no thread that waits for it.

    Args:
        limit: The most that is kept; what was used the longest time ago goes first.
        clock: Seconds that never run backwards.
    """

    def __init__(self, limit: int, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._limit = limit
        self._clock = clock
        self._lock = threading.Lock()
        # The one used last is last.
        self._entries: OrderedDict[Key, _Entry[Value]] = OrderedDict()

    def __len__(self) -> int:
        """How many there are, those among them that are too old."""
        with self._lock:
            return len(self._entries)

    def put(self, key: Key, value: Value) -> list[Value]:
        """Keep a value from now on. One key always means one value: what is kept under it already is only renewed.

        Returns:
            What had to go because there would be too many.
        """
        with self._lock:
            now = self._drop_outdated()
            entry = self._entries.setdefault(key, _Entry(value, now, now))
            entry.since = entry.used = now
            self._entries.move_to_end(key)
            over = max(0, len(self._entries) - self._limit)
            return [self._entries.popitem(last=False)[1].value for _ in range(over)]

    def get(self, key: Key) -> Value | None:
        """The value under a key, which counts as used now; None where it is gone."""
        with self._lock:
            now = self._drop_outdated()
            entry = self._entries.get(key)
            if entry is None:
                return None
            entry.used = now
            self._entries.move_to_end(key)
            return entry.value

    def remove(self, key: Key) -> None:
        """Let go of what is kept under a key, if anything is."""
        with self._lock:
            self._entries.pop(key, None)

    def expire(self) -> None:
        """Let go of what is too old."""
        with self._lock:
            self._drop_outdated()

    def clear(self) -> None:
        """Let go of everything."""
        with self._lock:
            self._entries.clear()

    def _drop_outdated(self) -> float:
        """Let go of what is too old, and give the time."""
        now = self._clock()
        for key, entry in list(self._entries.items()):
            if now - entry.used > IDLE_SECONDS or now - entry.since > LONGEST_SECONDS:
                del self._entries[key]
        return now
