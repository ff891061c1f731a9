"""Why a search found nothing (không tìm thấy): what each word and condition finds, what comes without it."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzers.folding import fold
from analyzers.tokens import syllables
from engines.interface import Access
from engines.query import Boolean, Match, Query
from search_service.language.lexemes import words_in
from search_service.language.removal import without, without_all
from search_service.query import UnderstoodQuery
from search_service.search import Days, SearchRequest, SearchService, filters_of

_MOST = 12
"""Words and conditions that are looked at, each by two counts: nobody types more to find one document."""

_PHRASE = re.compile(r"[\"“„«](?P<words>[^\"“”„«»]*)[\"”»](?:~\d+)?")


@dataclass(frozen=True, slots=True, kw_only=True)
class Cause:
    """A word or condition of a question that found nothing.

    Attributes:
        text: As it was typed.
        term: What it is, in Vietnamese; empty for a word.
        alone: Documents that fulfil it, under the same access and filters; None for what is to be absent.
        left: The question without it.
        found: Documents that the question without it finds.
    """

    text: str
    term: str
    alone: int | None
    left: str
    found: int


@dataclass(frozen=True, slots=True)
class FilterCause:
    """A filter of a search that found nothing.

    Attributes:
        names: Its parameters.
        alone: Documents that it lets through, whatever else is asked.
        found: Documents that are found without it.
    """

    names: tuple[str, ...]
    alone: int
    found: int


@dataclass(frozen=True, slots=True)
class Causes:
    """All that may be the cause, and a question that asks for the words of a phrase one by one.

    Attributes:
        of_question: Words and conditions, in order.
        of_filters: The filters in force.
        unquoted: The question without the quotes of the phrases that find nothing; empty when there are none.
        found_unquoted: Documents that it finds.
        rest: The question without all that finds nothing by itself, where that is more than one thing; else empty.
        found_rest: Documents that it finds.
    """

    of_question: tuple[Cause, ...]
    of_filters: tuple[FilterCause, ...]
    unquoted: str
    found_unquoted: int
    rest: str
    found_rest: int


def causes(service: SearchService, request: SearchRequest, question: UnderstoodQuery, access: Access) -> Causes:
    """Look for what made a search find nothing.

    Raises:
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    search = _Search(service, replace(request, size=0, cursor=None), access)
    of_question = tuple(search.conditions(question) if question.expression else search.words(question))
    phrases = [cause.text for cause in of_question if cause.alone == 0 and _PHRASE.fullmatch(cause.text)]
    unquoted = _unquoted(question.text, phrases) if phrases else ""
    rest = _rest(question, of_question)
    return Causes(
        of_question=of_question,
        of_filters=tuple(search.filters()),
        unquoted=unquoted,
        found_unquoted=search.found(text=unquoted) if unquoted else 0,
        rest=rest,
        found_rest=search.found(text=rest) if rest else 0,
    )


@dataclass(frozen=True, slots=True)
class _Search:
    service: SearchService
    request: SearchRequest
    access: Access

    def found(self, **changes: object) -> int:
        """Documents that the search finds with something changed."""
        changed = replace(self.request, **changes)  # type: ignore[arg-type]
        return self.service.list(changed, self.access).total

    def conditions(self, question: UnderstoodQuery) -> Iterator[Cause]:
        expression = question.expression
        for part in (expression.parts if expression else ())[:_MOST]:
            left = without(question.text, part.start, part.end)
            yield Cause(
                text=part.text,
                term=part.term,
                alone=None if part.excluded else self._alone(part.query),
                left=left,
                found=self.found(text=left),
            )

    def words(self, question: UnderstoodQuery) -> Iterator[Cause]:
        text = _searched(question)
        distinct = {token.text: token for token in reversed(syllables(text))}
        for token in sorted(distinct.values(), key=lambda token: token.start)[:_MOST]:
            left = " ".join(f"{text[: token.start]} {text[token.end :]}".split())
            yield Cause(
                text=text[token.start : token.end],
                term="",
                alone=self._alone(Match("folded", (fold(token.text),))),
                left=left,
                found=self.found(text=left),
            )

    def filters(self) -> Iterator[FilterCause]:
        filters = self.request.filters
        for name, chosen in filters.items():
            others = {other: values for other, values in filters.items() if other != name}
            alone = self._let_through(SearchRequest(filters={name: chosen}))
            yield FilterCause((name,), alone, self.found(filters=others))
        for name in ("issued", "due", "meeting"):
            days = getattr(self.request, name)
            if days != Days():
                alone = self._let_through(SearchRequest(**{name: days}))
                yield FilterCause((f"{name}_from", f"{name}_to"), alone, self.found(**{name: Days()}))

    def _let_through(self, only: SearchRequest) -> int:
        return self.service.engine.count(Boolean(filters=tuple(filters_of(only).values())), self.access)

    def _alone(self, query: Query) -> int:
        filters = tuple(filters_of(self.request).values())
        return self.service.engine.count(Boolean(filters=(query, *filters)), self.access)


def _rest(question: UnderstoodQuery, of_question: Sequence[Cause]) -> str:
    vain = sum(cause.alone == 0 for cause in of_question)
    if not 1 < vain < len(of_question):
        return ""
    if question.expression is None:
        return " ".join(cause.text for cause in of_question if cause.alone != 0)
    looked_at = zip(question.expression.parts, of_question, strict=False)
    return without_all(question.text, [(part.start, part.end) for part, cause in looked_at if cause.alone == 0])


def _searched(question: UnderstoodQuery) -> str:
    """The words as they were understood: neither keystrokes of Telex nor a bad expression's operators were searched."""
    text = question.read_as or question.text
    words = words_in(text) if question.mistake else ()
    return " ".join(text[word.start : word.end] for word in words) or text


def _unquoted(text: str, phrases: list[str]) -> str:
    return _PHRASE.sub(lambda found: found["words"] if found.group() in phrases else found.group(), text)
