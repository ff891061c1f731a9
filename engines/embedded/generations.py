"""The generations of the index: which directory is live, which is staged, and the step from one to the other.

    live                names the live generation; replaced in one step
    staged              names the one being built; means nothing once it names the live one
    live.lock           held by whoever writes the live one
    staged.lock         held by whoever writes the staged one
    generations/NAME/   version, and index/ with tantivy's files

Whoever changes what `live` names holds both locks; whoever makes or removes generations holds `staged.lock`.
"""

from __future__ import annotations

import datetime
import logging
import secrets
import shutil
from collections.abc import Iterator
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass
from pathlib import Path

from engines.embedded.errors import index_missing, reading, writing
from engines.embedded.files import exclusive, read_text, replace_text, sync_directory
from engines.embedded.layout import create_index, open_index
from engines.interface import EngineError, IndexState

_LOG = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Generation:
    """One index on disk."""

    directory: Path

    @property
    def name(self) -> str:
        """Its name, different from all before."""
        return self.directory.name

    @property
    def index(self) -> Path:
        """Where tantivy's files lie."""
        return self.directory / "index"

    @property
    def version(self) -> str:
        """What was given to `Engine.write_staged`."""
        return (self.directory / "version").read_text(encoding="utf-8")

    def state(self) -> IndexState:
        """What there is now, as last committed."""
        with reading(self.directory):
            documents = open_index(self.index).searcher().num_docs
            return IndexState(name=self.name, version=self.version, documents=documents)


class Generations:
    """The generations in one directory, which is made when something is first written."""

    def __init__(self, directory: Path) -> None:
        self.directory = directory
        self.live_pointer = directory / "live"
        self._staged_pointer = directory / "staged"
        self._generations = directory / "generations"

    def live(self) -> Generation | None:
        """The live generation."""
        return self._named_by(self.live_pointer)

    def staged(self) -> Generation | None:
        """The staged generation."""
        staged = self._named_by(self._staged_pointer)
        return None if staged == self.live() else staged

    @contextmanager
    def writing_live(self) -> Iterator[Generation]:
        """The live generation, while nobody else may write to it.

        Raises:
            IndexMissing: There is none.
            IndexLocked: Another process is writing.
        """
        if self.live() is None:
            raise index_missing(self.directory)
        with self._locked("live"):
            live = self.live()
            if live is None:
                raise index_missing(self.directory)
            yield live

    @contextmanager
    def writing_staged(self, version: str) -> Iterator[Generation]:
        """A staged generation of this version, the one that is there or a new and empty one.

        Raises:
            IndexLocked: Another process is writing.
        """
        with writing(self.directory):
            self._generations.mkdir(parents=True, exist_ok=True)
        with self._locked("staged"):
            with writing(self.directory):
                staged = self.staged()
                if staged is None or staged.version != version:
                    staged = self._create(version)
                    replace_text(self._staged_pointer, staged.name)
                self._remove_others()
            yield staged

    def promote(self) -> None:
        """Make the staged generation the live one, and remove the one before.

        Raises:
            IndexLocked: Somebody is writing to either.
            EngineError: Nothing is staged.
        """
        if self.staged() is None:
            raise _nothing_staged()
        with self._locked("live"), self._locked("staged"), writing(self.directory):
            staged = self.staged()
            if staged is None:
                raise _nothing_staged()
            replace_text(self.live_pointer, staged.name)
            self._staged_pointer.unlink()
            self._remove_others()

    def _named_by(self, pointer: Path) -> Generation | None:
        with reading(self.directory):
            name = read_text(pointer)
        return Generation(self._generations / name) if name else None

    def _locked(self, what: str) -> AbstractContextManager[None]:
        return exclusive(self.directory / f"{what}.lock")

    def _create(self, version: str) -> Generation:
        now = datetime.datetime.now(datetime.UTC)
        generation = Generation(self._generations / f"{now:%Y%m%d%H%M%S}-{secrets.token_hex(4)}")
        generation.index.mkdir(parents=True)
        replace_text(generation.directory / "version", version)
        create_index(generation.index)
        sync_directory(self._generations)
        return generation

    def _remove_others(self) -> None:
        """Remove every generation that is neither live nor staged.

        Searches that still read one go on: the system keeps its files for as long as they are open.
        """
        kept = {self.live(), self.staged()}
        for directory in self._generations.iterdir():
            if Generation(directory) not in kept:
                try:
                    shutil.rmtree(directory)
                except OSError as error:
                    # The step itself is done; the next one tries again.
                    _LOG.warning("the old index %s was not removed: %s", directory, error)


def _nothing_staged() -> EngineError:
    return EngineError("Không có chỉ mục nào đang được dựng để đưa vào sử dụng.")
