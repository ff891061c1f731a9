"""The embedded engine on disk: several processes, sudden death, full and damaged disks."""

import contextlib
import multiprocessing
import os
import shutil
import signal
import subprocess
import sys
import textwrap
from collections.abc import Callable
from pathlib import Path

import pytest
import tantivy

from engines.embedded import EmbeddedEngine, layout
from engines.interface import (
    EncodedDocument,
    Engine,
    EngineError,
    Facet,
    IndexLocked,
    IndexMissing,
    Order,
    Search,
)
from engines.kept import IDLE_SECONDS
from engines.query import All, AnyOf, Boolean, Match
from engines.schema import KEYWORD_FIELDS, MAX_KEYWORD_BYTES, TOKEN_FIELDS
from tests.conformance.corpus import EVERYTHING, add, document, found, index, stage

ROOT = Path(__file__).parents[2]


@pytest.fixture
def directory(tmp_path: Path) -> Path:
    return tmp_path / "chỉ mục"


@pytest.fixture
def engine(directory: Path) -> EmbeddedEngine:
    """An engine with one live document."""
    engine = EmbeddedEngine(directory, writer_threads=1)
    index(engine, [document("first", "dau tien")])
    return engine


def start(directory: Path, body: str, **options: object) -> subprocess.Popen[str]:
    """Another process, where `engine` is an engine on the same directory."""
    code = textwrap.dedent("""
        import sys, time
        from pathlib import Path
        from engines.embedded import EmbeddedEngine, layout
        from tests.conformance.corpus import *
        engine = EmbeddedEngine(Path(sys.argv[1]), writer_threads=1)
    """) + textwrap.dedent(body)
    command = [sys.executable, "-c", code, str(directory)]
    return subprocess.Popen(command, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True, cwd=ROOT, **options)  # type: ignore[call-overload,no-any-return]


def run(directory: Path, body: str, **options: object) -> str:
    with start(directory, body, **options) as process:
        output, errors = process.communicate()
    assert process.returncode == 0, errors
    return output


def said(process: subprocess.Popen[str]) -> str:
    assert process.stdout is not None
    return process.stdout.readline().strip()


def test_searches_see_what_another_process_commits(engine: EmbeddedEngine, directory: Path) -> None:
    assert engine.count(All(), EVERYTHING) == 1
    run(directory, "add(engine, document('second', 'thu hai'))")
    assert found(engine, Match("folded", ("hai",))) == ["second"]


def test_searches_see_what_another_process_promotes(engine: EmbeddedEngine, directory: Path) -> None:
    assert found(engine, All()) == ["first"]
    run(directory, "index(engine, [document('new', 'moi')], '2')")
    assert found(engine, All()) == ["new"]
    live = engine.live()
    assert live is not None
    assert live.version == "2"


def test_a_snapshot_outlives_the_index_it_reads(engine: EmbeddedEngine, directory: Path) -> None:
    add(engine, *(document(f"d{number}", "cu") for number in range(1_500)))
    records = engine.scan(EVERYTHING)
    scanned = [next(records).id]
    run(directory, "index(engine, [document('new', 'moi')], '2')")
    assert found(engine, All()) == ["new"]
    scanned += [record.id for record in records]
    assert sorted(scanned) == sorted(["first", *(f"d{number}" for number in range(1_500))])


def mapped(directory: Path) -> list[str]:
    """The files of a directory that this process can read, those that were deleted among them."""
    lines = Path("/proc/self/maps").read_text(encoding="utf-8").splitlines()
    return sorted({line[line.index("/") :] for line in lines if str(directory) in line})


def opened(directory: Path) -> int:
    """How many files of a directory this process holds open, those that were deleted among them."""
    count = 0
    for link in Path("/proc/self/fd").iterdir():
        with contextlib.suppress(FileNotFoundError):  # the listing's own
            count += str(directory) in str(link.readlink())
    return count


def first_page(engine: EmbeddedEngine) -> str:
    """A search that hands out a cursor by relevance, for which its snapshot is kept."""
    cursor = engine.search(Search(query=Match("folded", ("so",)), access=EVERYTHING, size=1)).next
    assert cursor is not None
    return cursor


def test_the_files_of_snapshots_kept_for_cursors_are_bounded_and_go_with_them(directory: Path) -> None:
    now = 1_000.0
    engine = EmbeddedEngine(directory, writer_threads=1, clock=lambda: now)
    open_files, most = [], 0
    for turn in range(30):
        index(engine, [document(f"d{number}", "so") for number in range(3)], f"{turn}")
        cursor = first_page(engine)
        generations = {path.split("/index/")[0] for path in mapped(directory)}
        most = max(most, len(generations))
        open_files.append(opened(directory))
    assert most == 16
    assert max(open_files) == open_files[0]
    assert any("(deleted)" in path for path in mapped(directory))
    now += IDLE_SECONDS + 1
    assert engine.count(All(), EVERYTHING) == 3
    assert not any("(deleted)" in path for path in mapped(directory))
    assert engine.search(Search(query=Match("folded", ("so",)), access=EVERYTHING, cursor=cursor)).hits


def test_what_no_cursor_names_is_not_kept(directory: Path) -> None:
    engine = EmbeddedEngine(directory, writer_threads=1)
    for turn in range(3):
        index(engine, [document(f"d{number}", "so") for number in range(3)], f"{turn}")
        for search in (
            Search(query=Match("folded", ("so",)), access=EVERYTHING, size=3),
            Search(query=Match("folded", ("so",)), access=EVERYTHING, size=1, order=Order.NEWEST),
            Search(query=Match("folded", ("so",)), access=EVERYTHING, size=0),
        ):
            engine.search(search)
    assert not any("(deleted)" in path for path in mapped(directory))


def test_a_closed_engine_keeps_no_snapshot(directory: Path) -> None:
    engine = EmbeddedEngine(directory, writer_threads=1)
    index(engine, [document(f"d{number}", "so") for number in range(3)])
    first_page(engine)
    engine.close()
    assert mapped(directory) == []


def test_a_writer_of_another_process_locks_and_is_named(engine: EmbeddedEngine, directory: Path) -> None:
    with start(directory, "with engine.write_live(): print('held', flush=True); time.sleep(600)") as process:
        assert said(process) == "held"
        with pytest.raises(IndexLocked, match=f"số {process.pid}"), engine.write_live():
            raise AssertionError("two writers")
        assert found(engine, All()) == ["first"]
        process.kill()
    add(engine, document("second", "thu hai"))


def test_a_writer_that_outlives_its_lock_in_a_forked_child_locks_too(engine: EmbeddedEngine, directory: Path) -> None:
    [meta] = directory.rglob("meta.json")
    held = tantivy.Index.open(str(meta.parent)).writer(num_threads=1)
    with pytest.raises(IndexLocked, match="đang ghi"), engine.write_live():
        raise AssertionError("two writers")
    held.wait_merging_threads()
    add(engine, document("second", "thu hai"))


@pytest.mark.parametrize("place", ["live", "staged"])
def test_promotion_is_refused_while_somebody_writes(engine: EmbeddedEngine, place: str) -> None:
    stage(engine, [document("new", "moi")], "2")
    writing = engine.write_live() if place == "live" else engine.write_staged("2")
    with writing, pytest.raises(IndexLocked):
        engine.promote()
    engine.promote()
    assert found(engine, All()) == ["new"]


def test_a_killed_writer_leaves_the_last_commit_whole(engine: EmbeddedEngine, directory: Path) -> None:
    body = """
        encode = engine.encoder()
        with engine.write_live() as writer:
            for number in range(100000):
                writer.put(encode(document(f'd{number}', f'so {number} ' * 50)))
                if number % 20 == 19:
                    writer.commit()
                    print(number + 1, flush=True)
    """
    for _ in range(3):
        with start(directory, body) as process:
            committed = [int(said(process)) for _ in range(3)][-1]
            process.send_signal(signal.SIGKILL)
            process.wait()
            assert process.stdout is not None
            committed = max([committed, *map(int, process.stdout.read().split())])
        ids = set(found(engine, All()))
        documents = engine.count(All(), EVERYTHING)
        assert (documents - 1) % 20 == 0, "a commit is whole or not there"
        assert documents - 1 >= committed
        assert len(ids) == min(documents, 100)
        add(engine, document("first", "van con"))


@pytest.mark.parametrize(
    "step", ["create_index", "replace_text", "Path.unlink", "shutil.rmtree"], ids=lambda step: step.replace(".", "_")
)
def test_death_at_any_step_of_a_swap_leaves_an_index_that_answers(
    engine: EmbeddedEngine, directory: Path, step: str
) -> None:
    body = f"""
        import os
        from engines.embedded import generations
        generations.{step} = lambda *_, **__: os._exit(9)
        index(engine, [document('new', 'moi')], '2')
    """
    with start(directory, body) as process:
        process.communicate()
    assert process.returncode == 9
    assert found(engine, All()) in (["first"], ["new"])
    index(engine, [document("newer", "moi hon")], "3")
    assert found(engine, All()) == ["newer"]
    assert engine.staged() is None
    assert len(list((directory / "generations").iterdir())) == 1


def test_leaving_without_a_commit_drops_what_was_not_committed(engine: EmbeddedEngine) -> None:
    with engine.write_live() as writer:
        writer.put(engine.encoder()(document("second", "thu hai")))
        writer.delete("first")
    add(engine, document("third", "thu ba"))
    assert sorted(found(engine, All())) == ["first", "third"]


def test_a_refused_document_is_reported_and_stops_no_other(engine: EmbeddedEngine) -> None:
    encode = engine.encoder()
    long = "x" * (MAX_KEYWORD_BYTES + 1)
    with engine.write_live() as writer:
        writer.put(encode(document(long)))
        writer.put(encode(document("second")))
        refused = writer.commit()
        assert set(refused) == {long}
        assert "byte" in refused[long]
        assert writer.commit() == {}
    assert engine.count(All(), EVERYTHING) == 2


def test_a_payload_of_another_engine_breaks_the_writer_and_not_the_index(engine: EmbeddedEngine) -> None:
    with engine.write_live() as writer:
        with pytest.raises(EngineError, match="Không ghi được"):
            writer.put(EncodedDocument(id="first", fingerprint="2", payload=b"nonsense"))
        with pytest.raises(EngineError, match="Lần ghi trước đã hỏng"):
            writer.commit()
    assert found(engine, Match("folded", ("dau",))) == ["first"]


def test_a_full_disk_is_told_and_loses_nothing(engine: EmbeddedEngine, directory: Path) -> None:
    """A limit on the size of files fails the same writes that a full disk fails."""
    body = """
        import resource
        from engines.interface import EngineError
        resource.setrlimit(resource.RLIMIT_FSIZE, (200_000, 200_000))
        try:
            add(engine, *(document(f'd{n}', ' '.join(f'w{n * 500 + i}' for i in range(500))) for n in range(2000)))
        except EngineError as error:
            print(error)
    """
    output = run(directory, body)
    assert f"Không ghi được chỉ mục ở thư mục {directory}" in output
    assert "đĩa còn chỗ" in output
    assert found(engine, All()) == ["first"]
    add(engine, document("second", "thu hai"))
    assert engine.count(All(), EVERYTHING) == 2


def files_of(directory: Path) -> list[Path]:
    return [path for path in (directory / "generations").rglob("*") if path.is_file()]


def damage_everything(path: Path) -> None:
    path.write_bytes(b"\x07" * 40)


@pytest.mark.parametrize("damage", [Path.unlink, damage_everything, lambda path: os.truncate(path, 3)])
@pytest.mark.parametrize("suffix", ["meta.json", ".idx", ".store", ".fast", ".term"])
def test_a_damaged_index_is_told_with_its_place(
    engine: EmbeddedEngine, directory: Path, suffix: str, damage: Callable[[Path], object]
) -> None:
    engine.close()
    [damaged] = [path for path in files_of(directory) if path.name.endswith(suffix) and path.name != ".managed.json"]
    damage(damaged)
    with pytest.raises(EngineError, match=str(directory)):
        EmbeddedEngine(directory).search(Search(query=Match("folded", ("dau",)), access=EVERYTHING))


def test_an_index_of_a_newer_format_is_told_with_its_place(engine: EmbeddedEngine, directory: Path) -> None:
    for path in files_of(directory):
        if path.suffix in {".idx", ".store", ".fast", ".term"}:
            content = path.read_bytes()
            assert content.count(b'"index_format_version":7') == 1, "the footer says which format it is"
            path.write_bytes(content.replace(b'"index_format_version":7', b'"index_format_version":9'))
    with pytest.raises(EngineError, match=str(directory)):
        EmbeddedEngine(directory).ping()


def test_an_index_of_an_earlier_schema_answers_and_finds_nothing_in_fields_it_lacks(
    directory: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """Until the rebuild is done, searches of the new program read the old index."""
    with monkeypatch.context() as earlier:
        earlier.setattr(layout, "TOKEN_FIELDS", [field for field in TOKEN_FIELDS if field.name != "title"])
        earlier.setattr(layout, "KEYWORD_FIELDS", [name for name in KEYWORD_FIELDS if name != "type"])
        index(EmbeddedEngine(directory), [document("a", "van ban", title="tieu de", type="Luật")])
    engine = EmbeddedEngine(directory)
    query = Boolean(should=(Match("folded", ("ban",)), Match("title", ("tieu",)), AnyOf("type", ("Luật",))))
    results = engine.search(Search(query=query, access=EVERYTHING, facets=(Facet("type"),)))
    assert [hit.record.id for hit in results.hits] == ["a"]
    assert results.facets == {"type": ()}
    assert engine.count(Match("title", ("tieu",)), EVERYTHING) == 0
    assert engine.document_frequencies("title", ["tieu"]) == {"tieu": 0}
    assert engine.terms("title", "", 5) == engine.terms("type", "", 5) == []


def test_a_removed_directory_is_no_index(engine: EmbeddedEngine, directory: Path) -> None:
    assert found(engine, All()) == ["first"]
    shutil.rmtree(directory)
    with pytest.raises(IndexMissing, match="Chưa có chỉ mục"):
        engine.ping()


def test_reading_makes_no_directory(directory: Path) -> None:
    engine = EmbeddedEngine(directory)
    assert engine.live() is None
    assert engine.staged() is None
    with pytest.raises(IndexMissing):
        engine.ping()
    assert not directory.exists()


def test_a_closed_engine_opens_again_when_asked(engine: EmbeddedEngine) -> None:
    engine.close()
    assert found(engine, All()) == ["first"]


def test_replaced_documents_are_not_counted_in_frequencies_and_terms(engine: EmbeddedEngine) -> None:
    for turn in range(5):
        add(engine, *(document(f"d{number}", f"lan {turn}", title=f"ten{turn}") for number in range(10)))
    assert engine.document_frequencies("folded", ["lan", "4", "3"]) == {"lan": 10, "4": 10, "3": 0}
    assert [(term.text, term.documents) for term in engine.terms("title", "ten", 10)] == [("ten4", 10)]


def test_many_small_commits_leave_few_segments(engine: EmbeddedEngine, directory: Path) -> None:
    for number in range(40):
        add(engine, document(f"d{number}", f"so {number}"))
    assert len([path for path in files_of(directory) if path.suffix == ".store"]) < 16
    assert engine.count(All(), EVERYTHING) == 41


def _count(engine_directory: Path) -> int:
    return EmbeddedEngine(engine_directory).count(All(), EVERYTHING)


def test_an_engine_works_in_worker_processes(engine: Engine, directory: Path) -> None:
    with multiprocessing.get_context("spawn").Pool(2) as pool:
        assert pool.map(_count, [directory] * 4) == [1] * 4
