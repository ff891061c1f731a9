"""Prints the port to serve on: the one asked for, else 8000, else any that is free."""

import socket
import sys

USUAL_PORT = 8000


def is_free(port: int) -> bool:
    """Whether a server could listen on this port of the loopback address."""
    with socket.socket() as probe:
        probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
        try:
            probe.bind(("127.0.0.1", port))
        except OSError:
            return False
    return True


def any_free_port() -> int:
    """A port that the system has just found free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    return port


if __name__ == "__main__":
    asked = sys.argv[1:]
    print(asked[0] if asked else USUAL_PORT if is_free(USUAL_PORT) else any_free_port())
