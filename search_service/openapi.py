"""The API's OpenAPI 3.1 document, made from the parameters' own descriptions and the shapes of the answers."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from pydantic import TypeAdapter

from search_service import examples, problems
from search_service.bulk import BULK_BYTES, LINE_BYTES, LINES, MOST_LINES
from search_service.change_shapes import ChangesJson
from search_service.changes import CHANGE_PARAMETERS
from search_service.exporting import MAX_ROWS
from search_service.links_between import LINKS
from search_service.notation import vietnamese_number
from search_service.parameter import Parameter
from search_service.params import (
    BASKET_PARAMETERS,
    DOCUMENT_PARAMETERS,
    LIST_PARAMETERS,
    PASSAGE_PARAMETERS,
    SEARCH_PARAMETERS,
    SIMILAR_PARAMETERS,
    SUGGEST_PARAMETERS,
)
from search_service.passage_shapes import PassagesJson
from search_service.record_shapes import BulkResultJson, SentRecordJson
from search_service.sent import FILE, FORM, FORM_FIELDS, LISTS, RECORD
from search_service.shapes import (
    DocumentJson,
    HealthJson,
    ProblemJson,
    RelationsJson,
    SearchJson,
    SimilarJson,
    WrittenJson,
)
from search_service.suggest_shapes import SuggestJson

_ABOUT = (
    "Tìm kiếm toàn văn trong văn bản hành chính. Mọi câu trả lời là JSON UTF-8; lỗi theo RFC 9457, `errors` nêu từng "
    "chỗ sai và giá trị được phép. Trang kế tiếp: gửi lại cùng câu hỏi với `cursor` là `next` của trang trước. Ghi và "
    "xóa cần mã bí mật của cơ sở: tiêu đề `Authorization: Bearer …`. Ví dụ lấy từ bộ văn bản mẫu của một tỉnh hư cấu."
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
    "example": "vi-du/15",
}


_IF_MATCH = {
    "name": "If-Match",
    "in": "header",
    "required": False,
    "description": "`ETag` của bản được phép thay hoặc xóa; “*” là bản nào cũng được, miễn là đã có.",
    "schema": {"type": "string"},
}
_SHA256 = {
    "name": "sha256",
    "in": "path",
    "required": True,
    "description": "SHA-256 của tệp, như trong `files` của văn bản.",
    "schema": {"type": "string", "pattern": "^[0-9a-f]{64}$"},
}
_RANGE = {
    "name": "Range",
    "in": "header",
    "required": False,
    "description": "Khoảng byte muốn nhận, như “bytes=0-1023”.",
    "schema": {"type": "string"},
}
_SECURITY = "bearer"  # the name of the security scheme


def openapi() -> dict[str, Any]:
    """The document, as JSON-ready values."""
    _, definitions = TypeAdapter.json_schemas(
        [(shape.__name__, "serialization", TypeAdapter(shape)) for shape in _SHAPES], ref_template=_REFERENCE
    )
    document = {
        "openapi": "3.1.0",
        "info": {
            "title": "Tra cứu văn bản",
            "version": _VERSION,
            "description": _ABOUT,
        },
        "servers": [{"url": ".", "description": "Máy chủ đã cho tài liệu này"}],
        "paths": {
            "/api/v1/search": _get(
                "search", "Tìm văn bản", "Kết quả", SearchJson, [400, 503], _documented(SEARCH_PARAMETERS)
            ),
            **{
                f"/api/v1/search.{ending}": _file(f"search_{ending}", summary, media_type, LIST_PARAMETERS)
                for ending, summary, media_type in _LISTS
            },
            "/api/v1/basket.zip": _file(
                "basket_zip",
                "Giỏ văn bản: bản gốc (không có thì toàn văn) của từng văn bản và danh sách .xlsx, trong một tệp .zip",
                "application/zip",
                BASKET_PARAMETERS,
                [413],
            ),
            "/api/v1/passages": _get(
                "passages",
                "Đoạn văn trả lời câu hỏi, kèm lời dẫn, cho trợ lý ảo",
                "Các đoạn văn",
                PassagesJson,
                [400, 503],
                _documented(PASSAGE_PARAMETERS),
            ),
            "/api/v1/suggest": _get(
                "suggest",
                "Gợi ý khi đang gõ",
                "Các gợi ý, tốt nhất trước",
                SuggestJson,
                [400, 503],
                _documented(SUGGEST_PARAMETERS),
            ),
            "/api/v1/documents": _post_documents(),
            "/api/v1/changes": _get(
                "changes",
                "Những gì đã lập chỉ mục, thay đổi hoặc xóa kể từ một con trỏ, cũ trước",
                "Các thay đổi",
                ChangesJson,
                [400, 503],
                _documented(CHANGE_PARAMETERS),
            ),
            "/api/v1/documents/{id}": {
                **_get(
                    "document",
                    "Toàn văn và thông tin của một văn bản",
                    "Văn bản",
                    DocumentJson,
                    [400, 404, 503],
                    [_ID, *_documented(DOCUMENT_PARAMETERS)],
                ),
                **_put_document(),
                **_delete_document(),
            },
            "/api/v1/documents/{id}/files/{sha256}": _original(),
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
        "components": {
            "schemas": definitions["$defs"],
            "securitySchemes": {_SECURITY: {"type": "http", "scheme": "bearer", "description": "Mã TRACUU_API_TOKEN"}},
        },
    }
    _illustrate(document)
    return document


def _illustrate(document: Mapping[str, Any]) -> None:
    """Put into each operation an answer from the sample set, and the way from it to other operations."""
    answers = examples.answers()
    for operation in (operation for path in document["paths"].values() for operation in path.values()):
        name = operation["operationId"]
        for status, response in operation["responses"].items():
            if status.startswith("2") and name in answers:
                for content in response.get("content", {}).values():
                    content["example"] = answers[name]
            if status.startswith("2") and name in LINKS:
                response["links"] = LINKS[name]


_SHAPES: tuple[type[Any], ...] = (
    SearchJson,
    PassagesJson,
    SuggestJson,
    DocumentJson,
    RelationsJson,
    SimilarJson,
    SentRecordJson,
    WrittenJson,
    BulkResultJson,
    ChangesJson,
    ProblemJson,
    HealthJson,
)
_FAILURES = {
    400: "Tham số hoặc trường sai: `errors` nêu tên và giá trị được phép",
    401: "Thiếu mã bí mật, hoặc mã sai",
    403: "Cơ sở này không cho ghi qua API",
    404: "Không có văn bản này, hoặc không có quyền xem",
    409: "Mã này thuộc một văn bản đọc từ tệp: tệp đó mới là gốc",
    412: "`If-Match` không khớp với bản đang có; chưa ghi gì",
    413: "Nội dung quá lớn",
    415: "Kiểu nội dung không được nhận: `detail` nêu kiểu được phép",
    422: "Tệp không đọc được, hoặc máy tìm kiếm từ chối: `detail` nêu lý do",
    500: "Lỗi của máy chủ: `incident` là mã trong nhật ký",
    503: "Chưa có chỉ mục, máy tìm kiếm chưa sẵn sàng, hoặc chương trình khác đang ghi; thử lại sau `Retry-After` giây",
}


_MOST = f"Cả kết quả tìm, tối đa {vietnamese_number(MAX_ROWS)} văn bản"
_LISTS = (
    (
        "xlsx",
        f"{_MOST}, thành bảng tính theo mẫu sổ đăng ký (Nghị định 30/2020/NĐ-CP)",
        "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet",
    ),
    ("csv", f"{_MOST}, thành tệp CSV", "text/csv"),
    ("atom", "Văn bản mới của một câu tìm, thành nguồn tin Atom", "application/atom+xml"),
)


def _documented(parameters: Sequence[Parameter]) -> list[dict[str, Any]]:
    return [_with_example(parameter.document()) for parameter in parameters]


def _with_example(parameter: dict[str, Any]) -> dict[str, Any]:
    name = parameter["name"]
    return {**parameter, "example": examples.PARAMETERS[name]} if name in examples.PARAMETERS else parameter


def _get(
    operation: str, summary: str, success: str, shape: type[Any], failures: list[int], parameters: list[dict[str, Any]]
) -> dict[str, Any]:
    responses = {"200": _response(success, "application/json", shape), **_problems([*failures, 500])}
    return {"get": {"operationId": operation, "summary": summary, "parameters": parameters, "responses": responses}}


def _file(
    operation: str, summary: str, media_type: str, parameters: Sequence[Parameter], failures: Sequence[int] = ()
) -> dict[str, Any]:
    content = {"description": "Tệp", "content": {media_type: {"schema": {"type": "string"}}}}
    problem = _problems([400, *failures, 500, 503])
    return {
        "get": {
            "operationId": operation,
            "summary": summary,
            "parameters": _documented(parameters),
            "responses": {"200": content, **problem},
        }
    }


def _original() -> dict[str, Any]:
    content = {"*/*": {"schema": {"type": "string", "contentMediaType": "application/octet-stream"}}}
    headers = {
        "ETag": {"description": "SHA-256 của tệp", "schema": {"type": "string"}},
        "Content-Disposition": {"description": "Tên của tệp (RFC 6266)", "schema": {"type": "string"}},
    }
    partial = {"Content-Range": {"description": "Khoảng byte được gửi (RFC 9110)", "schema": {"type": "string"}}}
    problem = {
        **{str(status): _response(_FAILURES[status], problems.MEDIA_TYPE, ProblemJson) for status in (400, 500, 503)},
        "404": _response("Không có văn bản hoặc tệp này ở đây: `detail` nêu lý do", problems.MEDIA_TYPE, ProblemJson),
        "409": _response("Tệp đã khác lúc được đọc", problems.MEDIA_TYPE, ProblemJson),
        "416": _response("Tệp không có khoảng byte được hỏi", problems.MEDIA_TYPE, ProblemJson),
    }
    operation = {
        "operationId": "original",
        "summary": "Tệp gốc của một văn bản, nguyên vẹn như lúc nhận",
        "parameters": [_ID, _SHA256, _RANGE],
        "responses": {
            "200": {"description": "Cả tệp", "headers": headers, "content": content},
            "206": {"description": "Phần được hỏi", "headers": headers | partial, "content": content},
            "304": {"description": "Tệp mà `If-None-Match` nêu"},
            **problem,
        },
    }
    return {"get": operation}


def _put_document() -> dict[str, Any]:
    form = {
        "type": "object",
        "required": [FILE],
        "properties": {
            FILE: {"type": "string", "contentMediaType": "application/octet-stream"},
            **{name: {"type": "array", "items": {"type": "string"}} for name in sorted(LISTS)},
            **{name: {"type": "string"} for name in FORM_FIELDS if name not in LISTS},
        },
        "additionalProperties": False,
    }
    success = {
        "200": _response("Đã thay bản trước, hoặc vẫn như trước", "application/json", WrittenJson),
        "201": _response("Văn bản mới", "application/json", WrittenJson),
    }
    for response in success.values():
        response["headers"] = {"ETag": {"description": "Dấu của bản này", "schema": {"type": "string"}}}
    operation = _write("put_document", "Thêm hoặc thay một văn bản", success, [400, 413, 415, 422])
    operation["requestBody"] = {
        "required": True,
        "content": {RECORD: {"schema": _reference(SentRecordJson), "example": examples.RECORD}, FORM: {"schema": form}},
    }
    return {"put": operation}


def _post_documents() -> dict[str, Any]:
    """NDJSON has no schema in JSON Schema: what a line is stands in words, and its shape among the components."""
    success = {
        "200": {
            "description": "Mỗi dòng một kết quả, theo thứ tự các dòng đã gửi; hình dạng của mỗi dòng: BulkResultJson",
            "content": {LINES: {"schema": {"type": "string"}}},
        }
    }
    problem = _problems([401, 403, 413, 415, 500, 503])
    description = (
        "Mỗi dòng là một bản ghi JSON có “id” (như SentRecordJson), hoặc {“delete”: “mã”} để xóa. Dòng sai không cản "
        f"dòng khác. Tối đa {MOST_LINES} dòng, {BULK_BYTES // 2**20} MB một lần gửi, {LINE_BYTES // 2**20} MB một dòng."
    )
    return {
        "post": {
            "operationId": "post_documents",
            "summary": "Thêm, thay hoặc xóa nhiều văn bản trong một lần gửi",
            "description": description,
            "security": [{_SECURITY: []}],
            "requestBody": {
                "required": True,
                "content": {LINES: {"schema": {"type": "string"}, "example": examples.LINES}},
            },
            "responses": {**success, **problem},
        }
    }


def _problems(statuses: Iterable[int]) -> dict[str, Any]:
    return {str(status): _response(_FAILURES[status], problems.MEDIA_TYPE, ProblemJson) for status in sorted(statuses)}


def _delete_document() -> dict[str, Any]:
    return {
        "delete": _write("delete_document", "Xóa một văn bản đã gửi qua API", {"204": {"description": "Đã xóa"}}, [404])
    }


def _write(operation: str, summary: str, success: dict[str, Any], failures: list[int]) -> dict[str, Any]:
    problem = _problems([401, 403, 409, 412, 500, 503, *failures])
    return {
        "operationId": operation,
        "summary": summary,
        "parameters": [_ID, _IF_MATCH],
        "security": [{_SECURITY: []}],
        "responses": {**success, **problem},
    }


def _reference(shape: type[Any]) -> dict[str, str]:
    return {"$ref": _REFERENCE.format(model=shape.__name__)}


def _response(description: str, media_type: str, shape: type[Any]) -> dict[str, Any]:
    return {"description": description, "content": {media_type: {"schema": _reference(shape)}}}
