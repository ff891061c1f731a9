"""A Word document with the page, type and two-column heading that the decree prescribes (NĐ 30/2020, Phụ lục I)."""

from __future__ import annotations

import datetime
import io
import zipfile
from collections.abc import Iterator, Sequence

from docx import Document
from docx.document import Document as DocumentObject
from docx.enum.table import WD_TABLE_ALIGNMENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.opc.constants import RELATIONSHIP_TYPE
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Length, Mm, Pt
from docx.table import Table as Grid
from docx.table import _Cell
from docx.text.paragraph import Paragraph as Line

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
from samples.source import Source

_CENTRE, _LEFT, _JUSTIFY = WD_ALIGN_PARAGRAPH.CENTER, WD_ALIGN_PARAGRAPH.LEFT, WD_ALIGN_PARAGRAPH.JUSTIFY
_ZIP_DATE = (1980, 1, 1, 0, 0, 0)
_SIZE = 13
_HEADING_SIZE = 12  # the smaller size that the decree allows, at which the country's name keeps to one line
_RULE_SIZE = 6
_ROOM_TO_SIGN = 54
_HEADING_WIDTHS, _CLOSING_WIDTHS = (Mm(70), Mm(97)), (Mm(80), Mm(85))
_TEXT_WIDTH = Mm(165)
_AFTER_BORDERS = ("w:spacing", "w:ind", "w:jc", "w:rPr")
_BALLAST = (
    RELATIONSHIP_TYPE.THUMBNAIL,
    "http://schemas.microsoft.com/office/2007/relationships/stylesWithEffects",
)


def render_docx(source: Source) -> bytes:
    """The document; the same bytes each time."""
    document = _page(source)
    _heading(document, source)
    _title(document, source)
    _addressees(document, source)
    for ground in source.grounds:
        _write(_line(document, _JUSTIFY), ground, italic=True)
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
    style.font.name, style.font.size = "Times New Roman", Pt(_SIZE)
    style.paragraph_format.space_after = Pt(0)
    properties = document.core_properties
    properties.author, properties.title = source.issuer, source.subject
    properties.created = properties.modified = datetime.datetime(
        source.issued.year, source.issued.month, source.issued.day
    )
    _number_pages(document)
    _drop_ballast(document)
    return document


def _number_pages(document: DocumentObject) -> None:
    """Page numbers stand in the middle of the top margin, from the second page on."""
    section = document.sections[0]
    section.different_first_page_header_footer = True
    line = section.header.paragraphs[0]
    line.alignment = _CENTRE
    field = OxmlElement("w:fldSimple")
    field.set(qn("w:instr"), "PAGE")
    line._p.append(field)


def _drop_ballast(document: DocumentObject) -> None:
    """Take out what the library's template brings along and nothing shows: half of each file."""
    for relations in (document.part.package.rels, document.part.rels):
        for name in [name for name, relation in relations.items() if relation.reltype in _BALLAST]:
            del relations[name]


def _heading(document: DocumentObject, source: Source) -> None:
    left, right = _columns(document, _HEADING_WIDTHS)
    lines = _lines(left)
    for name in name_lines(source.superior):
        _write(next(lines), name, size=_HEADING_SIZE)
    for name in name_lines(source.issuer):
        _write(next(lines), name, size=_HEADING_SIZE, bold=True)
    _write(next(lines), "_______", size=_RULE_SIZE, bold=True)
    _write(next(lines), number_line(source), before=6)
    if source.is_letter:
        _write(next(lines), f"V/v {source.subject}", size=_HEADING_SIZE)
    lines = _lines(right)
    _write(next(lines), MOTTO[0], size=_HEADING_SIZE, bold=True)
    _write(next(lines), MOTTO[1], bold=True)
    _write(next(lines), "____________________________", size=_RULE_SIZE, bold=True)
    _write(next(lines), date_line(source), italic=True, before=6)


def _title(document: DocumentObject, source: Source) -> None:
    if not source.is_letter:
        _write(_line(document, after=0), source.type.upper(), size=14, bold=True, before=18)
        _write(_line(document, after=0), source.subject, size=14, bold=True)
        _rule(document)
    if source.authority:
        _write(_line(document, after=12), source.authority, bold=True)


def _rule(document: DocumentObject) -> None:
    """A drawn line under the subject, a fourth of the text's width: typed, it would tell readers where it ends."""
    line = _line(document, after=12)
    line.paragraph_format.left_indent = line.paragraph_format.right_indent = Length(_TEXT_WIDTH * 3 // 8)
    line.paragraph_format.line_spacing = Pt(_RULE_SIZE)
    borders, bottom = OxmlElement("w:pBdr"), OxmlElement("w:bottom")
    for name, value in (("val", "single"), ("sz", "6"), ("space", "1"), ("color", "auto")):
        bottom.set(qn(f"w:{name}"), value)
    borders.append(bottom)
    line._p.get_or_add_pPr().insert_element_before(borders, *_AFTER_BORDERS)


def _addressees(document: DocumentObject, source: Source) -> None:
    lines = addressee_lines(source)
    for at, text in enumerate(lines):
        is_last = at == len(lines) - 1
        line = _line(document, _CENTRE if len(lines) == 1 else _LEFT, after=12 if is_last else 0)
        line.paragraph_format.left_indent = Mm(0 if len(lines) == 1 else 45)
        _write(line, text, size=14, before=0 if at else 14)


def _closing(document: DocumentObject, source: Source) -> None:
    _line(document, after=0)
    for line in document.paragraphs[-2:]:
        line.paragraph_format.keep_with_next = True  # a signature does not stand on a page of its own
    left, right = _columns(document, _CLOSING_WIDTHS)
    lines = _lines(left, _LEFT)
    _write(next(lines), "Nơi nhận:", size=12, bold=True, italic=True)
    for recipient in source.recipients:
        _write(next(lines), f"- {recipient}", size=11)
    *titles, name = source.signature
    lines = _lines(right)
    for title in titles:
        _write(next(lines), title, bold=True)
    _write(next(lines), name, bold=True, before=_ROOM_TO_SIGN)


def _columns(document: DocumentObject, widths: Sequence[Length]) -> tuple[_Cell, ...]:
    """The cells of a table of one row without borders, which stays on one page."""
    table = document.add_table(rows=1, cols=len(widths))
    _set_widths(table, widths)
    return tuple(table.rows[0].cells)


def _set_widths(table: Grid, widths: Sequence[Length]) -> None:
    table.autofit, table.alignment = False, WD_TABLE_ALIGNMENT.CENTER
    # Word goes by the cells' widths, LibreOffice by the columns'.
    for column, width in zip(table.columns, widths, strict=True):
        column.width = width
        for cell in column.cells:
            cell.width = width
    for row in table.rows:
        row._tr.get_or_add_trPr().append(OxmlElement("w:cantSplit"))


def _lines(cell: _Cell, align: WD_ALIGN_PARAGRAPH = _CENTRE) -> Iterator[Line]:
    """The cell's first line, then as many more as are asked for."""
    line = cell.paragraphs[0]
    while True:
        line.alignment = align
        yield line
        line = cell.add_paragraph()


def _line(document: DocumentObject, align: WD_ALIGN_PARAGRAPH = _CENTRE, *, after: float = 6) -> Line:
    line = document.add_paragraph()
    line.alignment = align
    line.paragraph_format.space_after = Pt(after)
    if align == _JUSTIFY:
        line.paragraph_format.first_line_indent = Mm(10)
    return line


def _write(
    line: Line, text: str, *, size: float = _SIZE, bold: bool = False, italic: bool = False, before: float = 0
) -> None:
    run = line.add_run(text)
    run.font.size, run.bold, run.italic = Pt(size), bold, italic
    line.paragraph_format.space_before = Pt(before)


def _block(document: DocumentObject, block: Title | Paragraph | Table) -> None:
    match block:
        case Title(text) as title:
            line = _line(document, _CENTRE if title.is_centred else _JUSTIFY)
            line.paragraph_format.keep_with_next = True
            _write(line, text, bold=True, before=6)
        case Paragraph(text, lead):
            line = _line(document, _JUSTIFY)
            if lead:
                _write(line, f"{lead} ", bold=True)
            _write(line, text)
        case Table() as table:
            _grid(document, table)


def _grid(document: DocumentObject, table: Table) -> None:
    grid = document.add_table(rows=len(table.rows), cols=len(table.rows[0]))
    grid.style = "Table Grid"
    _set_widths(grid, [Length(round(_TEXT_WIDTH * share)) for share in table.shares])
    for at, (row, texts) in enumerate(zip(grid.rows, table.rows, strict=True)):
        is_head = at == 0
        for cell, text in zip(row.cells, texts, strict=True):
            line = next(_lines(cell, _CENTRE if is_head or is_figure(text) else _LEFT))
            _write(line, text, size=12, bold=is_head)
    _line(document, after=0)


def _without_times(document: DocumentObject) -> bytes:
    """The package with the same date on every member, so that equal documents are equal bytes."""
    written, packed = io.BytesIO(), io.BytesIO()
    document.save(written)
    with zipfile.ZipFile(written) as old, zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as new:
        for name in old.namelist():
            new.writestr(zipfile.ZipInfo(name, _ZIP_DATE), old.read(name), zipfile.ZIP_DEFLATED)
    return packed.getvalue()
