"""Expressions of the query language find what they say, through both engines, and never stand in plain words' way."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.interface import Access, Search
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from search_service.knowledge import IndexKnowledge, Knowledge, without_index
from search_service.language.fields import FIELDS, BadValue, field_named, read_days
from search_service.language.lexemes import words_in
from search_service.language.parser import MAX_DEPTH, MAX_LEXEMES, Mistake, parse
from search_service.language.tree import Beginning, Every, Exact, Fielded, Not, Some, Words
from search_service.query import UnderstoodQuery
from search_service.questions import read_question
from search_service.ranking import rank
from tests.search_service.indexes import OpenIndex

TODAY = datetime.date(2025, 11, 20)
FILLER = "Các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành văn bản này. "


def document(id: str, subject: str, **fields: object) -> OfficialDocument:
    given = {"text": f"{subject}. {FILLER}", **fields}
    return OfficialDocument(id=id, subject=subject, **given)  # type: ignore[arg-type]


OFFICE = (
    document(
        "digital",
        "Ban hành Kế hoạch chuyển đổi số",
        number="36/2021/QĐ-UBND",
        type="Quyết định",
        issuer="Ủy ban nhân dân tỉnh Đông Bắc",
        issued=datetime.date(2021, 8, 15),
        signer="Phạm Văn Thịnh",
        recipients=("Sở Thông tin và Truyền thông", "Lưu: VT"),
    ),
    document(
        "health",
        "Chuyển đổi số trong ngành y tế",
        number="120/KH-SYT",
        type="Kế hoạch",
        issuer="Sở Y tế",
        issued=datetime.date(2021, 9, 1),
        signer="Lê Thị Hoa",
        urgency="Hỏa tốc",
    ),
    document(
        "forest",
        "Phòng cháy, chữa cháy rừng",
        number="1234/UBND-NN",
        type="Công văn",
        issuer="Ủy ban nhân dân huyện Đồng Khê",
        issued=datetime.date(2022, 3, 5),
        signer="Phạm Văn Thịnh",
        direction="đến",
        arrival_number="120",
        arrived=datetime.date(2022, 3, 8),
        due=datetime.date(2022, 3, 20),
        register="Công văn đến 2022",
        source="eoffice",
        recipients=("Sở Y tế",),
        text=f"Số hóa bản đồ rừng để đổi mới cách chuyển tin báo cháy. {FILLER}",
    ),
)
EVERYTHING = {"digital", "health", "forest"}
Find = Callable[[str], set[str]]


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def index(
    request: pytest.FixtureRequest, open_index: OpenIndex, analysis: DocumentAnalysis
) -> Iterator[tuple[Knowledge, Find]]:
    with open_index(request.param, OFFICE) as engine:
        knowledge = IndexKnowledge(engine, analysis.analyzer).now()

        def find(text: str) -> set[str]:
            query = rank(read_question(text, knowledge, TODAY))
            return {hit.record.id for hit in engine.search(Search(query=query, access=Access.of())).hits}

        yield knowledge, find


@pytest.fixture(scope="module")
def find(index: tuple[Knowledge, Find]) -> Find:
    return index[1]


@pytest.fixture(scope="module")
def read(index: tuple[Knowledge, Find]) -> Callable[[str], UnderstoodQuery]:
    return lambda text: read_question(text, index[0], TODAY)


@pytest.mark.parametrize(
    ("typed", "found"),
    [
        ('"chuyển đổi số"', {"digital", "health"}),
        ('"chuyen doi so"', {"digital", "health"}),
        ('"chuyển đối số"', set()),  # marks in quotes are meant
        ("“chuyển đổi số”", {"digital", "health"}),
        ('"số đổi chuyển"', set()),
        ('"chuyển báo"~2', {"forest"}),
        ('"chuyển báo"', set()),
        ("rừng OR y tế", {"forest", "health"}),
        ("rừng HOẶC (chuyển đổi số AND y tế)", {"forest", "health"}),
        ("chuyển đổi số AND NOT y tế", {"digital", "forest"}),
        ("chuyển đổi số VÀ KHÔNG ngành", {"digital", "forest"}),
        ('chuyển đổi số -"y tế"', {"digital", "forest"}),
        ("NOT NOT rừng", {"forest"}),
        ("NOT rừng OR rừng", EVERYTHING),
        ("-loại:qđ", {"health", "forest"}),
        ("chuy*", EVERYTHING),
        ("ngàn*", {"health"}),
        ("rừn*", {"forest"}),
        ("số:36", {"digital"}),
        ("so:1234/ubnd", {"forest"}),
        ("number:36/2021/QĐ-UBND", {"digital"}),
        ('loại:"Quyết định"', {"digital"}),
        ("loại:qđ OR type:kh", {"digital", "health"}),
        ("cơquan:ubnd", {"digital", "forest"}),
        ('coquan:"ủy ban nhân dân tỉnh"', {"digital"}),
        ('issuer:"sở y tế"', {"health"}),
        ("ký:thịnh", {"digital", "forest"}),
        ('ky:"le thi hoa"', {"health"}),
        ("ký:thính", set()),
        ("ngày:08/2021", {"digital"}),
        ("ngày:2021-08-01..2021-08-23", {"digital"}),
        ("ngày:15/8/2021", {"digital"}),
        ("ngày:2021", {"digital", "health"}),
        ("ngày:..08/2021", {"digital"}),
        ("ngày:9/2021..", {"health", "forest"}),
        ("năm:2022", {"forest"}),
        ("năm:2021..2022", EVERYTHING),
        ("đến:3/2022", {"forest"}),
        ("sốđến:100..150", {"forest"}),
        ("hạn:..31/12/2022", {"forest"}),
        ('nơinhận:"Sở Y tế"', {"forest"}),
        ("noinhan:truyen", {"digital"}),
        ('đơnvị:"sở y tế"', {"forest"}),
        ('khẩn:"hỏa tốc"', {"health"}),
        ("nguồn:eoffice", {"forest"}),
        ("hướng:đến", {"forest"}),
        ('sổ:"công văn đến"', {"forest"}),
        ("lĩnhvực:đất", set()),
        ('tríchyếu:"y tế"', {"health"}),
        ('cơquan:"sở y tế" chuyển đổi số', {"health"}),
        ("ke hoach chuyen doi so ngày:08/2021", {"digital"}),
    ],
)
def test_an_expression_finds_what_it_says(
    find: Find, read: Callable[[str], UnderstoodQuery], typed: str, found: set[str]
) -> None:
    assert read(typed).mistake is None
    assert read(typed).expression is not None
    assert find(typed) == found


@pytest.mark.parametrize(
    "typed",
    [
        "ke hoach chuyen doi so",
        "15/2021/QĐ-UBND",
        "Số: 36/2021/QĐ-UBND",
        "SỞ KẾ HOẠCH VÀ ĐẦU TƯ",
        "của SỞ KẾ HOẠCH VÀ ĐẦU TƯ",
        "Luật Đất đai (sửa đổi)",
        "Cha mẹ KHÔNG có nghĩa vụ",
        "trường hợp nào thời hạn KHÔNG chấm dứt",
        "Quyền khác KHÔNG bao gồm điều này?",
        "-Căn cứ Luật Đất đai",
        "- Căn cứ Luật Đất đai",
        "và hoặc không",
        "V/v: phòng cháy",
        "8 giờ 30: họp",
        "http://dongbac.gov.vn",
        "*",
        "a*",
        "",
    ],
)
def test_plain_words_are_no_expression(typed: str) -> None:
    assert parse(typed) is None


@pytest.mark.parametrize(
    ("typed", "at"),
    [
        ('chuyển đổi "số', (11, 14)),
        ("(rừng OR y tế", (0, 1)),
        ("rừng OR y tế)", (12, 13)),
        ("rừng OR", (5, 7)),
        ("AND rừng", (0, 3)),
        ("rừng AND OR y tế", (5, 8)),
        ("rừng NOT", (5, 8)),
        ("ngày:31/2/2021", (0, 14)),
        ("rừng ngày:hôm-qua", (5, 17)),
        ("ngày:2022..2021", (0, 15)),
        ("số:ubnd", (0, 7)),
        ('rừng ""', (5, 7)),
        ("() OR rừng", (1, 2)),
        ("năm:21", (0, 6)),
        ("sốđến:x", (0, 7)),
    ],
)
def test_a_bad_expression_is_searched_as_plain_words_and_says_where_it_is_bad(
    read: Callable[[str], UnderstoodQuery], find: Find, typed: str, at: tuple[int, int]
) -> None:
    understood = read(typed)

    assert understood.mistake is not None
    assert (understood.mistake.start, understood.mistake.end) == at
    assert understood.expression is None
    assert understood.text == typed
    words = " ".join(token.text for token in words_in(typed))
    if words:
        assert find(typed) == find(words)


def test_operators_bind_not_before_and_before_or() -> None:
    tree = parse("a b OR NOT c AND d*")

    assert isinstance(tree, Some)
    first, second = tree.members
    assert first == Words("a b", 0, 3)
    assert isinstance(second, Every) and second.said  # noqa: PT018
    assert second.members == (Not(Words("c", 11, 12), 7, 12), Words("d*", 17, 19))
    assert parse("a b OR NOT c AND de*") != tree
    assert isinstance(parse("de*"), Beginning)


def test_a_field_takes_one_word_or_a_phrase_in_quotes() -> None:
    tree = parse('loại:qđ ký:"lê thị hoa" rừng')

    assert isinstance(tree, Every)
    assert [(leaf.field.name, leaf.value) for leaf in tree.members if isinstance(leaf, Fielded)] == [
        ("loại", "qđ"),
        ("ký", "lê thị hoa"),
    ]
    assert tree.members[-1] == Words("rừng", 24, 28)


def test_nearness_is_bounded() -> None:
    tree = parse('"a b"~999')

    assert isinstance(tree, Exact)
    assert tree.slop == 50


def test_the_words_of_an_expression_are_understood_as_others_are(read: Callable[[str], UnderstoodQuery]) -> None:
    understood = read("chuyeenr ddooir soos -rừng")

    assert understood.read_as == "chuyển đổi số -rừng"
    assert understood.syllables == ("chuyển", "đổi", "số")


def test_what_is_excluded_is_no_reason_for_a_hit(read: Callable[[str], UnderstoodQuery]) -> None:
    assert read('chuyển đổi số -"y tế" NOT (rừng OR cháy)').syllables == ("chuyển", "đổi", "số")


def test_literal_takes_operators_for_words(index: tuple[Knowledge, Find]) -> None:
    assert read_question("rừng OR y tế", index[0], TODAY, literal=True).expression is None


def test_every_condition_is_told(read: Callable[[str], UnderstoodQuery]) -> None:
    expression = read('kế hoạch "chuyển đổi số" -loại:qđ ngàn*').expression

    assert expression is not None
    assert [(part.term, part.text, part.excluded) for part in expression.parts] == [
        ("từ", "kế hoạch", False),
        ("đúng cụm từ", '"chuyển đổi số"', False),
        ("tên loại", "loại:qđ", True),
        ("từ bắt đầu bằng", "ngàn*", False),
    ]


def test_every_name_of_a_field_names_it_and_every_example_is_an_expression() -> None:
    for field in FIELDS:
        for name in (field.name, *field.others):
            assert field_named(name) is field_named(name.upper()) is field
        tree = parse(field.example)
        assert isinstance(tree, Fielded)
        assert tree.field is field


@given(first=st.dates(), last=st.dates())
def test_days_are_read_in_every_form(first: datetime.date, last: datetime.date) -> None:
    assert read_days(first.isoformat()) == (first, first)
    assert read_days(f"{first.day}/{first.month}/{first.year:04}") == (first, first)
    assert read_days(f"{first.isoformat()}..") == (first, None)
    assert read_days(f"..{last.isoformat()}") == (None, last)
    if first <= last:
        assert read_days(f"{first.isoformat()}..{last.isoformat()}") == (first, last)
    else:
        with pytest.raises(BadValue):
            read_days(f"{first.isoformat()}..{last.isoformat()}")


PIECES = st.sampled_from(
    [
        *'()"-*~: ',
        "AND",
        "OR",
        "NOT",
        "VÀ",
        "HOẶC",
        "KHÔNG",
        "rừng",
        "y tế",
        "ngày:",
        "2021",
        "..",
        "số:",
        "ký:",
        "“",
        "”",
        "\n",
    ]
)


@given(st.lists(PIECES, max_size=30).map("".join) | st.text(max_size=60))
def test_any_text_is_an_expression_or_a_mistake_within_it_or_words(analysis: DocumentAnalysis, text: str) -> None:
    understood = read_question(text, without_index(analysis.analyzer), TODAY)

    rank(understood)
    if (mistake := understood.mistake) is not None:
        assert 0 <= mistake.start <= mistake.end <= len(understood.text)
    if understood.expression is not None:
        spans = [(part.start, part.end) for part in understood.expression.parts]
        assert spans == sorted(spans)
        assert all(understood.text[part.start : part.end] == part.text for part in understood.expression.parts)


def test_depth_and_length_are_bounded() -> None:
    deep, long = "(" * (MAX_DEPTH + 1) + '"a"' + ")" * (MAX_DEPTH + 1), '"a" ' * (MAX_LEXEMES + 1)
    for text in (deep, long):
        with pytest.raises(Mistake):
            parse(text)
