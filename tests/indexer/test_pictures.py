"""Pictures of pages: drawn, with the places of words, by workers that survive their files, and kept within a bound."""

import io
import socket
import threading
from pathlib import Path

import docx
import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image
from reportlab.pdfgen.canvas import Canvas

from indexer.pictures.cache import FileCache
from indexer.pictures.office import Office, find_office
from indexer.pictures.placed import WHOLE, PlacedWord, from_bytes, to_bytes
from indexer.pictures.sheets import opened
from indexer.pictures.tasks import Made, Refused, Task, drawer
from indexer.pictures.workshop import NoPicture, TooBusy, Workshop
from indexer.readers import Unreadable, read
from indexer.readers.formats import Format
from tests.indexer import failing_drawers
from tests.indexer.scanned import page, saved
from tests.indexer.test_readers_ocr_files import scanned_pdf
from tests.indexer.test_readers_pdf import pdf

PDF = Format.PDF.value
WORDS = st.builds(PlacedWord, st.text(min_size=1), *[st.integers(0, WHOLE)] * 4)


def made(what: Made, content: bytes, media_type: str = PDF, number: int = 1, width: int = 600) -> bytes | Refused:
    return drawer()(Task(made=what, content=content, media_type=media_type, page=number, width=width))


def words(content: bytes, media_type: str = PDF) -> list[PlacedWord]:
    with opened(content, media_type) as sheets:
        return sheets.words(1)


def ink_within(picture: Image.Image, word: PlacedWord) -> float:
    """The part of all that is dark on a page that lies within a word's place."""
    dark = np.asarray(picture.convert("L")) < 128
    height, width = dark.shape
    rows = slice(word.top * height // WHOLE, (word.top + word.height) * height // WHOLE + 1)
    columns = slice(word.left * width // WHOLE, (word.left + word.width) * width // WHOLE + 1)
    return float(dark[rows, columns].sum() / dark.sum())


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_a_word_stands_where_it_is_said_to_however_the_page_is_turned_and_cropped(turn: int) -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.setCropBox((50, 100, 500, 800))
    canvas.setPageRotation(turn)
    canvas.drawString(250, 400, "KEHOACH")
    canvas.save()

    with opened(file.getvalue(), PDF) as sheets:
        word = next(word for word in sheets.words(1) if word.text == "KEHOACH")
        assert ink_within(sheets.picture(1, 800), word) > 0.98


def test_a_word_broken_over_two_lines_has_two_places() -> None:
    texts = [word.text for word in words(pdf((*["chu " * 12] * 6, "Thong tu so 03/2021/TT-", "BNV")))]
    assert texts[-2:] == ["03/2021/TT-", "BNV"]


def test_letters_of_another_font_that_come_last_stand_in_their_word() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for row in range(40):
        canvas.drawString(72, 780 - 16 * row, "THANH")
        canvas.drawString(130, 780 - 16 * row, "PH")
        canvas.drawString(160, 780 - 16 * row, "HA NOI")
        canvas.drawString(130 + canvas.stringWidth("PH"), 780 - 16 * row, "O")
    canvas.save()
    assert [word.text for word in words(file.getvalue())][:5] == ["THANH", "PHO", "HA", "NOI", "THANH"]


def test_the_words_of_a_scan_stand_where_ocr_found_them() -> None:
    sheet = page(("Điều 1. Công bố",))
    for content, media_type in ((scanned_pdf(sheet), PDF), (saved(sheet, form="PNG"), "image/png")):
        found = words(content, media_type)
        assert [word.text for word in found] == ["Điều", "1.", "Công", "bố"]
        assert sum(ink_within(sheet, word) for word in found) > 0.95


def test_a_picture_has_the_width_asked_for_and_a_count_says_how_many_there_are() -> None:
    content = pdf(("Mot",), ("Hai",), ("Ba",))
    drawn = made(Made.PICTURE, content, number=3)
    assert isinstance(drawn, bytes)
    assert Image.open(io.BytesIO(drawn)).size == (600, 850)
    assert made(Made.COUNT, content) == b"3"
    tiff = saved(page(), page(), form="TIFF")
    assert made(Made.COUNT, tiff, "image/tiff") == b"2"


def test_a_sheet_of_any_shape_is_drawn_small_enough() -> None:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(1, 14_000))
    canvas.showPage()
    canvas.save()
    drawn = made(Made.PICTURE, file.getvalue(), width=2_000)
    assert isinstance(drawn, bytes | Refused)
    if isinstance(drawn, bytes):
        size = Image.open(io.BytesIO(drawn)).size
        assert size[0] * size[1] <= 12_100_000


@pytest.mark.parametrize(
    ("content", "media_type", "number", "reason"),
    [
        (b"%PDF-1.7 nothing", PDF, 1, "cắt cụt"),
        (pdf(("Mot",)), PDF, 2, "không có trang 2"),
        (b"\x89PNG\r\n nothing", "image/png", 1, "ảnh hỏng"),
        (saved(page(), form="PNG")[:2_000], "image/png", 1, "ảnh hỏng"),
    ],
)
def test_what_cannot_be_drawn_is_refused_with_a_reason(
    content: bytes, media_type: str, number: int, reason: str
) -> None:
    refused = made(Made.PICTURE, content, media_type, number)
    assert isinstance(refused, Refused)
    assert reason in refused.reason


@settings(deadline=None, max_examples=30)
@given(st.binary(max_size=400), st.integers(0, 700))
def test_bytes_put_anywhere_into_a_pdf_raise_nothing(garbage: bytes, at: int) -> None:
    content = _PLAIN[:at] + garbage + _PLAIN[at + len(garbage) :]
    assert isinstance(made(Made.PICTURE, content), bytes | Refused)
    assert isinstance(made(Made.WORDS, content), bytes | Refused)


_PLAIN = pdf(("word " * 15,) * 12)


@given(st.lists(WORDS))
def test_places_come_back_as_they_were_kept(placed: list[PlacedWord]) -> None:
    assert list(from_bytes(to_bytes(placed))) == placed


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 9), st.integers(0, 60)), max_size=40))
def test_the_cache_stays_within_its_bound_and_gives_what_was_put(
    tmp_path_factory: pytest.TempPathFactory, puts: list[tuple[int, int]]
) -> None:
    root = tmp_path_factory.mktemp("cache")
    cache = FileCache(root, 100)
    for key, size in puts:
        cache.put(f"{key} {size}", bytes([key]) * size)
        assert cache.get(f"{key} {size}") == bytes([key]) * size
        assert sum(path.stat().st_size for path in root.glob("??/*")) <= 100


def test_what_was_asked_for_last_stays(tmp_path: Path) -> None:
    cache = FileCache(tmp_path, 100)
    cache.put("a", b"a" * 40)
    cache.put("b", b"b" * 40)
    assert cache.get("a")
    cache.put("c", b"c" * 40)
    assert (cache.get("a"), cache.get("b"), cache.get("c")) == (b"a" * 40, None, b"c" * 40)
    cache.put("too large", b"x" * 101)
    assert cache.get("too large") is None


def test_a_cache_that_cannot_be_written_keeps_nothing_and_fails_nobody(tmp_path: Path) -> None:
    (tmp_path / "file").write_text("in the way")
    cache = FileCache(tmp_path / "file", 100)
    cache.put("a", b"a")
    assert cache.get("a") is None


def test_a_worker_that_crashes_or_takes_too_long_is_one_refusal() -> None:
    task = Task(made=Made.COUNT, content=b"1", media_type=PDF)
    for maker, reason in (
        (failing_drawers.make_crashing, "dừng đột ngột"),
        (failing_drawers.make_endless, "quá 1 giây"),
    ):
        with Workshop(maker, task_seconds=1.0, task_bytes=2**30, seats=1) as workshop:
            with pytest.raises(NoPicture, match=reason):
                workshop.made(lambda: None, task)
            assert workshop.made(lambda: b"there", task) == b"there"


def test_who_finds_every_seat_taken_is_told_to_come_again() -> None:
    task = Task(made=Made.COUNT, content=b"1", media_type=PDF)
    inside, leave = threading.Event(), threading.Event()

    def found() -> bytes:
        inside.set()
        leave.wait(30)
        return b"there"

    with Workshop(drawer, task_seconds=1.0, task_bytes=2**30, seats=1) as workshop:
        waiting = threading.Thread(target=workshop.made, args=(found, task))
        waiting.start()
        assert inside.wait(30)
        with pytest.raises(TooBusy, match="sau ít giây"):
            workshop.made(lambda: None, task)
        leave.set()
        waiting.join()
        assert workshop.made(lambda: b"there", task) == b"there"


def test_word_files_become_pages_with_their_words() -> None:
    content = word_file("Quyết định về việc ban hành quy chế")
    made_pdf = office().to_pdf(content, Format.DOCX.value)
    assert "ban hành quy chế" in read(made_pdf, "a.pdf").text
    rtf = rb"{\rtf1\ansi Quyet dinh so 15}"
    assert "Quyet dinh so 15" in read(office().to_pdf(rtf, Format.RTF.value), "a.pdf").text


def test_what_libreoffice_cannot_open_is_refused() -> None:
    with pytest.raises(Unreadable, match="LibreOffice không chuyển được"):
        office().to_pdf(word_file("Quyết định")[:500], Format.DOCX.value)


def test_nothing_is_fetched_for_a_file_that_links_to_it() -> None:
    with socket.create_server(("127.0.0.1", 0)) as server:
        server.settimeout(0.2)
        address = f"http://127.0.0.1:{server.getsockname()[1]}/picture.png".encode()
        # LibreOffice opens a page of HTML by its content, whatever it is called, and would load its pictures.
        office().to_pdf(b'<html><body>Anh <img src="' + address + b'"></body></html>', Format.DOC.value)
        with pytest.raises(TimeoutError):
            server.accept()


def word_file(text: str) -> bytes:
    document = docx.Document()
    document.add_paragraph(text)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def office() -> Office:
    found = find_office()
    assert found is not None, "These tests need LibreOffice: apt-get install libreoffice-writer-nogui."
    return found
