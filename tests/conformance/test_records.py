"""Records come back as they were put in, whatever is in them."""

import dataclasses
import datetime

import pytest

from engines.copies import SourceFile
from engines.interface import Access, Engine, Search
from engines.query import All, AnyOf, Match
from engines.record import OfficialDocument
from engines.relations import Relation, RelationKind
from engines.schema import MAX_KEYWORD_BYTES, IndexedDocument
from engines.signatures import Signature, SignatureStatus
from engines.tasks import Task
from tests.conformance.corpus import EVERYTHING, add, document, found, index, search

WHOLE = OfficialDocument(
    id="whole",
    number="15/2021/QĐ-UBND",
    type="Quyết định",
    subject="Về việc “phòng cháy”\nvà chữa cháy\t",
    issuer="Ủy ban nhân dân tỉnh",
    place="Quảng Trị",
    issued=datetime.date(2021, 5, 2),
    signer="Nguyễn Văn A",
    signer_title="Chủ tịch",
    urgency="Hỏa tốc",
    secrecy="Mật",
    recipients=("Như Điều 3", "Lưu: VT"),
    direction="Đến",
    arrival_number="00123",
    arrived=datetime.date(1, 1, 1),
    due=datetime.date(9999, 12, 31),
    subject_field="Nội vụ",
    cites=("30/2020/NĐ-CP",),
    relations=(
        Relation(
            kind=RelationKind.LEGAL_BASIS,
            number="30/2020/NĐ-CP",
            type="Nghị định",
            issuer="Chính phủ",
            issued=datetime.date(2020, 3, 5),
        ),
    ),
    text="Trang một.\x0cTrang hai: 𝒳 \\ \" ' \u200b \ufeff \0 hết",
    pages=(0, 11),
    source="ioffice",
    meeting=datetime.date(2021, 5, 10),
    meeting_end=datetime.date(2021, 5, 11),
    meeting_time="08:00",
    meeting_place="Phòng họp số 1",
    tasks=(Task(who=("Sở A",), what="báo cáo", due=datetime.date(2021, 6, 1), start=0, end=9),),
    signatures=(
        Signature(
            signer="Nguyễn Văn A",
            body="Văn phòng",
            signed_at=datetime.datetime(2021, 5, 2, 8, 15, tzinfo=datetime.UTC),
            status=SignatureStatus.INTACT,
        ),
    ),
    files=(SourceFile(path="a.zip!b/c.pdf", media_type="application/pdf", sha256="0" * 64),),
    access=("unit:stttt", "user:an"),
)
STRANGE_IDS = [
    "a/b/../c",
    " có dấu cách ",
    "nháy \"kép\" và 'đơn'",
    "15/2021/QĐ-UBND?q=1&x=%20#y",
    "𝒳😀\u200b",
    "dòng\nmới",
    "\0",
    "*",
    ".",
    "_doc",
    "\\",
    "x" * 2_000,
    "hoà",
    "h\u00f2a",
    "ho\u0300a",
]
HUGE = "toan van rat dai " * 120_000


def indexed(record: OfficialDocument) -> IndexedDocument:
    return dataclasses.replace(document(record.id), record=record)


@pytest.fixture(scope="module", autouse=True)
def _filled(engine: Engine) -> None:
    strange = [document(id, f"van ban {number}") for number, id in enumerate(STRANGE_IDS)]
    index(engine, [indexed(WHOLE), indexed(OfficialDocument(id="bare")), document("huge", HUGE), *strange])


def test_fetch_gives_the_whole_record(engine: Engine) -> None:
    records = engine.fetch(["whole", "bare", "none"], EVERYTHING)
    assert records == {"whole": WHOLE, "bare": OfficialDocument(id="bare")}


def test_hits_carry_the_record_without_its_text(engine: Engine) -> None:
    [hit] = search(engine, AnyOf("id", ("whole",))).hits
    assert hit.record == dataclasses.replace(WHOLE, text="", cites=(), relations=(), tasks=(), origins={})


def test_hits_carry_the_text_when_asked(engine: Engine) -> None:
    request = Search(query=AnyOf("id", ("whole",)), access=EVERYTHING, with_text=True, with_details=True)
    assert [hit.record for hit in engine.search(request).hits] == [WHOLE]


def test_scan_gives_every_record_whole_and_once(engine: Engine) -> None:
    records = list(engine.scan(EVERYTHING))
    assert sorted(record.id for record in records) == sorted(["whole", "bare", "huge", *STRANGE_IDS])
    by_id = {record.id: record for record in records}
    assert by_id["whole"] == WHOLE
    assert by_id["huge"].text == HUGE


def test_a_scan_goes_past_a_thousand_documents(empty_engine: Engine) -> None:
    index(empty_engine, (document(f"d{number}", issued="2024-01-01") for number in range(1_234)))
    ids = [record.id for record in empty_engine.scan(EVERYTHING)]
    assert len(ids) == len(set(ids)) == 1_234


@pytest.mark.parametrize("id", STRANGE_IDS, ids=ascii)
def test_an_id_is_any_text(engine: Engine, id: str) -> None:
    assert set(engine.fetch([id], EVERYTHING)) == {id}
    assert found(engine, AnyOf("id", (id,))) == [id]
    with engine.write_live() as writer:
        assert writer.fingerprints([id]) == {id: "1"}


def test_an_id_is_any_text_to_replace_and_delete_too(empty_engine: Engine) -> None:
    index(empty_engine, [document(id) for id in STRANGE_IDS])
    add(empty_engine, *(document(id, "moi") for id in STRANGE_IDS))
    assert empty_engine.count(All(), EVERYTHING) == len(STRANGE_IDS)
    assert set(found(empty_engine, Match("folded", ("moi",)))) == set(STRANGE_IDS)
    with empty_engine.write_live() as writer:
        for id in STRANGE_IDS:
            writer.delete(id)
        writer.commit()
    assert empty_engine.count(All(), EVERYTHING) == 0


def test_a_huge_text_is_found_and_given_back(engine: Engine) -> None:
    assert found(engine, Match("folded_triples", ("toan_van_rat",))) == ["huge"]
    assert engine.fetch(["huge"], EVERYTHING)["huge"].text == HUGE


def test_fetch_keeps_to_the_access_and_answers_for_nothing_asked(engine: Engine) -> None:
    assert engine.fetch([], EVERYTHING) == {}
    assert set(engine.fetch(["whole", "bare", "bare"], Access.of())) == {"bare"}


def test_a_keyword_too_long_to_index_stays_in_the_record(empty_engine: Engine) -> None:
    long = "đ" * MAX_KEYWORD_BYTES
    index(empty_engine, [document("a", "van ban", signer=long, type="Báo cáo")])
    assert empty_engine.fetch(["a"], EVERYTHING)["a"].signer == long
    assert found(empty_engine, AnyOf("type", ("Báo cáo",))) == ["a"]
    assert found(empty_engine, AnyOf("signer", (long,))) == []
    assert found(empty_engine, Match("folded", (long, "van"))) == ["a"]
