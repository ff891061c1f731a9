"""Small real indexes."""

from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from pathlib import Path

from engines.embedded import EmbeddedEngine
from engines.interface import Engine
from engines.record import OfficialDocument
from indexer.analysis import ANALYSIS_VERSION, DocumentAnalysis
from search_service.search import SearchService

MakeService = Callable[[Sequence[OfficialDocument]], SearchService]
OpenIndex = Callable[[str, Sequence[OfficialDocument]], AbstractContextManager[Engine]]
"""The engine's name and documents in, an engine that holds them out."""


def embedded(directory: Path, documents: Sequence[OfficialDocument], analysis: DocumentAnalysis) -> EmbeddedEngine:
    """An engine with these documents in its live index."""
    engine = EmbeddedEngine(directory)
    fill(engine, documents, analysis)
    return engine


def fill(engine: Engine, documents: Sequence[OfficialDocument], analysis: DocumentAnalysis) -> None:
    """Make these documents the engine's live index."""
    encode = engine.encoder()
    with engine.write_staged(ANALYSIS_VERSION) as writer:
        for document in documents:
            writer.put(encode(analysis.document(document)))
        writer.commit()
    engine.promote()
