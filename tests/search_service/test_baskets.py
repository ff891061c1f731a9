"""A basket holds what was chosen and may be seen, and comes as one file."""

import io
import zipfile
from dataclasses import replace

from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from openpyxl import load_workbook

from engines.record import OfficialDocument
from search_service.app import create_app
from search_service.filter_params import MOST_IN_BASKET
from search_service.packing import LIST_NAME, pack
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService
from tests.search_service.test_pages import page, texts


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
    cells = [cell.value for row in load_workbook(io.BytesIO(files[LIST_NAME])).active for cell in row]
    assert DOCUMENTS[6].number in cells
    assert "2 văn bản" in next(cell for cell in cells if cell and str(cell).startswith("Giỏ"))


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

    names = list(unpacked(pack(records, lambda id: id, io.BytesIO(b"list")).read()))

    assert len(set(names)) == len(records) + 1
    for name in names:
        assert not set(name) & set('/\\:*?"<>|\0\n')
        assert len(name.encode()) <= 255
