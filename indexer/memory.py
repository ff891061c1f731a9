"""How much memory a process may take: a limit that the system itself holds, on Linux."""

from __future__ import annotations

import sys
from pathlib import Path

_STATM = Path("/proc/self/statm")


def limit_memory(more: int) -> None:
    """Give this process so many bytes of address space beside what it has, and nothing beyond.

    What it asks for then fails: a `MemoryError` in Python, mostly a crash in libraries. A stricter limit that is there
    already, from the operator or from this process's parent, stays. No limit is set on systems other than Linux.
    """
    if sys.platform != "linux":
        return
    import resource  # only where there is a system that has it

    size = int(_STATM.read_text().split()[0]) * resource.getpagesize()
    there = (known for known in resource.getrlimit(resource.RLIMIT_AS) if known != resource.RLIM_INFINITY)
    limit = min((size + more, *there))
    resource.setrlimit(resource.RLIMIT_AS, (limit, limit))
