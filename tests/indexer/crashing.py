"""Readers for runs with real workers; in a module of their own, because every worker imports it."""

import os
import signal

from indexer.readers import Extracted
from tests.indexer.in_process import read_text


def read(content: bytes, name: str) -> Extracted:
    """A reader that some files bring down, as a fault in a library or the out-of-memory killer would."""
    if content == b"exit":
        os._exit(3)
    if content == b"kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if content == b"raise":
        raise ZeroDivisionError("một lỗi không ai ngờ")
    return read_text(content, name)
