import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import OfficialDocument
from engines.schema import (
    EVERYBODY,
    KEYWORD_FIELDS,
    MAX_KEYWORD_BYTES,
    NUMBER_FIELDS,
    ORDER_FIELDS,
    TOKEN_FIELDS,
    IndexedDocument,
    day_number,
    keyword_values,
    order_keys,
)

ids = st.text(min_size=1, max_size=20)
dates = st.dates()


def indexed(record: OfficialDocument, **keywords: tuple[str, ...]) -> IndexedDocument:
    return IndexedDocument(record=record, fingerprint="f", tokens={}, keywords=keywords, numbers={})


def test_names_of_fields_are_distinct() -> None:
    names = [*(field.name for field in TOKEN_FIELDS), *KEYWORD_FIELDS, *NUMBER_FIELDS, *ORDER_FIELDS]
    assert len(names) == len(set(names))


def test_ngrams_are_of_a_field_that_is_sent() -> None:
    sent = {field.name for field in TOKEN_FIELDS if not field.ngrams_of}
    for field in TOKEN_FIELDS:
        assert (field.ngram_size > 1) == bool(field.ngrams_of)
        assert not field.ngrams_of or field.ngrams_of in sent


@given(ids, ids, dates, dates)
def test_the_later_date_has_the_greater_newest_and_the_smaller_oldest_key(
    one: str, other: str, earlier: datetime.date, later: datetime.date
) -> None:
    if earlier > later:
        earlier, later = later, earlier
    if earlier != later:
        old, new = order_keys(one, earlier), order_keys(other, later)
        assert new["newest"] > old["newest"]
        assert new["oldest"] < old["oldest"]


@given(ids, ids, dates)
def test_undated_documents_come_last_in_both_orders(dated: str, undated: str, date: datetime.date) -> None:
    for field in ORDER_FIELDS:
        assert order_keys(dated, date, "1/KH")[field] > order_keys(undated, None)[field]


@given(ids, st.none() | dates, st.text() | st.from_regex(r"[0-9]{1,9}/[A-Z]{2}"))
def test_keys_fit_a_signed_integer_of_64_bits(id: str, date: datetime.date | None, number: str) -> None:
    keys = order_keys(id, date, number)
    assert set(keys) == set(ORDER_FIELDS)
    assert all(0 <= key < 2**63 for key in keys.values())


@given(st.sets(ids, min_size=2, max_size=50), st.none() | dates)
def test_documents_of_one_day_have_distinct_keys_in_the_same_order(some: set[str], date: datetime.date | None) -> None:
    keys = [order_keys(id, date) for id in some]
    newest, oldest = (sorted(range(len(keys)), key=lambda place: keys[place][field]) for field in ("newest", "oldest"))
    assert newest == oldest
    assert len({key["newest"] for key in keys}) == len(some)


@given(ids, ids, st.integers(0, 9_999_999), st.integers(0, 9_999_999), st.none() | dates, st.none() | dates)
def test_the_lower_figure_comes_first_by_number_and_of_one_figure_the_later_year(
    one: str, other: str, low: int, high: int, day: datetime.date | None, later: datetime.date | None
) -> None:
    def key(id: str, figure: int, date: datetime.date | None) -> int:
        return order_keys(id, date, f"{figure:02}/QĐ-UBND")["number"]

    if low != high:
        low, high = sorted((low, high))
        assert key(one, low, day) > key(other, high, later)
    elif (day.year if day else 0) < (later.year if later else 0):
        assert key(one, low, later) > key(other, high, day)


def test_keys_do_not_change_between_runs() -> None:
    """They lie in indexes on disk, and in cursors that somebody has kept."""
    assert order_keys("văn bản", datetime.date(2021, 5, 2)) == {
        "newest": 1622685972631710418,
        "oldest": 6408279546201172690,
        "number": 81020205748,
    }


def test_day_one_is_the_first_of_january_of_year_one() -> None:
    assert day_number(datetime.date(1, 1, 1)) == 1
    assert day_number(datetime.date(2000, 3, 1)) - day_number(datetime.date(2000, 2, 28)) == 2


def test_a_document_that_names_nobody_is_everybodys() -> None:
    assert keyword_values(indexed(OfficialDocument(id="a")))["access"] == (EVERYBODY,)
    assert keyword_values(indexed(OfficialDocument(id="a", access=("unit:a",))))["access"] == ("unit:a",)


def test_id_fingerprint_and_access_are_the_documents_own_whatever_keywords_say() -> None:
    document = indexed(OfficialDocument(id="a"), id=("b",), fingerprint=("b",), access=("b",))
    assert keyword_values(document) == {"id": ("a",), "fingerprint": ("f",), "access": (EVERYBODY,)}


def test_values_are_kept_once_in_their_order_and_empty_fields_not_at_all() -> None:
    values = keyword_values(indexed(OfficialDocument(id="a"), cites=("b", "a", "b"), type=()))
    assert values["cites"] == ("b", "a")
    assert "type" not in values


@pytest.mark.parametrize(
    ("value", "kept"), [("a" * MAX_KEYWORD_BYTES, True), ("đ" * (MAX_KEYWORD_BYTES // 2 + 1), False)]
)
def test_a_value_beyond_the_limit_in_bytes_is_left_out(value: str, kept: bool) -> None:
    assert ("signer" in keyword_values(indexed(OfficialDocument(id="a"), signer=(value,)))) is kept


def test_a_document_for_principals_too_long_to_index_is_nobodys() -> None:
    document = indexed(OfficialDocument(id="a", access=("x" * (MAX_KEYWORD_BYTES + 1),)))
    assert "access" not in keyword_values(document)
