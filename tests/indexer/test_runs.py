"""What a run reads, writes, keeps and deletes."""

import gzip
import json
import os
from pathlib import Path

import pytest

from indexer.analysis import DocumentAnalysis
from indexer.entries import State
from indexer.sources import Root
from tests.indexer.in_process import House
from tests.indexer.nobody import nobody


def line(id: str, text: str = "") -> str:
    return json.dumps({"id": id, "text": text or f"Văn bản {id}"})


def write_lines(path: Path, *lines: str) -> None:
    path.write_text("\n".join(lines), encoding="utf-8")


def texts(house: House) -> list[str]:
    return sorted(record.text for record in house.records().values())


def test_a_files_document_names_its_source_and_file(house: House, files: Path) -> None:
    (files / "a.txt").write_text("Nội dung")
    house.index(Root.of(files, "eoffice"))
    (record,) = house.records().values()
    (file,) = record.files
    assert (record.text, record.source, file.path, file.media_type) == (
        "Nội dung",
        "eoffice",
        str(files / "a.txt"),
        "text/plain",
    )


def test_a_record_keeps_its_own_source_and_else_gets_the_runs(house: House, files: Path) -> None:
    write_lines(files / "a.jsonl", '{"id": "x", "source": "ioffice"}', '{"id": "y"}')
    house.index(Root.of(files, "eoffice"))
    assert {id: record.source for id, record in house.records().items()} == {"x": "ioffice", "y": "eoffice"}


def test_what_is_as_it_was_is_not_read(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    write_lines(files / "b.jsonl", line("x"))
    house.index(Root.of(files))
    before = house.read
    report = house.index(Root.of(files))
    assert (report.unchanged, report.indexed) == (2, 0)
    assert house.read == before


def test_a_file_that_was_only_touched_is_unchanged(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    house.index(Root.of(files))
    os.utime(files / "a.txt", ns=(1, 1))
    assert house.index(Root.of(files)).unchanged == 1


def test_of_a_changed_file_of_records_only_the_changed_lines_are_analysed(house: House, files: Path) -> None:
    write_lines(files / "a.jsonl", line("x"), line("y"), line("z"))
    house.index(Root.of(files))
    before = house.read
    write_lines(files / "a.jsonl", line("new"), line("z"), line("x", "khác"))
    report = house.index(Root.of(files))
    assert (report.indexed, report.unchanged, report.deleted) == (2, 1, 1)
    assert house.read == before + 2
    assert {id: record.text for id, record in house.records().items()} == {
        "new": "Văn bản new",
        "x": "khác",
        "z": "Văn bản z",
    }


def test_a_moved_file_keeps_its_documents_id_and_says_where_it_is(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    house.index(Root.of(files))
    (id,) = house.records()
    (files / "sub").mkdir()
    (files / "a.txt").rename(files / "sub" / "b.txt")
    report = house.index(Root.of(files))
    assert (report.indexed, report.moved, report.deleted) == (1, 1, 0)
    assert house.records()[id].files[0].path == str(files / "sub" / "b.txt")


def test_a_new_file_in_the_place_of_a_moved_one_is_another_document(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    house.index(Root.of(files))
    (files / "a.txt").rename(files / "b.txt")
    house.index(Root.of(files))
    (files / "a.txt").write_text("mới")
    house.index(Root.of(files))
    assert texts(house) == ["a", "mới"]


def test_the_document_of_a_deleted_file_is_deleted(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    (files / "b.txt").write_text("b")
    house.index(Root.of(files))
    (files / "a.txt").unlink()
    assert house.index(Root.of(files)).deleted == 1
    assert texts(house) == ["b"]


def test_only_beneath_the_paths_of_the_run_and_of_its_source_anything_is_deleted(house: House, files: Path) -> None:
    for name in ("one", "two", "one-more"):
        (files / name).mkdir()
        (files / name / "a.txt").write_text(name)
        (files / name / "b.txt").write_text(f"{name} b")
    house.index(Root.of(files / "one"), Root.of(files / "two"), Root.of(files / "one-more"))
    house.index(Root.of(files / "one", "khác"))
    for name in ("one", "two", "one-more"):
        (files / name / "a.txt").unlink()
    assert house.index(Root.of(files / "one")).deleted == 1
    assert texts(house) == sorted(["one", "one b", "one b", "one-more", "one-more b", "two", "two b"])


def test_a_root_that_is_missing_is_an_error_and_deletes_nothing(house: House, files: Path) -> None:
    (files / "share").mkdir()
    (files / "share" / "a.txt").write_text("a")
    (files / "b.txt").write_text("b")
    house.index(Root.of(files / "share"))
    (files / "share").rename(files / "away")
    report = house.index(Root.of(files / "share"), Root.of(files / "b.txt"))
    assert len(report.errors) == 1
    assert "share" in report.errors[0]
    assert (report.deleted, report.indexed) == (0, 1)
    assert texts(house) == ["a", "b"]


def test_a_root_that_became_empty_deletes_nothing_unless_asked(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    house.index(Root.of(files))
    (files / "a.txt").unlink()
    report = house.index(Root.of(files))
    assert (len(report.errors), report.deleted) == (1, 0)
    assert texts(house) == ["a"]
    assert house.index(Root.of(files), allow_empty=True).deleted == 1


def test_what_lies_in_a_folder_that_cannot_be_listed_stays_and_the_folder_is_a_failure(
    analysis: DocumentAnalysis,
) -> None:
    with nobody() as directory:
        closed = directory / "files" / "closed"
        closed.mkdir(parents=True)
        (closed / "a.txt").write_text("a")
        (directory / "files" / "b.txt").write_text("b")
        house = House(directory / "home", analysis)
        root = Root.of(directory / "files")
        house.index(root)
        closed.chmod(0)
        report = house.index(root)
        assert (report.found, report.unchanged, report.failed, report.deleted) == (2, 1, 1, 0)
        assert [problem.path for problem in house.problems()] == [str(closed)]
        assert texts(house) == ["a", "b"]
        closed.chmod(0o700)
        assert house.index(root).unchanged == 2
        assert house.problems() == []
        house.close()


def test_a_file_that_cannot_be_opened_for_now_keeps_its_document_and_is_tried_again(
    analysis: DocumentAnalysis,
) -> None:
    with nobody() as directory:
        path = directory / "files" / "a.txt"
        path.parent.mkdir()
        path.write_text("a")
        house = House(directory / "home", analysis)
        root = Root.of(path.parent)
        house.index(root)
        path.write_text("khác")
        path.chmod(0)
        report = house.index(root)
        assert (report.failed, report.deleted) == (1, 0)
        assert [problem.state for problem in house.problems()] == [State.STALE]
        assert texts(house) == ["a"]
        path.chmod(0o600)
        assert house.index(root).indexed == 1
        assert texts(house) == ["khác"]
        assert house.problems() == []
        house.close()


def test_a_file_that_cannot_be_read_is_a_failure_is_not_tried_again_and_still_counted(
    house: House, files: Path
) -> None:
    (files / "a.txt").write_bytes(b"\xff")
    (files / "b.txt").write_text("b")
    report = house.index(Root.of(files))
    assert (report.found, report.indexed, report.failed) == (2, 1, 1)
    before = house.read
    report = house.index(Root.of(files))
    assert (report.found, report.unchanged, report.failed) == (2, 1, 1)
    assert house.read == before
    (problem,) = house.problems()
    assert (problem.path, problem.reason) == (str(files / "a.txt"), "không phải UTF-8 ở vị trí 0")


def test_a_file_that_became_unreadable_leaves_the_index(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    house.index(Root.of(files))
    (files / "a.txt").write_bytes(b"\xff\xff")
    house.index(Root.of(files))
    assert texts(house) == []


def test_of_a_text_above_the_limit_the_beginning_is_indexed_with_a_note(
    house: House, files: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("indexer.reading.TEXT_CHARACTERS", 10)
    (files / "a.txt").write_text("0123456789abc")
    report = house.index(Root.of(files))
    assert (report.indexed, report.noted) == (1, 1)
    assert "dài quá 10 ký tự" in house.problems()[0].reason
    assert texts(house) == ["0123456789"]


@pytest.mark.parametrize(
    ("bad", "reason"),
    [
        ("{", "JSON"),
        ("[]", "đối tượng"),
        ('{"text": "a"}', "id"),
        ('{"id": "x", "nunber": "1"}', "nunber"),
        ('{"id": "x", "issued": "01/02/2020"}', "YYYY-MM-DD"),
        ("[" * 100_000, "JSON"),
        ('{"id": "\\ud800"}', "surrogate"),
    ],
)
def test_a_line_that_is_no_record_is_a_failure_with_its_reason(
    house: House, files: Path, bad: str, reason: str
) -> None:
    write_lines(files / "a.jsonl", line("good"), bad)
    report = house.index(Root.of(files))
    assert (report.found, report.indexed, report.failed) == (2, 1, 1)
    (problem,) = house.problems()
    assert problem.line == 2
    assert reason in problem.reason


def test_of_two_records_with_one_id_the_first_has_it_and_the_second_is_a_failure(house: House, files: Path) -> None:
    write_lines(files / "a.jsonl", line("x", "một"), line("x", "hai"))
    write_lines(files / "b.jsonl", line("x", "ba"))
    report = house.index(Root.of(files))
    assert (report.found, report.indexed, report.failed) == (3, 1, 2)
    assert texts(house) == ["một"]
    assert [(problem.state, problem.document, problem.line) for problem in house.problems()] == [
        (State.DUPLICATE, "x", 2),
        (State.DUPLICATE, "x", 1),
    ]


def test_the_same_line_twice_is_one_document_and_one_failure_each_time_it_is_read(house: House, files: Path) -> None:
    write_lines(files / "a.jsonl", line("x"), line("x"))
    assert house.index(Root.of(files)).failed == 1
    write_lines(files / "a.jsonl", line("x"), line("x"), line("y"))
    report = house.index(Root.of(files))
    assert (report.found, report.indexed, report.unchanged, report.failed) == (3, 1, 1, 1)


def test_a_duplicate_takes_the_id_when_its_holder_is_gone(house: House, files: Path) -> None:
    write_lines(files / "a.jsonl", line("x", "một"), line("y"))
    write_lines(files / "b.jsonl", line("x", "ba"))
    house.index(Root.of(files))
    write_lines(files / "a.jsonl", line("y"))
    report = house.index(Root.of(files))
    assert (report.found, report.indexed, report.unchanged, report.deleted) == (2, 1, 1, 0)
    assert texts(house) == ["Văn bản y", "ba"]


@pytest.mark.parametrize("seed", range(6))
def test_an_id_that_goes_from_one_file_to_another_in_one_run_is_not_lost(
    tmp_path: Path, files: Path, analysis: DocumentAnalysis, seed: int
) -> None:
    house = House(tmp_path / "home", analysis, seed)
    write_lines(files / "a.jsonl", line("x"), line("y"))
    write_lines(files / "b.jsonl", line("z"))
    house.index(Root.of(files))
    write_lines(files / "a.jsonl", line("y"))
    write_lines(files / "b.jsonl", line("z"), line("x", "bây giờ ở đây"))
    report = house.index(Root.of(files))
    assert (report.found, report.failed, report.deleted) == (3, 0, 0)
    assert report.adds_up
    assert texts(house) == ["Văn bản y", "Văn bản z", "bây giờ ở đây"]
    house.close()


@pytest.mark.parametrize("seed", range(6))
def test_of_two_files_with_one_id_the_first_by_path_has_it_whichever_was_there_before(
    tmp_path: Path, files: Path, analysis: DocumentAnalysis, seed: int
) -> None:
    house = House(tmp_path / "home", analysis, seed)
    write_lines(files / "b.jsonl", line("x", "sau"))
    house.index(Root.of(files))
    write_lines(files / "a.jsonl", line("x", "trước"))
    write_lines(files / "c.jsonl", line("x", "sau cùng"))
    report = house.index(Root.of(files))
    assert (report.found, report.indexed, report.failed) == (3, 1, 2)
    assert texts(house) == ["trước"]
    house.close()


def test_what_lies_behind_the_break_of_a_damaged_file_stays(house: House, files: Path) -> None:
    path = files / "a.jsonl.gz"
    whole = gzip.compress("\n".join(line(str(number)) for number in range(40)).encode())
    path.write_bytes(whole)
    house.index(Root.of(files))
    path.write_bytes(whole[: len(whole) // 2])
    report = house.index(Root.of(files))
    assert (report.unchanged, report.failed, report.deleted) == (40, 1, 0)
    assert report.adds_up
    assert "hỏng" in house.problems()[0].reason
    assert len(house.records()) == 40


def test_a_document_that_the_engine_refuses_is_a_failure(house: House, files: Path) -> None:
    write_lines(files / "a.jsonl", line("x"), line("y"))
    report = house.index(Root.of(files), refuse={"x": "quá lớn"})
    assert (report.found, report.indexed, report.failed) == (2, 1, 1)
    (problem,) = house.problems()
    assert (problem.document, problem.state) == ("x", State.FAILED)
    assert "quá lớn" in problem.reason


def test_another_version_of_the_readers_reads_everything_again(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    (files / "b.txt").write_bytes(b"\xff")
    write_lines(files / "c.jsonl", line("x"))
    house.index(Root.of(files))
    before = house.read
    house.forget_reading_version()
    report = house.index(Root.of(files))
    assert (report.indexed, report.failed) == (2, 1)
    assert house.read == before + 3


def test_an_index_that_was_emptied_is_filled_again(house: House, files: Path) -> None:
    (files / "a.txt").write_text("a")
    write_lines(files / "b.jsonl", line("x"))
    house.index(Root.of(files))
    house.empty_the_index()
    report = house.index(Root.of(files))
    assert report.indexed == 2
    assert len(house.records()) == 2
