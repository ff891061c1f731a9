"""What a browser loads for a page, and what its content security policy refuses."""

import re
from urllib.parse import urlsplit

import pytest
from playwright.sync_api import Browser, Response

from tests.end_to_end.places import ORIGINAL_PAGES, PAGES, open_original

MOST_BYTES = 150_000
FINGERPRINT = re.compile(r"^v=[0-9a-f]{12}$")


@pytest.mark.parametrize("what", PAGES)
def test_a_page_is_light_local_and_within_its_policy(browser: Browser, site: str, what: str) -> None:
    context = browser.new_context(base_url=site)
    page = context.new_page()
    loaded: list[Response] = []
    refused: list[str] = []
    page.on("response", lambda response: loaded.append(response))
    page.expose_function("noteViolation", lambda told: refused.append(told))
    page.add_init_script(
        "addEventListener('securitypolicyviolation', event => noteViolation(event.effectiveDirective + event.sample))"
    )
    page.goto(PAGES[what], wait_until="networkidle")
    document, *assets = loaded
    size = sum(len(response.body()) for response in loaded)
    inline = page.locator("style, [style], script:not([src]), [onclick]").count()

    policy = document.headers["content-security-policy"]
    context.close()
    assert size < MOST_BYTES
    assert assets
    assert [one.url for one in assets if not one.url.startswith(f"{site}/static/")] == []
    assert [one.url for one in assets if not FINGERPRINT.match(urlsplit(one.url).query)] == []
    assert all("max-age=31536000" in one.headers["cache-control"] for one in assets)
    assert "unsafe" not in policy
    assert "default-src 'self'" in policy
    assert inline == 0
    assert refused == []


@pytest.mark.parametrize("what", ORIGINAL_PAGES)
def test_pictures_of_pages_are_within_the_policy(browser: Browser, originals_site: str, what: str) -> None:
    context = browser.new_context(base_url=originals_site)
    page = context.new_page()
    loaded: list[Response] = []
    page.on("response", lambda response: loaded.append(response))
    messages: list[str] = []
    page.on("console", lambda message: messages.append(message.text))
    open_original(page, *ORIGINAL_PAGES[what])
    page.wait_for_load_state("networkidle")

    foreign = [one.url for one in loaded if not one.url.startswith(f"{originals_site}/")]
    policies = {one.headers.get("content-security-policy") for one in loaded}
    inline = page.locator("style, [style], script:not([src]), [onclick]").count()
    context.close()
    assert foreign == []
    assert len(policies) == 1
    assert "unsafe" not in (policies.pop() or "unsafe")
    assert inline == 0
    assert messages == []
