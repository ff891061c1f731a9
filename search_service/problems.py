"""Errors of the API as problem details (RFC 9457)."""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass, field
from http import HTTPStatus
from typing import Any

from flask import Response

from search_service.parameter import InvalidParameters, shortened
from search_service.tongues.said import Said, terms

MEDIA_TYPE = "application/problem+json"
RETRY_AFTER_SECONDS = 30

_TITLES = terms(
    {
        HTTPStatus.BAD_REQUEST: "Yêu cầu không hợp lệ",
        HTTPStatus.UNAUTHORIZED: "Chưa xác thực",
        HTTPStatus.FORBIDDEN: "Không được phép",
        HTTPStatus.NOT_FOUND: "Không tìm thấy",
        HTTPStatus.METHOD_NOT_ALLOWED: "Phương thức không được phép",
        HTTPStatus.CONFLICT: "Xung đột",
        HTTPStatus.PRECONDITION_FAILED: "Văn bản đã khác",
        HTTPStatus.REQUEST_ENTITY_TOO_LARGE: "Nội dung quá lớn",
        HTTPStatus.UNSUPPORTED_MEDIA_TYPE: "Kiểu nội dung không được nhận",
        HTTPStatus.REQUESTED_RANGE_NOT_SATISFIABLE: "Không có khoảng byte ấy",
        HTTPStatus.UNPROCESSABLE_ENTITY: "Không nhận được văn bản",
        HTTPStatus.INTERNAL_SERVER_ERROR: "Lỗi của máy chủ",
        HTTPStatus.SERVICE_UNAVAILABLE: "Chưa phục vụ được",
    }
)


@dataclass(frozen=True, slots=True)
class Problem:
    """Something that went wrong with a request.

    Attributes:
        status: The HTTP status.
        detail: What was wrong and what is allowed, in Vietnamese.
        headers: Headers that go with it.
        members: Further members of the problem object.
    """

    status: HTTPStatus
    detail: str
    headers: Mapping[str, str] = field(default_factory=dict)
    members: Mapping[str, Any] = field(default_factory=dict)

    @property
    def title(self) -> str:
        """What kind of problem it is, in Vietnamese."""
        return _TITLES.get(self.status, self.status.phrase)

    def response(self) -> Response:
        """The problem as an HTTP response of type `about:blank`: the status says what it is."""
        body = {
            "type": "about:blank",
            "title": self.title,
            "status": self.status.value,
            "detail": self.detail,
            **self.members,
        }
        return Response(
            json.dumps(body, ensure_ascii=False), self.status, headers=dict(self.headers), content_type=MEDIA_TYPE
        )


def wrong_parameters(error: InvalidParameters) -> Problem:
    """Parameters that cannot be read."""
    errors = [
        {"parameter": wrong.name, "value": wrong.value, "allowed": wrong.allowed, "detail": wrong.message}
        for wrong in error.errors
    ]
    return Problem(HTTPStatus.BAD_REQUEST, str(error), members={"errors": errors})


def no_document(id: str) -> Problem:
    """A document that does not exist, or that the sender may not know of."""
    return Problem(
        HTTPStatus.NOT_FOUND, Said("Không có văn bản nào có mã “{id}”, hoặc bạn không có quyền xem.", id=shortened(id))
    )


def unavailable(reason: str) -> Problem:
    """The engine cannot answer now."""
    return Problem(HTTPStatus.SERVICE_UNAVAILABLE, reason, headers={"Retry-After": str(RETRY_AFTER_SECONDS)})


def crashed(incident: str) -> Problem:
    """A fault of ours; the log has its traceback under the incident's id."""
    return Problem(
        HTTPStatus.INTERNAL_SERVER_ERROR,
        Said("Máy chủ gặp lỗi ngoài dự kiến. Hãy báo quản trị viên mã sự cố {incident}.", incident=incident),
        members={"incident": incident},
    )
