"""The results page: what was understood, the hits, and an address for each way to change the search."""

from __future__ import annotations

import datetime
from collections.abc import Sequence
from dataclasses import dataclass, replace

from flask import render_template, url_for

from engines.interface import FacetValue, Order
from engines.signatures import SignatureStatus
from indexer.originals.giving import Originals
from indexer.pictures.images import PageImages
from search_service.api import answer, causes_of
from search_service.facts import SIGNED_TERMS
from search_service.filter_params import MOST_IN_BASKET
from search_service.histogram import chosen_year, histogram, month_shown
from search_service.language.removal import without
from search_service.links import PAGE, SearchLinks
from search_service.notation import vietnamese_date
from search_service.nothing import Causes
from search_service.originals_shown import files_with_pages
from search_service.params import DAYS, LIST_PARAMETERS, QUERY_TEXT, SEARCH_PARAMETERS, Arguments, known, search_request
from search_service.query import UnderstoodQuery
from search_service.search import FoundDocument, SearchAnswer, SearchRequest, SearchService
from search_service.tongues.said import Said, terms
from search_service.understood import understood

FACET_TERMS = terms(
    {
        "type": "Loại văn bản",
        "issuer": "Cơ quan ban hành",
        "year": "Năm ban hành",
        "month": "Tháng ban hành",
        "subject_field": "Lĩnh vực",
        "signer": "Người ký",
        "urgency": "Độ khẩn",
        "direction": "Đến, đi",
        "assignee": "Được giao việc",
        "signed": "Chữ ký số",
        "source": "Nguồn",
    }
)
FILTER_TERMS = FACET_TERMS | terms({"register": "Sổ đăng ký", "signed_by": "Ký số"})
DAYS_TERMS = terms({"issued": "Ngày ban hành", "due": "Hạn xử lý", "meeting": "Ngày họp"})
ORDER_TERMS = terms(
    {
        Order.RELEVANCE: "Liên quan nhất",
        Order.NEWEST: "Mới nhất",
        Order.OLDEST: "Cũ nhất",
        Order.NUMBER: "Theo số",
    }
)
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
    """A filter in force, or a condition of the expression, and the address without it."""

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
class Way:
    """What the reader may drop from a search that found nothing.

    Attributes:
        term: What it is; empty for a word.
        value: Which.
        alone: Documents that it finds by itself; None where that says nothing.
        found: Documents that are found without it.
        href: The search without it.
    """

    term: str
    value: str
    alone: int | None
    found: int
    href: str


def results_page(
    service: SearchService, arguments: Arguments, originals: Originals | None, images: PageImages | None
) -> str:
    """The page for the arguments of a search's address, with links to pictures of the pages that can be shown.

    Raises:
        InvalidParameters: Some are wrong.
        EngineUnavailable: There is nothing to search, or the engine cannot be reached.
    """
    # Addresses get foreign parameters on their way through mail and chat, so unknown ones are no error here.
    own = known(arguments, SEARCH_PARAMETERS)
    links = SearchLinks(url_for("pages.search"), own)
    asked = replace(search_request(own), facets=tuple(FACET_TERMS))
    found = answer(service, asked)
    why = causes_of(service, asked, found)
    return render_template(
        "results.html",
        answer=found,
        understood=understood(found.question, links),
        links=links,
        page=_page_number(arguments.get(PAGE, ())),
        chips=_chips(links),
        conditions=_conditions(found.question, links),
        ways=_ways(why, asked, links) if why else [],
        why=why,
        files_with_pages=files_with_pages((hit.record for hit in found.hits if _has_page(hit)), originals, images),
        histogram=histogram(found.facets, links),
        facets={term: _facet_links(name, found, links) for name, term in _facets_shown(links).items()},
        orders=_orders(found, links),
        days=[_days_form(field, links) for field in DAYS_TERMS],
        filters=[*FILTER_TERMS, *(bound.name for bounds in DAYS.values() for bound in bounds)],
        lists=_lists(own),
        form_href=SearchLinks(url_for("asking.advanced"), own).first_page(),
        most_in_basket=MOST_IN_BASKET,
    )


def _has_page(hit: FoundDocument) -> bool:
    return any(highlight.page for highlight in hit.highlights)


def _facets_shown(links: SearchLinks) -> dict[str, str]:
    """Months are of a year: of several years they would be a long list that says little."""
    has_months = chosen_year(links) or links.values("month")
    return {name: term for name, term in FACET_TERMS.items() if name != "month" or has_months}


def _lists(arguments: Arguments) -> dict[str, str]:
    """The addresses of the whole result as a file."""
    own = known(arguments, LIST_PARAMETERS)
    names = {"xlsx": "lists.as_workbook", "csv": "lists.as_csv", "atom": "lists.as_feed"}
    return {ending: SearchLinks(url_for(name), own).first_page() for ending, name in names.items()}


def _page_number(values: Sequence[str]) -> int:
    """The number to show; a wrong one is the reader's own doing and says nothing of what is shown."""
    value = values[0] if values else ""
    if value.isascii() and value.isdigit() and len(value) <= _LONGEST_PAGE_NUMBER:
        return max(1, int(value))
    return 1


def _conditions(question: UnderstoodQuery, links: SearchLinks) -> list[Chip]:
    """The conditions of an expression, each with the address of the search without it."""
    parts = question.expression.parts if question.expression else ()
    return [
        Chip(
            Said("không có {term}", term=Said(part.term)) if part.excluded else Said(part.term),
            part.text,
            links.with_value(QUERY_TEXT.name, without(question.text, part.start, part.end)),
        )
        for part in parts
    ]


def _ways(why: Causes, asked: SearchRequest, links: SearchLinks) -> list[Way]:
    """What may be dropped: what finds nothing by itself first, then what most comes back without."""
    ways = [
        Way(Said(cause.term), cause.text, cause.alone, cause.found, links.with_value(QUERY_TEXT.name, cause.left))
        for cause in why.of_question
    ]
    for filtered in why.of_filters:
        name = filtered.names[0]
        values = ", ".join(_shown(name, value) for value in asked.filters.get(name, ()))
        term = FILTER_TERMS.get(name) or DAYS_TERMS[name.removesuffix("_from")]
        ways.append(
            Way(
                Said("bộ lọc {term}", term=term), values, filtered.alone, filtered.found, links.without(*filtered.names)
            )
        )
    return sorted(ways, key=lambda way: (way.alone != 0, -way.found))


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
    if name == "month":
        return month_shown(value)
    return SIGNED_TERMS[SignatureStatus(value)] if name == "signed" else value


def _facet_links(name: str, found: SearchAnswer, links: SearchLinks) -> list[FacetLink]:
    """The most frequent values first, but the latest years and months; before them the chosen, so none is hidden."""
    chosen = set(links.values(name))
    values = found.facets.get(name, ())
    if name in ("year", "month"):
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
