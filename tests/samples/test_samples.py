"""The sample set is what it says: whole official documents, set from their sources, and readable by this program."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from engines.embedded import EmbeddedEngine
from engines.interface import Access
from engines.record import OfficialDocument
from indexer.analysis import ANALYSIS_VERSION, load_analysis
from indexer.metadata import complete
from indexer.readers import read
from samples.build import DOCUMENTS, render
from samples.source import Source, read_sources
from search_service.search import SearchRequest, SearchService

SOURCES = read_sources()
QUERIES = [json.loads(line) for line in (DOCUMENTS.parent / "queries.jsonl").read_text(encoding="utf-8").splitlines()]
PROVINCE = re.compile(
    r"\d+/(?:\d{4}/)?[A-Za-zĐĐA]*-?(?:UBND|HĐND|SNV|STC|SKHCN|SNNMT|STNMT|SXD|SYT|SGDĐT|SVHTTDL|TTT|VP)\b[-\w]*"
)

each_source = pytest.mark.parametrize("source", SOURCES.values(), ids=SOURCES)


def squeezed(text: str) -> str:
    return "".join(text.split())


def extracted(source: Source) -> str:
    path = DOCUMENTS / source.path
    return read(path.read_bytes(), path.name).text


def test_it_is_large_and_varied_enough() -> None:
    formats = Counter(Path(source.path).suffix for source in SOURCES.values())

    assert len(SOURCES) >= 40
    assert len({source.type for source in SOURCES.values()}) >= 12
    assert set(formats) == {".docx", ".pdf", ".html", ".txt"}
    assert min(formats.values()) >= 5


def test_a_number_is_unique_for_an_issuer_in_a_year() -> None:
    numbers = [(source.issuer, source.issued.year, source.number) for source in SOURCES.values()]

    assert len(set(numbers)) == len(numbers)


def test_what_ships_is_what_the_sources_say() -> None:
    shipped = {str(path.relative_to(DOCUMENTS)) for path in DOCUMENTS.rglob("*") if path.is_file()}

    assert shipped == {source.path for source in SOURCES.values()}


def test_documents_of_the_province_cite_documents_that_exist() -> None:
    known = {source.number for source in SOURCES.values()}
    cited = {
        number for source in SOURCES.values() for number in PROVINCE.findall(source.body + " ".join(source.grounds))
    }

    assert len(cited) >= 10
    assert cited <= known


@each_source
def test_a_document_is_signed_on_a_working_day(source: Source) -> None:
    assert source.issued.weekday() < datetime.date(2024, 1, 6).weekday()


@each_source
def test_a_document_is_read_as_it_was_written(source: Source) -> None:
    path = DOCUMENTS / source.path
    text = squeezed(extracted(source))

    for said in (source.issuer, source.number, source.subject, source.signature[-1], *source.recipients):
        assert squeezed(said) in text
    assert squeezed(read(render(source), path.name).text) == text


@each_source
def test_its_metadata_are_found(source: Source) -> None:
    found = complete(OfficialDocument(id="x", text=extracted(source)))

    assert found.number == source.number
    assert found.type == source.type
    assert found.issued == source.issued
    assert found.place == source.place
    assert found.signer == source.signature[-1]
    assert squeezed(found.subject).lower().startswith(squeezed(source.subject.removeprefix("Về việc ")).lower()[:60])


@pytest.fixture(scope="module")
def service(tmp_path_factory: pytest.TempPathFactory) -> SearchService:
    analysis = load_analysis()
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"))
    encode = engine.encoder()
    with engine.write_staged(ANALYSIS_VERSION) as writer:
        for source in SOURCES.values():
            record = complete(OfficialDocument(id=source.path, text=extracted(source)))
            writer.put(encode(analysis.document(record)))
        writer.commit()
    engine.promote()
    return SearchService(engine, analysis.analyzer)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["query"])
def test_a_clerks_question_finds_its_document_first(service: SearchService, query: dict[str, str]) -> None:
    answer = service.search(SearchRequest(text=query["query"]), Access.of())

    assert [hit.record.id for hit in answer.hits][:1] == [query["path"]]
