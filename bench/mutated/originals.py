"""The files that are damaged: real ones from the data folder, and made ones of the formats that it has none of."""

from __future__ import annotations

import functools
import io
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

import docx
from reportlab.pdfgen.canvas import Canvas  # type: ignore[import-untyped]

from tests.indexer.edxml_packages import LETTER, qcvn_package, zipped
from tests.indexer.odt_files import odt_file
from tests.indexer.ole_files import ole_file
from tests.indexer.scanned import page, saved
from tests.indexer.test_readers_mail import attached, letter, outlook
from tests.indexer.test_readers_sheet import ods, row_of, xls, xlsx
from tests.indexer.word_files import doc_file

OCR_FORMATS = frozenset({"scanned", "picture"})
"""Those whose pages take seconds."""

_ROWS = 40
_FOLDERS = {"pdf": "pdf", "scanned": "scanned", "word": "", "old-system": ""}


@dataclass(frozen=True, slots=True)
class Original:
    """A file that is in order.

    Attributes:
        format: What it is counted under.
        suffix: The end of its name.
        content: Its bytes.
    """

    format: str
    suffix: str
    content: bytes


def made() -> Iterator[Original]:
    """One small file of every format that is read."""
    for suffix, make in _MAKERS.items():
        yield Original(_FORMATS.get(suffix, suffix[1:]), suffix, make())


def real(folder: Path) -> Iterator[Original]:
    """The files of the data folder's `files`; none where a folder of it is not there."""
    for name, format in _FOLDERS.items():
        for path in sorted((folder / name).glob("*")):
            if path.is_file() and path.stat().st_size:
                suffix = path.suffix.lower()
                yield Original(format or f"{suffix[1:]} ({name})", suffix, path.read_bytes())


def _rtf() -> bytes:
    escaped = "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in LETTER).replace("\n", "\\par\n")
    return b"{\\rtf1\\ansi\\ansicpg1258{\\fonttbl{\\f0 Times;}}\\f0 " + escaped.encode() + b"}"


def _docx() -> bytes:
    document = docx.Document()
    table = document.add_table(rows=2, cols=2)
    table.cell(0, 0).text, table.cell(1, 1).text = "ỦY BAN NHÂN DÂN", "Số: 15/QĐ-UBND"
    for line in LETTER.splitlines():
        document.add_paragraph(line)
    file = io.BytesIO()
    document.save(file)
    return file.getvalue()


def _pdf() -> bytes:
    file = io.BytesIO()
    canvas = Canvas(file)
    for number in range(3):
        canvas.drawString(100, 700, f"So: {number}/QD-UBND ngay 05 thang 3 nam 2024 cua Uy ban nhan dan tinh")
        canvas.showPage()
    canvas.save()
    return bytes(file.getvalue())


def _table() -> dict[tuple[int, int], object]:
    heading = ("Số ký hiệu", "Ngày văn bản", "Trích yếu", "Người ký")
    cells: dict[tuple[int, int], object] = {(0, column): name for column, name in enumerate(heading)}
    for row in range(1, _ROWS):
        values = (f"{row}/QĐ-UBND", "05/03/2024", "Về việc phê duyệt kế hoạch", "Nguyễn Văn An")
        cells |= {(row, column): value for column, value in enumerate(values)}
    return cells


def _html() -> bytes:
    rows = "".join(f"<tr><td>{row}<td>Số: {row}/QĐ-UBND" for row in range(_ROWS))
    lines = "".join(f"<p>{line}</p>" for line in LETTER.splitlines())
    return f"<html><head><meta charset=utf-8></head><body><table>{rows}</table>{lines}</body></html>".encode()


def _zip() -> bytes:
    inner = zipped({"b/Công văn.txt": LETTER, "c.htm": _html()})
    return zipped({"a.docx": _docx(), "trong/d.zip": inner, "e.doc": doc_file(LETTER), "f.rtf": _rtf()})


_MAKERS: Mapping[str, Callable[[], bytes]] = {
    ".pdf": _pdf,
    ".docx": _docx,
    ".doc": functools.partial(doc_file, LETTER * 5),
    ".rtf": _rtf,
    ".odt": lambda: odt_file("".join(f"<text:p>{line}</text:p>" for line in LETTER.replace("&", "và").splitlines())),
    ".xlsx": lambda: xlsx({"Sổ đi": _table()}),
    ".xls": lambda: xls("Sổ đi", [["Số ký hiệu", "Trích yếu"], *([f"{n}/QĐ-UBND", "Về việc"] for n in range(_ROWS))]),
    ".ods": lambda: ods("".join(row_of(f"{number}/QĐ-UBND") for number in range(_ROWS))),
    ".htm": _html,
    ".txt": lambda: LETTER.encode("utf-16"),
    ".eml": lambda: letter(files={"a.docx": _docx(), "b.doc": doc_file(LETTER)}).as_bytes(),
    ".msg": lambda: ole_file(outlook(a=attached("a.txt", LETTER.encode()), b=attached("b.doc", doc_file(LETTER)))),
    ".edxml": lambda: qcvn_package({"a.docx": _docx(), "b.txt": LETTER}).encode(),
    ".zip": _zip,
    ".tif": lambda: saved(page(), page(), form="TIFF"),
    ".png": lambda: saved(page(), form="PNG"),
}
_FORMATS = {".tif": "picture", ".png": "picture"}
