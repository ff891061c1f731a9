"""Scanned PDF and image files through the readers, with the real Tesseract."""

import io
from itertools import pairwise

import numpy as np
import pytest
from PIL import Image
from reportlab.lib.utils import ImageReader
from reportlab.pdfgen.canvas import Canvas

from indexer.readers import Unreadable, is_candidate, read
from indexer.readers import image as image_reader
from tests.indexer.scanned import BODY, decision, page, saved

FORMS = {"JPEG": "image/jpeg", "PNG": "image/png", "TIFF": "image/tiff", "BMP": "image/bmp", "GIF": "image/gif"}


def scanned_pdf(*pages: Image.Image | str, header: str = "") -> bytes:
    """A page of text for each string, a scan for each picture."""
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for content in pages:
        if isinstance(content, str):
            canvas.drawString(72, 700, content)
        else:
            canvas.drawImage(ImageReader(content), 0, 0, 595, 842)
            canvas.drawString(72, 820, header)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


@pytest.mark.parametrize(("form", "media_type"), FORMS.items())
def test_an_image_is_read_whatever_it_is_called(form: str, media_type: str) -> None:
    extracted = read(saved(page(), form=form), "quet.doc")

    assert extracted.text.split() == " ".join(BODY).split()
    assert (extracted.media_type, extracted.pages, extracted.note) == (media_type, (0,), "")


@pytest.mark.parametrize("name", ["a.jpg", "a.JPEG", "a.png", "a.tif", "a.tiff", "a.bmp", "a.gif"])
def test_images_are_candidates(name: str) -> None:
    assert is_candidate(name)


def test_each_frame_of_a_tiff_is_a_page() -> None:
    extracted = read(saved(page(["Trang thứ nhất của văn bản"]), page(["Trang thứ hai của văn bản"]), form="TIFF"), "a")

    assert [extracted.text[start:].split("\n")[0] for start in extracted.pages] == [
        "Trang thứ nhất của văn bản",
        "Trang thứ hai của văn bản",
    ]


@pytest.mark.parametrize("mode", ["1", "L", "P", "CMYK"])
def test_every_kind_of_pixel_is_read(mode: str) -> None:
    assert "Sở Nội vụ tỉnh Bắc Ninh" in read(saved(page().convert(mode), form="TIFF"), "a.tif").text


def test_sixteen_bits_a_pixel_are_read() -> None:
    deep = Image.fromarray(np.asarray(page().convert("L")).astype(np.uint16) << 8)

    assert "Sở Nội vụ tỉnh Bắc Ninh" in read(saved(deep, form="TIFF"), "a.tif").text


def test_what_is_transparent_is_paper() -> None:
    sheet = page().convert("RGBA")
    sheet.putalpha(Image.eval(page().convert("L"), lambda value: 255 - value))

    assert "Quyết định này có hiệu lực" in read(saved(sheet, form="PNG"), "a.png").text


def test_a_photo_taken_on_its_side_is_turned_as_it_says() -> None:
    file = io.BytesIO()
    exif = Image.Exif()
    exif[274] = 6  # EXIF 2.3: the row 0 is the right side
    page().rotate(90, expand=True).save(file, "JPEG", exif=exif)

    assert "Sở Nội vụ tỉnh Bắc Ninh" in read(file.getvalue(), "a.jpg").text


def test_an_image_cut_off_is_named() -> None:
    content = saved(page(), form="PNG")

    with pytest.raises(Unreadable, match="hỏng hoặc bị cắt cụt"):
        read(content[: len(content) // 2], "a.png")


def test_an_image_of_junk_is_named() -> None:
    with pytest.raises(Unreadable, match="ảnh hỏng"):
        read(b"\x89PNG\r\n\x1a\n" + b"rac" * 20, "a.png")


def test_an_image_too_large_is_refused(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(image_reader, "MAX_PIXELS", 1_000_000)

    with pytest.raises(Unreadable, match="lớn quá 1 triệu điểm ảnh"):
        read(saved(page(), form="PNG"), "a.png")


def test_a_scanned_pdf_is_read_under_its_running_header() -> None:
    extracted = read(scanned_pdf(page(), header="Cong bao so 12"), "a.pdf")

    assert set(" ".join(BODY).split()) <= set(extracted.text.split())
    assert extracted.note == ""


def test_pages_of_text_and_scans_keep_their_order() -> None:
    extracted = read(scanned_pdf("Trang dau", decision(), "Trang cuoi"), "a.pdf")
    texts = [extracted.text[start:end] for start, end in pairwise([*extracted.pages, None])]

    assert texts[0].strip() == "Trang dau"
    assert "116/QĐ-SNV" in texts[1]
    assert texts[2].strip() == "Trang cuoi"


def test_a_picture_without_words_keeps_the_pages_few_characters() -> None:
    assert read(scanned_pdf(Image.new("RGB", (400, 400), "white"), header="Phu luc 1"), "a.pdf").text == "Phu luc 1"


def test_without_tesseract_a_scan_fails_with_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    with pytest.raises(Unreadable, match=r"bản quét, 1 trang.*apt-get install tesseract-ocr"):
        read(scanned_pdf(page()), "a.pdf")
    with pytest.raises(Unreadable, match="apt-get install tesseract-ocr"):
        read(saved(page(), form="PNG"), "a.png")


def test_without_tesseract_pages_of_text_are_read_with_a_note(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", "")

    extracted = read(scanned_pdf("Trang dau", page()), "a.pdf")

    assert "Trang dau" in extracted.text
    assert "trang 2: máy chưa cài Tesseract" in extracted.note
