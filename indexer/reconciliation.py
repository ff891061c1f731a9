"""Reconciliation (đối soát): what a list names and the index holds, differs in, misses, or has beyond it.

A document of the list is looked for by the id that its row would have been indexed under, by its number
(`analyzers.numbers`), and by the words of its subject where no number finds it. Issuer, year and date decide between
documents that share a number, for every province has its 15/QĐ-UBND. Each document of the index answers for one row.
"""

from __future__ import annotations

import dataclasses
import datetime
import enum
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from engines.interface import Access, Engine, Order, Search
from engines.query import All, AnyOf, Boolean, Match, Query, Range
from engines.record import OfficialDocument
from engines.schema import day_number
from indexer.agreement import Difference, Likeness, differences, likeness, number_keys, subject_tokens
from indexer.ledger import batches
from indexer.listed import Listed
from indexer.metadata import year

_PAGE = 1_000
_NUMBERS_AT_ONCE = 200
_IDS_AT_ONCE = 100  # they come with their texts
_SUBJECTS_PER_ROW = 20
_WORDS_IN_COMMON = 0.7


class Status(enum.Enum):
    """What became of a row of the list. Every row has one."""

    FOUND = "khớp"
    DIFFERENT = "khác"
    MISSING = "thiếu"
    REPEATED = "lặp trong danh sách"
    UNREADABLE = "không đọc được"


@dataclass(frozen=True, slots=True, kw_only=True)
class Compared:
    """A row of the list beside the document that it was found to be.

    Attributes:
        listed: The row.
        status: What became of it.
        indexed: The document, without its text; None where there is none.
        differences: The fields in which the two differ.
    """

    listed: Listed
    status: Status
    indexed: OfficialDocument | None = None
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Reconciliation:
    """The result: `len(rows)` is the sum over all of `Status`.

    Attributes:
        rows: Every row of the list, in its order.
        extra: Documents of the index within `scope` that no row names.
        scope: Where `extra` was looked for, in Vietnamese.
    """

    rows: tuple[Compared, ...]
    extra: tuple[OfficialDocument, ...]
    scope: str

    @property
    def counts(self) -> dict[Status, int]:
        """How many rows have each status."""
        counted = Counter(row.status for row in self.rows)
        return {status: counted[status] for status in Status}

    @property
    def is_complete(self) -> bool:
        """Whether it is proven that the index holds every document of the list."""
        return not self.counts[Status.MISSING] and not self.counts[Status.UNREADABLE]


def reconcile(engine: Engine, listed: Sequence[Listed], source: str = "") -> Reconciliation:
    """Compare a list with the live index.

    Args:
        engine: With a live index.
        listed: The list.
        source: Only documents of this source (nguồn) count; empty for all.

    Raises:
        EngineUnavailable: There is no index, or it cannot be asked.
    """
    index = _Index(engine, source)
    wanted = [row for row in listed if row.record is not None]
    pairs = _pairs(index, [row.record for row in wanted if row.record is not None])
    taken = _assign(pairs)
    answers = iter(_answers(wanted, pairs, taken))
    rows = tuple(
        Compared(listed=row, status=Status.UNREADABLE) if row.record is None else next(answers) for row in listed
    )
    held = {id for row in rows if row.indexed is not None for id in _as_one(row.indexed)}
    scope = _scope([row.record for row in wanted if row.record is not None], source)
    # A copy of a document that the list names is nothing that it lacks.
    extra = tuple(record for record in index.within(scope) if held.isdisjoint(_as_one(record))) if scope else ()
    return Reconciliation(rows=rows, extra=extra, scope=scope.sentence if scope else "")


def _as_one(record: OfficialDocument) -> frozenset[str]:
    """The id by which all copies of a document know each other: that of the leading one; and its own."""
    return frozenset({record.id, record.copy_of or record.id})


@dataclass(frozen=True, slots=True)
class _Pair:
    row: int
    likeness: Likeness
    indexed: OfficialDocument


@dataclass(frozen=True, slots=True)
class _Scope:
    query: Query
    sentence: str


class _Index:
    """What this comparison asks of an engine."""

    def __init__(self, engine: Engine, source: str) -> None:
        self._engine = engine
        self._filters: dict[str, Query] = {"source": AnyOf("source", (source,))} if source else {}
        self._source = source

    def by_id(self, ids: Sequence[str]) -> dict[str, OfficialDocument]:
        found = self._engine.fetch(ids, Access.unrestricted())
        return {id: _without_text(record) for id, record in found.items() if self._source in ("", record.source)}

    def by_numbers(self, keys: Iterable[str]) -> Iterator[OfficialDocument]:
        return self._all(AnyOf("number_forms", tuple(keys)))

    def by_subject(self, tokens: Sequence[str]) -> Sequence[OfficialDocument]:
        minimum = max(1, round(_WORDS_IN_COMMON * len(set(tokens))))
        query = Match("title_folded", tuple(dict.fromkeys(tokens)), minimum)
        request = Search(
            query=query, access=Access.unrestricted(), filters=self._filters, size=_SUBJECTS_PER_ROW, folded=False
        )
        return [hit.record for hit in self._engine.search(request).hits]

    def within(self, scope: _Scope) -> Iterator[OfficialDocument]:
        return self._all(scope.query)

    def _all(self, query: Query) -> Iterator[OfficialDocument]:
        cursor = None
        while True:
            request = Search(
                query=query,
                access=Access.unrestricted(),
                filters=self._filters,
                order=Order.NEWEST,
                size=_PAGE,
                cursor=cursor,
                folded=False,
            )
            page = self._engine.search(request)
            yield from (hit.record for hit in page.hits)
            if (cursor := page.next) is None:
                return


def _without_text(record: OfficialDocument) -> OfficialDocument:
    """What is compared and kept of a document: all its texts together would be the whole index in memory."""
    return dataclasses.replace(record, text="", pages=())


def _pairs(index: _Index, records: Sequence[OfficialDocument]) -> list[_Pair]:
    """Every document of the index that may be one of the list's, with how like the two are."""
    pairs = [*_by_id(index, records), *_by_number(index, records)]
    met = {pair.row for pair in pairs}
    for row, record in enumerate(records):
        if row not in met and (tokens := subject_tokens(record.subject)):
            pairs += _alike(row, record, index.by_subject(tokens))
    return pairs


def _by_id(index: _Index, records: Sequence[OfficialDocument]) -> Iterator[_Pair]:
    for some in batches(enumerate(records), _IDS_AT_ONCE):
        held = index.by_id(list({record.id for _, record in some}))
        for row, record in some:
            if (indexed := held.get(record.id)) is not None:
                yield from _alike(row, record, [indexed])


def _by_number(index: _Index, records: Sequence[OfficialDocument]) -> Iterator[_Pair]:
    rows: dict[str, list[int]] = {}
    for row, record in enumerate(records):
        for key in number_keys(record)[-1:]:  # the whole number, which a longer one in the index has among its keys
            rows.setdefault(key, []).append(row)
    for keys in batches(rows, _NUMBERS_AT_ONCE):
        for indexed in index.by_numbers(keys):
            for key in number_keys(indexed):
                for row in rows.get(key, ()) if key in keys else ():
                    yield from _alike(row, records[row], [indexed])


def _alike(row: int, record: OfficialDocument, candidates: Iterable[OfficialDocument]) -> Iterator[_Pair]:
    for indexed in candidates:
        if (alike := likeness(record, indexed)) is not None:
            yield _Pair(row, alike, indexed)


def _assign(pairs: Sequence[_Pair]) -> dict[int, OfficialDocument]:
    """Row to its document, the pairs that are most alike first, so that no row takes what fits another better."""
    rows: dict[int, OfficialDocument] = {}
    held: set[str] = set()
    for pair in sorted(pairs, key=lambda pair: (pair.likeness, -pair.row, pair.indexed.id), reverse=True):
        if pair.row not in rows and pair.indexed.id not in held:
            rows[pair.row] = pair.indexed
            held.add(pair.indexed.id)
    return rows


def _answers(
    listed: Sequence[Listed], pairs: Sequence[_Pair], taken: dict[int, OfficialDocument]
) -> Iterator[Compared]:
    holders = {indexed.id: row for row, indexed in taken.items()}
    others: dict[int, list[OfficialDocument]] = {}
    for pair in pairs:
        others.setdefault(pair.row, []).append(pair.indexed)
    for number, row in enumerate(listed):
        assert row.record is not None  # noqa: S101 - what `reconcile` passes
        if (indexed := taken.get(number)) is not None:
            found = differences(row.record, indexed)
            status = Status.DIFFERENT if found else Status.FOUND
            yield Compared(listed=row, status=status, indexed=indexed, differences=found)
            continue
        again = (other for other in others.get(number, ()) if _is_again(row, listed[holders[other.id]]))
        indexed = next(again, None)
        status = Status.MISSING if indexed is None else Status.REPEATED
        yield Compared(listed=row, status=status, indexed=indexed)


def _is_again(row: Listed, before: Listed) -> bool:
    """Whether two rows of the list are about one document."""
    if row.record is None or before.record is None:
        return False
    found = likeness(row.record, before.record)
    return found is not None and found.is_sure


def _scope(records: Sequence[OfficialDocument], source: str) -> _Scope | None:
    """Where documents that the list does not name are extra: its source, or its years and direction."""
    if source:
        return _Scope(All(), f"nguồn “{source}”")
    years = sorted({known for record in records if (known := year(record) or _arrival_year(record))})
    if not years:
        return None
    directions = {record.direction for record in records}
    first, last = _new_year(years[0]), _new_year(years[-1] + 1) - 1
    days = Boolean(should=(Range("issued", first, last), Range("arrived", first, last)), minimum_should=1)
    span = f"năm {years[0]}" if years[0] == years[-1] else f"các năm {years[0]}–{years[-1]}"
    if len(directions) == 1 and (direction := directions.pop()):
        return _Scope(Boolean(filters=(days, AnyOf("direction", (direction,)))), f"văn bản {direction} {span}")
    return _Scope(Boolean(filters=(days,)), f"văn bản {span}")


def _arrival_year(record: OfficialDocument) -> int | None:
    return record.arrived.year if record.arrived else None


def _new_year(year: int) -> int:
    return day_number(datetime.date(year, 1, 1))
