"""The shape of the API's JSON for suggestions."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired, cast

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from search_service.spans import Span, spans
from search_service.suggest import Kind, SuggestAnswer, Suggestion

_EXACT = ConfigDict(extra="forbid")


@with_config(_EXACT)
class SuggestionJson(TypedDict):
    """Một gợi ý."""

    kind: Annotated[
        Kind,
        Field(description="`text` là gì: trích yếu (document), số, ký hiệu (number), cơ quan ban hành hoặc người ký"),
    ]
    text: Annotated[str, Field(description="Chữ được gợi ý, đúng như trong văn bản")]
    marks: Annotated[list[Span], Field(description="Những chỗ khớp trong `text`, theo thứ tự, không chồng nhau")]
    id: NotRequired[Annotated[str, Field(description="Mã văn bản, khi gợi ý là một văn bản")]]
    number: NotRequired[Annotated[str, Field(description="Số, ký hiệu của văn bản")]]
    subject: NotRequired[Annotated[str, Field(description="Trích yếu của văn bản")]]
    count: NotRequired[Annotated[int, Field(description="Số văn bản của cơ quan hoặc người ký này", ge=1)]]


@with_config(_EXACT)
class SuggestJson(TypedDict):
    """Gợi ý cho chữ đang gõ."""

    query: Annotated[str, Field(description="Chữ đang gõ")]
    took_ms: Annotated[float, Field(description="Thời gian tìm, mili giây")]
    suggestions: Annotated[list[SuggestionJson], Field(description="Các gợi ý, tốt nhất trước")]


def suggest_json(answer: SuggestAnswer) -> SuggestJson:
    """Suggestions as the API gives them."""
    return {
        "query": answer.text,
        "took_ms": answer.took_ms,
        "suggestions": [_suggestion_json(suggestion) for suggestion in answer.suggestions],
    }


def _suggestion_json(suggestion: Suggestion) -> SuggestionJson:
    json: dict[str, Any] = {
        "kind": suggestion.kind,
        "text": suggestion.text,
        "marks": spans(suggestion.marks),
        **{name: value for name in ("id", "number", "subject") if (value := getattr(suggestion, name))},
    }
    if suggestion.count is not None:
        json["count"] = suggestion.count
    return cast(SuggestionJson, json)
