"""The whole old system: folders of files by year, registers beside them, and what is true of each document."""

from __future__ import annotations

import datetime
import enum
import random
import unicodedata
import zipfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from bench.old_system.breaking import WAYS, Way
from bench.old_system.documents import invent
from bench.old_system.formats import FORMATS, Format
from bench.old_system.registers import (
    Row,
    is_outgoing,
    issuer_cell,
    subject_cell,
    write_incoming,
    write_outgoing,
)
from engines.record import OfficialDocument
from samples.source import Source

_WITHOUT_ROW = 0.22
_MARKS_APART = 0.1
_SAME_FORMAT = 0.4  # of the second files
_IN_ARCHIVE = 0.05  # alone in one that the register names, or with the others of the year
_OLD_MACHINE = "D:\\VanBan\\"
_LONGEST_SCAN = 2_500  # characters of the body: a page or two
_SLOWEST_POST = 12  # days


class _Kept(enum.Enum):
    """How a document is kept; the value is the share of documents, in percent."""

    BROKEN = 10
    TWICE = 5
    ON_PAPER = 6  # there is only its row
    ONCE = 79


@dataclass(frozen=True, slots=True)
class Broken:
    """A file that cannot be read: its path beneath the system's folder, and how it was broken."""

    path: str
    way: Way


@dataclass(frozen=True, slots=True, kw_only=True)
class Held:
    """One document that the old system held.

    Attributes:
        truth: What its row says, or its paper where it has none: an empty field means that neither says it.
        source: The document as it was written.
        format: The name of its format in `FORMATS`, empty where there is no file.
        paths: Its files that can be read, beneath the system's folder.
        is_registered: Whether a register has a row of it.
    """

    truth: OfficialDocument
    source: Source
    format: str
    paths: tuple[str, ...]
    is_registered: bool

    @property
    def is_findable(self) -> bool:
        """Whether anything of it can be found: its row, or a text."""
        return self.is_registered or bool(self.paths)


@dataclass(frozen=True, slots=True, kw_only=True)
class OldSystem:
    """What was made.

    Attributes:
        folder: Where.
        held: Every document.
        broken: Every broken file.
        registers: The registers' files.
    """

    folder: Path
    held: tuple[Held, ...]
    broken: tuple[Broken, ...]
    registers: tuple[Path, ...]


def make(folder: Path, *, documents: int = 1_000, seed: int = 0, scans: bool = True) -> OldSystem:
    """Write an old system of so many documents into a folder; the same one for each seed.

    Args:
        folder: Made when missing.
        documents: How many.
        seed: Of everything that is drawn.
        scans: Whether some are scanned; reading those takes seconds each.
    """
    maker = _Maker(folder, random.Random(seed), scans)  # noqa: S311 - an invented archive, no secret
    ways = [kept for kept in _Kept for _ in range(documents * kept.value // 100)]
    ways += [_Kept.ONCE] * (documents - len(ways))
    maker.chance.shuffle(ways)
    for source, kept in zip(invent(documents, maker.chance), ways, strict=True):
        maker.add(source, kept)
    return maker.finished()


class _Maker:
    """Writes one system, document by document."""

    def __init__(self, folder: Path, chance: random.Random, scans: bool) -> None:
        self.chance = chance
        self._folder = folder
        self._scans = scans
        self._held: list[Held] = []
        self._broken: list[Broken] = []
        self._rows: list[Row] = []
        self._archives: dict[str, list[tuple[str, bytes]]] = {}

    def add(self, source: Source, kept: _Kept) -> None:
        """Keep a document."""
        is_registered = kept is _Kept.ON_PAPER or self.chance.random() >= _WITHOUT_ROW
        if kept is _Kept.ON_PAPER:
            self._hold(source, "", (), is_registered=is_registered, cell="")
        elif kept is _Kept.BROKEN:
            self._keep_broken(source, is_registered=is_registered)
        else:
            self._keep(source, is_registered=is_registered, is_twice=kept is _Kept.TWICE)

    def finished(self) -> OldSystem:
        """Write what is written last: archives and registers."""
        for path, entries in self._archives.items():
            with zipfile.ZipFile(self._path(path), "w", zipfile.ZIP_DEFLATED) as archive:
                for name, content in entries:
                    archive.writestr(zipfile.ZipInfo(name), content)
        incoming, outgoing = self._folder / "so-van-ban-den.xlsx", self._folder / "so-van-ban-di.xlsx"
        write_incoming(incoming, [row for row in self._rows if row.arrived])
        write_outgoing(outgoing, [row for row in self._rows if not row.arrived])
        return OldSystem(
            folder=self._folder,
            held=tuple(self._held),
            broken=tuple(self._broken),
            registers=(incoming, outgoing),
        )

    def _keep(self, source: Source, *, is_registered: bool, is_twice: bool) -> None:
        name, form = self._format(source)
        content = form.set(source)
        if not is_twice and self.chance.random() < _IN_ARCHIVE:
            folder = f"{_folder_of(source)}/{_stem(source)}" if is_registered else f"nen/{source.issued.year}"
            archive, inside = f"{folder}.zip", f"{_stem(source)}{form.suffix}"
            self._archives.setdefault(archive, []).append((inside, content))
            path = f"{archive}/{inside}"
            self._hold(source, name, (path,), is_registered=is_registered, cell=self._cell(archive))
            return
        path = self._write(source, _folder_of(source), form.suffix, content)
        copies = (self._copy(source, name, content),) if is_twice else ()
        self._hold(source, name, (path, *copies), is_registered=is_registered, cell=self._cell(path))

    def _copy(self, source: Source, name: str, content: bytes) -> str:
        """A second file of a document, in another format, or the same one elsewhere."""
        folder = f"ban-luu/{source.issued.year}"
        if self.chance.random() < _SAME_FORMAT:
            return self._write(source, folder, FORMATS[name].suffix, content)
        other = FORMATS["docx" if name != "docx" else "pdf"]
        return self._write(source, folder, other.suffix, other.set(source))

    def _keep_broken(self, source: Source, *, is_registered: bool) -> None:
        way = WAYS[len(self._broken) % len(WAYS)]
        suffix = self.chance.choice(way.suffixes)
        sound = next(form for form in FORMATS.values() if form.suffix == suffix).set(source)
        path = self._write(source, _folder_of(source), way.suffix or suffix, way.broken(sound, self.chance))
        self._broken.append(Broken(path, way))
        self._hold(source, "", (), is_registered=is_registered, cell=self._cell(path))

    def _hold(self, source: Source, name: str, paths: Sequence[str], *, is_registered: bool, cell: str) -> None:
        if is_registered:
            arrived = (
                None
                if is_outgoing(source)
                else source.issued + datetime.timedelta(self.chance.randint(0, _SLOWEST_POST))
            )
            self._rows.append(Row(source=source, files=cell, arrived=arrived, arrival_number=len(self._rows) + 1))
        self._held.append(
            Held(
                truth=_truth(source, is_registered=is_registered, has_text=bool(paths)),
                source=source,
                format=name,
                paths=tuple(paths),
                is_registered=is_registered,
            )
        )

    def _format(self, source: Source) -> tuple[str, Format]:
        may_be_scan = self._scans and len(source.body) < _LONGEST_SCAN
        names = [name for name in FORMATS if name != "scan" or may_be_scan]
        name = self.chance.choices(names, [FORMATS[name].share for name in names])[0]
        return name, FORMATS[name]

    def _cell(self, path: str) -> str:
        """What the register's column of files says: a path of the old machine, or of this folder."""
        return path if self.chance.random() < 0.5 else _OLD_MACHINE + path.replace("/", "\\")

    def _write(self, source: Source, folder: str, suffix: str, content: bytes) -> str:
        """Write a file, now and then under a name whose marks stand apart, as macOS writes them."""
        path = f"{folder}/{_stem(source)}{suffix}"
        if self.chance.random() < _MARKS_APART:
            path = unicodedata.normalize("NFD", path)
        self._path(path).write_bytes(content)
        return path

    def _path(self, path: str) -> Path:
        whole = self._folder / path
        whole.parent.mkdir(parents=True, exist_ok=True)
        return whole


def _folder_of(source: Source) -> str:
    return f"{'di' if is_outgoing(source) else 'den'}/{source.issued.year}"


def _stem(source: Source) -> str:
    return source.number.replace("/", "-")


def _truth(source: Source, *, is_registered: bool, has_text: bool) -> OfficialDocument:
    signs = has_text or (is_registered and is_outgoing(source))
    names_issuer = has_text or not is_outgoing(source)
    return OfficialDocument(
        id=source.number,
        number=source.number,
        type=source.type,
        subject=subject_cell(source) if is_registered else source.subject.removeprefix("Về việc "),
        issuer=issuer_cell(source) if names_issuer else "",
        issued=source.issued,
        signer=source.signature[-1] if signs else "",
    )
