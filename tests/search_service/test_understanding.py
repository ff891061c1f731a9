"""What a clerk types is understood as it was meant, over a small real index in each engine."""

import datetime
from collections.abc import Callable, Iterator

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.interface import Access, Search
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis
from search_service.knowledge import IndexKnowledge, Knowledge, without_index
from search_service.query import MAX_SYLLABLES, UnderstoodQuery
from search_service.ranking import rank
from search_service.understanding import understand
from tests.search_service.indexes import OpenIndex

TODAY = datetime.date(2025, 11, 20)
PROVINCE = "Ủy ban nhân dân tỉnh Bắc Ninh"
FILLER = "Các cơ quan, đơn vị có liên quan chịu trách nhiệm thi hành văn bản này. "


def document(id: str, subject: str, **fields: object) -> OfficialDocument:
    given = {"number": "", "type": "Quyết định", "issuer": PROVINCE, "text": f"{subject}. {FILLER}", **fields}
    return OfficialDocument(id=id, subject=subject, **given)  # type: ignore[arg-type]


OFFICE = (
    document(
        "digital",
        "Ban hành Kế hoạch chuyển đổi số",
        number="36/2025/QĐ-UBND",
        issued=datetime.date(2025, 11, 3),
        signer="Phạm Văn Thịnh",
    ),
    document(
        "old digital",
        "Ban hành Kế hoạch chuyển đổi số",
        number="36/2021/QĐ-UBND",
        issued=datetime.date(2021, 3, 1),
        signer="Lê Đình Hoàn",
    ),
    document(
        "procedures",
        "Công bố danh mục thủ tục hành chính lĩnh vực đất đai",
        number="40/QĐ-UBND",
        issued=datetime.date(2025, 10, 1),
        text=f"Thủ tục hành chính (sau đây gọi tắt là TTHC) lĩnh vực đất đai, thành phố Đà Nẵng. {FILLER}",
    ),
    document(
        "decree",
        "Quy định chi tiết Luật Đất đai",
        number="40/2017/NĐ-CP",
        type="Nghị định",
        issuer="Chính phủ",
        issued=datetime.date(2017, 4, 5),
    ),
    document(
        "later decree",
        "Quy định chi tiết Luật Nhà ở",
        number="40/2019/NĐ-CP",
        type="Nghị định",
        issuer="Chính phủ",
        issued=datetime.date(2019, 4, 5),
    ),
    document(
        "decree on marriage",
        "Quy định về đăng ký kết hôn",
        type="Nghị định",
        issuer="Chính phủ",
        text="Nam đủ 20 tuổi, nữ đủ 18 tuổi được kết hôn khi đăng ký.",
    ),
    document(
        "law on marriage",
        "Hôn nhân và gia đình",
        type="Luật",
        issuer="Quốc hội",
        text="Nam đủ 20 tuổi, nữ đủ 18 tuổi được kết hôn khi đăng ký.",
    ),
)

Ask = Callable[[str], list[str]]


@pytest.fixture(scope="module", params=["embedded", "elasticsearch"])
def index(
    request: pytest.FixtureRequest, open_index: OpenIndex, analysis: DocumentAnalysis
) -> Iterator[tuple[Knowledge, Ask]]:
    with open_index(request.param, OFFICE) as engine:
        knowledge = IndexKnowledge(engine, analysis.analyzer).now()

        def ask(text: str) -> list[str]:
            query = rank(understand(text, knowledge, TODAY))
            return [hit.record.id for hit in engine.search(Search(query=query, access=Access.of())).hits]

        yield knowledge, ask


@pytest.fixture(scope="module")
def read(index: tuple[Knowledge, Ask]) -> Callable[[str], UnderstoodQuery]:
    return lambda text: understand(text, index[0], TODAY)


@pytest.fixture(scope="module")
def ask(index: tuple[Knowledge, Ask]) -> Ask:
    return index[1]


@pytest.mark.parametrize(
    ("typed", "read_as"),
    [
        ("keess hoachj chuyeenr ddooir soos", "kế hoạch chuyển đổi số"),
        ("ke61 hoa5ch chuye63n d9o6i3 so61", "kế hoạch chuyển đổi số"),
        ("Kế hoạchh chuyển đổi số", "Kế hoạch chuyển đổi số"),
        ("kế hoạ ch chuyển đổi số", "kế hoạch chuyển đổi số"),
        ("kế hoạch, chuyểnđổi số!", "kế hoạch, chuyển đổi số!"),
        ("ke hoach chuyen doi so", None),
        ("kế hoạch chuyển đổi số", None),
    ],
)
def test_what_was_mistyped_is_searched_as_it_was_meant_and_said(
    read: Callable[[str], UnderstoodQuery], ask: Ask, typed: str, read_as: str | None
) -> None:
    assert read(typed).read_as == read_as
    assert set(ask(typed)[:2]) == {"digital", "old digital"}


def test_abbreviations_go_both_ways_and_the_first_reading_stays_as_typed(
    read: Callable[[str], UnderstoodQuery], ask: Ask
) -> None:
    short, long = read("danh mục TTHC đất đai"), read("danh mục thủ tục hành chính đất đai")

    assert short.syllables == ("danh", "mục", "tthc", "đất", "đai")
    assert long.syllables in [reading.syllables for reading in short.readings]
    assert short.syllables in [reading.syllables for reading in long.readings]
    assert ask("danh mục TTHC đất đai")[0] == ask("danh mục thủ tục hành chính đất đai")[0] == "procedures"


@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("36/2025", "digital"),
        ("so 36 qd ubnd", "digital"),  # of two, the later
        ("qđ 36 ubnd 2021", "old digital"),
        ("quyết định ubnd tỉnh bắc ninh tháng 11/2025", "digital"),
        ("quyet dinh uy ban nhan dan tinh bac ninh thang 3 nam 2021", "old digital"),
        ("do Phạm Văn Thịnh ký", "digital"),
        ("le dinh hoan ky", "old digital"),
        ("kế hoạch chuyển đổi số năm 2021", "old digital"),
        ("nghị định số 40 của Chính phủ năm 2017", "decree"),
        ("nghi dinh 40 chinh phu nam 2019", "later decree"),
        ("bao nhiêu tuổi thì được kết hôn?", "law on marriage"),
    ],
)
def test_number_type_issuer_signer_and_date_are_understood_in_words(ask: Ask, typed: str, first: str) -> None:
    assert ask(typed)[0] == first


def test_a_number_is_searched_as_it_stands(read: Callable[[str], UnderstoodQuery]) -> None:
    understood = read("36 qd ubnd")

    assert [reading.syllables for reading in understood.readings] == [("36", "qd", "ubnd")]
    assert understood.read_as is understood.did_you_mean is None


def test_a_literal_question_is_read_in_no_other_way(analysis: DocumentAnalysis) -> None:
    for typed in ("keess hoachj", "danh mục TTHC", "do Phạm Văn Thịnh ký tháng 11/2025"):
        understood = understand(typed, without_index(analysis.analyzer), TODAY, literal=True)

        assert len(understood.readings) == 1
        assert (understood.read_as, understood.names, understood.periods) == (None, (), ())


@given(st.text(max_size=200))
def test_any_text_is_understood(analysis: DocumentAnalysis, text: str) -> None:
    understood = understand(text, without_index(analysis.analyzer), TODAY)

    assert understood.text == text.strip()
    assert all(len(reading.syllables) <= MAX_SYLLABLES for reading in understood.readings)
    assert all(len(reading.folded) == len(reading.syllables) for reading in understood.readings)


@pytest.mark.parametrize(
    ("typed", "only_names"),
    [
        ("quyết định ubnd tỉnh bắc ninh tháng 11/2025", True),
        ("văn bản do Phạm Văn Thịnh ký", True),
        ("nghị định của chính phủ tháng 4/2017", True),
        ("quyết định ubnd tỉnh bắc ninh về chuyển đổi số", False),
        ("chuyển đổi số", False),
        ("", False),
    ],
)
def test_what_only_names_documents_is_told_from_what_describes_them(
    read: Callable[[str], UnderstoodQuery], typed: str, only_names: bool
) -> None:
    assert read(typed).only_names == only_names


def test_a_question_that_only_names_finds_what_it_names(ask: Ask) -> None:
    assert ask("quyết định ubnd tỉnh bắc ninh tháng 11/2025") == ["digital"]


def test_type_and_subject_are_said_together(ask: Ask) -> None:
    assert ask("luật hôn nhân và gia đình")[0] == "law on marriage"
    assert ask("nghi dinh dang ky ket hon")[0] == "decree on marriage"
