"""The query language, the advanced form, dates as bars, an empty result and the basket, in a real browser."""

import re
import zipfile
from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.end_to_end.test_browser import _TOO_WIDE, _WITHOUT_NAME, faint_text, follow, numbers
from tests.search_service.documents import DOCUMENTS

PATHS = (
    '/search?q=kế hoạch loại:"Báo cáo" -"dự thảo"',
    "/search?q=kế hoạch ngày:mai",
    '/search?q="hoạch kế chuyển" zzzz&type=Báo cáo',
    "/search?year=2021",
    '/search/advanced?q=kế hoạch loại:"Báo cáo"',
    "/huong-dan",
    "/basket",
    "/basket?id=doc-1&id=doc-2&id=none",
)


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def scripted(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page with JavaScript, at both widths; at its end, no script must have failed."""
    context = browser.new_context(base_url=site, viewport={"width": request.param, "height": 800}, locale="vi-VN")
    page = context.new_page()
    errors: list[str] = []
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert errors == []


@pytest.mark.parametrize("path", PATHS)
def test_pages_fit_the_screen_and_name_what_they_have(page: Page, path: str) -> None:
    page.goto(path)

    assert page.evaluate(_TOO_WIDE) == []
    assert page.evaluate(_WITHOUT_NAME) == []
    expect(page.get_by_role("heading", level=1)).to_have_count(1)


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_text_stands_out_from_its_ground(browser: Browser, site: str, path: str, scheme: str) -> None:
    assert faint_text(browser, site, path, scheme) == []


def test_conditions_are_taken_away_one_by_one(page: Page) -> None:
    page.goto('/search?q=kế hoạch loại:"Báo cáo" năm:2023')
    expect(page.locator(".chips li")).to_have_count(3)
    follow(page, page.locator(".chips a", has_text="năm:2023"))

    expect(page.get_by_role("searchbox")).to_have_value('kế hoạch loại:"Báo cáo"')
    assert set(page.locator(".hit .type").all_inner_texts()) == {"Báo cáo"}


def test_a_mistake_is_shown_where_it_stands(page: Page) -> None:
    page.goto("/search?q=kế hoạch ngày:mai")

    expect(page.locator("mark.wrong")).to_have_text("ngày:mai")
    expect(page.locator(".mistake")).to_contain_text("08/2021")
    assert numbers(page)
    follow(page, page.locator(".mistake a"))
    expect(page.get_by_role("heading", level=1)).to_have_text("Cách tìm")


def test_the_form_writes_an_expression_and_is_filled_from_it(page: Page) -> None:
    page.goto("/search?q=kế hoạch&sort=oldest")
    follow(page, page.locator("a.to-form"))
    expect(page.get_by_label("Từ ngữ ở bất kỳ đâu")).to_have_value("kế hoạch")
    page.get_by_label("Loại văn bản").fill("Báo cáo")
    page.get_by_role("group", name="Ngày ban hành").get_by_label("từ").fill("2022-01-01")
    follow(page, page.get_by_role("button", name="Tìm", exact=True))

    expected = 'kế hoạch loại:"Báo cáo" ngày:2022-01-01..'
    expect(page.get_by_role("searchbox")).to_have_value(expected)
    assert parse_qs(urlsplit(page.url).query) == {"q": [expected], "sort": ["oldest"]}
    assert set(page.locator(".hit .type").all_inner_texts()) == {"Báo cáo"}

    follow(page, page.locator("a.to-form"))
    expect(page.get_by_label("Loại văn bản")).to_have_value("Báo cáo")
    page.get_by_label("Người ký").fill("Nguyễn Văn An")
    follow(page, page.get_by_role("button", name="Xem biểu thức"))
    expect(page.locator(".expression code").first).to_have_text(
        'kế hoạch loại:"Báo cáo" ký:"Nguyễn Văn An" ngày:2022-01-01..'
    )


def test_bars_lead_to_a_year_and_its_months_and_back(page: Page) -> None:
    page.goto("/search?q=kế hoạch")
    follow(page, page.get_by_role("link", name=re.compile("^2022:")))
    assert {day[-4:] for day in page.locator(".hit time").all_inner_texts()} == {"2022"}

    issued = next(document.issued for document in DOCUMENTS if document.issued and document.issued.year == 2022)
    assert issued is not None
    follow(page, page.get_by_role("link", name=f"{issued:%m/%Y}: "))
    assert {day[3:] for day in page.locator(".hit time").all_inner_texts()} == {f"{issued:%m/%Y}"}

    follow(page, page.get_by_role("link", name="Mọi năm"))
    expect(page.locator(".chips li")).to_have_count(0)


def test_sweeping_over_bars_sets_the_days(scripted: Page) -> None:
    scripted.goto("/search?q=kế hoạch")
    bars = scripted.locator(".histogram g")
    bars.first.scroll_into_view_if_needed()
    boxes = [bars.nth(at).bounding_box() for at in (1, 3)]
    assert boxes[0]
    assert boxes[1]
    scripted.mouse.move(boxes[0]["x"] + 3, boxes[0]["y"] + 20)
    scripted.mouse.down()
    scripted.mouse.move(boxes[1]["x"] + 3, boxes[1]["y"] + 20, steps=4)
    expect(scripted.locator(".swept")).to_have_count(3)
    with scripted.expect_navigation():
        scripted.mouse.up()

    asked = parse_qs(urlsplit(scripted.url).query)
    assert (asked["issued_from"], asked["issued_to"]) == (["2021-01-01"], ["2023-12-31"])
    expect(scripted.locator(".chips b")).to_have_count(2)


def test_a_click_on_a_bar_is_its_link_with_scripts_too(scripted: Page) -> None:
    scripted.goto("/search?q=kế hoạch")
    follow(scripted, scripted.get_by_role("link", name=re.compile("^2022:")))
    assert parse_qs(urlsplit(scripted.url).query)["year"] == ["2022"]


def test_an_empty_result_says_which_word_finds_nothing(page: Page) -> None:
    page.goto("/search?q=zzzz kế xxyy")
    rows = page.locator(".ways tbody tr")
    expect(rows.first).to_contain_text("zzzz")
    expect(rows.first).to_contain_text("không có")
    expect(page.locator(".ways tr.vain")).to_have_count(2)

    page.goto('/search?q=đúng "hoạch kế chuyển"&type=Báo cáo')
    follow(page, page.locator(".nothing p a"))
    assert parse_qs(urlsplit(page.url).query) == {"q": ["đúng hoạch kế chuyển"], "type": ["Báo cáo"]}


def test_documents_are_chosen_and_taken_away_together(page: Page) -> None:
    page.goto("/search?q=kế hoạch&sort=oldest")
    for at in (0, 2):
        page.locator(".pick input").nth(at).check()
    follow(page, page.get_by_role("button", name="Xem giỏ văn bản"))

    expect(page.locator(".chosen li")).to_have_count(2)
    with page.expect_download() as download:
        page.get_by_role("link", name="Tải về (.zip)").click()
    with zipfile.ZipFile(download.value.path()) as archive:
        assert len(archive.namelist()) == 3
    follow(page, page.locator(".chosen .facts a").first)
    expect(page.locator(".chosen li")).to_have_count(1)


def test_the_basket_is_kept_across_searches(scripted: Page) -> None:
    scripted.goto("/search?q=kế hoạch&sort=oldest")
    scripted.locator(".pick input").nth(0).check()
    scripted.goto("/search?q=kế hoạch&sort=newest")
    scripted.locator(".pick input").nth(0).check()
    button = scripted.get_by_role("button", name="Xem giỏ văn bản (2)")
    follow(scripted, button)
    expect(scripted.locator(".chosen li")).to_have_count(2)

    follow(scripted, scripted.locator("[data-basket-drop]").first)
    scripted.goto("/search?q=kế hoạch&sort=newest")
    expect(scripted.get_by_role("button", name="Xem giỏ văn bản (1)")).to_be_visible()


def test_a_whole_result_is_taken_away_from_its_page(page: Page) -> None:
    page.goto("/search?q=kế hoạch&type=Báo cáo")
    for name, ending in (("Excel (.xlsx)", ".xlsx"), ("CSV", ".csv")):
        with page.expect_download() as download:
            page.get_by_role("link", name=name).click()
        assert download.value.suggested_filename.endswith(ending)
    href = page.locator('link[rel="alternate"]').get_attribute("href")
    assert page.request.get(href or "").headers["content-type"].startswith("application/atom+xml")
