"""Slips are repaired where the index's own vocabulary says what was meant, and nothing else is touched."""

import itertools
from collections import Counter
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.folding import fold
from engines.schema import ngrams
from search_service.spelling import find_joins, find_repairs

TEXTS = (
    "quyết định về việc phê duyệt quy hoạch chung thành phố đà nẵng",
    "kế hoạch phòng cháy chữa cháy rừng trên địa bàn thành phố",
    "kế hoạch phòng chống lụt bão trên địa bàn tỉnh",
    "quyết định về việc tuyển dụng viên chức ngành giáo dục",
    "hướng dẫn hợp tác xã nông nghiệp trên địa bàn tỉnh",
    "hỗ trợ hợp tác xã trên địa bàn thành phố",
    "quy định về hợp tác xã trên địa bàn xã",
    "kiểm tra an ninh mạng cho công chức viên chức",
    "chúng ta kiểm tra",
    "kiểm tra hợp tác xã",
)


def frequencies(field: str, tokens: Sequence[str]) -> Mapping[str, int]:
    """What an index of `TEXTS` answers."""
    counts: Counter[str] = Counter()
    for text in TEXTS:
        syllables = text.split()
        folded = [fold(syllable) for syllable in syllables]
        terms = {"syllables": syllables, "folded": folded, "folded_pairs": list(ngrams(folded, 2))}[field]
        counts.update(set(terms))
    return {token: counts[token] for token in tokens}


def repaired(text: str) -> list[tuple[str, str, bool]]:
    tokens = text.split()
    return [(tokens[one.at], " ".join(one.fix), one.is_sure) for one in find_repairs(tokens, frequencies)]


@pytest.mark.parametrize(
    ("typed", "slip", "fix"),
    [
        ("quy hoạch thnàh phố", "thnàh", "thành"),
        ("quy hoạch chung thành phốố", "phốố", "phố"),
        ("phê duyệtt quy hoạch", "duyệtt", "duyệt"),
        ("tuyển dụng vin chức", "vin", "viên"),
        ("phòng cháyy chữa cháy", "cháyy", "cháy"),
        ("phong chayy chua chay", "chayy", "chay"),
        ("viên chứcngành giáo dục", "chứcngành", "chức ngành"),
        ("quyhoạch chung", "quyhoạch", "quy hoạch"),
        ("hướng dẫnn", "dẫnn", "dẫn"),
    ],
)
def test_a_word_that_no_document_has_is_replaced(typed: str, slip: str, fix: str) -> None:
    assert repaired(typed) == [(slip, fix, True)]


def test_a_real_word_in_the_place_of_another_is_only_suggested() -> None:
    assert repaired("quy định về họp tác xã trên địa bàn") == []  # “hop” beside “tac” is what documents have
    assert repaired("hỗ trợ hợp tra xã trên địa bàn") == []
    assert repaired("kiểm tra hợp ta xã trên địa bàn") == [("ta", "tác", False)]


@pytest.mark.parametrize(
    "typed",
    [
        "quy hoạch chung thành phố",
        "quy hoach chung thanh pho",
        "phố hoạch duyệt quy phê",  # words out of order are no slips
        "xyz kubernetes",
        "15 2021 2025",
        "a b c",
        "",
    ],
)
def test_what_is_right_or_beyond_help_is_left_alone(typed: str) -> None:
    assert repaired(typed) == []


def test_abbreviations_are_no_slips() -> None:
    assert [one.fix for one in find_repairs(["tp", "đà", "nẵng"], frequencies, {"tp"})] == []


@pytest.mark.parametrize(
    ("typed", "places"),
    [
        ("thà nh phố", (0,)),
        ("quy hoạ ch chung", (1,)),
        ("thà nh ph ố", (0, 2)),
        ("thành phố", ()),
        ("khoản a điểm c", ()),
        ("", ()),
    ],
)
def test_a_space_inside_a_syllable_is_found(typed: str, places: tuple[int, ...]) -> None:
    assert find_joins(typed.split(), frequencies) == places


@given(st.lists(st.text(alphabet="abcdehnouyâêôưáạ1", min_size=1, max_size=9), max_size=10))
def test_any_question_is_answered_and_repairs_are_apart(tokens: list[str]) -> None:
    repairs = find_repairs(tokens, frequencies)
    places = [one.at for one in repairs]

    assert places == sorted(set(places))
    assert all(0 <= at < len(tokens) for at in places)
    assert all(one.fix and one.fix != (tokens[one.at],) for one in repairs)
    joins = find_joins(tokens, frequencies)
    assert all(second - first > 1 for first, second in itertools.pairwise(joins))
