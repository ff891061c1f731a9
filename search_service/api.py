"""The HTTP API for other systems: /api/v1."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify, request

from engines.interface import InvalidCursor
from search_service import problems
from search_service.access import access_of
from search_service.params import CURSOR, DOCUMENT_PARAMETERS, read_query_string, read_values, search_request
from search_service.search import SearchAnswer, SearchRequest, SearchService
from search_service.shapes import document_json, search_json

PREFIX = "/api/v1"


def api(service: SearchService) -> Blueprint:
    """The API over a service."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

    @blueprint.get("/search")
    def search() -> Response:
        return jsonify(search_json(answer(service, search_request(read_query_string(request.query_string)))))

    @blueprint.get("/documents/<any_text:id>")
    def document(id: str) -> Response:
        values = read_values(read_query_string(request.query_string), DOCUMENT_PARAMETERS)
        found = service.read(id, values["q"] or "", access_of(request))
        return jsonify(document_json(found)) if found else problems.no_document(id).response()

    return blueprint


def answer(service: SearchService, asked: SearchRequest) -> SearchAnswer:
    """The answer for whoever sent the current request.

    Raises:
        InvalidParameters: The cursor is wrong.
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    try:
        return service.search(asked, access_of(request))
    except InvalidCursor as error:
        raise CURSOR.invalid(asked.cursor or "") from error
