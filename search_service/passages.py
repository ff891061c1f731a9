"""Passages (đoạn văn): the pieces of documents that answer a question best, each with a citation ready to be quoted.

For programs that read for somebody, such as a chatbot (trợ lý ảo): they need not the document but the paragraph, and
must say where it stands. The documents come from the same search as everything else; their pieces are compared by BM25
(Robertson and Zaragoza, "The Probabilistic Relevance Framework", 2009) of the question's syllables and of their pairs.
`bench/passages.py` measures it.
"""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from engines.interface import Access
from engines.record import OfficialDocument
from search_service.highlights import Highlighter, Mark
from search_service.notation import citation_of
from search_service.query import UnderstoodQuery
from search_service.search import FoundText, SearchRequest, SearchService

DEFAULT_PASSAGES = 5
MOST_PASSAGES = 50
LONGEST = 1_500
"""Characters of a passage: a paragraph or two, which is what a reader or a model can weigh at once."""

_DOCUMENTS = 20
_PER_DOCUMENT = 3
_K1, _B = 1.2, 0.75
_PAIR = 1.0  # what a pair of the question's neighbours is worth, in syllables of middling rarity
_OF_DOCUMENT = 0.5  # how much of a passage's worth is its document's
_ARTICLE = re.compile(r"^[ \t#*]*(?:Điều|ĐIỀU)[ \t]+(\d{1,4}[a-zđ]?)\b", re.MULTILINE)
_PARAGRAPH = re.compile(r"\n(?=\s*\S)")


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A piece of a document.

    Attributes:
        record: The document, with its text.
        start: Where the piece begins in the text.
        end: Where it ends.
        article: The article (điều) that it stands in, as `Điều 12`; empty outside of articles.
        page: The page that it begins on, from 1; None when the document has no pages.
        score: Its relevance, 0 to 1: that of the best is 1 only where its document is the best too.
        marks: What answers the question, as places in the piece.
    """

    record: OfficialDocument
    start: int
    end: int
    article: str
    page: int | None
    score: float
    marks: tuple[Mark, ...]

    @property
    def text(self) -> str:
        """The piece as it stands in the document."""
        return self.record.text[self.start : self.end]

    @property
    def citation(self) -> str:
        """How to quote it: `Điều 12 Nghị định số … ngày … của …`."""
        return " ".join(filter(None, (self.article, citation_of(self.record))))


@dataclass(frozen=True, slots=True)
class _Piece:
    start: int
    end: int
    article: str


def find_passages(
    service: SearchService, request: SearchRequest, access: Access
) -> tuple[UnderstoodQuery, tuple[Passage, ...]]:
    """The best passages for a question, best first; `request.size` of them, at most three of one document.

    Returns:
        How the question was understood, and the passages.

    Raises:
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    texts = service.texts(replace(request, size=_DOCUMENTS), access)
    if not texts.hits:
        return texts.question, ()
    highlighter = texts.highlighter
    best_document = max(hit.score for hit in texts.hits) or 1.0
    scored = [
        (hit.score / best_document, hit.record, piece, score)
        for hit in texts.hits
        for piece, score in _best_pieces(hit.record.text, texts)
    ]
    best_piece = max((score for *_, score in scored), default=0.0) or 1.0
    ranked = sorted(
        (
            (_OF_DOCUMENT * of_document + (1 - _OF_DOCUMENT) * score / best_piece, record, piece)
            for of_document, record, piece, score in scored
        ),
        key=lambda one: -one[0],
    )
    best = ranked[: request.size]
    return texts.question, tuple(_passage(record, piece, score, highlighter) for score, record, piece in best)


def pieces(text: str) -> Iterator[_Piece]:
    """A text in pieces: articles, and of long ones runs of whole paragraphs of at most `LONGEST` characters."""
    headings = list(_ARTICLE.finditer(text))
    starts = [0, *(heading.start() for heading in headings)]
    ends = [*starts[1:], len(text)]
    names = ["", *(f"Điều {heading[1]}" for heading in headings)]
    for start, end, name in zip(starts, ends, names, strict=True):
        for first, last in _paragraphs(text, start, end):
            if not text[first:last].isspace():
                yield _Piece(first, last, name)


def _paragraphs(text: str, start: int, end: int) -> Iterator[tuple[int, int]]:
    while end - start > LONGEST:
        breaks = [found.start() for found in _PARAGRAPH.finditer(text, start + 1, start + LONGEST)]
        cut = breaks[-1] if breaks else _space_before(text, start, start + LONGEST)
        yield start, cut
        start = cut
    if start < end:
        yield start, end


def _space_before(text: str, start: int, at: int) -> int:
    space = max(text.rfind(" ", start + 1, at), text.rfind("\n", start + 1, at))
    return space if space > start else at


def _best_pieces(text: str, found: FoundText) -> list[tuple[_Piece, float]]:
    cut = list(pieces(text))
    if not cut:
        return []
    scores = _scores(text, cut, found)
    best = np.argsort(-scores, kind="stable")[:_PER_DOCUMENT]
    return [(cut[at], float(scores[at])) for at in best.tolist() if scores[at] > 0]


def _scores(text: str, cut: Sequence[_Piece], found: FoundText) -> npt.NDArray[np.float64]:
    """BM25 of each piece: each syllable by its rarity in the index, each pair of neighbours as `_PAIR` such."""
    scores = np.zeros(len(cut))
    occurrences = found.highlighter.occurrences(text)
    if occurrences is None:
        return scores
    starts = np.array([piece.start for piece in cut])
    lengths = np.array([piece.end - piece.start for piece in cut])
    norm = _K1 * (1 - _B + _B * lengths / (LONGEST / 2))
    at = np.searchsorted(starts, occurrences.starts, side="right") - 1
    for number, rarity in enumerate(found.rarities):
        counts = np.bincount(at[occurrences.numbers == number], minlength=len(cut))
        scores += rarity * counts * (_K1 + 1) / (counts + norm)
    near = (occurrences.starts[1:] - occurrences.ends[:-1] <= 3) & (at[1:] == at[:-1])
    middling = float(np.median(found.rarities)) if found.rarities else 0.0
    for first, second in found.highlighter.pairs:
        both = near & (occurrences.numbers[:-1] == first) & (occurrences.numbers[1:] == second)
        counts = np.bincount(at[:-1][both], minlength=len(cut))
        scores += _PAIR * middling * counts * (_K1 + 1) / (counts + norm)
    return scores


def _passage(record: OfficialDocument, piece: _Piece, score: float, highlighter: Highlighter) -> Passage:
    text = record.text[piece.start : piece.end]
    start = piece.start + len(text) - len(text.lstrip())
    end = piece.start + len(text.rstrip())
    return Passage(
        record=record,
        start=start,
        end=end,
        article=piece.article,
        page=bisect_right(record.pages, start) or 1 if record.pages else None,
        score=round(score, 4),
        marks=highlighter.marks(record.text[start:end]),
    )
