"""What a clerk does, in a real browser with JavaScript off, on a desktop and on a phone."""

import json
import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.search_service.documents import DOCUMENTS

SUBJECT = "Chuyển đổi số trong cơ quan nhà nước"
PATHS = (
    "/",
    "/search",
    "/search?q=chuyen+doi+so",
    "/search?q=zzzz",
    "/search?size=x",
    "/documents/doc-1?q=chuyen+doi+so",
    "/search/advanced",
    "/huong-dan",
    "/basket?id=doc-1",
    "/docs",
    "/docs/search",
    "/docs/put_document",
    "/nothing",
)


def hits(page: Page) -> list[str]:
    return page.locator(".hit h2 a").all_inner_texts()


def follow(page: Page, link: Locator) -> None:
    with page.expect_navigation():
        link.click()


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def numbers(page: Page) -> list[str]:
    return page.locator(".hit .number").all_inner_texts()


def test_a_question_typed_without_marks_finds_the_document_and_its_text(page: Page) -> None:
    page.goto("/")
    page.get_by_role("searchbox").fill("chuyen doi so")
    follow(page, page.get_by_role("button", name="Tìm kiếm"))

    expect(page.get_by_role("heading", level=1)).to_contain_text("12 văn bản")
    assert hits(page)[0] == SUBJECT
    assert page.locator(".snippet mark").first.inner_text().lower() == "chuyển đổi số"
    expect(page.get_by_role("searchbox")).to_have_value("chuyen doi so")

    follow(page, page.locator(".hit h2 a").first)
    expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)
    expect(page.locator(".text mark").first).to_have_text(re.compile("chuyển đổi số", re.IGNORECASE))

    follow(page, page.get_by_role("link", name="← Kết quả tìm kiếm"))
    assert hits(page)[0] == SUBJECT


def test_a_document_number_comes_first(page: Page) -> None:
    wanted = DOCUMENTS[20]
    page.goto("/")
    page.get_by_role("searchbox").fill(f" {wanted.number.lower()} ")
    press_enter(page)

    assert numbers(page)[0] == wanted.number


def test_facets_narrow_and_chips_widen(page: Page) -> None:
    page.goto("/search?q=kế hoạch")
    follow(page, page.locator(".facet a", has_text="Báo cáo"))
    follow(page, page.locator(".facet a", has_text="Sở Y tế"))

    assert set(page.locator(".hit .type").all_inner_texts()) == {"Báo cáo"}
    expect(page.locator(".chips li")).to_have_count(3)

    follow(page, page.locator(".chips a", has_text="Báo cáo"))
    assert len(set(page.locator(".hit .type").all_inner_texts())) > 1
    expect(page.locator(".chips b")).to_have_text("Sở Y tế")


def test_dates_narrow(page: Page) -> None:
    page.goto("/search?q=kế hoạch&sort=oldest")
    page.get_by_role("textbox", name="Từ ngày", exact=True).fill(DOCUMENTS[5].issued.isoformat())
    page.get_by_role("textbox", name="Đến ngày", exact=True).fill(DOCUMENTS[7].issued.isoformat())
    follow(page, page.get_by_role("button", name="Lọc", exact=True))

    assert numbers(page) == [document.number for document in DOCUMENTS[5:8]]


def test_the_order_and_the_page_are_chosen_by_links(page: Page) -> None:
    page.goto("/search?q=kế hoạch")
    follow(page, page.get_by_role("link", name="Cũ nhất"))
    first = numbers(page)
    follow(page, page.get_by_role("link", name="Trang sau"))
    second = numbers(page)

    assert first + second == [document.number for document in DOCUMENTS[:20]]
    expect(page.get_by_role("navigation", name="Phân trang")).to_contain_text("Trang 2")
    follow(page, page.get_by_role("link", name="Trang đầu"))
    assert numbers(page) == first


def test_links_go_from_hit_to_hit_in_a_document(page: Page) -> None:
    page.goto("/documents/doc-1?q=trách nhiệm")
    page.locator(".jump a").click()
    expect(page.locator(".hops:visible")).to_have_count(1)
    expect(page.locator(".hops:visible")).to_contain_text("1/4")
    page.get_by_role("link", name="Chỗ khớp sau").click()

    expect(page.locator(".hops:visible")).to_contain_text("2/4")
    expect(page.locator("#hit-2")).to_be_in_viewport()


@pytest.mark.parametrize("path", PATHS)
def test_nothing_is_wider_than_the_screen(page: Page, path: str) -> None:
    page.goto(path)

    assert page.evaluate(_TOO_WIDE) == []


def test_all_can_be_done_by_keyboard_alone(page: Page) -> None:
    page.goto("/")
    page.keyboard.type("chuyen doi so")  # the box has the focus
    press_enter(page)
    assert hits(page)[0] == SUBJECT

    page.keyboard.press("Tab")
    expect(page.locator(".skip")).to_be_focused()
    expect(page.locator(".skip")).to_be_in_viewport()
    page.keyboard.press("Enter")
    for _ in range(30):
        page.keyboard.press("Tab")
        focused = page.locator(":focus")
        assert focused.evaluate("node => getComputedStyle(node).outlineStyle") != "none"
        if focused.inner_text() == SUBJECT:
            break
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(SUBJECT)


@pytest.mark.parametrize("path", PATHS)
def test_every_page_has_landmarks_a_language_and_names(page: Page, path: str) -> None:
    page.goto(path)

    expect(page.locator("html")).to_have_attribute("lang", "vi")
    for role in ("banner", "main", "contentinfo", "search"):
        assert page.get_by_role(role).count() >= 1, role
    expect(page.get_by_role("heading", level=1)).to_have_count(1)
    assert page.evaluate(_WITHOUT_NAME) == []


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", PATHS)
def test_text_stands_out_from_its_ground(browser: Browser, site: str, path: str, scheme: str) -> None:
    assert faint_text(browser, site, path, scheme) == []


def faint_text(browser: Browser, site: str, path: str, scheme: str) -> list[str]:
    """WCAG 2.2, 1.4.3: text of a page with a contrast of less than 4.5."""
    context = browser.new_context(base_url=site, color_scheme=scheme, java_script_enabled=False)
    page = context.new_page()
    page.goto(path)
    faint: list[str] = page.evaluate(_FAINT_TEXT)
    context.close()
    return faint


def test_the_documentation_of_the_api_is_read_and_tried_without_javascript(page: Page) -> None:
    page.goto("/docs")
    page.get_by_role("link", name="GET /api/v1/search", exact=True).click()
    page.get_by_label("q", exact=True).fill("chuyển đổi số")
    page.get_by_label("sort", exact=True).select_option("oldest")
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")
    with page.expect_navigation():
        page.get_by_role("button", name="Gọi thử").click()

    answer = json.loads(page.locator("body").inner_text())
    assert urlsplit(page.url).path == "/api/v1/search"
    assert answer["query"]["text"] == "chuyển đổi số"
    assert answer["total"] == 12


_TOO_WIDE = """() => [document.documentElement, ...document.body.querySelectorAll("*")]
  .filter(node => node.checkVisibility() && !node.closest(".unseen"))
  .filter(node => node.getBoundingClientRect().right > innerWidth + 1 || node.scrollWidth > innerWidth)
  .map(node => node.outerHTML.slice(0, 80))"""

_WITHOUT_NAME = """() => [...document.querySelectorAll("a, button, input:not([type=hidden])")]
  .filter(node => !(node.labels ? node.labels[0] : node)?.textContent.trim() && !node.textContent.trim())
  .map(node => node.outerHTML.slice(0, 80))"""

_FAINT_TEXT = """() => {
  const channels = color => color.match(/[\\d.]+/g).map(Number);
  const luminance = ([r, g, b]) => [r, g, b]
    .map(c => c / 255)
    .map(c => c <= 0.04045 ? c / 12.92 : ((c + 0.055) / 1.055) ** 2.4)
    .reduce((sum, c, i) => sum + c * [0.2126, 0.7152, 0.0722][i], 0);
  const ground = node => {
    for (let at = node; at; at = at.parentElement) {
      const color = channels(getComputedStyle(at).backgroundColor);
      if (color.length === 3 || color[3] === 1) return color;
    }
    return [255, 255, 255];
  };
  const faint = [];
  for (const node of document.body.querySelectorAll("*")) {
    const own = [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim());
    if (!own || !node.checkVisibility()) continue;
    const text = luminance(channels(getComputedStyle(node).color));
    const [high, low] = [text, luminance(ground(node))].sort((a, b) => b - a);
    const contrast = (high + 0.05) / (low + 0.05);
    if (contrast < 4.5) faint.push(`${contrast.toFixed(2)} ${node.outerHTML.slice(0, 80)}`);
  }
  return faint;
}"""
