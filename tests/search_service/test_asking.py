"""What the results page and the API say beyond hits: conditions, counts, dates as bars, causes of finding nothing."""

from collections.abc import Sequence
from dataclasses import replace
from html import unescape
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from flask.testing import FlaskClient

from engines.interface import Access, FacetValue
from search_service.app import create_app
from search_service.histogram import HEIGHT, histogram
from search_service.language.fields import FIELDS
from search_service.links import SearchLinks
from search_service.nothing import causes
from search_service.params import FILTERS
from search_service.results import FILTER_TERMS
from search_service.search import FACET_SIZES, SearchRequest, SearchService
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import MakeService
from tests.search_service.test_pages import page, texts

EVERYBODY = Access.of()


def facets(client: FlaskClient, query: str) -> dict[str, list[dict[str, object]]]:
    return client.get(f"/api/v1/search?size=0&{query}").json["facets"]


def test_a_search_counts_the_facets_that_it_names(client: FlaskClient) -> None:
    counted = facets(client, "facet=month&facet=signer&year=2021")

    assert set(counted) == {"month", "signer"}
    assert {value["value"] for value in counted["month"]} == {
        f"{document.issued:%Y-%m}" for document in DOCUMENTS if document.issued and document.issued.year == 2021
    }
    assert counted["signer"] == [{"value": "Nguyễn Văn An", "count": sum(v["count"] for v in counted["month"])}]
    assert set(facets(client, "")) == {"type", "issuer", "year", "assignee", "signed"}


def test_every_facet_that_can_be_counted_is_answered(client: FlaskClient) -> None:
    assert set(facets(client, "&".join(f"facet={name}" for name in FACET_SIZES))) == set(FACET_SIZES)


@pytest.mark.parametrize(("query", "allowed"), [("facet=text", "urgency"), ("month=2021-13", "2024-08")])
def test_a_wrong_facet_or_month_is_told_what_is_allowed(client: FlaskClient, query: str, allowed: str) -> None:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 400
    assert allowed in response.json["detail"]


def test_months_filter(client: FlaskClient) -> None:
    issued = DOCUMENTS[7].issued
    assert issued is not None
    hits = client.get(f"/api/v1/search?month={issued:%Y-%m}").json["hits"]
    assert {hit["issued"][:7] for hit in hits} == {f"{issued:%Y-%m}"}


def test_urgency_field_and_direction_filter(make_service: MakeService) -> None:
    given = {"urgency": "Khẩn", "subject_field": "Đất đai", "direction": "đến"}
    documents = (DOCUMENTS[0], replace(DOCUMENTS[1], **given))
    client = create_app(make_service(documents)).test_client()
    for name, value in given.items():
        hits = client.get("/api/v1/search", query_string={name: value}).json["hits"]
        assert [hit["id"] for hit in hits] == [DOCUMENTS[1].id]


def test_by_number_the_lowest_comes_first(client: FlaskClient) -> None:
    hits = client.get("/api/v1/search?sort=number&size=100").json["hits"]
    assert [hit["id"] for hit in hits] == [document.id for document in DOCUMENTS]


def links(**arguments: Sequence[str]) -> SearchLinks:
    return SearchLinks("/search", arguments)


def test_bars_stand_for_all_years_between_the_first_and_the_last() -> None:
    counted = {"year": (FacetValue("2019", 40), FacetValue("2022", 10), FacetValue("2021", 1))}
    drawn = histogram(counted, links(q=["a"], issued_from=["2019-05-01"]))

    assert drawn is not None
    assert [(bar.label, bar.count) for bar in drawn.bars] == [("2019", 40), ("2020", 0), ("2021", 1), ("2022", 10)]
    assert [bar.height for bar in drawn.bars] == [HEIGHT, 0, 2, HEIGHT // 4]
    assert drawn.bars[0].href == "/search?q=a&year=2019"


def test_a_year_far_from_the_others_makes_no_empty_bars() -> None:
    drawn = histogram({"year": (FacetValue("0203", 1), FacetValue("2021", 2))}, links())
    assert drawn is not None
    assert [bar.label for bar in drawn.bars] == ["0203", "2021"]


def test_bars_of_the_chosen_year_are_its_months() -> None:
    drawn = histogram({"month": (FacetValue("2021-02", 3),)}, links(year=["2021"], month=["2021-02"]))

    assert drawn is not None
    assert len(drawn.bars) == 12
    february = drawn.bars[1]
    assert (february.label, february.count, february.chosen) == ("02/2021", 3, True)
    assert (february.first.isoformat(), february.last.isoformat()) == ("2021-02-01", "2021-02-28")
    assert february.href == "/search?year=2021"
    assert drawn.all_years == "/search"


def test_one_year_alone_is_no_histogram() -> None:
    assert histogram({"year": (FacetValue("2021", 2),)}, links()) is None
    assert histogram({}, links()) is None


def found_nothing(service: SearchService, request: SearchRequest):  # type: ignore[no-untyped-def]
    return causes(service, request, service.understand(request.text), EVERYBODY)


def test_each_word_is_counted_alone_and_left_out(service: SearchService) -> None:
    why = found_nothing(service, SearchRequest(text="zzzz chuyển đổi xxyy"))

    counts = {cause.text: (cause.alone, cause.left) for cause in why.of_question}
    assert counts == {
        "zzzz": (0, "chuyển đổi xxyy"),
        "chuyển": (12, "zzzz đổi xxyy"),
        "đổi": (12, "zzzz chuyển xxyy"),
        "xxyy": (0, "zzzz chuyển đổi"),
    }


def test_what_is_found_without_a_condition_is_what_its_link_finds(service: SearchService) -> None:
    request = SearchRequest(text='kế hoạch loại:"Báo cáo" năm:1999 -"chuyển đổi số"', filters={"issuer": ("Sở Y tế",)})
    why = found_nothing(service, request)

    assert [cause.text for cause in why.of_question][1:] == ['loại:"Báo cáo"', "năm:1999", '"chuyển đổi số"']
    for cause in why.of_question:
        assert cause.found == service.list(replace(request, text=cause.left), EVERYBODY).total
    year, excluded = why.of_question[2:]
    assert (year.alone, year.left) == (0, 'kế hoạch loại:"Báo cáo" -"chuyển đổi số"')
    assert year.found > 0
    assert excluded.alone is None


def test_a_phrase_that_nothing_has_is_offered_without_quotes(service: SearchService) -> None:
    why = found_nothing(service, SearchRequest(text='"đổi chuyển số" "chuyển đổi số"'))
    assert why.unquoted == 'đổi chuyển số "chuyển đổi số"'
    assert why.found_unquoted == 12


@pytest.mark.parametrize(
    ("typed", "rest"),
    [
        ("zzzz chuyển xxyy đổi", "chuyển đổi"),
        ("zzzz chuyển đổi", ""),
        ("zzzz xxyy", ""),
        ('kế hoạch năm:1999 "zzzz xxyy" -rừng', "kế hoạch -(rừng)"),
        ("(zzzz OR xxyy) số:99/2020/TB-UBND kế hoạch", "kế hoạch"),
    ],
)
def test_what_finds_nothing_can_be_dropped_together(service: SearchService, typed: str, rest: str) -> None:
    why = found_nothing(service, SearchRequest(text=typed))

    assert why.rest == rest
    assert why.found_rest == (service.list(SearchRequest(text=rest), EVERYBODY).total if rest else 0)


def test_filters_are_causes_too(service: SearchService) -> None:
    why = found_nothing(service, SearchRequest(text="kế hoạch", filters={"year": ("1999",), "type": ("Báo cáo",)}))
    year, type = why.of_filters
    assert (year.names, year.alone) == (("year",), 0)
    assert year.found > 0
    assert (type.alone, type.found) == (12, 0)


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("zzzz AND (đất OR", ["zzzz", "đất"]),
        ("zzzz HOẶC rừng) KHÔNG biển", ["zzzz", "rừng", "biển"]),
        ('zzzz VÀ "đất rừng', ["zzzz", "đất", "rừng"]),
    ],
)
def test_operators_of_a_bad_expression_are_no_words_that_found_nothing(
    service: SearchService, typed: str, words: list[str]
) -> None:
    assert service.understand(typed).mistake is not None
    why = found_nothing(service, SearchRequest(text=typed))

    assert [cause.text for cause in why.of_question] == words
    assert why.of_question[0].left == " ".join(words[1:])


def test_the_api_tells_what_the_page_tells(client: FlaskClient) -> None:
    asked = {"q": 'zzzz "đổi chuyển số"', "type": "Báo cáo"}
    why = client.get("/api/v1/search", query_string=asked).get_json()["causes"]
    tree = page(client, "/search?" + urlencode(asked))

    assert [cause["text"] for cause in why["words"]] == ["zzzz", '"đổi chuyển số"']
    assert set(texts(tree, ".ways th b")) == {"zzzz", '"đổi chuyển số"', "Báo cáo"}
    assert why["filters"] == [{"parameters": ["type"], "alone": 12, "found": 0}]
    assert why["unquoted"]["q"] == "zzzz đổi chuyển số"
    others = {cause["without"]: cause["found"] for cause in why["words"]}
    for question, found in {**others, why["unquoted"]["q"]: why["unquoted"]["found"]}.items():
        assert client.get("/api/v1/search", query_string={**asked, "q": question}).get_json()["total"] == found


def test_causes_cost_nothing_where_something_is_found(
    client: FlaskClient, service: SearchService, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(SearchService, "list", None)
    monkeypatch.setattr(type(service.engine), "count", None)

    answer = client.get("/api/v1/search?q=chuyển đổi số").get_json()

    assert answer["total"] > 0
    assert answer["causes"] is None


def test_counts_know_only_what_may_be_seen(make_service: MakeService) -> None:
    hidden = replace(DOCUMENTS[0], access=("unit:a",))
    service = make_service((hidden, *DOCUMENTS[1:3]))
    why = found_nothing(service, SearchRequest(text="chuyển zzzz xxyy"))
    assert why.of_question[0].alone == 0


def test_every_filter_has_a_chip_to_take_it_away() -> None:
    assert set(FILTER_TERMS) == {parameter.name for parameter in FILTERS}


def test_conditions_are_chips_that_leave_the_rest(client: FlaskClient) -> None:
    tree = page(client, "/search?" + urlencode({"q": 'kế hoạch loại:"Báo cáo" -"dự thảo"', "sort": "oldest"}))

    assert texts(tree, ".chips b") == ["kế hoạch", 'loại:"Báo cáo"', '"dự thảo"']
    href = unescape(tree.css(".chips a")[1].attributes["href"] or "")
    assert parse_qs(urlsplit(href).query) == {"q": ['kế hoạch -"dự thảo"'], "sort": ["oldest"]}


def test_the_guide_names_every_field(client: FlaskClient) -> None:
    tree = page(client, "/huong-dan")
    assert texts(tree, "th[scope=row]") == [f"{field.name}:" for field in FIELDS]


@pytest.mark.parametrize("field", FIELDS, ids=lambda field: field.name)
def test_every_example_of_the_guide_is_an_expression_without_mistake(service: SearchService, field) -> None:  # type: ignore[no-untyped-def]
    question = service.understand(field.example)
    assert question.expression is not None
    assert question.mistake is None


def test_a_sent_form_leads_to_its_search_with_the_filters_that_were_there(client: FlaskClient) -> None:
    query = {"f_words": "kế hoạch", "f_number": "15/2021/QĐ", "f_due_to": "2021-12-31", "type": "A", "sort": "number"}
    response = client.get("/search/advanced", query_string=query)

    assert response.status_code == 303
    assert parse_qs(urlsplit(response.location).query) == {
        "q": ["kế hoạch số:15/2021/QĐ hạn:..2021-12-31"],
        "type": ["A"],
        "sort": ["number"],
    }


def test_an_empty_form_is_the_search_for_everything(client: FlaskClient) -> None:
    response = client.get("/search/advanced?f_words=&f_type=")
    assert (response.status_code, response.location) == (303, "/search?q=")


def test_the_form_offers_only_values_that_may_be_seen(make_service: MakeService) -> None:
    hidden = replace(DOCUMENTS[0], issuer="Ban bí mật", access=("unit:a",))
    client = create_app(make_service((hidden, DOCUMENTS[1]))).test_client()
    options = [option.attributes["value"] for option in page(client, "/search/advanced").css("#offered-issuer option")]
    assert options == [DOCUMENTS[1].issuer]
