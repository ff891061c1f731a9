"""Points in time (thời điểm của chỉ mục): the index as it was, on which all pages of one result by relevance are found.

The server holds them, under ids of some hundred characters for each shard; cursors name them by a short number, so that
addresses stay short and nobody can send the server an id of his own making. Their number here is bounded, and each ends
on the server by itself when nobody has used it for as long as it would be kept here.
"""

from __future__ import annotations

import logging
import secrets
import time
from collections.abc import Callable
from dataclasses import dataclass

from elasticsearch import ApiError, Elasticsearch, TransportError

from engines.kept import IDLE_SECONDS, Kept

_LOG = logging.getLogger(__name__)

NONE_YET = 0
"""What the cursor of a first page has in a point's place: most readers never turn the page, and none is opened."""

KEEP_ALIVE = f"{IDLE_SECONDS:.0f}s"

_MOST_POINTS = 100
_KEY_BITS = 48


@dataclass(slots=True)
class Point:
    """A point in time.

    Attributes:
        key: By what cursors name it.
        id: By what the server does; each answer may give a new one.
    """

    key: int
    id: str


class Points:
    """The points in time that cursors name. Thread-safe.

    Args:
        client: The connection.
        clock: Tells their age.
    """

    def __init__(self, client: Elasticsearch, *, clock: Callable[[], float] = time.monotonic) -> None:
        self._client = client
        self._kept: Kept[int, Point] = Kept(_MOST_POINTS, clock=clock)

    def open(self, index: str, preference: str) -> Point:
        """Open one on what the index is now, on the copies of its shards that `preference` chooses."""
        opened = self._client.open_point_in_time(index=index, keep_alive=KEEP_ALIVE, preference=preference)
        point = Point(1 + secrets.randbits(_KEY_BITS), opened["id"])
        for one in self._kept.put(point.key, point):
            self._end(one)
        return point

    def get(self, key: int) -> Point | None:
        """The one with this key, None where it is not kept any more."""
        return self._kept.get(key)

    def close(self, point: Point) -> None:
        """End one."""
        self._kept.remove(point.key)
        self._end(point)

    def _end(self, point: Point) -> None:
        try:
            self._client.options(ignore_status=404, max_retries=0).close_point_in_time(id=point.id)
        except (ApiError, TransportError) as error:
            # It ends by itself a little later; no search fails for that.
            _LOG.warning("a point in time was not closed: %s", error)
