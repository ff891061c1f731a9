"""A document in the formats of an old system: those the samples are set in, and those that only old systems have."""

from __future__ import annotations

import dataclasses
import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from html import escape

import pypdfium2 as pdfium
from PIL import Image, ImageChops, ImageDraw

from analyzers.legacy.tables import Legacy
from bench.legacy_writing import written_in
from samples.render.docx import render_docx
from samples.render.html import render_html
from samples.render.layout import (
    MOTTO,
    Paragraph,
    Table,
    Title,
    addressee_lines,
    blocks,
    date_line,
    name_lines,
    number_line,
)
from samples.render.pdf import render_pdf
from samples.render.text import render_text
from samples.source import Source
from tests.indexer.odt_files import odt_file
from tests.indexer.scanned import STAMP, saved
from tests.indexer.word_files import doc_file

_DPI = 200
_LEGACY_PARAGRAPH = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class Format:
    """A way to keep a document.

    Attributes:
        suffix: What its files are called, which is not always what they are.
        set: The document as a file of it.
        share: Of a thousand documents so many are kept so.
        is_legacy: Whether all or a part of the text is in TCVN3.
    """

    suffix: str
    set: Callable[[Source], bytes]
    share: int
    is_legacy: bool = False


def _pdf_scan(source: Source) -> bytes:
    """The printed document, scanned, with a red stamp over the signature."""
    pages = pdfium.PdfDocument(render_pdf(source))
    pictures = [page.render(scale=_DPI / 72).to_pil().convert("RGB") for page in pages]
    width, height = pictures[-1].size
    stamp = Image.new("RGB", (width, height), "white")
    ImageDraw.Draw(stamp).ellipse((width * 0.5, height * 0.7, width * 0.68, height * 0.83), outline=STAMP, width=8)
    return saved(*pictures[:-1], ImageChops.multiply(pictures[-1], stamp), form="PDF")


def _doc(source: Source) -> bytes:
    return doc_file("\n".join(_lines(source)))


def _doc_in_tcvn3(source: Source) -> bytes:
    return doc_file(_in_tcvn3("\n".join(_lines(source))))


def _text_in_tcvn3(source: Source) -> bytes:
    return _in_tcvn3(render_text(source).decode()).encode("cp1252", errors="replace")


def _text_in_utf16(source: Source) -> bytes:
    return render_text(source).decode().replace("\n", "\r\n").encode("utf-16")


def _html_in_tcvn3(source: Source) -> bytes:
    """As Word 97 saved a page: a font of TCVN3, and a character set that says nothing of it."""
    body = "".join(f"<p><font face='.VnTime'>{escape(line)}</font></p>\n" for line in _lines(source))
    page = f"<html><head><meta http-equiv=Content-Type content='text/html; charset=windows-1252'></head>\n{body}</html>"
    return _in_tcvn3(page).encode("cp1252", errors="replace")


def _docx_with_tcvn3(source: Source) -> bytes:
    """A Unicode document into which paragraphs of an old one were pasted."""
    parts = re.split(r"\n\s*\n", source.body.strip())
    pasted = [_in_tcvn3(part) if at % _LEGACY_PARAGRAPH == 1 else part for at, part in enumerate(parts)]
    return render_docx(dataclasses.replace(source, body="\n\n".join(pasted)))


def _rtf(source: Source) -> bytes:
    return _rtf_file(source, rb"{\f0\froman\fcharset0 Times New Roman;}", str)


def _rtf_in_tcvn3(source: Source) -> bytes:
    return _rtf_file(source, rb"{\f0\fswiss\fcharset0 .VnTime;}", _in_tcvn3)


def _rtf_file(source: Source, font: bytes, written: Callable[[str], str]) -> bytes:
    def cell(lines: Iterable[str]) -> bytes:
        return b"\\par ".join(_rtf_text(written(line)) for line in lines) + b"\\cell "

    def row(left: Iterable[str], right: Iterable[str]) -> bytes:
        return rb"\trowd\cellx4200\cellx9600\pard\intbl " + cell(left) + cell(right) + b"\\row\n\\pard "

    body = b"".join(_rtf_text(written(line)) + b"\\par\n" for line in _body_lines(source))
    rows = row(*_heading(source)), row(*_closing(source))
    return rb"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl" + font + b"}\n" + rows[0] + body + rows[1] + b"}\n"


def _rtf_text(text: str) -> bytes:
    """Characters of the code page by their byte, others by their number, as Word writes them."""
    return "".join(_rtf_character(character) for character in text).encode("ascii")


def _rtf_character(character: str) -> str:
    if character in "\\{}":
        return f"\\{character}"
    if character.isascii():
        return character
    if ord(character) < 0x100:
        return f"\\'{ord(character):02x}"
    return f"\\u{ord(character)}?"


def _odt(source: Source) -> bytes:
    def cell(lines: Iterable[str]) -> str:
        return f"<table:table-cell>{''.join(map(_odt_paragraph, lines))}</table:table-cell>"

    def table(left: Iterable[str], right: Iterable[str]) -> str:
        return f"<table:table><table:table-row>{cell(left)}{cell(right)}</table:table-row></table:table>"

    body = "".join(map(_odt_paragraph, _body_lines(source)))
    return odt_file(table(*_heading(source)) + body + table(*_closing(source)))


def _odt_paragraph(line: str) -> str:
    return f"<text:p>{escape(line)}</text:p>"


def _lines(source: Source) -> list[str]:
    """The whole document line by line, of two columns the left one first."""
    (left, right), (recipients, signature) = _heading(source), _closing(source)
    return [*left, *right, *_body_lines(source), *recipients, *signature]


def _heading(source: Source) -> tuple[list[str], list[str]]:
    left = [*name_lines(source.superior), *name_lines(source.issuer), number_line(source)]
    if source.is_letter:
        left.append(f"V/v {source.subject}")
    return left, [*MOTTO, date_line(source)]


def _body_lines(source: Source) -> list[str]:
    title = [] if source.is_letter else [source.type.upper(), source.subject]
    authority = [source.authority] if source.authority else []
    return [*title, *authority, *addressee_lines(source), *source.grounds, *_blocks(source)]


def _blocks(source: Source) -> Iterable[str]:
    for block in blocks(source):
        match block:
            case Title(text):
                yield text
            case Paragraph(text, lead):
                yield f"{lead} {text}".strip()
            case Table(rows):
                yield from ("\t".join(row) for row in rows)


def _closing(source: Source) -> tuple[list[str], list[str]]:
    return ["Nơi nhận:", *(f"- {one}" for one in source.recipients)], list(source.signature)


def _in_tcvn3(text: str) -> str:
    return written_in(text, Legacy.TCVN3)


FORMATS: Mapping[str, Format] = {
    "docx": Format(suffix=".docx", set=render_docx, share=220),
    "pdf": Format(suffix=".pdf", set=render_pdf, share=205),
    "doc": Format(suffix=".doc", set=_doc, share=200),
    "rtf": Format(suffix=".rtf", set=_rtf, share=60),
    "rtf named .doc": Format(suffix=".DOC", set=_rtf, share=40),
    "html named .doc": Format(suffix=".doc", set=render_html, share=50),
    "odt": Format(suffix=".odt", set=_odt, share=40),
    "text": Format(suffix=".txt", set=render_text, share=30),
    "UTF-16 text": Format(suffix=".txt", set=_text_in_utf16, share=20),
    "scan": Format(suffix=".pdf", set=_pdf_scan, share=25),
    "text in TCVN3": Format(suffix=".txt", set=_text_in_tcvn3, share=30, is_legacy=True),
    "rtf in TCVN3": Format(suffix=".rtf", set=_rtf_in_tcvn3, share=20, is_legacy=True),
    "doc in TCVN3": Format(suffix=".doc", set=_doc_in_tcvn3, share=20, is_legacy=True),
    "html in TCVN3": Format(suffix=".htm", set=_html_in_tcvn3, share=15, is_legacy=True),
    "docx with TCVN3": Format(suffix=".docx", set=_docx_with_tcvn3, share=25, is_legacy=True),
}
"""The formats by name."""
