"""Pictures of pages as scanners make them, drawn with DejaVu: heading, body, signature, a red stamp over the name."""

from __future__ import annotations

import io
from collections.abc import Sequence

from PIL import Image, ImageChops, ImageDraw, ImageFont

A4 = (1654, 2339)  # at 200 dpi
INK = (20, 20, 20)
STAMP = (225, 30, 40)
BODY = (
    "Điều 1. Công bố kèm theo Quyết định này thủ tục hành chính",
    "nội bộ thuộc phạm vi quản lý của Sở Nội vụ tỉnh Bắc Ninh.",
    "Điều 2. Quyết định này có hiệu lực kể từ ngày ký ban hành.",
)


def page(lines: Sequence[str] = BODY, *, top: int = 300, left: int = 200, size: int = 34) -> Image.Image:
    """A white sheet with lines of text."""
    sheet = Image.new("RGB", A4, "white")
    draw = ImageDraw.Draw(sheet)
    for row, line in enumerate(lines):
        draw.text((left, top + 2 * size * row), line, INK, font(size))
    return sheet


def decision() -> Image.Image:
    """The only page of a decision."""
    sheet = page(top=700)
    draw = ImageDraw.Draw(sheet)
    for at, line in (
        ((150, 150), "SỞ NỘI VỤ"),
        ((850, 150), "CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM"),
        ((150, 260), "Số: 116/QĐ-SNV"),
        ((900, 260), "Bắc Ninh, ngày 16 tháng 10 năm 2025"),
        ((650, 420), "QUYẾT ĐỊNH"),
        ((400, 500), "Về việc công bố thủ tục hành chính nội bộ"),
        ((200, 1300), "Nơi nhận:"),
        ((200, 1360), "- Như Điều 2;"),
        ((200, 1420), "- Lưu: VT."),
        ((1100, 1300), "GIÁM ĐỐC"),
        ((1000, 1640), "Nguyễn Văn Bình"),
    ):
        draw.text(at, line, INK, font(32))
    stamp = Image.new("RGB", A4, "white")
    ImageDraw.Draw(stamp).ellipse((820, 1330, 1140, 1660), outline=STAMP, width=10)
    return ImageChops.multiply(sheet, stamp)


def font(size: int) -> ImageFont.FreeTypeFont:
    """The one font that the tests' machines have."""
    return ImageFont.truetype("DejaVuSans.ttf", size)


def saved(*pages: Image.Image, form: str) -> bytes:
    """A file with the pages; all but TIFF take one."""
    file = io.BytesIO()
    more = {"save_all": True, "append_images": pages[1:]} if len(pages) > 1 else {}
    pages[0].save(file, form, dpi=(200, 200), **more)
    return file.getvalue()
