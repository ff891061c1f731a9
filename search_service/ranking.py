"""How documents are ranked: the one place where a question becomes a weighted engine query.

A score is a sum of *evidence* (chứng cứ), each piece of it a query of its own with a weight, so that what ranks is also
what explains (`search_service.explanation`) and what is tuned (`python -m bench.tune`). Each weight answers a case that
clerks bring; `docs/measuring.md` says how they were found.
"""

from __future__ import annotations

import datetime
import math
from collections.abc import Iterator
from dataclasses import dataclass

from engines.query import All, AnyOf, Best, Boolean, Boost, Constant, Match, Query, Range
from engines.schema import SIGNED, day_number, ngrams
from search_service.query import Reading, UnderstoodQuery


@dataclass(frozen=True, slots=True)
class Weights:
    """Weights of the pieces of evidence, in BM25 of one body syllable.

    Attributes:
        body: The syllables, with marks when the question has marks: `quý` is not `quy`.
        body_folded: The syllables without marks, beside `body`, when the question has marks: a document typed without
            marks, or a question with a slip in one, is found after what matches as typed.
        body_pairs: Neighbouring syllables. Vietnamese words are mostly two syllables; marks do not matter here.
        body_triples: Runs of three: a phrase remembered from the text outranks scattered syllables.
        body_whole: Every run of three that the question has: a sentence copied from an attachment, even a long one.
        words: The words of more than one syllable, to a question in words: `tài sản riêng` asked for among much else.
        title: The syllables in the subject: what a document is about comes before what it mentions.
        title_pairs: The same for pairs.
        title_whole: Every syllable of the question, in any order: `nghỉ tuổi hưu` remembered by its words. A type may
            stand before them: `luật đất đai`.
        number: A number that the question may name, for each piece of it beyond the figure.
        number_limit: The most that a number counts for.
        whole_number: The question is a number and nothing else: its document comes first whatever else matches.
        figure: The figure of a number that is said in words, and as much again when the year agrees.
        recent: Of several documents with the number that is asked for, the later: for each of `RECENT_YEARS`.
        named: A type, issuer or signer that the question surely names.
        perhaps_named: A type or issuer that it may name: most such words are pieces of a subject.
        perhaps_signed: A signer that it may name: hardly anybody types a whole name that is not meant.
        issued: A date of issue that the question surely names.
        perhaps_issued: One that it may name: `năm 2024` is as often a part of the subject.
        all_named: Everything that the question surely names, when that is two things or more.
        legal_force: A law, to a question in words: who asks `… là bao nhiêu?` asks what the law says, before what
            decrees and circulars repeat of it (Luật Ban hành văn bản quy phạm pháp luật: order of legal force). Grows
            with the square root of the question's length, as scores do.
        signed: A document whose draft is in the index too: the two have one text, and the signed one comes first.
        needed: The share of a description's syllables that a document must have to be found at all. All of them when
            they only name what is looked for: documents of that name are found by it.
    """

    body: float = 1.0
    body_folded: float = 0.7
    body_pairs: float = 0.2
    body_triples: float = 1.0
    body_whole: float = 20.0
    words: float = 0.8
    title: float = 0.25
    title_pairs: float = 0.5
    title_whole: float = 16.0
    number: float = 20.0
    number_limit: float = 60.0
    whole_number: float = 40.0
    figure: float = 15.0
    recent: float = 0.5
    named: float = 6.0
    perhaps_named: float = 1.5
    perhaps_signed: float = 12.0
    issued: float = 16.0
    perhaps_issued: float = 10.0
    all_named: float = 15.0
    legal_force: float = 3.0
    signed: float = 1.0
    needed: float = 0.7


DEFAULT_WEIGHTS = Weights()

SHORT_QUESTION, LONG_QUESTION = 6, 12
"""Distinct syllables up to which a question in words, or a description, is looked for by each of its words."""

RECENT_YEARS = (1, 2, 4, 8)
LAWS = ("Hiến pháp", "Bộ luật", "Luật")
"""The types of highest legal force."""

_LEAST_WHOLE = 4
"""Syllables from which having all of them in a row, or in the subject, says anything."""

_LEAST_SUBJECT = 2

_SURPRISING = 8
"""Syllables that nobody writes in the same row by chance."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """One reason for a document to be ranked as it is.

    Attributes:
        name: The field of `Weights` that its weight is of.
        query: The documents that it speaks for, and how much.
        weight: What its scores are multiplied by.
    """

    name: str
    query: Query
    weight: float

    def scored(self) -> Query:
        """The query with its weight."""
        return Boost(self.query, self.weight)


def rank(question: UnderstoodQuery, weights: Weights = DEFAULT_WEIGHTS) -> Query:
    """The engine query for a question; every document when the question is empty.

    BM25 divides by a document's length, so that whole laws do not win by having every word somewhere.
    """
    if question.is_empty:
        return All()
    expression = question.expression
    if expression is None:
        return Boolean(must=(candidates(question, weights),), should=_scored(question, weights))
    must = (candidates(question, weights),) if expression.has_loose_words else ()
    return Boolean(must=must, should=_scored(question, weights), filters=(expression.filter,))


def _scored(question: UnderstoodQuery, weights: Weights) -> tuple[Query, ...]:
    """All the evidence; of several readings the best one's."""
    if not question.syllables:
        return ()
    readings = tuple(
        Boolean(should=tuple(one.scored() for one in reading_evidence(reading, weights)))
        for reading in question.readings
    )
    beside = tuple(one.scored() for one in question_evidence(question, weights))
    return (Best(readings) if len(readings) > 1 else readings[0], *beside)


def candidates(question: UnderstoodQuery, weights: Weights) -> Query:
    """What is found at all, without a score: enough of the syllables, or what is asked for by number or name."""
    share = 1.0 if question.only_names else weights.needed
    found = [_enough_of(reading, question.asks, share) for reading in question.readings]
    if question.number_keys:
        found.append(AnyOf("number_forms", tuple(key.text for key in question.number_keys)))
    named = _surely_named(question)
    if len(named) > 1 or question.only_names or any(name.field == "signer" and name.sure for name in question.names):
        found.append(Boolean(filters=named))
    return Constant(Best(tuple(found)), 0.0)


def _enough_of(reading: Reading, asks: bool, share: float) -> Query:
    """The documents that have enough of a reading to be found.

    Each of a few words matters. A sentence is half made of how it is said, and no share of its words tells what is
    about the matter; two words of it side by side do.
    """
    distinct = len(set(reading.folded))
    if distinct > LONG_QUESTION or (asks and distinct > SHORT_QUESTION):
        return Match("folded_pairs", tuple(ngrams(reading.folded, 2)))
    return Match("folded", reading.folded, math.ceil(share * distinct))


def reading_evidence(reading: Reading, weights: Weights) -> tuple[Evidence, ...]:
    """The evidence of a document's text for one reading of the question."""
    syllables, folded, marked = reading.syllables, reading.folded, reading.has_marks
    pairs, triples = tuple(ngrams(folded, 2)), tuple(ngrams(folded, 3))
    evidence = [
        Evidence("body", Match("syllables", syllables) if marked else Match("folded", folded), weights.body),
        Evidence("body_folded", Match("folded", folded), weights.body_folded if marked else 0.0),
        Evidence("body_pairs", Match("folded_pairs", pairs), weights.body_pairs),
        Evidence("body_triples", Match("folded_triples", triples), weights.body_triples),
        Evidence("words", Match("words", reading.words), weights.words),
        Evidence("title", Match("title", syllables) if marked else Match("title_folded", folded), weights.title),
        Evidence("title_pairs", Match("title_pairs", pairs), weights.title_pairs),
    ]
    if len(folded) >= _LEAST_WHOLE:
        every_run = Match("folded_triples", triples, len(set(triples)))
        in_subject = Match("title_folded", folded, len(set(folded)))
        evidence += [
            Evidence("body_whole", Constant(every_run), weights.body_whole * _surprise(len(folded))),
            Evidence("title_whole", Constant(in_subject), weights.title_whole),
        ]
    return tuple(one for one in evidence if one.weight and not _is_vain(one.query))


def _surprise(syllables: int) -> float:
    """How much a run of so many syllables says, from 0 to 1: four in a row are often a common phrase."""
    return min(1.0, (syllables - 2) / (_SURPRISING - 2))


def _is_vain(query: Query) -> bool:
    return isinstance(query, Match) and not query.tokens


def question_evidence(question: UnderstoodQuery, weights: Weights) -> tuple[Evidence, ...]:
    """The evidence of what a document is, whichever way the question is read."""
    pieces = (_number, _figures, _names, _titles, _periods)
    evidence = [found for find in pieces for found in find(question, weights)]
    named = _surely_named(question)
    if len(named) > 1:
        evidence.append(Evidence("all_named", Constant(Boolean(filters=named)), weights.all_named))
    if question.asks:
        force = weights.legal_force * math.sqrt(len(question.folded))
        evidence.append(Evidence("legal_force", AnyOf("type", LAWS), force))
    evidence.append(Evidence("signed", AnyOf("standing", (SIGNED,)), weights.signed))
    return tuple(one for one in evidence if one.weight)


def _number(question: UnderstoodQuery, weights: Weights) -> Iterator[Evidence]:
    """The best of the numbers that the question may name: half a number is worth less than all of it."""
    if not question.number_keys:
        return
    named = tuple(
        Constant(
            AnyOf("number_forms", (key.text,)),
            min(weights.number * (key.pieces - 1), weights.number_limit) + weights.whole_number * key.whole,
        )
        for key in question.number_keys
    )
    yield Evidence("number", Best(named), 1.0)
    keys = AnyOf("number_forms", tuple(key.text for key in question.number_keys))
    since = (_years_before(question.asked_on, years) for years in RECENT_YEARS)
    later = (Constant(Boolean(filters=(keys, Range("issued", low=day_number(day))))) for day in since)
    yield Evidence("recent", Boolean(should=tuple(later)), weights.recent)


def _years_before(day: datetime.date, years: int) -> datetime.date:
    return day - datetime.timedelta(days=365 * years)


def _figures(question: UnderstoodQuery, weights: Weights) -> Iterator[Evidence]:
    years = {period.low.year for period in question.periods if period.low.year == period.high.year}
    for figure in question.figures:
        yield Evidence("figure", AnyOf("number_forms", (figure,)), weights.figure)
        for year in years:
            yield Evidence("figure", AnyOf("number_forms", (f"{figure}_{year}",)), weights.figure)


def _names(question: UnderstoodQuery, weights: Weights) -> Iterator[Evidence]:
    for name in question.names:
        unsure = "perhaps_signed" if name.field == "signer" else "perhaps_named"
        weighed = "named" if name.sure else unsure
        yield Evidence(weighed, AnyOf(name.field, name.values), getattr(weights, weighed))


def _titles(question: UnderstoodQuery, weights: Weights) -> Iterator[Evidence]:
    """Type and subject as people say them together: `luật đất đai`, of which the subject is `Đất đai`."""
    for name in question.names:
        subject = question.folded[name.end :]
        if name.field == "type" and name.start == 0 and len(subject) >= _LEAST_SUBJECT:
            in_subject = Match("title_folded", subject, len(set(subject)))
            titled = Boolean(filters=(AnyOf("type", name.values), in_subject))
            yield Evidence("title_whole", Constant(titled), weights.title_whole)


def _periods(question: UnderstoodQuery, weights: Weights) -> Iterator[Evidence]:
    for period in question.periods:
        weighed = "issued" if period.sure else "perhaps_issued"
        yield Evidence(weighed, _issued_within(period.low, period.high), getattr(weights, weighed))


def _surely_named(question: UnderstoodQuery) -> tuple[Query, ...]:
    names = (AnyOf(name.field, name.values) for name in question.names if name.sure)
    periods = (_issued_within(period.low, period.high) for period in question.periods if period.sure)
    figures = (AnyOf("number_forms", (figure,)) for figure in question.figures)
    return (*names, *periods, *figures)


def _issued_within(low: datetime.date, high: datetime.date) -> Query:
    return Range("issued", day_number(low), day_number(high))
