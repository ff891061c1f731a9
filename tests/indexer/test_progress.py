"""How far a run is and how long it takes: pages where a file tells them, bytes else."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.remaining import OpenFile, Remaining, in_words

PAGES = st.integers(0, 400)


def test_without_pages_bytes_tell_what_is_left() -> None:
    remaining = Remaining(100, now=0)
    remaining.add(20)

    assert remaining.seconds(10) == pytest.approx(40)


def test_pages_of_a_scan_tell_what_is_left_of_it() -> None:
    remaining = Remaining(100, now=0)
    remaining.set_open([OpenFile(100, 1, 300)], 2)
    remaining.set_open([OpenFile(100, 5, 300)], 10)

    assert remaining.seconds(10) == pytest.approx(295 * 2)
    assert remaining.done == pytest.approx(100 * 5 / 300)
    assert remaining.pages == (5, 300)


def test_what_is_not_begun_is_taken_for_like_what_was() -> None:
    remaining = Remaining(300, now=0)
    remaining.set_open([OpenFile(100, 1, 10)], 2)
    remaining.set_open([OpenFile(100, 5, 10)], 10)

    assert remaining.seconds(10) == pytest.approx(5 * 2 + 200 * 10 / 50)


def test_nothing_is_told_before_anything_is_known() -> None:
    remaining = Remaining(100, now=0)
    assert remaining.seconds(5) is None
    remaining.set_open([OpenFile(100, 1, 10)], 5)
    assert remaining.seconds(5) is None


@given(
    st.lists(
        st.tuples(st.lists(st.builds(OpenFile, st.integers(0, 10**9), PAGES, PAGES), max_size=3), st.integers(0, 100))
    )
)
def test_time_left_is_never_less_than_none(told: list[tuple[list[OpenFile], int]]) -> None:
    remaining, now = Remaining(10**9, now=0), 0
    for files, seconds in told:
        now += seconds
        remaining.set_open(files, now)
        remaining.add(seconds)
        left = remaining.seconds(now)
        assert left is None or left >= 0


@pytest.mark.parametrize(
    ("seconds", "words"),
    [(0, "còn 10 giây"), (44, "còn 40 giây"), (200, "còn 3 phút"), (7_500, "còn 2 giờ 05 phút")],
)
def test_a_time_left_in_words(seconds: float, words: str) -> None:
    assert in_words(seconds) == words
