"""What a sender sees when something goes wrong: a problem from the API, a page from the web page."""

from __future__ import annotations

import logging
import secrets
from http import HTTPStatus

from flask import Flask, Response, request
from werkzeug.exceptions import HTTPException

from engines.interface import EngineUnavailable, IndexMissing
from search_service import problems
from search_service.access import NoDocument
from search_service.pages import error_page
from search_service.parameter import InvalidParameters
from search_service.problems import Problem
from search_service.tongues.said import Said, terms

_PROGRAM_PATHS = ("/api/", "/healthz", "/readyz", "/openapi.json")
_DETAILS = terms(
    {
        HTTPStatus.NOT_FOUND: "Không có gì ở địa chỉ này.",
        HTTPStatus.METHOD_NOT_ALLOWED: "Địa chỉ này không nhận phương thức đã dùng. Được phép: {allowed}.",
    }
)

_log = logging.getLogger(__name__)


def handle_failures(app: Flask) -> None:
    """Register the handlers."""

    @app.errorhandler(InvalidParameters)
    def wrong_parameters(error: InvalidParameters) -> Response:
        details = [wrong.message for wrong in error.errors]
        return _answer(problems.wrong_parameters(error), details=details)

    @app.errorhandler(EngineUnavailable)
    def unavailable(error: EngineUnavailable) -> Response:
        _log.warning("Máy tìm kiếm chưa sẵn sàng: %s", error)
        template = "no_index.html" if isinstance(error, IndexMissing) else "error.html"
        return _answer(problems.unavailable(str(error)), template=template)

    @app.errorhandler(NoDocument)
    def no_document(error: NoDocument) -> Response:
        return _answer(problems.no_document(error.id))

    @app.errorhandler(HTTPException)
    def refused(error: HTTPException) -> Response:
        headers = {name: value for name, value in error.get_headers() if name == "Allow"}
        status = HTTPStatus(error.code or 500)
        words = _DETAILS.get(status, error.description or status.phrase)
        return _answer(Problem(status, Said(words, allowed=headers.get("Allow", "")), headers))

    @app.errorhandler(Exception)
    def crashed(error: Exception) -> Response:
        incident = secrets.token_hex(6)
        _log.error("Sự cố %s ở %s %s", incident, request.method, request.path, exc_info=error)
        return _answer(problems.crashed(incident))


def _answer(problem: Problem, *, details: list[str] | None = None, template: str = "error.html") -> Response:
    if request.path.startswith(_PROGRAM_PATHS):
        return problem.response()
    message = problem.title if details else problem.detail
    response = error_page(problem.status, message, details=details or (), template=template)
    response.headers.extend(problem.headers)
    return response
