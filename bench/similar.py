"""Which key terms find similar documents: judged on citations, the one sign of kinship that documents give themselves.

The truth of a document is what it cites and what cites it, as far as that is indexed. But whoever cites writes the
other document's number and subject down, and its terms with them. So the same is asked again with every sentence that
holds a number taken out of the text, and only what the document cites as its truth: what is left says nothing of the
other document literally.
"""

from __future__ import annotations

import dataclasses
import random
import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from statistics import fmean

from analyzers.channels import Analyzer
from analyzers.segmentation import load_segmenter
from bench.corpora import Question
from bench.metrics import DEPTH, score
from bench.setting import Bench
from bench.split import Side, side
from bench.table import Table
from engines.interface import Access, Engine
from engines.record import OfficialDocument
from indexer.metadata.references import read_references
from search_service.related import RelatedByKind, related
from search_service.similar import DEFAULT_WEIGHTS, SimilarWeights, similar

_SAMPLE = 800
_NONE = SimilarWeights(words=0.0, syllables=0.0, pairs=0.0, triples=0.0, subject=0.0)
_WITHOUT_WORDS = dataclasses.replace(DEFAULT_WEIGHTS, words=0.0)
WAYS: Mapping[str, SimilarWeights] = {
    "syllables": dataclasses.replace(_NONE, syllables=1.0),
    "words": dataclasses.replace(_NONE, words=1.0),
    "pairs": dataclasses.replace(_NONE, pairs=1.0),
    "triples": dataclasses.replace(_NONE, triples=1.0),
    "words, subject": dataclasses.replace(_NONE, words=1.0, subject=1.0),
    "pairs, subject": dataclasses.replace(_NONE, pairs=1.0, subject=1.0),
    "pairs, triples, subject": _WITHOUT_WORDS,
    "the same and words at 0.25": dataclasses.replace(_WITHOUT_WORDS, words=0.25),
    "the same and words at 0.5": dataclasses.replace(_WITHOUT_WORDS, words=0.5),
    "the same and syllables at 0.25": dataclasses.replace(_WITHOUT_WORDS, syllables=0.25),
}
_SENTENCE_END = re.compile(r"(?<=[.;:])\s+")


@dataclass(frozen=True, slots=True)
class Case:
    """A document and what it should be found similar to."""

    record: OfficialDocument
    cited: frozenset[str]
    citing: frozenset[str]


def tables(bench: Bench) -> list[Table]:
    """Recall among ten of each way, tuned half and held-out half, with and without the sentences that cite."""
    bench.indexed("embedded", "office")
    with bench.search("embedded", "office") as service:
        cases = _cases(service.engine)
        rows = tuple(_row(service.engine, name, weights, cases) for name, weights in WAYS.items())
    return [
        Table(
            name="similar",
            title=f"Similar documents: recall@{DEPTH} of cited and citing documents, {len(cases)} documents",
            columns=("key terms", "train", "held out", "cited only, citing sentences removed"),
            rows=rows,
            notes=("On the embedded engine; both engines order alike (tests/conformance).",),
        )
    ]


def _cases(engine: Engine) -> list[Case]:
    """Documents that cite or are cited, drawn from the index, the same in every run."""
    access = Access.unrestricted()
    records = sorted(engine.scan(access), key=lambda record: record.id)
    random.Random(4).shuffle(records)  # noqa: S311
    cases: list[Case] = []
    for record in records:
        found = related(engine, record, access)
        case = Case(record, _ids(found.cites), _ids(found.cited_by))
        if case.cited or case.citing:
            cases.append(case)
        if len(cases) == _SAMPLE:
            break
    return cases


def _ids(documents: RelatedByKind) -> frozenset[str]:
    return frozenset(one.record.id for some in documents.values() for one in some if one.record)


def _row(engine: Engine, name: str, weights: SimilarWeights, cases: Sequence[Case]) -> tuple[str | float, ...]:
    by_side: dict[Side, list[float]] = defaultdict(list)
    for case in cases:
        by_side[_side(case)].append(_recall(engine, case.record, case.cited | case.citing, weights))
    silent = [_recall(engine, without_citations(case.record), case.cited, weights) for case in cases if case.cited]
    return name, fmean(by_side[Side.TRAIN]), fmean(by_side[Side.HELD_OUT]), fmean(silent)


def _side(case: Case) -> Side:
    id = case.record.id
    return side(Question(id=id, kind="similar", text="", relevant=frozenset({id})), "office")


def _recall(engine: Engine, record: OfficialDocument, truth: frozenset[str], weights: SimilarWeights) -> float:
    hits = similar(engine, _analyzer(), record, Access.unrestricted(), DEPTH, weights)
    return score([hit.record.id for hit in hits], truth).recall


def without_citations(record: OfficialDocument) -> OfficialDocument:
    """The record without the sentences that name a document by its number."""
    sentences = _SENTENCE_END.split(record.text)
    return dataclasses.replace(record, text=" ".join(one for one in sentences if not any(read_references(one))))


class _RememberingAnalyzer(Analyzer):
    """The same texts are analysed for every way."""

    channels = lru_cache(maxsize=4 * _SAMPLE)(Analyzer.channels)


@lru_cache(maxsize=1)
def _analyzer() -> Analyzer:
    return _RememberingAnalyzer(load_segmenter())
