"""WCAG 2.2, A and AA, as far as a program can tell: axe-core on every page, and the keyboard alone."""

from collections.abc import Iterator
from typing import Literal

import pytest
from axe_playwright_python.sync_playwright import Axe
from playwright.sync_api import Browser, Page, ViewportSize, expect

from tests.end_to_end.places import ORIGINAL_PAGES, PAGES, open_original
from tests.search_service.documents import DOCUMENTS

RULES = {"runOnly": ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"]}
LEAST_TARGET = 24
LEAST_LINE_HEIGHT = 1.5
WIDTHS = (1280, 360)
LOOKS: tuple[tuple[int, Literal["light", "dark"]], ...] = (
    (1280, "light"),
    (1280, "dark"),
    (360, "light"),
    (360, "dark"),
)
LOOKS_APART = (LOOKS[0], LOOKS[-1])
"""Those that differ in all: English words fill the same elements that are looked at in every way in Vietnamese."""


def opened(browser: Browser, address: str, *, width: int = 1280, script: bool = True) -> Page:
    viewport: ViewportSize = {"width": width, "height": 800}
    return browser.new_context(base_url=address, viewport=viewport, java_script_enabled=script).new_page()


def faults(page: Page) -> list[str]:
    """What axe-core finds, one line for each element."""
    found = Axe().run(page, options=RULES).response["violations"]
    return [f"{one['id']}: {node['html'][:120]} {node['failureSummary']}" for one in found for node in one["nodes"]]


def faults_as(page: Page, width: int, scheme: Literal["light", "dark"]) -> list[str]:
    page.set_viewport_size({"width": width, "height": 800})
    page.emulate_media(color_scheme=scheme)
    return [f"{width} {scheme} {fault}" for fault in faults(page)]


@pytest.fixture(params=[True, False], ids=["script", "no script"])
def script(request: pytest.FixtureRequest) -> bool:
    return bool(request.param)


@pytest.mark.parametrize("what", PAGES)
def test_axe_finds_nothing(browser: Browser, site: str, what: str) -> None:
    page = opened(browser, site)
    page.goto(PAGES[what])

    found = [fault for looks in LOOKS for fault in faults_as(page, *looks)]

    page.context.close()
    assert found == []


@pytest.mark.parametrize("what", PAGES)
def test_axe_finds_nothing_without_our_scripts(browser: Browser, site: str, what: str) -> None:
    page = opened(browser, site, width=360)
    page.route("**/*.js*", lambda route: route.abort())  # axe-core itself is a script
    page.goto(PAGES[what])

    found = faults(page)

    page.context.close()
    assert found == []


@pytest.mark.parametrize("what", ORIGINAL_PAGES)
def test_axe_finds_nothing_where_there_are_originals(browser: Browser, originals_site: str, what: str) -> None:
    page = opened(browser, originals_site)
    open_original(page, *ORIGINAL_PAGES[what])

    found = [fault for looks in LOOKS for fault in faults_as(page, *looks)]

    page.context.close()
    assert found == []


def test_axe_finds_nothing_where_there_is_no_index(browser: Browser, empty_site: str) -> None:
    page = opened(browser, empty_site)
    page.goto("/")

    found = [fault for looks in LOOKS for fault in faults_as(page, *looks)]

    expect(page.get_by_role("heading", level=1)).to_have_text("Chưa có văn bản nào được lập chỉ mục")
    page.context.close()
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
def test_axe_finds_nothing_while_suggestions_are_open(browser: Browser, site: str, width: int) -> None:
    page = opened(browser, site, width=width)
    page.goto("/")
    page.get_by_role("combobox").press_sequentially("chuyen d")
    expect(page.get_by_role("option").first).to_be_visible()
    page.keyboard.press("ArrowDown")

    found = faults(page)

    page.context.close()
    assert found == []


@pytest.mark.parametrize("what", PAGES)
def test_axe_finds_nothing_on_english_pages(browser: Browser, site: str, what: str) -> None:
    page = opened(browser, site)
    page.goto("/?lang=en")
    page.goto(PAGES[what])

    found = [fault for looks in LOOKS_APART for fault in faults_as(page, *looks)]

    expect(page.locator("html")).to_have_attribute("lang", "en")
    page.context.close()
    assert found == []


@pytest.mark.parametrize("width", WIDTHS)
@pytest.mark.parametrize("what", PAGES)
def test_targets_are_large_enough_and_stacked_marks_have_room(
    browser: Browser, site: str, what: str, width: int
) -> None:
    """WCAG 2.2, 2.5.8: 24 px each way but for links within a sentence; and lines that `Ữ` and `ộ` fit into."""
    page = opened(browser, site, width=width)
    page.goto(PAGES[what])

    small = page.evaluate(_SMALL_TARGETS, LEAST_TARGET)
    tight = page.evaluate(_TIGHT_LINES, LEAST_LINE_HEIGHT)

    page.context.close()
    assert small == []
    assert tight == []


def test_nothing_moves_for_who_wants_no_motion(browser: Browser, site: str) -> None:
    context = browser.new_context(base_url=site, reduced_motion="reduce")
    page = context.new_page()
    for path in PAGES.values():
        page.goto(path)
        assert page.evaluate(_MOVING) == [], path
    context.close()


@pytest.fixture(params=WIDTHS)
def page(request: pytest.FixtureRequest, browser: Browser, site: str, script: bool) -> Iterator[Page]:
    page = opened(browser, site, width=request.param, script=script)
    yield page
    page.context.close()


def tab_to(page: Page, name: str, within: str = "body") -> None:
    """Press Tab until something of this name has the focus; each stop on the way must show that it has it."""
    for _ in range(120):
        page.keyboard.press("Tab")
        here = page.evaluate(_FOCUS)
        assert here["visible"], here
        if here["name"].startswith(name) and page.locator(f"{within} :focus").count():
            return
    raise AssertionError(f"Tab never comes to {name}")


def press_enter(page: Page) -> None:
    with page.expect_navigation():
        page.keyboard.press("Enter")


def test_the_keyboard_alone_searches_narrows_turns_pages_and_reads(page: Page) -> None:
    page.goto("/")
    expect(page.get_by_role("combobox").or_(page.get_by_role("searchbox"))).to_be_focused()
    page.keyboard.type("ke hoach")
    press_enter(page)

    page.keyboard.press("Tab")
    assert page.evaluate(_FOCUS)["name"] == "Đến nội dung chính"
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_be_focused()
    page.keyboard.press("Tab")
    assert page.locator("main :focus").count() == 1

    tab_to(page, "Cũ nhất")
    press_enter(page)
    tab_to(page, "Trang sau")
    press_enter(page)
    expect(page.get_by_role("navigation", name="Phân trang")).to_contain_text("Trang 2")

    tab_to(page, "Báo cáo", ".facet")
    press_enter(page)
    expect(page.locator(".chips li")).to_have_count(1)
    tab_to(page, "Bỏ bộ lọc", ".chips")
    press_enter(page)
    expect(page.locator(".chips li")).to_have_count(0)

    first = page.locator(".hit h2 a").first.inner_text()
    tab_to(page, first)
    press_enter(page)
    expect(page.get_by_role("heading", level=1)).to_have_text(first)


def test_the_keyboard_alone_goes_from_hit_to_hit(page: Page) -> None:
    page.goto("/documents/doc-1?q=trách nhiệm")
    tab_to(page, "4 chỗ khớp")
    page.keyboard.press("Enter")
    expect(page.locator("#hit-1")).to_be_in_viewport()
    tab_to(page, "Chỗ khớp sau")
    page.keyboard.press("Enter")
    expect(page.locator("#hit-2")).to_be_in_viewport()
    expect(page.locator(".hops:visible")).to_contain_text("2/4")


def test_the_keyboard_alone_filters_by_days(page: Page) -> None:
    day = DOCUMENTS[5].issued
    page.goto("/search?q=kế hoạch")
    page.get_by_label("Từ ngày").first.focus()
    tab_to(page, "Lọc", ".dates")
    page.get_by_label("Từ ngày").first.focus()
    page.keyboard.type(f"{day:%m%d%Y}")
    page.get_by_label("Đến ngày").first.focus()
    page.keyboard.type(f"{day:%m%d%Y}")
    press_enter(page)

    expect(page.locator(".hit")).to_have_count(1)


_FOCUS = """() => {
  const node = document.activeElement;
  const style = getComputedStyle(node);
  const box = node.getBoundingClientRect();
  return {
    name: (node.getAttribute("aria-label") ?? node.innerText ?? "").trim(),
    html: node.outerHTML.slice(0, 120),
    visible: node === document.body || node.closest("main, aside") === node ||
      (style.outlineStyle !== "none" && parseFloat(style.outlineWidth) >= 2 && box.width > 0),
  };
}"""

_SMALL_TARGETS = """least => {
  const isInSentence = node => {
    const isInline = getComputedStyle(node).display === "inline";
    return isInline && node.parentElement.textContent.trim() !== node.textContent.trim();
  };
  return [...document.querySelectorAll("a[href], button, input:not([type=hidden]), summary")]
    .filter(node => node.checkVisibility() && !node.closest(".unseen, .skip") && !isInSentence(node))
    .map(node => [node, node.getBoundingClientRect()])
    .filter(([, box]) => Math.min(box.width, box.height) < least - 0.5)
    .map(([node, box]) => `${box.width} x ${box.height} ${node.outerHTML.slice(0, 100)}`);
}"""

_TIGHT_LINES = """least => [...document.body.querySelectorAll("*")]
  .filter(node => [...node.childNodes].some(child => child.nodeType === 3 && child.data.trim()))
  .filter(node => node.checkVisibility())
  .filter(node => node.closest("input, select, svg") === null)
  .filter(node => {
    const style = getComputedStyle(node);
    return style.lineHeight !== "normal" && parseFloat(style.lineHeight) / parseFloat(style.fontSize) < least - 0.01;
  })
  .map(node => `${getComputedStyle(node).lineHeight} ${node.outerHTML.slice(0, 100)}`)"""

_MOVING = """() => [...document.querySelectorAll("*")]
  .filter(node => {
    const style = getComputedStyle(node);
    const durations = `${style.transitionDuration},${style.animationDuration}`.split(",").map(parseFloat);
    return style.scrollBehavior === "smooth" || durations.some(seconds => seconds > 0.001);
  })
  .map(node => node.outerHTML.slice(0, 100))"""
