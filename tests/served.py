"""An application on the real server, on a free loopback port."""

import threading
from collections.abc import Iterator
from contextlib import contextmanager

from flask import Flask

from search_service.server import make_server


@contextmanager
def served(app: Flask) -> Iterator[str]:
    """The address at which the application answers."""
    server = make_server(app, "127.0.0.1", 0)
    thread = threading.Thread(target=server.run)
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.effective_port}"
    finally:
        # Threads that still end their last answers would wake a server that is gone.
        server.task_dispatcher.shutdown()
        # Closed by its own thread, which else may be waiting for a socket that is gone.
        server.trigger.pull_trigger(server.close)
        thread.join()
