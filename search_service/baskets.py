"""The basket (giỏ văn bản): documents that were chosen one by one. Its address holds their ids, and nobody keeps it."""

from __future__ import annotations

import datetime
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request, send_file, url_for

from engines.clock import VIETNAM
from engines.interface import Access, Search
from engines.query import AnyOf
from engines.record import OfficialDocument
from indexer.originals.giving import Originals
from search_service.access import access_of
from search_service.exporting import workbook
from search_service.filter_params import ChosenIds
from search_service.links import SearchLinks
from search_service.notation import vietnamese_date
from search_service.packing import TooLarge, originals_or_text, pack
from search_service.params import BASKET_PARAMETERS, known, read_query_string, read_values
from search_service.problems import Problem
from search_service.search import SearchService

_ID = ChosenIds().name
_NAME = "gio-van-ban"


def baskets(service: SearchService, originals: Originals | None, prefix: str) -> Blueprint:
    """The page of a basket, and its file beneath the API's prefix, with the originals that can be given."""
    blueprint = Blueprint("baskets", __name__)

    @blueprint.get("/basket")
    def page() -> str:
        arguments = known(read_query_string(request.query_string), BASKET_PARAMETERS)
        ids = read_values(arguments, BASKET_PARAMETERS)[_ID]
        records = _records(service, ids, access_of(request))
        links = SearchLinks(url_for("baskets.page"), {_ID: ids})
        return render_template(
            "basket.html",
            chosen=[(record, links.toggled(_ID, record.id)) for record in records],
            missing=len(ids) - len(records),
            download=SearchLinks(url_for("baskets.as_zip"), {_ID: ids}).first_page(),
        )

    @blueprint.get(f"{prefix}/basket.zip")
    def as_zip() -> Response:
        ids = read_values(read_query_string(request.query_string), BASKET_PARAMETERS)[_ID]
        access = access_of(request)
        records = _records(service, ids, access)
        now = datetime.datetime.now(VIETNAM)
        about = (f"Giỏ văn bản: {len(records)} văn bản, lập lúc {now:%H:%M} ngày {vietnamese_date(now.date())}",)

        def text_of(id: str) -> str:
            record = service.engine.fetch([id], access).get(id)
            return record.text if record else ""

        file = pack(records, originals_or_text(originals, text_of), workbook(records, _address, about))
        return send_file(file, "application/zip", as_attachment=True, download_name=f"{_NAME}-{now:%Y%m%d-%H%M}.zip")

    @blueprint.errorhandler(TooLarge)
    def too_large(error: TooLarge) -> Response:
        return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, str(error)).response()

    return blueprint


def _records(service: SearchService, ids: tuple[str, ...], access: Access) -> list[OfficialDocument]:
    """Those that exist and may be seen, without their texts, in the order in which they were chosen."""
    if not ids:
        return []
    query = AnyOf("id", tuple(id.encode(errors="replace").decode() for id in ids))
    hits = service.engine.search(Search(query=query, access=access, size=len(ids), folded=False)).hits
    records = {hit.record.id: hit.record for hit in hits}
    return [records[id] for id in ids if id in records]


def _address(id: str) -> str:
    return url_for("pages.document", id=id, _external=True)
