"""The paired randomisation test."""

import itertools

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bench.significance import PERMUTATIONS, paired_randomisation

SCORE = st.integers(0, 10).map(lambda tenths: tenths / 10)
PAIRS = st.lists(st.tuples(SCORE, SCORE), max_size=9)


def exact(pairs: list[tuple[float, float]]) -> float:
    """The p-value by the definition: every choice of signs."""
    differences = [first - second for first, second in pairs]
    observed = abs(sum(differences)) - 1e-9
    sums = [
        abs(sum(sign * difference for sign, difference in zip(signs, differences, strict=True)))
        for signs in itertools.product((1, -1), repeat=len(differences))
    ]
    return sum(value >= observed for value in sums) / len(sums)


@settings(max_examples=50, deadline=None)
@given(PAIRS)
def test_agrees_with_every_choice_of_signs(pairs: list[tuple[float, float]]) -> None:
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    # Four standard errors of 10,000 permutations are 0.02 at most.
    assert paired_randomisation(first, second) == pytest.approx(exact(pairs), abs=0.02)


@settings(max_examples=50, deadline=None)
@given(PAIRS)
def test_is_the_same_whichever_searcher_is_named_first(pairs: list[tuple[float, float]]) -> None:
    first, second = [pair[0] for pair in pairs], [pair[1] for pair in pairs]
    assert paired_randomisation(first, second) == paired_randomisation(second, first)


def test_equal_scores_have_a_p_value_of_one() -> None:
    assert paired_randomisation([0.1, 0.5, 1.0], [0.1, 0.5, 1.0]) == 1.0
    assert paired_randomisation([], []) == 1.0


def test_questions_answered_equally_well_change_nothing() -> None:
    better, worse = [0.9, 0.8, 1.0, 0.7, 0.4], [0.3, 0.8, 0.2, 0.6, 0.1]
    ties = [0.5] * 300
    assert paired_randomisation(better + ties, worse + ties) == paired_randomisation(better, worse)


def test_a_clear_difference_has_the_smallest_p_value_there_is() -> None:
    assert paired_randomisation([1.0] * 60, [0.0] * 60) == 1 / (PERMUTATIONS + 1)


def test_gains_and_losses_that_cancel_out_say_nothing() -> None:
    assert paired_randomisation([1.0, 0.0] * 40, [0.0, 1.0] * 40) == 1.0


def test_more_questions_than_fit_into_one_chunk() -> None:
    better = [0.6, 0.4, 0.7] * 1000
    assert paired_randomisation(better, [0.5] * 3000) < 0.05


def test_scores_that_cannot_be_paired_are_refused() -> None:
    with pytest.raises(ValueError, match="2 scores cannot be paired with 1"):
        paired_randomisation([1.0, 0.0], [1.0])
