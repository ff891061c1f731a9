"""The search box in other places: a browser's own box (OpenSearch 1.1), and the pages of a portal (cổng thông tin)."""

from __future__ import annotations

from collections.abc import Sequence

from flask import Blueprint, Response, jsonify, render_template, request, url_for

from search_service.access import access_of
from search_service.params import read_query_string
from search_service.suggest import DEFAULT_SUGGESTIONS, Suggester

_DESCRIPTION = "application/opensearchdescription+xml"
_SUGGESTIONS = "application/x-suggestions+json"


def elsewhere(suggester: Suggester, embed_origins: Sequence[str]) -> Blueprint:
    """The search box for browsers and portals.

    Args:
        suggester: What browsers ask while somebody types.
        embed_origins: Sites whose pages may show the box; none may without.
    """
    blueprint = Blueprint("elsewhere", __name__)
    ancestors = " ".join(embed_origins) or "'none'"

    @blueprint.get("/opensearch.xml")
    def description() -> Response:
        return Response(render_template("opensearch.xml"), content_type=_DESCRIPTION)

    @blueprint.get("/opensearch/suggest")
    def suggestions() -> Response:
        """As browsers read them: what is typed, and texts."""
        typed = " ".join(read_query_string(request.query_string).get("q", ()))
        found = suggester.suggest(typed, DEFAULT_SUGGESTIONS, access_of(request)).suggestions
        response = jsonify([typed, [suggestion.text for suggestion in found]])
        response.content_type = _SUGGESTIONS
        return response

    @blueprint.get("/embed")
    def box() -> Response:
        response = Response(render_template("embed.html"))
        response.headers["Content-Security-Policy"] = (
            f"default-src 'self'; object-src 'none'; base-uri 'none'; form-action 'self'; frame-ancestors {ancestors}"
        )
        return response

    @blueprint.get("/embed.js")
    def script() -> Response:
        body = render_template("embed.js", address=url_for("elsewhere.box", _external=True))
        response = Response(body, content_type="text/javascript; charset=utf-8")
        response.headers["Cross-Origin-Resource-Policy"] = "cross-origin"
        return response

    return blueprint
