"""Originals on disk: whole or not there, once each, there as long as the index names them, and gone after."""

import hashlib
import os
import random
import signal
import sqlite3
import subprocess
import sys
import zipfile
from contextlib import closing, suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from indexer.analysis import DocumentAnalysis
from indexer.journal import _SCHEMA, Journal, JournalUnreadable
from indexer.originals.checking import Fault, check
from indexer.originals.gathering import DocumentOriginals, Keeping
from indexer.originals.giving import ChangedOriginal, NoOriginal, Originals
from indexer.originals.noted import Original
from indexer.originals.store import NotKept, OriginalStore
from indexer.readers import read
from indexer.sources import Root
from tests.indexer.in_process import House, Killed

_WRITE_UNTIL_KILLED = """
import os, sys
from pathlib import Path
from indexer.originals.store import OriginalStore
store = OriginalStore(Path(sys.argv[1]))
print(flush=True)
while True:
    store.keep(os.urandom(3_000_000))
"""
CONTENTS = [b"mot", b"hai", b"ba", "bốn".encode()]
ACTIONS = st.lists(
    st.tuples(
        st.sampled_from(["a.txt", "b.txt", "c.txt"]),
        st.none() | st.sampled_from(CONTENTS),  # what the file holds from now on, or that it goes
        st.sampled_from([None, "outcome", "commit"]),  # where the run after it is killed
    ),
    max_size=6,
)


def digest(content: bytes) -> str:
    return hashlib.sha256(content).hexdigest()


def named(house: House) -> set[str]:
    return {file.sha256 for record in house.records().values() for file in record.files}


def is_whole(store: OriginalStore, sha256: str) -> bool:
    return digest(store.path(sha256).read_bytes()) == sha256


@pytest.fixture
def keeping(tmp_path: Path, analysis: DocumentAnalysis) -> House:
    return House(tmp_path / "home", analysis, keep=True)


@settings(deadline=None)  # a disk may take its time
@given(contents=st.lists(st.binary(max_size=40), max_size=6))
def test_each_content_is_kept_once(contents: list[bytes], tmp_path_factory: pytest.TempPathFactory) -> None:
    store = OriginalStore(tmp_path_factory.mktemp("store"))
    assert [store.keep(content) for content in contents] == [digest(content) for content in contents]
    assert sorted(store.kept()) == sorted({digest(content) for content in contents})
    assert all(is_whole(store, sha256) for sha256 in store.kept())


def test_the_path_is_the_digest_and_nothing_else(tmp_path: Path) -> None:
    sha256 = OriginalStore(tmp_path).keep(b"mot")
    assert OriginalStore(tmp_path).path(sha256) == tmp_path / sha256[:2] / sha256[2:4] / sha256
    for wrong in ("../../etc/passwd", sha256.upper(), sha256[1:], f"{sha256}/x", ""):
        with pytest.raises(ValueError, match="no digest"):
            OriginalStore(tmp_path).path(wrong)


def test_a_writer_that_is_killed_leaves_no_part_under_a_digest(tmp_path: Path) -> None:
    store = OriginalStore(tmp_path / "originals")
    chance = random.Random(5)  # noqa: S311 - moments, not secrets
    unfinished = 0
    for _ in range(12):
        command = [sys.executable, "-c", _WRITE_UNTIL_KILLED, str(store.root)]
        with subprocess.Popen(command, stdout=subprocess.PIPE) as writer:
            assert writer.stdout is not None
            writer.stdout.readline()
            with suppress(subprocess.TimeoutExpired):
                writer.wait(chance.uniform(0, 0.08))
            writer.send_signal(signal.SIGKILL)
        unfinished += sum(path.name.startswith(".") for path in store.root.rglob("*") if path.is_file())
        assert all(is_whole(store, sha256) for sha256 in store.kept())
        store.remove_unfinished()
        assert {path.name for path in store.root.rglob("*") if path.is_file()} == set(store.kept())
    assert unfinished > 0


def test_what_is_half_there_is_written_again(tmp_path: Path) -> None:
    store = OriginalStore(tmp_path)
    sha256 = store.keep(b"mot hai")
    store.path(sha256).write_bytes(b"mot")
    assert store.keep(b"mot hai") == sha256
    assert is_whole(store, sha256)


def test_a_store_that_cannot_be_written_says_why(tmp_path: Path) -> None:
    (tmp_path / "originals").write_text("a file")
    with pytest.raises(NotKept, match="Không giữ được bản gốc"):
        OriginalStore(tmp_path / "originals").keep(b"mot")


@settings(max_examples=15, deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(actions=ACTIONS)
def test_the_index_never_names_an_original_that_is_not_there(
    actions: list[tuple[str, bytes | None, str | None]],
    tmp_path_factory: pytest.TempPathFactory,
    analysis: DocumentAnalysis,
) -> None:
    home = tmp_path_factory.mktemp("house")
    folder = home / "share"
    folder.mkdir()
    house = House(home, analysis, keep=True)
    try:
        for name, content, killed in actions:
            if content is None:
                (folder / name).unlink(missing_ok=True)
            else:
                (folder / name).write_bytes(content)
            with suppress(Killed):
                lives, commits = (0 if killed == "outcome" else None), (1 if killed == "commit" else None)
                house.index(Root.of(folder), lives=lives, commits=commits, allow_empty=True)
            assert all(is_whole(house.store, sha256) for sha256 in named(house))
        house.index(Root.of(folder), allow_empty=True)
        assert set(house.store.kept()) == named(house) == {digest(path.read_bytes()) for path in folder.iterdir()}
    finally:
        house.close()


def test_what_was_written_for_a_document_of_another_item_goes(keeping: House, files: Path) -> None:
    (files / "a.jsonl").write_text('{"id": "x"}\n{"id": "x"}\n')
    (files / "b.txt").write_text("hai")
    with closing(keeping):
        keeping.index(Root.of(files))
        assert set(keeping.store.kept()) == named(keeping) == {digest(b"hai")}


def test_a_journal_that_was_lost_learns_from_the_index_what_it_names(keeping: House, files: Path) -> None:
    (files / "a.txt").write_text("mot")
    other = files.parent / "other"
    other.mkdir()
    with closing(keeping):
        keeping.index(Root.of(files))
        keeping.journal.unlink()
        keeping.index(Root.of(other))
        assert set(keeping.store.kept()) == named(keeping) == {digest(b"mot")}


def test_originals_that_are_only_referred_to_are_not_copied(
    files: Path, tmp_path: Path, analysis: DocumentAnalysis
) -> None:
    (files / "a.txt").write_text("mot")
    with closing(House(tmp_path / "home", analysis)) as house:
        house.index(Root.of(files))
        assert not house.store.root.exists()
        (document,) = house.records()
        given_back = Originals(house.journal).open(document, digest(b"mot"))
        assert (given_back.content.read(), given_back.size) == (b"mot", 3)


def test_files_within_letters_are_originals_of_their_own(tmp_path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = "Gửi"
    message.set_content("Kính gửi")
    message.add_attachment(b"Quy\xe1\xba\xbft", maintype="text", subtype="plain", filename="a.txt")
    message.add_attachment(b"\x00\x01", maintype="application", subtype="x", filename="b.bin")
    content = message.as_bytes()
    originals = DocumentOriginals(Keeping(OriginalStore(tmp_path), all=True))
    files = originals.add("/share/thu.eml", content, read(content, "thu.eml"))
    assert [(file.path, file.media_type) for file in files] == [
        ("/share/thu.eml", "message/rfc822"),
        ("/share/thu.eml!a.txt", "text/plain"),
        ("/share/thu.eml!b.bin", "application/octet-stream"),
    ]
    assert [one.path for one in originals.gathered] == ["/share/thu.eml", None, None]
    assert set(OriginalStore(tmp_path).kept()) == {file.sha256 for file in files}


def test_a_reference_is_given_only_while_it_is_what_was_read(house: House, files: Path) -> None:
    path = files / "a.txt"
    path.write_text("mot")
    house.index(Root.of(files))
    (document,) = house.records()
    originals = Originals(house.journal)
    assert originals.available(document) == {digest(b"mot")}

    path.write_text("hai")
    with pytest.raises(ChangedOriginal, match="đã khác"):
        originals.open(document, digest(b"mot"))
    path.unlink()
    with pytest.raises(NoOriginal, match=r"a\.txt.*Không còn ở đó"):
        originals.open(document, digest(b"mot"))
    with pytest.raises(NoOriginal):
        originals.open("another", digest(b"mot"))


def test_a_member_of_an_archive_is_given_from_there(house: House, files: Path) -> None:
    with zipfile.ZipFile(files / "a.zip", "w") as archive:
        archive.writestr("b/c.txt", "mot")
    house.index(Root.of(files))
    (document,) = house.records()
    given_back = Originals(house.journal).open(document, digest(b"mot"))
    assert (given_back.content.read(), given_back.size) == (b"mot", 3)


def test_a_file_within_another_is_not_looked_for_elsewhere(house: House) -> None:
    with closing(Journal(house.journal)) as journal:
        journal.originals.set("x", [Original(digest(b"mot"), None, kept=False)])
    assert not Originals(house.journal).available("x")
    assert Originals(house.journal).available_of(["x", "y"]).keys() == {"x", "y"}
    with pytest.raises(NoOriginal, match="nằm trong một tệp khác"):
        Originals(house.journal).open("x", digest(b"mot"))


def test_every_original_is_checked(keeping: House, files: Path) -> None:
    for name in ("mot", "hai", "ba"):
        (files / f"{name}.txt").write_text(name)
    with closing(keeping):
        keeping.index(Root.of(files))
        assert check(keeping.journal, keeps=True).faulty == ()
        assert check(keeping.journal, keeps=True).kept == 3
        keeping.store.path(digest(b"mot")).write_bytes(b"mop")
        keeping.store.remove(digest(b"hai"))
        found = check(keeping.journal, keeps=True)
    assert {(faulty.place, faulty.fault) for faulty in found.faulty} == {
        (digest(b"mot"), Fault.DAMAGED),
        (digest(b"hai"), Fault.MISSING),
    }
    assert found.kept == 1


def test_references_are_checked_where_they_lie(house: House, files: Path) -> None:
    for name in ("mot", "hai", "ba"):
        (files / f"{name}.txt").write_text(name)
    house.index(Root.of(files))
    (files / "mot.txt").write_text("mop")
    (files / "hai.txt").unlink()
    found = check(house.journal, keeps=False)
    assert {(Path(faulty.place).name, faulty.fault) for faulty in found.faulty} == {
        ("mot.txt", Fault.CHANGED),
        ("hai.txt", Fault.GONE),
    }
    assert found.referred == 1
    (not_kept,) = [one for one in check(house.journal, keeps=True).faulty if one.place.endswith("ba.txt")]
    assert not_kept.fault is Fault.NOT_KEPT
    assert not_kept.may_be_restored


def test_a_journal_of_the_first_format_is_taken_over(tmp_path: Path) -> None:
    path = tmp_path / "journal.sqlite3"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(_SCHEMA)
        old.execute("INSERT INTO files (source, path) VALUES ('s', ?)", (os.fsencode("/a"),))
        old.execute("PRAGMA user_version = 1")
        old.commit()
    with closing(Journal(path)) as journal:
        assert journal.file("s", "/a") is not None
        assert journal.originals.of("x") == {}
    with closing(sqlite3.connect(path)) as newer:
        newer.execute("PRAGMA user_version = 99")
    with pytest.raises(JournalUnreadable, match="99"):
        Journal(path)


def test_what_lies_in_no_folder_is_kept_whatever_the_setting(tmp_path: Path) -> None:
    originals = DocumentOriginals(Keeping(OriginalStore(tmp_path), all=False))
    originals.add("/share/a.txt", b"mot", None)
    originals.add("eoffice:VB_TEP/7/a.txt", b"hai", None, lies_somewhere=False)
    assert originals.gathered == (
        Original(digest(b"mot"), "/share/a.txt", kept=False),
        Original(digest(b"hai"), None, kept=True),
    )
    assert set(OriginalStore(tmp_path).kept()) == {digest(b"hai")}
