"""Suggestions while somebody types: how soon the right one is among five, and how long each keystroke takes.

What is typed is what the index holds, so that the right answer is known: subjects from their beginning and from a word
within, numbers in several spellings, and names, each with marks, without, and in Telex where that differs. A
suggestion is right when its text is: several documents may share a subject, and any of them will do.
"""

from __future__ import annotations

import http.client
import random
import re
import statistics
import time
import unicodedata
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import TypeVar
from urllib.parse import urlencode

from analyzers.channels import Analyzer
from analyzers.folding import fold
from analyzers.segmentation import load_segmenter
from analyzers.tokens import syllables
from bench import completion
from bench.served import Served
from bench.setting import ENGINES, Bench
from bench.table import Table
from engines.interface import Access, Engine
from engines.record import OfficialDocument
from search_service.suggest import Suggester, Suggestion

_SHOWN = 5
_TARGETS = 200
_LATENCY_TARGETS = 25
_TYPED_SYLLABLES = (1, 2, 3, 4, 6, 8)
_LEAST_SYLLABLES = 4
_SYLLABLE = re.compile(r"[^\W\d_]+")
_TELEX_TONES = {"\u0301": "s", "\u0300": "f", "\u0309": "r", "\u0303": "x", "\u0323": "j"}

_T = TypeVar("_T")


@dataclass(frozen=True, slots=True)
class Target:
    """Something that somebody has in mind and types.

    Attributes:
        kind: What it is and how it is typed.
        typed: The whole of what they would type.
        right: Folded texts of the suggestions that are it.
    """

    kind: str
    typed: str
    right: frozenset[str]


def tables(bench: Bench) -> list[Table]:
    """Quality on the embedded engine (both give the same), latency through HTTP on both."""
    bench.indexed("embedded", "office")
    with bench.search("embedded", "office") as service:
        analyzer = Analyzer(load_segmenter())
        found = targets(service.engine)
        phrases = completion.table(service.engine, analyzer, [target.typed for target in found["subject"]])
        return [*quality(service.engine, analyzer, found), phrases, _latency(bench, found)]


def targets(engine: Engine) -> dict[str, list[Target]]:
    """What is typed, by kind; drawn from the index, the same in every run."""
    records = sorted(engine.scan(Access.unrestricted()), key=lambda record: record.id)
    drawn = random.Random(4)  # noqa: S311
    by_subject = _sample(drawn, [record for record in records if len(syllables(record.subject)) >= _LEAST_SYLLABLES])
    by_number = _sample(drawn, [record for record in records if record.number])
    made = [
        *(target for record in by_subject for target in _subject_targets(record, drawn)),
        *(target for record in by_number for target in _number_targets(record)),
        *_name_targets("issuer", drawn, records),
        *_name_targets("signer", drawn, records),
    ]
    kinds: dict[str, list[Target]] = {}
    for target in made:
        kinds.setdefault(target.kind, []).append(target)
    return kinds


def quality(engine: Engine, analyzer: Analyzer, kinds: dict[str, list[Target]]) -> tuple[Table, Table]:
    """Success among five and mean reciprocal rank by syllables typed; characters typed until it is among five."""
    suggester = Suggester(engine, analyzer)

    def rank(typed: str, target: Target) -> int | None:
        shown = suggester.suggest(typed, _SHOWN, Access.unrestricted()).suggestions
        return next((place for place, each in enumerate(shown, 1) if _is_right(each, target)), None)

    by_syllables: list[tuple[str | float, ...]] = []
    by_characters: list[tuple[str | float, ...]] = []
    for kind, wanted in kinds.items():
        if "subject" in kind:
            for many in _TYPED_SYLLABLES:
                ranks = [rank(_first_syllables(target.typed, many), target) for target in wanted]
                by_syllables.append((kind, str(many), _success(ranks), _reciprocal(ranks)))
        needed = [_characters(target, rank) for target in wanted]
        reached = sorted(count for count in needed if count is not None)
        lengths = [len(target.typed) for target in wanted]
        by_characters.append(
            (
                kind,
                str(len(wanted)),
                len(reached) / len(wanted),
                statistics.fmean(reached),
                str(statistics.median(reached)),
                statistics.fmean(lengths),
            )
        )
    return (
        Table(
            name="suggest-syllables",
            title=f"Suggestions: the right subject among {_SHOWN} after so many typed syllables, the last one whole",
            columns=("typed", "syllables", f"success@{_SHOWN}", "MRR"),
            rows=tuple(by_syllables),
        ),
        Table(
            name="suggest-characters",
            title=f"Suggestions: characters typed until the right one is among {_SHOWN}",
            columns=("typed", "targets", "reached", "characters, mean", "median", "length, mean"),
            rows=tuple(by_characters),
        ),
    )


def _latency(bench: Bench, kinds: dict[str, list[Target]]) -> Table:
    keystrokes = {
        kind: [beginning for target in wanted[:_LATENCY_TARGETS] for beginning in _beginnings(target.typed)]
        for kind, wanted in kinds.items()
    }
    rows: list[tuple[str | float, ...]] = []
    for engine in ENGINES:
        bench.indexed(engine, "office")
        with Served(bench.environment(engine, "office")) as served:
            connection = http.client.HTTPConnection("127.0.0.1", served.port, timeout=60)
            times = {kind: [_milliseconds(connection, typed) for typed in all] for kind, all in keystrokes.items()}
        times["all"] = [each for kind in list(times) for each in times[kind]]
        rows += [(engine, kind, str(len(each)), *_percentiles(each)) for kind, each in times.items()]
    return Table(
        name="suggest-latency",
        title="Suggestions through HTTP, one request for each keystroke, one worker, 4,113 documents, ms",
        columns=("engine", "typed", "keystrokes", "p50", "p95", "worst"),
        rows=tuple(rows),
    )


def _milliseconds(connection: http.client.HTTPConnection, typed: str) -> float:
    begun = time.perf_counter()
    connection.request("GET", f"/api/v1/suggest?{urlencode({'q': typed})}")
    answer = connection.getresponse()
    answer.read()
    if answer.status != http.client.OK:
        raise RuntimeError(f"{answer.status} for {typed!r}")
    return (time.perf_counter() - begun) * 1000


def _percentiles(times: Sequence[float]) -> tuple[float, float, float]:
    return statistics.median(times), statistics.quantiles(times, n=100)[94], max(times)


def _subject_targets(record: OfficialDocument, drawn: random.Random) -> Iterator[Target]:
    subject = record.subject
    right = frozenset({fold(subject)})
    words = syllables(subject)
    within = subject[words[drawn.randint(1, len(words) - 3)].start :]
    yield Target("subject", subject, right)
    yield Target("subject, no marks", fold(subject), right)
    yield Target("subject, Telex", telex_keys(subject), right)
    yield Target("subject from within", within, right)
    yield Target("subject from within, no marks", fold(within), right)


def _number_targets(record: OfficialDocument) -> Iterator[Target]:
    number = record.number
    right = frozenset({fold(number)})
    spoken = fold(number).replace("/", " ").replace("-", " ")
    yield Target("number", number, right)
    yield Target("number, spoken", f"so {spoken}", right)
    figure, *symbols = spoken.split()
    if len(symbols) > 1:
        yield Target("number, symbol first", " ".join([*symbols[-2:], figure]), right)


def _name_targets(field: str, drawn: random.Random, records: Sequence[OfficialDocument]) -> Iterator[Target]:
    names = sorted({name for record in records if (name := getattr(record, field))})
    for name in _sample(drawn, names):
        right = frozenset({fold(name)})
        last = name[syllables(name)[-1].start :]
        yield Target(field, name, right)
        yield Target(f"{field}, no marks", fold(name), right)
        if field == "signer":
            yield Target("signer, given name", last, right)


def telex_keys(text: str) -> str:
    """The keys of a text in Telex, as most people type: hats at once, the tone at the end of its syllable."""
    return _SYLLABLE.sub(lambda syllable: _syllable_keys(syllable.group()), unicodedata.normalize("NFC", text))


def _syllable_keys(syllable: str) -> str:
    decomposed = unicodedata.normalize("NFD", syllable.replace("đ", "dd").replace("Đ", "Dd"))
    tone = "".join(_TELEX_TONES[mark] for mark in decomposed if mark in _TELEX_TONES)
    letters = [letter for letter in decomposed if letter not in _TELEX_TONES]
    keys = (
        letters[at - 1].lower() if letter == "\u0302" else "w" if letter in "\u0306\u031b" else letter
        for at, letter in enumerate(letters)
    )
    return "".join(keys) + tone


def _sample(drawn: random.Random, all: Sequence[_T]) -> list[_T]:
    return drawn.sample(all, min(_TARGETS, len(all)))


def _first_syllables(text: str, many: int) -> str:
    words = syllables(text)
    return text[: words[min(many, len(words)) - 1].end]


def _beginnings(text: str) -> Iterator[str]:
    return (text[:length] for length in range(1, len(text) + 1))


def _characters(target: Target, rank: Callable[[str, Target], int | None]) -> int | None:
    """How many characters are typed when the right suggestion first shows."""
    return next((len(typed) for typed in _beginnings(target.typed) if rank(typed, target)), None)


def _is_right(suggestion: Suggestion, target: Target) -> bool:
    return fold(suggestion.text) in target.right


def _success(ranks: Sequence[int | None]) -> float:
    return sum(rank is not None for rank in ranks) / len(ranks)


def _reciprocal(ranks: Sequence[int | None]) -> float:
    return statistics.fmean(1 / rank if rank else 0.0 for rank in ranks)
