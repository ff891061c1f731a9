"""A cursor names the reading of the question that its page was found by."""

from hypothesis import given
from hypothesis import strategies as st

from search_service.kept_questions import KeptQuestions, engines_own
from search_service.query import Reading, UnderstoodQuery

ENGINES = "WyJlMSIsIm5ld2VzdCIsNV0"


def read(text: str, *readings: str) -> UnderstoodQuery:
    return UnderstoodQuery(text=text, readings=tuple(Reading(tuple(each.split())) for each in readings or (text,)))


@given(st.text(max_size=50), st.booleans())
def test_a_cursor_brings_its_question_and_the_engines_own_cursor(text: str, literal: bool) -> None:
    kept, question = KeptQuestions(), read(text)
    cursor = kept.cursor(ENGINES, text, question, literal=literal)
    assert engines_own(cursor) == ENGINES
    assert kept.named(cursor, text, literal=literal) is question
    assert kept.named(cursor, text, literal=not literal) is None
    assert kept.named(cursor, text + "a", literal=literal) is None


def test_two_readings_of_one_question_are_two() -> None:
    kept = KeptQuestions()
    first, second = read("qđ"), read("qđ", "qđ", "quyết định")
    cursors = [kept.cursor(ENGINES, "qđ", each, literal=False) for each in (first, second)]
    assert [kept.named(each, "qđ", literal=False) for each in cursors] == [first, second]


def test_one_question_asked_again_and_again_is_kept_once() -> None:
    kept = KeptQuestions()
    assert len({kept.cursor(ENGINES, "qđ", read("qđ"), literal=False) for _ in range(1_000)}) == 1


def test_the_last_page_has_no_cursor() -> None:
    assert KeptQuestions().cursor(None, "qđ", read("qđ"), literal=False) is None


def test_a_question_of_pages_is_read_anew_each_time() -> None:
    kept, text = KeptQuestions(), "quyết định " * 1_000
    cursor = kept.cursor(ENGINES, text, read(text), literal=False)
    assert cursor == ENGINES
    assert kept.named(cursor, text, literal=False) is None


@given(st.text(max_size=50))
def test_any_other_text_names_no_question(text: str) -> None:
    kept = KeptQuestions()
    kept.cursor(ENGINES, "qđ", read("qđ"), literal=False)
    assert kept.named(text, "qđ", literal=False) is None


def test_the_first_page_names_none() -> None:
    assert KeptQuestions().named(None, "qđ", literal=False) is None
    assert engines_own(None) is None
