"""How much of the metadata that a legal portal typed can be read from the text alone."""

from __future__ import annotations

import datetime
from collections import Counter
from collections.abc import Callable, Iterable, Iterator

from analyzers.folding import fold
from analyzers.numbers import whole_key
from bench.corpora import official_records
from bench.setting import Bench
from bench.table import Table
from engines.record import OfficialDocument, from_mapping
from indexer.metadata import complete
from indexer.metadata.heading import tidy_number
from indexer.metadata.portal import read_portal_title

_FIELDS = ("number", "type", "issued", "issuer", "signer")


def tables(bench: Bench) -> list[Table]:
    """For each field, of the documents where the portal has it: how many are read right, wrong, or not at all."""
    notes = (
        "An issuer is right when its name holds the portal's words (“Tỉnh Bắc Ninh” for its people's committee).",
        "Nobody typed subjects: those found are counted as right.",
    )
    records = [from_mapping(mapping) for mapping in official_records(bench.data)]
    return [
        _table("metadata", "Metadata from the text", read_from_text(records, str), notes),
        _table(
            "metadata-heading",
            "Metadata from the text without the title that a portal puts at its end",
            read_from_text(records, without_portal_title),
            (*notes, "What is missing here are exports without any heading, which begin at “Kính gửi” or sum up."),
        ),
    ]


def read_from_text(
    records: Iterable[OfficialDocument], cut: Callable[[str], str]
) -> Iterator[tuple[OfficialDocument, OfficialDocument]]:
    """Each official document as typed, and as read when only its text is known, `cut` first."""
    for typed in records:
        yield typed, complete(OfficialDocument(id=typed.id, text=cut(typed.text)))


def without_portal_title(text: str) -> str:
    """The text without its last line if that is a portal's title, so that it is like a file of an office."""
    return text.rstrip().rpartition("\n")[0] if read_portal_title(text) else text


def _table(
    name: str, title: str, pairs: Iterable[tuple[OfficialDocument, OfficialDocument]], notes: tuple[str, ...]
) -> Table:
    counts: dict[str, Counter[str]] = {field: Counter() for field in (*_FIELDS, "subject")}
    for typed, read in pairs:
        for field in _FIELDS:
            if getattr(typed, field):
                counts[field][_verdict(getattr(typed, field), getattr(read, field))] += 1
        counts["subject"]["right" if read.subject else "missing"] += 1
    rows = tuple(
        (field, sum(count.values()), count["right"], count["wrong"], count["missing"])
        for field, count in counts.items()
    )
    columns = ("field", "documents", "right", "wrong", "missing")
    return Table(name=name, title=title, columns=columns, rows=rows, notes=notes)


def _verdict(typed: str | datetime.date, read: str | datetime.date | None) -> str:
    if not read:
        return "missing"
    if isinstance(typed, str) and isinstance(read, str):
        same = whole_key(tidy_number(typed)) == whole_key(read) != "" or set(_words(typed)) <= set(_words(read))
    else:
        same = typed == read
    return "right" if same else "wrong"


def _words(text: str) -> list[str]:
    return fold(text).replace("-", " ").replace(",", " ").split()
