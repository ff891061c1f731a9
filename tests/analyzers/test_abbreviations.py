"""Definitions of abbreviations, in documents and in lists."""

import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.abbreviations import (
    MAX_DEFINITIONS,
    Definition,
    InvalidList,
    curated,
    from_keyword,
    is_safe,
    read_definitions,
    read_list,
)
from analyzers.folding import fold
from analyzers.normalize import canonical

SYLLABLES = ("thủ", "tục", "hành", "chính", "quản", "lý", "nhà", "nước", "đất", "đai", "ủy", "viên", "nghề", "giáo")


def keywords(text: str) -> list[str]:
    return [definition.keyword for definition in read_definitions(text)]


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("cải cách thủ tục hành chính (TTHC) năm nay", "tthc=thủ tục hành chính"),
        ("CẢI CÁCH THỦ TỤC HÀNH CHÍNH (TTHC)", "tthc=thủ tục hành chính"),
        ("của Bộ Tài chính (sau đây gọi tắt là BTC)", "btc=bộ tài chính"),
        ("của Bộ Tài chính (sau đây viết tắt là: “BTC”)", "btc=bộ tài chính"),
        ("của Bộ Tài chính (gọi tắt là BTC), các", "btc=bộ tài chính"),
        ("của Bộ Tài chính (dưới đây gọi là BTC)", "btc=bộ tài chính"),
        ("bảo hiểm\nxã hội (sau\nđây viết tắt\nlà BHXH)", "bhxh=bảo hiểm xã hội"),
        ("Ủy ban nhân dân tỉnh (sau đây gọi tắt là UBND tỉnh)", "ubnd=ủy ban nhân dân"),
        ("\nTTHC: Thủ tục hành chính\n", "tthc=thủ tục hành chính"),
        ("\n- TTHC: Thủ tục hành\nchính\n", "tthc=thủ tục hành chính"),
        ("\n| 3 | TTHC | Thủ tục hành chính |\n", "tthc=thủ tục hành chính"),
        ("\nTTHC\nThủ tục hành chính\n", "tthc=thủ tục hành chính"),
        ("giải quyết TTHC (thủ tục hành chính) tại", "tthc=thủ tục hành chính"),
    ],
)
def test_a_definition_is_read_in_any_of_its_forms(text: str, keyword: str) -> None:
    assert keywords(text) == [keyword]


@pytest.mark.parametrize(
    ("text", "keyword"),
    [
        ("Sở Giáo dục và Đào tạo (GDĐT)", "gdđt=giáo dục và đào tạo"),
        ("Sở Giáo dục và Đào tạo (GD&ĐT)", "gd đt=giáo dục và đào tạo"),
        ("doanh nghiệp nhỏ và vừa (DNNVV)", "dnnvv=doanh nghiệp nhỏ và vừa"),
        ("Bộ Văn hóa, Thể thao và Du lịch (BVHTTDL)", "bvhttdl=bộ văn hóa thể thao và du lịch"),
        ("Lao động - Thương binh và Xã hội (LĐTBXH)", "lđtbxh=lao động thương binh và xã hội"),
        ("đăng ký kinh doanh (DKKD)", "dkkd=đăng ký kinh doanh"),
        ("ngân sách trung ương (NSTW)", "nstw=ngân sách trung ương"),
        ("hội đồng trường học (HĐTrH)", "hđtrh=hội đồng trường học"),
    ],
)
def test_letters_stand_for_syllables_in_order_and_small_words_may_be_left_out(text: str, keyword: str) -> None:
    assert keywords(text) == [keyword]


@pytest.mark.parametrize(
    "text",
    [
        "Quỹ tiền tệ quốc tế (IMF)",  # initials of another language
        "doanh nghiệp kinh doanh (DKKD)",  # Đ could be D, but the letters come in another order
        "điều kiện kinh doanh. (ĐKKD)",  # a sentence ends between them
        "dự án kiểm dịch (ĐAKD)",  # Đ never stands for d
        "quyết định (QĐ)",  # code of a document type
        "công an (CA)",  # a syllable
        "thủ tục hành chính cấp xã (TTHC)",  # what is abbreviated is not clear
        "international civil aviation organization (ICAO)",  # foreign
        "Điều lệ (ban hành kèm theo Quyết định số 15/QĐ-UBND)",
        "TTHC: 15 thủ tục hành chính",
        "",
    ],
)
def test_what_is_not_surely_a_definition_is_none(text: str) -> None:
    assert keywords(text) == []


def test_each_definition_is_given_once_and_their_number_is_bounded() -> None:
    assert keywords("thủ tục hành chính (TTHC), " * 3) == ["tthc=thủ tục hành chính"]
    many = "".join(
        f"{' '.join(SYLLABLES[at] for at in run)} ({''.join(SYLLABLES[at][0] for at in run).upper()});\n"
        for run in ((a, b, c) for a in range(8) for b in range(8) for c in range(8))
    )
    assert len(keywords(many)) == MAX_DEFINITIONS


def test_decomposed_text_defines_the_same() -> None:
    text = "sử dụng Ủy ban nhân dân (UBND) và đăng ký đất đai (ĐKĐĐ)"
    assert keywords(unicodedata.normalize("NFD", text)) == keywords(text) != []


def test_eth_is_read_as_the_letter_that_it_was_typed_for() -> None:
    assert keywords("hội đồng nhân dân (H\u00d0ND)") == ["hđnd=hội đồng nhân dân"]


@given(st.lists(st.sampled_from(SYLLABLES), min_size=3, max_size=8), st.text(max_size=20))
def test_whatever_is_spelled_by_its_initials_is_found(long: list[str], before: str) -> None:
    short = "".join(syllable[0] for syllable in long).upper().replace("Ủ", "U")
    found = keywords(f"{before}. {' '.join(long)} ({short})")
    assert (f"{short.lower()}={' '.join(long)}" in found) == is_safe((short.lower(),))


@given(st.text(st.sampled_from("(ABĐ) \n&-:tắtlàgọi."), max_size=300))
def test_every_definition_read_anywhere_is_canonical_and_can_be_kept(text: str) -> None:
    for definition in read_definitions(text):
        assert from_keyword(definition.keyword) == definition
        assert [canonical(token) for token in (*definition.short, *definition.long)] == [
            *definition.short,
            *definition.long,
        ]
        assert len(definition.long) >= 2
        assert fold(definition.long[0])[0] == fold(definition.short[0])[0]


@pytest.mark.parametrize("unit", ["(", "( ", "A&", "(A", "\nAB", "\n- ", "(gọi tắt là ", "TTHC (", "\n\n"])
def test_a_hostile_text_is_read_to_its_end(unit: str) -> None:
    assert keywords(unit * 100_000) == []


def test_a_list_has_one_abbreviation_a_line() -> None:
    text = "\ufeff# của cơ quan\n\nTTHC = Thủ tục hành chính\r\nGD&ĐT\tgiáo dục và đào tạo\n"
    assert read_list(text) == (
        Definition(("tthc",), ("thủ", "tục", "hành", "chính")),
        Definition(("gd", "đt"), ("giáo", "dục", "và", "đào", "tạo")),
    )


@pytest.mark.parametrize(
    ("line", "problem"),
    [
        ("TTHC thủ tục hành chính", "thiếu dấu “=”"),
        ("TTHC =", "“” không phải cụm từ đầy đủ"),
        ("TTHC = thủ", "“thủ” không phải cụm từ đầy đủ"),
        ("= thủ tục", "“” không phải chữ viết tắt"),
        ("thủ tục = TTHC hành", "“thủ tục” không phải chữ viết tắt"),
        ("ABCDEFGHIKLMN = thủ tục", "“ABCDEFGHIKLMN” không phải chữ viết tắt"),
    ],
)
def test_a_bad_line_is_told_by_its_number_and_what_is_allowed(line: str, problem: str) -> None:
    with pytest.raises(InvalidList) as caught:
        read_list(f"# đầu tệp\n{line}\n")
    assert str(caught.value).startswith(f"dòng 2: {problem}. Được phép: ")


def test_the_curated_list_holds_only_abbreviations_that_are_safe() -> None:
    assert len(curated()) >= 150
    assert len(set(curated())) == len(curated())
    could_be_read_otherwise = {definition.short for definition in curated() if not is_safe(definition.short)}
    assert could_be_read_otherwise <= {("byt",)}  # a syllable that could be, but is no word


def test_the_curated_list_has_what_every_office_writes() -> None:
    assert {"ubnd=ủy ban nhân dân", "tthc=thủ tục hành chính", "gd đt=giáo dục và đào tạo", "tp=thành phố"} <= {
        definition.keyword for definition in curated()
    }
