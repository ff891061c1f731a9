"""The sample set is what it says: whole official documents, set from their sources, and readable by this program."""

from __future__ import annotations

import datetime
import json
import re
from collections import Counter
from pathlib import Path

import pytest

from engines.interface import Access
from engines.record import OfficialDocument
from indexer.analysis import load_analysis
from indexer.metadata import complete
from indexer.readers import read
from samples.build import DOCUMENTS, render
from samples.source import InvalidSource, Source, read_sources
from search_service.search import SearchRequest, SearchService
from tests.search_service.indexes import embedded

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


def test_rendering_again_gives_the_same_bytes() -> None:
    for suffix in (".docx", ".pdf", ".html", ".txt"):
        source = next(source for source in SOURCES.values() if source.path.endswith(suffix))

        assert render(source) == render(source)


def test_text_is_wrapped_but_for_the_rows_of_tables() -> None:
    lines = [
        line
        for source in SOURCES.values()
        if source.path.endswith(".txt")
        for line in (DOCUMENTS / source.path).read_text(encoding="utf-8").splitlines()
    ]

    assert max(len(line) for line in lines if "\t" not in line) <= 90


VALID_SOURCE = """
path = "so/2025/QD-1.docx"
issuer = "SỞ NỘI VỤ"
number = "1/QĐ-SNV"
place = "Vân Sơn"
issued = 2025-08-12
type = "Quyết định"
subject = "Thử"
body = "Điều 1. Thử."
signature = ["GIÁM ĐỐC", "Vũ Thị Lan Anh"]
"""


@pytest.mark.parametrize(
    ("right", "wrong", "field"),
    [
        ("issued = 2025-08-12", 'issued = "2025-08-12"', "issued"),
        ("issued = 2025-08-12", "issued = 2025-08-12T08:00:00", "issued"),
        ('place = "Vân Sơn"', "", "place"),
        ('subject = "Thử"', 'subject = ""', "subject"),
        ('subject = "Thử"', "subject = 12", "subject"),
        ('signature = ["GIÁM ĐỐC", "Vũ Thị Lan Anh"]', 'signature = "Vũ Thị Lan Anh"', "signature"),
        ('place = "Vân Sơn"', 'place = "Vân Sơn"\nplaces = "Vân Sơn"', "places"),
        ("QD-1.docx", "QD-1.odt", "path"),
        ("so/2025/", "../", "path"),
        ("so/2025/", "/", "path"),
    ],
)
def test_a_wrong_source_is_refused_with_its_file_and_field(tmp_path: Path, right: str, wrong: str, field: str) -> None:
    (tmp_path / "right.toml").write_text(VALID_SOURCE, encoding="utf-8")
    assert [*read_sources(tmp_path)] == ["right"]

    (tmp_path / "wrong.toml").write_text(VALID_SOURCE.replace(right, wrong), encoding="utf-8")
    with pytest.raises(InvalidSource, match=rf"^wrong\.toml: .*\b{field}\b"):
        read_sources(tmp_path)


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
    records = [complete(OfficialDocument(id=source.path, text=extracted(source))) for source in SOURCES.values()]
    engine = embedded(tmp_path_factory.mktemp("index"), records, analysis)
    return SearchService(engine, analysis.analyzer)


@pytest.mark.parametrize("query", QUERIES, ids=lambda query: query["query"])
def test_a_clerks_question_finds_its_document_first(service: SearchService, query: dict[str, str]) -> None:
    answer = service.search(SearchRequest(text=query["query"]), Access.of())

    assert [hit.record.id for hit in answer.hits][:1] == [query["path"]]
