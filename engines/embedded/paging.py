"""One page of what a query finds, in each order, and where the next page begins.

tantivy sorts by one key and cannot go on after a hit. By date or number, that one key is distinct for each document, so
that a page is the range below the last key and costs the same at any depth. By relevance, a page is found again from
the top: its cost grows with its depth, which has no limit.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from tantivy import DocAddress
from tantivy import Query as TantivyQuery

from engines.cursor import decode_cursor, encode_cursor
from engines.embedded.reader import Snapshot, count, total
from engines.interface import Order

_CURSOR = "embedded2"
_KINDS: dict[Order, Sequence[type[int] | type[float]]] = {
    Order.RELEVANCE: (int, float, int, int),
    Order.NEWEST: (int,),
    Order.OLDEST: (int,),
    Order.NUMBER: (int,),
}
# Hits taken beyond a page at first, so that a few ties at its end need no second search.
_SPARE = 32
_WIDENING = 4


@dataclass(frozen=True, slots=True, kw_only=True)
class Place:
    """Where a page ended: what a cursor holds.

    Attributes:
        key: The last hit's value of the key that orders, or that parts ties.
        score: Its score; by relevance alone, as what follows.
        seen: Hits up to it.
        snapshot: `Snapshot.key` of what was searched.
    """

    key: int
    score: float = 0.0
    seen: int = 0
    snapshot: int | None = None


@dataclass(frozen=True, slots=True)
class Page:
    """A page.

    Attributes:
        total: Documents that match, on all pages.
        hits: Score and address of each hit; the score is 0 in any order but relevance.
        next: The cursor of the next page, None on the last.
    """

    total: int
    hits: Sequence[tuple[float, DocAddress]]
    next: str | None


def read_cursor(order: Order, cursor: str) -> Place:
    """What a cursor says.

    Raises:
        InvalidCursor: It is not one of this engine and order.
    """
    *relevance, key = decode_cursor(_CURSOR, order, cursor, _KINDS[order])
    if not relevance:
        return Place(key=key)
    snapshot, score, seen = relevance
    return Place(key=key, score=score, seen=seen, snapshot=snapshot)


def page(
    snapshot: Snapshot, query: TantivyQuery, constant: float | None, order: Order, size: int, after: Place | None
) -> Page:
    """Find one page.

    Args:
        snapshot: The index.
        query: What is looked for.
        constant: The score that all documents found have, if they all have the same.
        order: The order.
        size: Hits on the page.
        after: Where the page before ended, in this order; None for the first.
    """
    if size == 0:
        return Page(count(snapshot.searcher, query), (), None)
    if order is not Order.RELEVANCE:
        return _by_key(snapshot, query, order, size, after)
    if constant is not None:
        return _by_newest_alone(snapshot, query, constant, size, after)
    return _by_relevance(snapshot, query, size, after)


def _by_key(snapshot: Snapshot, query: TantivyQuery, order: Order, size: int, after: Place | None) -> Page:
    matching, found = _keyed(snapshot, query, order.value, size, after)
    hits = [(0.0, address) for _, address in found[:size]]
    return Page(matching, hits, encode_cursor(_CURSOR, order, [found[size - 1][0]]) if len(found) > size else None)


def _by_newest_alone(snapshot: Snapshot, query: TantivyQuery, score: float, size: int, after: Place | None) -> Page:
    """By relevance where all scores are the same: newest first, found as that order is."""
    matching, found = _keyed(snapshot, query, Order.NEWEST.value, size, after)
    hits = [(score, address) for _, address in found[:size]]
    if len(found) <= size:
        return Page(matching, hits, None)
    return Page(matching, hits, _cursor_by_relevance(snapshot, score, found[size - 1][0], size, after))


def _keyed(
    snapshot: Snapshot, query: TantivyQuery, field: str, size: int, after: Place | None
) -> tuple[int, list[tuple[int, DocAddress]]]:
    """How many match, and key and address of up to `size + 1` with a smaller key, the greatest first."""
    searcher = snapshot.searcher
    if after is None:
        found = searcher.search(query, limit=size + 1, order_by_field=field)
        return total(found), found.hits
    rest = snapshot.translator.before(query, field, after.key)
    return count(searcher, query), searcher.search(rest, limit=size + 1, count=False, order_by_field=field).hits


def _by_relevance(snapshot: Snapshot, query: TantivyQuery, size: int, after: Place | None) -> Page:
    """By score, ties by the `newest` key.

    tantivy gives ties in the order of its segments, so hits are taken until one scores less than the page's last. It is
    asked to count each time: without, it skips documents that cannot reach the top, and then the last bits of a score
    depend on how many hits are asked for.
    """
    limit = (after.seen if after else 0) + size + 1 + _SPARE
    while True:
        found = snapshot.searcher.search(query, limit=min(limit, max(1, snapshot.searcher.num_docs)))
        ranked = _ranked(snapshot, found.hits, after)
        matching = total(found)
        is_whole = len(found.hits) >= matching
        if is_whole or (len(ranked) > size and found.hits[-1][0] < ranked[size][0]):
            break
        limit *= _WIDENING
    hits = [(score, address) for score, _, address in ranked[:size]]
    if len(ranked) <= size:
        return Page(matching, hits, None)
    score, key, _ = ranked[size - 1]
    return Page(matching, hits, _cursor_by_relevance(snapshot, score, key, size, after))


def _cursor_by_relevance(snapshot: Snapshot, score: float, key: int, size: int, after: Place | None) -> str:
    seen = (after.seen if after else 0) + size
    return encode_cursor(_CURSOR, Order.RELEVANCE, [snapshot.key, score, seen, key])


def _ranked(
    snapshot: Snapshot, hits: Sequence[tuple[float, DocAddress]], after: Place | None
) -> list[tuple[float, int, DocAddress]]:
    """Score, key and address of those that come after a place, in order."""
    remaining = hits if after is None else [hit for hit in hits if hit[0] <= after.score]
    keys = snapshot.searcher.fast_field_values(Order.NEWEST.value, [address for _, address in remaining])
    ranked = [(score, int(key or 0), address) for (score, address), key in zip(remaining, keys, strict=True)]
    ranked.sort(key=lambda hit: hit[:2], reverse=True)
    return ranked if after is None else [hit for hit in ranked if hit[:2] < (after.score, after.key)]
