"""What Schemathesis does not know by itself: how a made-up text becomes lines for the bulk import."""

import json
from typing import Any

import schemathesis
from schemathesis import SerializationContext


@schemathesis.serializer("application/x-ndjson")
def as_lines(context: SerializationContext, value: Any) -> bytes:
    """A line as it was made up, a record and a deletion with the same text."""
    lines = [str(value), json.dumps({"id": str(value), "text": str(value)}), json.dumps({"delete": str(value)})]
    return "\n".join(lines).encode(errors="surrogatepass")
