"""What workers do in the tests of the pool. Light to import: every worker does so."""

import os
import signal
import time
from collections.abc import Callable
from dataclasses import dataclass

from indexer.steps import tell


@dataclass(frozen=True)
class Order:
    """Something for a worker to do."""

    what: str
    weight: int = 1


def make_obedient() -> Callable[[Order], str]:
    return obey


def make_nothing() -> Callable[[Order], str]:
    raise RuntimeError("a worker that does not start; this traceback belongs to a test")


def obey(order: Order) -> str:
    if order.what == "exit":
        os._exit(7)
    if order.what == "kill":
        os.kill(os.getpid(), signal.SIGKILL)
    if order.what == "hang":
        time.sleep(3600)
    if order.what == "swell":
        bytearray(2**30)
    if order.what == "tell":
        for page in range(1, 4):
            tell(page, 3)
    if order.what == "slow":
        time.sleep(0.3)
    return order.what.upper()
