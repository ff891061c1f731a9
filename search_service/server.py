"""The production server: waitress, many threads in one process, on any operating system."""

from __future__ import annotations

import gc
import logging

from flask import Flask
from waitress.server import BaseWSGIServer, MultiSocketServer, create_server

_THREADS = 8
_LARGEST_HEADER = 1_048_576
"""A question travels in the address, and a pasted page of text is a long one."""

_OBJECTS_BETWEEN_COLLECTIONS = 50_000
"""An answer makes some ten thousand objects, hardly any of them in a cycle."""

_log = logging.getLogger(__name__)


def make_server(app: Flask, host: str, port: int) -> BaseWSGIServer | MultiSocketServer:
    """A server bound to an address; port 0 takes a free one. `run` serves, `close` ends it.

    Raises:
        OSError: The address cannot be bound.
    """
    return create_server(app, host=host, port=port, threads=_THREADS, ident="", max_request_header_size=_LARGEST_HEADER)


def serve(app: Flask, host: str, port: int) -> None:
    """Serve until interrupted, having logged the address."""
    server = make_server(app, host, port)
    shown = f"[{host}]" if ":" in host else host
    # The models never die; looking through their millions of objects again and again would hold up answers.
    gc.collect()
    gc.freeze()
    gc.set_threshold(_OBJECTS_BETWEEN_COLLECTIONS)
    _log.info("Tra cứu đang chạy tại http://%s:%s", shown, getattr(server, "effective_port", port))
    try:
        server.run()
    finally:
        server.close()
