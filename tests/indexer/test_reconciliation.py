"""Reconciliation (đối soát): each row of a list ends in one status, and documents are told apart."""

import dataclasses
import datetime
from collections.abc import Iterator, Sequence
from pathlib import Path

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from engines.embedded import EmbeddedEngine
from engines.record import OfficialDocument
from indexer.analysis import DocumentAnalysis, load_analysis
from indexer.listed import Listed, NoList, read_list
from indexer.pipeline import create
from indexer.reconciliation import Reconciliation, Status, reconcile

DAY = datetime.date(2024, 3, 1)
INDEXED = (
    OfficialDocument(id="a", number="15/QĐ-UBND", issuer="UBND tỉnh Bắc Ninh", issued=DAY, subject="Phân bổ kinh phí"),
    OfficialDocument(id="b", number="15/QĐ-UBND", issuer="UBND tỉnh Nghệ An", issued=DAY, subject="Thu hồi đất"),
    OfficialDocument(id="c", number="7/2024/TT-BNV", issuer="Bộ Nội vụ", issued=DAY, subject="Quy định chế độ báo cáo"),
    OfficialDocument(id="d", subject="Giấy mời họp tổng kết công tác văn thư năm 2024", issued=DAY),
    OfficialDocument(id="e", number="9/KH-UBND", issued=datetime.date(2023, 1, 1), subject="Kế hoạch", source="cu"),
)


@pytest.fixture(scope="module")
def engine(tmp_path_factory: pytest.TempPathFactory) -> Iterator[EmbeddedEngine]:
    engine = EmbeddedEngine(tmp_path_factory.mktemp("index"), writer_heap_bytes=15_000_000, writer_threads=1)
    create(engine)
    fill(engine, INDEXED, load_analysis())
    yield engine
    engine.close()


def fill(engine: EmbeddedEngine, records: Sequence[OfficialDocument], analysis: DocumentAnalysis) -> None:
    encode = engine.encoder()
    with engine.write_live() as writer:
        for record in records:
            writer.put(encode(analysis.document(record)))
        writer.commit()


def compare(engine: EmbeddedEngine, *records: OfficialDocument, source: str = "") -> Reconciliation:
    return reconcile(engine, [Listed(line=line, record=record) for line, record in enumerate(records, 1)], source)


def row(number: str = "", **fields: object) -> OfficialDocument:
    return OfficialDocument(id="row", number=number, **fields)  # type: ignore[arg-type]


def outcome(found: Reconciliation) -> list[tuple[Status, str]]:
    return [(row.status, row.indexed.id if row.indexed else "") for row in found.rows]


def test_issuer_and_date_decide_between_documents_of_one_number(engine: EmbeddedEngine) -> None:
    found = compare(
        engine,
        row("15/QĐ-UBND", issuer="Ủy ban nhân dân tỉnh Nghệ An", issued=DAY),
        row("15/QĐ-UBND", issuer="UBND TỈNH BẮC NINH"),
        row("15/QĐ-UBND", issuer="UBND tỉnh Cà Mau"),
        row("15/QĐ-UBND", issuer="UBND tỉnh Nghệ An", issued=DAY.replace(year=2020)),
    )
    assert outcome(found) == [(Status.FOUND, "b"), (Status.FOUND, "a"), (Status.MISSING, ""), (Status.MISSING, "")]


def test_a_difference_names_the_field_and_both_values(engine: EmbeddedEngine) -> None:
    (found,) = compare(engine, row("7/2024/TT-BNV", issued=DAY.replace(day=2), signer="Trần Văn A")).rows
    assert found.status is Status.DIFFERENT
    assert [dataclasses.astuple(difference) for difference in found.differences] == [
        ("issued", "02/03/2024", "01/03/2024"),
        ("signer", "Trần Văn A", ""),
    ]


def test_half_a_number_finds_a_document_where_date_and_subject_agree(engine: EmbeddedEngine) -> None:
    found = compare(
        engine, row("7/TT-BNV", issued=DAY, subject="quy dinh che do bao cao"), row("7", subject="Khác hẳn")
    )
    assert outcome(found) == [(Status.DIFFERENT, "c"), (Status.MISSING, "")]
    assert [difference.field for difference in found.rows[0].differences] == ["number"]


def test_a_year_in_the_number_outweighs_a_slip_in_the_date(engine: EmbeddedEngine) -> None:
    (found,) = compare(engine, row("7/2024/TT-BNV", issuer="Bộ Nội vụ", issued=DAY.replace(year=2023))).rows
    assert [difference.field for difference in found.differences] == ["issued"]


def test_a_document_without_a_number_is_found_by_its_subject(engine: EmbeddedEngine) -> None:
    same, other = "Giấy mời họp tổng kết công tác văn thư, năm 2024", "Giấy mời họp giao ban tháng 3 năm 2024"
    found = compare(engine, row(subject=same), row(subject=other))
    assert outcome(found) == [(Status.FOUND, "d"), (Status.MISSING, "")]


def test_a_document_answers_for_one_row_and_a_second_one_is_a_repetition(engine: EmbeddedEngine) -> None:
    twice = row("7/2024/TT-BNV", issuer="Bộ Nội vụ", issued=DAY)
    assert outcome(compare(engine, twice, twice)) == [(Status.FOUND, "c"), (Status.REPEATED, "c")]


def test_what_the_list_does_not_name_is_extra_within_its_years_or_source(engine: EmbeddedEngine) -> None:
    found = compare(engine, row("7/2024/TT-BNV", issued=DAY))
    assert {record.id for record in found.extra} == {"a", "b", "d"}
    assert "2024" in found.scope
    assert [record.id for record in compare(engine, row("1/QĐ-A"), source="cu").extra] == ["e"]


def test_another_sources_documents_are_missing_when_a_source_is_named(engine: EmbeddedEngine) -> None:
    assert outcome(compare(engine, row("7/2024/TT-BNV"), source="cu")) == [(Status.MISSING, "")]


def test_a_row_that_cannot_be_read_proves_nothing(engine: EmbeddedEngine) -> None:
    found = reconcile(engine, [Listed(line=1, record=None, failure="hỏng")])
    assert outcome(found) == [(Status.UNREADABLE, "")]
    assert not found.is_complete


LISTED = st.builds(
    row,
    number=st.sampled_from(["", "15/QĐ-UBND", "7/2024/TT-BNV", "7", "99/BC-A"]),
    issuer=st.sampled_from(["", "UBND tỉnh Bắc Ninh", "Bộ Nội vụ"]),
    issued=st.sampled_from([None, DAY]),
    subject=st.sampled_from(["", "Thu hồi đất", "Giấy mời họp tổng kết công tác văn thư năm 2024"]),
)


@given(records=st.lists(LISTED, max_size=6))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=30)
def test_counts_add_up_and_no_document_is_counted_twice(
    engine: EmbeddedEngine, records: list[OfficialDocument]
) -> None:
    found = compare(engine, *records)
    assert sum(found.counts.values()) == len(found.rows) == len(records)
    held = [row.indexed.id for row in found.rows if row.indexed and row.status is not Status.REPEATED]
    assert len(held) == len(set(held))
    assert not set(held) & {record.id for record in found.extra}


@given(records=st.lists(st.sampled_from(INDEXED), unique=True))
@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], deadline=None, max_examples=20)
def test_what_the_index_holds_is_found_whole(engine: EmbeddedEngine, records: list[OfficialDocument]) -> None:
    found = compare(engine, *records)
    assert outcome(found) == [(Status.FOUND, record.id) for record in records]


def test_a_file_of_records_is_a_list_and_its_broken_lines_are_named(tmp_path: Path) -> None:
    (tmp_path / "a.jsonl").write_text('{"id": "a", "number": "1/A"}\n{\n[]\n{"id": ""}\n', encoding="utf-8")
    listed = read_list(str(tmp_path / "a.jsonl"), "s", {})
    assert [entry.record is not None for entry in listed] == [True, False, False, False]
    assert all(entry.failure for entry in listed[1:])


@pytest.mark.parametrize("name", ["khong-co.xlsx", "a.csv"])
def test_what_is_no_list_says_what_is_allowed(tmp_path: Path, name: str) -> None:
    (tmp_path / "a.csv").write_text("Họ tên,Lương\nAn,1\n", encoding="utf-8")
    with pytest.raises(NoList, match=r"Không còn ở đó|Được phép: \.xlsx"):
        read_list(str(tmp_path / name), "s", {})
