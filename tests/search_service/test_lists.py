"""A whole result as .xlsx, .csv and Atom."""

import csv
import io
import urllib.parse
from dataclasses import replace
from pathlib import Path

import pytest
from flask.testing import FlaskClient
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree
from python_calamine import CalamineWorkbook

from engines.record import OfficialDocument
from indexer.lines import record_of
from indexer.registers import open_register
from search_service.app import create_app
from search_service.exporting import TITLES, csv_lines
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService

ATOM = {"a": "http://www.w3.org/2005/Atom"}


def sheet(content: bytes) -> list[list[str]]:
    return CalamineWorkbook.from_filelike(io.BytesIO(content)).get_sheet_by_index(0).to_python()


def test_every_document_of_a_result_is_in_the_workbook_in_its_order(client: FlaskClient) -> None:
    numbers = [hit["number"] for hit in client.get("/api/v1/search?q=chuyen doi so&sort=newest&size=100").json["hits"]]

    response = client.get("/api/v1/search.xlsx?q=chuyen doi so&sort=newest")

    assert response.headers["Content-Disposition"].startswith("attachment; filename=van-ban-")
    rows = sheet(response.data)
    heading = rows.index(list(TITLES))
    assert [row[TITLES.index("Số, ký hiệu")] for row in rows[heading + 1 :]] == numbers
    assert [row[0] for row in rows[heading + 1 :]] == [str(n) for n in range(1, len(numbers) + 1)]
    assert "Tìm: chuyen doi so" in rows[1][0]
    assert rows[2][0].startswith(f"{len(numbers)} văn bản")


def test_the_workbook_is_a_register_that_can_be_read_again(client: FlaskClient, tmp_path: Path) -> None:
    path = tmp_path / "list.xlsx"
    path.write_bytes(client.get("/api/v1/search.xlsx?type=Quyết định").data)

    register = open_register(str(path), "test")

    assert register is not None
    read = [record_of(line.content or b"") for line in register.lines]
    decisions = [document for document in DOCUMENTS if document.type == "Quyết định"]
    assert {(one.number, one.issued, one.issuer) for one in read} == {
        (one.number, one.issued, one.issuer) for one in decisions
    }


def test_a_list_in_csv_is_read_by_any_reader(client: FlaskClient) -> None:
    response = client.get("/api/v1/search.csv?q=chuyen doi so")

    assert response.content_type == "text/csv; charset=utf-8"
    text = response.data.decode("utf-8-sig")
    rows = list(csv.DictReader(io.StringIO(text)))
    total = client.get("/api/v1/search?q=chuyen doi so").json["total"]
    assert len(rows) == total
    first = client.get(urllib.parse.urlsplit(rows[0]["Địa chỉ"]).path)
    assert first.status_code == 200


@given(st.text(max_size=40))
def test_no_cell_of_a_csv_is_a_formula_and_every_value_comes_back(subject: str) -> None:
    record = OfficialDocument(id="x", number=subject)

    rows = list(csv.reader(io.StringIO("".join(csv_lines([record], str))[1:], newline="")))

    (value,) = (row[TITLES.index("Số, ký hiệu")] for row in rows[1:])
    assert value.removeprefix("'") == subject.removeprefix("'")
    assert not value.startswith(("=", "+", "-", "@"))


def test_a_feed_has_the_newest_documents_of_a_search_first(client: FlaskClient) -> None:
    response = client.get("/api/v1/search.atom?q=chuyen doi so")

    root = etree.fromstring(response.data)
    newest = client.get("/api/v1/search?q=chuyen doi so&sort=newest&size=50").json["hits"]
    assert [title.text.split(" – ")[-1] for title in root.findall("a:entry/a:title", ATOM)] == [
        hit["subject"] for hit in newest
    ]
    assert root.findtext("a:updated", namespaces=ATOM).startswith(newest[0]["issued"])
    link = root.find("a:entry/a:link", ATOM).get("href")
    assert client.get(urllib.parse.urlsplit(link).path).status_code == 200


@pytest.mark.parametrize("ending", ["xlsx", "csv", "atom"])
def test_a_wrong_filter_is_told_before_anything_is_sent(client: FlaskClient, ending: str) -> None:
    response = client.get(f"/api/v1/search.{ending}?yaer=2021")

    assert response.status_code == 400
    assert "year" in response.get_json(force=True)["detail"]


def test_a_list_that_is_longer_than_a_page_is_whole(make_service: MakeService) -> None:
    many = [replace(DOCUMENTS[0], id=f"n{number}", number=f"{number}/KH-UBND") for number in range(1_203)]
    client = create_app(make_service(many)).test_client()

    rows = client.get("/api/v1/search.csv").data.decode("utf-8-sig").splitlines()

    assert len(rows) == 1_204
    assert len({row.split("/KH-UBND")[0].rsplit(",", 1)[-1] for row in rows[1:]}) == 1_203
