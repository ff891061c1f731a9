"""Which records are one document, which leads, what it takes from the others, and which is whose draft."""

import dataclasses
import random
from collections.abc import Mapping, Sequence

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.copies import Copy, CopyKind
from engines.origins import Origin, OriginKind
from engines.record import OfficialDocument
from indexer.copies.folding import Member, led, unfolded
from indexer.copies.grouping import grouped
from indexer.copies.profile import Profile
from tests.indexer.copied import BLANK, BODY, OTHER_BODY, ROW, member, row, text

PDF, WORD, JPEG = "application/pdf", "application/msword", "image/jpeg"


def fold(*members: Member) -> dict[str, OfficialDocument]:
    return {record.id: record for record in grouped(members)}


def leads(records: Mapping[str, OfficialDocument], leader: str, *copies: str) -> bool:
    """Whether a record leads just these copies, and they say so."""
    return {copy.id for copy in records[leader].copies} == set(copies) and all(
        records[copy].copy_of == leader for copy in copies
    )


def apart(records: Mapping[str, OfficialDocument]) -> bool:
    return not any(record.copies or record.copy_of or record.draft_of for record in records.values())


@pytest.mark.parametrize("issuer", ["UBND tỉnh Đông Bắc", "ỦY BAN NHÂN DÂN TỈNH ĐÔNG BẮC", "Tỉnh Đông Bắc"])
@pytest.mark.parametrize("number", ["15/QĐ-UBND", "0015 /QĐ.UBND", "15/qđ-ubnd"])
def test_equal_issuer_year_and_number_are_one_document_however_they_are_written(issuer: str, number: str) -> None:
    assert leads(fold(member("a", text()), row("b", issuer=issuer, number=number)), "a", "b")


def test_a_city_is_one_however_it_is_shortened() -> None:
    names = ("UBND TP. Hà Trung", "Ủy ban nhân dân thành phố Hà Trung")
    assert not apart(fold(*(row(name, issuer=name) for name in names)))


@pytest.mark.parametrize(
    "other",
    [
        {"number": "16/QĐ-UBND"},
        {"number": "15"},
        {"issuer": "Sở Y tế"},
        {"issuer": ""},
        {"issued": "2024-11-20"},
        {"issued": None},
        {"access": ("unit:stttt",)},
    ],
)
def test_another_number_issuer_year_or_circle_of_readers_is_another_document(other: dict[str, str]) -> None:
    assert apart(fold(member("a", text()), row("b", **other)))


def test_a_body_named_without_the_one_above_it_is_that_body_where_number_day_and_text_say_so() -> None:
    short = {"issuer": "Ủy ban nhân dân", "number": "15/QĐ-UBND", "issued": "2025-11-20"}
    assert not apart(fold(member("a", text()), member("b", text(), **short)))
    assert apart(fold(member("a", text()), member("b", text(), **{**short, "issued": "2025-11-21"})))
    assert apart(fold(member("a", text()), member("b", text(body=OTHER_BODY), **short)))
    assert apart(fold(member("a", text()), row("b", **short)))


def test_a_number_that_was_given_twice_folds_no_two_documents() -> None:
    assert apart(fold(member("a", text()), member("b", text(day="21", body=OTHER_BODY))))


def article(id: str, subject: str, words: str, source: str = "luat") -> Member:
    """One article of a law, kept as a document that bears the law's number."""
    return row(id, subject=subject, text=words, source=source)


def test_the_articles_of_one_law_however_short_stay_apart() -> None:
    scope = article("1", "Phạm vi điều chỉnh", "Luật này quy định về lưu trữ và hoạt động lưu trữ.")
    force = article("9", "Hiệu lực thi hành", "Luật này có hiệu lực thi hành từ ngày 01 tháng 7 năm 2025.")
    assert apart(fold(scope, force))


def test_two_subjects_that_one_source_names_are_two_documents_whatever_their_texts_repeat() -> None:
    subjects = "Kho lưu trữ của bộ", "Kho lưu trữ của tỉnh"
    assert apart(fold(*(article(subject, subject, BODY) for subject in subjects)))
    sources = zip(subjects, ("cũ", "mới"), strict=True)
    assert not apart(fold(*(article(subject, subject, BODY, source) for subject, source in sources)))


def test_a_text_that_repeats_most_of_another_one_of_its_number_is_a_copy_only_if_it_was_recognised() -> None:
    half = " ".join(BODY.split()[:30]) + " " + " ".join(OTHER_BODY.split()[:15])
    assert apart(fold(row("a", text=BODY), row("b", text=half)))
    assert not apart(fold(row("a", text=BODY), member("b", half, scanned=True, **ROW)))


def test_a_line_of_a_register_joins_the_one_of_its_day_when_a_number_was_given_twice() -> None:
    documents = (member("a", text()), member("b", text(day="21", body=OTHER_BODY)))
    assert leads(fold(*documents, row("r", issued="2025-11-21")), "b", "r")
    assert apart(fold(*documents, row("r", issued="2025-11-22")))


def test_the_longest_text_leads_and_an_extract_is_its_copy() -> None:
    assert leads(fold(member("a", text()), member("b", text(body=BODY + OTHER_BODY))), "b", "a")


def test_a_text_that_was_typed_leads_one_that_was_recognised_as_long_as_it_is_as_whole() -> None:
    scan = member("scan", text() + "thêm vài chữ nhiễu", scanned=True, media_type=PDF)
    assert leads(fold(scan, member("word", text(), media_type=WORD)), "word", "scan")
    whole = member("scan", text(body=BODY + OTHER_BODY), scanned=True, media_type=PDF)
    assert leads(fold(whole, member("word", text(), media_type=WORD)), "scan", "word")


def test_a_text_leads_a_line_of_a_register_and_takes_what_it_lacks() -> None:
    records = fold(member("a", text()), row("b", arrival_number="77", arrived="2025-11-25", recipients=("Sở Y tế",)))
    leader = records["a"]
    assert leads(records, "a", "b")
    assert (leader.arrival_number, leader.recipients, str(leader.arrived)) == ("77", ("Sở Y tế",), "2025-11-25")


def test_what_a_register_says_outranks_what_was_read_and_its_own_spelling_does_not() -> None:
    told = row("b", signer="Trần Thị Bình", issued="2025-11-21", issuer="UBND tỉnh Đông Bắc")
    leader = fold(member("a", text()), told)["a"]
    assert (leader.signer, str(leader.issued)) == ("Trần Thị Bình", "2025-11-21")
    assert leader.issuer == "Ủy ban nhân dân tỉnh Đông Bắc"


def test_what_the_leading_records_own_register_says_stays() -> None:
    leader = fold(member("a", text(), signer="Lê Văn Cường"), row("b", signer="Trần Thị Bình"))["a"]
    assert leader.signer == "Lê Văn Cường"


NEAR = text(number="", day="  ", month="  ").replace("năm 2025", "năm")


def test_a_scan_without_its_number_is_a_copy_of_the_document_with_its_text() -> None:
    scan = member("scan", NEAR, scanned=True, media_type=PDF)
    assert leads(fold(scan, member("word", text(), media_type=WORD)), "word", "scan")


def test_two_texts_without_a_number_are_one_when_nothing_contradicts() -> None:
    assert leads(fold(member("a", BODY + OTHER_BODY), member("b", BODY + OTHER_BODY + "\nTrang 1")), "b", "a")


def test_letters_of_one_form_stay_apart() -> None:
    letter = "GIẤY MỜI\nKính mời Sở {} dự họp ngày {} tháng 5 năm 2025.\n" + BODY
    letters = [letter.format("Nội vụ", 15), letter.format("Nội vụ", 16), letter.format("Y tế", 15)]
    assert apart(fold(*(member(str(at), each) for at, each in enumerate(letters))))


def test_a_text_that_fits_two_documents_is_a_copy_of_neither() -> None:
    scan = member("scan", NEAR, scanned=True, media_type=PDF)
    assert apart(fold(scan, member("a", text()), member("b", text(number="16/QĐ-UBND"))))


def test_a_draft_is_linked_with_the_signed_one_and_stays_a_result() -> None:
    records = fold(member("draft", BLANK, media_type=WORD), member("signed", text(), media_type=PDF))
    (draft,) = records["signed"].copies
    assert (draft.id, draft.kind) == ("draft", CopyKind.DRAFT)
    assert (records["draft"].draft_of, records["draft"].copy_of) == ("signed", "")


@pytest.mark.parametrize("said", ["DỰ THẢO\n", "DỰ THẢO LẦN 2\n", "(Dự thảo)\n"])
def test_what_says_that_it_is_a_draft_never_leads(said: str) -> None:
    draft = member("draft", text(above=said, body=BODY + "Thêm một câu rất dài của bản dự thảo.\n"))
    assert fold(draft, member("signed", text()))["draft"].draft_of == "signed"


def test_copies_of_a_draft_are_one_result() -> None:
    drafts = (member("d1", BLANK, media_type=WORD), member("d2", BLANK + "Trang cuối\n", media_type=WORD))
    records = fold(*drafts, member("signed", text()))
    assert records["d1"].copy_of == "d2"
    assert records["d2"].draft_of == "signed"
    assert [copy.id for copy in records["signed"].copies] == ["d2"]


def test_a_blank_number_in_a_picture_of_paper_makes_no_draft() -> None:
    scan = member("scan", BLANK, media_type=JPEG, scanned=True)
    assert leads(fold(scan, member("word", text(), media_type=WORD)), "word", "scan")


def test_last_years_draft_is_none_of_this_years_document() -> None:
    subject = "Về việc số hóa hồ sơ lưu trữ năm 2024"
    draft = member("draft", BLANK.replace("Về việc số hóa hồ sơ lưu trữ", subject), media_type=WORD)
    signed = member("signed", text().replace("Về việc số hóa hồ sơ lưu trữ", subject.replace("2024", "2025")))
    assert apart(fold(draft, signed))


ANY = [
    member("a", text()),
    member("b", text(body=BODY + OTHER_BODY)),
    member("c", text(day="21", body=OTHER_BODY)),
    member("d", text(number="16/QĐ-UBND")),
    member("e", BLANK, media_type=WORD),
    member("f", BLANK + "Trang cuối", media_type=WORD),
    member("g", NEAR, scanned=True, media_type=PDF),
    member("h", OTHER_BODY),
    member("i", OTHER_BODY + "\nTrang 1"),
    row("j", arrival_number="5"),
    row("k", signer="Trần Thị Bình", issued="2025-11-21"),
    row("l", number="17/QĐ-UBND"),
]


def folded(members: Sequence[Member]) -> dict[str, OfficialDocument]:
    return {record.id: record for record in grouped(members)}


@given(st.lists(st.sampled_from(ANY), unique_by=lambda one: one.record.id), st.integers())
def test_order_changes_nothing_and_unfolding_gives_every_record_back(members: list[Member], seed: int) -> None:
    records = folded(members)
    shuffled = list(members)
    random.Random(seed).shuffle(shuffled)  # noqa: S311 - an order, not a secret
    assert folded(shuffled) == records
    assert {record.id: unfolded(record) for record in records.values()} == {
        one.record.id: one.record for one in members
    }
    again = [Member(unfolded(records[one.record.id]), one.profile) for one in members]
    assert folded(again) == records


@given(st.lists(st.sampled_from(ANY), unique_by=lambda one: one.record.id))
def test_every_copy_has_one_leader_that_names_it_and_leads_itself(members: list[Member]) -> None:
    records = folded(members)
    for record in records.values():
        for copy in record.copies:
            link = records[copy.id].copy_of if copy.kind is CopyKind.COPY else records[copy.id].draft_of
            assert link == record.id
        if record.copy_of:
            assert record.id in {copy.id for copy in records[record.copy_of].copies}
            assert not record.copies
            assert not record.replaced


def test_what_a_copy_tells_keeps_its_origin_and_gives_the_own_one_back() -> None:
    read = Origin(kind=OriginKind.TEXT, certainty=0.9, span=(3, 9))
    own = OfficialDocument(id="a", text="Kế hoạch", subject="Kế hoạch", signer="An", origins={"subject": read})
    row = OfficialDocument(
        id="b",
        subject="Tổ công tác",
        issuer="Sở Tài chính",
        origins={
            "subject": Origin(kind=OriginKind.REGISTER),
            "issuer": Origin(kind=OriginKind.OCR, certainty=0.8, span=(0, 2)),
        },
    )
    leading = led(Member(own, Profile()), [Member(row, Profile(told=("subject",)))])
    assert (leading.subject, leading.issuer) == ("Tổ công tác", "Sở Tài chính")
    assert leading.origins == {
        "subject": Origin(kind=OriginKind.REGISTER),
        "issuer": Origin(kind=OriginKind.OCR, certainty=0.8),
    }
    assert unfolded(dataclasses.replace(leading, copies=(Copy(id="b"),))) == own
