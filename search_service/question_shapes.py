"""The shape of the API's JSON for how a question was understood."""

from __future__ import annotations

from typing import Annotated

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from search_service.language.parser import Mistake
from search_service.query import UnderstoodQuery

_EXACT = ConfigDict(extra="forbid")
_SAID = Field(description="Chữ trong câu hỏi nói điều đó")


@with_config(_EXACT)
class NameJson(TypedDict):
    """Loại, cơ quan ban hành hoặc người ký mà câu hỏi nêu."""

    field: Annotated[str, Field(description="Trường: type, issuer hoặc signer")]
    values: Annotated[list[str], Field(description="Các giá trị trong chỉ mục có thể được nói đến")]
    text: Annotated[str, _SAID]
    sure: Annotated[bool, Field(description="Chắc là nói về văn bản cần tìm, không phải một phần của trích yếu")]


@with_config(_EXACT)
class PeriodJson(TypedDict):
    """Thời gian ban hành mà câu hỏi nêu, kể cả ngày đầu và ngày cuối."""

    first: Annotated[str, Field(description="Ngày đầu", json_schema_extra={"format": "date"})]
    last: Annotated[str, Field(description="Ngày cuối", json_schema_extra={"format": "date"})]
    text: Annotated[str, _SAID]
    sure: Annotated[bool, Field(description="Chắc là ngày ban hành, không phải một phần của trích yếu")]


@with_config(_EXACT)
class ConditionJson(TypedDict):
    """Một điều kiện của biểu thức tra cứu."""

    text: Annotated[str, Field(description="Điều kiện, như đã gõ")]
    term: Annotated[str, Field(description="Là gì: đúng cụm từ, tên loại, ngày ban hành …")]
    start: Annotated[int, Field(description="Vị trí đầu trong câu hỏi, tính bằng ký tự", ge=0)]
    end: Annotated[int, Field(description="Vị trí sau ký tự cuối", ge=0)]
    excluded: Annotated[bool, Field(description="Văn bản thỏa điều kiện này bị loại ra")]


@with_config(_EXACT)
class MistakeJson(TypedDict):
    """Chỗ sai của một biểu thức; vì thế đã tìm như các từ thường."""

    message: Annotated[str, Field(description="Sai gì và được phép gì")]
    start: Annotated[int, Field(description="Vị trí đầu của chỗ sai trong câu hỏi, tính bằng ký tự", ge=0)]
    end: Annotated[int, Field(description="Vị trí sau ký tự cuối của chỗ sai", ge=0)]


@with_config(_EXACT)
class QuestionJson(TypedDict):
    """Câu hỏi được hiểu như thế nào."""

    text: Annotated[str, Field(description="Câu hỏi đã gõ")]
    literal: Annotated[bool, Field(description="Có tìm đúng như đã gõ không")]
    read_as: Annotated[str | None, Field(description="Câu đã được tìm, khi khác câu đã gõ (Telex, VNI, lỗi gõ)")]
    syllables: Annotated[list[str], Field(description="Các tiếng được tìm")]
    has_marks: Annotated[bool, Field(description="Câu hỏi có dấu hay không")]
    also: Annotated[list[str], Field(description="Những cách viết khác cũng được tìm: viết tắt, viết đủ")]
    number_keys: Annotated[list[str], Field(description="Số, ký hiệu mà câu hỏi có thể nêu")]
    figures: Annotated[list[str], Field(description="Số thứ tự mà câu hỏi nêu bằng lời: “nghị định số 40”")]
    names: Annotated[list[NameJson], Field(description="Loại, cơ quan, người ký mà câu hỏi nêu")]
    issued: Annotated[list[PeriodJson], Field(description="Thời gian ban hành mà câu hỏi nêu")]
    conditions: Annotated[list[ConditionJson], Field(description="Các điều kiện, khi câu hỏi là biểu thức tra cứu")]
    mistake: Annotated[MistakeJson | None, Field(description="Vì sao một biểu thức được tìm như các từ thường")]


def question_json(question: UnderstoodQuery) -> QuestionJson:
    """How a question was understood, as the API tells it."""
    return {
        "text": question.text,
        "literal": question.literal,
        "read_as": question.read_as,
        "syllables": list(question.syllables),
        "has_marks": question.has_marks,
        "also": [" ".join(reading.syllables) for reading in question.readings[1:]],
        "number_keys": [key.text for key in question.number_keys],
        "figures": list(question.figures),
        "names": [
            {"field": name.field, "values": list(name.values), "text": question.said(name), "sure": name.sure}
            for name in question.names
        ],
        "issued": [
            {
                "first": period.low.isoformat(),
                "last": period.high.isoformat(),
                "text": question.said(period),
                "sure": period.sure,
            }
            for period in question.periods
        ],
        "conditions": [
            {
                "text": part.text,
                "term": part.term,
                "start": part.start,
                "end": part.end,
                "excluded": part.excluded,
            }
            for part in (question.expression.parts if question.expression else ())
        ],
        "mistake": _mistake_json(question.mistake),
    }


def _mistake_json(mistake: Mistake | None) -> MistakeJson | None:
    if mistake is None:
        return None
    return {"message": mistake.message, "start": mistake.start, "end": mistake.end}
