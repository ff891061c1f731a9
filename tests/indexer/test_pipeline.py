"""The whole pipeline with real worker processes and the embedded engine."""

import dataclasses
import json
import signal
import subprocess
import sys
import threading
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from engines.embedded import EmbeddedEngine
from engines.interface import Access, EncodedDocument
from engines.record import OfficialDocument
from indexer.analysis import ANALYSIS_VERSION, DocumentAnalysis, load_analysis
from indexer.entries import State
from indexer.journal import Journal, JournalUnreadable
from indexer.pipeline import Options, index, prepare
from indexer.report import RunReport
from indexer.sources import Root
from indexer.verification import repair, retry, verify
from tests.indexer.crashing import read
from tests.indexer.in_process import is_text

ROOT = Path(__file__).parents[2]


class Home:
    def __init__(self, directory: Path) -> None:
        self.engine = EmbeddedEngine(directory / "index", writer_heap_bytes=15_000_000, writer_threads=1)
        self.journal = directory / "journal.sqlite3"
        self.options = Options(workers=1, read=read, is_candidate=is_text)

    def index(self, *roots: Path) -> RunReport:
        return index(self.engine, self.journal, [Root.of(root) for root in roots], self.options)

    def texts(self) -> list[str]:
        return sorted(record.text for record in self.engine.scan(Access.unrestricted()))

    def problems(self) -> list[tuple[str, State]]:
        with closing(Journal(self.journal)) as journal:
            return [(Path(problem.path).name, problem.state) for problem in journal.problems()]


@pytest.fixture(scope="module")
def analysis() -> DocumentAnalysis:
    return load_analysis()


@pytest.fixture
def home(tmp_path: Path) -> Iterator[Home]:
    home = Home(tmp_path / "home")
    yield home
    home.engine.close()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    directory = tmp_path / "files"
    directory.mkdir()
    for number in range(5):
        (directory / f"{number}.txt").write_text(f"Văn bản {number}", encoding="utf-8")
    records = [json.dumps({"id": f"r{number}", "text": f"Bản ghi {number}"}) for number in range(5)]
    (directory / "records.jsonl").write_text("\n".join(records), encoding="utf-8")
    return directory


ALL = sorted([*(f"Văn bản {number}" for number in range(5)), *(f"Bản ghi {number}" for number in range(5))])


def encoded(home: Home, analysis: DocumentAnalysis, id: str, text: str) -> EncodedDocument:
    return home.engine.encoder()(analysis.document(OfficialDocument(id=id, text=text)))


def test_everything_is_found_and_a_second_run_finds_nothing_to_do(home: Home, files: Path) -> None:
    report = home.index(files)
    assert (report.found, report.indexed, report.failed) == (10, 10, 0)
    assert home.texts() == ALL
    report = home.index(files)
    assert (report.found, report.unchanged, report.changed) == (10, 10, False)


def test_files_that_bring_the_reader_down_are_failures_and_the_rest_is_indexed(home: Home, files: Path) -> None:
    for name in ("exit", "kill", "raise"):
        (files / f"{name}.txt").write_text(name)
    report = home.index(files)
    assert (report.found, report.indexed, report.failed) == (13, 10, 3)
    assert home.texts() == ALL
    assert home.problems() == [(f"{name}.txt", State.FAILED) for name in ("exit", "kill", "raise")]


def test_a_retry_reads_again_what_failed_and_nothing_else(home: Home, files: Path) -> None:
    (files / "exit.txt").write_text("exit")
    (files / "records.jsonl").write_text("{", encoding="utf-8")
    home.index(files)
    home.options = Options(workers=1, is_candidate=is_text)  # with the readers that the program comes with
    report = retry(home.engine, home.journal, home.options)
    assert (report.found, report.indexed, report.failed) == (2, 1, 1)
    assert home.problems() == [("records.jsonl", State.FAILED)]


def test_a_run_that_is_asked_to_stop_keeps_what_is_done_and_the_next_one_goes_on(home: Home, files: Path) -> None:
    class StopAfterThree:
        def __init__(self, stop: threading.Event) -> None:
            self.stop, self.documents = stop, 0

        def begin(self, what: str, total: int) -> None:
            pass

        def advance(self, *, documents: int = 0, read: int = 0) -> None:
            self.documents += documents
            if self.documents == 3:
                self.stop.set()

        def end(self) -> None:
            pass

    stop = threading.Event()
    home.options = Options(workers=1, read=read, is_candidate=is_text, stop=stop, progress=StopAfterThree(stop))
    report = home.index(files)
    assert (report.interrupted, report.indexed, len(home.texts())) == (True, 3, 3)
    home.options = Options(workers=1, read=read, is_candidate=is_text)
    report = home.index(files)
    assert (report.interrupted, report.indexed, report.unchanged) == (False, 7, 3)
    assert home.texts() == ALL


def test_an_index_of_another_version_is_rebuilt_from_its_own_records(
    home: Home, files: Path, analysis: DocumentAnalysis
) -> None:
    with home.engine.write_staged("0") as writer:
        writer.put(encoded(home, analysis, "cũ", "Đã có từ trước"))
        writer.commit()
    home.engine.promote()
    report = home.index(files)
    live = home.engine.live()
    assert live is not None
    assert live.version == ANALYSIS_VERSION
    assert report.indexed == 10
    assert home.texts() == sorted([*ALL, "Đã có từ trước"])


def test_a_rebuild_changes_no_document_and_leaves_the_journal_right(home: Home, files: Path) -> None:
    home.index(files)
    before = home.engine.live()
    assert prepare(home.engine, home.options, force=True)
    after = home.engine.live()
    assert before is not None
    assert after is not None
    assert after.name != before.name
    report = home.index(files)
    assert (report.unchanged, report.changed) == (10, False)
    assert verify(home.engine, home.journal).is_whole


def test_a_rebuild_goes_on_where_one_was_cut_off_and_keeps_no_deleted_document(
    home: Home, files: Path, analysis: DocumentAnalysis
) -> None:
    home.index(files)
    with home.engine.write_staged(ANALYSIS_VERSION) as writer:
        writer.put(encoded(home, analysis, "r0", "Bản ghi 0"))
        writer.put(encoded(home, analysis, "r1", "nội dung cũ"))
        writer.put(encoded(home, analysis, "đã xóa", "không còn"))
        writer.commit()
    assert prepare(home.engine, home.options, force=True)
    assert home.texts() == ALL


def test_a_difference_between_journal_and_index_is_found_and_repaired(
    home: Home, files: Path, analysis: DocumentAnalysis
) -> None:
    home.index(files)
    (file_document,) = [r.id for r in home.engine.scan(Access.unrestricted()) if r.text == "Văn bản 0"]
    with home.engine.write_live() as writer:
        writer.delete(file_document)
        writer.put(encoded(home, analysis, "r1", "khác"))
        writer.put(encoded(home, analysis, "đẩy", "Đẩy qua API"))
        writer.commit()
    found = verify(home.engine, home.journal)
    assert (found.agreed, set(found.missing), found.left_over, found.foreign) == (8, {file_document, "r1"}, (), 1)
    assert not found.is_whole
    repair(home.engine, home.journal, found, home.options)
    assert verify(home.engine, home.journal).is_whole
    assert home.texts() == sorted([*ALL, "Đẩy qua API"])


def test_a_document_left_over_from_a_lost_journal_is_deleted_by_a_repair(home: Home, files: Path) -> None:
    home.index(files)
    home.journal.unlink()
    (files / "0.txt").unlink()
    home.index(files)
    found = verify(home.engine, home.journal)
    assert len(found.left_over) == 1
    repair(home.engine, home.journal, found, home.options)
    assert home.texts() == ALL[:5] + ALL[6:]


def test_a_damaged_journal_is_a_message_and_not_a_traceback(home: Home, files: Path) -> None:
    home.journal.parent.mkdir(parents=True)
    home.journal.write_bytes(b"not a database, not at all" * 100)
    with pytest.raises(JournalUnreadable, match=r"journal\.sqlite3"):
        home.index(files)


def test_a_run_that_was_killed_is_finished_by_the_next_one(home: Home, files: Path) -> None:
    program = (
        "import sys; from pathlib import Path\n"
        "from indexer.ledger import Pace; from indexer.pipeline import Options, index\n"
        "from indexer.sources import Root; from engines.embedded import EmbeddedEngine\n"
        "from tests.indexer.crashing import read; from tests.indexer.in_process import is_text\n"
        "class Told:\n"
        "    def begin(self, what, total): pass\n"
        "    def advance(self, *, documents=0, read=0): print(documents, flush=True)\n"
        "    def end(self): pass\n"
        "if __name__ == '__main__':\n"
        "    home = Path(sys.argv[1]); engine = EmbeddedEngine(home / 'index')\n"
        "    options = Options(workers=1, read=read, is_candidate=is_text, pace=Pace(documents=1), progress=Told())\n"
        "    index(engine, home / 'journal.sqlite3', [Root.of(sys.argv[2])], options)\n"
    )
    command = [sys.executable, "-c", program, str(home.journal.parent), str(files)]
    run = subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True)
    assert run.stdout is not None
    for _ in range(3):
        run.stdout.readline()
    run.send_signal(signal.SIGKILL)
    run.wait()
    report = home.index(files)
    assert report.indexed + report.unchanged == 10
    assert home.texts() == ALL
    assert verify(home.engine, home.journal).is_whole


def test_looking_locks_nobody_out_and_what_another_run_wrote_meanwhile_is_not_taken_for_gone(
    home: Home, files: Path
) -> None:
    """The other run takes place while this one is in the middle of its look, past the folder's list."""
    others: list[RunReport] = []

    def is_text_after_another_run(name: str) -> bool:
        if not others:
            (files / "zz.txt").write_text("mới")
            others.append(home.index(files))
        return is_text(name)

    options = dataclasses.replace(home.options, is_candidate=is_text_after_another_run)
    report = index(home.engine, home.journal, [Root.of(files)], options)

    assert (report.deleted, report.adds_up) == (0, True)
    assert report.unchanged == others[0].indexed
    assert "mới" in home.texts()
