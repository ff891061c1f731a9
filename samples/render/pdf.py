"""A PDF with a text layer, as a digitally issued document is."""

from __future__ import annotations

import functools
import io
from html import escape
from pathlib import Path

from reportlab.lib.enums import TA_CENTER, TA_JUSTIFY, TA_LEFT
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import ParagraphStyle
from reportlab.lib.units import mm
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Flowable, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Set
from reportlab.platypus import Table as Grid

from samples.render.layout import MOTTO, Paragraph, Table, Title, blocks, date_line, number_line
from samples.source import Source

FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Debian's `fonts-dejavu-core`: free, and with every Vietnamese letter. Only what is used goes into a file."""

_WIDTH = A4[0] - 45 * mm
_STYLES = {
    align: ParagraphStyle(name, fontName="serif", fontSize=10.5, leading=15, alignment=align, spaceAfter=5)
    for name, align in (("centre", TA_CENTER), ("justify", TA_JUSTIFY), ("left", TA_LEFT))
}


def render_pdf(source: Source) -> bytes:
    """The document; the same bytes each time."""
    _register_fonts()
    written = io.BytesIO()
    page = SimpleDocTemplate(
        written,
        pagesize=A4,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        leftMargin=30 * mm,
        rightMargin=15 * mm,
        title=f"{source.type} {source.number}",
        author=source.issuer,
        invariant=True,
    )
    page.build(_story(source))
    return written.getvalue()


@functools.cache
def _register_fonts() -> None:
    for name, file in (("serif", "DejaVuSerif.ttf"), ("serif-bold", "DejaVuSerif-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    pdfmetrics.registerFontFamily("serif", normal="serif", bold="serif-bold", italic="serif", boldItalic="serif-bold")


def _story(source: Source) -> list[Flowable]:
    story: list[Flowable] = [_heading(source), Spacer(1, 8)]
    if not source.is_letter:
        story += [_set(f"<b>{escape(source.type.upper())}</b>"), _set(f"<b>{escape(source.subject)}</b>")]
    if source.authority:
        story.append(_set(f"<b>{escape(source.authority)}</b>"))
    if source.to:
        story.append(_set(f"Kính gửi: {escape('; '.join(source.to))}."))
    story += [_set(f"<i>{escape(ground)}</i>", TA_JUSTIFY) for ground in source.grounds]
    story += [_block(block) for block in blocks(source)]
    return [*story, Spacer(1, 8), _closing(source)]


def _set(markup: str, align: int = TA_CENTER) -> Set:
    return Set(markup, _STYLES[align])


def _heading(source: Source) -> Grid:
    superior = f"{escape(source.superior)}<br/>" if source.superior else ""
    subject = f"<br/>V/v {escape(source.subject)}" if source.is_letter else ""
    left = f"{superior}<b>{escape(source.issuer)}</b><br/>_______<br/>{escape(number_line(source))}{subject}"
    right = f"<b>{MOTTO[0]}</b><br/><b>{MOTTO[1]}</b><br/>_______________<br/><i>{escape(date_line(source))}</i>"
    return Grid(
        [[_set(left), _set(right)]],
        colWidths=[_WIDTH * 0.42, _WIDTH * 0.58],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
    )


def _closing(source: Source) -> Grid:
    recipients = "<br/>".join(["<b>Nơi nhận:</b>", *(f"- {escape(one)}" for one in source.recipients)])
    *titles, name = source.signature
    signature = "<br/>".join([*(f"<b>{escape(title)}</b>" for title in titles), "", "", f"<b>{escape(name)}</b>"])
    return Grid(
        [[_set(recipients, TA_LEFT), _set(signature)]],
        colWidths=[_WIDTH / 2] * 2,
        style=[("VALIGN", (0, 0), (-1, -1), "TOP")],
    )


def _block(block: Title | Paragraph | Table) -> Flowable:
    match block:
        case Title(text):
            return _set(f"<b>{escape(text)}</b>")
        case Paragraph(text, lead):
            return _set(f"<b>{escape(lead)}</b> {escape(text)}" if lead else escape(text), TA_JUSTIFY)
        case Table(rows):
            cells = [[_set(escape(cell), TA_LEFT) for cell in row] for row in rows]
            return Grid(
                cells,
                colWidths=[_WIDTH / len(rows[0])] * len(rows[0]),
                style=[("GRID", (0, 0), (-1, -1), 0.5, "black")],
            )
