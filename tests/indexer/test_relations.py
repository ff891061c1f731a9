"""What a document is to those it names, read from sentences in the forms that documents use."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import OfficialDocument
from engines.relations import Relation, RelationKind
from indexer.analysis import load_analysis
from indexer.metadata import complete
from indexer.metadata.relations import read_relations

PREAMBLE = "Căn cứ Luật Tổ chức chính quyền địa phương số 72/2025/QH15;\nQUYẾT ĐỊNH:\n"


def kinds(text: str, subject: str = "") -> dict[str, list[str]]:
    found: dict[str, list[str]] = {}
    for relation in read_relations(text, "1/2026/QĐ-UBND", subject):
        found.setdefault(relation.number, []).append(relation.kind.value)
    return found


def article(sentence: str) -> dict[str, list[str]]:
    found = kinds(f"{PREAMBLE}Điều 1. Phạm vi\nNội dung.\nĐiều 2. {sentence}\nNơi nhận:\n- Lưu: VT.")
    assert found.pop("72/2025/QH15") == ["legal_basis"]
    return found


@pytest.mark.parametrize(
    ("sentence", "expected"),
    [
        ("Bãi bỏ Quyết định số 5/2020/QĐ-UBND.", {"5/2020/QĐ-UBND": ["repeals"]}),
        (
            "Bãi bỏ toàn bộ các Thông tư số 5/2020/TT-BTC và số 6/2020/TT-BTC.",
            {"5/2020/TT-BTC": ["repeals"], "6/2020/TT-BTC": ["repeals"]},
        ),
        ("Bãi bỏ khoản 2 Điều 5 Thông tư số 5/2020/TT-BTC.", {"5/2020/TT-BTC": ["amends"]}),
        ("Thay thế cụm từ “Sở A” tại Điều 3 Nghị định số 5/2020/NĐ-CP.", {"5/2020/NĐ-CP": ["amends"]}),
        (
            "Quyết định này có hiệu lực kể từ ngày ký và thay thế Quyết định số 5/QĐ-UBND ngày 01/02/2020.",
            {"5/QĐ-UBND": ["replaces"]},
        ),
        (
            "Hiệu lực thi hành\nThông tư này có hiệu lực từ ngày 01 tháng 7 năm 2026. Thông tư số 5/2020/TT-BTC ngày "
            "05/3/2020 của Bộ trưởng Bộ Tài chính quy định về phí hết hiệu lực từ ngày Thông tư này có hiệu lực.",
            {"5/2020/TT-BTC": ["repeals"]},
        ),
        (
            "Kể từ ngày Nghị định này có hiệu lực thi hành, Nghị định số 5/2010/NĐ-CP quy định chi tiết một số điều "
            "của Luật Thư viện số 7/2009/QH12; Chương V Nghị định số 6/2010/NĐ-CP hết hiệu lực.",
            {"5/2010/NĐ-CP": ["repeals"], "7/2009/QH12": ["mentions"], "6/2010/NĐ-CP": ["amends"]},
        ),
        (
            "Thông tư này thay thế:\na) Thông tư số 5/2020/TT-BTC;\nb) Thông tư số 6/2020/TT-BTC sửa đổi, bổ sung "
            "một số điều của Thông tư số 7/2019/TT-BTC.",
            {"5/2020/TT-BTC": ["replaces"], "6/2020/TT-BTC": ["replaces"], "7/2019/TT-BTC": ["mentions"]},
        ),
        (
            "Thông tư này thay thế Thông tư số 5/2020/TT-BTC và bãi bỏ Thông tư số 6/2020/TT-BTC.",
            {"5/2020/TT-BTC": ["replaces"], "6/2020/TT-BTC": ["repeals"]},
        ),
        (
            "Sửa đổi, bổ sung một số điều của Nghị định số 5/2020/NĐ-CP đã được sửa đổi, bổ sung bởi Nghị định số "
            "6/2021/NĐ-CP, Nghị định số 7/2022/NĐ-CP",
            {"5/2020/NĐ-CP": ["amends"], "6/2021/NĐ-CP": ["mentions"], "7/2022/NĐ-CP": ["mentions"]},
        ),
        (
            "Thông tư này thay thế Thông tư số 5/2020/TT-BTC hướng dẫn một số điều của Luật Hóa chất và Nghị định số "
            "6/2019/NĐ-CP.",
            {"5/2020/TT-BTC": ["replaces"], "6/2019/NĐ-CP": ["mentions"]},
        ),
        (
            "Bãi bỏ văn bản quy phạm pháp luật\nBãi bỏ toàn bộ Thông tư số 5/2020/TT-BTC sửa đổi một số nội dung tại "
            "điểm 1, mục II Thông tư số 6/2019/TT-BTC.",
            {"5/2020/TT-BTC": ["repeals"], "6/2019/TT-BTC": ["mentions"]},
        ),
        (
            "Bãi bỏ các văn bản sau:\na) Quy chế quản lý tượng đài phần mỹ thuật ban hành kèm theo Quyết định số "
            "5/2000/QĐ-BVHTT.\nĐiều 3. Thông tư số 6/2019/TT-BTC là căn cứ.",
            {"5/2000/QĐ-BVHTT": ["repeals"], "6/2019/TT-BTC": ["mentions"]},
        ),
        (
            "Các văn bản sau hết hiệu lực kể từ ngày Thông tư này có hiệu lực:\n1. Thông tư liên bộ số 5/TTLB-NV-NG;\n"
            "2. Quy chế trong hoạt động điều tra ban hành kèm theo Quyết định số 6/1998/QĐ-BCA.",
            {"5/TTLB-NV-NG": ["repeals"], "6/1998/QĐ-BCA": ["repeals"]},
        ),
        (
            "Nghị định này thay thế các Nghị định: số 5/2005/NĐ-CP ngày 01/02/2005; số 6/2003/NĐ-CP.",
            {"5/2005/NĐ-CP": ["replaces"], "6/2003/NĐ-CP": ["replaces"]},
        ),
        (
            "Sửa đổi hồ sơ mời thầu:\nb) Việc sửa đổi theo thời gian quy định tại khoản 3 Điều 39 Nghị định số "
            "5/2024/NĐ-CP.",
            {"5/2024/NĐ-CP": ["mentions"]},
        ),
        ("Thông tư này thay thế: Thông tư số 5/2020/TT-BTC.", {"5/2020/TT-BTC": ["replaces"]}),
        ("Thông tư này hướng dẫn thi hành Điều 4 Nghị định số 5/2020/NĐ-CP.", {"5/2020/NĐ-CP": ["guides"]}),
        ("Thực hiện theo quy định tại Nghị định số 5/2020/NĐ-CP.", {"5/2020/NĐ-CP": ["mentions"]}),
        ("Sửa đổi Điều 3 như sau: “Bãi bỏ Thông tư số 5/2020/TT-BTC.”", {"5/2020/TT-BTC": ["mentions"]}),
        (
            "Trường hợp các văn bản nêu tại Thông tư này được sửa đổi, bổ sung hoặc thay thế thì theo Thông tư số "
            "5/2020/TT-BTC.",
            {"5/2020/TT-BTC": ["mentions"]},
        ),
    ],
)
def test_what_an_article_says_of_other_documents(sentence: str, expected: dict[str, list[str]]) -> None:
    assert article(sentence) == expected


def test_grounds_stand_before_the_first_article() -> None:
    found = kinds(
        "Căn cứ Luật Phòng, chống ma túy số 73/2021/QH14 được sửa đổi, bổ sung bởi Luật số 96/2025/QH15;\n"
        "Căn cứ Nghị định số 42/2022/NĐ-CP ngày 24 tháng 6 năm 2022 của Chính phủ và Nghị định số 43/2022/NĐ-CP;\n"
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 96/TTr-SNV.\nĐiều 1. Ban hành.\n"
        "Căn cứ Thông tư số 5/2020/TT-BTC, các đơn vị lập dự toán."
    )

    assert found == {
        "73/2021/QH14": ["legal_basis"],
        "96/2025/QH15": ["mentions"],
        "42/2022/NĐ-CP": ["legal_basis"],
        "43/2022/NĐ-CP": ["legal_basis"],
        "96/TTr-SNV": ["mentions"],
        "5/2020/TT-BTC": ["mentions"],
    }


@pytest.mark.parametrize(
    ("sentence", "kind"),
    [
        ("Phúc đáp Công văn số 77/STC-NS ngày 3/3/2024 của Sở Tài chính về việc lập dự toán, Sở có ý kiến.", "answers"),
        ("Trả lời Công văn số 77/STC-NS của Sở Tài chính.", "answers"),
        ("Ngày 05/3/2024, Cục Thuế nhận được công văn số 77/STC-NS của Sở Tài chính.", "answers"),
        ("Thực hiện Công văn số 77/STC-NS của Sở Tài chính, đề nghị các đơn vị rà soát.", "implements"),
        ("1. Thực hiện Công văn số 77/STC-NS của Sở Tài chính.", "mentions"),
        ("Sửa đổi Quyết định số 77/STC-NS trong quý II.", "mentions"),
        ("Tiếp theo Công văn số 77/STC-NS.", "mentions"),
    ],
)
def test_what_a_letter_says_of_other_documents(sentence: str, kind: str) -> None:
    assert kinds(f"Kính gửi: Các sở.\n{sentence}\nGIÁM ĐỐC") == {"77/STC-NS": [kind]}


def test_no_document_changes_one_of_higher_rank() -> None:
    text = "Điều 1. Bãi bỏ Nghị định số 5/2020/NĐ-CP."

    for own_type, kind in (("Thông tư", "mentions"), ("Nghị định", "repeals"), ("Luật", "repeals"), ("", "repeals")):
        (relation,) = read_relations(text, "", own_type=own_type)
        assert relation.kind.value == kind, own_type


def test_a_subject_says_what_the_document_does() -> None:
    text = "Điều 1. Theo Quyết định số 5/2020/QĐ-UBND."

    for subject, kind in (
        ("Bãi bỏ Quyết định số 5/2020/QĐ-UBND", "repeals"),
        ("Về việc sửa đổi, bổ sung một số điều của Quy chế ban hành kèm theo Quyết định số 5/2020/QĐ-UBND", "amends"),
        ("Triển khai thực hiện Quyết định số 5/2020/QĐ-UBND", "implements"),
        ("Phê duyệt kế hoạch theo Quyết định số 5/2020/QĐ-UBND", "mentions"),
    ):
        assert kinds(text, subject) == {"5/2020/QĐ-UBND": [kind]}


def test_appendices_are_mentions() -> None:
    appendix = "Căn cứ Nghị định số 5/2020/NĐ-CP;\n1. Bãi bỏ Thông tư số 6/2020/TT-BTC."
    text = f"{PREAMBLE}Điều 1. Ban hành.\nNơi nhận:\n- Lưu.\nMẫu\n{appendix}"

    assert kinds(text) == {
        "72/2025/QH15": ["legal_basis"],
        "5/2020/NĐ-CP": ["mentions"],
        "6/2020/TT-BTC": ["mentions"],
    }


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        (
            "Quyết định số 15/2021/QĐ-UBND ngày 05/3/2021 của Ủy ban nhân dân tỉnh Vân Sơn về việc phân cấp",
            ("15/2021/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Vân Sơn", datetime.date(2021, 3, 5)),
        ),
        (
            "công văn số\n324/QTR-KTr2 ngày 22 tháng 7\nnăm 2025 của Thuế tỉnh Vân\nSơn về việc góp vốn",
            ("324/QTR-KTr2", "Công văn", "Thuế tỉnh Vân Sơn", datetime.date(2025, 7, 22)),
        ),
        ("Luật Phòng, chống ma túy số 73/2021/QH14", ("73/2021/QH14", "Luật", "Quốc hội", None)),
        ("Thông báo kết luận số 196-TB/TW của Ban Bí thư.", ("196-TB/TW", "Thông báo", "Ban Bí thư", None)),
        (
            "Quyết định số 84/QĐ-UBND ngày 31/02/2021 của Chủ tịch UBND tỉnh Vân Sơn.",
            ("84/QĐ-UBND", "Quyết định", "Ủy ban nhân dân tỉnh Vân Sơn", None),
        ),
    ],
)
def test_a_named_document_has_the_type_issuer_and_date_that_stand_beside_it(
    text: str, expected: tuple[str, str, str, datetime.date | None]
) -> None:
    (relation,) = read_relations(text, "")

    assert (relation.number, relation.type, relation.issuer, relation.issued) == expected


def test_a_record_keeps_relations_and_their_numbers() -> None:
    record = complete(OfficialDocument(id="x", text="Kính gửi: Sở A.\nPhúc đáp Công văn số 77/STC-NS, Sở có ý kiến."))

    assert record.relations == (Relation(kind=RelationKind.ANSWERS, number="77/STC-NS", type="Công văn"),)
    assert record.cites == ("77/STC-NS",)


def test_a_relation_is_indexed_with_its_kind() -> None:
    record = complete(OfficialDocument(id="x", text="Kính gửi: Sở A.\nPhúc đáp Công văn số 77/STC-NS, Sở có ý kiến."))

    keywords = load_analysis().document(record).keywords

    assert (keywords["relations"], keywords["cites"]) == (("answers:77_ns_stc",), ("77_ns_stc",))


PIECES = (
    "Căn cứ ", "Bãi bỏ ", "Thông tư này ", "thay thế ", "hết hiệu lực", "Thông tư số 5/2020/TT-BTC", "\n", "; ", ", ",
    "Điều 1. ", "“", "”", ":", " và ", "được sửa đổi, bổ sung bởi ", "ngày 1/1/2020 của ", "Luật ", "a) ", "Nơi nhận",
)  # fmt: skip


@given(st.lists(st.sampled_from(PIECES) | st.text(max_size=3), max_size=60).map("".join))
def test_any_text_is_read_and_every_number_has_a_kind(text: str) -> None:
    relations = read_relations(text, "")

    assert len(set(relations)) == len(relations)
    assert ("5/2020/TT-BTC" in {relation.number for relation in relations}) or "5/2020/TT-BTC " not in f"{text} "


@pytest.mark.parametrize(
    "piece", ["a) Thông tư số 5/2020/TT-BTC;\n", "Căn cứ ", "này có hiệu lực, ", "“", "- \n", "Luật Luật, ", "của Bộ "]
)
def test_long_and_hostile_texts_do_not_hang(piece: str) -> None:
    text = f"Điều 1. Bãi bỏ các văn bản sau:\n{piece * (500_000 // len(piece))}5/2020/TT-BTC"

    assert len(read_relations(text, "")) == 1


@pytest.mark.parametrize(
    "text",
    [
        "áp dụng QCVN 05:2025/BNNMT và QCVN 47:2015/BTTTT",
        "theo mẫu số 01/MGTH, 02/KK-TNCN và 03/TKTH-SDDPNN ban hành kèm theo",
        "(Mẫu 04/TT-HQ)",
        "giai đoạn 2025/OL",
    ],
)
def test_forms_and_standards_are_no_documents(text: str) -> None:
    assert read_relations(f"Điều 1. Tổ chức {text}.", "") == ()


def test_a_number_that_begins_with_its_year_is_whole() -> None:
    (relation,) = read_relations("Cục nhận được công văn số 2025-005/SAV-CHQ ngày 10/11/2025 của Công ty A.", "")

    assert (relation.number, relation.kind) == ("2025-005/SAV-CHQ", RelationKind.ANSWERS)


def test_what_amended_a_ground_without_number_is_no_ground() -> None:
    text = (
        "Căn cứ Luật Doanh nghiệp ngày 17 tháng 6 năm 2020 (được sửa đổi, bổ sung tại Luật số 03/2022/QH15);\n"
        "Căn cứ Luật Phí số 97/2015/QH13;\nĐiều 1. Thi hành.\n"
    )

    assert {relation.number: relation.kind for relation in read_relations(text, "")} == {
        "03/2022/QH15": RelationKind.MENTIONS,
        "97/2015/QH13": RelationKind.LEGAL_BASIS,
    }


def test_what_ends_from_a_day_on_is_repealed() -> None:
    text = (
        "Điều 1. Hiệu lực.\n2. Kể từ ngày Thông tư này có hiệu lực thi hành, "
        "chấm dứt hiệu lực thi hành các Thông tư sau đây:\n"
        "a) Thông tư số 17/2012/TT-BTNMT;\nb) Thông tư số 45/2016/TT-BTNMT.\n"
    )

    assert {relation.kind for relation in read_relations(text, "")} == {RelationKind.REPEALS}


def test_one_number_in_capitals_and_in_small_letters_is_one_relation() -> None:
    text = "THỰC HIỆN QUYẾT ĐỊNH SỐ 1899/QĐ-TTG\nThực hiện Quyết định số 1899/QĐ-TTg ngày 04/9/2025.\n"

    assert [relation.number for relation in read_relations(text, "")] == ["1899/QĐ-TTg"]


def test_the_own_number_in_other_letters_is_no_relation() -> None:
    assert read_relations("Quyết định số 5/QĐ-TTG này có hiệu lực.", "5/QĐ-TTg") == ()
