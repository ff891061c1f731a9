"""The gate: figures beside their floors."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.gate import FLOORS, Figure, Floors, dump, figures, judge, parse, to_table
from bench.question_sets import QUESTION_SETS
from bench.setting import ENGINES
from tests.bench.answers import question, run_of

NAME = st.from_regex(r"[a-z][a-z_]{0,12}", fullmatch=True)
FIGURES = st.builds(Figure, NAME, NAME, st.sampled_from(["nDCG@10", "recall@10"]), NAME)
VALUES = st.integers(0, 10_000).map(lambda value: value / 10_000)
BODY = Figure("embedded", "office", "nDCG@10", "body")


def test_figures_are_ndcg_by_kind_and_over_all_and_recall_over_all() -> None:
    run = run_of({question("a", kind="body"): ["right"], question("b", kind="number"): ["wrong", "right"]})
    reached = figures([run])
    assert {(figure.measure, figure.kind): round(value, 3) for figure, value in reached.items()} == {
        ("nDCG@10", "body"): 1.0,
        ("nDCG@10", "number"): 0.631,
        ("nDCG@10", "all"): 0.815,
        ("recall@10", "all"): 1.0,
    }
    assert {(figure.engine, figure.questions) for figure in reached} == {("embedded", "office")}


@pytest.mark.parametrize(
    ("reached", "holds"), [(0.95, True), (0.9, True), (0.8951, True), (0.895, True), (0.8948, False)]
)
def test_a_figure_may_be_below_its_floor_by_the_tolerance(reached: float, holds: bool) -> None:
    [verdict] = judge(Floors(0.005, {BODY: 0.9}), {BODY: reached})
    assert verdict.holds is holds


def test_a_floor_that_nothing_was_measured_for_does_not_hold() -> None:
    [verdict] = judge(Floors(0.005, {BODY: 0.9}), {})
    assert not verdict.holds


def test_a_figure_without_a_floor_holds_and_is_shown() -> None:
    verdicts = judge(Floors(0.005, {}), {BODY: 0.1})
    assert [verdict.holds for verdict in verdicts] == [True]
    assert "none yet" in to_table(verdicts, 0.005).to_markdown()


@given(st.floats(0, 0.1), st.dictionaries(FIGURES, VALUES))
def test_floors_that_were_written_read_the_same(tolerance: float, floors: dict[Figure, float]) -> None:
    assert parse(dump(Floors(tolerance, floors))) == Floors(tolerance, floors)


@given(st.dictionaries(FIGURES, st.floats(0, 1)))
def test_what_was_reached_passes_once_it_is_written_down(reached: dict[Figure, float]) -> None:
    floors = parse(dump(Floors(0.0, reached)))
    assert all(verdict.holds for verdict in judge(floors, reached))


def test_the_table_has_failures_first_and_says_how_many() -> None:
    other = Figure("embedded", "office", "nDCG@10", "abbreviation")
    verdicts = judge(Floors(0.005, {BODY: 0.9, other: 0.8}), {BODY: 0.5, other: 0.8})
    table = to_table(verdicts, 0.005)
    assert table.title == "Relevance gate: 1 of 2 figures below their floors"
    assert table.rows[0][3:] == ("body", "0.9000", "0.5000", "-0.4000", "BELOW")
    assert table.rows[1][3:] == ("abbreviation", "0.8000", "0.8000", "+0.0000", "")


def test_the_floors_kept_are_of_both_engines_and_every_question_set() -> None:
    floors = parse(FLOORS.read_text(encoding="utf-8"))
    assert {(figure.engine, figure.questions) for figure in floors.figures} == {
        (engine, questions.name) for engine in ENGINES for questions in QUESTION_SETS
    }
    assert all(0 <= floor <= 1 for floor in floors.figures.values())
