"""The ways between the API's operations (OpenAPI 3.1, Link Object): what of one answer is asked for with in another."""

from __future__ import annotations

from typing import Any

_ID_OF_ANSWER = "$response.body#/id"


def _link(operation: str, description: str, **parameters: str) -> dict[str, Any]:
    return {"operationId": operation, "description": description, "parameters": parameters}


def _of_document(id: str) -> dict[str, Any]:
    return {
        "related": _link("related", "Văn bản liên quan", id=id),
        "similar": _link("similar", "Văn bản tương tự", id=id),
    }


LINKS: dict[str, dict[str, Any]] = {
    "search": {
        "next": _link("search", "Trang kế tiếp, với cùng các tham số khác", cursor="$response.body#/next"),
        "document": _link("document", "Toàn văn của kết quả đầu", id="$response.body#/hits/0/id"),
    },
    "suggest": {"document": _link("document", "Văn bản được gợi ý", id="$response.body#/suggestions/0/id")},
    "passages": {"document": _link("document", "Văn bản chứa đoạn đầu", id="$response.body#/passages/0/id")},
    "document": _of_document(_ID_OF_ANSWER),
    "similar": {"document": _link("document", "Văn bản tương tự nhất", id="$response.body#/documents/0/id")},
    "changes": {
        "next": _link("changes", "Những thay đổi sau đó", cursor="$response.body#/next"),
        "document": _link("document", "Văn bản đã thay đổi đầu tiên", id="$response.body#/changes/0/id"),
    },
    "put_document": {"document": _link("document", "Văn bản vừa gửi", id="$response.body#/document/id")},
}
"""Operation to the links of its good answers."""
