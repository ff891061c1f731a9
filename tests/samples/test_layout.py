"""The layout is the decree's (NĐ 30/2020/NĐ-CP, Phụ lục I) in each format."""

from __future__ import annotations

import dataclasses
import datetime
import io

import pypdfium2
import pytest
from docx import Document
from docx.enum.text import WD_ALIGN_PARAGRAPH
from hypothesis import given
from hypothesis import strategies as st

from samples.build import DOCUMENTS, render
from samples.render.layout import (
    MOTTO,
    Table,
    Title,
    addressee_lines,
    date_in_words,
    is_figure,
    name_lines,
)
from samples.render.text import render_text
from samples.source import Source, read_sources

SOURCES = read_sources()
DECISION = SOURCES["2025-07-ubnd-giao-tru-so-doi-du"]
LETTER = SOURCES["2022-03-ubnd-truc-canh-lua"]
A4 = (595, 842)


def of_format(suffix: str) -> list[Source]:
    return [source for source in SOURCES.values() if source.path.endswith(suffix)]


@pytest.mark.parametrize(
    ("date", "words"),
    [
        (datetime.date(2025, 2, 3), "ngày 03 tháng 02 năm 2025"),
        (datetime.date(2025, 3, 10), "ngày 10 tháng 3 năm 2025"),
        (datetime.date(2025, 12, 24), "ngày 24 tháng 12 năm 2025"),
    ],
)
def test_small_days_and_the_first_two_months_have_a_zero(date: datetime.date, words: str) -> None:
    assert date_in_words(date) == words


@pytest.mark.parametrize(
    ("name", "lines"),
    [
        ("", []),
        ("SỞ NỘI VỤ", ["SỞ NỘI VỤ"]),
        ("THANH TRA TỈNH", ["THANH TRA TỈNH"]),
        ("ỦY BAN NHÂN DÂN TỈNH VÂN SƠN", ["ỦY BAN NHÂN DÂN", "TỈNH VÂN SƠN"]),
        ("ỦY BAN NHÂN DÂN THÀNH PHỐ VÂN BÌNH", ["ỦY BAN NHÂN DÂN", "THÀNH PHỐ VÂN BÌNH"]),
    ],
)
def test_a_territory_stands_below_its_committee(name: str, lines: list[str]) -> None:
    assert name_lines(name) == lines


def test_several_addressees_stand_below_one_another() -> None:
    assert addressee_lines(dataclasses.replace(LETTER, to=())) == []
    assert addressee_lines(dataclasses.replace(LETTER, to=("Sở A",))) == ["Kính gửi: Sở A."]
    assert addressee_lines(dataclasses.replace(LETTER, to=("Sở A", "Sở B"))) == ["Kính gửi:", "- Sở A;", "- Sở B."]


def test_a_chapter_is_centred_and_a_section_is_not() -> None:
    assert Title("CHƯƠNG I. QUY ĐỊNH CHUNG").is_centred
    assert Title("QUYẾT ĐỊNH:").is_centred
    assert not Title("IV. TỔ CHỨC THỰC HIỆN").is_centred


def test_only_figures_stand_in_the_middle_of_a_cell() -> None:
    assert all(map(is_figure, ["", "12", "1.520,5", "30/9/2025", "-"]))
    assert not any(map(is_figure, ["12 hộ", "Cộng"]))


@given(st.integers(1, 6).flatmap(lambda n: st.lists(st.tuples(*[st.text(max_size=60)] * n), min_size=1, max_size=5)))
def test_columns_share_the_whole_width_and_each_has_some(rows: list[tuple[str, ...]]) -> None:
    shares = Table(tuple(rows)).shares

    assert len(shares) == len(rows[0])
    assert sum(shares) == pytest.approx(1)
    assert min(shares) > 0


@pytest.mark.parametrize("source", of_format(".pdf"), ids=lambda source: source.path)
def test_a_pdf_is_on_a4_and_numbered_from_the_second_page(source: Source) -> None:
    pdf = pypdfium2.PdfDocument(DOCUMENTS / source.path)
    pages = [(page.get_size(), page.get_textpage().get_text_bounded(top=A4[1], bottom=A4[1] - 50)) for page in pdf]

    assert 1 <= len(pages) <= 4
    assert {tuple(map(round, size)) for size, _ in pages} == {A4}
    assert [top.strip() for _, top in pages] == ["", *(str(at + 2) for at in range(len(pages) - 1))]


@pytest.mark.parametrize("source", of_format(".pdf"), ids=lambda source: source.path)
def test_a_pdfs_signature_shares_its_page_with_the_text(source: Source) -> None:
    pdf = pypdfium2.PdfDocument(DOCUMENTS / source.path)
    last = "".join(pdf[len(pdf) - 1].get_textpage().get_text_bounded().split())

    assert "".join(source.body.split()[-4:]) in last
    assert "".join(source.signature[-1].split()) in last


@pytest.mark.parametrize("source", of_format(".docx"), ids=lambda source: source.path)
def test_a_word_file_has_the_decrees_page_type_and_heading(source: Source) -> None:
    document = Document(io.BytesIO(render(source)))
    section = document.sections[0]
    left, right = document.tables[0].rows[0].cells
    motto = right.paragraphs[:2]

    margins = (section.top_margin, section.bottom_margin, section.left_margin, section.right_margin)
    assert [round(margin.mm) for margin in margins] == [20, 20, 30, 15]
    assert document.styles["Normal"].font.name == "Times New Roman"
    assert [line.text for line in motto] == [*MOTTO]
    assert all(run.bold for line in motto for run in line.runs)
    assert " ".join(run.text for line in left.paragraphs for run in line.runs if run.bold).startswith(source.issuer)
    assert right.paragraphs[-1].runs[0].italic
    assert {line.alignment for line in left.paragraphs} == {WD_ALIGN_PARAGRAPH.CENTER}


def test_a_word_files_signature_is_bold_and_beside_the_recipients() -> None:
    left, right = Document(io.BytesIO(render(DECISION))).tables[-1].rows[0].cells

    assert [line.text for line in left.paragraphs] == ["Nơi nhận:", *(f"- {one}" for one in DECISION.recipients)]
    assert [line.text for line in right.paragraphs] == [*DECISION.signature]
    assert all(run.bold for line in right.paragraphs for run in line.runs)


def test_plain_text_sets_the_number_level_with_the_date() -> None:
    lines = render_text(LETTER).decode().splitlines()

    assert any("Số: 1008/UBND-NN" in line and "ngày 16 tháng 3 năm 2022" in line for line in lines)
