"""How much of the metadata that a legal portal typed can be read from the text alone; prints each value that is not."""

from __future__ import annotations

import math
import re
from collections import Counter
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass

from bench.corpora import official_records
from bench.metadata_noise import noise_table
from bench.setting import Bench
from bench.table import Table
from bench.verdicts import MISSING, RIGHT, WRONG, verdict
from engines.record import OfficialDocument, from_mapping
from indexer.metadata import complete, read_parts
from indexer.metadata.certainty import Ground, certainty
from indexer.metadata.portal import read_portal_title

_FIELDS = ("number", "type", "issued", "issuer", "signer")
_ALL = "all"
_MOTTO = re.compile(r"CỘNG\s+H(?:ÒA|OÀ)\s+XÃ\s+HỘI\s+CHỦ\s+NGHĨA\s+VIỆT\s+NAM", re.IGNORECASE)
_HEADING_WITHIN = 400  # characters


@dataclass(frozen=True, slots=True)
class Pair:
    """A document as it was typed, and as it is read when only its text is known."""

    typed: OfficialDocument
    read: OfficialDocument

    def verdict(self, field: str) -> str:
        """Whether a field that was typed was read right, wrong, or not at all."""
        return verdict(getattr(self.typed, field), getattr(self.read, field))


def tables(bench: Bench) -> list[Table]:
    """For each field, of the documents where the portal has it: how many are read right, wrong, or not at all."""
    notes = (
        "An issuer is right when its name holds the portal's words (“Tỉnh Bắc Ninh” for its people's committee).",
        "Nobody typed subjects: those found are counted as right.",
    )
    records = [from_mapping(mapping) for mapping in official_records(bench.data)]
    whole = list(read_from_text(records, str))
    alone = [pair for pair in read_from_text(records, without_portal_title) if pair.typed.type]
    headed = [pair for pair in alone if begins_with_heading(pair.typed.text)]
    others = [pair for pair in alone if not begins_with_heading(pair.typed.text)]
    for pair in alone:
        _print_misses(pair)
    tables = [
        _table("metadata", "Metadata from the text", whole, notes),
        _table(
            "metadata-heading",
            "Metadata of documents that begin with their heading, without the title that a portal puts at the end",
            headed,
            notes,
        ),
        _table(
            "metadata-other",
            "Metadata of exports that begin otherwise: at “Kính gửi”, with a summary, or without their text",
            others,
            (*notes, "Here nothing wrong matters more than nothing missing: a cited document is not the document."),
        ),
        _certainty_table(whole, alone),
    ]
    if bench.noisy:
        tables.append(noise_table((pair.typed, without_portal_title(pair.typed.text)) for pair in headed))
    return tables


def read_from_text(records: Iterable[OfficialDocument], cut: Callable[[str], str]) -> Iterator[Pair]:
    """Each official document as typed, and as read when only its text is known, `cut` first."""
    for typed in records:
        yield Pair(typed, complete(OfficialDocument(id=typed.id, text=cut(typed.text))))


def without_portal_title(text: str) -> str:
    """The text without its last line if that is a portal's title, so that it is like a file of an office."""
    return text.rstrip().rpartition("\n")[0] if read_portal_title(text) else text


def begins_with_heading(text: str) -> bool:
    """Whether the motto (quốc hiệu) stands where a text begins."""
    return _MOTTO.search(text[:_HEADING_WITHIN]) is not None


def _print_misses(pair: Pair) -> None:
    for field in _FIELDS:
        if pair.verdict(field) != RIGHT:
            typed, read = getattr(pair.typed, field), getattr(pair.read, field)
            print(f"{pair.typed.id}  {field}: {typed} typed, {read or 'nothing'} read")


def _table(name: str, title: str, pairs: Iterable[Pair], notes: tuple[str, ...]) -> Table:
    counts: dict[str, Counter[str]] = {field: Counter() for field in (*_FIELDS, "subject")}
    for pair in pairs:
        for field in _FIELDS:
            if getattr(pair.typed, field):
                counts[field][pair.verdict(field)] += 1
        counts["subject"][RIGHT if pair.read.subject else MISSING] += 1
    rows = tuple(
        (field, sum(count.values()), count[RIGHT], count[WRONG], count[MISSING]) for field, count in counts.items()
    )
    columns = ("field", "documents", RIGHT, WRONG, MISSING)
    return Table(name=name, title=title, columns=columns, rows=rows, notes=notes)


def _certainty_table(whole: Iterable[Pair], alone: Iterable[Pair]) -> Table:
    """What told each value that was read, and how many of those that it told are right.

    Args:
        whole: Documents with the title that a portal puts at the end, for the values that it told.
        alone: The same without it, for all others.
    """
    verdicts = [*_told(whole, lambda ground: ground is Ground.TITLE), *_told(alone, lambda _: True)]
    rows = []
    for ground in Ground:
        for field in (*_FIELDS, _ALL):
            some = [right for told, of, right in verdicts if told is ground and field in (of, _ALL)]
            if some:
                right = some.count(RIGHT)
                rows.append((ground, field, len(some), right, _share(right, len(some)), certainty(ground, field)))
    return Table(
        name="metadata-certainty",
        title="How sure values are, by what told them",
        columns=("ground", "field", "values", RIGHT, "share", "in force"),
        rows=tuple(rows),
        notes=(
            "Share: by the rule of succession, (right + 1) / (values + 2), for no share is 1; cut after two digits.",
            "In force: `indexer/metadata/certainty.py`. A field's own share only where it has 30 values or more.",
            "What nothing was measured of has 1/2. Recognised pages: `python -m bench ocr`.",
        ),
    )


def _told(pairs: Iterable[Pair], is_wanted: Callable[[Ground], bool]) -> Iterator[tuple[Ground, str, str]]:
    """Ground, field and verdict of each value that was typed and read."""
    for pair in pairs:
        parts = read_parts(OfficialDocument(id=pair.read.id, text=pair.read.text))
        for field in _FIELDS:
            if (
                getattr(pair.typed, field)
                and getattr(pair.read, field)
                and is_wanted(ground := parts.find(field).ground)
            ):
                yield ground, field, pair.verdict(field)


def _share(right: int, values: int) -> float:
    return math.floor(100 * (right + 1) / (values + 2)) / 100
