import json
import logging
from pathlib import Path

import pytest
from flask.testing import FlaskClient

from engines.embedded import EmbeddedEngine
from engines.interface import EngineUnavailable, Results, Search
from indexer.analysis import DocumentAnalysis
from search_service.app import create_app
from search_service.search import SearchService


class FailingEngine(EmbeddedEngine):
    """An engine that fails as it is told to: what no healthy engine can be made to do."""

    failure: Exception

    def search(self, request: Search) -> Results:
        raise self.failure


def client_of(engine: EmbeddedEngine, analysis: DocumentAnalysis) -> FlaskClient:
    return create_app(SearchService(engine, analysis.analyzer)).test_client()


def test_before_anything_is_indexed_the_api_says_so_and_the_page_says_how(
    tmp_path: Path, analysis: DocumentAnalysis
) -> None:
    client = client_of(EmbeddedEngine(tmp_path), analysis)

    for path in ("/api/v1/search", "/api/v1/documents/x", "/readyz"):
        response = client.get(path)
        assert response.status_code == 503, path
        assert response.content_type == "application/problem+json"
        assert int(response.headers["Retry-After"]) > 0
    for path in ("/", "/search?q=a", "/documents/x"):
        response = client.get(path)
        assert response.status_code == 503
        assert response.headers["Retry-After"]
        assert "Chưa có văn bản nào được lập chỉ mục" in response.text
        assert "tracuu index" in response.text
    assert client.get("/healthz").status_code == 200


def test_an_engine_that_is_away_is_a_problem_to_come_back_for(tmp_path: Path, analysis: DocumentAnalysis) -> None:
    engine = FailingEngine(tmp_path)
    engine.failure = EngineUnavailable("Không kết nối được máy tìm kiếm.")
    client = client_of(engine, analysis)

    response = client.get("/api/v1/search")
    assert response.status_code == 503
    assert response.headers["Retry-After"]
    assert json.loads(response.data)["detail"] == "Không kết nối được máy tìm kiếm."
    assert "Không kết nối được máy tìm kiếm." in client.get("/search").text


def test_a_fault_of_ours_is_told_by_an_incident_that_the_log_has_with_its_traceback(
    tmp_path: Path, analysis: DocumentAnalysis, caplog: pytest.LogCaptureFixture
) -> None:
    engine = FailingEngine(tmp_path)
    engine.failure = ZeroDivisionError("bí mật nội bộ")
    client = client_of(engine, analysis)

    for path in ("/api/v1/search", "/search"):
        caplog.clear()
        with caplog.at_level(logging.ERROR):
            response = client.get(path)
        assert response.status_code == 500
        assert "bí mật" not in response.text
        (record,) = caplog.records
        assert record.exc_info
        assert record.exc_info[0] is ZeroDivisionError
        incident = record.getMessage().split()[2]
        assert incident in response.text


def test_errors_of_the_page_are_pages(tmp_path: Path, analysis: DocumentAnalysis) -> None:
    client = client_of(EmbeddedEngine(tmp_path), analysis)

    wrong = client.get("/search?size=x&year=20")
    assert wrong.status_code == 400
    assert wrong.mimetype == "text/html"
    assert "“size”" in wrong.text
    assert "“year”" in wrong.text
    assert client.get("/nothing-here").mimetype == "text/html"
