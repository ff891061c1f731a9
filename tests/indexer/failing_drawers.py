"""What workers of the tests of pictures do; in a module of its own, because every worker imports it."""

import os
import time
from collections.abc import Callable

from indexer.pictures.tasks import Refused, Task


def make_crashing() -> Callable[[Task], bytes | Refused]:
    return lambda task: os._exit(7)


def make_endless() -> Callable[[Task], bytes | Refused]:
    return endless


def endless(task: Task) -> bytes:
    time.sleep(3600)
    return b""
