"""The shapes of the API's JSON, from which the OpenAPI document is made, and how answers become them."""

from __future__ import annotations

from typing import Annotated, Any, NotRequired, cast

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from engines.record import OfficialDocument
from search_service.highlights import Highlight, Mark
from search_service.search import FoundDocument, ReadDocument, SearchAnswer

_EXACT = ConfigDict(extra="forbid")
_NOT_IN_HITS = frozenset({"text", "pages", "access"})

Span = Annotated[
    list[int], Field(min_length=2, max_length=2, description="[đầu, cuối), đếm theo ký tự Unicode", examples=[[0, 7]])
]


@with_config(_EXACT)
class SourceFileJson(TypedDict):
    """Một tệp của văn bản."""

    path: str
    media_type: str
    sha256: str


@with_config(_EXACT)
class RecordJson(TypedDict):
    """Thông tin của một văn bản. Trường vắng mặt là không rõ."""

    id: Annotated[str, Field(description="Mã, ổn định qua các lần lập chỉ mục")]
    number: NotRequired[Annotated[str, Field(description="Số, ký hiệu", examples=["15/2021/QĐ-UBND"])]]
    type: NotRequired[Annotated[str, Field(description="Tên loại", examples=["Quyết định"])]]
    subject: NotRequired[Annotated[str, Field(description="Trích yếu")]]
    issuer: NotRequired[Annotated[str, Field(description="Cơ quan ban hành")]]
    place: NotRequired[Annotated[str, Field(description="Địa danh")]]
    issued: NotRequired[Annotated[str, Field(description="Ngày ban hành", json_schema_extra={"format": "date"})]]
    signer: NotRequired[Annotated[str, Field(description="Người ký")]]
    signer_title: NotRequired[Annotated[str, Field(description="Chức vụ của người ký")]]
    urgency: NotRequired[Annotated[str, Field(description="Độ khẩn")]]
    secrecy: NotRequired[Annotated[str, Field(description="Độ mật")]]
    recipients: NotRequired[Annotated[list[str], Field(description="Nơi nhận")]]
    direction: NotRequired[Annotated[str, Field(description="Đến, đi, nội bộ")]]
    arrival_number: NotRequired[Annotated[str, Field(description="Số đến")]]
    arrived: NotRequired[Annotated[str, Field(description="Ngày đến", json_schema_extra={"format": "date"})]]
    due: NotRequired[Annotated[str, Field(description="Hạn xử lý", json_schema_extra={"format": "date"})]]
    subject_field: NotRequired[Annotated[str, Field(description="Lĩnh vực")]]
    cites: NotRequired[Annotated[list[str], Field(description="Số, ký hiệu các văn bản được dẫn")]]
    source: NotRequired[Annotated[str, Field(description="Nguồn")]]
    files: NotRequired[Annotated[list[SourceFileJson], Field(description="Các tệp của văn bản")]]


@with_config(_EXACT)
class HighlightJson(TypedDict):
    """Một đoạn trích của toàn văn."""

    text: Annotated[str, Field(description="Đoạn trích, đúng như trong toàn văn")]
    start: Annotated[int, Field(description="Vị trí bắt đầu của đoạn trích trong toàn văn", ge=0)]
    marks: Annotated[list[Span], Field(description="Những chỗ khớp trong `text`, theo thứ tự, không chồng nhau")]
    page: Annotated[int | None, Field(description="Trang, đếm từ 1; null nếu nguồn không chia trang")]


@with_config(_EXACT)
class HitJson(RecordJson):
    """Một kết quả."""

    score: Annotated[float, Field(description="Mức liên quan; 0 khi sắp xếp theo ngày")]
    subject_marks: Annotated[list[Span], Field(description="Những chỗ khớp trong `subject`")]
    highlights: Annotated[list[HighlightJson], Field(description="Các đoạn trích, tốt nhất trước")]
    copies: Annotated[list[RecordJson], Field(description="Các bản khác của cùng văn bản")]


@with_config(_EXACT)
class FacetValueJson(TypedDict):
    """Một giá trị và số văn bản có giá trị đó."""

    value: str
    count: int


@with_config(_EXACT)
class FacetsJson(TypedDict):
    """Các giá trị thường gặp nhất, nhiều văn bản trước; mỗi danh sách không tính bộ lọc của chính trường đó."""

    type: list[FacetValueJson]
    issuer: list[FacetValueJson]
    year: list[FacetValueJson]


@with_config(_EXACT)
class SearchJson(TypedDict):
    """Câu trả lời của một lượt tìm kiếm."""

    total: Annotated[int, Field(description="Số văn bản khớp, chính xác", ge=0)]
    took_ms: Annotated[float, Field(description="Thời gian tìm, mili giây")]
    query: Annotated[dict[str, Any], Field(description="Câu hỏi được hiểu như thế nào")]
    did_you_mean: Annotated[str | None, Field(description="Câu hỏi có lẽ muốn gõ")]
    hits: list[HitJson]
    facets: FacetsJson
    next: Annotated[str | None, Field(description="Giá trị “cursor” của trang kế tiếp; null ở trang cuối")]


@with_config(_EXACT)
class DocumentJson(RecordJson):
    """Toàn bộ một văn bản."""

    text: Annotated[str, Field(description="Toàn văn, Unicode NFC")]
    pages: Annotated[list[int], Field(description="Vị trí bắt đầu của từng trang trong `text`")]
    marks: Annotated[
        list[Span], Field(description="Những chỗ trong `text` khớp với `q`, theo thứ tự, không chồng nhau")
    ]


class ParameterErrorJson(TypedDict):
    """Một tham số sai."""

    parameter: str
    value: str
    allowed: Annotated[str, Field(description="Giá trị được phép")]
    detail: str


class ProblemJson(TypedDict):
    """Lỗi, theo RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[ParameterErrorJson]]
    incident: NotRequired[Annotated[str, Field(description="Mã sự cố trong nhật ký của máy chủ")]]


class HealthJson(TypedDict):
    """Trạng thái của dịch vụ."""

    status: str


def search_json(answer: SearchAnswer) -> SearchJson:
    """A search's answer as the API gives it."""
    return {
        "total": answer.total,
        "took_ms": answer.took_ms,
        "query": answer.question.to_mapping(),
        "did_you_mean": None,
        "hits": [_hit_json(hit) for hit in answer.hits],
        "facets": {
            "type": _facet_json(answer, "type"),
            "issuer": _facet_json(answer, "issuer"),
            "year": _facet_json(answer, "year"),
        },
        "next": answer.next,
    }


def document_json(document: ReadDocument) -> DocumentJson:
    """A whole document as the API gives it."""
    return {
        **_record_json(document.record),
        "text": document.record.text,
        "pages": list(document.record.pages),
        "marks": _spans(document.marks),
    }


def _record_json(record: OfficialDocument) -> RecordJson:
    """What is known of a document without its text, and without who else may see it."""
    mapping = {name: value for name, value in record.to_mapping().items() if name not in _NOT_IN_HITS}
    return cast(RecordJson, mapping)


def _hit_json(hit: FoundDocument) -> HitJson:
    return {
        **_record_json(hit.record),
        "score": hit.score,
        "subject_marks": _spans(hit.subject_marks),
        "highlights": [_highlight_json(highlight) for highlight in hit.highlights],
        "copies": [],
    }


def _highlight_json(highlight: Highlight) -> HighlightJson:
    return {
        "text": highlight.text,
        "start": highlight.start,
        "marks": _spans(highlight.marks),
        "page": highlight.page,
    }


def _spans(marks: tuple[Mark, ...]) -> list[list[int]]:
    return [[mark.start, mark.end] for mark in marks]


def _facet_json(answer: SearchAnswer, field: str) -> list[FacetValueJson]:
    return [{"value": value.value, "count": value.count} for value in answer.facets.get(field, ())]
