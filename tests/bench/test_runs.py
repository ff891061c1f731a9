"""Runs: what is kept of a searcher's answers."""

import json
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench import runs
from bench.corpora import Question
from bench.metrics import score
from bench.runs import ALL, Hit, InvalidRun, answer, by_kind
from tests.bench.answers import HEADER, question, run_of

COPIES = st.lists(st.text(), max_size=2).map(tuple)
HITS = st.lists(st.builds(Hit, st.text(), st.floats(allow_nan=False, allow_infinity=False), COPIES), max_size=10)
QUESTIONS = st.builds(Question, st.text(), st.text(), st.text(), st.frozensets(st.text(), min_size=1))


def test_each_answer_carries_its_measures_and_side() -> None:
    first, second = question("a", relevant=["x"]), question("b", relevant=["y", "z"])
    run = run_of({first: ["x", "y"], second: ["x", "z"]})
    assert [one.scores for one in run.answers] == [score(["x", "y"], {"x"}), score(["x", "z"], {"y", "z"})]
    assert {one.side for one in run.answers} <= {"train", "held-out"}


def test_a_copy_that_is_folded_into_a_hit_answers_as_the_hit() -> None:
    hits = [Hit("a", 2.0), Hit("leader", 1.0, ("copy", "right"))]
    (answered,) = answer([question("q", relevant=["right"])], lambda _: hits, HEADER).answers
    assert answered.scores == score(["a", "right"], {"right"})


def test_two_right_documents_that_are_one_answer_ask_for_one_place() -> None:
    hits = [Hit("a", 2.0, ("b",)), Hit("c", 1.0)]
    (answered,) = answer([question("q", relevant=["a", "b", "c"])], lambda _: hits, HEADER).answers
    assert (answered.scores.ndcg, answered.scores.recall) == (1.0, 1.0)


def test_questions_are_summed_up_by_kind_and_over_all() -> None:
    run = run_of(
        {question("a", kind="body"): [], question("b", kind="abbreviation"): [], question("c", kind="body"): []}
    )
    ids = {kind: [one.question.id for one in answers] for kind, answers in by_kind(run.answers).items()}
    assert ids == {"abbreviation": ["b"], "body": ["a", "c"], ALL: ["b", "a", "c"]}
    assert list(ids) == ["abbreviation", "body", ALL]


@given(st.lists(st.tuples(QUESTIONS, HITS), max_size=5))
def test_a_run_that_was_kept_reads_the_same(
    tmp_path_factory: pytest.TempPathFactory, answered: list[tuple[Question, list[Hit]]]
) -> None:
    hits = iter([one for _, one in answered])
    run = answer([one for one, _ in answered], lambda _: next(hits), HEADER)
    path = tmp_path_factory.mktemp("runs") / "made" / "run.jsonl"
    runs.write(run, path)
    assert runs.read(path) == run


def test_a_line_holds_what_jq_is_asked_for(tmp_path: Path) -> None:
    runs.write(run_of({question("a", text="số 36\u2028", relevant=["y", "x"]): ["z", "x"]}), tmp_path / "run.jsonl")
    header, line = map(json.loads, (tmp_path / "run.jsonl").read_text(encoding="utf-8").strip("\n").split("\n"))
    assert header == {
        "questions": "office",
        "corpus": "office",
        "searcher": "embedded",
        "commit": "abc1234",
        "date": "2026-01-02T03:04:05+07:00",
    }
    assert (line["id"], line["kind"], line["text"], line["relevant"]) == ("a", "subject", "số 36\u2028", ["x", "y"])
    assert line["hits"] == [{"id": "z", "score": 10.0}, {"id": "x", "score": 9.0}]
    assert (line["mrr"], line["first"], line["recall"]) == (0.5, 0.0, 0.5)
    assert line["split"] in ("train", "held-out")


@pytest.mark.parametrize(
    ("lines", "number"),
    [([], 1), (["nothing"], 1), (['{"questions": "office"}'], 1), (["HEADER", "{}"], 2), (["HEADER", "[]"], 2)],
)
def test_a_file_that_is_no_run_is_named_with_its_line(tmp_path: Path, lines: list[str], number: int) -> None:
    path = tmp_path / "run.jsonl"
    runs.write(run_of({}), path)
    header = path.read_text(encoding="utf-8").strip()
    path.write_text("\n".join(lines).replace("HEADER", header), encoding="utf-8")
    with pytest.raises(InvalidRun, match=rf"run\.jsonl, line {number}: "):
        runs.read(path)
