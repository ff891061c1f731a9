"""Small documents for the tests, and the ways in which they ask."""

import datetime
from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from engines.interface import Access, Engine, Order, Results, Search
from engines.query import Query
from engines.record import OfficialDocument
from engines.schema import IndexedDocument, day_number

EVERYTHING = Access.unrestricted()
KEYWORDS_OF_THE_RECORD = ("type", "issuer", "signer", "source")


def document(
    id: str,
    text: str = "van ban",
    *,
    title: str = "tieu de",
    issued: str | None = None,
    access: Sequence[str] = (),
    fingerprint: str = "1",
    keywords: Mapping[str, Sequence[str]] | None = None,
    numbers: Mapping[str, Sequence[int]] | None = None,
    **fields: Any,
) -> IndexedDocument:
    """A document whose words are its tokens in every channel.

    `fields` are fields of the record; those that are keyword fields become keywords, beside `keywords`.
    """
    date = datetime.date.fromisoformat(issued) if issued else None
    record = OfficialDocument(id=id, text=text, issued=date, access=tuple(access), **fields)
    own = {name: (fields[name],) for name in KEYWORDS_OF_THE_RECORD if name in fields}
    return IndexedDocument(
        record=record,
        fingerprint=fingerprint,
        tokens={"syllables": text, "folded": text, "words": text, "title": title, "title_folded": title},
        keywords={**own, **{name: tuple(values) for name, values in (keywords or {}).items()}},
        numbers={**({"issued": (day_number(date),)} if date else {}), **(numbers or {})},
    )


def stage(engine: Engine, documents: Iterable[IndexedDocument], version: str = "1") -> None:
    """Put the documents into a staged index and commit."""
    encode = engine.encoder()
    with engine.write_staged(version) as writer:
        for each in documents:
            writer.put(encode(each))
        assert writer.commit() == {}


def index(engine: Engine, documents: Iterable[IndexedDocument], version: str = "1") -> None:
    """Make a live index of the documents."""
    stage(engine, documents, version)
    engine.promote()


def add(engine: Engine, *documents: IndexedDocument) -> None:
    """Put documents into the live index and commit."""
    encode = engine.encoder()
    with engine.write_live() as writer:
        for each in documents:
            writer.put(encode(each))
        assert writer.commit() == {}


def search(
    engine: Engine, query: Query, *, access: Access = EVERYTHING, size: int = 100, order: Order = Order.RELEVANCE
) -> Results:
    return engine.search(Search(query=query, access=access, size=size, order=order))


def ids(results: Results) -> list[str]:
    return [hit.record.id for hit in results.hits]


def found(engine: Engine, query: Query, access: Access = EVERYTHING) -> list[str]:
    """The ids found, in the order of their relevance."""
    return ids(search(engine, query, access=access))
