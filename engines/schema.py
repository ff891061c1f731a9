"""The index's fields: the one list that both engines build their index from.

Three kinds of field. *Token fields* hold text that `analyzers` made into tokens (letters, digits and `_`, joined by
single spaces) and are scored by BM25. *Keyword fields* hold whole values for filters and facets. *Number fields* hold
integers for ranges. `SCHEMA_VERSION` changes with any of them, or with the way `analyzers` makes tokens; an index of
another version is rebuilt beside the live one and swapped in.
"""

from __future__ import annotations

import datetime
import hashlib
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from engines.copies import CopyKind
from engines.record import OfficialDocument

SCHEMA_VERSION = 6

EVERYBODY = "everybody"
"""The principal that everybody has; a document that names no principal is kept under it."""


@dataclass(frozen=True, slots=True)
class TokenField:
    """A field of tokens scored by BM25.

    Attributes:
        name: The field's name in the index.
        positions: Whether phrases can be asked of it. Without positions only frequencies are kept.
        ngrams_of: When set, the engine itself makes this field's tokens, by joining each `ngram_size` neighbouring
            tokens of that field with `_`.
        ngram_size: 2 or 3 when `ngrams_of` is set, else 1.
        vocabulary: Whether `Engine.terms` can list its terms by prefix.
    """

    name: str
    positions: bool = False
    ngrams_of: str = ""
    ngram_size: int = 1
    vocabulary: bool = False


TOKEN_FIELDS: tuple[TokenField, ...] = (
    # The body: syllables (tiếng) with marks, without marks, and pairs and triples of those without.
    TokenField("syllables", positions=True),
    TokenField("folded", positions=True),
    TokenField("folded_pairs", ngrams_of="folded", ngram_size=2),
    TokenField("folded_triples", ngrams_of="folded", ngram_size=3),
    # The body as words (từ) of the segmentation model, with numbers, dates and codes whole.
    TokenField("words"),
    # The subject alone: beside it, number and issuer would make every title long, and long titles weak.
    TokenField("title", positions=True, vocabulary=True),
    TokenField("title_folded", positions=True, vocabulary=True),
    TokenField("title_pairs", ngrams_of="title_folded", ngram_size=2),
    # Who issued and who signed it, by hand or digitally, without marks.
    TokenField("names", vocabulary=True),
    # Who receives it, with marks and without.
    TokenField("recipients", positions=True),
    TokenField("recipients_folded", positions=True),
)


def ngrams(tokens: Sequence[str], size: int) -> Iterator[str]:
    """Each `size` neighbouring tokens joined by `_`: the terms of a field with `ngrams_of`, made or asked for."""
    return map("_".join, zip(*(tokens[start:] for start in range(size)), strict=False))


KEYWORD_FIELDS: tuple[str, ...] = (
    "id",
    "fingerprint",
    "access",
    "standing",  # what it is among the copies of its document (`standing`)
    "number_forms",  # every way of writing the number, whole and in part: analyzers.numbers
    "cites",  # whole keys of the numbers that it names
    "relations",  # the same with what they are to it, `replaces:15_2021_qd_ubnd`: indexer.metadata.relations
    "abbreviations",  # those that it defines, `tthc=thủ tục hành chính`: analyzers.abbreviations
    "type",
    "issuer",
    "year",
    "month",  # of issue, `2021-08`
    "signer",
    "source",
    "direction",
    "urgency",
    "secrecy",
    "subject_field",
    "register",
    "signed",  # whether its digital signatures hold: engines.signatures
    "signed_by",  # who signed digitally, and for which body
    "assignee",  # who is to do something: engines.tasks
)

DATE_FIELDS: tuple[str, ...] = ("issued", "arrived", "due", "meeting", "meeting_end")
"""Calendar dates as day numbers (`day_number`): integers have no time zone to go wrong. A document may have several."""

NUMBER_FIELDS: tuple[str, ...] = (*DATE_FIELDS, "arrival_number")

ORDER_FIELDS: tuple[str, ...] = ("newest", "oldest", "number")
"""Sort keys, greater first, distinct for each document (`order_keys`)."""


FOLDED = "copy"
"""The standing of a copy that another record leads: searches leave it out (`engines.interface.Search.folded`)."""

DRAFT, SIGNED = "draft", "signed"
"""The standing of a draft whose document is in the index, and of a document whose draft is."""


def standing(record: OfficialDocument) -> tuple[str, ...]:
    """What a document is among the copies of one document; nothing for most."""
    if record.copy_of:
        return (FOLDED,)
    signed = any(copy.kind is CopyKind.DRAFT for copy in record.copies)
    return (*([DRAFT] if record.draft_of else []), *([SIGNED] if signed else []))


@dataclass(frozen=True, slots=True, kw_only=True)
class IndexedDocument:
    """A record with its tokens, ready for an engine.

    Attributes:
        record: What `Engine.fetch` and hits give back.
        fingerprint: Digest of everything that went into this document; equal means nothing to write.
        tokens: Token field (those without `ngrams_of`) to its tokens, joined by single spaces.
        keywords: Keyword field to its values; `id`, `fingerprint`, `access` and `standing` are filled by the engine.
        numbers: Number field to its values; a range finds a document by any of them.
    """

    record: OfficialDocument
    fingerprint: str
    tokens: Mapping[str, str]
    keywords: Mapping[str, tuple[str, ...]]
    numbers: Mapping[str, Sequence[int]]


MAX_KEYWORD_BYTES = 32_766
"""Longest keyword value that is indexed, in UTF-8 (Lucene's limit). A longer one is in the record only."""


def keyword_values(document: IndexedDocument) -> dict[str, tuple[str, ...]]:
    """All keyword fields of a document, each value once, so that a facet counts documents and not values."""
    record = document.record
    own = {
        "id": (record.id,),
        "fingerprint": (document.fingerprint,),
        "access": record.access or (EVERYBODY,),
        "standing": standing(record),
    }
    indexed = {
        name: tuple(value for value in dict.fromkeys(values) if len(value.encode()) <= MAX_KEYWORD_BYTES)
        for name, values in {**document.keywords, **own}.items()
    }
    return {name: values for name, values in indexed.items() if values}


def day_number(date: datetime.date) -> int:
    """A calendar date as an integer: days since 0001-01-01, that day being 1."""
    return date.toordinal()


_HASH_BITS = 41
_LAST_DAY = datetime.date.max.toordinal()


def order_keys(id: str, issued: datetime.date | None, number: str = "") -> dict[str, int]:
    """The sort keys of a document: its date or number, and a digest of its id where these tie.

    One integer holds both because tantivy sorts by one field only, and the digest makes keys distinct, so that a
    cursor continues after one without skipping or repeating. Of a million documents of one day, one index in five would
    hold a pair that shares a key, and only a page that ends between the two would miss one. Documents without a date
    come last in both orders. Keys fit a signed 64-bit integer: 22 bits of days, 41 of digest.

    By number, the lowest figure comes first, and of one figure the latest year, since every year begins with 1 again.
    The figure has 24 bits and the year of issue 14, which leaves 25 to the digest: of a thousand documents with one
    figure and year, one index in seventy would hold a pair that shares a key. Without a figure they come last, apart by
    39 bits.
    """
    digest = int.from_bytes(hashlib.blake2b(id.encode(), digest_size=8).digest()) >> (64 - _HASH_BITS)
    day = day_number(issued) if issued else 0
    return {
        "newest": day << _HASH_BITS | digest,
        "oldest": (_LAST_DAY + 1 - day if issued else 0) << _HASH_BITS | digest,
        "number": _number_key(number, issued.year if issued else 0, digest),
    }


_FIGURE = re.compile(r"\D*0*(\d{1,7})(?!\d)", re.ASCII)
_FIGURE_LIMIT = (1 << 24) - 1
_YEAR_BITS = 14
_NUMBER_HASH_BITS = 25


def _number_key(number: str, year: int, digest: int) -> int:
    figure = _FIGURE.match(number)
    if figure is None:
        return digest >> (_HASH_BITS - _YEAR_BITS - _NUMBER_HASH_BITS)
    key = (_FIGURE_LIMIT - int(figure[1])) << _YEAR_BITS | year
    return key << _NUMBER_HASH_BITS | digest >> (_HASH_BITS - _NUMBER_HASH_BITS)
