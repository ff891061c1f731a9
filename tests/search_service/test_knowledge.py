"""What is known of the index follows the index, and costs it little."""

from pathlib import Path

from engines.embedded import EmbeddedEngine
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from search_service.knowledge import IndexKnowledge
from tests.search_service.indexes import embedded, fill


class Clock:
    def __init__(self) -> None:
        self.seconds = 0.0

    def __call__(self) -> float:
        return self.seconds


def signed(id: str, signer: str) -> OfficialDocument:
    return OfficialDocument(id=id, signer=signer, subject="Kế hoạch", text=f"Kế hoạch. {signer}")


def test_without_an_index_the_curated_abbreviations_are_known(tmp_path: Path, analysis: DocumentAnalysis) -> None:
    knowledge = IndexKnowledge(EmbeddedEngine(tmp_path), analysis.analyzer).now()

    assert knowledge.abbreviations.variants(("ubnd",))
    assert knowledge.names.find(("do", "lê", "văn", "an", "ký")) == ()
    assert knowledge.frequencies("folded", ["ke"]) == {"ke": 1}


def test_new_documents_are_known_within_a_minute(tmp_path: Path, analysis: DocumentAnalysis) -> None:
    clock = Clock()
    engine = embedded(tmp_path, [signed("1", "Lê Văn An")], analysis)
    knowledge = IndexKnowledge(engine, analysis.analyzer, clock=clock, run=lambda job: job())
    assert knowledge.now().names.find(("do", "lê", "văn", "an", "ký"))

    fill(engine, [signed("1", "Lê Văn An"), signed("2", "Trần Văn Bình")], analysis)
    clock.seconds = 59.0
    assert not knowledge.now().names.find(("do", "trần", "văn", "bình", "ký"))
    clock.seconds = 61.0
    assert knowledge.now().names.find(("do", "trần", "văn", "bình", "ký"))


def test_frequencies_are_those_of_the_index(tmp_path: Path, analysis: DocumentAnalysis) -> None:
    engine = embedded(tmp_path, [signed("1", "Lê Văn An"), signed("2", "Lê Văn Bình")], analysis)
    frequencies = IndexKnowledge(engine, analysis.analyzer).now().frequencies

    for _ in range(2):  # the second time from memory
        assert frequencies("folded", ["van", "binh", "xyz", "van"]) == {"van": 2, "binh": 1, "xyz": 0}
    assert frequencies("folded_pairs", ["le_van"]) == {"le_van": 2}
