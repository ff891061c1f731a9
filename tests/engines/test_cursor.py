import base64

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.cursor import decode_cursor, encode_cursor
from engines.interface import InvalidCursor, Order

KINDS = (float, int)
orders = st.sampled_from(Order)
scores = st.floats(allow_nan=False, allow_infinity=False)
keys = st.integers(0, 2**63 - 1)


def of_text(text: str) -> str:
    return base64.urlsafe_b64encode(text.encode()).decode().rstrip("=")


@given(orders, scores, keys)
def test_values_survive_exactly(order: Order, score: float, key: int) -> None:
    assert decode_cursor("e1", order, encode_cursor("e1", order, [score, key]), KINDS) == [score, key]


@given(orders, scores, keys)
def test_a_cursor_needs_no_escaping_in_addresses(order: Order, score: float, key: int) -> None:
    assert encode_cursor("e1", order, [score, key]).replace("-", "").replace("_", "").isalnum()


@given(orders, scores, keys, st.integers(1, 60))
def test_a_cursor_that_lacks_its_end_is_invalid(order: Order, score: float, key: int, missing: int) -> None:
    cursor = encode_cursor("e1", order, [score, key])
    with pytest.raises(InvalidCursor):
        decode_cursor("e1", order, cursor[:-missing], KINDS)


@given(orders, st.text(max_size=500) | st.text("[{", min_size=300, max_size=500).map(of_text))
def test_any_text_is_invalid(order: Order, text: str) -> None:
    with pytest.raises(InvalidCursor):
        decode_cursor("e1", order, text, KINDS)


@pytest.mark.parametrize(
    "content",
    [
        "null",
        "5",
        "{}",
        "[]",
        '["e1"]',
        '["e1", "newest"]',
        '["e1", "newest", 1.0]',
        '["e1", "newest", 1.0, 2, 3]',
        '["e1", "newest", "1", 2]',
        '["e1", "newest", 1.0, 2.0]',
        '["e1", "newest", 1.0, -1]',
        '["e1", "newest", 1.0, 9223372036854775808]',
        '["e1", "newest", 1.0, true]',
        '["e1", "newest", NaN, 2]',
        '["e1", "newest", Infinity, 2]',
        '["e1", "newest", null, 2]',
        '["e2", "newest", 1.0, 2]',
        '["e1", "oldest", 1.0, 2]',
    ],
)
def test_values_of_another_kind_are_invalid(content: str) -> None:
    with pytest.raises(InvalidCursor, match="Con trỏ trang"):
        decode_cursor("e1", Order.NEWEST, of_text(content), KINDS)
