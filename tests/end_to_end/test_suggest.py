"""Suggestions below the search box, in a real browser with JavaScript, on a desktop and on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.search_service.documents import DOCUMENTS

SUBJECT = "Chuyển đổi số trong cơ quan nhà nước"
ISSUER = "Ủy ban nhân dân tỉnh Đông Bắc"


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page with JavaScript, at both widths; at its end nothing was refused, thrown or asked of another host."""
    context = browser.new_context(base_url=site, viewport={"width": request.param, "height": 800}, locale="vi-VN")
    page = context.new_page()
    requests: list[str] = []
    errors: list[str] = []
    page.on("request", lambda request: requests.append(request.url))
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert [url for url in requests if not url.startswith(site)] == []
    assert errors == []


def box(page: Page) -> Locator:
    return page.get_by_role("combobox")


def options(page: Page) -> Locator:
    return page.get_by_role("option")


def type_keys(page: Page, text: str) -> None:
    box(page).press_sequentially(text)
    expect(options(page).first).to_be_visible()


def active(page: Page) -> str | None:
    """The option that assistive technology is told of, which must be the one that looks chosen."""
    id = box(page).get_attribute("aria-activedescendant")
    chosen = page.locator('[role=option][aria-selected="true"]')
    assert chosen.count() == (1 if id else 0)
    if id is None:
        return None
    assert chosen.get_attribute("id") == id
    return chosen.locator(".text").inner_text()


def test_the_box_is_a_combobox_with_a_list(page: Page) -> None:
    page.goto("/")
    expect(box(page)).to_have_attribute("aria-autocomplete", "list")
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_accessible_name("Nội dung cần tìm")

    type_keys(page, "chuyen d")

    expect(box(page)).to_have_attribute("aria-expanded", "true")
    controlled = page.locator(f"#{box(page).get_attribute('aria-controls')}")
    expect(controlled).to_have_role("listbox")
    expect(controlled).to_have_accessible_name("Gợi ý")
    expect(options(page).first.locator("mark")).to_have_text("Chuyển đ")
    expect(page.get_by_role("status")).to_have_text(re.compile(r"^\d+ gợi ý$"))
    assert active(page) is None
    expect(box(page)).to_be_focused()


def test_enter_opens_the_document_that_the_arrows_chose(page: Page) -> None:
    page.goto("/")
    type_keys(page, "chuyen d")

    page.keyboard.press("ArrowDown")
    assert active(page) == SUBJECT
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    expect(page.locator(".text mark").first).to_have_text(re.compile("chuyển", re.IGNORECASE))


def test_enter_searches_when_nothing_is_chosen(page: Page) -> None:
    page.goto("/")
    type_keys(page, "chuyen doi")

    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(box(page)).to_have_value("chuyen doi")
    assert page.url.endswith("/search?q=chuyen+doi")


def test_the_arrows_go_round_through_the_options_and_the_box(page: Page) -> None:
    page.goto("/")
    type_keys(page, "phong chay ch")
    texts = options(page).locator(".text").all_inner_texts()

    page.keyboard.press("ArrowUp")
    assert active(page) == texts[-1]
    page.keyboard.press("ArrowDown")
    assert active(page) is None
    for text in texts:
        page.keyboard.press("ArrowDown")
        assert active(page) == text
        expect(page.locator('[role=option][aria-selected="true"]')).to_be_in_viewport()
    expect(box(page)).to_have_value("phong chay ch")


def test_escape_closes_the_list_and_an_arrow_opens_it_again(page: Page) -> None:
    page.goto("/")
    type_keys(page, "chuyen d")

    page.keyboard.press("Escape")
    expect(page.get_by_role("listbox")).to_be_hidden()
    expect(box(page)).to_have_attribute("aria-expanded", "false")
    expect(box(page)).to_have_value("chuyen d")

    page.keyboard.press("ArrowDown")
    expect(options(page).first).to_be_visible()


def test_leaving_the_box_closes_the_list(page: Page) -> None:
    page.goto("/")
    type_keys(page, "chuyen d")

    page.keyboard.press("Tab")

    expect(page.get_by_role("listbox")).to_be_hidden()


def test_a_click_on_an_issuer_gives_its_documents(page: Page) -> None:
    page.goto("/")
    type_keys(page, "ubnd dong b")
    option = options(page).filter(has_text=ISSUER)
    expect(option).to_contain_text("Cơ quan")
    count = sum(document.issuer == ISSUER for document in DOCUMENTS)
    expect(option).to_contain_text(f"{count} văn bản")

    with page.expect_navigation():
        option.click()

    expect(page.locator(".chips b")).to_have_text(ISSUER)
    expect(page.get_by_role("heading", level=1)).to_contain_text(f"{count} văn bản")


def test_a_click_on_a_number_opens_its_document(page: Page) -> None:
    wanted = DOCUMENTS[9]
    page.goto("/search?q=chuyen+doi+so")
    box(page).fill("")
    type_keys(page, wanted.number.lower()[:-4])

    with page.expect_navigation():
        options(page).filter(has_text=wanted.number).click()

    assert f"/documents/{wanted.id}?" in page.url


def test_a_phrase_is_searched_for(page: Page) -> None:
    # No two subjects of this site go on alike, so that it has no phrase of its own to suggest.
    answer = {"suggestions": [{"kind": "phrase", "text": "phòng cháy chữa cháy", "marks": [[0, 8]]}]}
    page.route("**/api/v1/suggest?*", lambda route: route.fulfill(json=answer))
    page.goto("/")
    type_keys(page, "phong ch")

    with page.expect_navigation():
        options(page).first.click()

    expect(box(page)).to_have_value("phòng cháy chữa cháy")
    expect(page.locator(".hit h2").first).to_contain_text("Phòng cháy, chữa cháy")


def test_an_answer_that_comes_late_is_not_shown(page: Page) -> None:
    """The first question is held back until the second is answered."""
    held: list[Route] = []
    page.route(lambda url: url.endswith("q=chuyen"), lambda route: held.append(route))
    page.goto("/")
    box(page).fill("chuyen")
    page.wait_for_timeout(200)
    assert held
    box(page).fill("phong chay")
    expect(options(page).first.locator("mark").first).to_have_text(re.compile("phòng", re.IGNORECASE))

    held[0].fulfill(json={"suggestions": [{"kind": "phrase", "text": "cũ", "marks": []}]})
    page.wait_for_timeout(100)

    expect(options(page).filter(has_text="cũ")).to_have_count(0)


def test_keys_that_follow_each_other_at_once_are_one_question(page: Page) -> None:
    asked: list[str] = []
    page.on("request", lambda request: asked.append(request.url) if "/suggest?" in request.url else None)
    page.goto("/")

    type_keys(page, "chuyen doi so")

    assert len(asked) < len("chuyen doi so")


def test_where_there_is_nothing_to_suggest_no_list_is_shown(page: Page) -> None:
    page.goto("/")
    type_keys(page, "chuyen d")

    box(page).fill("zzzzzz")
    expect(page.get_by_role("status")).to_have_text("Không có gợi ý")
    expect(page.get_by_role("listbox")).to_be_hidden()
    box(page).fill("  ")
    expect(page.get_by_role("status")).to_have_text("")


def test_characters_beyond_the_first_plane_do_not_move_the_marks(page: Page) -> None:
    answer = {"suggestions": [{"kind": "phrase", "text": "😀 kế hoạch <b>", "marks": [[2, 4]]}]}
    page.route("**/api/v1/suggest?*", lambda route: route.fulfill(json=answer))
    page.goto("/")
    type_keys(page, "ke")

    expect(options(page).first.locator("mark")).to_have_text("kế")
    expect(options(page).first.locator(".text")).to_have_text("😀 kế hoạch <b>")


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["/", "/search?q=x"])
def test_the_list_fits_the_screen_and_can_be_read(page: Page, path: str, scheme: str) -> None:
    page.emulate_media(color_scheme="dark" if scheme == "dark" else "light")
    page.goto(path)
    box(page).fill("")
    type_keys(page, "ke hoach chuyen doi so trong co quan 2")
    page.keyboard.press("ArrowDown")

    listbox = page.get_by_role("listbox").bounding_box()
    assert listbox is not None
    assert listbox["x"] >= 0
    assert listbox["x"] + listbox["width"] <= page.viewport_size["width"]
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    assert page.evaluate(_FAINT_IN_LIST) == []


def test_the_box_is_a_plain_one_without_javascript(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, java_script_enabled=False)
    page = context.new_page()
    page.goto("/")
    page.get_by_role("searchbox").fill("chuyen doi so")
    with page.expect_navigation():
        page.keyboard.press("Enter")

    expect(page.get_by_role("heading", level=1)).to_contain_text("văn bản")
    context.close()


_FAINT_IN_LIST = """() => {
  const luminance = color => color.match(/[\\d.]+/g).slice(0, 3).map(Number)
    .map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    const color = getComputedStyle(node).backgroundColor;
    return color === "rgba(0, 0, 0, 0)" ? ground(node.parentElement) : color;
  };
  return [...document.querySelectorAll("[role=option] span, [role=option] mark")]
    .map(node => [node, [getComputedStyle(node).color, ground(node)].map(luminance).sort((a, b) => b - a)])
    .filter(([, [high, low]]) => (high + 0.05) / (low + 0.05) < 4.5)
    .map(([node]) => node.outerHTML);
}"""
