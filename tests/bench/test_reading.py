"""Characters that were read wrongly, and words that two texts share."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bench.reading import character_errors, overlap


@pytest.mark.parametrize(
    ("read", "truth", "errors"),
    [
        ("Quyết định", "Quyết định", 0),
        ("Quyết\n định ", "Quyết định", 0),
        ("Quyêt định", "Quyết định", 1),
        ("Quyết định số", "Quyết định", 3),
        ("", "Số", 2),
    ],
)
def test_errors_are_characters_whatever_the_lines(read: str, truth: str, errors: int) -> None:
    assert character_errors(read, truth) == errors


@given(st.text("ab ", max_size=12), st.text("ab ", max_size=12))
def test_errors_are_the_same_both_ways(one: str, other: str) -> None:
    assert character_errors(one, other) == character_errors(other, one)


def test_words_in_common_are_counted_as_often_as_they_occur() -> None:
    assert overlap("Sở Nội vụ, Sở Tài chính", "sở nội vụ") == pytest.approx(3 / 6)
    assert overlap("", "") == 0
