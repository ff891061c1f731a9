"""The original beside the text: a page's picture, the boxes of what answers the question, and the page that shows both.

Everything here asks first whether the document may be seen; what may not be seen is not there.
"""

from __future__ import annotations

import itertools
from collections.abc import Sequence
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, render_template, request

from indexer.pictures.images import NoPicture, PageImages, TooBusy
from search_service import problems
from search_service.access import access_of
from search_service.hit_boxes import HitBox, hit_boxes, phrases
from search_service.marking import Piece, page_pieces
from search_service.originals_shown import ShownFile, shown
from search_service.pages import error_page
from search_service.params import read_query_string
from search_service.search import ReadDocument, SearchService
from search_service.tongues.said import Said

WIDTHS = {"small": 360, "page": 1100, "large": 2000}
"""Pixels across; A4 at 2,000 is 242 dpi, what the smallest print of an appendix needs."""

_BUSY_SECONDS = 5
_SVG = "image/svg+xml"
_WEBP = "image/webp"


@dataclass(frozen=True, slots=True)
class PageOfFile:
    """One page as it is shown.

    Attributes:
        number: From 1.
        count: How many the file has.
        trouble: Why there is no picture, in Vietnamese; empty where there is one.
        has_own_text: Whether the text beside the picture is that of this page, and not the whole of it.
        texts: That text, marked.
    """

    number: int
    count: int
    trouble: str
    has_own_text: bool
    texts: Sequence[Sequence[Piece]]


def page_images(service: SearchService, images: PageImages | None) -> Blueprint:
    """Pages of originals, as pictures, beneath documents; none without `images`."""
    blueprint = Blueprint("page_images", __name__)
    path = "/documents/<any_text:id>/files/<string(length=64):sha256>/pages/<int:number>"

    @blueprint.get(path)
    def page(id: str, sha256: str, number: int) -> Response | str:
        found = service.read(id, _question(), access_of(request))
        original = shown(found.record, sha256, images) if found else None
        if found is None or original is None or images is None:
            return error_page(HTTPStatus.NOT_FOUND, problems.no_document(id).detail)
        try:
            count, trouble = images.count(id, original.file), ""
        except (NoPicture, TooBusy) as error:
            count, trouble = len(found.record.pages) or 1, str(error)
        if not 1 <= number <= count:
            return error_page(
                HTTPStatus.NOT_FOUND,
                Said("Tệp này không có trang {number}: nó có {most} trang.", number=number, most=count),
            )
        return render_template(
            "page_image.html",
            document=found,
            file=original.file,
            page=_page_of(found, original, number, count, trouble),
            widths=WIDTHS,
        )

    @blueprint.get(f"{path}/<any({', '.join(WIDTHS)}):size>.webp")
    def picture(id: str, sha256: str, number: int, size: str) -> Response:
        record = service.engine.fetch([id], access_of(request)).get(id)
        original = shown(record, sha256, images) if record else None
        if original is None or images is None:
            return _notice("Không có trang này, hoặc bạn không có quyền xem.", HTTPStatus.NOT_FOUND)
        response = Response(images.picture(id, original.file, number, WIDTHS[size]), mimetype=_WEBP)
        response.add_etag()
        return response

    @blueprint.get(f"{path}/hits.svg")
    def hits(id: str, sha256: str, number: int) -> Response:
        found = service.read(id, _question(), access_of(request))
        original = shown(found.record, sha256, images) if found else None
        if found is None or original is None or images is None:
            return _notice("Không có trang này, hoặc bạn không có quyền xem.", HTTPStatus.NOT_FOUND)
        try:
            words = images.words(id, original.file, number) if found.marks else ()
        except (NoPicture, TooBusy):
            return Response(_layer(()), HTTPStatus.UNPROCESSABLE_ENTITY, mimetype=_SVG)  # the picture says why
        response = Response(_layer(hit_boxes(words, phrases(found.record.text, found.marks))), mimetype=_SVG)
        response.add_etag()
        return response

    @blueprint.errorhandler(NoPicture)
    def no_picture(error: NoPicture) -> Response:
        return _notice(str(error), HTTPStatus.UNPROCESSABLE_ENTITY)

    @blueprint.errorhandler(TooBusy)
    def too_busy(error: TooBusy) -> Response:
        response = _notice(str(error), HTTPStatus.SERVICE_UNAVAILABLE)
        response.headers["Retry-After"] = str(_BUSY_SECONDS)
        return response

    return blueprint


def _question() -> str:
    return " ".join(read_query_string(request.query_string).get("q", ()))


def _page_of(found: ReadDocument, original: ShownFile, number: int, count: int, trouble: str) -> PageOfFile:
    every = map(list, page_pieces(found.record.text, found.marks, found.record.pages))
    has_own_text = original.has_pages_of_text and count == len(found.record.pages)
    texts = list(itertools.islice(every, number - 1, number)) if has_own_text else list(every)
    return PageOfFile(number, count, trouble, has_own_text, texts)


def _layer(boxes: Sequence[HitBox]) -> str:
    return render_template("hit_boxes.svg", boxes=boxes)


def _notice(message: str, status: HTTPStatus) -> Response:
    """A picture that says what is wrong: it stands where the page's would, and so is read."""
    return Response(render_template("notice.svg", message=message), status, mimetype=_SVG)
