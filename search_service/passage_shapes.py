"""The shape of the API's JSON for passages."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, NotRequired, cast

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from search_service.passages import Passage
from search_service.query import UnderstoodQuery
from search_service.question_shapes import QuestionJson, question_json
from search_service.spans import Span, spans

_EXACT = ConfigDict(extra="forbid")


@with_config(_EXACT)
class PassageJson(TypedDict):
    """Một đoạn của một văn bản."""

    id: Annotated[str, Field(description="Mã văn bản")]
    citation: Annotated[str, Field(description="Lời dẫn: Điều, tên loại, số, ngày, cơ quan ban hành, trích yếu")]
    article: Annotated[str, Field(description="Điều chứa đoạn này; rỗng khi ở ngoài các điều")]
    page: Annotated[int | None, Field(description="Trang mà đoạn bắt đầu, từ 1; null khi văn bản không chia trang")]
    start: Annotated[int, Field(description="Vị trí đầu của đoạn trong toàn văn, tính bằng ký tự", ge=0)]
    end: Annotated[int, Field(description="Vị trí sau ký tự cuối", ge=0)]
    text: Annotated[str, Field(description="Đoạn văn, đúng như trong văn bản")]
    marks: Annotated[list[Span], Field(description="Những chỗ khớp trong `text`")]
    score: Annotated[float, Field(description="Mức liên quan, từ 0 đến 1", ge=0, le=1)]
    number: NotRequired[Annotated[str, Field(description="Số, ký hiệu")]]
    type: NotRequired[Annotated[str, Field(description="Tên loại")]]
    subject: NotRequired[Annotated[str, Field(description="Trích yếu")]]
    issuer: NotRequired[Annotated[str, Field(description="Cơ quan ban hành")]]
    issued: NotRequired[Annotated[str, Field(description="Ngày ban hành", json_schema_extra={"format": "date"})]]


@with_config(_EXACT)
class PassagesJson(TypedDict):
    """Những đoạn văn trả lời câu hỏi."""

    query: QuestionJson
    took_ms: Annotated[float, Field(description="Thời gian tìm, mili giây")]
    passages: Annotated[list[PassageJson], Field(description="Các đoạn, tốt nhất trước, tối đa ba đoạn một văn bản")]


_OF_PASSAGE = ("number", "type", "subject", "issuer", "issued")


def passages_json(question: UnderstoodQuery, passages: Sequence[Passage], seconds: float) -> PassagesJson:
    """Passages as the API gives them."""
    return {
        "query": question_json(question),
        "took_ms": round(1000 * seconds, 1),
        "passages": [_passage_json(passage) for passage in passages],
    }


def _passage_json(passage: Passage) -> PassageJson:
    record = passage.record
    told = {name: value for name in _OF_PASSAGE if (value := getattr(record, name))}
    return cast(
        PassageJson,
        {
            "id": record.id,
            "citation": passage.citation,
            "article": passage.article,
            "page": passage.page,
            "start": passage.start,
            "end": passage.end,
            "text": passage.text,
            "marks": spans(passage.marks),
            "score": passage.score,
            **{name: value if isinstance(value, str) else value.isoformat() for name, value in told.items()},
        },
    )
