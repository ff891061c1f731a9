"""`python -m bench.kill`: kill an indexing run again and again, and see that its index is that of an undisturbed one.

A run over generated files and records is the reference. Then the same files are indexed into a fresh home, and the
whole process group is killed with SIGKILL at a random moment, several times in a row; at last the run is let to its
end. Each index must hold the same documents with the same content and fingerprints, count the same hits for the same
questions, find the same document where one is meant, and satisfy `tracuu verify`. The runs commit every few documents,
so that many kills fall between and into commits.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path

from bench.killing import HASTY_INDEX, Home, fresh_home, node
from engines.interface import Access
from engines.record import OfficialDocument
from search_service.search import SearchRequest
from tracuu.rooms import open_engine, search_service
from tracuu.settings import load_settings

_VERIFY = (sys.executable, "-m", "tracuu", "verify")
_MOST_KILLS_A_HOME = 8
_FILES = 100
_RECORDS = 1_200
_RECORDS_A_FILE = 200
_ONE_IN = 40
_TEXT = (
    "ủy ban nhân dân tỉnh quyết định kế hoạch chuyển đổi số phát triển nông thôn mới giai đoạn công văn sở tài chính "
    "phê duyệt dự án đầu tư xây dựng giáo dục y tế môi trường đất đai thanh tra cải cách hành chính thủ tục văn phòng"
)
_COUNTED = ("ke hoach chuyen doi so", "nông thôn mới", "thanh tra đất đai", "")
_FOUND = ("12/2021/QĐ-UBND", "so 777 2021 qd ubnd", "1001/2021")


@dataclass(frozen=True, slots=True)
class Contents:
    """What an index holds and answers.

    Attributes:
        records: Id to whole record.
        fingerprints: Id to what the index says it was made from.
        answers: Question to the number of hits and, where one document is meant, the best. Where a thousand random
            texts are about equally good, their order is left out: BM25 counts what was replaced until its segment is
            merged, so that scores differ in the fourth digit even between two undisturbed runs.
    """

    records: Mapping[str, OfficialDocument]
    fingerprints: Mapping[str, str]
    answers: Mapping[str, tuple[int, str]]


@dataclass(slots=True)
class Tally:
    """What happened so far."""

    kills: int = 0
    homes: int = 0
    equal: int = 0
    verified: int = 0
    moments: list[float] = field(default_factory=list)


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.kill", description=__doc__)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--times", type=int, default=50, help="how many kills in all")
    parser.add_argument("--seed", type=int, default=0)
    arguments = parser.parse_args()
    chance = random.Random(arguments.seed)  # noqa: S311 - moments, not secrets
    with tempfile.TemporaryDirectory(prefix="tracuu-kill-") as name, node(arguments.engine, Path(name)) as url:
        directory = Path(name)
        _write_files(_files(directory), chance)
        tally, length, documents = _measure(arguments.engine, url, arguments.times, chance, directory)
    _print_table(arguments.engine, tally, length, documents)
    sys.exit(not tally.homes == tally.equal == tally.verified)


def _measure(engine: str, url: str, times: int, chance: random.Random, directory: Path) -> tuple[Tally, float, int]:
    """Kill so many times; the tally, the seconds of an undisturbed run, and the documents it indexes."""
    with fresh_home(engine, url, directory, "reference") as undisturbed:
        began = time.monotonic()
        undisturbed.finish(*_command(directory))
        length = time.monotonic() - began
        reference = _contents(undisturbed)
    tally = Tally()
    while tally.kills < times:
        with fresh_home(engine, url, directory, f"home-{tally.homes}") as killed:
            for _ in range(min(chance.randint(1, _MOST_KILLS_A_HOME), times - tally.kills)):
                moment = chance.uniform(0, length)
                if killed.kill(_command(directory), moment) is None:
                    tally.kills += 1
                    tally.moments.append(moment / length)
            killed.finish(*_command(directory))
            tally.homes += 1
            tally.equal += _is_equal(_contents(killed), reference)
            tally.verified += killed.run(*_VERIFY).wait() == 0
        print(f"{tally.kills} kills, {tally.homes} homes, {tally.equal} equal", file=sys.stderr)
    return tally, length, len(reference.records)


def _command(directory: Path) -> tuple[str, ...]:
    return (*HASTY_INDEX, str(_files(directory)))


def _files(directory: Path) -> Path:
    return directory / "files"


def _contents(home: Home) -> Contents:
    with home.environment():
        settings = load_settings()
    with open_engine(settings) as engine:
        records = {record.id: record for record in engine.scan(Access.unrestricted())}
        with engine.write_live() as writer:
            fingerprints = writer.fingerprints(list(records))
        service = search_service(engine)
        answers = {}
        for question in (*_COUNTED, *_FOUND):
            answer = service.search(SearchRequest(text=question, size=1), Access.unrestricted())
            best = answer.hits[0].record.id if question in _FOUND else ""
            answers[question] = (answer.total, best)
    return Contents(records, fingerprints, answers)


def _is_equal(contents: Contents, reference: Contents) -> bool:
    for what in ("records", "fingerprints", "answers"):
        ours, theirs = getattr(contents, what), getattr(reference, what)
        if differing := [key for key in ours.keys() | theirs.keys() if ours.get(key) != theirs.get(key)]:
            print(f"{what} differ: {sorted(differing)[:5]} of {len(differing)}", file=sys.stderr)
            return False
    return True


def _write_files(directory: Path, chance: random.Random) -> None:
    """Files and records, some of them with the id of another, some that cannot be read."""
    directory.mkdir()
    for number in range(_FILES):
        (directory / f"{number:04}.txt").write_text(_text(chance, number), encoding="utf-8")
    for start in range(0, _RECORDS, _RECORDS_A_FILE):
        lines = [_line(chance, number) for number in range(start, start + _RECORDS_A_FILE)]
        (directory / f"records-{start:05}.jsonl").write_text("\n".join(lines), encoding="utf-8")


def _line(chance: random.Random, number: int) -> str:
    if chance.randrange(_ONE_IN) == 0:
        return "{"
    same = chance.randrange(_ONE_IN) == 0
    id = f"r{chance.randrange(_RECORDS) if same else number}"
    return json.dumps({"id": id, "number": f"{number}/2021/QĐ-UBND", "text": _text(chance, number)}, ensure_ascii=False)


def _text(chance: random.Random, number: int) -> str:
    return f"Số: {number}/2021/QĐ-UBND\n" + " ".join(chance.choices(_TEXT.split(), k=chance.randrange(30, 200)))


def _print_table(engine: str, tally: Tally, length: float, documents: int) -> None:
    quarters = [sum(quarter / 4 <= moment < (quarter + 1) / 4 for moment in tally.moments) for quarter in range(4)]
    rows = {
        "engine": engine,
        "documents": documents,
        "undisturbed run, seconds": f"{length:.1f}",
        "kills": tally.kills,
        "kills in each quarter of the run": " ".join(map(str, quarters)),
        "homes": tally.homes,
        "homes equal to the undisturbed one": tally.equal,
        "homes that `tracuu verify` finds whole": tally.verified,
    }
    for name, value in rows.items():
        print(f"{name:<40} {value}")


if __name__ == "__main__":
    main()
