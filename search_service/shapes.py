"""The shapes of the API's JSON, from which the OpenAPI document is made, and how answers become them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Any, Literal, NotRequired, cast

from pydantic import ConfigDict, Field, with_config
from typing_extensions import TypedDict

from engines.interface import Hit
from engines.record import CopyKind, OfficialDocument, RelationKind
from search_service.highlights import Highlight
from search_service.question_shapes import QuestionJson, question_json
from search_service.related import RelatedByKind, Relations
from search_service.search import FoundDocument, ReadDocument, SearchAnswer
from search_service.spans import Span, spans

_EXACT = ConfigDict(extra="forbid")
_NOT_IN_HITS = frozenset({"text", "pages", "access", "relations", "copies", "replaced"})


@with_config(_EXACT)
class SourceFileJson(TypedDict):
    """Một tệp của văn bản."""

    path: str
    media_type: str
    sha256: str


@with_config(_EXACT)
class CopyJson(TypedDict):
    """Một bản khác của văn bản: chính nó cũng là một văn bản, đọc được ở mã của nó."""

    id: str
    source: Annotated[str, Field(description="Nguồn; rỗng là không rõ")]
    files: Annotated[list[SourceFileJson], Field(description="Các tệp của bản này")]
    kind: Annotated[CopyKind, Field(description="`copy`: bản khác của cùng văn bản; `draft`: dự thảo của nó")]


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
    register: NotRequired[Annotated[str, Field(description="Sổ đăng ký")]]
    due: NotRequired[Annotated[str, Field(description="Hạn xử lý", json_schema_extra={"format": "date"})]]
    subject_field: NotRequired[Annotated[str, Field(description="Lĩnh vực")]]
    cites: NotRequired[Annotated[list[str], Field(description="Số, ký hiệu các văn bản được dẫn")]]
    source: NotRequired[Annotated[str, Field(description="Nguồn")]]
    files: NotRequired[Annotated[list[SourceFileJson], Field(description="Các tệp của văn bản")]]
    copy_of: NotRequired[Annotated[str, Field(description="Mã của bản đại diện, khi văn bản này là một bản khác")]]
    draft_of: NotRequired[Annotated[str, Field(description="Mã của văn bản mà văn bản này là dự thảo")]]


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
    query: QuestionJson
    did_you_mean: Annotated[str | None, Field(description="Câu hỏi có lẽ muốn gõ")]
    hits: list[HitJson]
    facets: FacetsJson
    next: Annotated[str | None, Field(description="Giá trị “cursor” của trang kế tiếp; null ở trang cuối")]


@with_config(_EXACT)
class RelationJson(TypedDict):
    """Một văn bản được dẫn, và quan hệ với nó. Trường vắng mặt là không rõ."""

    kind: Annotated[
        RelationKind,
        Field(
            description="Văn bản dẫn làm gì với văn bản được dẫn: thay thế, bãi bỏ, sửa đổi hoặc bãi bỏ một phần, "
            "trả lời, thực hiện, hướng dẫn thi hành, lấy làm căn cứ, hay chỉ dẫn chiếu"
        ),
    ]
    number: Annotated[str, Field(description="Số, ký hiệu của văn bản được dẫn")]
    type: NotRequired[Annotated[str, Field(description="Tên loại của văn bản được dẫn")]]
    issuer: NotRequired[Annotated[str, Field(description="Cơ quan ban hành văn bản được dẫn")]]
    issued: NotRequired[
        Annotated[str, Field(description="Ngày ban hành của văn bản được dẫn", json_schema_extra={"format": "date"})]
    ]


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

    documents: list[SimilarDocumentJson]


@with_config(_EXACT)
class DocumentJson(RecordJson):
    """Toàn bộ một văn bản."""

    relations: Annotated[list[RelationJson], Field(description="Các văn bản được dẫn, theo thứ tự")]
    copies: Annotated[list[CopyJson], Field(description="Các bản khác và dự thảo của văn bản mà bản này đại diện")]
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


@with_config(_EXACT)
class SentRecordJson(TypedDict, total=False):
    """Một bản ghi gửi lên. Trường vắng mặt thì được đọc từ `text`."""

    id: Annotated[str, Field(description="Nếu có thì phải là mã trong địa chỉ")]
    number: Annotated[str, Field(description="Số, ký hiệu", examples=["15/2021/QĐ-UBND"])]
    type: Annotated[str, Field(description="Tên loại", examples=["Quyết định"])]
    subject: Annotated[str, Field(description="Trích yếu")]
    issuer: Annotated[str, Field(description="Cơ quan ban hành")]
    place: Annotated[str, Field(description="Địa danh")]
    issued: Annotated[str, Field(description="Ngày ban hành", json_schema_extra={"format": "date"})]
    signer: Annotated[str, Field(description="Người ký")]
    signer_title: Annotated[str, Field(description="Chức vụ của người ký")]
    urgency: Annotated[str, Field(description="Độ khẩn")]
    secrecy: Annotated[str, Field(description="Độ mật")]
    recipients: Annotated[list[str], Field(description="Nơi nhận")]
    direction: Annotated[str, Field(description="Đến, đi, nội bộ")]
    arrival_number: Annotated[str, Field(description="Số đến")]
    arrived: Annotated[str, Field(description="Ngày đến", json_schema_extra={"format": "date"})]
    register: Annotated[str, Field(description="Sổ đăng ký")]
    due: Annotated[str, Field(description="Hạn xử lý", json_schema_extra={"format": "date"})]
    subject_field: Annotated[str, Field(description="Lĩnh vực")]
    cites: Annotated[list[str], Field(description="Số, ký hiệu các văn bản được dẫn")]
    relations: Annotated[list[RelationJson], Field(description="Các văn bản được dẫn và quan hệ")]
    text: Annotated[str, Field(description="Toàn văn")]
    pages: Annotated[list[int], Field(description="Vị trí bắt đầu của từng trang trong `text`")]
    source: Annotated[str, Field(description="Nguồn; vắng mặt thì là “api”")]
    files: Annotated[list[SourceFileJson], Field(description="Các tệp của văn bản")]
    access: Annotated[list[str], Field(description="Ai được xem; vắng mặt là mọi người", examples=[["unit:stttt"]])]


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

    field: str
    detail: str


class ProblemJson(TypedDict):
    """Lỗi, theo RFC 9457."""

    type: str
    title: str
    status: int
    detail: str
    errors: NotRequired[list[ParameterErrorJson | FieldErrorJson]]
    incident: NotRequired[Annotated[str, Field(description="Mã sự cố trong nhật ký của máy chủ")]]


class HealthJson(TypedDict):
    """Trạng thái của dịch vụ."""

    status: str


def search_json(answer: SearchAnswer) -> SearchJson:
    """A search's answer as the API gives it."""
    return {
        "total": answer.total,
        "took_ms": answer.took_ms,
        "query": question_json(answer.question),
        "did_you_mean": answer.question.did_you_mean,
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
        **record_json(document.record),
        "relations": [cast(RelationJson, relation.to_mapping()) for relation in document.record.relations],
        "copies": _copies_json(document.record),
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


def _facet_json(answer: SearchAnswer, field: str) -> list[FacetValueJson]:
    return [{"value": value.value, "count": value.count} for value in answer.facets.get(field, ())]
