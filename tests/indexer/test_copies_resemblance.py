"""How alike texts are, and where they contradict each other."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from indexer.copies.resemblance import (
    LEAST_SYLLABLES,
    NO_SIGNATURE,
    Text,
    containment,
    contradict,
    estimated,
    resemblance,
    signature,
)
from tests.indexer.copied import BODY, OTHER_BODY, text

syllables = st.lists(st.sampled_from([f"{first}a{last}" for first in "bcdghklmnst" for last in ("", "n", "m", "ng")]))
long_ones = syllables.map(lambda some: [*some, *(f"x{number}" for number in range(LEAST_SYLLABLES))])


@given(long_ones, st.integers(0, 100))
def test_the_estimate_is_near_the_resemblance(some: list[str], cut: int) -> None:
    one, other = some, [*some[cut:], *some[:cut]]
    exact = resemblance(Text(" ".join(one)), Text(" ".join(other)))
    assert abs(estimated(signature(one).rows, signature(other).rows) - exact) < 0.25


@given(long_ones)
def test_equal_texts_share_every_band(some: list[str]) -> None:
    assert signature(some) == signature(list(some))
    assert len(set(signature(some).bands)) == 17


def test_a_signature_is_what_it_was_when_it_was_written_down() -> None:
    kept = signature(Text(BODY).syllables)
    assert (kept.bands[0], kept.rows[:4].hex()) == (-2971058437779290965, "32bc226f")


def test_a_short_text_has_no_signature_and_resembles_nothing() -> None:
    assert signature(["a"] * (LEAST_SYLLABLES - 1)) is NO_SIGNATURE
    assert estimated(NO_SIGNATURE.rows, NO_SIGNATURE.rows) == 0


def test_an_extract_is_contained_in_the_whole_and_another_text_is_not() -> None:
    assert containment(Text(BODY), Text(f"{OTHER_BODY}{BODY}")) == 1
    assert containment(Text(BODY), Text(OTHER_BODY)) < 0.2


CLERKS = "Kính mời {who} dự họp lúc {hour} giờ ngày {day} tháng 5 năm 2025 tại phòng họp số 2. " + BODY


@pytest.mark.parametrize(
    "changed", [{"day": "16"}, {"hour": "14"}, {"who": "Sở Y tế"}, {"who": "Sở Nội chính"}, {"who": "xã Tân Thịnh"}]
)
def test_letters_of_one_form_contradict_each_other_in_a_day_or_a_name(changed: dict[str, str]) -> None:
    first = {"who": "xã Tân Thành" if "xã" in changed.get("who", "") else "Sở Nội vụ", "hour": "8", "day": "15"}
    one, other = Text(CLERKS.format(**first)), Text(CLERKS.format(**{**first, **changed}))
    assert resemblance(one, other) > 0.7
    assert contradict(one, other)
    assert contradict(other, one)


@pytest.mark.parametrize(
    ("one", "other"),
    [
        (BODY, BODY),
        (BODY, BODY + "\nTrang 2/3"),
        (text(), text(number="          /QĐ-UBND", day="    ")),
        (text(day="05"), text(day="5")),
        (BODY, BODY.replace("hành chính", "hành chỉmh").replace("kinh phí", "kỉnh phf")),
    ],
)
def test_what_only_one_has_or_a_scan_misread_is_no_contradiction(one: str, other: str) -> None:
    assert not contradict(Text(one), Text(other))
