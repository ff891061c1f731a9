"""The search box in browsers and portals."""

from flask.testing import FlaskClient
from lxml import etree

from search_service.app import create_app
from search_service.search import SearchService

OPENSEARCH = {"o": "http://a9.com/-/spec/opensearch/1.1/"}


def test_a_browser_can_add_the_search_and_its_addresses_answer(client: FlaskClient) -> None:
    assert '<link rel="search"' in client.get("/").text
    response = client.get("/opensearch.xml")

    assert response.mimetype == "application/opensearchdescription+xml"
    addresses = {
        url.get("type"): url.get("template") for url in etree.fromstring(response.data).findall("o:Url", OPENSEARCH)
    }
    for media_type, address in addresses.items():
        path = address.removeprefix("http://localhost").replace("{searchTerms}", "chuy%E1%BB%83n+%C4%91%E1%BB%95i")
        answer = client.get(path)
        assert (answer.status_code, answer.mimetype) == (200, media_type)


def test_a_browser_gets_suggestions_in_its_own_form(client: FlaskClient) -> None:
    typed, texts = client.get("/opensearch/suggest?q=chuyen doi").get_json(force=True)

    assert typed == "chuyen doi"
    assert any("chuyển đổi số" in text.lower() for text in texts)
    assert client.get("/opensearch/suggest").get_json(force=True) == ["", []]


def test_only_named_sites_may_show_the_box(service: SearchService) -> None:
    portal = "https://cong.example.vn"
    closed, opened = create_app(service), create_app(service, embed_origins=[portal])

    assert "frame-ancestors 'none'" in closed.test_client().get("/embed").headers["Content-Security-Policy"]
    assert f"frame-ancestors {portal}" in opened.test_client().get("/embed").headers["Content-Security-Policy"]
    assert "frame-ancestors 'none'" in opened.test_client().get("/").headers["Content-Security-Policy"]


def test_the_box_asks_in_a_page_of_its_own_and_its_script_puts_it_in_a_frame(client: FlaskClient) -> None:
    page, script = client.get("/embed").text, client.get("/embed.js")

    assert 'target="_blank"' in page
    assert '"http://localhost/embed"' in script.text
    assert script.headers["Cross-Origin-Resource-Policy"] == "cross-origin"
