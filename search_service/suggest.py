"""Suggestions (gợi ý) while somebody types: numbers, issuers, signers, documents and phrases that it may become.

Everything comes from searches that carry the asker's access filter. `Engine.terms` has none, so it is not used here:
a word of the index's vocabulary may be known from a document that the asker must not see.
"""

from __future__ import annotations

import itertools
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import lru_cache, partial
from typing import Literal, TypeAlias

from analyzers.channels import Analyzer
from engines.interface import Access, Engine, Facet, Hit, Results, Search
from engines.query import Best, Query
from engines.record import OfficialDocument
from search_service.completion import WordEnds, context, phrase_query, phrases
from search_service.highlights import Mark
from search_service.suggestion_queries import (
    SURE_NUMBER,
    document_query,
    name_query,
    needed,
    number_pieces,
    number_query,
)
from search_service.typed import (
    Fit,
    Typed,
    Words,
    fit,
    initials_at,
    readings,
    spans,
    spelled_out,
    words,
)

DEFAULT_SUGGESTIONS = 8
MOST_SUGGESTIONS = 20

Kind = Literal["document", "number", "issuer", "signer", "phrase"]

CANDIDATES = 30
"""Documents that are looked at closely. The engine does not know what a subject begins with."""

_NAME_KINDS: tuple[Literal["issuer", "signer"], ...] = ("issuer", "signer")
_NAMES = tuple(Facet(kind, 100) for kind in _NAME_KINDS)
_MOST_NAMES = 3
_WITHOUT_PHRASES = 5
_LEAST_FOR_PHRASES = 2
"""Letters; after one alone, any phrase is a guess."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Suggestion:
    """One suggestion.

    Attributes:
        kind: What `text` is: a document's subject or number, an issuer, a signer, or a phrase to ask for.
        text: What is suggested, as it stands in the documents.
        marks: What in `text` answers what was typed.
        id: The document, for `document` and `number`.
        number: Its number, for `document`; empty when not known.
        subject: Its subject, for `number`; empty when not known.
        count: How many documents there are that the asker may see, for `issuer` and `signer`.
    """

    kind: Kind
    text: str
    marks: tuple[Mark, ...]
    id: str = ""
    number: str = ""
    subject: str = ""
    count: int | None = None


_Fitted: TypeAlias = tuple[Fit, Suggestion]


@dataclass(frozen=True, slots=True, kw_only=True)
class SuggestAnswer:
    """Suggestions, best first.

    Attributes:
        text: What was typed.
        suggestions: What it may become.
        took_ms: Milliseconds from question to answer.
    """

    text: str
    suggestions: tuple[Suggestion, ...]
    took_ms: float


class Suggester:
    """Suggests over one engine. Safe to call from several threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer) -> None:
        self._engine = engine
        self._word_ends: WordEnds = lru_cache(maxsize=2_000)(partial(word_ends, analyzer))

    def suggest(self, text: str, size: int, access: Access) -> SuggestAnswer:
        """What a text that somebody is typing may become, best first, at most `size`.

        Raises:
            EngineUnavailable: There is nothing to search, or the engine cannot be reached.
        """
        started = time.perf_counter()
        typed = readings(text)
        suggestions = self._suggestions(text, typed, size, access) if typed and size else ()
        return SuggestAnswer(
            text=text, suggestions=suggestions, took_ms=round((time.perf_counter() - started) * 1000, 1)
        )

    def _suggestions(self, text: str, typed: Sequence[Typed], size: int, access: Access) -> tuple[Suggestion, ...]:
        """Numbers, then names that fit at least as well as any document, then documents.

        A name that fits less keeps the place behind the documents, and phrases those below the first five.
        """
        numbers = self._numbers(text, typed[0], size, access)
        shown = {suggestion.id for suggestion in numbers}
        hits = self._search(Best(tuple(map(document_query, typed))), access)
        documents = [each for each in _best_documents(hits, typed) if each[1].id not in shown]
        names = self._names(typed, access)
        surer = [each for each in names if not documents or each[0] >= documents[0][0]]
        less_sure = [name for _, name in names[: 0 if surer else 1]]
        room = max(0, size - _WITHOUT_PHRASES)
        following = self._phrases(typed, hits, access)[:room] if room else []
        found = [*numbers, *(suggestion for _, suggestion in (*surer, *documents))]
        places = max(0, size - len(less_sure) - len(following))
        return (*found[:places], *less_sure, *following)[:size]

    def _numbers(self, text: str, typed: Typed, size: int, access: Access) -> list[Suggestion]:
        query = number_query(text, typed.unfinished)
        if query is None:
            return []
        written = Typed.of(number_pieces(text), typed.unfinished)
        return list(itertools.islice(_best_numbers(self._search(query, access), written), size))

    def _names(self, typed: Sequence[Typed], access: Access) -> list[_Fitted]:
        query = Best(tuple(map(name_query, typed)))
        found = self._engine.search(Search(query=query, access=access, size=0, facets=_NAMES))
        return list(itertools.islice(_best_names(found, typed), _MOST_NAMES))

    def _phrases(self, typed: Sequence[Typed], documents: Sequence[Hit], access: Access) -> list[Suggestion]:
        """The phrases that one reading goes on to: the first one that there are any for.

        They come from the documents that were found, or from others that have the end of what was typed.
        """
        for each in typed:
            if len("".join(each.folded)) < _LEAST_FOR_PHRASES:
                continue
            hits = documents if context(each) == each else self._search(phrase_query(each), access)
            if texts := phrases(each, (hit.record.subject for hit in hits), self._word_ends):
                return [Suggestion(kind="phrase", text=text, marks=_marks(each, text)) for text in texts]
        return []

    def _search(self, query: Query, access: Access) -> Sequence[Hit]:
        return self._engine.search(Search(query=query, access=access, size=CANDIDATES)).hits


def word_ends(analyzer: Analyzer, text: str) -> tuple[bool, ...]:
    """For each syllable, whether a word ends with it; never, where a code was read as another spelling of it."""
    channels = analyzer.channels(text)
    read_words = [word.split("_") for word in channels.words.split()]
    syllables = channels.syllables.split()
    if list(itertools.chain.from_iterable(read_words)) != syllables:
        return (False,) * len(syllables)
    return tuple(at == len(word) - 1 for word in read_words for at in range(len(word)))


def _best_names(found: Results, typed: Sequence[Typed]) -> Iterator[_Fitted]:
    """The issuers and signers that have every word typed, for a document has both and only one may be meant.

    Every document of such a name was found, so that its count is that of a search for the name.
    """
    fitting = [
        (*fitted, value.count, kind, value.value)
        for kind in _NAME_KINDS
        for value in found.facets[kind]
        if (fitted := _fit_name(value.value, typed))
    ]
    fitting.sort(key=lambda each: (each[0], each[2]), reverse=True)
    for best, reading, count, kind, name in fitting:
        yield best, Suggestion(kind=kind, text=name, marks=_name_marks(reading, words(name)), count=count)


def _fit_name(name: str, typed: Sequence[Typed]) -> tuple[Fit, Typed] | None:
    """How well a name answers the reading that it answers best; None when a word that was typed is not in it."""
    fits = (
        (fit(spelled, words(name)), spelled, each) for each in typed for spelled in [spelled_out(each, words(name))]
    )
    whole = ((fitted, each) for fitted, spelled, each in fits if fitted.found == len(spelled.folded))
    return max(whole, key=lambda each: each[0], default=None)


def _name_marks(typed: Typed, name: Words) -> tuple[Mark, ...]:
    whole = spans(typed, name)
    initials = {
        (word.start, word.start + 1)
        for token in typed.folded
        for word in initials_at(token, name)
        if not any(start <= word.start < end for start, end in whole)
    }
    return tuple(itertools.starmap(Mark, sorted({*whole, *initials})))


def _best_numbers(hits: Iterable[Hit], typed: Typed) -> Iterator[Suggestion]:
    """The numbers found that have every piece typed, or whose type has it: `công văn 36`, `cv 36`."""
    for hit in hits:
        named = words(f"{hit.record.number} {hit.record.type}")
        spelled = spelled_out(typed, named)
        if hit.score >= SURE_NUMBER or fit(spelled, named).found == len(spelled.folded):
            yield _number(hit.record, typed)


def _best_documents(hits: Iterable[Hit], typed: Sequence[Typed]) -> Iterator[_Fitted]:
    """The documents found, best first: by how their titles go on from what was typed, then as the engine ranked."""
    fits = ((*_fit_document(hit.record, typed), hit.record) for hit in hits)
    fitting = [each for each in fits if each[0].found >= needed(len(each[1].folded))]
    fitting.sort(key=lambda each: each[0], reverse=True)
    return ((best, _document(record, reading)) for best, reading, record in fitting[:MOST_SUGGESTIONS])


def _fit_document(record: OfficialDocument, typed: Sequence[Typed]) -> tuple[Fit, Typed]:
    title = words(" ".join(filter(None, (record.subject, record.type, record.number, record.issuer))))
    return max(((fit(each, title), each) for each in typed), key=lambda each: each[0])


def _document(record: OfficialDocument, typed: Typed) -> Suggestion:
    text = record.subject or record.number or record.id
    return Suggestion(kind="document", text=text, marks=_marks(typed, text), id=record.id, number=record.number)


def _number(record: OfficialDocument, typed: Typed) -> Suggestion:
    return Suggestion(
        kind="number",
        text=record.number,
        marks=_marks(typed, record.number),
        id=record.id,
        subject=record.subject,
    )


def _marks(typed: Typed, text: str) -> tuple[Mark, ...]:
    return tuple(itertools.starmap(Mark, spans(typed, words(text))))
