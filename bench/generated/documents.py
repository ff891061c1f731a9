"""What questions are made from: the corpus's documents with their records completed, as the indexer completes them."""

from __future__ import annotations

import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

from analyzers.folding import fold
from analyzers.normalize import normalize
from analyzers.tokens import syllable_texts
from bench.generated.abbreviations import written_out
from engines.record import OfficialDocument, from_mapping
from indexer.metadata import complete, year

MOST_RIGHT = 10
"""Right answers that a question may have: with more, the first ten results could not hold them."""

_LAW = "law:"
_FIGURE = re.compile(r"\s*(\d+)")
# A legal portal gives the place alone as the issuer of what the place's two bodies issue; the number tells which.
_PLACE = re.compile(r"(?:(?:ủy )?ban nhân dân |hội đồng nhân dân )?((?:tỉnh|thành phố) .+)", re.IGNORECASE)
_BODIES = {"UBND": "Ủy ban nhân dân", "HĐND": "Hội đồng nhân dân"}
_PIECES = re.compile(r"[/\-\s]+")


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """A document as questions ask for it.

    Attributes:
        id: Its record's id.
        type: Tên loại, as its record has it.
        figure: The number's figure as it is written: `06` of `06/2025/TT-BTC`; empty if it has none.
        issuer: Cơ quan ban hành, with the body that the number names where the record names only the place.
        year: Of issue; None where it is unknown, or where date and number disagree.
        month: Of issue, 1 to 12.
        signer: Người ký.
        subject: The subject's syllables (trích yếu), canonical, with marks.
    """

    id: str
    type: str = ""
    figure: str = ""
    issuer: str = ""
    year: int | None = None
    month: int | None = None
    signer: str = ""
    subject: tuple[str, ...] = ()

    @property
    def is_official(self) -> bool:
        """Whether it is one of the official documents and not a law beside them."""
        return not self.id.startswith(_LAW)


class Documents:
    """All documents that compete, with their subjects as they compare."""

    def __init__(self, documents: Iterable[Document]) -> None:
        self.all = tuple(documents)
        subjects = {document.id: _folded(document.subject) for document in self.all}
        self._subjects = {id: _bounded(subject) for id, subject in subjects.items()}
        self._syllables = {id: frozenset(subject) for id, subject in subjects.items()}
        self._with: dict[str, list[Document]] = defaultdict(list)
        for document in self.all:
            for syllable in self._syllables[document.id]:
                self._with[syllable].append(document)

    def __iter__(self) -> Iterator[Document]:
        return iter(self.all)

    @property
    def officials(self) -> tuple[Document, ...]:
        """The documents that questions are made from."""
        return tuple(document for document in self.all if document.is_official)

    def holding(self, phrase: tuple[str, ...]) -> tuple[Document, ...]:
        """Documents whose subject has these syllables (at least one) in a row, marked or not, abbreviated or not.

        A question of these syllables cannot mean one of them rather than another.
        """
        wanted = _folded(phrase)
        fewest = min((self._with.get(syllable, []) for syllable in wanted), key=len)
        return tuple(document for document in fewest if self._has(document, wanted))

    def holds_all(self, document: Document, phrases: Iterable[tuple[str, ...]]) -> bool:
        """Whether a document's subject has each of the phrases, anywhere."""
        return all(self._has(document, _folded(phrase)) for phrase in phrases)

    def missing(self, document: Document, phrase: tuple[str, ...]) -> int:
        """How many of a phrase's different syllables a document's subject has not."""
        return len(frozenset(_folded(phrase)) - self._syllables[document.id])

    def alike(self, one: Document, other: Document) -> float:
        """Share of the syllables of two subjects that both have (Jaccard), figures aside; 0 to 1."""
        first, second = (set(filter(str.isalpha, self._syllables[document.id])) for document in (one, other))
        return len(first & second) / len(first | second)

    def _has(self, document: Document, wanted: tuple[str, ...]) -> bool:
        return _bounded(wanted) in self._subjects[document.id]


def read_documents(path: Path) -> Documents:
    """The documents of a corpus in JSON Lines, each record completed from its text."""
    with path.open(encoding="utf-8") as lines:
        return Documents(document_of(complete(from_mapping(json.loads(line)))) for line in lines)


def document_of(record: OfficialDocument) -> Document:
    """What questions ask of a completed record."""
    figure = _FIGURE.match(record.number)
    return Document(
        id=record.id,
        type=record.type,
        figure=figure.group(1) if figure else "",
        issuer=issuer_name(record),
        year=_sure_year(record),
        month=record.issued.month if record.issued else None,
        signer=record.signer,
        subject=tuple(syllable_texts(normalize(record.subject))),
    )


def issuer_name(record: OfficialDocument) -> str:
    """The issuer's full name: `Tỉnh Bắc Ninh` of `36/2025/QĐ-UBND` is `Ủy ban nhân dân tỉnh Bắc Ninh`."""
    place = _PLACE.fullmatch(record.issuer)
    codes = _PIECES.split(record.number.upper())
    bodies = [name for code, name in _BODIES.items() if code in codes]
    if place is None or len(bodies) != 1:
        return record.issuer
    name = place.group(1)
    return f"{bodies[0]} {name[0].lower()}{name[1:]}"


def name_key(name: str) -> str:
    """What two spellings of one name have in common: its syllables without marks."""
    return " ".join(map(fold, syllable_texts(normalize(name))))


def _sure_year(record: OfficialDocument) -> int | None:
    """The year of issue, unless the date and the number name different ones: then nobody can say what is right."""
    in_number = year(OfficialDocument(id=record.id, number=record.number))
    known = year(record)
    return known if in_number in (None, known) else None


def _folded(syllables: Iterable[str]) -> tuple[str, ...]:
    """Syllables as subjects compare by them: without marks, abbreviations written out."""
    return tuple(" ".join(written_out(fold(syllable)) for syllable in syllables).split())


def _bounded(syllables: tuple[str, ...]) -> str:
    """Syllables as text in which one can only be found whole."""
    return f" {' '.join(syllables)} "
