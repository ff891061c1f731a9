"""Tests may run as root, whom no permission stops."""

import os
import shutil
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

_NOBODY = 65534


@contextmanager
def nobody() -> Iterator[Path]:
    """A folder of one's own, and no more rights than anybody has."""
    directory = Path(tempfile.mkdtemp())
    was = os.geteuid()
    if was == 0:
        os.chown(directory, _NOBODY, _NOBODY)
        os.seteuid(_NOBODY)
    try:
        yield directory
    finally:
        os.seteuid(was)
        for path in directory.rglob("*"):
            if path.is_dir():
                path.chmod(0o700)
        shutil.rmtree(directory)
