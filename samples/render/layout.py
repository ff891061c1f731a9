"""What every format sets: the lines of the heading and the blocks of the body (NĐ 30/2020/NĐ-CP, Phụ lục I, Phần I)."""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from samples.source import Source

MOTTO = ("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM", "Độc lập - Tự do - Hạnh phúc")
_ARTICLE = re.compile(r"(Điều \d+\.)\s*(.*)", re.DOTALL)
_SECTION = re.compile(r"[IVX]+\. ")
_FIGURES = re.compile(r"[\d.,/%-]*")
_TERRITORY = re.compile(r" (?=(?:TỈNH|HUYỆN|THÀNH PHỐ|XÃ|PHƯỜNG) )")
_PADDING, _WIDEST = 5, 30


@dataclass(frozen=True, slots=True)
class Title:
    """A line in bold within the body."""

    text: str

    @property
    def is_centred(self) -> bool:
        """Whether it stands in the middle, as a chapter's does; a section in Roman figures begins at the left."""
        return not _SECTION.match(self.text)


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph; `lead` is set in bold before the rest."""

    text: str
    lead: str = ""


@dataclass(frozen=True, slots=True)
class Table:
    """Rows of cells, the first being the head."""

    rows: tuple[tuple[str, ...], ...]

    @property
    def shares(self) -> tuple[float, ...]:
        """The columns' shares of the width, by their longest cells and words of the head; they add up to 1."""
        longest = [max([0, *map(len, head.split()), *map(len, cells)]) for head, *cells in zip(*self.rows, strict=True)]
        weights = [min(length, _WIDEST) + _PADDING for length in longest]
        return tuple(weight / sum(weights) for weight in weights)


Block = Title | Paragraph | Table


def number_line(source: Source) -> str:
    """`Số: 15/QĐ-UBND`."""
    return f"Số: {source.number}"


def name_lines(name: str) -> list[str]:
    """An issuer over one or two lines: a council's or committee's territory stands below its name."""
    return _TERRITORY.split(name, maxsplit=1) if name else []


def addressee_lines(source: Source) -> list[str]:
    """`Kính gửi`: one addressee on the same line, several below it with a dash each."""
    match source.to:
        case ():
            return []
        case (only,):
            return [f"Kính gửi: {only}."]
        case (*others, last):
            return ["Kính gửi:", *(f"- {one};" for one in others), f"- {last}."]


def is_figure(cell: str) -> bool:
    """Whether a cell holds a number, which stands in the middle of its column."""
    return bool(_FIGURES.fullmatch(cell))


def date_line(source: Source) -> str:
    """`Vân Sơn, ngày 05 tháng 3 năm 2025`: days below 10 and the months 1 and 2 have a zero before them."""
    return f"{source.place}, {date_in_words(source.issued)}"


def date_in_words(date: datetime.date) -> str:
    """A date as the decree writes it."""
    month = f"{date.month:02}" if date.month < 3 else str(date.month)
    return f"ngày {date.day:02} tháng {month} năm {date.year}"


def blocks(source: Source) -> Iterator[Block]:
    """The body's blocks in order."""
    for part in re.split(r"\n\s*\n", source.body.strip()):
        lines = [line.strip() for line in part.splitlines()]
        if all(line.startswith("|") for line in lines):
            yield Table(tuple(tuple(cell.strip() for cell in line.strip("|").split("|")) for line in lines))
            continue
        text = " ".join(lines)
        article = _ARTICLE.fullmatch(text)
        if text.startswith("# "):
            yield Title(text[2:])
        elif article:
            yield Paragraph(article[2], article[1])
        else:
            yield Paragraph(text)
