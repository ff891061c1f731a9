"""The original beside its text, in a real browser with JavaScript and without, on a desktop and on a phone."""

import re
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.end_to_end.with_originals import IDS


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def width(request: pytest.FixtureRequest) -> int:
    return int(request.param)


@pytest.fixture(params=[True, False], ids=["script", "no-script"])
def page(request: pytest.FixtureRequest, browser: Browser, originals_site: str, width: int) -> Iterator[Page]:
    """A page whose browser refused, threw and asked of another host nothing at its end."""
    context = browser.new_context(
        base_url=originals_site, viewport={"width": width, "height": 800}, java_script_enabled=request.param
    )
    page = context.new_page()
    foreign: list[str] = []
    errors: list[str] = []
    page.on("request", lambda asked: foreign.append(asked.url) if not asked.url.startswith(originals_site) else None)
    page.on("pageerror", lambda error: errors.append(str(error)))
    page.on("console", lambda message: errors.append(message.text) if message.type == "error" else None)
    yield page
    context.close()
    assert (foreign, errors) == ([], [])


def is_drawn(image: Locator) -> bool:
    return bool(image.evaluate("node => node.decode().then(() => node.naturalWidth > 0)"))


@pytest.mark.parametrize("id", IDS)
def test_the_original_lies_beside_its_text(page: Page, width: int, id: str) -> None:
    page.goto(f"/documents/{id}?q=quyết định")
    with page.expect_navigation():
        page.locator("a.thumb").click()

    picture, text = page.locator(".layers .picture"), page.locator("#text")
    assert is_drawn(picture)
    assert is_drawn(page.locator(".layers .hits"))
    assert picture.bounding_box() == page.locator(".layers .hits").bounding_box()
    seen, beside = picture.bounding_box(), text.bounding_box()
    assert seen is not None
    assert beside is not None
    if width > 1000:
        assert beside["x"] >= seen["x"] + seen["width"]
        assert abs(beside["y"] - seen["y"]) < 40
    else:
        assert beside["y"] >= seen["y"] + seen["height"]
    expect(text).to_contain_text(re.compile("quyết định", re.IGNORECASE))
    assert page.evaluate("document.documentElement.scrollWidth <= innerWidth")


def test_links_turn_the_pages_and_lead_back(page: Page) -> None:
    page.goto("/documents/van-ban?q=chuyển đổi số")
    with page.expect_navigation():
        page.get_by_role("link", name="Ảnh trang 2").click()
    expect(page.locator(".leaf [aria-current=page]")).to_have_text("Trang 2 / 2")
    expect(page.locator("#text")).to_contain_text("Trang thứ 2")
    with page.expect_navigation():
        page.get_by_role("link", name="← Trang trước").click()
    expect(page.locator("#text")).to_contain_text("Trang thứ 1")
    with page.expect_navigation():
        page.get_by_role("link", name="← Văn bản", exact=True).click()
    expect(page.get_by_role("searchbox").or_(page.get_by_role("combobox"))).to_have_value("chuyển đổi số")


def test_a_snippet_leads_by_the_keyboard_to_its_page_with_the_hits_marked(page: Page) -> None:
    page.goto("/search?q=chuyển đổi số")
    link = page.get_by_role("link", name="Trang 1 của bản gốc 15/2021/QĐ-UBND").first
    link.focus()
    with page.expect_navigation():
        page.keyboard.press("Enter")
    expect(page.locator(".leaf [aria-current=page]")).to_have_text("Trang 1 / 2")
    assert is_drawn(page.locator(".layers .picture"))
    assert is_drawn(page.locator(".layers .hits"))
    expect(page.locator("#text mark").first).to_be_visible()


def test_a_relation_has_a_picture_on_the_desktop_and_always_a_line_in_the_list(page: Page, width: int) -> None:
    page.goto("/documents/van-ban")
    expect(page.locator(".relations svg")).to_be_visible(visible=width > 1000)
    expect(page.locator("#related")).to_contain_text("77/2015/QH13")
    expect(page.locator(".relations")).to_contain_text("Luật 77/2015/QH13")


def test_the_citation_can_be_selected_and_by_a_script_copied(page: Page, request: pytest.FixtureRequest) -> None:
    page.goto("/documents/van-ban")
    expect(page.locator("#citation")).to_contain_text("Quyết định số 15/2021/QĐ-UBND")
    button = page.get_by_role("button", name="Chép dòng trích dẫn")
    has_script = "no-script" not in request.node.callspec.id
    expect(button).to_be_visible(visible=has_script)
    if has_script:
        button.click()
        expect(page.locator(".citation [role=status]")).not_to_be_empty()


def test_keys_go_from_hit_to_hit_and_from_page_to_page(browser: Browser, originals_site: str) -> None:
    page = browser.new_page(base_url=originals_site)
    page.goto("/documents/van-ban?q=chuyển đổi số")
    page.locator("h1").click()
    for key, place in (("n", 1), ("n", 2), ("n", 3), ("p", 2)):
        page.keyboard.press(key)
        expect(page.locator("mark:target")).to_have_id(f"hit-{place}")
    page.get_by_role("combobox").press("n")
    expect(page.locator("mark:target")).to_have_id("hit-2")
    page.goto(page.locator("a.thumb").get_attribute("href") or "")
    page.keyboard.press("n")
    expect(page.locator(".leaf [aria-current=page]")).to_have_text("Trang 2 / 2")
    page.keyboard.press("p")
    expect(page.locator(".leaf [aria-current=page]")).to_have_text("Trang 1 / 2")
    page.close()
