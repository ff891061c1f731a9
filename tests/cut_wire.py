"""A wire to a server that can be cut: a relay on a loopback port that lets so many bytes through and then no more."""

from __future__ import annotations

import socket
import threading
from contextlib import suppress

_PIECE = 2**12


class CutWire:
    """Relays connections until the server has sent `lets` bytes in all; then every connection is closed.

    Args:
        port: The server's, on this machine.
        lets: Bytes; None for any number.
    """

    def __init__(self, port: int, lets: int | None) -> None:
        self._server = port
        self._left = lets
        self._lock = threading.Lock()
        self._listener = socket.create_server(("127.0.0.1", 0))
        self.port = int(self._listener.getsockname()[1])
        threading.Thread(target=self._accept, daemon=True).start()

    def close(self) -> None:
        """Take no more connections."""
        with suppress(OSError):
            self._listener.shutdown(socket.SHUT_RDWR)
        self._listener.close()

    def _accept(self) -> None:
        while True:
            try:
                client, _ = self._listener.accept()
            except OSError:
                return
            if self._left == 0:
                client.close()
                continue
            server = socket.create_connection(("127.0.0.1", self._server))
            threading.Thread(target=self._relay, args=(client, server, False), daemon=True).start()
            threading.Thread(target=self._relay, args=(server, client, True), daemon=True).start()

    def _relay(self, source: socket.socket, target: socket.socket, counts: bool) -> None:
        with suppress(OSError):
            while piece := source.recv(_PIECE):
                target.sendall(self._let_through(piece) if counts else piece)
                if counts and self._left == 0:
                    break
        for end in (source, target):
            with suppress(OSError):
                end.shutdown(socket.SHUT_RDWR)

    def _let_through(self, piece: bytes) -> bytes:
        with self._lock:
            if self._left is None:
                return piece
            let = piece[: self._left]
            self._left -= len(let)
            return let
