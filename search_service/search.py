"""The search itself: one typed question in, one typed answer out, the same for API, web page and command line."""

from __future__ import annotations

import dataclasses
import datetime
import math
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from analyzers.abbreviations import Definition
from analyzers.channels import Analyzer
from engines.clock import VIETNAM
from engines.interface import Access, Engine, Facet, FacetValue, Hit, Order, Results, Search
from engines.query import All, AnyOf, Query, Range
from engines.record import OfficialDocument
from engines.schema import day_number
from search_service.explanation import Contribution, explain
from search_service.highlights import Highlight, Highlighter, Mark
from search_service.kept_questions import KeptQuestions, engines_own
from search_service.knowledge import IndexKnowledge
from search_service.occurrences import CharacterTable
from search_service.query import UnderstoodQuery
from search_service.questions import read_question
from search_service.ranking import rank

DEFAULT_SIZE = 10
_MOST_VALUES = 40
FACET_SIZES: Mapping[str, int] = {
    "type": _MOST_VALUES,
    "issuer": _MOST_VALUES,
    "year": 100,
    "assignee": _MOST_VALUES,
    "signed": 4,
    "month": 240,
    "subject_field": _MOST_VALUES,
    "signer": _MOST_VALUES,
    "source": _MOST_VALUES,
    "urgency": _MOST_VALUES,
    "direction": _MOST_VALUES,
    "signed_by": _MOST_VALUES,
    "register": _MOST_VALUES,
}
"""The facets that can be counted, and the most values that are given of each."""

DEFAULT_FACETS = ("type", "issuer", "year", "assignee", "signed")


@dataclass(frozen=True, slots=True)
class Days:
    """From one day to another, both included; None is no bound."""

    first: datetime.date | None = None
    last: datetime.date | None = None

    def within(self, field: str) -> Range | None:
        """What has one of these days in a number field; None where nothing bounds them."""
        if self.first is None and self.last is None:
            return None
        return Range(field, _day(self.first), _day(self.last))


def _day(date: datetime.date | None) -> int | None:
    return day_number(date) if date else None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchRequest:
    """What is asked.

    Attributes:
        text: The question as typed; empty asks for every document.
        size: Hits a page, 0 to 1,000.
        cursor: `SearchAnswer.next` of the page before.
        order: The order of hits; None is by relevance, or newest first when there is no question.
        filters: Keyword field to the values that are let through.
        issued: The dates of issue that are let through.
        due: The days that what is let through is due by, or one of its tasks.
        meeting: The days on one of which the meeting is that a document invites to.
        facets: The keyword fields of `FACET_SIZES` whose values are counted.
        literal: Search what was typed and nothing else: no reading of keystrokes, slips, abbreviations or names.
        explain: Say of each hit which evidence gave what.
    """

    text: str = ""
    size: int = DEFAULT_SIZE
    cursor: str | None = None
    order: Order | None = None
    filters: Mapping[str, tuple[str, ...]] = field(default_factory=dict)
    issued: Days = Days()
    due: Days = Days()
    meeting: Days = Days()
    facets: tuple[str, ...] = DEFAULT_FACETS
    literal: bool = False
    explain: bool = False


@dataclass(frozen=True, slots=True)
class FoundDocument:
    """One result.

    Attributes:
        record: The document, with its text.
        score: Its relevance; 0 in any other order.
        subject_marks: What in `record.subject` answers the question.
        highlights: Snippets of its text, best first.
        explanation: What its score is made of; None when that was not asked.
    """

    record: OfficialDocument
    score: float
    subject_marks: tuple[Mark, ...]
    highlights: tuple[Highlight, ...]
    explanation: tuple[Contribution, ...] | None


@dataclass(frozen=True, slots=True, kw_only=True)
class SearchAnswer:
    """What was found.

    Attributes:
        question: How the question was understood.
        order: The order that `hits` are in.
        total: Documents that match, exactly.
        hits: This page of them.
        facets: Field to its values, the most frequent first.
        next: The cursor of the next page, or None on the last.
        took_ms: Milliseconds from question to answer.
    """

    question: UnderstoodQuery
    order: Order
    total: int
    hits: tuple[FoundDocument, ...]
    facets: Mapping[str, tuple[FacetValue, ...]]
    next: str | None
    took_ms: float


@dataclass(frozen=True, slots=True)
class ReadDocument:
    """One whole document.

    Attributes:
        record: The document, with its text.
        question: The question that it was opened from.
        marks: What in its text answers the question, in order, apart from each other.
    """

    record: OfficialDocument
    question: UnderstoodQuery
    marks: tuple[Mark, ...]


@dataclass(frozen=True, slots=True)
class FoundText:
    """Documents with their texts.

    Attributes:
        question: How the question was understood.
        hits: The documents, in their order.
        highlighter: Finds in texts what answers the question.
        rarities: For each of `highlighter.syllables` its inverse document frequency.
    """

    question: UnderstoodQuery
    hits: tuple[Hit, ...]
    highlighter: Highlighter
    rarities: tuple[float, ...]


class SearchService:
    """Answers questions over one engine. Safe to call from several threads."""

    def __init__(self, engine: Engine, analyzer: Analyzer, own_abbreviations: Sequence[Definition] = ()) -> None:
        """Search an engine; `own_abbreviations` are the installation's own."""
        self.engine = engine
        self.analyzer = analyzer
        self._knowledge = IndexKnowledge(engine, analyzer, own_abbreviations)
        self._questions = KeptQuestions()
        self._table = CharacterTable()

    def understand(self, text: str, *, literal: bool = False) -> UnderstoodQuery:
        """What a question means to this index; never fails."""
        today = datetime.datetime.now(VIETNAM).date()
        return read_question(_encodable(text), self._knowledge.now(), today, literal=literal)

    def search(self, request: SearchRequest, access: Access) -> SearchAnswer:
        """Find, rank, count and highlight.

        Raises:
            InvalidCursor: The cursor is not one of this engine and order.
            EngineUnavailable: There is nothing to search, or the engine cannot be reached.
        """
        started = time.perf_counter()
        question = self._question(request)
        order = _order(request.order, question)
        results = self.engine.search(
            dataclasses.replace(
                _asked(question, request, access),
                facets=tuple(Facet(name, FACET_SIZES[name]) for name in request.facets),
                with_text=True,
            )
        )
        highlighter = Highlighter(question, self._table)
        ids = [hit.record.id for hit in results.hits]
        explained = explain(self.engine, question, ids, access) if request.explain else None
        hits = tuple(_found(hit, highlighter, explained) for hit in results.hits)
        return SearchAnswer(
            question=question,
            order=order,
            total=results.total,
            hits=hits,
            facets=results.facets,
            next=self._cursor(results, request, question),
            took_ms=round((time.perf_counter() - started) * 1000, 1),
        )

    def list(self, request: SearchRequest, access: Access) -> Results:
        """A page of the same documents in the same order, their records without text, nothing counted or marked.

        Raises:
            InvalidCursor: The cursor is not one of this engine and order.
            EngineUnavailable: There is nothing to search, or the engine cannot be reached.
        """
        question = self._question(request)
        results = self.engine.search(_asked(question, request, access))
        return dataclasses.replace(results, next=self._cursor(results, request, question))

    def texts(self, request: SearchRequest, access: Access) -> FoundText:
        """A page of documents with their texts, and what tells the places in them that answer the question.

        Raises:
            InvalidCursor: The cursor is not one of this engine and order.
            EngineUnavailable: There is nothing to search, or the engine cannot be reached.
        """
        question = self._question(request)
        hits = self.engine.search(dataclasses.replace(_asked(question, request, access), with_text=True)).hits
        highlighter = Highlighter(question, self._table)
        frequencies = self._knowledge.now().frequencies("folded", highlighter.syllables)
        documents = self.size(access)
        return FoundText(
            question, hits, highlighter, tuple(_rarity(frequencies[one], documents) for one in highlighter.syllables)
        )

    def read(self, id: str, text: str, access: Access) -> ReadDocument | None:
        """The document with this id, marked for a question; None when there is none that may be seen."""
        record = self.engine.fetch([_encodable(id)], access).get(id)
        if record is None:
            return None
        question = self.understand(text)
        return ReadDocument(record, question, Highlighter(question, self._table).marks(record.text))

    def _question(self, request: SearchRequest) -> UnderstoodQuery:
        """How the request's question is read: on a later page as on the first."""
        kept = self._questions.named(request.cursor, request.text, literal=request.literal)
        return kept or self.understand(request.text, literal=request.literal)

    def _cursor(self, results: Results, request: SearchRequest, question: UnderstoodQuery) -> str | None:
        return self._questions.cursor(results.next, request.text, question, literal=request.literal)

    def size(self, access: Access) -> int:
        """How many documents can be searched."""
        return self.engine.count(All(), access)


def _encodable(text: str) -> str:
    """The text without lone surrogates, which a command line may bring and no engine can take."""
    return text.encode(errors="replace").decode()


def _asked(question: UnderstoodQuery, request: SearchRequest, access: Access) -> Search:
    return Search(
        query=rank(question),
        access=access,
        filters=filters_of(request),
        order=_order(request.order, question),
        size=request.size,
        cursor=engines_own(request.cursor),
    )


def _order(asked: Order | None, question: UnderstoodQuery) -> Order:
    """Without a question all are equally relevant, so the newest come first."""
    if question.is_empty and asked in (None, Order.RELEVANCE):
        return Order.NEWEST
    return asked or Order.RELEVANCE


def filters_of(request: SearchRequest) -> dict[str, Query]:
    """The filters of a request, each on its field."""
    filters: dict[str, Query] = {
        name: AnyOf(name, tuple(map(_encodable, values))) for name, values in request.filters.items() if values
    }
    days = {
        "issued": request.issued,
        "due": request.due,
        # A meeting of several days is on one of those asked for when it begins by the last and ends after the first.
        "meeting": Days(last=request.meeting.last),
        "meeting_end": Days(first=request.meeting.first),
    }
    return filters | {name: within for name, asked in days.items() if (within := asked.within(name))}


def _rarity(having: int, documents: int) -> float:
    """BM25's inverse document frequency."""
    return math.log1p(max(documents - having + 0.5, 0.0) / (having + 0.5))


def _found(
    hit: Hit, highlighter: Highlighter, explained: Mapping[str, tuple[Contribution, ...]] | None
) -> FoundDocument:
    return FoundDocument(
        record=hit.record,
        score=hit.score,
        subject_marks=highlighter.marks(hit.record.subject),
        highlights=highlighter.snippets(hit.record),
        explanation=None if explained is None else explained.get(hit.record.id, ()),
    )
