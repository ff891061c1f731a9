"""A service over documents that have their originals: a PDF, a scan and a Word file."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from reportlab.lib.utils import ImageReader
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.pdfgen.canvas import Canvas

from indexer.analysis import load_analysis
from tests.indexer.scanned import decision
from tests.indexer.test_pictures import word_file
from tests.search_service.drawn import drawing_office
from tests.served import served

LINES = (
    "ỦY BAN NHÂN DÂN TỈNH ĐÔNG BẮC",
    "Số: 15/2021/QĐ-UBND",
    "QUYẾT ĐỊNH",
    "Về việc ban hành quy chế chuyển đổi số",
    "Căn cứ Luật Tổ chức chính quyền địa phương số 77/2015/QH13;",
    *("Điều khoản về chuyển đổi số trong cơ quan nhà nước.",) * 8,
)
IDS = ("van-ban", "ban-quet", "word")


def decision_pdf() -> bytes:
    pdfmetrics.registerFont(TTFont("DejaVu", "DejaVuSans.ttf"))
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    for number in (1, 2):
        canvas.setFont("DejaVu", 12)
        for row, line in enumerate((*LINES, f"Trang thứ {number}")):
            canvas.drawString(72, 770 - 20 * row, line)
        canvas.showPage()
    canvas.save()
    return file.getvalue()


def scan_pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file, pagesize=(595, 842))
    canvas.drawImage(ImageReader(decision()), 0, 0, 595, 842)
    canvas.save()
    return file.getvalue()


@contextmanager
def originals_served(home: Path) -> Iterator[str]:
    """The address of a service that keeps all it has in a folder."""
    with drawing_office(home, load_analysis()) as office:
        office.send("van-ban", decision_pdf(), "15.pdf")
        office.send("ban-quet", scan_pdf(), "quet.pdf")
        office.send("word", word_file("Quyết định về việc ban hành quy chế chuyển đổi số"), "quy chế.docx")
        with served(office.client.application) as address:
            yield address
