"""Related documents (văn bản liên quan): what a document cites and what cites it, by what the one is to the other.

A number alone names no document: every province and every year has a 15/QĐ-UBND. A number is given once a year by an
issuer (Nghị định 30/2020/NĐ-CP, Điều 15), so that number, issuer and year say which document is meant, and the date of
issue as well. What the naming text leaves open stays open: nothing is guessed.
"""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from analyzers.normalize import normalize
from analyzers.numbers import whole_key
from analyzers.tokens import syllable_texts
from engines.interface import Access, Engine, Search
from engines.query import AnyOf, Boolean, Boost, Constant, Query
from engines.record import OfficialDocument
from engines.relations import Relation, RelationKind

MOST_RELATED = 100
"""Documents that are shown each way."""

_CANDIDATES = 1_000
_CITING = 200
_YEAR = re.compile(r"/((?:19|20)\d\d)/")
# What bodies of one kind have in common; the rest of a name tells them apart.
_COMMON_WORDS = re.compile(
    r"\b(?:ủy ban nhân dân|ubnd|hội đồng nhân dân|hđnd|chủ tịch|tỉnh|thành phố|tp|huyện|quận|thị xã|xã|phường|thị trấn"
    r"|đặc khu|của)\b"
)


@dataclass(frozen=True, slots=True)
class RelatedDocument:
    """One document beside another.

    Attributes:
        relation: What the naming text says: of this document when it is cited, of the other when it cites.
        record: The document, without its text; None when none that may be seen is surely meant.
    """

    relation: Relation
    record: OfficialDocument | None


RelatedByKind = Mapping[RelationKind, tuple[RelatedDocument, ...]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Relations:
    """A document's relations both ways, each kind in the order of `RelationKind`.

    Attributes:
        cites: What it cites, in the order of its text.
        cited_by: What cites it, the newest first; all of them are in the index.
        has_more: Whether either way there are more than `MOST_RELATED`.
    """

    cites: RelatedByKind
    cited_by: RelatedByKind
    has_more: bool


def related(engine: Engine, record: OfficialDocument, access: Access) -> Relations:
    """The documents that this one cites and those that cite it, at most `MOST_RELATED` each way; two searches.

    Raises:
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    named = sorted(_named(record), key=lambda relation: _RANKS[relation.kind])
    citing = list(islice(_citing(engine, record, access), MOST_RELATED + 1))
    return Relations(
        cites=_by_kind(_resolved(engine, record, named[:MOST_RELATED], access)),
        cited_by=_by_kind(citing[:MOST_RELATED]),
        has_more=max(len(named), len(citing)) > MOST_RELATED,
    )


_RANKS = {kind: rank for rank, kind in enumerate(RelationKind)}


def _named(record: OfficialDocument) -> list[Relation]:
    """What a record cites; numbers that its source gave without saying more are mentions."""
    told = {relation.number for relation in record.relations}
    others = (Relation(kind=RelationKind.MENTIONS, number=number) for number in record.cites if number not in told)
    return [*record.relations, *others]


def _resolved(
    engine: Engine, record: OfficialDocument, named: Sequence[Relation], access: Access
) -> Iterator[RelatedDocument]:
    candidates = _candidates(engine, named, access)
    for relation in named:
        yield RelatedDocument(relation, _meant(relation, record, candidates.get(whole_key(relation.number), ())))


def _candidates(engine: Engine, named: Sequence[Relation], access: Access) -> Mapping[str, list[OfficialDocument]]:
    """Whole key of a number to the documents that bear it."""
    keys: dict[str, set[str]] = defaultdict(set)
    for relation in named:
        if key := whole_key(relation.number):
            keys[_year(relation)].add(key)
    found: dict[str, list[OfficialDocument]] = defaultdict(list)
    if keys:
        query = Boolean(should=tuple(_numbered(year, some) for year, some in keys.items()), minimum_should=1)
        for hit in engine.search(Search(query=query, access=access, size=_CANDIDATES)).hits:
            # Half a number is indexed too, and may be the whole of another.
            found[whole_key(hit.record.number)].append(hit.record)
    return found


def _numbered(year: str, keys: Iterable[str]) -> Query:
    numbered = AnyOf("number_forms", tuple(sorted(keys)))
    return Constant(Boolean(must=(numbered,), filters=(AnyOf("year", (year,)),) if year else ()))


def _citing(engine: Engine, record: OfficialDocument, access: Access) -> Iterator[RelatedDocument]:
    """What cites a record, relations that matter most first."""
    key = whole_key(record.number)
    if not key:
        return
    kinds = tuple(
        Boost(AnyOf("relations", (f"{kind}:{key}",)), float(len(_RANKS) - rank)) for kind, rank in _RANKS.items()
    )
    query = Boolean(should=(*kinds, Boost(AnyOf("cites", (key,)), 0.5)), minimum_should=1)
    for hit in engine.search(Search(query=query, access=access, size=_CITING, with_details=True)).hits:
        for relation in _named(hit.record):
            if whole_key(relation.number) == key and _meant(relation, hit.record, [record]):
                yield RelatedDocument(relation, hit.record)


def _meant(
    relation: Relation, citing: OfficialDocument, candidates: Sequence[OfficialDocument]
) -> OfficialDocument | None:
    """The one candidate that a relation surely means, or None; of copies of one document, the first."""
    evidence = {
        candidate.id: said for candidate in candidates if (said := _evidence(relation, citing, candidate)) > _NOTHING
    }
    best = max(evidence.values(), default=_NOTHING)
    meant = [candidate for candidate in candidates if evidence.get(candidate.id) == best]
    return meant[0] if len({(one.issuer, one.issued, one.type) for one in meant}) == 1 else None


_NOTHING = (False, False, False, False)


def _evidence(
    relation: Relation, citing: OfficialDocument, candidate: OfficialDocument
) -> tuple[bool, bool, bool, bool]:
    """What speaks for a candidate, best first: date, issuer, the naming document's own issuer, type.

    Nothing at all when something speaks against it, or when nothing but the type speaks for it.
    """
    same_issuer = _agrees(relation.issuer, candidate.issuer)
    near = same_issuer is None and _agrees(citing.issuer, candidate.issuer) is True
    same_day = relation.issued is not None and relation.issued == candidate.issued
    types = _canonical(relation.type), _canonical(candidate.type)
    same_type = types[0] == types[1] if all(types) else None
    years = {_year(relation), str(candidate.issued.year) if candidate.issued else _year_in(candidate.number)} - {""}
    is_another = candidate.id == citing.id or same_issuer is False or same_type is False or len(years) > 1
    # An issuer's number of that year is the document, even where the citation has another day of the year.
    wrong_day = relation.issued and candidate.issued and not same_day and not same_issuer
    if is_another or wrong_day or not (same_day or same_issuer or near):
        return _NOTHING
    return same_day, same_issuer is True, near, same_type is True


def _agrees(named: str, issuer: str) -> bool | None:
    """Whether two names may be one body's; None when either does not say which body of its kind it is."""
    one, other = (f" {' '.join(_COMMON_WORDS.sub(' ', _canonical(name)).split())} " for name in (named, issuer))
    return one in other or other in one if one.strip() and other.strip() else None


def _canonical(name: str) -> str:
    """A name in lower case without punctuation, each syllable in its one spelling."""
    return " ".join(syllable_texts(normalize(name)))


def _year(relation: Relation) -> str:
    return str(relation.issued.year) if relation.issued else _year_in(relation.number)


def _year_in(number: str) -> str:
    found = _YEAR.search(number)
    return found.group(1) if found else ""


def _by_kind(documents: Iterable[RelatedDocument]) -> RelatedByKind:
    grouped: dict[RelationKind, list[RelatedDocument]] = {kind: [] for kind in RelationKind}
    for document in documents:
        grouped[document.relation.kind].append(document)
    return {kind: tuple(some) for kind, some in grouped.items() if some}
