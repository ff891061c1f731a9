"""A whole result of the API as a file: `/api/v1/search.xlsx`, `.csv` and `.atom`."""

from __future__ import annotations

import datetime
from dataclasses import replace

from flask import Blueprint, Response, request, send_file, stream_with_context, url_for

from engines.clock import VIETNAM
from engines.interface import Order
from search_service.access import access_of
from search_service.exporting import about, csv_lines, every_document, feed, workbook
from search_service.params import LIST_PARAMETERS, read_query_string, search_request
from search_service.search import SearchRequest, SearchService

_XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
_CSV = "text/csv; charset=utf-8"
_ATOM = "application/atom+xml"
_FEED_SIZE = 50
_NAME = "van-ban"


def lists(service: SearchService, prefix: str) -> Blueprint:
    """The lists over a service, beneath the API's prefix."""
    blueprint = Blueprint("lists", __name__, url_prefix=prefix)

    @blueprint.get("/search.xlsx")
    def as_workbook() -> Response:
        asked, access = _asked(), access_of(request)
        now = datetime.datetime.now(VIETNAM)
        total = service.list(replace(asked, size=0), access).total
        file = workbook(every_document(service, asked, access), _address, about(asked, total, now))
        return send_file(file, _XLSX, as_attachment=True, download_name=f"{_NAME}-{now:%Y%m%d-%H%M}.xlsx")

    @blueprint.get("/search.csv")
    def as_csv() -> Response:
        # An error must be told before the first line is sent.
        asked, access = _asked(), access_of(request)
        service.list(replace(asked, size=0), access)
        now = datetime.datetime.now(VIETNAM)
        lines = csv_lines(every_document(service, asked, access), _address)
        response = Response(stream_with_context(lines), content_type=_CSV)
        response.headers.set("Content-Disposition", "attachment", filename=f"{_NAME}-{now:%Y%m%d-%H%M}.csv")
        return response

    @blueprint.get("/search.atom")
    def as_feed() -> Response:
        asked = replace(_asked(), order=Order.NEWEST, size=_FEED_SIZE)
        found = service.list(asked, access_of(request))
        title = f"Văn bản mới: {asked.text}" if asked.text else "Văn bản mới"
        now = datetime.datetime.now(VIETNAM)
        body = feed((hit.record for hit in found.hits), _address, title=title, own=request.url, now=now)
        return Response(body, content_type=_ATOM)

    return blueprint


def _asked() -> SearchRequest:
    return search_request(read_query_string(request.query_string), LIST_PARAMETERS)


def _address(id: str) -> str:
    return url_for("pages.document", id=id, _external=True)
