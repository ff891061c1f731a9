"""Document types (tên loại) as sources tell them, and the one name that each is counted under."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.folding import fold
from engines.record import OfficialDocument
from indexer.agreement import differences
from indexer.analysis import load_analysis
from indexer.copies.profile import may_be_one, profile_of
from indexer.metadata import complete
from indexer.metadata.types import TYPES, known_type, standard_type
from tests.indexer.test_metadata import LETTER


@pytest.mark.parametrize(
    ("said", "known"),
    [
        ("QUYẾT ĐỊNH", "Quyết định"),
        ("  quyết   định ", "Quyết định"),
        ("Quyet dinh", "Quyết định"),
        ("QĐ", "Quyết định"),
        ("CV", "Công văn"),
        ("Giấy uỷ quyền", "Giấy ủy quyền"),
        ("Thông tư liên tịch", "Thông tư liên tịch"),
        ("Quyết định cá biệt", ""),
        ("tư", ""),
        ("Điều lệ", ""),
        ("", ""),
    ],
)
def test_a_type_is_known_in_every_spelling_and_by_its_code(said: str, known: str) -> None:
    assert known_type(said) == known


@pytest.mark.parametrize("name", TYPES)
def test_no_two_types_are_one_without_marks(name: str) -> None:
    assert known_type(name) == known_type(name.upper()) == known_type(fold(name)) == name


@pytest.mark.parametrize(
    ("said", "number", "standard"),
    [
        ("tư", "135/2017/TT-BTC", "Thông tư"),
        ("Thông", "135/2017/TT-BTC", "Thông tư"),
        ("tư", "", "tư"),
        ("tư", "12/QĐ-UBND", "tư"),
        ("Điều lệ", "12/QĐ-UBND", "Điều lệ"),
        ("Quy chế", "12/QĐ-UBND", "Quy chế"),
        ("Thông tư", "12/2011/TTLT-BTC-BNV", "Thông tư"),
        ("-", "12/QĐ-UBND", "-"),
        ("", "12/QĐ-UBND", ""),
    ],
)
def test_a_piece_of_the_type_that_the_number_says_is_that_type(said: str, number: str, standard: str) -> None:
    assert standard_type(said, number) == standard


@given(st.text(max_size=30), st.sampled_from(["", "135/2017/TT-BTC", "12/QĐ-UBND", "5/CV"]))
def test_the_standard_name_is_its_own_standard(said: str, number: str) -> None:
    once = standard_type(said, number)
    assert standard_type(once, number) == once


def test_documents_are_counted_under_the_standard_name_and_keep_what_was_said() -> None:
    record = OfficialDocument(id="a", type="tư", number="135/2017/TT-BTC")
    document = load_analysis().document(record)
    assert document.keywords["type"] == ("Thông tư",)
    assert document.record.type == "tư"


def test_one_type_in_two_spellings_keeps_no_copies_apart_and_is_no_difference() -> None:
    one, other = (OfficialDocument(id="a", type=type, subject="Giao biên chế") for type in ("QĐ", "Quyết định"))
    text = [f"tieng{number}" for number in range(200)]
    assert may_be_one(*(profile_of(record, (), text) for record in (one, other)))
    assert not differences(one, other)


def test_what_a_letter_asks_by_a_day_is_read_however_its_type_is_spelled() -> None:
    text = LETTER.replace("rà soát.", "báo cáo trước ngày 15 tháng 3 năm 2024.")
    due = complete(OfficialDocument(id="a", text=text, type="Công văn")).due
    assert due is not None
    assert complete(OfficialDocument(id="a", text=text, type="CÔNG VĂN")).due == due
