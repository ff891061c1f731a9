"""Where values come from: what told them, where it stands, how sure it is, and who is believed."""

import dataclasses
import datetime
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.folding import fold
from analyzers.normalize import align, normalize
from analyzers.tokens import syllables
from engines.origins import OriginKind
from engines.record import ORIGIN_FIELDS, OfficialDocument, from_mapping
from indexer.metadata import complete, read_parts
from indexer.metadata.certainty import Ground, certainty
from indexer.metadata.passages import Passage, WayBack
from indexer.originals.gathering import DocumentOriginals
from indexer.readers import Extracted
from indexer.registers import join
from indexer.told import believed, told, told_record

DOCUMENT = (
    "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\n-----\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "Số: 15/QĐ-UBND\nVân Sơn, ngày 05 tháng 3 năm 2024\nQUYẾT ĐỊNH\nVề việc thành lập\nTổ công tác\n"
    "Căn cứ Luật số 72/2025/QH15;\nĐiều 1. Cử ông Lê Văn An làm tổ trưởng./.\n"
    "Nơi nhận:\n- Như Điều 3;\n- Lưu: VT.\nTM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n(Đã ký)\nLê Văn An\n"
)
POINTED_AT = {
    "number": "15/QĐ-UBND",
    "type": "QUYẾT ĐỊNH",
    "subject": "thành lập\nTổ công tác",
    "issuer": "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN",
    "place": "Vân Sơn",
    "issued": "ngày 05 tháng 3 năm 2024",
    "signer": "Lê Văn An",
    "signer_title": "PHÓ CHỦ TỊCH",
    "signing": "TM. ỦY BAN NHÂN DÂN\nKT. CHỦ TỊCH",
    "recipients": "Như Điều 3;\n- Lưu: VT",
}
SYLLABLES = st.sampled_from(
    ["ủy", "ban", "nhân", "dân", "tỉnh", "Vân", "Sơn", "quyết", "định", "số", "15", "QĐ", "năm", "2024", "hoà"]
)
WORDS = st.lists(SYLLABLES, min_size=1, max_size=6).map(" ".join)
VALUES = st.dictionaries(
    st.sampled_from([name for name in ORIGIN_FIELDS if name not in {"issued", "arrived", "due", "recipients"}]),
    st.sampled_from(["", "một", "hai"]),
)


def read(text: str = DOCUMENT, **given: Any) -> OfficialDocument:
    return complete(OfficialDocument(id="x", text=text, **given))


def pointed_at(record: OfficialDocument, field: str) -> str:
    span = record.origins[field].span
    assert span is not None
    return record.text[slice(*span)]


def test_each_value_points_at_its_words() -> None:
    record = read()
    assert {field: pointed_at(record, field) for field in record.origins} == POINTED_AT
    assert {origin.kind for origin in record.origins.values()} == {OriginKind.TEXT}


def test_the_signer_is_the_one_under_his_title_and_not_one_of_the_body() -> None:
    record = read()
    span = record.origins["signer"].span
    assert span is not None
    assert span[0] > record.text.index("PHÓ CHỦ TỊCH")


def test_a_type_told_by_the_number_points_at_the_number() -> None:
    record = read(DOCUMENT.replace("QUYẾT ĐỊNH\n", ""))
    assert record.type == "Quyết định"
    assert pointed_at(record, "type") == "15/QĐ-UBND"
    assert record.origins["type"].certainty == certainty(Ground.NUMBER, "type")


def test_a_broken_heading_is_less_sure_than_a_whole_one() -> None:
    broken = read(DOCUMENT.replace("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n", ""))
    assert broken.origins["number"].certainty < read().origins["number"].certainty


def test_spans_are_of_the_text_as_it_was_given() -> None:
    given_text = DOCUMENT.replace("Quyết", "Quyê\u0301t").replace("thành", "th\u00adành").replace("Điều", "\u200bĐiều")
    record = read(given_text.replace("Lê Văn An", "Le\u0302 Va\u0306n An"))
    assert normalize(pointed_at(record, "subject")) == "thành lập\nTổ công tác"
    assert normalize(pointed_at(record, "signer")) == "Lê Văn An"


def test_what_stands_on_a_recognised_page_says_so() -> None:
    foot = DOCUMENT.index("Nơi nhận")
    record = read(pages=(0, foot), recognised=(1,))
    assert {field for field, origin in record.origins.items() if origin.kind is OriginKind.OCR} == {
        *("signer", "signer_title", "signing", "recipients"),
    }
    assert record.origins["signer"].certainty == certainty(Ground.RECOGNISED, "signer")


def test_what_the_source_gave_keeps_its_origin_and_is_not_read() -> None:
    record = complete(told_record(OfficialDocument(id="x", number="7/CT", text=DOCUMENT), OriginKind.REGISTER))
    assert record.number == "7/CT"
    assert (record.origins["number"].kind, record.origins["number"].certainty) == (OriginKind.REGISTER, 1)
    assert record.origins["signer"].kind is OriginKind.TEXT


@pytest.mark.parametrize("text", [DOCUMENT, DOCUMENT.replace("Số:", "S:"), "Không có gì", ""])
def test_completing_again_changes_nothing(text: str) -> None:
    once = read(text, pages=(0, 40), recognised=(0,))
    assert complete(once) == once
    assert from_mapping(once.to_mapping()) == once


def test_only_values_have_origins() -> None:
    record = read()
    assert set(record.origins) == {field for field in ORIGIN_FIELDS if getattr(record, field)}


def test_every_ground_that_is_met_has_a_share_below_one() -> None:
    parts = read_parts(OfficialDocument(id="x", text=DOCUMENT))
    grounds = {parts.find(field).ground for field in POINTED_AT}
    assert grounds == {Ground.HEADING, Ground.FOOT}
    assert all(0 < certainty(ground, field) < 1 for ground in Ground for field in ORIGIN_FIELDS)


def test_a_register_outranks_a_package_and_both_the_text() -> None:
    row = told_record(OfficialDocument(id="x", number="1/QĐ"), OriginKind.REGISTER)
    package = Extracted(
        DOCUMENT, (), "application/xml", {"number": "2/QĐ", "issuer": "Sở Tài chính"}, told_by=OriginKind.PACKAGE
    )
    joint, _, _ = join(row, [__file__], lambda content, name: package, DocumentOriginals(None))
    record = complete(joint)
    assert (record.number, record.issuer, record.signer) == ("1/QĐ", "Sở Tài chính", "Lê Văn An")
    kinds = [record.origins[field].kind for field in ("number", "issuer", "signer")]
    assert kinds == [OriginKind.REGISTER, OriginKind.PACKAGE, OriginKind.TEXT]


@given(st.lists(st.tuples(VALUES, st.sampled_from(OriginKind)), max_size=4))
def test_the_first_that_knows_a_value_is_believed(tellers: list[tuple[dict[str, str], OriginKind]]) -> None:
    found = from_mapping({**believed(*(told(values, kind) for values, kind in tellers)), "id": "x"})
    for field in ORIGIN_FIELDS:
        first = next(((values[field], kind) for values, kind in tellers if values.get(field)), None)
        origin = found.origins.get(field)
        assert first == ((getattr(found, field), origin.kind) if origin else None)


@given(WORDS, WORDS, WORDS)
def test_a_value_is_found_where_its_syllables_stand(before: str, value: str, after: str) -> None:
    text = f"{before}.\n{value.upper()}; {after}"
    span = Passage.of(text).find(value)
    assert span is not None
    assert [fold(token.text) for token in syllables(text[slice(*span)])] == [
        fold(token.text) for token in syllables(value)
    ]


@given(WORDS, st.dates(min_value=datetime.date(1945, 1, 1)))
def test_a_date_is_found_however_it_is_written(before: str, date: datetime.date) -> None:
    for written in (
        f"ngày {date.day:02} tháng {date.month} năm {date.year}",
        f"{date.day}/{date.month:02}/{date.year:04}",
    ):
        text = f"{before}, 31 tháng; {written}."
        assert Passage.of(text).find_date(date) == (len(text) - len(written) - 1, len(text) - 1)


def test_syllables_of_a_value_that_stand_far_apart_are_no_place() -> None:
    assert Passage.of("sở " + "xa " * 20 + "tài chính").find("sở tài chính") is None
    assert Passage.of("SỞ\tCỘNG HÒA\nTÀI CHÍNH").find("sở tài chính") == (0, 21)


@given(st.text(alphabet="aăế\u0301\u0302\u00ad\u200bĐ\u00d0 \nb", max_size=40))
def test_the_way_back_from_a_normalized_text(text: str) -> None:
    normalized = normalize(text)
    back, aligned = WayBack(text, normalized), align(text)
    for token in syllables(normalized):
        assert back.original((token.start, token.end)) == aligned.original(token.start, token.end)


def test_a_record_with_origins_can_be_hashed() -> None:
    assert hash(read()) == hash(dataclasses.replace(read(), origins={}))
