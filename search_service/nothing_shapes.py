"""The shape of the API's JSON for why a search found nothing."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from search_service.nothing import Causes

_EXACT = ConfigDict(extra="forbid")
_FOUND = Field(description="Số văn bản tìm được nếu bỏ", ge=0)


@with_config(_EXACT)
class WordCauseJson(TypedDict):
    """Một từ hoặc điều kiện của câu hỏi không tìm được gì."""

    text: Annotated[str, Field(description="Từ hoặc điều kiện, như đã gõ")]
    term: Annotated[str, Field(description="Là gì: đúng cụm từ, tên loại …; rỗng nếu câu hỏi chỉ là các từ")]
    alone: Annotated[
        int | None,
        Field(description="Số văn bản mà riêng nó tìm được, với cùng bộ lọc; null nếu là điều phải không có"),
    ]
    without: Annotated[str, Field(description="Câu hỏi khi bỏ nó, gửi lại được làm `q`")]
    found: Annotated[int, _FOUND]


@with_config(_EXACT)
class FilterCauseJson(TypedDict):
    """Một bộ lọc của lượt tìm không được gì."""

    parameters: Annotated[list[str], Field(description="Các tham số của nó")]
    alone: Annotated[int, Field(description="Số văn bản mà riêng nó cho qua", ge=0)]
    found: Annotated[int, _FOUND]


@with_config(_EXACT)
class OtherQuestionJson(TypedDict):
    """Một câu hỏi khác, bớt chặt hơn."""

    q: Annotated[str, Field(description="Câu hỏi, gửi lại được làm `q`")]
    found: Annotated[int, Field(description="Số văn bản tìm được", ge=0)]


@with_config(_EXACT)
class CausesJson(TypedDict):
    """Vì sao không tìm được gì, và bỏ gì thì được."""

    words: Annotated[list[WordCauseJson], Field(description="Các từ và điều kiện của câu hỏi, theo thứ tự; tối đa 12")]
    filters: Annotated[list[FilterCauseJson], Field(description="Các bộ lọc đang dùng")]
    unquoted: Annotated[
        OtherQuestionJson | None,
        Field(description="Câu hỏi không có dấu nháy, khi cụm từ trong dấu nháy không có ở đâu; nếu không thì null"),
    ]
    rest: Annotated[
        OtherQuestionJson | None,
        Field(description="Câu hỏi bỏ hết những gì riêng nó không tìm được gì, khi có nhiều; nếu không thì null"),
    ]


def causes_json(causes: Causes | None) -> CausesJson | None:
    """Why a search found nothing, as the API tells it; None where it found something."""
    if causes is None:
        return None
    return {
        "words": [
            {
                "text": cause.text,
                "term": cause.term,
                "alone": cause.alone,
                "without": cause.left,
                "found": cause.found,
            }
            for cause in causes.of_question
        ],
        "filters": [
            {"parameters": list(cause.names), "alone": cause.alone, "found": cause.found} for cause in causes.of_filters
        ],
        "unquoted": _other(causes.unquoted, causes.found_unquoted),
        "rest": _other(causes.rest, causes.found_rest),
    }


def _other(question: str, found: int) -> OtherQuestionJson | None:
    return {"q": question, "found": found} if question else None
