"""Thousands of damaged files through the workers and limits of `tracuu index`: every one is read or named."""

from __future__ import annotations

import functools
import re
import resource
import threading
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from random import Random

import psutil

from bench.mutated.damage import DAMAGES
from bench.mutated.originals import OCR_FORMATS, Original, made, real
from bench.setting import Bench
from bench.table import Table
from engines.interface import Encoder
from indexer.pipeline import usable_cores
from indexer.readers import apart, is_candidate, read
from indexer.reading import Failed, FileItem, Opened, Outcome, Reading, Ready, RegisterItem, Same, load_reading
from indexer.registers import may_be_register
from indexer.sources import Root, Unlistable, Walk
from indexer.workers import ITEM_BYTES, ITEM_SECONDS, Crash, WorkerPool
from tracuu.rooms import open_engine

FILES = 5_000
_SEED = "2026"
_OCR_SHARE = 0.04  # of the files: each takes seconds
_GRACE_SECONDS = 10.0
_TOP_REASONS = 20
_UNNAMED = re.compile(r"^Lỗi khi (?:xử lý|đọc)\b")  # an error that no reader knew of
_VARYING = re.compile(r"“[^”]*”|\d+(?:[.,]\d+)*")

Item = FileItem | RegisterItem


@dataclass(frozen=True, slots=True)
class Handled:
    """What a worker did with an item, and the most memory that it and its children have had so far, in bytes."""

    outcome: Outcome | Opened
    seconds: float
    peak: int
    peak_of_children: int


@dataclass(slots=True)
class Tally:
    """What became of the damaged files of one format."""

    files: int = 0
    read: int = 0
    failed: int = 0
    crashed: int = 0
    over_time: int = 0
    unnamed: list[str] = field(default_factory=list)
    longest: float = 0.0
    reasons: Counter[str] = field(default_factory=Counter)

    def add(self, outcome: Handled | Crash, name: str, *, is_look: bool) -> None:
        """Count one item; a look at what may be a register comes before the reading itself and fails nothing."""
        if isinstance(outcome, Crash):
            self.over_time += "giây" in outcome.reason
            self.crashed += 1
            self.fail(outcome.reason, name, is_look=is_look)
            return
        self.longest = max(self.longest, outcome.seconds)
        match outcome.outcome:
            case Failed(reason):
                self.fail(reason, name, is_look=is_look)
            case Ready() | Same():
                self.read += 1

    def fail(self, reason: str, name: str, *, is_look: bool = False) -> None:
        """Count a failure, also one that never came to a worker."""
        if not reason or _UNNAMED.match(reason):
            self.unnamed.append(f"{name}: {reason or 'no reason'}")
        if not is_look:
            self.failed += 1
            self.reasons[_VARYING.sub("…", reason)] += 1


@dataclass(slots=True)
class Result:
    """All that is known after the run.

    Attributes:
        tallies: By format.
        peak: Most memory of one worker, in bytes.
        peak_of_children: Most memory of one child of a worker.
        longest_wait: Most seconds between two answers of the workers.
        seconds: The whole run.
    """

    tallies: dict[str, Tally] = field(default_factory=lambda: defaultdict(Tally))
    peak: int = 0
    peak_of_children: int = 0
    longest_wait: float = 0.0
    seconds: float = 0.0

    def faults(self) -> list[str]:
        """What must not be."""
        found = [name for tally in self.tallies.values() for name in tally.unnamed]
        most = max((tally.longest for tally in self.tallies.values()), default=0.0)
        if max(most, self.longest_wait) > ITEM_SECONDS + _GRACE_SECONDS:
            found.append(f"an item took {max(most, self.longest_wait):.0f} s, the limit is {ITEM_SECONDS:.0f} s")
        # A child begins with what its worker has.
        for what, peak, limit in (
            ("worker", self.peak, ITEM_BYTES),
            ("child", self.peak_of_children, ITEM_BYTES + apart.MEMORY_BYTES),
        ):
            if peak > limit + _base_bytes():
                found.append(f"a {what} took {peak / 2**20:.0f} MiB, {limit / 2**20:.0f} MiB more are allowed")
        return found


def tables(bench: Bench) -> Iterator[Table]:
    """By format what became of the files; ends with an error where one was lost, hung, or failed without a reason."""
    originals = [*made(), *real(bench.data / "files")]
    with open_engine(bench.settings("embedded", "mutations")) as engine:
        result = run(originals, FILES, bench.directory, engine.encoder())
    yield _table(result)
    if faults := result.faults():
        raise SystemExit("\n".join(("mutations: not robust:", *faults)))


def run(originals: Sequence[Original], files: int, directory: Path, encode: Encoder) -> Result:
    """Damage so many files, have them read, and count; `directory` holds each for as long as it is read."""
    result = Result()
    chosen = _chosen(originals, files)
    formats: dict[str, str] = {}
    begun = heard = time.monotonic()

    def jobs() -> Iterator[list[Item]]:
        for number, original in enumerate(chosen):
            path = directory / f"{number}{original.suffix}"
            path.write_bytes(_damaged(original, originals, number))
            formats[str(number)] = original.format
            tally = result.tallies[original.format]
            tally.files += 1
            yield from ([item] for item in _items(path, tally))

    make = functools.partial(_measured, functools.partial(load_reading, encode, read, None))
    with WorkerPool[Item, Handled](make, workers=usable_cores()) as pool:
        for item, outcome in pool.run(jobs(), threading.Event()):
            result.longest_wait = max(result.longest_wait, time.monotonic() - heard)
            heard = time.monotonic()
            name = item.path[len(str(directory)) + 1 :]
            tally = result.tallies[formats[name.partition(".")[0]]]
            tally.add(outcome, name, is_look=isinstance(item, RegisterItem))
            if isinstance(outcome, Handled):
                result.peak = max(result.peak, outcome.peak)
                result.peak_of_children = max(result.peak_of_children, outcome.peak_of_children)
    result.seconds = time.monotonic() - begun
    return result


def _chosen(originals: Sequence[Original], files: int) -> list[Original]:
    """So many originals in an order of chance, each format as often as another, those for OCR more seldom."""
    chance = Random(_SEED)  # noqa: S311 - an order, not a secret
    by_format: dict[str, list[Original]] = {}
    for original in originals:
        by_format.setdefault(original.format, []).append(original)
    slow = sorted(OCR_FORMATS & by_format.keys())
    quick = sorted(by_format.keys() - OCR_FORMATS)
    picked = [slow[at % len(slow)] for at in range(round(files * _OCR_SHARE))] if slow else []
    picked += [quick[at % len(quick)] for at in range(files - len(picked))]
    chance.shuffle(picked)
    return [chance.choice(by_format[format]) for format in picked]


def _damaged(original: Original, originals: Sequence[Original], number: int) -> bytes:
    chance = Random(f"{_SEED}-{number}")  # noqa: S311 - damage, not a secret
    return chance.choice(DAMAGES)(original.content, chance.choice(originals).content, chance)


def _items(path: Path, tally: Tally) -> Iterator[Item]:
    """What a run makes of a file: of an archive one item for each file in it."""
    for found in Walk(Root.of(path), is_candidate):
        if isinstance(found, Unlistable):
            tally.fail(found.reason, path.name)
            continue
        if may_be_register(found.path):
            yield RegisterItem(found.path, "mutations", found.size)
        yield FileItem(file=0, path=found.path, source="mutations", size=found.size, document=path.name, sha256="")


def _measured(make: Callable[[], Reading]) -> Callable[[Item], Handled]:
    reading = make()

    def handle(item: Item) -> Handled:
        begun = time.monotonic()
        outcome = reading(item)
        seconds = time.monotonic() - begun
        return Handled(outcome, seconds, _peak(resource.RUSAGE_SELF), _peak(resource.RUSAGE_CHILDREN))

    return handle


def _peak(who: int) -> int:
    return resource.getrusage(who).ru_maxrss * 1024


def _base_bytes() -> int:
    """What a worker may have when it starts: this process has the same modules."""
    return psutil.Process().memory_info().rss


def _table(result: Result) -> Table:
    tallies = sorted(result.tallies.items())
    rows = [
        (format, each.files, each.read, each.failed, each.crashed, each.over_time, len(each.unnamed), each.longest)
        for format, each in tallies
    ]
    sums = zip(*(row[1:-1] for row in rows), strict=True)
    rows.append(("all", *map(sum, sums), max(row[-1] for row in rows)))
    reasons = sum((each.reasons for _, each in tallies), Counter[str]())
    return Table(
        name="mutations",
        title="Damaged files through the workers of `tracuu index`",
        columns=("format", "files", "read", "failed", "workers lost", "over time", "without reason", "longest, s"),
        rows=tuple(rows),
        notes=(
            f"Seed {_SEED}; {', '.join(damage.__name__.replace('_', ' ') for damage in DAMAGES)}.",
            "Files in an archive are counted one by one under read and failed.",
            f"Limits: {ITEM_SECONDS:.0f} s and {ITEM_BYTES // 2**20} MiB more than at its start for a worker, "
            f"{apart.SECONDS:.0f} s and {apart.MEMORY_BYTES // 2**20} MiB more than its worker's for a child.",
            f"Most memory of a worker {result.peak / 2**20:.0f} MiB, of a child of it with what they share "
            f"{result.peak_of_children / 2**20:.0f} MiB; {result.seconds / 60:.1f} minutes in all.",
            *(f"{count} × {reason}" for reason, count in reasons.most_common(_TOP_REASONS)),
        ),
    )
