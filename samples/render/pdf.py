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
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import Flowable, HRFlowable, KeepTogether, SimpleDocTemplate, Spacer
from reportlab.platypus import Paragraph as Set
from reportlab.platypus import Table as Grid

from samples.render.layout import (
    MOTTO,
    Paragraph,
    Table,
    Title,
    addressee_lines,
    blocks,
    date_line,
    is_figure,
    name_lines,
    number_line,
)
from samples.render.slanted import Slanted
from samples.source import Source

FONTS = Path("/usr/share/fonts/truetype/dejavu")
"""Debian's `fonts-dejavu-core`: free, and with every Vietnamese letter. Only what is used goes into a file."""

_LEFT_MARGIN = 30 * mm
_WIDTH = A4[0] - _LEFT_MARGIN - 15 * mm
_INDENT = 10 * mm
_ROOM_TO_SIGN = 42
_SIZE, _SMALL, _RULE_SIZE = 10.5, 9.5, 5
_HEADING_SIZE = 9  # at which the country's name keeps to one line


def render_pdf(source: Source) -> bytes:
    """The document; the same bytes each time."""
    _register_fonts()
    written = io.BytesIO()
    page = SimpleDocTemplate(
        written,
        pagesize=A4,
        topMargin=20 * mm,
        bottomMargin=20 * mm,
        leftMargin=_LEFT_MARGIN,
        rightMargin=15 * mm,
        title=f"{source.type} {source.number}",
        author=source.issuer,
        invariant=True,
    )
    page.build(_story(source), onLaterPages=_number_page)
    return written.getvalue()


@functools.cache
def _register_fonts() -> None:
    for name, file in (("serif", "DejaVuSerif.ttf"), ("serif-bold", "DejaVuSerif-Bold.ttf")):
        pdfmetrics.registerFont(TTFont(name, FONTS / file))
    pdfmetrics.registerFontFamily("serif", normal="serif", bold="serif-bold", italic="serif", boldItalic="serif-bold")


def _number_page(canvas: Canvas, _page: SimpleDocTemplate) -> None:
    """Page numbers stand in the middle of the top margin, from the second page on."""
    canvas.setFont("serif", _SIZE)
    canvas.drawCentredString(_LEFT_MARGIN + _WIDTH / 2, A4[1] - 14 * mm, str(canvas.getPageNumber()))


def _story(source: Source) -> list[Flowable]:
    story: list[Flowable] = [_heading(source), Spacer(1, 12), *_title(source), *_addressees(source)]
    story += [Slanted(ground, font="serif", size=_SIZE, indent=_INDENT) for ground in source.grounds]
    for block in blocks(source):
        story += _block(block)
    # A signature does not stand on a page of its own.
    return [*story[:-1], KeepTogether([story[-1], Spacer(1, 10), _closing(source)])]


def _set(markup: str, align: int = TA_CENTER, *, size: float = _SIZE, after: float = 0, indent: float = 0) -> Set:
    style = ParagraphStyle(
        "set",
        fontName="serif",
        fontSize=size,
        leading=size * 1.45,
        alignment=align,
        spaceAfter=after,
        firstLineIndent=indent,
    )
    return Set(markup, style)


def _bold(text: str) -> str:
    return f"<b>{escape(text)}</b>"


def _heading(source: Source) -> Grid:
    left: list[Flowable] = [_set(escape(name), size=_HEADING_SIZE) for name in name_lines(source.superior)]
    left += [_set(_bold(name), size=_HEADING_SIZE) for name in name_lines(source.issuer)]
    left += [_set(_bold("_______"), size=_RULE_SIZE, after=4), _set(escape(number_line(source)), after=2)]
    if source.is_letter:
        left.append(_set(f"V/v {escape(source.subject)}", size=_SMALL))
    right: list[Flowable] = [_set(_bold(MOTTO[0]), size=_HEADING_SIZE), _set(_bold(MOTTO[1]), size=_SMALL)]
    right.append(_set(_bold("____________________________"), size=_RULE_SIZE, after=4))
    right.append(Slanted(date_line(source), font="serif", size=_SIZE, is_centred=True))
    return _columns(left, right, 0.44)


def _title(source: Source) -> list[Flowable]:
    title: list[Flowable] = []
    if not source.is_letter:
        title += [_set(_bold(source.type.upper()), size=11.5, after=2), _set(_bold(source.subject), size=11)]
        # Drawn, for typed it would tell readers where the subject ends.
        title.append(HRFlowable("25%", thickness=0.6, color="black", spaceBefore=3, spaceAfter=9))
    if source.authority:
        title.append(_set(_bold(source.authority), after=8))
    return title


def _addressees(source: Source) -> list[Flowable]:
    match addressee_lines(source):
        case []:
            return []
        case [only]:
            return [_set(escape(only), after=10)]
        case lines:
            return [_columns([], [_set(escape(line), TA_LEFT) for line in lines], 0.24), Spacer(1, 8)]


def _closing(source: Source) -> Grid:
    left: list[Flowable] = [Slanted("Nơi nhận:", font="serif-bold", size=_SMALL)]
    left += [_set(f"- {escape(one)}", TA_LEFT, size=9) for one in source.recipients]
    *titles, name = source.signature
    right: list[Flowable] = [*(_set(_bold(title)) for title in titles), Spacer(1, _ROOM_TO_SIGN), _set(_bold(name))]
    return _columns(left, right, 0.5)


def _columns(left: list[Flowable], right: list[Flowable], share: float) -> Grid:
    return Grid(
        [[left, right]],
        colWidths=[_WIDTH * share, _WIDTH * (1 - share)],
        style=[("VALIGN", (0, 0), (-1, -1), "TOP"), ("LEFTPADDING", (0, 0), (-1, -1), 2)],
    )


def _block(block: Title | Paragraph | Table) -> list[Flowable]:
    match block:
        case Title(text) as title:
            if title.is_centred:
                return [_set(_bold(text), after=5)]
            return [_set(_bold(text), TA_LEFT, after=5, indent=_INDENT)]
        case Paragraph(text, lead):
            markup = f"{_bold(lead)} {escape(text)}" if lead else escape(text)
            return [_set(markup, TA_JUSTIFY, after=5, indent=_INDENT)]
        case Table() as table:
            return [_grid(table), Spacer(1, 6)]


def _grid(table: Table) -> Grid:
    head, *rows = table.rows
    cells = [[_set(_bold(text), size=_SMALL) for text in head]]
    cells += [
        [_set(escape(text), TA_CENTER if is_figure(text) else TA_LEFT, size=_SMALL) for text in row] for row in rows
    ]
    return Grid(
        cells,
        colWidths=[_WIDTH * share for share in table.shares],
        repeatRows=1,
        style=[("GRID", (0, 0), (-1, -1), 0.5, "black"), ("VALIGN", (0, 0), (-1, -1), "MIDDLE")],
    )
