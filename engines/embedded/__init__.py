"""The default engine: tantivy in this process, one directory, no server, safe to kill."""

from engines.embedded.engine import EmbeddedEngine

__all__ = ["EmbeddedEngine"]
