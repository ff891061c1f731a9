"""Pages that help to ask: the advanced form (tìm nâng cao), and how questions are written (cách tìm)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from http import HTTPStatus

from flask import Blueprint, redirect, render_template, request, url_for
from werkzeug.wrappers import Response

from engines.interface import Access, Facet, Search
from engines.query import All
from search_service.access import access_of
from search_service.language.composing import FORM_FIELDS, FROM, TO, compose, decompose
from search_service.language.fields import FIELDS
from search_service.links import SearchLinks
from search_service.params import QUERY_TEXT, SEARCH_PARAMETERS, Arguments, known, read_query_string
from search_service.search import SearchService
from search_service.tongues.said import Said

_PREFIX = "f_"
"""What the form's own parameters begin with: filters of the search that it was opened from keep their names."""

_SHOW = "show"
_MOST_VALUES = 200


@dataclass(frozen=True, slots=True)
class Input:
    """A field of the form.

    Attributes:
        name: Its parameter.
        term: Its label.
        hint: What it takes, where that is not plain.
        suggests: The keyword field whose values are offered.
        kind: `text`, `days` or `figures`; of a range there are two inputs.
    """

    name: str
    term: str
    hint: str = ""
    suggests: str = ""
    kind: str = "text"

    @property
    def parameters(self) -> tuple[str, ...]:
        """The parameters of its inputs."""
        ends = ("",) if self.kind == "text" else (FROM, TO)
        return tuple(f"{_PREFIX}{self.name}{end}" for end in ends)


# The fields of the search form of iOffice, in groups.
_GROUPS: Mapping[str, tuple[Input, ...]] = {
    Said("Nội dung"): (
        Input("words", Said("Từ ngữ ở bất kỳ đâu")),
        Input("subject", Said("Trích yếu"), Said("Có cụm từ này")),
        Input("phrase", Said("Toàn văn có đúng cụm từ")),
        Input("without", Said("Không có cụm từ")),
    ),
    Said("Văn bản"): (
        Input("number", Said("Số, ký hiệu"), Said("15 hoặc 15/2021/QĐ-UBND")),
        Input("type", Said("Loại văn bản"), suggests="type"),
        Input("subject_field", Said("Lĩnh vực"), suggests="subject_field"),
        Input("urgency", Said("Độ khẩn"), suggests="urgency"),
    ),
    Said("Cơ quan, người"): (
        Input("issuer", Said("Cơ quan ban hành"), suggests="issuer"),
        Input("signer", Said("Người ký"), suggests="signer"),
        Input("unit", Said("Đơn vị nhận hoặc được giao"), suggests="assignee"),
        Input("recipients", Said("Nơi nhận")),
    ),
    Said("Thời gian"): (
        Input("issued", Said("Ngày ban hành"), kind="days"),
        Input("arrived", Said("Ngày đến"), kind="days"),
        Input("due", Said("Hạn xử lý"), kind="days"),
        Input("year", Said("Năm"), Said("2021 hoặc 2019..2021")),
    ),
    Said("Sổ đăng ký"): (
        Input("register", Said("Sổ văn bản"), suggests="register"),
        Input("arrival", Said("Số đến"), kind="figures"),
    ),
}


def asking(service: SearchService) -> Blueprint:
    """The pages over a service."""
    blueprint = Blueprint("asking", __name__)

    @blueprint.get("/search/advanced")
    def advanced() -> str | Response:
        arguments = read_query_string(request.query_string)
        carried = known(arguments, SEARCH_PARAMETERS)
        filled = _filled(arguments)
        expression = compose(filled)
        if filled and _SHOW not in arguments:
            links = SearchLinks(url_for("pages.search"), carried)
            return redirect(links.with_value(QUERY_TEXT.name, expression), HTTPStatus.SEE_OTHER)
        if not filled:
            filled = decompose(" ".join(arguments.get(QUERY_TEXT.name, ())))
        return render_template(
            "advanced.html",
            groups=_GROUPS,
            values={f"{_PREFIX}{name}": value for name, value in filled.items()},
            expression=compose(filled),
            offered=_offered(service, access_of(request)),
            hidden=SearchLinks("", carried).hidden_fields(QUERY_TEXT.name),
        )

    @blueprint.get("/huong-dan")
    def help_page() -> str:
        return render_template("help.html", fields=[(field, Said(field.term)) for field in FIELDS])

    return blueprint


def _filled(arguments: Arguments) -> dict[str, str]:
    """The form's fields as they were sent, empty ones too; none when the form is only opened."""
    return {name: " ".join(arguments[f"{_PREFIX}{name}"]) for name in FORM_FIELDS if f"{_PREFIX}{name}" in arguments}


def _offered(service: SearchService, access: Access) -> dict[str, list[str]]:
    """The values of the documents that the asker may see, the most frequent first."""
    fields = [field.suggests for group in _GROUPS.values() for field in group if field.suggests]
    facets = tuple(Facet(name, _MOST_VALUES) for name in fields)
    found = service.engine.search(Search(query=All(), access=access, size=0, facets=facets)).facets
    return {name: [value.value for value in values] for name, values in found.items() if values}
