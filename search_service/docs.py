"""The API's documentation: its OpenAPI document and Swagger UI, all from this server."""

from __future__ import annotations

from importlib.resources import files

from flask import Blueprint, Response, jsonify, render_template

from search_service.openapi import openapi

_POLICY = (
    "default-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; object-src 'none'; base-uri 'none'; "
    "frame-ancestors 'none'"
)
"""Swagger UI draws its icons from data: addresses and sets styles on elements."""


def docs() -> Blueprint:
    """`/openapi.json`, and `/docs` to read and try it."""
    document = openapi()
    blueprint = Blueprint(
        "docs",
        __name__,
        static_folder=str(files("flask_openapi3_swagger") / "templates" / "swagger"),
        static_url_path="/docs/swagger",
    )

    @blueprint.get("/openapi.json")
    def openapi_json() -> Response:
        return jsonify(document)

    @blueprint.get("/docs")
    def page() -> Response:
        response = Response(render_template("docs.html"))
        response.headers["Content-Security-Policy"] = _POLICY
        return response

    return blueprint
