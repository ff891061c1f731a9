"""Whatever happened to the files and to the runs before, the index is what one run over the files as they are makes."""

import contextlib
import gzip
import json
import os
import shutil
import tempfile
from collections.abc import Mapping
from pathlib import Path

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st
from hypothesis.stateful import RuleBasedStateMachine, rule

from engines.record import OfficialDocument
from indexer.analysis import load_analysis
from indexer.sources import Root
from tests.indexer.copied import BODY, OTHER_BODY, text
from tests.indexer.in_process import House, Killed

ANALYSIS = load_analysis()
COPIES = [text(), text(body=BODY + OTHER_BODY), text(number="16/QĐ-UBND"), text(number="", day=" "), BODY + OTHER_BODY]
TEXTS = st.sampled_from(["Quyết định một", "Thông báo hai", "không đọc được", *COPIES])
NAMES = st.sampled_from(["a", "b", "c/d"])
IDS = st.sampled_from(["x", "y", "x y/ế"])
ROWS = [{"number": number, "issuer": "UBND tỉnh Đông Bắc", "issued": "2025-11-20"} for number in ("15/QĐ-UBND", "")]
FIELDS = st.sampled_from([{"text": "một"}, {"text": "hai"}, {"text": ""}, {"text": COPIES[0]}, *ROWS])
RECORDS = st.tuples(IDS, FIELDS)
LINES = st.lists(st.one_of(RECORDS, RECORDS, RECORDS, st.sampled_from(["{", "", '{"id": 1}'])), min_size=2, max_size=6)
FILES = st.dictionaries(NAMES, LINES, min_size=2)


def contents(records: Mapping[str, OfficialDocument]) -> list[tuple[object, ...]]:
    """What does not depend on where a file was first met, with what each record is to its copies."""

    def content(id: str) -> tuple[object, ...]:
        record = records[id]
        return record.number, record.text, record.source, tuple(file.path for file in record.files)

    def folding(record: OfficialDocument) -> tuple[object, ...]:
        links = [content(id) for id in (record.copy_of, record.draft_of) if id]
        return links, [(copy.kind, *content(copy.id)) for copy in record.copies], record.replaced

    return sorted((content(id) + folding(record) for id, record in records.items()), key=repr)


class AnyHistory(RuleBasedStateMachine):
    def __init__(self) -> None:
        super().__init__()
        self.directory = Path(tempfile.mkdtemp())
        self.files = self.directory / "files"
        self.files.mkdir()
        self.house = House(self.directory / "home", ANALYSIS)
        self.clock = 0

    def write(self, name: str, data: bytes) -> None:
        path = self.files / name
        path.parent.mkdir(exist_ok=True)
        path.write_bytes(data)
        # Later than all before, however coarse the file system's clock.
        self.clock += 1
        os.utime(path, ns=(self.clock * 10**9, self.clock * 10**9))

    @rule(name=NAMES, written=TEXTS)
    def write_file(self, name: str, written: str) -> None:
        self.write(f"{name}.txt", b"\xff" if written == "không đọc được" else written.encode())

    @rule(files=FILES, compressed=st.booleans())
    def write_lines(self, files: dict[str, list[tuple[str, dict[str, str]] | str]], compressed: bool) -> None:
        for name, lines in files.items():
            texts = [line if isinstance(line, str) else json.dumps({"id": line[0], **line[1]}) for line in lines]
            data = "\n".join(texts).encode()
            suffix = ".jsonl.gz" if compressed else ".jsonl"
            self.write(name + suffix, gzip.compress(data, mtime=0) if compressed else data)

    @rule(data=st.data())
    def delete(self, data: st.DataObject) -> None:
        if files := self.existing():
            data.draw(st.sampled_from(files)).unlink()

    @rule(data=st.data(), name=NAMES)
    def move(self, data: st.DataObject, name: str) -> None:
        if files := self.existing():
            path = data.draw(st.sampled_from(files))
            target = self.files / (name + "".join(path.suffixes))
            target.parent.mkdir(exist_ok=True)
            path.rename(target)

    @rule()
    def index(self) -> None:
        report = self.house.index(Root.of(self.files), allow_empty=True)
        assert report.adds_up, report
        assert report.errors == ()

    @rule(lives=st.integers(0, 6))
    def index_and_be_killed_between_items(self, lives: int) -> None:
        self.killed(lives=lives)

    @rule(commits=st.integers(1, 3))
    def index_and_be_killed_between_the_commits_of_index_and_journal(self, commits: int) -> None:
        self.killed(commits=commits)

    @rule()
    def the_index_is_that_of_one_run(self) -> None:
        self.index()
        again = self.house.index(Root.of(self.files), allow_empty=True)
        assert (again.indexed, again.deleted) == (0, 0), again
        fresh = House(self.directory / "fresh", ANALYSIS, seed=1)
        fresh.index(Root.of(self.files), allow_empty=True)
        ours, theirs = self.house.records(), fresh.records()
        fresh.close()
        shutil.rmtree(self.directory / "fresh")
        assert contents(ours) == contents(theirs)
        of_lines = {id for id, record in theirs.items() if not record.files}
        assert {id for id, record in ours.items() if not record.files} == of_lines

    def killed(self, **when: int) -> None:
        with contextlib.suppress(Killed):
            self.house.index(Root.of(self.files), allow_empty=True, **when)

    def existing(self) -> list[Path]:
        return sorted(path for path in self.files.rglob("*") if path.is_file())

    def teardown(self) -> None:
        self.the_index_is_that_of_one_run()
        self.house.close()
        shutil.rmtree(self.directory)


TestAnyHistory = AnyHistory.TestCase
TestAnyHistory.settings = settings(
    max_examples=60, stateful_step_count=12, deadline=None, suppress_health_check=[HealthCheck.too_slow]
)
