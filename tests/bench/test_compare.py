"""What changed between two runs."""

import subprocess
import sys
from pathlib import Path

import pytest

from bench import runs
from bench.compare import NothingInCommon, first_ids, lost, pairs, report, won
from bench.titles import Title
from tests.bench.answers import question, run_of

SAME = question("same", kind="number")
BETTER = question("better", text="chuyển đổi số")
MUCH_BETTER = question("much-better", text="cải cách hành chính")
WORSE = question("worse", kind="body", text="đất đai")
BEFORE = run_of({SAME: ["right"], BETTER: ["old", "right"], MUCH_BETTER: [], WORSE: ["right"]})
AFTER = run_of({WORSE: ["new", "right"], SAME: ["right"], BETTER: ["right"], MUCH_BETTER: ["right"]})
TITLES = {"right": Title("36/2025/QĐ-UBND", "Quy định về đất"), "old": Title("", "Kế hoạch"), "new": Title("1/CT", "")}


def test_questions_won_and_lost_come_with_the_greatest_change_first() -> None:
    compared = pairs(BEFORE, AFTER)
    assert [pair.question.id for pair in won(compared)] == ["much-better", "better"]
    assert [pair.question.id for pair in lost(compared)] == ["worse"]


def test_each_kind_has_its_difference_and_counts() -> None:
    rows = [[cell.strip() for cell in line.split("|")[1:-1]] for line in report(BEFORE, AFTER, {}).splitlines()]
    table = {row[0]: row[1:] for row in rows if len(row) == 8}
    assert table["number"] == ["1", "1.000", "1.000", "+0.0000", "1.0000", "0", "0"]
    assert table["body"][:4] == ["1", "1.000", "0.631", "-0.3691"]
    assert table["subject"][:4] == ["2", "0.315", "1.000", "+0.6845"]
    assert table["all"][-2:] == ["2", "1"]


def test_a_report_says_what_came_first_on_each_side_by_number_and_subject() -> None:
    text = report(BEFORE, AFTER, TITLES)
    assert "- 0.631 → 1.000 `subject` chuyển đổi số" in text
    assert "right: 36/2025/QĐ-UBND · Quy định về đất (right)" in text
    assert "first before: Kế hoạch (old)\n    - first after: the right one" in text
    assert "first before: nothing was found" in text
    assert "first before: the right one\n    - first after: 1/CT (new)" in text


def test_a_report_without_titles_calls_documents_by_their_ids() -> None:
    assert "first before: old\n" in report(BEFORE, AFTER, {})


def test_titles_are_looked_up_for_changed_questions_only() -> None:
    assert first_ids(pairs(BEFORE, AFTER)) == {"right", "old", "new"}
    assert first_ids(pairs(BEFORE, BEFORE)) == set()


def test_questions_of_one_run_alone_are_left_out_and_counted() -> None:
    text = report(BEFORE, run_of({SAME: ["right"], question("new"): []}), {})
    assert "4 questions that only one of the runs asks" in text
    assert "subject" not in text


def test_runs_without_a_common_question_are_not_compared() -> None:
    with pytest.raises(NothingInCommon, match="different questions"):
        pairs(BEFORE, run_of({question("other"): []}))


def test_the_command_compares_two_files(tmp_path: Path) -> None:
    for name, run in (("before", BEFORE), ("after", AFTER)):
        runs.write(run, tmp_path / f"{name}.jsonl")
    paths = [str(tmp_path / f"{name}.jsonl") for name in ("before", "after")]
    command = [sys.executable, "-m", "bench.compare", *paths, "--data", str(tmp_path / "missing")]
    printed = subprocess.run(command, capture_output=True, text=True, check=True).stdout
    assert printed.strip() == report(BEFORE, AFTER, {}).strip()
