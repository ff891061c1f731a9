"""Wall time and peak memory of a command and its children, or of a service while something is done with it."""

from __future__ import annotations

import os
import subprocess
import threading
import time
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import psutil

_SAMPLE_SECONDS = 0.05
_LOOK_SECONDS = 0.2
_SAMPLE_SHARE = 0.05  # of a core at most, since what is measured needs it: a look takes 20 ms and more


@dataclass(frozen=True, slots=True)
class Run:
    """A finished command: wall time, and the largest sum of proportional set sizes of its process tree, sampled."""

    seconds: float
    peak_bytes: int

    @property
    def peak_mib(self) -> int:
        """Peak memory in MiB."""
        return mib(self.peak_bytes)


def run(command: Sequence[str], env: Mapping[str, str]) -> Run:
    """Run a command to its end.

    Raises:
        RuntimeError: It failed; the message ends with its output.
    """
    begun = time.perf_counter()
    process = subprocess.Popen(command, env=dict(env), stdout=subprocess.PIPE, stderr=subprocess.STDOUT, text=True)
    tree, peak, pause = psutil.Process(process.pid), 0, _SAMPLE_SECONDS
    while True:
        try:
            output, _ = process.communicate(timeout=pause)
            break
        except subprocess.TimeoutExpired:
            looked = time.perf_counter()
            peak = max(peak, tree_bytes(tree))
            pause = max(_SAMPLE_SECONDS, (time.perf_counter() - looked) / _SAMPLE_SHARE)
    seconds = time.perf_counter() - begun
    if process.returncode:
        raise RuntimeError(f"{' '.join(command)} ended with {process.returncode}:\n{output[-2_000:]}")
    return Run(seconds, peak)


class Watched:
    """The peak memory of a process and its children while this is open, sampled."""

    def __init__(self, pid: int) -> None:
        self._process = psutil.Process(pid)
        self._is_over = threading.Event()
        self._thread = threading.Thread(target=self._watch)
        self.peak = 0

    def __enter__(self) -> Watched:
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._is_over.set()
        self._thread.join()

    def _watch(self) -> None:
        while not self._is_over.wait(_LOOK_SECONDS):
            self.peak = max(self.peak, tree_bytes(self._process))


def mib(bytes: int) -> int:
    """Bytes in MiB, rounded."""
    return round(bytes / 2**20)


def cpu_seconds() -> float:
    """Processor time of this process and of all its children that have ended."""
    return sum(os.times()[:4])


def tree_bytes(root: psutil.Process) -> int:
    """Proportional set size of a process and all its children: memory that they share is counted once."""
    total = 0
    try:
        for process in [root, *root.children(recursive=True)]:
            total += process.memory_full_info().pss
    except psutil.NoSuchProcess:
        pass  # it ended between two looks; the next sample sees those that live
    return total
