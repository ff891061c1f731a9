"""Giving back originals: `GET /documents/{id}/files/{sha256}`, a file as it came in and nothing else."""

from __future__ import annotations

import re
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, Response, request, send_file, url_for
from werkzeug.exceptions import RequestedRangeNotSatisfiable

from engines.copies import SourceFile
from engines.interface import Engine
from engines.record import OfficialDocument
from indexer.originals.giving import ChangedOriginal, NoOriginal, Originals
from search_service.access import access_of, visible
from search_service.params import read_query_string, read_values
from search_service.problems import Problem

# A file may be a page with scripts in it. It is never shown as one of ours: it is saved, and where it is opened
# nevertheless it has an origin of its own and may do nothing.
_HEADERS = {"Content-Security-Policy": "sandbox; default-src 'none'", "X-Content-Type-Options": "nosniff"}
_UNKNOWN = "application/octet-stream"
_MEDIA_TYPE = re.compile(r"[\w.+-]+/[\w.+-]+", re.ASCII)
_OUTER = re.compile(r"^.*\.\w{1,8}!(?=.)")  # what a file lies within, in its path: `thư.eml!`


@dataclass(frozen=True, slots=True)
class Download:
    """A file of a document: its name, where it came from, and its address if it can be given."""

    name: str
    path: str
    href: str


def files(engine: Engine, originals: Originals | None, prefix: str) -> Blueprint:
    """The originals of an engine's documents, beneath an address."""
    blueprint = Blueprint("files", __name__, url_prefix=prefix)

    @blueprint.get("/documents/<any_text:id>/files/<string(length=64):sha256>")
    def original(id: str, sha256: str) -> Response:
        read_values(read_query_string(request.query_string), ())
        record = visible(engine, id, access_of(request))
        file = next((file for file in record.files if file.sha256 == sha256), None)
        if file is None or originals is None:
            return Problem(HTTPStatus.NOT_FOUND, f"Văn bản này không có tệp nào có SHA-256 là {sha256}.").response()
        return _sent(originals, id, file)

    @blueprint.errorhandler(NoOriginal)
    def no_original(error: NoOriginal) -> Response:
        return Problem(HTTPStatus.NOT_FOUND, str(error)).response()

    @blueprint.errorhandler(ChangedOriginal)
    def changed(error: ChangedOriginal) -> Response:
        return Problem(HTTPStatus.CONFLICT, str(error)).response()

    @blueprint.errorhandler(RequestedRangeNotSatisfiable)
    def no_such_range(error: RequestedRangeNotSatisfiable) -> Response:
        headers = {"Content-Range": f"bytes */{error.length}"}
        detail = f"Tệp không có khoảng byte được hỏi. Được phép: trong {error.length} byte, như “bytes=0-1023”."
        return Problem(HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE, detail, headers).response()

    return blueprint


def downloads(record: OfficialDocument, originals: Originals | None) -> list[Download]:
    """The files of a document as its page shows them."""
    available = originals.available(record.id) if originals else ()
    return [
        Download(
            name_of(file),
            file.path,
            url_for("files.original", id=record.id, sha256=file.sha256) if file.sha256 in available else "",
        )
        for file in record.files
    ]


def name_of(file: SourceFile) -> str:
    """A file's own name: the last of its path, and of what lies within a file, that alone."""
    return _OUTER.sub("", file.path.replace("\\", "/").rpartition("/")[2])


def _sent(originals: Originals, id: str, file: SourceFile) -> Response:
    given = originals.open(id, file.sha256)
    response = send_file(
        given.content,
        mimetype=_UNKNOWN,
        as_attachment=True,
        download_name=name_of(file),
        conditional=False,
        etag=file.sha256,
    )
    # No charset is added: nobody knows which one a text of an old system has.
    response.headers["Content-Type"] = file.media_type if _MEDIA_TYPE.fullmatch(file.media_type) else _UNKNOWN
    for name in ("Cache-Control", "Expires"):  # those of files that everybody may see
        response.headers.pop(name, None)
    response.headers.update(_HEADERS)
    response.content_length = given.size
    response.make_conditional(request, accept_ranges=True, complete_length=given.size)
    return response
