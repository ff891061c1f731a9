"""Which language a reader wants: Vietnamese, until `lang=en` in an address asks for English, which a cookie keeps.

What the browser prefers is not asked: many of an office's computers run an English Windows, and their users read
Vietnamese.
"""

from __future__ import annotations

from urllib.parse import parse_qsl, urlencode

from flask import Flask, Response, has_request_context, request

LANGUAGES = ("vi", "en")
_PARAMETER = "lang"
_COOKIE = "lang"
_YEAR_SECONDS = 365 * 24 * 3600


def language() -> str:
    """The language of the page being made: what the address says, or else the cookie, or else Vietnamese."""
    wishes = (_wish(), request.cookies.get(_COOKIE)) if has_request_context() else ()
    return next((wish for wish in wishes if wish in LANGUAGES), LANGUAGES[0])


def is_english() -> bool:
    """Whether the page being made is to be in English."""
    return language() == "en"


def offer_languages(app: Flask) -> None:
    """Tell templates the language and the address of the same page in each, and keep a choice in a cookie."""

    @app.context_processor
    def languages() -> dict[str, object]:
        return {"language": language(), "in_language": _in_language}

    @app.after_request
    def remember(response: Response) -> Response:
        if response.mimetype != "text/html":
            return response
        response.vary.add("Cookie")
        if (wish := _wish()) in LANGUAGES:
            response.set_cookie(
                _COOKIE, wish or "", _YEAR_SECONDS, samesite="Lax", httponly=True, secure=request.is_secure
            )
        return response


def _wish() -> str | None:
    return request.args.get(_PARAMETER)


def _in_language(wanted: str) -> str:
    """The address of the same page in a language, relative to it, so that the path stays as it was sent."""
    query = request.query_string.decode("utf-8", "replace")
    kept = [(name, value) for name, value in parse_qsl(query, keep_blank_values=True) if name != _PARAMETER]
    return f"?{urlencode([*kept, (_PARAMETER, wanted)])}"
