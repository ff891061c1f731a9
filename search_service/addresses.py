"""Document ids in addresses: an id is any text, percent-encoded, slashes and all.

A server decodes a path before it hands it over, and then `/documents/a%2Fsimilar`, the document `a/similar`, looks like
`/documents/a/similar`, what is similar to the document `a`. So the paths below documents are routed as they were sent,
and the converter decodes the id.
"""

from __future__ import annotations

from collections.abc import Iterable
from urllib.parse import quote, unquote, unquote_to_bytes
from wsgiref.types import StartResponse, WSGIApplication, WSGIEnvironment

from werkzeug.routing import BaseConverter


class AnyTextConverter(BaseConverter):
    """The rest of a path, whatever it holds. The map must not merge slashes, or `a//b` would become `a/b`."""

    part_isolating = False
    regex = "(?s:.+)"

    def to_python(self, value: str) -> str:
        """The id in a path as it was sent (`EncodedPaths`); bytes that are not UTF-8 become U+FFFD."""
        return unquote(value)

    def to_url(self, value: str) -> str:
        """The id with everything encoded that has a meaning in an address."""
        return quote(value, safe="")


class EncodedPaths:
    """WSGI middleware that leaves the paths under some prefixes percent-encoded, as the client sent them.

    The path as sent is in `REQUEST_URI`, which is no part of WSGI (PEP 3333) but given by waitress, Werkzeug and most
    servers. Where it is missing, a decoded slash cannot be told from one that was sent.
    """

    def __init__(self, app: WSGIApplication, prefixes: Iterable[str]) -> None:
        """Wrap an application; `prefixes` begin and end with a slash."""
        self._app = app
        self._prefixes = tuple(prefixes)

    def __call__(self, environ: WSGIEnvironment, start_response: StartResponse) -> Iterable[bytes]:
        """Answer a request, its path as it was sent where that makes a difference."""
        path = environ.get("PATH_INFO", "")
        if path.startswith(self._prefixes):
            sent = environ.get("REQUEST_URI", "").partition("?")[0].removeprefix(quote(environ.get("SCRIPT_NAME", "")))
            environ["PATH_INFO"] = sent if self._is_path(sent, path) else quote(path.encode("latin-1"))
        return self._app(environ, start_response)

    def _is_path(self, sent: str, path: str) -> bool:
        """Whether a path as sent is this decoded one, and its prefix can be routed as it stands."""
        return sent.startswith(self._prefixes) and unquote_to_bytes(sent.encode("latin-1")) == path.encode("latin-1")
