"""Small real indexes."""

from collections.abc import Callable, Sequence
from pathlib import Path

from engines.embedded import EmbeddedEngine
from engines.record import OfficialDocument
from indexer.analysis import ANALYSIS_VERSION, DocumentAnalysis
from search_service.search import SearchService

MakeService = Callable[[Sequence[OfficialDocument]], SearchService]


def embedded(directory: Path, documents: Sequence[OfficialDocument], analysis: DocumentAnalysis) -> EmbeddedEngine:
    """An engine with these documents in its live index."""
    engine = EmbeddedEngine(directory)
    encode = engine.encoder()
    with engine.write_staged(ANALYSIS_VERSION) as writer:
        for document in documents:
            writer.put(encode(analysis.document(document)))
        writer.commit()
    engine.promote()
    return engine
