"""The web application: API, pages, documentation and health over one search service."""

from __future__ import annotations

import hashlib
from collections.abc import Sequence
from pathlib import Path

from flask import Flask, Response, url_for

from indexer.changes import ChangeReader
from indexer.originals.giving import Originals
from indexer.pictures.images import PageImages
from search_service.addresses import AnyTextConverter, EncodedPaths
from search_service.api import PREFIX, api
from search_service.asking import asking
from search_service.baskets import baskets
from search_service.changes import changes_feed
from search_service.docs import docs
from search_service.elsewhere import elsewhere
from search_service.failures import handle_failures
from search_service.files import files
from search_service.health import health
from search_service.lists import lists
from search_service.manners import mind_manners
from search_service.page_images import page_images
from search_service.pages import pages
from search_service.search import SearchService
from search_service.suggest import Suggester
from search_service.tongues.choice import offer_languages
from search_service.tongues.templates import BilingualEnvironment
from search_service.writing import Writing, writes

_YEAR_SECONDS = 365 * 24 * 3600
_HEADERS = {
    "Content-Security-Policy": (
        "default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors 'none'"
    ),
    "X-Content-Type-Options": "nosniff",
    # The document page leads back to the results by the address that the reader came from.
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    # What somebody may see is for nobody else's cache.
    "Cache-Control": "private, no-cache",
}


def create_app(
    service: SearchService,
    writing: Writing | None = None,
    originals: Originals | None = None,
    images: PageImages | None = None,
    *,
    changes: ChangeReader | None = None,
    cors_origins: Sequence[str] = (),
    embed_origins: Sequence[str] = (),
) -> Flask:
    """The application over a service.

    Args:
        service: Answers questions.
        writing: Takes documents; without it the API only reads.
        originals: Gives files; without them none is given.
        images: Draws their pages; without it none is shown.
        changes: Tells what changed in the index; without it the API does not.
        cors_origins: Sites whose pages may call the API.
        embed_origins: Sites whose pages may show the search box.
    """
    app = Flask(__name__)
    app.jinja_environment = BilingualEnvironment
    app.config["SEND_FILE_MAX_AGE_DEFAULT"] = _YEAR_SECONDS
    app.json.sort_keys = False  # type: ignore[attr-defined]
    app.json.ensure_ascii = False  # type: ignore[attr-defined]
    app.url_map.merge_slashes = False
    app.url_map.converters["any_text"] = AnyTextConverter
    app.jinja_env.trim_blocks = app.jinja_env.lstrip_blocks = True
    suggester = Suggester(service.engine, service.analyzer)
    for blueprint in (
        api(service, suggester),
        elsewhere(suggester, embed_origins),
        lists(service, PREFIX),
        files(service.engine, originals, PREFIX),
        baskets(service, originals, PREFIX),
        asking(service),
        writes(writing, PREFIX),
        changes_feed(service.engine, changes, PREFIX),
        pages(service, originals, images),
        page_images(service, images),
        docs(),
        health(service),
    ):
        app.register_blueprint(blueprint)
    app.wsgi_app = EncodedPaths(app.wsgi_app, ("/documents/", f"{PREFIX}/documents/"))  # type: ignore[method-assign]
    handle_failures(app)
    offer_languages(app)
    mind_manners(app, PREFIX, cors_origins)
    _version_static_files(app)

    @app.after_request
    def add_headers(response: Response) -> Response:
        for name, value in _HEADERS.items():
            response.headers.setdefault(name, value)
        return response

    return app


def _version_static_files(app: Flask) -> None:
    """Put a digest of each static file into its address: caches keep it for long and never show an old one."""
    folder = Path(app.static_folder or "")
    digests = {path.name: hashlib.blake2b(path.read_bytes(), digest_size=6).hexdigest() for path in folder.iterdir()}

    @app.template_global()
    def static_file(name: str) -> str:
        return url_for("static", filename=name, v=digests[name])
