"""Recognition of pages with the real Tesseract: what scanners and stamps do to a page, limits, what is missing."""

import dataclasses

import numpy as np
import pytest
from PIL import Image, ImageDraw

from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.readers.ocr import Limits, NotRecognised, Recognizer, missed_pages
from indexer.readers.page_text import text_of
from indexer.readers.picture import Picture, ink
from indexer.readers.tesseract import Line, TesseractMissing, Word, find_tesseract
from tests.indexer.scanned import A4, BODY, STAMP, decision, page


def picture(sheet: Image.Image) -> Picture:
    return ink(np.asarray(sheet))


def recognizer(limits: Limits | None = None) -> Recognizer:
    return Recognizer(find_second=lambda: None, limits=limits or Limits())


def read(sheet: Image.Image) -> str:
    return recognizer().page(lambda: picture(sheet))


def words(text: str) -> set[str]:
    return set(text.split())


def test_vietnamese_is_read() -> None:
    assert read(page()).split() == " ".join(BODY).split()


def test_a_decision_under_a_stamp_gives_its_metadata() -> None:
    record = complete(OfficialDocument(id="a", text=read(decision())))

    assert record.number == "116/QĐ-SNV"
    assert record.type == "Quyết định"
    assert str(record.issued) == "2025-10-16"
    assert record.subject == "Công bố thủ tục hành chính nội bộ"
    assert record.signer == "Nguyễn Văn Bình"


def test_columns_of_one_line_are_cells() -> None:
    lines = read(decision()).splitlines()

    assert any(line.split("\t")[0] == "Số: 116/QĐ-SNV" and "tháng 10" in line.split("\t")[1] for line in lines)


@pytest.mark.parametrize("degrees", [-5, 4])
def test_a_leaning_page_is_levelled(degrees: int) -> None:
    leaning = page().rotate(degrees, Image.Resampling.BICUBIC, fillcolor="white")

    assert words(" ".join(BODY)) - words(read(leaning)) == set()


@pytest.mark.parametrize("degrees", [90, 180])
def test_a_turned_page_is_turned_back(degrees: int) -> None:
    sheet = page(BODY * 2)

    found = words(read(sheet.rotate(degrees, expand=True)))

    assert len(words(" ".join(BODY)) - found) <= 2


def test_a_blank_page_is_empty_and_takes_no_run() -> None:
    assert read(Image.new("RGB", A4, "white")) == ""


def test_text_under_red_ink_is_read() -> None:
    sheet = page()
    veil = Image.new("RGB", A4, STAMP)
    covered = Image.fromarray(np.minimum(np.asarray(sheet), np.asarray(veil)))

    assert read(covered).split() == " ".join(BODY).split()


def test_pages_beyond_the_limit_are_not_drawn() -> None:
    def refuse() -> Picture:
        raise AssertionError

    two = recognizer(Limits(pages=1))
    two.page(lambda: picture(page()))

    with pytest.raises(NotRecognised, match="quá 1 trang"):
        two.page(refuse)


def test_a_page_that_takes_too_long_is_ended() -> None:
    with pytest.raises(NotRecognised, match="giây"):
        recognizer(Limits(page_seconds=0.01)).page(lambda: picture(page()))


def test_a_file_that_takes_too_long_is_left() -> None:
    with pytest.raises(NotRecognised, match="cho cả tệp"):
        recognizer(Limits(file_seconds=0)).page(lambda: picture(page()))


def test_a_machine_without_tesseract_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(TesseractMissing, match="apt-get install tesseract-ocr tesseract-ocr-vie"):
        find_tesseract()


def test_without_tesseract_it_is_looked_for_once() -> None:
    asked = []

    def find() -> None:
        asked.append(1)
        raise TesseractMissing("máy chưa cài Tesseract")

    without = Recognizer(find)  # type: ignore[arg-type]
    for _ in range(2):
        with pytest.raises(NotRecognised, match="chưa cài"):
            without.page(lambda: picture(page()))

    assert len(asked) == 1


def test_missed_pages_are_told_by_reason() -> None:
    assert missed_pages({1: "a", 2: "a", 3: "a", 7: "b"}) == "trang 1–3 (3 trang): a; trang 7: b"


def test_strokes_are_left_out() -> None:
    word = Word("Quyết", 100, 100, 90, 30, 96.0)
    stroke = dataclasses.replace(word, text="¿_Ÿ", left=600, confidence=12.0)

    assert text_of([Line((word, stroke), opens=True), Line((stroke,), opens=True)]) == "Quyết"


def test_the_second_reader_reads_what_tesseract_doubts() -> None:
    pytest.importorskip("asterocr", reason="the ocr extra")
    sheet = decision()
    # An opaque stamp tears the name's first letter.
    ImageDraw.Draw(sheet).line((1000, 1660, 1030, 1660), STAMP, 8)

    record = complete(OfficialDocument(id="a", text=Recognizer().page(lambda: picture(sheet))))

    assert record.signer == "Nguyễn Văn Bình"
