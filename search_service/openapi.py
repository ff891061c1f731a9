"""The API's OpenAPI 3.1 document, made from the parameters' own descriptions and the shapes of the answers."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from pydantic import TypeAdapter

from search_service import problems
from search_service.params import (
    DOCUMENT_PARAMETERS,
    SEARCH_PARAMETERS,
    SIMILAR_PARAMETERS,
    SUGGEST_PARAMETERS,
    Parameter,
)
from search_service.shapes import (
    DocumentJson,
    HealthJson,
    ProblemJson,
    RelationsJson,
    SearchJson,
    SimilarJson,
    SuggestJson,
)

_VERSION = "1.0"
"""Of the API, not of the program: `/api/v1`."""

_REFERENCE = "#/components/schemas/{model}"
_ID = {
    "name": "id",
    "in": "path",
    "required": True,
    "description": "Mã của văn bản: chuỗi bất kỳ, mã hoá phần trăm (kể cả dấu “/”).",
    "schema": {"type": "string", "minLength": 1},
}


def openapi() -> dict[str, Any]:
    """The document, as JSON-ready values."""
    _, definitions = TypeAdapter.json_schemas(
        [(shape.__name__, "serialization", TypeAdapter(shape)) for shape in _SHAPES], ref_template=_REFERENCE
    )
    return {
        "openapi": "3.1.0",
        "info": {
            "title": "Tra cứu văn bản",
            "version": _VERSION,
            "description": "Tìm kiếm toàn văn trong văn bản hành chính. Lỗi theo RFC 9457.",
        },
        "servers": [{"url": "."}],
        "paths": {
            "/api/v1/search": _get(
                "search", "Tìm văn bản", "Kết quả", SearchJson, [400, 503], _documented(SEARCH_PARAMETERS)
            ),
            "/api/v1/suggest": _get(
                "suggest",
                "Gợi ý khi đang gõ",
                "Các gợi ý, tốt nhất trước",
                SuggestJson,
                [400, 503],
                _documented(SUGGEST_PARAMETERS),
            ),
            "/api/v1/documents/{id}": _get(
                "document",
                "Toàn văn và thông tin của một văn bản",
                "Văn bản",
                DocumentJson,
                [400, 404, 503],
                [_ID, *_documented(DOCUMENT_PARAMETERS)],
            ),
            "/api/v1/documents/{id}/related": _get(
                "related",
                "Văn bản liên quan: được văn bản này dẫn, và dẫn văn bản này",
                "Các văn bản liên quan",
                RelationsJson,
                [400, 404, 503],
                [_ID],
            ),
            "/api/v1/documents/{id}/similar": _get(
                "similar",
                "Văn bản tương tự",
                "Các văn bản tương tự, giống nhất trước",
                SimilarJson,
                [400, 404, 503],
                [_ID, *_documented(SIMILAR_PARAMETERS)],
            ),
            "/healthz": _get("healthz", "Dịch vụ có đang chạy không", "Đang chạy", HealthJson, [], []),
            "/readyz": _get("readyz", "Có trả lời được câu hỏi không", "Sẵn sàng", HealthJson, [503], []),
        },
        "components": {"schemas": definitions["$defs"]},
    }


_SHAPES: tuple[type[Any], ...] = (
    SearchJson,
    SuggestJson,
    DocumentJson,
    RelationsJson,
    SimilarJson,
    ProblemJson,
    HealthJson,
)
_FAILURES = {
    400: "Tham số sai: `errors` nêu tên tham số và giá trị được phép",
    404: "Không có văn bản này, hoặc không có quyền xem",
    500: "Lỗi của máy chủ: `incident` là mã trong nhật ký",
    503: "Chưa có chỉ mục hoặc máy tìm kiếm chưa sẵn sàng; thử lại sau `Retry-After` giây",
}


def _documented(parameters: Sequence[Parameter]) -> list[dict[str, Any]]:
    return [parameter.document() for parameter in parameters]


def _get(
    operation: str, summary: str, success: str, shape: type[Any], failures: list[int], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    responses = {"200": _response(success, "application/json", shape)}
    for status in [*failures, 500]:
        responses[str(status)] = _response(_FAILURES[status], problems.MEDIA_TYPE, ProblemJson)
    return {"get": {"operationId": operation, "summary": summary, "parameters": parameters, "responses": responses}}


def _response(description: str, media_type: str, shape: type[Any]) -> dict[str, Any]:
    schema = {"$ref": _REFERENCE.format(model=shape.__name__)}
    return {"description": description, "content": {media_type: {"schema": schema}}}
