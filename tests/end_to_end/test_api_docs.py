"""docs/api.md does what it says: its examples run, in their order, against a service with the sample documents."""

import os
import re
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page

from engines.embedded import EmbeddedEngine
from indexer.analysis import load_analysis
from indexer.changes import ChangeReader
from indexer.pipeline import Options, index
from indexer.pushing import Inbox
from indexer.sources import Root
from search_service.app import create_app
from search_service.search import SearchService
from search_service.writing import Writing
from tests.served import served

ROOT = Path(__file__).parents[2]
ADDRESS = "http://127.0.0.1:8000"
TOKEN = "mot-ma-bi-mat-de-thu"  # noqa: S105 - it opens nothing
DOCS = (ROOT / "docs" / "api.md").read_text(encoding="utf-8")
RUN = {
    "bash": ("bash", "-e", "-c"),
    "python": (sys.executable, "-c"),
    "javascript": ("node", "--input-type=module", "-e"),
}
BLOCK = re.compile(r"^```(\w+)\n(.*?)^```$(?:\n+^```text\n(.*?)^```$)?", re.MULTILINE | re.DOTALL)
EXAMPLES = [match.groups() for match in BLOCK.finditer(DOCS) if match[1] in RUN]


@dataclass(frozen=True, slots=True)
class Portal:
    """A page of another origin."""

    address: str


@pytest.fixture(scope="module")
def portal() -> Iterator[Portal]:
    """A site of its own that has one page: the tag of the docs, with the address of the service put in by the test."""
    from flask import Flask, request

    app = Flask("portal")

    @app.get("/")
    def page() -> str:
        (tag,) = re.findall(r"^```html\n(.*?)^```$", DOCS, re.MULTILINE | re.DOTALL)
        return f"<!doctype html><title>Portal</title><body>{tag.replace(ADDRESS, request.args['service'])}"

    with served(app) as address:
        yield Portal(address)


@pytest.fixture(scope="module")
def office(tmp_path_factory: pytest.TempPathFactory, portal: Portal) -> Iterator[str]:
    home = tmp_path_factory.mktemp("home")
    journal = home / "journal.sqlite3"
    analysis = load_analysis()
    with closing(EmbeddedEngine(home / "index")) as engine:
        index(engine, journal, [Root.of(ROOT / "samples" / "documents")], Options(workers=2))
        writing = Writing(Inbox(engine, journal, analysis.analyzer), TOKEN)
        origins = [portal.address]
        app = create_app(
            SearchService(engine, analysis.analyzer),
            writing,
            changes=ChangeReader(journal),
            cors_origins=origins,
            embed_origins=origins,
        )
        with served(app) as address:
            yield address


@pytest.fixture
def visitor(browser: Browser) -> Iterator[Page]:
    """Somebody's page, closed before the services are: they wait for whoever is connected."""
    with browser.new_context() as context:
        context.set_default_timeout(20_000)
        yield context.new_page()


def test_every_language_has_examples() -> None:
    assert {language for language, _, _ in EXAMPLES} == set(RUN)


def test_the_examples_of_the_docs_do_what_the_docs_say(office: str) -> None:
    for language, code, expected in EXAMPLES:
        done = subprocess.run(
            (*RUN[language], code.replace(ADDRESS, office)),
            cwd=ROOT,
            env={**os.environ, "TRACUU_API_TOKEN": TOKEN, "PYTHONUTF8": "1"},
            capture_output=True,
            text=True,
            timeout=120,
            check=False,
        )
        assert done.returncode == 0, f"{code}\n{done.stderr}"
        if expected is not None:
            assert done.stdout == expected, code


def test_the_box_is_shown_and_asks_from_a_page_of_another_site(visitor: Page, office: str, portal: Portal) -> None:
    visitor.goto(f"{portal.address}/?service={office}")
    box = visitor.frame_locator("iframe")
    box.locator("[name=q]").fill("nghị quyết hỗ trợ học phí")
    with visitor.context.expect_page() as opened:
        box.locator("[name=q]").press("Enter")
    assert opened.value.url.startswith(f"{office}/search?")
    assert "19/2024/NQ-HĐND" in opened.value.inner_text("main")


def test_a_page_of_a_named_site_may_call_the_api_and_show_the_box_and_no_other_may(
    visitor: Page, office: str, portal: Portal
) -> None:
    call = f"fetch('{office}/api/v1/search?q=học phí').then(answer => answer.status, () => 'refused')"
    visitor.goto(f"{portal.address}/?service={office}")
    assert visitor.evaluate(call) == 200
    other = portal.address.replace("127.0.0.1", "localhost")
    visitor.goto(f"{other}/?service={office}")
    assert visitor.evaluate(call) == "refused"
    visitor.wait_for_load_state("networkidle")
    assert visitor.frame_locator("iframe").locator("form").count() == 0
