"""What the service does with every answer: compression, conditional requests, who may ask from another site."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping, Sequence
from typing import Any

from flask import Flask, Response, jsonify, request
from flask_compress import Compress
from flask_cors import CORS

_COMPRESSED = [
    *("application/json", "application/problem+json", "application/atom+xml", "application/x-ndjson"),
    *("text/html", "text/css", "text/javascript", "text/csv", "image/svg+xml", "application/opensearchdescription+xml"),
]
_VARYING = "took_ms"


def conditional_json(body: Mapping[str, Any]) -> Response:
    """An answer with an entity tag (RFC 9110, 8.8.3) of what it says; how long it took is no part of that.

    The tag is weak, for two answers with one tag may differ in that time.
    """
    told = {name: value for name, value in body.items() if name != _VARYING}
    digest = hashlib.blake2b(json.dumps(told, ensure_ascii=False).encode(), digest_size=12)
    response = jsonify(body)
    response.set_etag(digest.hexdigest(), weak=True)
    return response


def mind_manners(app: Flask, api_prefix: str, cors_origins: Sequence[str]) -> None:
    """Compress answers, leave out those that the asker has, and let the pages of some sites call the API.

    Args:
        app: The application.
        api_prefix: Where the API is.
        cors_origins: Origins (`https://dichvucong.example.vn`) whose pages may call it; `*` is every one.
    """

    # Functions that are told of first run last: what is compared is the tag as it will be sent.
    @app.after_request
    def leave_out_what_is_known(response: Response) -> Response:
        if request.method in ("GET", "HEAD") and response.status_code == 200 and response.get_etag()[0]:
            response.make_conditional(request)
        return response

    app.config["COMPRESS_MIMETYPES"] = _COMPRESSED
    app.config["COMPRESS_ALGORITHM"] = app.config["COMPRESS_ALGORITHM_STREAMING"] = ["br", "gzip"]
    Compress(app)
    if cors_origins:
        CORS(
            app,
            resources={f"{api_prefix}/*": {"origins": list(cors_origins)}},
            methods=["GET", "HEAD", "OPTIONS", "PUT", "POST", "DELETE"],
            allow_headers=["Authorization", "Content-Type", "If-Match", "If-None-Match"],
            expose_headers=["ETag", "Location", "Retry-After"],
        )
