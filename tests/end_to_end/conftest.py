"""A real server over a real index, and a real browser."""

from collections.abc import Iterator
from contextlib import closing

import pytest
from playwright.sync_api import Browser, Page, sync_playwright

from engines.embedded import EmbeddedEngine
from indexer.analysis import load_analysis
from scripts.chromium import chromium
from search_service.app import create_app
from search_service.search import SearchService
from tests.end_to_end.with_originals import originals_served
from tests.search_service.documents import DOCUMENTS
from tests.search_service.indexes import embedded
from tests.served import served

_FLAGS = (
    "--no-sandbox",
    "--disable-gpu",
    "--disable-quic",
    "--no-first-run",
    "--disable-background-networking",
    "--disable-component-update",
    "--disable-sync",
)


@pytest.fixture(scope="session")
def site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a running service."""
    analysis = load_analysis()
    engine: EmbeddedEngine = embedded(tmp_path_factory.mktemp("index"), DOCUMENTS, analysis)
    with closing(engine), served(create_app(SearchService(engine, analysis.analyzer))) as address:
        yield address


@pytest.fixture(scope="session")
def empty_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service that has no index yet."""
    engine = EmbeddedEngine(tmp_path_factory.mktemp("empty"))
    with closing(engine), served(create_app(SearchService(engine, load_analysis().analyzer))) as address:
        yield address


@pytest.fixture(scope="session")
def originals_site(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a service with a PDF, a scan and a Word file."""
    with originals_served(tmp_path_factory.mktemp("originals")) as address:
        yield address


@pytest.fixture(scope="session")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium(), args=list(_FLAGS))
        yield browser
        browser.close()


@pytest.fixture(params=[1280, 360], ids=["desktop", "phone"])
def page(request: pytest.FixtureRequest, browser: Browser, site: str) -> Iterator[Page]:
    """A page without JavaScript, at both widths; at its end, every request must have gone to the site alone."""
    context = browser.new_context(
        base_url=site, viewport={"width": request.param, "height": 800}, java_script_enabled=False, locale="vi-VN"
    )
    requests: list[str] = []
    context.on("request", lambda request: requests.append(request.url))
    page = context.new_page()
    yield page
    foreign = [url for url in requests if not url.startswith((site, "data:"))]
    context.close()
    assert requests
    assert foreign == []
