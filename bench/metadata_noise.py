"""Metadata of documents read through noise: right, wrong or empty, for each kind of noise and field."""

from __future__ import annotations

import dataclasses
import datetime
import difflib
import random
from collections import Counter
from collections.abc import Iterable

from analyzers.folding import fold
from bench.noise import KINDS, Noise
from bench.table import Table
from bench.verdicts import MISSING, RIGHT, WRONG, verdict
from engines.record import OfficialDocument
from indexer.metadata import complete

_FIELDS = ("number", "type", "issued", "issuer", "signer", "subject")
_ALIKE = {"issuer": 0.85, "signer": 0.8, "subject": 0.9}
"""Fields whose letters a scan may have changed for good, and how much alike (0 to 1) is right."""


def noise_table(documents: Iterable[tuple[OfficialDocument, str]]) -> Table:
    """For each kind of noise and each field: how many documents are read right, wrong, or not at all.

    Args:
        documents: What was typed of each, and its text without what a portal adds.
    """
    clean = [(_as_read_clean(typed, text), text) for typed, text in documents]
    rows = tuple((noise.name, *(_shown(count) for count in _counts(noise, clean))) for noise in KINDS)
    return Table(
        name="metadata-noise",
        title="Metadata read through noise: right/wrong/missing",
        columns=("noise", *_FIELDS),
        rows=rows,
        notes=(
            f"{len(clean)} documents that begin with their heading; the noise is drawn anew, and alike, in each run.",
            "Nobody typed subjects: right is what is read from the clean text.",
            "Issuer, signer and subject are right when nearly alike: noise changes their own letters too.",
            "A value that the noise took away is right when it is left empty.",
        ),
    )


def _as_read_clean(typed: OfficialDocument, text: str) -> OfficialDocument:
    """What was typed, with the subject that the clean text gives, and its issuer where the portal's words are in it."""
    read = complete(OfficialDocument(id=typed.id, text=text))
    issuer = read.issuer if verdict(typed.issuer, read.issuer) == RIGHT else typed.issuer
    return dataclasses.replace(typed, subject=read.subject, issuer=issuer)


def _counts(noise: Noise, documents: Iterable[tuple[OfficialDocument, str]]) -> list[Counter[str]]:
    counts: dict[str, Counter[str]] = {field: Counter() for field in _FIELDS}
    for typed, text in documents:
        noisy = noise.apply(text, random.Random(f"{noise.name}/{typed.id}"))  # noqa: S311 - noise, not a secret
        read = complete(OfficialDocument(id=typed.id, text=noisy))
        for field, count in counts.items():
            value = getattr(read, field)
            is_left_out = field in noise.removed and not value
            count[RIGHT if is_left_out else _noisy_verdict(field, getattr(typed, field), value)] += 1
    return list(counts.values())


def _noisy_verdict(field: str, typed: str | datetime.date, read: str | datetime.date | None) -> str:
    said = verdict(typed, read)
    if said != WRONG or field not in _ALIKE:
        return said
    wanted, compared = ("".join(fold(str(value)).split()) for value in (typed, read))
    alike = difflib.SequenceMatcher(None, wanted, compared, autojunk=False).ratio()
    return RIGHT if alike >= _ALIKE[field] else WRONG


def _shown(count: Counter[str]) -> str:
    return "/".join(str(count[verdict]) for verdict in (RIGHT, WRONG, MISSING))
