"""Copies through whole runs: what folds, unfolds, is kept through kills, and through changes of version."""

import contextlib
import json
import sqlite3
from collections.abc import Mapping
from contextlib import closing
from pathlib import Path

from engines.interface import FOLDED_AWAY, Access, Search
from engines.query import All
from engines.record import OfficialDocument
from indexer.copies import table
from indexer.journal import Journal
from indexer.ledger import compare
from indexer.sources import Root
from tests.indexer.copied import BODY, OTHER_BODY, text
from tests.indexer.in_process import House, Killed

EVERYTHING = Access.unrestricted()


def found(house: House) -> set[str]:
    """What a search finds, by its own text's end, so that tests need not know ids."""
    hits = house.engine.search(Search(query=All(), access=EVERYTHING, with_text=True, size=1_000)).hits
    return {name_of(hit.record) for hit in hits}


def name_of(record: OfficialDocument) -> str:
    return Path(record.files[0].path).name if record.files else record.id


def leaders(house: House) -> dict[str, set[str]]:
    """Leader to copies, by the names of their files."""
    records = house.records()
    return {
        name_of(record): {name_of(records[copy.id]) for copy in record.copies}
        for record in records.values()
        if record.copies
    }


def write_rows(path: Path, *rows: Mapping[str, str]) -> None:
    path.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")


ROW = {"id": "r", "number": "15/QĐ-UBND", "issuer": "UBND tỉnh Đông Bắc", "issued": "2025-11-20", "arrival_number": "7"}


def agrees(house: House) -> bool:
    """Whether journal and index hold the same, folding included."""
    with closing(Journal(house.journal)) as journal, house.engine.write_live() as writer:
        return compare(journal, writer) == []


def test_copies_from_two_systems_are_one_result_and_two_documents(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    (files / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    write_rows(files / "register.jsonl", ROW)
    report = house.index(Root.of(files))
    assert (report.indexed, report.found) == (3, 3)
    assert found(house) == {"b.txt"}
    assert leaders(house) == {"b.txt": {"a.txt", "r"}}
    assert house.engine.count(FOLDED_AWAY, EVERYTHING, folded=False) == 2
    assert agrees(house)
    again = house.index(Root.of(files))
    assert (again.indexed, again.unchanged) == (0, 3)


def test_a_copy_that_comes_later_is_folded_without_reading_the_others(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    house.index(Root.of(files))
    (files / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    report = house.index(Root.of(files))
    assert (report.indexed, report.unchanged) == (1, 1)
    assert leaders(house) == {"b.txt": {"a.txt"}}


def test_deleting_the_leader_gives_its_copy_back_as_it_was(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    house.index(Root.of(files))
    before = house.records()
    (files / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    house.index(Root.of(files))
    (files / "b.txt").unlink()
    house.index(Root.of(files))
    assert house.records() == before
    assert agrees(house)


def test_deleting_a_copy_takes_what_it_had_told_away(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    write_rows(files / "register.jsonl", ROW)
    house.index(Root.of(files))
    assert [record.arrival_number for record in house.records().values()] == ["7", "7"]
    (files / "register.jsonl").unlink()
    house.index(Root.of(files))
    (record,) = house.records().values()
    assert (record.arrival_number, record.copies, record.replaced) == ("", (), ())


def test_a_number_that_changes_groups_anew(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    (files / "b.txt").write_text(text(number="16/QĐ-UBND"))
    write_rows(files / "register.jsonl", ROW)
    house.index(Root.of(files))
    assert leaders(house) == {"a.txt": {"r"}}
    write_rows(files / "register.jsonl", {**ROW, "number": "16/QĐ-UBND"})
    house.index(Root.of(files))
    assert leaders(house) == {"b.txt": {"r"}}


def test_a_copy_of_another_root_is_folded_and_given_back(house: House, files: Path) -> None:
    for name in ("one", "two"):
        (files / name).mkdir()
    (files / "one" / "a.txt").write_text(text())
    (files / "two" / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    house.index(Root.of(files / "one", "eoffice"))
    house.index(Root.of(files / "two", "ioffice"))
    assert leaders(house) == {"b.txt": {"a.txt"}}
    (files / "two" / "b.txt").unlink()
    house.index(Root.of(files / "two", "ioffice"), allow_empty=True)
    assert found(house) == {"a.txt"}


def test_a_file_that_no_longer_can_be_read_leads_nothing(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    (files / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    house.index(Root.of(files))
    (files / "b.txt").write_bytes(b"\xff")
    house.index(Root.of(files))
    assert found(house) == {"a.txt"}
    assert leaders(house) == {}


def test_a_document_that_the_engine_refuses_leads_nothing(house: House, files: Path) -> None:
    write_rows(files / "register.jsonl", ROW, {**ROW, "id": "s", "text": text()})
    house.index(Root.of(files), refuse={"s": "quá dài"})
    house.index(Root.of(files))
    assert house.records()["r"].copy_of == ""


def test_a_run_that_is_cut_off_while_it_folds_is_repaired_whatever_its_roots(house: House, files: Path) -> None:
    for name in ("one", "two"):
        (files / name).mkdir()
    (files / "one" / "a.txt").write_text(text())
    house.index(Root.of(files / "one"))
    (files / "two" / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    for commits in (1, 2):
        with contextlib.suppress(Killed):
            house.index(Root.of(files / "two"), commits=commits)
    read = house.read
    report = house.index(Root.of(files / "two"))
    assert leaders(house) == {"b.txt": {"a.txt"}}
    assert agrees(house)
    assert (report.failed, house.read - read) == (0, 0)
    assert house.problems() == []


def test_copies_are_told_among_many_letters_of_one_form(house: House, files: Path) -> None:
    letters = [f"Kính mời hộ số {number} đến nhận kết quả. {BODY}" for number in range(table.MOST_ALIKE + 10)]
    rows = [{"id": f"{number}", "text": letter} for number, letter in enumerate(letters)]
    write_rows(files / "letters.jsonl", *rows, {"id": "again", "text": letters[7], "source": "z"})
    house.index(Root.of(files))
    assert len(found(house)) == len(letters)
    assert house.records()["again"].copy_of == "7"
    # Fewer of them are no form any longer, and what is grouped by then is what one run over them makes.
    write_rows(files / "letters.jsonl", *rows[:20], {"id": "near", "text": letters[3] + "Trang cuối."})
    house.index(Root.of(files))
    assert leaders(house) == {"near": {"3"}}


def former(journal: Path) -> None:
    """Make a journal one of the format before there were copies and originals."""
    with closing(sqlite3.connect(journal)) as sql:
        for kind, name in sql.execute("SELECT type, name FROM sqlite_master WHERE name NOT LIKE 'sqlite%'").fetchall():
            if kind == "trigger":
                sql.execute(f"DROP {kind} {name}")
        for name in ("profile_keys", "profiles", "unsettled", "originals", "originals_in_doubt", "originals_let_go"):
            sql.execute(f"DROP TABLE {name}")
        for name in ("changes", "touched"):
            sql.execute(f"DROP TABLE {name}")
        sql.execute("PRAGMA user_version = 1")


def test_a_journal_of_the_former_format_is_taken_over_and_its_documents_are_grouped(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    house.index(Root.of(files))
    former(house.journal)
    (files / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    report = house.index(Root.of(files))
    assert (report.indexed, report.unchanged) == (1, 1)
    assert leaders(house) == {"b.txt": {"a.txt"}}


def test_profiles_of_another_version_are_made_anew(house: House, files: Path) -> None:
    (files / "a.txt").write_text(text())
    (files / "b.txt").write_text(text(body=BODY + OTHER_BODY))
    house.index(Root.of(files))
    with closing(Journal(house.journal)) as journal:
        journal.connection.execute("UPDATE meta SET value = '0' WHERE name = 'profile_version'")
        journal.connection.execute("UPDATE profiles SET content = '{}'")
    house.index(Root.of(files))
    (files / "b.txt").unlink()
    house.index(Root.of(files))
    assert found(house) == {"a.txt"}
    with closing(Journal(house.journal)) as journal:
        (version,) = journal.connection.execute("SELECT value FROM meta WHERE name = 'profile_version'").fetchone()
        assert version == table.PROFILE_VERSION
        assert journal.copies.last_unsettled() == 0
