"""Related and similar documents, the same through both engines."""

import dataclasses
import datetime

import pytest

from engines.interface import Access, Engine
from engines.record import OfficialDocument
from engines.relations import Relation, RelationKind
from indexer.analysis import ANALYSIS_VERSION, load_analysis
from indexer.metadata import complete
from search_service.related import MOST_RELATED, RelatedByKind, related
from search_service.similar import similar

DECREE = OfficialDocument(
    id="decree",
    number="5/2020/NĐ-CP",
    type="Nghị định",
    issuer="Chính phủ",
    issued=datetime.date(2020, 1, 15),
    subject="Quy định về quản lý thuế đối với hộ kinh doanh",
    text="Điều 1. Nghị định này quy định về quản lý thuế đối với hộ kinh doanh, kê khai thuế và nộp thuế.",
)
OLD = OfficialDocument(
    id="old",
    number="15/2021/QĐ-UBND",
    type="Quyết định",
    issuer="Ủy ban nhân dân tỉnh Vân Sơn",
    issued=datetime.date(2021, 3, 5),
    subject="Quy định về quản lý thuế đối với hộ kinh doanh trên địa bàn tỉnh",
    text="Điều 1. Ban hành quy định về quản lý thuế đối với hộ kinh doanh trên địa bàn tỉnh Vân Sơn.",
)
NAMESAKE = dataclasses.replace(
    OLD,
    id="namesake",
    issuer="Ủy ban nhân dân tỉnh Đông Bắc",
    issued=datetime.date(2021, 3, 9),
    subject="Bảng giá đất nông nghiệp",
    text="Điều 1. Ban hành bảng giá đất nông nghiệp.",
)
NEW = OfficialDocument(
    id="new",
    number="20/2022/QĐ-UBND",
    type="Quyết định",
    issuer="Ủy ban nhân dân tỉnh Vân Sơn",
    issued=datetime.date(2022, 5, 1),
    subject="Quy định về quản lý thuế, kê khai thuế đối với hộ kinh doanh",
    text=(
        "Căn cứ Nghị định số 5/2020/NĐ-CP ngày 15 tháng 01 năm 2020 của Chính phủ;\n"
        "Căn cứ Thông tư số 9/2020/TT-BTC ngày 01/3/2020 của Bộ trưởng Bộ Tài chính;\n"
        "Điều 1. Quy định về quản lý thuế, kê khai thuế đối với hộ kinh doanh.\n"
        "Điều 2. Quyết định này thay thế Quyết định số 15/2021/QĐ-UBND ngày 05/3/2021 của UBND tỉnh Vân Sơn.\n"
    ),
)


def letter(id: str, issuer: str, sentence: str, **fields: str) -> OfficialDocument:
    day = datetime.date(2023, 1, 1)
    return OfficialDocument(
        id=id, number=f"{id}/SNV", type="Công văn", issuer=issuer, issued=day, text=f"Kính gửi: Các xã.\n{sentence}\n"
    )


NEAR = letter("1", "Sở Nội vụ tỉnh Vân Sơn", "Thực hiện Quyết định số 15/2021/QĐ-UBND, Sở đề nghị các xã báo cáo.")
FAR = letter("2", "Bộ Nội vụ", "Thực hiện Quyết định số 15/2021/QĐ-UBND, Bộ đề nghị các địa phương báo cáo.")
SECRET = dataclasses.replace(
    letter("3", "Sở Nội vụ tỉnh Vân Sơn", "Phúc đáp Công văn số 1/SNV ngày 01/01/2023 của Sở Nội vụ."),
    access=("unit:snv",),
)
GIVEN = dataclasses.replace(letter("4", "Chính phủ", "Không nêu số."), cites=("5/2020/NĐ-CP",))
CROWD = tuple(
    dataclasses.replace(
        GIVEN, id=f"crowd-{n}", number=f"{n + 100}/VPCP-KT", text="Nội dung khác.", cites=("7/2019/NĐ-CP",)
    )
    for n in range(MOST_RELATED + 1)
)
POPULAR = dataclasses.replace(
    DECREE, id="popular", number="7/2019/NĐ-CP", issued=datetime.date(2019, 2, 2), subject="", text=""
)
RECORDS = tuple(map(complete, (DECREE, OLD, NAMESAKE, NEW, NEAR, FAR, SECRET, GIVEN, POPULAR, *CROWD)))
EVERYTHING = Access.unrestricted()


@pytest.fixture(scope="module")
def filled(engine: Engine) -> Engine:
    analysis, encode = load_analysis(), engine.encoder()
    with engine.write_staged(ANALYSIS_VERSION) as writer:
        for record in RECORDS:
            writer.put(encode(analysis.document(record)))
        writer.commit()
    engine.promote()
    return engine


def stored(engine: Engine, id: str) -> OfficialDocument:
    return engine.fetch([id], EVERYTHING)[id]


def shown(documents: RelatedByKind) -> dict[str, list[tuple[str, str | None]]]:
    return {
        kind.value: [(one.relation.number, one.record.id if one.record else None) for one in some]
        for kind, some in documents.items()
    }


def test_what_a_document_cites_is_found_by_number_issuer_and_date(filled: Engine) -> None:
    found = related(filled, stored(filled, "new"), EVERYTHING)

    assert shown(found.cites) == {
        "replaces": [("15/2021/QĐ-UBND", "old")],
        "legal_basis": [("5/2020/NĐ-CP", "decree"), ("9/2020/TT-BTC", None)],
    }
    assert not found.has_more


def test_what_cites_a_document_is_found_by_what_it_says(filled: Engine) -> None:
    assert shown(related(filled, stored(filled, "old"), EVERYTHING).cited_by) == {
        "replaces": [("15/2021/QĐ-UBND", "new")],
        "implements": [("15/2021/QĐ-UBND", "1")],
    }
    assert shown(related(filled, stored(filled, "namesake"), EVERYTHING).cited_by) == {}


def test_a_number_without_issuer_is_the_naming_bodys_own_provinces_or_nobodys(filled: Engine) -> None:
    assert shown(related(filled, stored(filled, "1"), EVERYTHING).cites) == {"implements": [("15/2021/QĐ-UBND", "old")]}
    assert shown(related(filled, stored(filled, "2"), EVERYTHING).cites) == {"implements": [("15/2021/QĐ-UBND", None)]}


def test_between_two_equally_good_none_is_taken(filled: Engine) -> None:
    relation = Relation(kind=RelationKind.MENTIONS, number="15/2021/QĐ-UBND", type="Quyết định")
    record = OfficialDocument(id="x", issuer="Ủy ban nhân dân tỉnh", relations=(relation,))

    assert shown(related(filled, record, EVERYTHING).cites) == {"mentions": [("15/2021/QĐ-UBND", None)]}


def test_what_may_not_be_seen_is_not_related(filled: Engine) -> None:
    everybody, unit = Access.of(), Access.of("unit:snv")

    assert shown(related(filled, stored(filled, "1"), everybody).cited_by) == {}
    assert shown(related(filled, stored(filled, "1"), unit).cited_by) == {"answers": [("1/SNV", "3")]}


def test_numbers_that_a_source_gave_are_mentions(filled: Engine) -> None:
    found = related(filled, stored(filled, "4"), EVERYTHING)

    assert shown(found.cites) == {"mentions": [("5/2020/NĐ-CP", "decree")]}


def test_no_more_are_shown_than_can_be_read(filled: Engine) -> None:
    relation = Relation(kind=RelationKind.MENTIONS, number="7/2019/NĐ-CP", issuer="Chính phủ")
    many = OfficialDocument(
        id="x", relations=tuple(dataclasses.replace(relation, number=f"{n}/NĐ-CP") for n in range(300))
    )

    found = related(filled, many, EVERYTHING)

    assert len(found.cites[RelationKind.MENTIONS]) == MOST_RELATED
    assert found.has_more
    cited = related(filled, stored(filled, "popular"), EVERYTHING)
    assert len(cited.cited_by[RelationKind.MENTIONS]) == MOST_RELATED
    assert cited.has_more


def test_a_record_without_a_number_is_cited_by_nobody(filled: Engine) -> None:
    found = related(filled, OfficialDocument(id="x"), EVERYTHING)

    assert (found.cites, found.cited_by, found.has_more) == ({}, {}, False)


def test_similar_documents_speak_of_the_same_things(filled: Engine) -> None:
    analyzer = load_analysis().analyzer

    hits = similar(filled, analyzer, stored(filled, "old"), EVERYTHING, 2)

    assert {hit.record.id for hit in hits} == {"new", "decree"}
    assert hits[0].score >= hits[1].score > 0
    assert [hit.record.text for hit in hits] == ["", ""]
    assert "old" not in {hit.record.id for hit in similar(filled, analyzer, stored(filled, "old"), EVERYTHING, 50)}


def test_a_document_that_says_nothing_is_similar_to_none(filled: Engine) -> None:
    assert similar(filled, load_analysis().analyzer, OfficialDocument(id="x", text="1 2 3"), EVERYTHING, 10) == ()


def test_similar_documents_are_only_those_that_may_be_seen(filled: Engine) -> None:
    analyzer = load_analysis().analyzer
    secret = stored(filled, "3")

    assert "3" not in {hit.record.id for hit in similar(filled, analyzer, secret, Access.of(), 50)}
    record = dataclasses.replace(secret, id="x")
    assert "3" not in {hit.record.id for hit in similar(filled, analyzer, record, Access.of(), 50)}
    assert "3" in {hit.record.id for hit in similar(filled, analyzer, record, Access.of("unit:snv"), 50)}
