"""Which column of a register holds what, told by its Vietnamese heading.

Names are those of Nghị định 30/2020/NĐ-CP, Phụ lục IV (sổ đăng ký văn bản đi, đến) and Phụ lục VI (fields of a document
management system), and what offices write for them. Two headings are one where they differ in marks, case, punctuation
or filler words (`văn bản`, `công văn`, `và`). A heading of two rows names a column by the lower cell with the upper one
(`Số` under `Văn bản đến`).
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from analyzers.folding import fold
from indexer.registers.cells import text_of
from indexer.registers.tables import Table

HEADING_WITHIN = 60
"""The heading stands in one of so many first rows; above it are the names of the office and of the book."""

# A field to its names, the surest first: where two columns bear names of one field, the surer one is taken.
# `figure` and `symbol` are số and ký hiệu in columns of their own; `number_and_day` is the number with the day of issue
# in one, `grades` độ khẩn and độ mật.
NAMES: Mapping[str, tuple[str, ...]] = {
    "number": (
        *("số ký hiệu", "số hiệu", "số ký hiệu gốc", "ký hiệu số", "số kh", "skh", "số ký hiệu đi"),
        *("số phát hành", "số đi", "số gốc", "số ký hiệu đến", "s kh", "số quyết định", "số qđ"),
    ),
    "number_and_day": (
        *("số ký hiệu ngày tháng", "số ký hiệu ngày tháng năm", "số ký hiệu ngày", "số ngày", "số ngày tháng"),
        *("số ngày tháng năm", "số hiệu ngày", "số ký hiệu ngày ban hành", "số ký hiệu ngày tháng năm ban hành"),
    ),
    "figure": ("số",),
    "symbol": ("ký hiệu",),
    "type": ("tên loại", "loại", "thể loại", "hình thức", "loại hình"),
    "subject": (
        *("trích yếu nội dung", "trích yếu", "tên loại trích yếu nội dung", "tên loại trích yếu", "nội dung trích yếu"),
        *("trích yếu nội dung đến", "trích yếu nội dung đi", "nội dung tóm tắt", "tóm tắt nội dung", "tiêu đề"),
        *("tên loại nội dung trích yếu", "tên trích yếu nội dung", "loại trích yếu nội dung", "trích yếu nd"),
        *("về việc", "v v", "nội dung", "tên"),
    ),
    "issuer": (
        *("cơ quan ban hành", "cơ quan tổ chức ban hành", "tên cơ quan tổ chức ban hành", "tên cơ quan ban hành"),
        *("đơn vị ban hành", "nơi ban hành", "tác giả", "cơ quan gửi", "đơn vị gửi", "nơi gửi", "nơi gửi đến"),
        *("cơ quan gửi đến", "đơn vị gửi đến", "cơ quan đơn vị gửi", "cơ quan phát hành", "nơi phát hành"),
        *("cơ quan ban hành nơi gửi", "cơ quan bh", "cq ban hành", "cqbh", "nguồn gửi"),
    ),
    "place": ("địa danh",),
    "issued": (
        *("ngày ban hành", "ngày tháng ban hành", "ngày tháng năm ban hành", "ngày ký", "ngày tháng năm ký"),
        *(
            "ngày tháng ký",
            "ngày bh",
            "thời gian ban hành",
            "ngày phát hành",
            "ngày đi",
            "ngày tháng đi",
            "ngày tháng năm",
            "ngày tháng",
            "ngày",
        ),
    ),
    "arrival_number": (
        "số đến",
        "số thứ tự đến",
        "số đăng ký đến",
        "số vào sổ",
        "số tiếp nhận",
        "số tt đến",
        "số nhận",
    ),
    "arrived": (
        *("ngày đến", "ngày tháng đến", "ngày tháng năm đến", "ngày giờ đến", "ngày nhận", "ngày tiếp nhận"),
        *("ngày vào sổ", "thời gian đến"),
    ),
    "due": (
        *("hạn xử lý", "hạn giải quyết", "thời hạn giải quyết", "thời hạn xử lý", "hạn hoàn thành"),
        *("thời hạn hoàn thành", "hạn trả lời", "hạn xl", "ngày hết hạn", "thời hạn", "hạn"),
    ),
    "signer": ("người ký", "họ tên người ký", "lãnh đạo ký"),
    "signer_title": ("chức vụ người ký", "chức vụ của người ký", "chức vụ"),
    "recipients": (
        *("nơi nhận", "đơn vị người nhận", "đơn vị cá nhân nhận", "đơn vị nhận", "người nhận", "cơ quan nhận"),
        *("đơn vị xử lý", "đơn vị giải quyết", "đơn vị chủ trì", "người xử lý"),
        *("cơ quan đơn vị nhận", "cá nhân đơn vị nhận", "nơi nhận bản chính", "phòng nhận", "bộ phận xử lý"),
        *("lãnh đạo xử lý", "chuyển đến"),
    ),
    "urgency": ("độ khẩn", "mức độ khẩn", "khẩn"),
    "secrecy": ("độ mật", "mức độ mật", "mật"),
    "grades": ("độ khẩn mật", "độ mật khẩn", "mức độ khẩn mật", "mức độ mật khẩn"),
    "subject_field": ("lĩnh vực",),
    "register": ("sổ", "tên sổ", "sổ đăng ký", "sổ lưu", "loại sổ", "thuộc sổ"),
    "files": (
        *("tệp đính kèm", "file đính kèm", "tệp tin đính kèm", "đính kèm", "tên tệp", "tên file", "tên tệp tin"),
        *("đường dẫn tệp", "đường dẫn file", "đường dẫn", "file scan", "tệp quét", "tệp tin", "tệp", "file", "link"),
        *("tập tin đính kèm", "tập tin", "link file"),
    ),
}

_NUMBERS = frozenset({"number", "figure", "number_and_day", "arrival_number"})
_BOOK = re.compile(r"\s*sổ\b", re.IGNORECASE)
"""The name of the book (`Sổ văn bản`), which without its mark would be `số`."""
_FILLERS = re.compile(r"\b(?:van ban|cong van|tai lieu|vb|cv|va|hoac|cua|so luu|theo)\b")
_PARENTHESES = re.compile(r"\([^)]*\)")
_WORD = re.compile(r"[^\W_]+")
_SAME = {"ki": "ky"}  # ký hiệu, kí hiệu


@dataclass(frozen=True, slots=True)
class Heading:
    """The heading of a table.

    Attributes:
        first: Its first row, counted from 0 in the table.
        rows: How many rows it takes: 1 or 2.
        columns: Field to its column, counted from 0.
        labels: Column to what its heading says.
    """

    first: int
    rows: int
    columns: Mapping[str, int]
    labels: Mapping[int, str]

    @property
    def is_of_register(self) -> bool:
        """Whether the rows beneath are documents: they have a number, their own or that of arrival, and a subject."""
        return "subject" in self.columns and not _NUMBERS.isdisjoint(self.columns)


def find_heading(table: Table, own_names: Mapping[str, str]) -> Heading | None:
    """The heading that names most fields in fewest rows, the first of those; None where the table is not a register.

    Args:
        table: A sheet.
        own_names: Headings that an installation's mapping file names, in plain form, to their fields.
    """
    candidates = [
        heading
        for first in range(min(HEADING_WITHIN, len(table.rows)))
        for rows in (1, 2)
        if first + rows <= len(table.rows) and (heading := _heading(table, first, rows, own_names)).is_of_register
    ]
    # Of a heading of one row and the title right above it no heading of two rows is made.
    return max(candidates, key=lambda heading: (len(heading.columns), -heading.rows), default=None)


def plain(heading: str) -> str:
    """A heading without marks, case, punctuation, parentheses and filler words."""
    heading = _BOOK.sub("sổ sách", heading)
    words = (_SAME.get(word, word) for word in _WORD.findall(fold(_PARENTHESES.sub(" ", heading))))
    return " ".join(_FILLERS.sub(" ", " ".join(words)).split())


_STANDARD = {plain(name): (field, rank) for field, names in NAMES.items() for rank, name in enumerate(names)}
_OWN = -1  # surer than every standard name


def _heading(table: Table, first: int, rows: int, own_names: Mapping[str, str]) -> Heading:
    best: dict[str, tuple[int, int]] = {}
    labels: dict[int, str] = {}
    for column, names in enumerate(_names(table, first, rows)):
        known = next((known for name in names if (known := _field(plain(name), own_names))), None)
        if known is None:
            continue
        field, rank = known
        labels[column] = names[-1]
        best[field] = min(best.get(field, (rank, column)), (rank, column))
    return Heading(first, rows, {field: column for field, (_, column) in best.items()}, labels)


def _field(name: str, own_names: Mapping[str, str]) -> tuple[str, int] | None:
    return (own_names[name], _OWN) if name in own_names else _STANDARD.get(name)


def _names(table: Table, first: int, rows: int) -> Iterator[tuple[str, ...]]:
    """For each column what it may be called, the fullest name first."""
    upper = [text_of(cell) for cell in table.rows[first]]
    if rows == 1:
        yield from ((name,) for name in upper)
        return
    lower = [text_of(cell) for cell in table.rows[first + 1]]
    for above, below in zip(_carried(upper, lower), lower, strict=True):
        if not below or below == above:
            yield (above,)
        else:
            yield (f"{below} {above}", below)


def _carried(upper: Sequence[str], lower: Sequence[str]) -> Iterator[str]:
    """The upper row with each cell also over the empty ones on its right that have something beneath them."""
    last = ""
    for above, below in zip(upper, lower, strict=True):
        last = above or (last if below else "")
        yield last
