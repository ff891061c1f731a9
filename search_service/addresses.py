"""Document ids in addresses: an id is any text, percent-encoded, slashes and all."""

from __future__ import annotations

from urllib.parse import quote

from werkzeug.routing import BaseConverter


class AnyTextConverter(BaseConverter):
    """The rest of a path, whatever it holds. The map must not merge slashes, or `a//b` would become `a/b`."""

    part_isolating = False
    regex = "(?s:.+)"

    def to_url(self, value: str) -> str:
        """The id with everything encoded that has a meaning in an address."""
        return quote(value, safe="")
