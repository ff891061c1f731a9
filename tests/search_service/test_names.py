"""Types, issuers and signers that a question names."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.folding import fold
from analyzers.tokens import syllable_texts
from search_service.names import MAX_VALUES, Named, NameFinder

TYPES = (
    *("Quyết định", "Quy định", "Thông tư", "Thông tư liên tịch", "Nghị quyết", "Nghị định", "Công văn", "Kế hoạch"),
    *("Chỉ thị", "Thông báo", "Luật", "tư", "Bộ luật"),
)
COUNCIL, PORTAL = "Ủy ban nhân dân tỉnh Bắc Ninh", "Tỉnh Bắc Ninh"
ISSUERS = (
    *("Chính phủ", "Bộ Tài chính", "Thủ tướng Chính phủ", "Bộ Y tế", "Bộ Giáo dục và Đào tạo", "Bộ Công Thương"),
    *("Bộ Công Thương.", "Ngân hàng Nhà nước Việt Nam", "Ngân hàng Nhà nước", "Thanh tra Chính phủ", "Cục Thuế"),
    *("Bộ Y tế và Bộ Tài chính", "Bộ Văn hoá, Thể thao và Du lịch", COUNCIL, PORTAL, "Thuế tỉnh Quảng Trị"),
    *("Hội đồng nhân dân thành phố Hà Nội", "Ủy ban nhân dân thành phố Hồ Chí Minh", "Tòa án nhân dân tối cao"),
    *("Sở Tài nguyên và Môi trường tỉnh Bắc Ninh", "Chính phủ quy định chi tiết", "Kho bạc Nhà nước"),
    *(f"Ủy ban nhân dân xã Số {number}" for number in range(MAX_VALUES + 1)),
)
SIGNERS = (
    "Phạm Văn Thịnh",
    "Nguyễn Đức Thịnh",
    "Trần Hồng Hà",
    "Mai Sơn",
    "Nguyễn Hoà Bình",
    "Nguyễn Hòa Bình",
    "Lê Hà",
)


@pytest.fixture(scope="module")
def finder() -> NameFinder:
    return NameFinder(TYPES, ISSUERS, SIGNERS)


def found(finder: NameFinder, question: str) -> list[tuple[str, tuple[str, ...], bool]]:
    return [(named.field, named.values, named.sure) for named in finder.find(syllable_texts(question))]


def values(finder: NameFinder, question: str, field: str) -> tuple[str, ...]:
    return next((named.values for named in finder.find(syllable_texts(question)) if named.field == field), ())


@pytest.mark.parametrize(
    "question",
    [
        "quyết định ubnd tỉnh bắc ninh do Phạm Văn Thịnh ký",
        "quyết định của Ủy ban nhân dân tỉnh Bắc Ninh, người ký: Phạm Văn Thịnh",
        "qđ ubnd tỉnh bắc ninh ký bởi ông Phạm Văn Thịnh",
        "qd ubnd tinh bac ninh do pham van thinh ky",
        "quyet dinh so 36 cua uy ban nhan dan tinh bac ninh pham van thinh",
        "qđ tháng 11/2025 UBND tỉnh Bắc Ninh, Phạm Văn Thịnh kí",
    ],
)
def test_a_question_names_type_issuer_and_signer(finder: NameFinder, question: str) -> None:
    assert found(finder, question) == [
        ("type", ("Quyết định",), True),
        ("issuer", (COUNCIL, PORTAL), True),
        ("signer", ("Phạm Văn Thịnh",), True),
    ]


# Types


def test_marks_that_are_typed_must_be_the_names(finder: NameFinder) -> None:
    assert values(finder, "quy định về xe", "type") == ("Quy định",)
    assert values(finder, "quyết định về xe", "type") == ("Quyết định",)
    assert values(finder, "quy dinh ve xe", "type") == ("Quy định",)
    assert values(finder, "quyết đỉnh về xe", "type") == ()


def test_the_longest_name_wins(finder: NameFinder) -> None:
    assert values(finder, "thông tư liên tịch về giá", "type") == ("Thông tư liên tịch",)
    assert values(finder, "bộ luật dân sự", "type") == ("Bộ luật",)


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        ("quyết định phê duyệt quy hoạch", True),
        ("các quyết định phê duyệt quy hoạch", True),
        ("tháng 11/2025 quyết định", True),
        ("ubnd tỉnh bắc ninh quyết định 36", True),
        ("thi hành theo quyết định số 36", False),
        ("xử phạt quyết định số 36", True),
        ("quy định về quyết định xử phạt", False),
        ("sửa đổi quyết định số 36", False),
        ("thẩm quyền quyết định của bộ y tế", False),
        ("qđ phê duyệt quy hoạch", True),
        ("36/2025/qđ-ubnd", False),
    ],
)
def test_a_type_is_sure_where_a_document_has_it(finder: NameFinder, question: str, sure: bool) -> None:
    (decision,) = (named for named in finder.find(syllable_texts(question)) if named.values == ("Quyết định",))
    assert decision.sure is sure


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        ("kế hoạch số 15", True),
        ("kế hoạch 15/KH-UBND", True),
        ("kế hoạch ubnd tỉnh bắc ninh", True),
        ("kế hoạch 5 năm", False),
        ("kế hoạch chuyển đổi số", False),
        ("thông báo cho người dân", False),
        ("luật số 45/2019/QH14", True),
        ("luật đất đai", False),
    ],
)
def test_types_that_are_everyday_words_are_sure_only_with_number_or_issuer(
    finder: NameFinder, question: str, sure: bool
) -> None:
    assert finder.find(syllable_texts(question))[0].sure is sure


@pytest.mark.parametrize("question", ["theo pháp luật", "tt huế có luật sư", "đầu tư công", "công an ct", "5387/CT-CS"])
def test_pieces_of_other_words_are_no_types(finder: NameFinder, question: str) -> None:
    assert not [named for named in finder.find(syllable_texts(question)) if named.field == "type" and named.sure]
    assert values(finder, question, "type") in ((), ("Thông tư",))


def test_codes_stand_for_types_first_and_beside_a_number_or_issuer(finder: NameFinder) -> None:
    assert values(finder, "cv 324", "type") == ("Công văn",)
    assert values(finder, "tt btc", "type") == ("Thông tư",)
    assert values(finder, "45 tb", "type") == ("Thông báo",)
    assert values(finder, "ct ttg 2024", "type") == ("Chỉ thị",)
    assert values(finder, "trung tâm tt huyện", "type") == ()


# Issuers


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("btc", ("Bộ Tài chính", "Bộ Y tế và Bộ Tài chính")),
        ("bộ tài chính", ("Bộ Tài chính", "Bộ Y tế và Bộ Tài chính")),
        ("bộ y tế và bộ tài chính", ("Bộ Y tế và Bộ Tài chính",)),
        ("bgdđt", ("Bộ Giáo dục và Đào tạo",)),
        ("bgddt", ("Bộ Giáo dục và Đào tạo",)),
        ("bộ gd&đt", ("Bộ Giáo dục và Đào tạo",)),
        ("bộ gdđt", ("Bộ Giáo dục và Đào tạo",)),
        ("bộ giáo dục", ("Bộ Giáo dục và Đào tạo",)),
        ("bộ văn hóa", ("Bộ Văn hoá, Thể thao và Du lịch",)),
        ("bvhttdl", ("Bộ Văn hoá, Thể thao và Du lịch",)),
        ("bộ công thương", ("Bộ Công Thương", "Bộ Công Thương.")),
        ("nhnn", ("Ngân hàng Nhà nước", "Ngân hàng Nhà nước Việt Nam")),
        ("kbnn", ("Kho bạc Nhà nước",)),
        ("tandtc", ("Tòa án nhân dân tối cao",)),
        ("toà án nhân dân tối cao", ("Tòa án nhân dân tối cao",)),
        ("ttg", ("Thủ tướng Chính phủ",)),
        ("thủ tướng", ("Thủ tướng Chính phủ",)),
        ("ttcp", ("Thanh tra Chính phủ",)),
        ("ubnd tỉnh bắc ninh", (COUNCIL, PORTAL)),
        ("uỷ ban nhân dân tỉnh bắc ninh", (COUNCIL, PORTAL)),
        ("hđnd tỉnh bắc ninh", (PORTAL,)),
        ("hdnd tp ha noi", ("Hội đồng nhân dân thành phố Hà Nội",)),
        ("ubnd tp.hcm", ("Ủy ban nhân dân thành phố Hồ Chí Minh",)),
        ("ubnd tphcm", ("Ủy ban nhân dân thành phố Hồ Chí Minh",)),
        ("sở tnmt tỉnh bắc ninh", ("Sở Tài nguyên và Môi trường tỉnh Bắc Ninh",)),
        ("sở tn&mt tỉnh bắc ninh", ("Sở Tài nguyên và Môi trường tỉnh Bắc Ninh",)),
        ("stnmt tỉnh bắc ninh", ("Sở Tài nguyên và Môi trường tỉnh Bắc Ninh",)),
    ],
)
def test_an_issuer_is_known_in_all_its_forms(finder: NameFinder, form: str, names: tuple[str, ...]) -> None:
    (issuer,) = (named for named in finder.find(syllable_texts(f"quyết định {form}")) if named.field == "issuer")
    assert set(issuer.values) == set(names)
    assert issuer.sure


@pytest.mark.parametrize(
    ("form", "names"),
    [
        ("ubnd bắc ninh", (COUNCIL, PORTAL)),
        ("ubnd tỉnh", (COUNCIL, PORTAL)),
        ("sở tnmt", ("Sở Tài nguyên và Môi trường tỉnh Bắc Ninh",)),
        ("thuế quảng trị", ("Thuế tỉnh Quảng Trị",)),
    ],
)
def test_a_form_without_its_place_is_never_sure(finder: NameFinder, form: str, names: tuple[str, ...]) -> None:
    (issuer,) = (named for named in finder.find(syllable_texts(f"quyết định {form}")) if named.field == "issuer")
    assert (issuer.values, issuer.sure) == (names, False)


@pytest.mark.parametrize("question", ["bắc ninh", "ubnd xã", "thuế", "ủy ban nhân dân cấp xã", "tỉnh", "sở"])
def test_a_place_and_what_very_many_are_called_name_nobody(finder: NameFinder, question: str) -> None:
    assert values(finder, question, "issuer") == ()


def test_a_subject_that_was_read_into_an_issuer_names_nobody(finder: NameFinder) -> None:
    (issuer,) = finder.find(syllable_texts("chính phủ quy định chi tiết"))[:1]
    assert issuer.values == ("Chính phủ",)


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        ("bộ y tế", True),
        ("bộ y tế thông tư", True),
        ("bộ y tế năm 2024", True),
        ("thông tư của bộ y tế về thuốc", True),
        ("thông tư số 15 của bộ y tế", True),
        ("thông tư 15/2021 bộ y tế", True),
        ("văn bản của bộ y tế về thuốc", True),
        ("kế hoạch của bộ y tế về thuốc", True),
        ("danh mục thuốc do bộ y tế ban hành", True),
        ("quyết định của bộ trưởng bộ y tế", True),
        ("trách nhiệm của bộ trưởng bộ y tế", False),
        ("bộ y tế có trách nhiệm gì", False),
        ("thuốc mà bộ y tế cấp phép", False),
        ("kế hoạch thực hiện nghị quyết số 57 của bộ y tế", False),
        ("15/2021/TT-BYT", False),
    ],
)
def test_an_issuer_is_sure_where_a_document_has_it(finder: NameFinder, question: str, sure: bool) -> None:
    (issuer,) = (named for named in finder.find(syllable_texts(question)) if named.field == "issuer")
    assert issuer.sure is sure


def test_two_issuers_are_both_named(finder: NameFinder) -> None:
    issuers = [named for named in finder.find(syllable_texts("thông tư bộ y tế, bộ công thương")) if named.sure][1:]
    assert [issuer.values[0] for issuer in issuers] == ["Bộ Y tế", "Bộ Công Thương"]


# Signers


@pytest.mark.parametrize(
    ("question", "names", "text", "sure"),
    [
        ("văn bản do Phạm Văn Thịnh ký", ("Phạm Văn Thịnh",), "do phạm văn thịnh ký", True),
        ("phạm văn thịnh ký năm 2025", ("Phạm Văn Thịnh",), "phạm văn thịnh ký", True),
        ("người ký là ông Phạm Văn Thịnh", ("Phạm Văn Thịnh",), "người ký là ông phạm văn thịnh", True),
        ("ký bởi chủ tịch Phạm Văn Thịnh", ("Phạm Văn Thịnh",), "ký bởi chủ tịch phạm văn thịnh", True),
        ("Mai Sơn ký", ("Mai Sơn",), "mai sơn ký", True),
        ("ông Thịnh ký", ("Phạm Văn Thịnh", "Nguyễn Đức Thịnh"), "ông thịnh ký", False),
        ("do Thịnh ký", ("Phạm Văn Thịnh", "Nguyễn Đức Thịnh"), "do thịnh ký", False),
        ("ong thinh ky", ("Phạm Văn Thịnh", "Nguyễn Đức Thịnh"), "ong thinh ky", False),
        ("đức thịnh ký", ("Nguyễn Đức Thịnh",), "đức thịnh ký", False),
        ("người ký: Thịnh", ("Phạm Văn Thịnh", "Nguyễn Đức Thịnh"), "người ký thịnh", False),
        ("bà Hà ký", ("Trần Hồng Hà", "Lê Hà"), "bà hà ký", False),
        ("quyết định Nguyễn Hòa Bình", ("Nguyễn Hoà Bình", "Nguyễn Hòa Bình"), "nguyễn hòa bình", True),
    ],
)
def test_a_signer_is_named(finder: NameFinder, question: str, names: tuple[str, ...], text: str, sure: bool) -> None:
    tokens = syllable_texts(question)
    (signer,) = (named for named in finder.find(tokens) if named.field == "signer")
    assert (signer.values, signer.sure) == (names, sure)
    assert " ".join(tokens[signer.start : signer.end]) == text


def test_a_person_within_a_subject_is_no_sure_signer(finder: NameFinder) -> None:
    assert found(finder, "kết luận của đồng chí Trần Hồng Hà tại buổi làm việc") == [
        ("signer", ("Trần Hồng Hà",), False)
    ]


@pytest.mark.parametrize(
    "question", ["đăng ký thịnh", "chữ ký số", "thịnh ký", "mai son", "hà", "thời kỳ hà", "ký", "người ký"]
)
def test_other_words_are_no_signers(finder: NameFinder, question: str) -> None:
    assert values(finder, question, "signer") == ()


# Any index, any question


def test_an_empty_index_names_nothing() -> None:
    assert NameFinder((), (), ()).find(["quyết", "định"]) == ()


def test_values_without_a_syllable_are_passed_over() -> None:
    assert NameFinder(("", "-"), ("", "…"), ("", "?")).find(["do", "ký"]) == ()


SYLLABLES = st.sampled_from(
    [
        *sorted({syllable for name in (*TYPES, *ISSUERS, *SIGNERS) for syllable in syllable_texts(name)}),
        *("ký", "do", "ông", "của", "số", "người", "15", "2021", "qđ", "ubnd", "tt", "btc", "tp", "ngày"),
    ]
)


@given(st.lists(SYLLABLES, max_size=20), st.booleans())
def test_findings_lie_apart_in_order_within_the_question(tokens: list[str], marked: bool) -> None:
    finder = NameFinder(TYPES, ISSUERS[:24], SIGNERS)
    named = finder.find(tokens if marked else list(map(fold, tokens)))
    ends = [0, *(one.end for one in named)]
    assert all(end <= one.start < one.end <= len(tokens) for end, one in zip(ends, named, strict=False))
    assert all(1 <= len(one.values) <= MAX_VALUES for one in named)


@given(st.sampled_from([name for name in ISSUERS if name != "Chính phủ quy định chi tiết"]), st.booleans())
def test_every_issuer_is_found_by_its_own_name(name: str, marked: bool) -> None:
    finder = NameFinder(TYPES, ISSUERS, SIGNERS)
    tokens = syllable_texts(name if marked else fold(name))
    assert any(
        name in one.values and one == Named("issuer", one.values, 0, len(tokens), True) for one in finder.find(tokens)
    )
