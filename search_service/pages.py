"""The web page: search box, results and documents, rendered here and working without JavaScript."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request, url_for

from engines.interface import Access
from engines.origins import Origin, OriginKind
from engines.record import OfficialDocument
from engines.relations import RelationKind
from indexer.originals.giving import Originals
from indexer.pictures.images import PageImages
from search_service.access import NoDocument, access_of
from search_service.facts import meeting_fact, signature_fact
from search_service.files import downloads
from search_service.marking import page_pieces, pieces
from search_service.notation import citation_of, title_of, vietnamese_date, vietnamese_decimal, vietnamese_number
from search_service.originals_shown import original_of, page_address
from search_service.params import read_query_string
from search_service.related import RelatedByKind, RelatedDocument, related
from search_service.relation_picture import relation_picture
from search_service.results import results_page
from search_service.search import SearchService
from search_service.similar import similar
from search_service.standing import copies_summary, copy_lines, where
from search_service.tongues.said import Said, counted, terms

CITES_TERMS = terms(
    {
        RelationKind.REPLACES: "Thay thế",
        RelationKind.REPEALS: "Bãi bỏ",
        RelationKind.AMENDS: "Sửa đổi, bổ sung",
        RelationKind.ANSWERS: "Trả lời",
        RelationKind.IMPLEMENTS: "Thực hiện",
        RelationKind.GUIDES: "Hướng dẫn thi hành",
        RelationKind.LEGAL_BASIS: "Căn cứ",
        RelationKind.MENTIONS: "Dẫn chiếu",
    }
)
CITED_BY_TERMS = terms(
    {
        RelationKind.REPLACES: "Được thay thế bởi",
        RelationKind.REPEALS: "Bị bãi bỏ bởi",
        RelationKind.AMENDS: "Được sửa đổi, bổ sung bởi",
        RelationKind.ANSWERS: "Được trả lời bởi",
        RelationKind.IMPLEMENTS: "Được thực hiện bởi",
        RelationKind.GUIDES: "Được hướng dẫn thi hành bởi",
        RelationKind.LEGAL_BASIS: "Là căn cứ của",
        RelationKind.MENTIONS: "Được dẫn chiếu trong",
    }
)
_ENDED_BY = (RelationKind.REPLACES, RelationKind.REPEALS)
_SIMILAR = 6
_SURE = 0.9  # of what is less certain, one value in ten or more is wrong


@dataclass(frozen=True, slots=True)
class Known:
    """A value of a document under its term, and why it should be checked, if it should."""

    term: str
    value: str
    doubt: str


@dataclass(frozen=True, slots=True)
class RelatedGroup:
    """Related documents of one kind, under the term that says how they are related."""

    term: str
    documents: tuple[RelatedDocument, ...]


def pages(service: SearchService, originals: Originals | None, images: PageImages | None) -> Blueprint:
    """The pages over a service, with links to the originals that can be given and to pictures of their pages."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def home() -> str:
        return render_template("home.html", size=service.size(access_of(request)))

    @blueprint.get("/search")
    def search() -> str:
        return results_page(service, read_query_string(request.query_string), originals, images)

    @blueprint.get("/documents/<any_text:id>")
    def document(id: str) -> str | Response:
        text = " ".join(read_query_string(request.query_string).get("q", ()))
        access = access_of(request)
        found = service.read(id, text, access)
        if found is None:
            raise NoDocument(id)
        relations = related(service.engine, found.record, access)
        leading = leader(service, found.record, access)
        return render_template(
            "document.html",
            document=found,
            cites=_groups(relations.cites, CITES_TERMS),
            cited_by=_groups(relations.cited_by, CITED_BY_TERMS),
            ended_by=_groups({kind: relations.cited_by.get(kind, ()) for kind in _ENDED_BY}, CITED_BY_TERMS),
            relation_picture_of=relation_picture(found.record, relations, CITES_TERMS, CITED_BY_TERMS),
            has_more_related=relations.has_more,
            similar=[hit.record for hit in similar(service.engine, service.analyzer, found.record, access, _SIMILAR)],
            metadata=metadata(found.record),
            leading=leading,
            copies=copy_lines(leading or found.record, found.record.id),
            downloads=downloads(found.record, originals),
            original=original_of(found, originals, images),
            lacks_converter=images is not None and any(map(images.lacks_converter, _types(found.record))),
            subject_doubt=doubt(found.record.origins.get("subject")),
            pages=page_pieces(
                found.record.text, found.marks, found.record.pages, [task.start for task in found.record.tasks]
            ),
            back=_results_before(found.question.text),
        )

    blueprint.add_app_template_filter(vietnamese_date)
    blueprint.add_app_template_filter(vietnamese_number)
    blueprint.add_app_template_filter(vietnamese_decimal)
    blueprint.add_app_template_filter(counted)
    blueprint.add_app_template_filter(title_of)
    blueprint.add_app_template_filter(citation_of)
    blueprint.add_app_template_global(page_address)
    blueprint.add_app_template_filter(meeting_fact)
    blueprint.add_app_template_filter(pieces)
    blueprint.add_app_template_filter(copies_summary)
    blueprint.add_app_template_filter(where)
    return blueprint


def error_page(
    status: HTTPStatus, message: str, *, details: Sequence[str] = (), template: str = "error.html"
) -> Response:
    """A page that says what went wrong and what to do."""
    return Response(render_template(template, status=status.value, message=message, details=details), status)


def leader(service: SearchService, record: OfficialDocument, access: Access) -> OfficialDocument | None:
    """The record that leads the copies of this one, or that it is a draft of; None when it leads itself."""
    id = record.copy_of or record.draft_of
    return service.engine.fetch([id], access).get(id) if id else None


def metadata(record: OfficialDocument) -> list[Known]:
    """What is known of a document, in the order of a register (Nghị định 30/2020/NĐ-CP)."""
    rows = [
        ("number", "Số, ký hiệu", record.number),
        ("type", "Loại văn bản", record.type),
        ("issuer", "Cơ quan ban hành", record.issuer),
        ("place", "Địa danh", record.place),
        ("issued", "Ngày ban hành", vietnamese_date(record.issued)),
        ("signer", "Người ký", record.signer),
        ("signer_title", "Chức vụ", record.signer_title),
        ("signing", "Quyền hạn ký", record.signing),
        ("urgency", "Độ khẩn", record.urgency),
        ("secrecy", "Độ mật", record.secrecy),
        ("subject_field", "Lĩnh vực", record.subject_field),
        ("recipients", "Nơi nhận", "; ".join(record.recipients)),
        ("direction", "Văn bản đến, đi", record.direction),
        ("arrival_number", "Số đến", record.arrival_number),
        ("arrived", "Ngày đến", vietnamese_date(record.arrived)),
        ("register", "Sổ đăng ký", record.register),
        ("due", "Hạn xử lý", vietnamese_date(record.due)),
        ("meeting", "Thời gian họp", meeting_fact(record)),
        ("meeting_place", "Địa điểm họp", record.meeting_place),
        ("source", "Nguồn", record.source),
        *(("signatures", "Chữ ký số", signature_fact(signature)) for signature in record.signatures),
        ("id", "Mã", record.id),
    ]
    return [Known(Said(term), value, doubt(record.origins.get(field))) for field, term, value in rows if value]


def doubt(origin: Origin | None) -> str:
    """Why a value should be checked by eye, in Vietnamese; empty where it need not be."""
    if origin is None:
        return ""
    if origin.kind is OriginKind.OCR:
        return Said("đọc từ bản quét, cần kiểm tra")
    return Said("chưa chắc, cần kiểm tra") if origin.certainty < _SURE else ""


def _groups(documents: RelatedByKind, terms: Mapping[RelationKind, str]) -> list[RelatedGroup]:
    return [RelatedGroup(terms[kind], some) for kind, some in documents.items() if some]


def _types(record: OfficialDocument) -> list[str]:
    return [file.media_type for file in record.files]


def _results_before(text: str) -> str:
    """The results that the reader came from, filters and page included, or else those for the question."""
    came_from = urlsplit(request.referrer or "")
    results = url_for("pages.search")
    if came_from.netloc == request.host and came_from.path == results:
        return f"{results}?{came_from.query}"
    return url_for("pages.search", q=text)
