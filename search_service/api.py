"""The HTTP API for other systems: /api/v1."""

from __future__ import annotations

import time
from dataclasses import replace

from flask import Blueprint, Response, jsonify, request

from engines.interface import InvalidCursor
from indexer.pushing import fingerprint, own_fingerprint
from search_service.access import NoDocument, access_of, visible
from search_service.manners import conditional_json
from search_service.nothing import Causes, causes
from search_service.params import (
    CURSOR,
    DOCUMENT_PARAMETERS,
    PASSAGE_PARAMETERS,
    SIMILAR_PARAMETERS,
    SIZE,
    SUGGEST_PARAMETERS,
    read_query_string,
    read_values,
    search_request,
)
from search_service.passage_shapes import passages_json
from search_service.passages import DEFAULT_PASSAGES, find_passages
from search_service.related import related
from search_service.search import SearchAnswer, SearchRequest, SearchService
from search_service.shapes import document_json, relations_json, search_json, similar_json
from search_service.similar import DEFAULT_SIMILAR, similar
from search_service.suggest import DEFAULT_SUGGESTIONS, Suggester
from search_service.suggest_shapes import suggest_json

PREFIX = "/api/v1"


def api(service: SearchService, suggester: Suggester) -> Blueprint:
    """The API over a service and what suggests over the same engine."""
    blueprint = Blueprint("api", __name__, url_prefix=PREFIX)

    @blueprint.get("/search")
    def search() -> Response:
        asked = search_request(read_query_string(request.query_string))
        found = answer(service, asked)
        return conditional_json(search_json(found, causes_of(service, asked, found)))

    @blueprint.get("/suggest")
    def suggest() -> Response:
        values = read_values(read_query_string(request.query_string), SUGGEST_PARAMETERS)
        size = DEFAULT_SUGGESTIONS if values["size"] is None else values["size"]
        return conditional_json(suggest_json(suggester.suggest(values["q"] or "", size, access_of(request))))

    @blueprint.get("/passages")
    def passages() -> Response:
        arguments = read_query_string(request.query_string)
        asked = search_request(arguments, PASSAGE_PARAMETERS)
        if not any(map(str.strip, arguments.get(SIZE.name, ()))):
            asked = replace(asked, size=DEFAULT_PASSAGES)
        began = time.perf_counter()
        question, found = find_passages(service, asked, access_of(request))
        return conditional_json(passages_json(question, found, time.perf_counter() - began))

    @blueprint.get("/documents/<any_text:id>")
    def document(id: str) -> Response:
        values = read_values(read_query_string(request.query_string), DOCUMENT_PARAMETERS)
        found = service.read(id, values["q"] or "", access_of(request))
        if found is None:
            raise NoDocument(id)
        response = jsonify(document_json(found))
        if not values["q"]:
            response.set_etag(own_fingerprint(fingerprint(found.record)))  # what `If-Match` of a later PUT compares
        return response

    @blueprint.get("/documents/<any_text:id>/related")
    def related_documents(id: str) -> Response:
        read_values(read_query_string(request.query_string), ())
        access = access_of(request)
        record = visible(service.engine, id, access)
        return conditional_json(relations_json(related(service.engine, record, access)))

    @blueprint.get("/documents/<any_text:id>/similar")
    def similar_documents(id: str) -> Response:
        values = read_values(read_query_string(request.query_string), SIMILAR_PARAMETERS)
        size = DEFAULT_SIMILAR if values["size"] is None else values["size"]
        access = access_of(request)
        record = visible(service.engine, id, access)
        return conditional_json(similar_json(similar(service.engine, service.analyzer, record, access, size)))

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


def causes_of(service: SearchService, asked: SearchRequest, found: SearchAnswer) -> Causes | None:
    """Why the current request's search found nothing; None when it found something, which costs nothing.

    Raises:
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    return None if found.total else causes(service, asked, found.question, access_of(request))
