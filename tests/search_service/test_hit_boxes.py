"""Boxes on a page's picture: around the syllables that are marked in the text, whatever words they are in."""

from hypothesis import given
from hypothesis import strategies as st

from indexer.pictures.images import PlacedWord
from search_service.highlights import Mark
from search_service.hit_boxes import HitBox, hit_boxes, phrases


def line(*texts: str, top: int = 100) -> list[PlacedWord]:
    return [PlacedWord(text, 1_000 * at, top, 900, 80) for at, text in enumerate(texts)]


def boxed(words: list[PlacedWord], *wanted: tuple[str, ...]) -> list[tuple[int, int]]:
    return [(box.left + 20, box.width - 40) for box in hit_boxes(words, wanted)]


def test_what_is_marked_is_looked_for_by_its_syllables() -> None:
    text = "Số: 15/2021/QĐ-UBND, Chuyển\nđổi số"
    marks = [Mark(4, 19), Mark(21, len(text))]
    assert phrases(text, marks) == {("15", "2021", "qđ", "ubnd"), ("chuyển", "đổi", "số")}


def test_neighbours_in_one_line_have_one_box_and_a_word_is_boxed_whole() -> None:
    words = line("Số:", "15/QĐ-UBND", "CHUYỂN", "ĐỔI,", "số")
    assert boxed(words, ("chuyển", "đổi")) == [(2_000, 1_900)]
    assert boxed(words, ("qđ",)) == [(1_000, 900)]


def test_a_phrase_over_two_lines_has_a_box_in_each() -> None:
    words = line("và", "chuyển") + line("đổi", "số", top=300)
    assert boxed(words, ("chuyển", "đổi")) == [(1_000, 900), (0, 900)]


def test_a_part_of_a_phrase_has_no_box() -> None:
    assert boxed(line("chuyển", "công", "tác"), ("chuyển", "đổi")) == []


WORDS = st.lists(
    st.builds(PlacedWord, st.text("ab .-", min_size=1), *[st.integers(0, 9_000)] * 2, *[st.integers(1, 900)] * 2)
)


@given(WORDS, st.sets(st.sampled_from([("a",), ("b",), ("a", "b"), ("ab", "a")])))
def test_every_box_holds_a_word_and_none_stands_without_one(
    words: list[PlacedWord], wanted: set[tuple[str, ...]]
) -> None:
    for box in hit_boxes(words, wanted):
        assert any(_holds(box, word) for word in words)
    assert hit_boxes(words, ()) == []


def _holds(box: HitBox, word: PlacedWord) -> bool:
    return (
        box.left <= word.left
        and box.top <= word.top
        and word.left + word.width <= box.left + box.width
        and word.top + word.height <= box.top + box.height
    )
