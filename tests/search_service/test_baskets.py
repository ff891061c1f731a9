"""A basket holds what was chosen and may be seen, and comes as one file."""

import io
import zipfile
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from python_calamine import CalamineWorkbook

from engines.embedded import EmbeddedEngine
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from indexer.pipeline import Options, index
from indexer.sources import Root
from search_service import packing
from search_service.app import create_app
from search_service.filter_params import MOST_IN_BASKET
from search_service.packing import LIST_NAME, originals_or_text, pack
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService
from tests.search_service.test_pages import page, texts
from tests.search_service.test_writing import office_of


def unpacked(content: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(io.BytesIO(content)) as archive:
        assert archive.testzip() is None
        return {name: archive.read(name) for name in archive.namelist()}


def test_the_file_has_every_text_and_the_list_in_the_order_chosen(client: FlaskClient) -> None:
    response = client.get("/api/v1/basket.zip?id=doc-7&id=doc-2&id=doc-7&id=none")

    assert response.mimetype == "application/zip"
    files = unpacked(response.data)
    names = list(files)
    assert names[0] == LIST_NAME
    assert [name[:3] for name in names[1:]] == ["001", "002"]
    assert [files[name].decode() for name in names[1:]] == [DOCUMENTS[6].text, DOCUMENTS[1].text]
    listed = CalamineWorkbook.from_filelike(io.BytesIO(files[LIST_NAME])).get_sheet_by_index(0)
    cells = [cell for row in listed.to_python() for cell in row]
    assert DOCUMENTS[6].number in cells
    assert "2 văn bản" in next(str(cell) for cell in cells if str(cell).startswith("Giỏ"))


def test_what_may_not_be_seen_is_in_no_basket(make_service: MakeService) -> None:
    hidden = replace(DOCUMENTS[0], access=("unit:a",))
    client = create_app(make_service((hidden, DOCUMENTS[1]))).test_client()

    assert len(unpacked(client.get("/api/v1/basket.zip?id=doc-1&id=doc-2").data)) == 2
    tree = page(client, "/basket?id=doc-1&id=doc-2")
    assert len(tree.css(".chosen li")) == 1
    assert texts(tree, ".page-lead")[0].startswith("1 văn bản")


def test_too_many_are_refused_with_the_limit(client: FlaskClient) -> None:
    query = "&".join(f"id={number}" for number in range(MOST_IN_BASKET + 1))
    for path in ("/basket", "/api/v1/basket.zip"):
        response = client.get(f"{path}?{query}")
        assert response.status_code == 400
        text = response.json["detail"] if response.is_json else response.text
        assert f"tối đa {MOST_IN_BASKET}" in text


def test_an_empty_basket_says_how_to_fill_it(client: FlaskClient) -> None:
    assert "Chọn" in texts(page(client, "/basket"), ".page-lead")[0]


@given(st.lists(st.text(max_size=30), max_size=4))
def test_any_number_gives_a_name_that_every_system_takes(numbers: list[str]) -> None:
    records = [OfficialDocument(id=f"a{place}", number=number) for place, number in enumerate(numbers)]

    contents = originals_or_text(None, lambda id: id)
    names = list(unpacked(pack(records, contents, io.BytesIO(b"list")).read()))

    assert len(set(names)) == len(records) + 1
    for name in names:
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert len(name.encode()) <= 255


def test_originals_are_packed_whole_and_a_changed_one_is_replaced_by_the_text(
    tmp_path: Path, analysis: DocumentAnalysis, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "share"
    folder.mkdir()
    for number in (1, 2):
        (folder / f"{number}.txt").write_text(f"QUYẾT ĐỊNH\nVề việc ban hành quy chế số {number}\n")
    with closing(EmbeddedEngine(tmp_path / "index", writer_heap_bytes=15_000_000, writer_threads=1)) as engine:
        office = office_of(engine, tmp_path / "journal.sqlite3", analysis)
        index(engine, office.journal, [Root.of(folder)], Options(workers=1, keep_originals=False))
        asked = {"id": office.ids("quy chế")}
        originals = {(folder / f"{number}.txt").read_bytes() for number in (1, 2)}
        packed = unpacked(office.client.get("/api/v1/basket.zip", query_string=asked).data)
        assert {content for name, content in packed.items() if name != LIST_NAME} == originals

        (folder / "1.txt").write_bytes(b"changed")
        packed = unpacked(office.client.get("/api/v1/basket.zip", query_string=asked).data)
        assert len(packed) == 3
        assert b"changed" not in packed.values()

        monkeypatch.setattr(packing, "MAX_BYTES", 50)
        refused = office.client.get("/api/v1/basket.zip", query_string=asked)
        assert refused.status_code == 413
        assert "bỏ bớt" in refused.json["detail"]
