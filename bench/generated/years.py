"""Questions that only a year makes clear: `ambiguous_year`.

Half of them are words that documents of different years have in their subjects, half a number's figure that an issuer
used for the same type in different years.
"""

from __future__ import annotations

import re
from collections import defaultdict
from random import Random

from bench.corpora import Question
from bench.generated.documents import MOST_RIGHT, Document, Documents, name_key
from bench.generated.marks import strip_marks
from bench.generated.phrases import LENGTHS
from bench.generated.seeding import PER_KIND, collect

KIND = "ambiguous_year"

_SHORTEST = 5
_LEAST_ALIKE = 0.6
_FORGIVEN = 1
_YEAR = re.compile(r"(?:19|20)\d\d")


def ambiguous_year_questions(documents: Documents) -> tuple[Question, ...]:
    """`hướng dẫn thủ tục hải quan năm 2019`, `thông tư 36 bộ tài chính năm 2014`; one right answer each."""
    by_subject = collect(
        KIND, documents, lambda document, random: _ask_by_subject(document, documents, random), PER_KIND // 2
    )
    figures = _by_figure(documents)
    taken = {question.id for question in by_subject}
    others = [document for document in documents if f"{KIND}-{document.id}" not in taken]
    by_figure = collect(KIND, others, lambda document, random: _ask_by_figure(document, figures, random), PER_KIND // 2)
    return by_subject + by_figure


def _ask_by_subject(document: Document, documents: Documents, random: Random) -> tuple[str, frozenset[str]] | None:
    if document.year is None:
        return None
    length = min(random.choice(LENGTHS), len(document.subject))
    if length < _SHORTEST:
        return None
    starts = list(range(len(document.subject) - length + 1))
    random.shuffle(starts)
    for start in starts:
        phrase = document.subject[start : start + length]
        if all(map(str.isalpha, phrase)) and _only_year_tells(document, phrase, documents):
            return _as_typed(f"{' '.join(phrase)} năm {document.year}", random), frozenset({document.id})
    return None


def _only_year_tells(document: Document, phrase: tuple[str, ...], documents: Documents) -> bool:
    """Whether of the documents that a phrase fits, a much alike one among them, the year picks out just this one.

    A document of the year that fits but for one syllable might be meant as well, and so might one whose subject names
    the year itself (`dự toán năm 2025`, of 2024); then nobody can tell.
    """
    holding = documents.holding(phrase)
    others = [one for one in holding if one.id != document.id]
    wanted = str(document.year)
    return (
        2 <= len(holding) <= MOST_RIGHT
        and all(one.year not in (None, document.year) for one in others)
        and any(documents.alike(document, one) >= _LEAST_ALIKE for one in others)
        and all(wanted not in _years(one) for one in others)
        and _years(document) <= {wanted}
        and not any(
            documents.missing(one, phrase) <= _FORGIVEN
            for one in documents
            if one.year == document.year and one.id != document.id
        )
    )


def _years(document: Document) -> set[str]:
    return {syllable for syllable in document.subject if _YEAR.fullmatch(syllable)}


def _by_figure(documents: Documents) -> dict[tuple[str, ...], list[Document]]:
    groups: dict[tuple[str, ...], list[Document]] = defaultdict(list)
    for document in documents:
        if key := _figure_key(document):
            groups[key].append(document)
    return groups


def _figure_key(document: Document) -> tuple[str, ...]:
    if not (document.type and document.figure and document.issuer):
        return ()
    return (name_key(document.type), document.figure.lstrip("0"), name_key(document.issuer))


def _ask_by_figure(
    document: Document, groups: dict[tuple[str, ...], list[Document]], random: Random
) -> tuple[str, frozenset[str]] | None:
    group = groups.get(_figure_key(document), [])
    years = [one.year for one in group]
    if document.year is None or len(group) < 2 or None in years or years.count(document.year) != 1:
        return None
    number, of = random.choice((("số ", "của "), ("", "")))
    figure = random.choice((document.figure, document.figure.lstrip("0")))
    text = f"{document.type.lower()} {number}{figure} {of}{document.issuer.lower()} năm {document.year}"
    return _as_typed(text, random), frozenset({document.id})


def _as_typed(text: str, random: Random) -> str:
    return text if random.random() < 0.5 else strip_marks(text)
