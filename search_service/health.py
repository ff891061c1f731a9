"""Whether the service lives and can answer, for whatever watches it."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from search_service.search import SearchService


def health(service: SearchService) -> Blueprint:
    """`/healthz` says that the process lives, `/readyz` that a search would be answered."""
    blueprint = Blueprint("health", __name__)

    @blueprint.get("/healthz")
    def healthz() -> Response:
        return jsonify({"status": "ok"})

    @blueprint.get("/readyz")
    def readyz() -> Response:
        service.engine.ping()
        return jsonify({"status": "ok"})

    return blueprint
