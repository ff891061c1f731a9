"""A Word document with the page, type and two-column heading that the decree prescribes."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Collection, Sequence

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.shared import Length, Mm, Pt
from docx.table import _Cell, _Row

from samples.render.layout import MOTTO, Paragraph, Table, Title, blocks, date_line, number_line
from samples.source import Source

_CENTRE, _LEFT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SIZE = Pt(13)
_HEADING_SIZE = Pt(12)  # the smaller size that the decree allows, at which the country's name keeps to one line
_HEADING_WIDTHS, _CLOSING_WIDTHS = (Mm(66), Mm(99)), (Mm(82), Mm(83))


def render_docx(source: Source) -> bytes:
    """The document; the same bytes each time."""
    document = _page(source)
    _heading(document, source)
    if not source.is_letter:
        _line(document, source.type.upper(), bold=True)
        _line(document, source.subject, bold=True)
    if source.authority:
        _line(document, source.authority, bold=True)
    if source.to:
        _line(document, f"Kính gửi: {'; '.join(source.to)}.")
    for ground in source.grounds:
        _line(document, ground, italic=True, align=_JUSTIFY)
    for block in blocks(source):
        _block(document, block)
    _closing(document, source)
    return _without_times(document)


def _page(source: Source) -> DocumentObject:
    document = Document()
    section = document.sections[0]
    section.page_width, section.page_height = Mm(210), Mm(297)
    section.top_margin = section.bottom_margin = Mm(20)
    section.left_margin, section.right_margin = Mm(30), Mm(15)
    style = document.styles["Normal"]
    style.font.name, style.font.size = "Times New Roman", _SIZE
    style.paragraph_format.space_after = Pt(6)
    properties = document.core_properties
    properties.author, properties.title = source.issuer, source.subject
    properties.created = properties.modified = datetime.datetime(
        source.issued.year, source.issued.month, source.issued.day
    )
    return document


def _heading(document: DocumentObject, source: Source) -> None:
    left, right = _two_columns(document, _HEADING_WIDTHS)
    subject = [f"V/v {source.subject}"] if source.is_letter else []
    _fill(
        left,
        [*filter(None, [source.superior]), source.issuer, "_______", number_line(source), *subject],
        bold=[source.issuer],
        size=_HEADING_SIZE,
    )
    date = date_line(source)
    _fill(right, [*MOTTO, "_______________", date], bold=MOTTO, italic=[date], size=_HEADING_SIZE)
    _gap(document)


def _closing(document: DocumentObject, source: Source) -> None:
    _gap(document)
    left, right = _two_columns(document, _CLOSING_WIDTHS)
    label = "Nơi nhận:"
    recipients = [f"- {one}" for one in source.recipients]
    _fill(left, [label, *recipients], bold=[label], italic=[label], align=_LEFT, size=Pt(11))
    *titles, name = source.signature
    _fill(right, [*titles, "", "", name], bold=source.signature)


def _two_columns(document: DocumentObject, widths: tuple[Length, Length]) -> tuple[_Cell, _Cell]:
    table = document.add_table(rows=1, cols=2)
    table.autofit = False
    # Word goes by the cells' widths, LibreOffice by the columns'.
    for column, cell, width in zip(table.columns, table.rows[0].cells, widths, strict=True):
        column.width = cell.width = width
    left, right = table.rows[0].cells
    return left, right


def _gap(document: DocumentObject) -> None:
    document.add_paragraph().paragraph_format.space_after = Pt(0)


def _fill(
    cell: _Cell,
    lines: Sequence[str],
    *,
    bold: Collection[str],
    italic: Collection[str] = (),
    align: WD_ALIGN_PARAGRAPH = _CENTRE,
    size: Length = _SIZE,
) -> None:
    for at, line in enumerate(lines):
        paragraph = cell.paragraphs[0] if at == 0 else cell.add_paragraph()
        paragraph.alignment = align
        paragraph.paragraph_format.space_after = Pt(0)
        run = paragraph.add_run(line)
        run.bold, run.italic, run.font.size = line in bold, line in italic, size


def _line(
    document: DocumentObject,
    text: str,
    *,
    bold: bool = False,
    italic: bool = False,
    align: WD_ALIGN_PARAGRAPH = _CENTRE,
) -> None:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    run = paragraph.add_run(text)
    run.bold, run.italic = bold, italic


def _block(document: DocumentObject, block: Title | Paragraph | Table) -> None:
    match block:
        case Title(text):
            _line(document, text, bold=True)
        case Paragraph(text, lead):
            paragraph = document.add_paragraph()
            paragraph.alignment = _JUSTIFY
            paragraph.paragraph_format.first_line_indent = Mm(10)
            if lead:
                paragraph.add_run(f"{lead} ").bold = True
            paragraph.add_run(text)
        case Table(rows):
            table = document.add_table(rows=0, cols=len(rows[0]))
            table.style = "Table Grid"
            for at, row in enumerate(rows):
                _row(table.add_row(), row, is_head=at == 0)
            _gap(document)


def _row(row: _Row, texts: Sequence[str], *, is_head: bool) -> None:
    for cell, text in zip(row.cells, texts, strict=True):
        _fill(cell, [text], bold=[text] if is_head else (), align=_CENTRE if is_head else _LEFT)


def _without_times(document: DocumentObject) -> bytes:
    """The package with the same date on every member, so that equal documents are equal bytes."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
