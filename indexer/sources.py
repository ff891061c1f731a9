"""What there is to read: files beneath the paths given, each at the cost of one stat.

Paths are kept as the system gives them; a name that is not valid UTF-8, which old shares are full of, is opened as it
is and shown with replacement characters.
"""

from __future__ import annotations

import os
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from stat import S_ISDIR, S_ISREG

from indexer.archives import is_archive, members
from indexer.files import FILE_BYTES, reason_of
from indexer.readers import Unreadable
from indexer.registers import may_be_register

DEFAULT_SOURCE = "tai-lieu"
"""The source (nguồn) of files and records that name none."""

PUSHED_SOURCE = "api"
"""The source (nguồn) of documents pushed through the API that name none."""

PUSHED_PATH = "(API)"
"""The file that they stand under in the journal. No root is, lies beneath or sorts before it: roots are absolute."""

_RECORD_FILES = (".jsonl", ".jsonl.gz")
_DESCRIPTIONS = ".toml"


@dataclass(frozen=True, slots=True)
class Root:
    """A folder or file given to a run, and the source (nguồn) its documents belong to."""

    path: str
    source: str = DEFAULT_SOURCE

    @classmethod
    def of(cls, path: str | os.PathLike[str], source: str = DEFAULT_SOURCE) -> Root:
        """The root with its path made absolute, links in it kept: they are how users know the place."""
        return cls(str(Path(path).absolute()), source)


@dataclass(frozen=True, slots=True)
class FoundFile:
    """A file as `stat` saw it: absolute path, bytes, time of the last change in nanoseconds."""

    path: str
    size: int
    mtime_ns: int

    @property
    def holds_records(self) -> bool:
        """Whether each line of the file, or each row of the database that it is about, is a record."""
        return holds_records(self.path) or is_description(self.path)


@dataclass(frozen=True, slots=True)
class Unlistable:
    """A folder or file that is there and cannot be looked into; what lies beneath it is unknown, not gone."""

    path: str
    reason: str


@dataclass(slots=True)
class Walk:
    """One look at everything beneath a root. Iterating fills `skipped`.

    Attributes:
        root: Where to look.
        is_candidate: Says by its name whether a file can hold a document.
        skipped: Suffix to the number of files that were passed over because they cannot.
    """

    root: Root
    is_candidate: Callable[[str], bool]
    skipped: Counter[str] = field(default_factory=Counter)
    _seen: set[tuple[int, int]] = field(default_factory=set)

    def __iter__(self) -> Iterator[FoundFile | Unlistable]:
        """Files in the order of their paths.

        Raises:
            OSError: The root itself is not there or cannot be looked into.
        """
        status = Path(self.root.path).stat()
        if S_ISDIR(status.st_mode):
            # Listed here, so that a root that cannot be is an error and not an empty folder.
            yield from self._folder(self.root.path, status, _listing(self.root.path))
        elif is_archive(self.root.path):
            yield from self._archive(self.root.path, status)
        else:
            # Named by the user, so it is read whatever it is called.
            yield FoundFile(self.root.path, status.st_size, status.st_mtime_ns)

    def _folder(
        self, path: str, status: os.stat_result, entries: list[os.DirEntry[str]]
    ) -> Iterator[FoundFile | Unlistable]:
        # Links to folders are followed, and each folder is visited once, so that a loop of links ends.
        identity = (status.st_dev, status.st_ino)
        if identity in self._seen:
            return
        self._seen.add(identity)
        for entry in entries:
            try:
                yield from self._entry(entry)
            except OSError as error:
                yield Unlistable(entry.path, reason_of(error))

    def _entry(self, entry: os.DirEntry[str]) -> Iterator[FoundFile | Unlistable]:
        if entry.is_dir():
            yield from self._folder(entry.path, Path(entry.path).stat(), _listing(entry.path))
        elif is_archive(entry.name):
            yield from self._archive(entry.path, entry.stat())
        elif is_source(entry.name, self.is_candidate):
            status = entry.stat()
            if S_ISREG(status.st_mode):
                yield FoundFile(entry.path, status.st_size, status.st_mtime_ns)
        else:
            self.skipped[Path(entry.name).suffix.lower()] += 1

    def _archive(self, path: str, status: os.stat_result) -> Iterator[FoundFile | Unlistable]:
        """What lies in an archive; it is as old as the archive, which alone tells when it changed."""
        try:
            for member in members(path, self.is_candidate, FILE_BYTES):
                if isinstance(member, Unreadable):
                    reason, where = member.args
                    yield Unlistable(where, reason)
                else:
                    yield FoundFile(member.path, member.size, status.st_mtime_ns)
        except Unreadable as error:
            yield Unlistable(path, str(error))


def is_source(name: str, is_candidate: Callable[[str], bool]) -> bool:
    """Whether a file of this name is read: it is a document, or holds records or documents."""
    return is_archive(name) or holds_records(name) or may_be_register(name) or is_candidate(name)


def holds_records(name: str) -> bool:
    """Whether a file of this name is JSON Lines, one record a line."""
    return name.lower().endswith(_RECORD_FILES)


def is_description(path: str) -> bool:
    """Whether a path that a user named describes a source that is no file.

    A walk through a folder never comes to one: who can write into a shared folder must not be able to have a server
    asked with the operator's password.
    """
    return path.lower().endswith(_DESCRIPTIONS)


def _listing(path: str) -> list[os.DirEntry[str]]:
    with os.scandir(path) as entries:
        return sorted(entries, key=lambda entry: entry.name)
