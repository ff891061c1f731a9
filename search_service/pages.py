"""The web page: search box, results and documents, rendered here and working without JavaScript."""

from __future__ import annotations

import datetime
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from http import HTTPStatus
from urllib.parse import urlsplit

from flask import Blueprint, Response, render_template, request, url_for

from engines.interface import Access, FacetValue, Order
from engines.origins import Origin, OriginKind
from engines.record import OfficialDocument
from engines.relations import RelationKind
from engines.signatures import SignatureStatus
from indexer.originals.giving import Originals
from search_service import problems
from search_service.access import access_of
from search_service.api import answer
from search_service.facts import SIGNED_TERMS, meeting_fact, signature_fact
from search_service.files import downloads
from search_service.links import PAGE, SearchLinks
from search_service.marking import page_pieces, pieces
from search_service.notation import title_of, vietnamese_date, vietnamese_number
from search_service.params import DAYS, SEARCH_PARAMETERS, known, read_query_string, search_request
from search_service.related import RelatedByKind, RelatedDocument, related
from search_service.search import SearchAnswer, SearchService
from search_service.similar import similar
from search_service.standing import copies_summary, copy_lines, where
from search_service.tongues.said import Said, terms
from search_service.understood import understood

FACET_TERMS = terms(
    {
        "type": "Loại văn bản",
        "issuer": "Cơ quan ban hành",
        "year": "Năm ban hành",
        "assignee": "Được giao việc",
        "signed": "Chữ ký số",
    }
)
FILTER_TERMS = FACET_TERMS | terms({"signer": "Người ký", "source": "Nguồn", "signed_by": "Ký số"})
DAYS_TERMS = terms({"issued": "Ngày ban hành", "due": "Hạn xử lý", "meeting": "Ngày họp"})
ORDER_TERMS = terms({Order.RELEVANCE: "Liên quan nhất", Order.NEWEST: "Mới nhất", Order.OLDEST: "Cũ nhất"})
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
_LONGEST_PAGE_NUMBER = 6


@dataclass(frozen=True, slots=True)
class FacetLink:
    """One value of a facet, as it is shown: choose it, or choose it no longer."""

    value: str
    count: int
    chosen: bool
    href: str


@dataclass(frozen=True, slots=True)
class Chip:
    """A filter in force and the address without it."""

    term: str
    value: str
    href: str


@dataclass(frozen=True, slots=True)
class DaysForm:
    """Two days between which what is looked for is: their parameters' names, and the days chosen."""

    term: str
    names: tuple[str, str]
    values: tuple[str, str]


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


def pages(service: SearchService, originals: Originals | None) -> Blueprint:
    """The pages over a service, with links to the originals that can be given."""
    blueprint = Blueprint("pages", __name__)

    @blueprint.get("/")
    def home() -> str:
        return render_template("home.html", size=service.size(access_of(request)))

    @blueprint.get("/search")
    def search() -> str:
        arguments = read_query_string(request.query_string)
        # Addresses get foreign parameters on their way through mail and chat, so unknown ones are no error here.
        own = known(arguments, SEARCH_PARAMETERS)
        links = SearchLinks(url_for("pages.search"), own)
        found = answer(service, search_request(own))
        return render_template(
            "results.html",
            answer=found,
            understood=understood(found.question, links),
            links=links,
            page=_page_number(arguments.get(PAGE, ())),
            chips=_chips(links),
            facets={term: _facet_links(name, found, links) for name, term in FACET_TERMS.items()},
            orders=_orders(found, links),
            days=[_days_form(field, links) for field in DAYS_TERMS],
            filters=[*FILTER_TERMS, *(bound.name for bounds in DAYS.values() for bound in bounds)],
        )

    @blueprint.get("/documents/<any_text:id>")
    def document(id: str) -> str | Response:
        text = " ".join(read_query_string(request.query_string).get("q", ()))
        access = access_of(request)
        found = service.read(id, text, access)
        if found is None:
            return error_page(HTTPStatus.NOT_FOUND, problems.no_document(id).detail)
        relations = related(service.engine, found.record, access)
        leading = leader(service, found.record, access)
        return render_template(
            "document.html",
            document=found,
            cites=_groups(relations.cites, CITES_TERMS),
            cited_by=_groups(relations.cited_by, CITED_BY_TERMS),
            ended_by=_groups({kind: relations.cited_by.get(kind, ()) for kind in _ENDED_BY}, CITED_BY_TERMS),
            has_more_related=relations.has_more,
            similar=[hit.record for hit in similar(service.engine, service.analyzer, found.record, access, _SIMILAR)],
            metadata=metadata(found.record),
            leading=leading,
            copies=copy_lines(leading or found.record, found.record.id),
            downloads=downloads(found.record, originals),
            subject_doubt=doubt(found.record.origins.get("subject")),
            pages=page_pieces(
                found.record.text, found.marks, found.record.pages, [task.start for task in found.record.tasks]
            ),
            back=_results_before(found.question.text),
        )

    blueprint.add_app_template_filter(vietnamese_date)
    blueprint.add_app_template_filter(vietnamese_number)
    blueprint.add_app_template_filter(title_of)
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
        ("issued", "Ngày ban hành", _date(record.issued)),
        ("signer", "Người ký", record.signer),
        ("signer_title", "Chức vụ", record.signer_title),
        ("signing", "Quyền hạn ký", record.signing),
        ("urgency", "Độ khẩn", record.urgency),
        ("secrecy", "Độ mật", record.secrecy),
        ("subject_field", "Lĩnh vực", record.subject_field),
        ("recipients", "Nơi nhận", "; ".join(record.recipients)),
        ("direction", "Văn bản đến, đi", record.direction),
        ("arrival_number", "Số đến", record.arrival_number),
        ("arrived", "Ngày đến", _date(record.arrived)),
        ("register", "Sổ đăng ký", record.register),
        ("due", "Hạn xử lý", _date(record.due)),
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


def _date(date: datetime.date | None) -> str:
    return vietnamese_date(date) if date else ""


def _page_number(values: Sequence[str]) -> int:
    """The number to show; a wrong one is the reader's own doing and says nothing of what is shown."""
    value = values[0] if values else ""
    if value.isascii() and value.isdigit() and len(value) <= _LONGEST_PAGE_NUMBER:
        return max(1, int(value))
    return 1


def _chips(links: SearchLinks) -> list[Chip]:
    chips = [
        Chip(term, _shown(name, value), links.toggled(name, value))
        for name, term in FILTER_TERMS.items()
        for value in dict.fromkeys(links.values(name))
    ]
    for field, bounds in DAYS.items():
        for bound, term in zip(bounds, _bound_terms(field), strict=True):
            chips += [
                Chip(term, vietnamese_date(datetime.date.fromisoformat(value.strip())), links.without(bound.name))
                for value in links.values(bound.name)
            ]
    return chips


def _bound_terms(field: str) -> tuple[str, str]:
    """What the first and the last day of a period are called; of issue they need not say of what."""
    if field == "issued":
        return (Said("Từ ngày"), Said("Đến ngày"))
    of = DAYS_TERMS[field]
    return (Said("{of} từ ngày", of=of), Said("{of} đến ngày", of=of))


def _days_form(field: str, links: SearchLinks) -> DaysForm:
    first, last = (bound.name for bound in DAYS[field])
    chosen = [next(iter(links.values(name)), "") for name in (first, last)]
    return DaysForm(DAYS_TERMS[field], (first, last), (chosen[0], chosen[1]))


def _shown(name: str, value: str) -> str:
    """A filter's value as a reader sees it."""
    return SIGNED_TERMS[SignatureStatus(value)] if name == "signed" else value


def _facet_links(name: str, found: SearchAnswer, links: SearchLinks) -> list[FacetLink]:
    """The most frequent values first, but years the latest first; before them the chosen, so that none is hidden."""
    chosen = set(links.values(name))
    values = found.facets.get(name, ())
    if name == "year":
        values = tuple(sorted(values, key=lambda value: value.value, reverse=True))

    def link(value: FacetValue) -> FacetLink:
        return FacetLink(
            _shown(name, value.value), value.count, value.value in chosen, links.toggled(name, value.value)
        )

    return sorted(map(link, values), key=lambda facet: not facet.chosen)


def _orders(found: SearchAnswer, links: SearchLinks) -> list[tuple[str, bool, str]]:
    """Term, whether it is the current one, and address of each order that makes a difference."""
    return [
        (term, order is found.order, links.sorted_by(order.value))
        for order, term in ORDER_TERMS.items()
        if order is not Order.RELEVANCE or not found.question.is_empty
    ]


def _results_before(text: str) -> str:
    """The results that the reader came from, filters and page included, or else those for the question."""
    came_from = urlsplit(request.referrer or "")
    results = url_for("pages.search")
    if came_from.netloc == request.host and came_from.path == results:
        return f"{results}?{came_from.query}"
    return url_for("pages.search", q=text)
