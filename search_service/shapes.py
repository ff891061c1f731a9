"""The shapes of the API's JSON, from which the OpenAPI document is made, and how answers become them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired, cast

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from engines.interface import FacetValue, Hit
from engines.record import OfficialDocument
from search_service.highlights import Highlight
from search_service.nothing import Causes
from search_service.nothing_shapes import CausesJson, causes_json
from search_service.origin_shapes import ORIGINS, RECOGNISED, OriginJson, origins_json
from search_service.question_shapes import QuestionJson, question_json
from search_service.record_shapes import CopyJson, RecordJson, RelationJson, TaskJson
from search_service.related import RelatedByKind, Relations
from search_service.search import FoundDocument, ReadDocument, SearchAnswer
from search_service.spans import Span, spans

_EXACT = ConfigDict(extra="forbid")
_NOT_IN_HITS = frozenset(
    {"text", "pages", "recognised", "origins", "access", "relations", "tasks", "copies", "replaced"}
)


@with_config(_EXACT)
class HighlightJson(TypedDict):
    """Một đoạn trích của toàn văn."""

    text: Annotated[str, Field(description="Đoạn trích, đúng như trong toàn văn")]
    start: Annotated[int, Field(description="Vị trí bắt đầu của đoạn trích trong toàn văn", ge=0)]
    marks: Annotated[list[Span], Field(description="Những chỗ khớp trong `text`, theo thứ tự, không chồng nhau")]
    page: Annotated[int | None, Field(description="Trang, đếm từ 1; null nếu nguồn không chia trang")]


@with_config(_EXACT)
class ContributionJson(TypedDict):
    """Một phần của điểm xếp hạng."""

    evidence: Annotated[str, Field(description="Chứng cứ", examples=["title_pairs"])]
    score: Annotated[float, Field(description="Điểm mà chứng cứ này cho")]
    reading: Annotated[str | None, Field(description="Cách hiểu câu hỏi mà chứng cứ này dựa vào; null nếu không riêng")]


@with_config(_EXACT)
class HitJson(RecordJson):
    """Một kết quả."""

    score: Annotated[float, Field(description="Mức liên quan; 0 khi sắp xếp theo ngày")]
    subject_marks: Annotated[list[Span], Field(description="Những chỗ khớp trong `subject`")]
    highlights: Annotated[list[HighlightJson], Field(description="Các đoạn trích, tốt nhất trước")]
    copies: Annotated[list[CopyJson], Field(description="Các bản khác và dự thảo của cùng văn bản")]
    explanation: NotRequired[
        Annotated[list[ContributionJson], Field(description="Lý do xếp hạng, khi có `explain=true`; cộng lại là điểm")]
    ]


@with_config(_EXACT)
class FacetValueJson(TypedDict):
    """Một giá trị và số văn bản có giá trị đó."""

    value: Annotated[str, Field(description="Giá trị, dùng được làm bộ lọc")]
    count: Annotated[int, Field(description="Số văn bản")]


@with_config(_EXACT)
class FacetsJson(TypedDict, total=False):
    """Các giá trị thường gặp nhất, nhiều văn bản trước; mỗi danh sách không tính bộ lọc của chính trường đó.

    Có những trường mà `facet` nêu.
    """

    type: Annotated[list[FacetValueJson], Field(description="Tên loại")]
    issuer: Annotated[list[FacetValueJson], Field(description="Cơ quan ban hành")]
    year: Annotated[list[FacetValueJson], Field(description="Năm ban hành")]
    month: Annotated[list[FacetValueJson], Field(description="Tháng ban hành, dạng YYYY-MM")]
    assignee: Annotated[list[FacetValueJson], Field(description="Cơ quan được giao việc")]
    signed: Annotated[list[FacetValueJson], Field(description="Chữ ký số còn nguyên vẹn hay không")]
    signed_by: Annotated[list[FacetValueJson], Field(description="Người hoặc cơ quan ký số")]
    subject_field: Annotated[list[FacetValueJson], Field(description="Lĩnh vực")]
    signer: Annotated[list[FacetValueJson], Field(description="Người ký")]
    source: Annotated[list[FacetValueJson], Field(description="Nguồn")]
    urgency: Annotated[list[FacetValueJson], Field(description="Độ khẩn")]
    direction: Annotated[list[FacetValueJson], Field(description="Đến, đi, nội bộ")]
    register: Annotated[list[FacetValueJson], Field(description="Sổ đăng ký")]


@with_config(_EXACT)
class SearchJson(TypedDict):
    """Câu trả lời của một lượt tìm kiếm."""

    total: Annotated[int, Field(description="Số văn bản khớp, chính xác", ge=0)]
    took_ms: Annotated[float, Field(description="Thời gian tìm, mili giây")]
    query: QuestionJson
    did_you_mean: Annotated[str | None, Field(description="Câu hỏi có lẽ muốn gõ")]
    hits: Annotated[list[HitJson], Field(description="Kết quả của trang này, theo thứ tự")]
    facets: FacetsJson
    next: Annotated[str | None, Field(description="Giá trị “cursor” của trang kế tiếp; null ở trang cuối")]
    causes: Annotated[CausesJson | None, Field(description="Khi không tìm được gì: vì sao; nếu không thì null")]


@with_config(_EXACT)
class RelatedJson(RelationJson):
    """Một văn bản liên quan."""

    document: Annotated[
        RecordJson | None,
        Field(description="Văn bản ở đầu kia; null nếu không có trong chỉ mục hoặc không chắc là văn bản nào"),
    ]


@with_config(_EXACT)
class RelationsJson(TypedDict):
    """Các văn bản liên quan, quan hệ quan trọng trước."""

    cites: Annotated[list[RelatedJson], Field(description="Những văn bản mà văn bản này dẫn")]
    cited_by: Annotated[list[RelatedJson], Field(description="Những văn bản dẫn văn bản này, mới nhất trước")]
    has_more: Annotated[bool, Field(description="Có còn văn bản liên quan không nêu ở đây không")]


@with_config(_EXACT)
class SimilarDocumentJson(RecordJson):
    """Một văn bản tương tự."""

    score: Annotated[float, Field(description="Mức tương tự")]


@with_config(_EXACT)
class SimilarJson(TypedDict):
    """Các văn bản tương tự, giống nhất trước."""

    documents: Annotated[list[SimilarDocumentJson], Field(description="Các văn bản")]


@with_config(_EXACT)
class DocumentJson(RecordJson):
    """Toàn bộ một văn bản."""

    origins: Annotated[dict[str, OriginJson], Field(description=ORIGINS)]
    recognised: Annotated[list[int], Field(description=RECOGNISED)]
    relations: Annotated[list[RelationJson], Field(description="Các văn bản được dẫn, theo thứ tự")]
    copies: Annotated[list[CopyJson], Field(description="Các bản khác và dự thảo của văn bản mà bản này đại diện")]
    tasks: Annotated[list[TaskJson], Field(description="Việc được giao, theo thứ tự trong toàn văn")]
    text: Annotated[str, Field(description="Toàn văn, Unicode NFC")]
    pages: Annotated[list[int], Field(description="Vị trí bắt đầu của từng trang trong `text`")]
    marks: Annotated[
        list[Span], Field(description="Những chỗ trong `text` khớp với `q`, theo thứ tự, không chồng nhau")
    ]


class ParameterErrorJson(TypedDict):
    """Một tham số sai."""

    parameter: Annotated[str, Field(description="Tên tham số")]
    value: Annotated[str, Field(description="Giá trị đã gửi, cắt bớt nếu dài")]
    allowed: Annotated[str, Field(description="Giá trị được phép")]
    detail: Annotated[str, Field(description="Sai gì và được phép gì")]


@with_config(_EXACT)
class WrittenJson(TypedDict):
    """Văn bản đã nhận, tìm thấy được ngay."""

    outcome: Annotated[
        Literal["created", "replaced", "unchanged"], Field(description="Mới, thay bản trước, hay vẫn như trước")
    ]
    document: Annotated[RecordJson, Field(description="Thông tin đã lập chỉ mục, kể cả phần đọc từ toàn văn")]
    note: NotRequired[Annotated[str, Field(description="Điều cần biết về việc đọc tệp")]]


class FieldErrorJson(TypedDict):
    """Một trường sai của bản ghi gửi lên."""

    field: Annotated[str, Field(description="Tên trường; rỗng là cả nội dung")]
    detail: Annotated[str, Field(description="Sai gì")]


class ProblemJson(TypedDict):
    """Lỗi, theo RFC 9457."""

    type: Annotated[str, Field(description="Luôn là about:blank: `status` nói loại lỗi")]
    title: Annotated[str, Field(description="Loại lỗi")]
    status: Annotated[int, Field(description="Mã trạng thái HTTP")]
    detail: Annotated[str, Field(description="Sai gì và được phép gì")]
    errors: NotRequired[Annotated[list[ParameterErrorJson | FieldErrorJson], Field(description="Từng chỗ sai")]]
    incident: NotRequired[Annotated[str, Field(description="Mã sự cố trong nhật ký của máy chủ")]]


class HealthJson(TypedDict):
    """Trạng thái của dịch vụ."""

    status: Annotated[str, Field(description="ok")]


def search_json(answer: SearchAnswer, causes: Causes | None) -> SearchJson:
    """A search's answer as the API gives it, with the causes of finding nothing."""
    return {
        "total": answer.total,
        "took_ms": answer.took_ms,
        "query": question_json(answer.question),
        "did_you_mean": answer.question.did_you_mean,
        "hits": [_hit_json(hit) for hit in answer.hits],
        "facets": cast(FacetsJson, {name: _facet_json(values) for name, values in answer.facets.items()}),
        "next": answer.next,
        "causes": causes_json(causes),
    }


def document_json(document: ReadDocument) -> DocumentJson:
    """A whole document as the API gives it."""
    return {
        **record_json(document.record),
        "origins": origins_json(document.record),
        "recognised": list(document.record.recognised),
        "relations": [cast(RelationJson, relation.to_mapping()) for relation in document.record.relations],
        "copies": _copies_json(document.record),
        "tasks": [cast(TaskJson, task.to_mapping()) for task in document.record.tasks],
        "text": document.record.text,
        "pages": list(document.record.pages),
        "marks": spans(document.marks),
    }


def relations_json(relations: Relations) -> RelationsJson:
    """A document's relations as the API gives them."""
    return {
        "cites": _related_json(relations.cites),
        "cited_by": _related_json(relations.cited_by),
        "has_more": relations.has_more,
    }


def similar_json(hits: Sequence[Hit]) -> SimilarJson:
    """Similar documents as the API gives them."""
    return {"documents": [{**record_json(hit.record), "score": hit.score} for hit in hits]}


def _related_json(related: RelatedByKind) -> list[RelatedJson]:
    return [
        {
            **cast(RelationJson, document.relation.to_mapping()),
            "document": record_json(document.record) if document.record else None,
        }
        for documents in related.values()
        for document in documents
    ]


def record_json(record: OfficialDocument) -> RecordJson:
    """What is known of a document without its text, and without who else may see it."""
    mapping = {name: value for name, value in record.to_mapping().items() if name not in _NOT_IN_HITS}
    return cast(RecordJson, mapping)


def _copies_json(record: OfficialDocument) -> list[CopyJson]:
    return [cast(CopyJson, copy.to_mapping()) for copy in record.copies]


def _hit_json(hit: FoundDocument) -> HitJson:
    json: dict[str, Any] = {
        **record_json(hit.record),
        "score": hit.score,
        "subject_marks": spans(hit.subject_marks),
        "highlights": [_highlight_json(highlight) for highlight in hit.highlights],
        "copies": _copies_json(hit.record),
    }
    if hit.explanation is not None:
        json["explanation"] = [
            {"evidence": share.evidence, "score": share.score, "reading": share.reading} for share in hit.explanation
        ]
    return cast(HitJson, json)


def _highlight_json(highlight: Highlight) -> HighlightJson:
    return {
        "text": highlight.text,
        "start": highlight.start,
        "marks": spans(highlight.marks),
        "page": highlight.page,
    }


def _facet_json(values: Sequence[FacetValue]) -> list[FacetValueJson]:
    return [{"value": value.value, "count": value.count} for value in values]
