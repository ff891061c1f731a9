"""Writing through the API: PUT and DELETE of one document, POST of many, for systems with the installation's token.

What is pushed goes the way that files go (`indexer.pushing`) and is searchable when the answer comes. A PUT may be
repeated until it is answered: the same document again is no other version.
"""

from __future__ import annotations

import hmac
import logging
from collections import Counter
from collections.abc import Iterator
from dataclasses import asdict, dataclass
from http import HTTPStatus
from typing import cast

from flask import Blueprint, Response, jsonify, request, url_for
from werkzeug.datastructures import ETags
from werkzeug.exceptions import RequestEntityTooLarge

from indexer.pushing import (
    FILE_BYTES,
    AnotherVersion,
    HeldByAFile,
    Inbox,
    NotKept,
    Outcome,
    Pushed,
    Refused,
    Sent,
    Unreadable,
)
from search_service import problems
from search_service.bulk import BULK_BYTES, LINES, apply_lines, as_lines
from search_service.parameter import shortened
from search_service.problems import Problem
from search_service.sent import FIELDS_BYTES, FORM, RECORD, InvalidBody, SentFile, WrongMediaType, read_body
from search_service.shapes import WrittenJson, record_json

BODY_BYTES = FILE_BYTES + FIELDS_BYTES
_OFF = (
    "API của cơ sở này chỉ đọc. Để hệ thống khác ghi và xóa được văn bản, người quản trị đặt TRACUU_API_TOKEN (mã bí "
    "mật, ít nhất 16 ký tự) rồi khởi động lại dịch vụ."
)
_UNKNOWN_SENDER = "Cần tiêu đề “Authorization: Bearer …” với đúng mã bí mật của cơ sở này."

_log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Writing:
    """What writing takes.

    Attributes:
        inbox: Where documents are pushed.
        token: What a sender must know (RFC 6750); ASCII.
    """

    inbox: Inbox
    token: str


def writes(writing: Writing | None, prefix: str) -> Blueprint:
    """PUT, DELETE and POST beneath an address; without `writing` all are refused with the way to turn them on."""
    blueprint = Blueprint("writing", __name__, url_prefix=prefix)

    @blueprint.put("/documents/<any_text:id>")
    def put(id: str) -> Response:
        if writing is None or not _knows(writing.token):
            return _forbidden(writing)
        return _put(writing.inbox, id)

    @blueprint.delete("/documents/<any_text:id>")
    def delete(id: str) -> Response:
        if writing is None or not _knows(writing.token):
            return _forbidden(writing)
        if not writing.inbox.delete(id, replaces=_expected(request.if_match)):
            return problems.no_document(id).response()
        _log.info("Đã xóa qua API: %r", id)
        return Response(status=HTTPStatus.NO_CONTENT)

    @blueprint.post("/documents")
    def post() -> Response:
        if writing is None or not _knows(writing.token):
            return _forbidden(writing)
        return _post(writing.inbox)

    @blueprint.errorhandler(HeldByAFile)
    def held_by_a_file(error: HeldByAFile) -> Response:
        return Problem(HTTPStatus.CONFLICT, str(error)).response()

    @blueprint.errorhandler(AnotherVersion)
    def another_version(error: AnotherVersion) -> Response:
        return Problem(HTTPStatus.PRECONDITION_FAILED, f"{error} “If-Match” không khớp; chưa ghi gì.").response()

    @blueprint.errorhandler(InvalidBody)
    def invalid(error: InvalidBody) -> Response:
        return Problem(
            HTTPStatus.BAD_REQUEST, str(error), members={"errors": [asdict(wrong) for wrong in error.errors]}
        ).response()

    @blueprint.errorhandler(WrongMediaType)
    def wrong_media_type(error: WrongMediaType) -> Response:
        headers = {"Accept": LINES if request.method == "POST" else f"{RECORD}, {FORM}"}
        return Problem(HTTPStatus.UNSUPPORTED_MEDIA_TYPE, str(error), headers=headers).response()

    @blueprint.errorhandler(RequestEntityTooLarge)
    def too_large(error: RequestEntityTooLarge) -> Response:
        if request.method == "POST":
            allowed = f"{BULK_BYTES // 2**20} MB; hãy chia ra nhiều lần gửi"
        else:
            allowed = f"{BODY_BYTES // 2**20} MB, trong đó các trường gửi kèm tệp {FIELDS_BYTES // 2**20} MB"
        detail = f"Nội dung gửi lên quá lớn. Được phép: {allowed}."
        return Problem(HTTPStatus.REQUEST_ENTITY_TOO_LARGE, detail).response()

    @blueprint.errorhandler(NotKept)
    def not_kept(error: NotKept) -> Response:
        return problems.unavailable(str(error)).response()

    @blueprint.errorhandler(Unreadable)
    @blueprint.errorhandler(Refused)
    def refused(error: Unreadable | Refused) -> Response:
        return Problem(HTTPStatus.UNPROCESSABLE_ENTITY, str(error)).response()

    return blueprint


def _put(inbox: Inbox, id: str) -> Response:
    request.max_content_length = BODY_BYTES
    body = read_body(request, id)
    sent = inbox.record_of(id, body.fields, body.content, body.name) if isinstance(body, SentFile) else Sent(body)
    pushed = inbox.put(sent, replaces=_expected(request.if_match))
    _log.info("Đã nhận qua API: %r (%s)", id, pushed.outcome)
    response = jsonify(_written_json(pushed, sent.note))
    response.set_etag(pushed.fingerprint)
    if pushed.outcome is Outcome.CREATED:
        response.status_code = HTTPStatus.CREATED
        response.headers["Location"] = url_for("api.document", id=id)
    return response


def _post(inbox: Inbox) -> Response:
    if request.mimetype != LINES:
        raise WrongMediaType(
            f"Kiểu nội dung “{shortened(request.mimetype)}” không được nhận. Được phép: {LINES} (mỗi dòng một bản ghi)."
        )
    request.max_content_length = BULK_BYTES
    results = apply_lines(inbox, request.stream)
    counts = Counter(result["outcome"] for result in results)
    _log.info("Đã nhận nhiều văn bản qua API: %s", dict(counts))
    return Response(as_lines(results), content_type=f"{LINES}; charset=utf-8")


class _Expected:
    """Whether a version of a document is one that `If-Match` names (RFC 9110, 13.1.1)."""

    def __init__(self, tags: ETags) -> None:
        self._tags = tags

    def __call__(self, fingerprint: str) -> bool:
        return fingerprint != "" and (self._tags.star_tag or any(map(fingerprint.__eq__, self._fingerprints())))

    def _fingerprints(self) -> Iterator[str]:
        """The tags without the coding that compression writes behind them (`…:br`)."""
        return (tag.partition(":")[0] for tag in self._tags.as_set())


def _expected(tags: ETags) -> _Expected | None:
    return _Expected(tags) if tags else None


def _knows(token: str) -> bool:
    """Whether the sender gave the token; how long the comparison takes tells nothing of it."""
    scheme, _, given = request.headers.get("Authorization", "").partition(" ")
    return scheme.lower() == "bearer" and hmac.compare_digest(given.strip().encode(), token.encode())


def _forbidden(writing: Writing | None) -> Response:
    if writing is None:
        return Problem(HTTPStatus.FORBIDDEN, _OFF).response()
    return Problem(HTTPStatus.UNAUTHORIZED, _UNKNOWN_SENDER, headers={"WWW-Authenticate": "Bearer"}).response()


def _written_json(pushed: Pushed, note: str) -> WrittenJson:
    written = {"outcome": pushed.outcome.value, "document": record_json(pushed.record)}
    return cast(WrittenJson, {**written, "note": note} if note else written)
