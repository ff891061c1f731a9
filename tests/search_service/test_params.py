import datetime

import hypothesis.strategies as st
import pytest
from hypothesis import given

from engines.interface import Order
from search_service.parameter import InvalidParameters
from search_service.params import read_query_string, search_request
from search_service.search import Days, SearchRequest


def errors(query_string: str) -> list[tuple[str, str]]:
    with pytest.raises(InvalidParameters) as caught:
        search_request(read_query_string(query_string.encode()))
    return [(error.name, error.message) for error in caught.value.errors]


def test_all_parameters_are_read() -> None:
    arguments = read_query_string(
        b"q=k%E1%BA%BF+ho%E1%BA%A1ch&size=5&cursor=abc&sort=oldest&type=A&type=B&type=A&issuer=C&year=2024&signer=D"
        b"&source=E&issued_from=2024-01-02&issued_to=2024-02-29"
    )

    assert search_request(arguments) == SearchRequest(
        text="kế hoạch",
        size=5,
        cursor="abc",
        order=Order.OLDEST,
        filters={"type": ("A", "B"), "issuer": ("C",), "year": ("2024",), "signer": ("D",), "source": ("E",)},
        issued=Days(datetime.date(2024, 1, 2), datetime.date(2024, 2, 29)),
    )


def test_empty_parameters_are_as_good_as_none() -> None:
    assert search_request(read_query_string(b"q=&size=&sort=&type=&year=+&issued_from=&cursor=")) == SearchRequest()


@pytest.mark.parametrize(
    ("query_string", "name", "allowed"),
    [
        ("size=101", "size", "số nguyên từ 0 đến 100"),
        ("size=-1", "size", "số nguyên từ 0 đến 100"),
        ("size=%D9%A5", "size", "số nguyên từ 0 đến 100"),
        ("size=1&size=2", "size", "một giá trị"),
        ("sort=date", "sort", "relevance, newest, oldest"),
        ("year=24", "year", "bốn chữ số"),
        ("year=2023&year=x", "year", "bốn chữ số"),
        ("issued_from=31/12/2024", "issued_from", "YYYY-MM-DD"),
        ("issued_to=2024-02-30", "issued_to", "YYYY-MM-DD"),
        ("issued_from=20240101", "issued_from", "YYYY-MM-DD"),
        ("issued_from=2024-02-01&issued_to=2024-01-01", "issued_from", "2024-01-01"),
        ("tipe=x", "tipe", "Có phải là “type”?"),
        ("xyz=1", "xyz", "issued_from"),
    ],
)
def test_a_wrong_parameter_is_named_with_what_is_allowed(query_string: str, name: str, allowed: str) -> None:
    ((wrong, message),) = errors(query_string)

    assert wrong == name
    assert f"“{name}”" in message
    assert allowed in message


def test_all_errors_are_told_at_once() -> None:
    assert [name for name, _ in errors("size=x&year=1&foo=2")] == ["foo", "size", "year"]


def test_a_long_value_is_told_shortened() -> None:
    assert len(errors("sort=" + "x" * 10_000)[0][1]) < 300


@given(st.binary())
def test_any_query_string_gives_text_that_can_be_encoded(query_string: bytes) -> None:
    for name, values in read_query_string(query_string).items():
        (name + "".join(values)).encode()
