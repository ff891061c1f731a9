"""How far the work on one item is: told by whoever does it, heard by whoever set it going, whatever lies between.

A context variable, so that the twenty readers between a worker and the page that takes a second need not hand it on.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Step:
    """So many pages of so many are done."""

    pages: int
    of: int


_listener: ContextVar[Callable[[Step], None] | None] = ContextVar("listener", default=None)


def tell(pages: int, of: int) -> None:
    """Say that so many pages of a file are done; nothing where nobody listens."""
    listener = _listener.get()
    if listener is not None:
        listener(Step(pages, of))


@contextmanager
def heard_by(listener: Callable[[Step], None]) -> Iterator[None]:
    """Have `listener` hear what is told within."""
    token = _listener.set(listener)
    try:
        yield
    finally:
        _listener.reset(token)
