"""The lock that keeps writers apart: one document a lock, changed only by compare-and-set.

A lock says who holds it and until when, and its holder renews it. So a writer that died on another machine holds it
for at most `LEASE_SECONDS`; one that died on this machine is seen to be dead, and its lock is taken over at once, so
that a run that was killed can be run again without waiting. The clocks of the machines must agree to within the lease.
"""

from __future__ import annotations

import logging
import os
import socket
import threading
import time
import uuid
from collections.abc import Mapping
from dataclasses import asdict, dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from elastic_transport import ApiError, TransportError
from elasticsearch import BadRequestError, ConflictError, Elasticsearch, NotFoundError

from engines.elasticsearch.connection import engine_errors, error_type
from engines.interface import IndexLocked

LEASE_SECONDS = 60.0
"""How long a lock stays with a holder that no longer renews it."""

_RENEWAL_SECONDS = 15.0
_HELD_HERE: set[str] = set()
"""The holdings of this process that have not ended, whatever the server still says."""

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Holder:
    """A process that holds a lock.

    Attributes:
        holding: Distinguishes this holding from every other.
        host: Its machine's name, for people.
        place: Boot and process namespace: where `pid` means something. Empty where the system does not tell.
        pid: Its process id.
        started: When that process started, in the system's ticks: process ids are used again.
    """

    holding: str
    host: str
    place: str
    pid: int
    started: str

    @classmethod
    def current(cls) -> Holder:
        """This process."""
        return cls(uuid.uuid4().hex, socket.gethostname(), _place(), os.getpid(), _started(os.getpid()))

    def is_gone(self) -> bool:
        """Whether the lock is certainly held no more; False for one of another machine, of which we cannot know.

        This process may have left a lock behind too, when the server was away as it was to be released.
        """
        if not self.place or self.place != _place():
            return False
        left_behind = self.pid == os.getpid() and self.holding not in _HELD_HERE
        return left_behind or _started(self.pid) != self.started


def _place() -> str:
    try:
        boot = Path("/proc/sys/kernel/random/boot_id").read_text().strip()
        return f"{boot} {Path('/proc/self/ns/pid').readlink()}"
    except OSError:
        return ""


def _started(pid: int) -> str:
    """The 22nd field of `/proc/<pid>/stat`, counted from behind the process's name; empty when there is no process."""
    try:
        return Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[19]
    except OSError:
        return ""


@dataclass(frozen=True, slots=True)
class _Held:
    """A lock as the server has it; `version` is its sequence number and primary term."""

    holder: Holder
    expires_at: float
    version: tuple[int, int]

    def is_free(self) -> bool:
        return self.holder.is_gone() or time.time() >= self.expires_at


class WriteLock:
    """A lock held from `__enter__` to `__exit__`.

    Args:
        client: The connection.
        index: The index that holds the locks; made when missing.
        name: What is locked.
    """

    def __init__(self, client: Elasticsearch, index: str, name: str) -> None:
        self._client = client
        self._index = index
        self._name = name
        self._holder = Holder.current()
        self._version = (0, 0)
        self._renewed = 0.0
        self._lost = False
        self._released = threading.Event()
        self._keeper = threading.Thread(target=self._keep, name=f"lock of {name}", daemon=True)

    def __enter__(self) -> WriteLock:
        """Take the lock.

        Raises:
            IndexLocked: Somebody holds it.
        """
        _HELD_HERE.add(self._holder.holding)
        try:
            with engine_errors():
                self._provide_index()
                self._take()
        except BaseException:
            _HELD_HERE.discard(self._holder.holding)
            raise
        self._keeper.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            self._released.set()
            self._keeper.join()
            if not self._lost:
                self._release()
        finally:
            _HELD_HERE.discard(self._holder.holding)

    def check(self) -> None:
        """Return while the lock is surely ours.

        Raises:
            IndexLocked: It could not be renewed in time, so somebody else may hold it.
        """
        if self._lost or time.monotonic() - self._renewed > LEASE_SECONDS:
            raise IndexLocked(
                f"Mất khóa ghi “{self._name}”: quá {LEASE_SECONDS:.0f} giây không gia hạn được, tiến trình khác có thể "
                "đang ghi. Hãy chạy lại."
            )

    def _provide_index(self) -> None:
        if self._client.indices.exists(index=self._index):
            return
        try:
            self._client.indices.create(
                index=self._index,
                settings={"number_of_shards": 1, "auto_expand_replicas": "0-1"},
                mappings={"enabled": False},
            )
        except BadRequestError as error:
            if error_type(error) != "resource_already_exists_exception":
                raise

    def _take(self) -> None:
        asked = time.monotonic()
        try:
            answer = self._client.create(index=self._index, id=self._name, document=self._document())
        except ConflictError:
            self._take_over()
        else:
            self._remember(answer.body, asked)

    def _take_over(self) -> None:
        """Take the lock of a holder that is gone or did not renew it.

        Raises:
            IndexLocked: The holder is alive, or another process was faster.
        """
        try:
            held = self._read()
            if held.holder != self._holder and not held.is_free():
                raise self._locked_by(held.holder)
            self._write(held.version)
        except (ConflictError, NotFoundError) as error:
            raise IndexLocked(
                f"Một tiến trình khác vừa lấy khóa ghi “{self._name}”. Hãy thử lại sau giây lát."
            ) from error

    def _locked_by(self, holder: Holder) -> IndexLocked:
        return IndexLocked(
            f"Một tiến trình khác đang ghi chỉ mục “{self._name}”: máy {holder.host}, tiến trình {holder.pid}. "
            f"Nếu tiến trình ấy đã chết, khóa tự hết hạn trong {LEASE_SECONDS:.0f} giây."
        )

    def _read(self) -> _Held:
        found = self._client.get(index=self._index, id=self._name)
        source = found["_source"]
        return _Held(Holder(**source["holder"]), source["expires_at"], (found["_seq_no"], found["_primary_term"]))

    def _write(self, version: tuple[int, int]) -> None:
        asked = time.monotonic()
        answer = self._client.index(
            index=self._index,
            id=self._name,
            document=self._document(),
            if_seq_no=version[0],
            if_primary_term=version[1],
        )
        self._remember(answer.body, asked)

    def _remember(self, answer: Mapping[str, Any], asked: float) -> None:
        self._version = (answer["_seq_no"], answer["_primary_term"])
        self._renewed = asked

    def _document(self) -> dict[str, object]:
        return {"holder": asdict(self._holder), "expires_at": time.time() + LEASE_SECONDS}

    def _keep(self) -> None:
        """Renew the lock until it is released or lost; an unreachable server is asked again: `check` has a limit."""
        while not self._released.wait(_RENEWAL_SECONDS):
            try:
                self._lost = not self._renew()
            except (ApiError, TransportError) as error:
                _LOG.warning("lock %s was not renewed: %s", self._name, error)
            if self._lost:
                return

    def _renew(self) -> bool:
        """Whether the lock is still ours. A conflict may be with our own write, whose answer was lost."""
        try:
            try:
                self._write(self._version)
            except ConflictError:
                held = self._read()
                if held.holder != self._holder:
                    return False
                self._write(held.version)
        except NotFoundError:
            return False
        return True

    def _release(self) -> None:
        sequence_number, primary_term = self._version
        try:
            self._client.delete(
                index=self._index, id=self._name, if_seq_no=sequence_number, if_primary_term=primary_term
            )
        except (ApiError, TransportError) as error:
            # What was committed stays committed, and the lock expires by itself.
            _LOG.warning("lock %s was not released: %s", self._name, error)
