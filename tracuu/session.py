"""What the commands share: settings, logging, the wish to stop, and which errors are messages."""

from __future__ import annotations

import logging
import os
import signal
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from types import FrameType
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from rich.console import Console

    from indexer.pipeline import Options
    from indexer.settling import Settling
    from tracuu.settings import Settings

_STDERR = 2
_NOISY = ("elastic_transport", "imapclient", "waitress", "watchfiles")
_TELLING_TWICE = "sqlalchemy"  # logs how a connection broke, which the run's own message says


@dataclass(slots=True)
class Stop:
    """Whether somebody asked the program to stop, and by which signal."""

    event: threading.Event = field(default_factory=threading.Event)
    signal: int = 0

    @property
    def exit_code(self) -> int:
        """What a shell expects of a program that a signal ended."""
        return 128 + self.signal if self.signal else 0


class Session:
    """One start of the program.

    Args:
        config: The TOML file given on the command line.
        level: What is logged.
    """

    def __init__(self, config: Path | None, level: int) -> None:
        self._config = config
        self._level = level

    @cached_property
    def settings(self) -> Settings:
        """The settings.

        Raises:
            BadSettings: See there.
        """
        from tracuu.settings import load_settings

        return load_settings(self._config)

    @cached_property
    def console(self) -> Console:
        """Where logs and progress go: stderr, so that results can be piped."""
        from rich.console import Console

        return Console(stderr=True)

    def start_logging(self) -> None:
        """Log to stderr; on a terminal through the console, so that lines and the bar share it."""
        if self.console.is_terminal:
            from rich.logging import RichHandler

            handler: logging.Handler = RichHandler(console=self.console, show_path=False, show_level=False)
            handler.setFormatter(logging.Formatter("%(message)s"))
        else:
            handler = logging.StreamHandler()
            handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logging.basicConfig(level=self._level, handlers=[handler])
        for name in _NOISY:
            logging.getLogger(name).setLevel(max(self._level, logging.WARNING))
        logging.getLogger(_TELLING_TWICE).setLevel(logging.CRITICAL)

    @property
    def keeps_originals(self) -> bool:
        """Whether files that lie on a share are kept."""
        from tracuu.settings import OriginalsPolicy

        return self.settings.originals is OriginalsPolicy.KEEP

    def options(self, stop: Stop, *, allow_empty: bool = False, settling: Settling | None = None) -> Options:
        """How the indexer goes about a run; without `settling`, files are read however young they are."""
        from indexer.pipeline import Options, usable_cores
        from indexer.progress import progress_for
        from indexer.settling import Settling
        from tracuu.rooms import reader

        return Options(
            workers=self.settings.workers or usable_cores(),
            allow_empty=allow_empty,
            settling=settling or Settling(),
            read=reader(self.settings),
            progress=progress_for(self.console),
            stop=stop.event,
            environment=os.environ,
            keep_originals=self.keeps_originals,
        )


@contextmanager
def stoppable() -> Iterator[Stop]:
    """Turn the first Ctrl-C or SIGTERM into a wish to stop; a second one ends the program at once."""
    stop = Stop()

    def ask(number: int, frame: FrameType | None) -> None:
        stop.signal = number
        stop.event.set()
        for each in before:
            signal.signal(each, signal.SIG_DFL)
        # Not through `sys.stderr`, which the program may be in the middle of.
        os.write(_STDERR, "Đang dừng: ghi nốt phần đã xong. Bấm lần nữa để dừng ngay.\n".encode())

    before = {number: signal.getsignal(number) for number in (signal.SIGINT, signal.SIGTERM)}
    for number in before:
        signal.signal(number, ask)
    try:
        yield stop
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


def expected_errors() -> tuple[type[Exception], ...]:
    """The errors whose message says all. Looked up only when something was raised."""
    from engines.interface import EngineError
    from indexer.journal import JournalUnreadable
    from indexer.rebuild import RebuildFailed
    from indexer.workers import WorkersCannotStart
    from tracuu.settings import BadSettings

    return EngineError, JournalUnreadable, RebuildFailed, WorkersCannotStart, BadSettings


def is_wrong_use(error: Exception) -> bool:
    """Whether the user can only change what was asked, and not just try again."""
    from tracuu.settings import BadSettings

    return isinstance(error, BadSettings)
