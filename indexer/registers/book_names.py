"""Names of registers (tên sổ) in one short form, the same for equal books: `Sổ văn bản đến 2024, quyển 2`.

A cover (Nghị định 30/2020/NĐ-CP, Phụ lục IV) has the book's name, its year, and the number of the volume, for an office
may fill several a year. What a book is kept for (`đăng ký`, `theo dõi`), its months and its first and last number are
no part of its name here.
"""

from __future__ import annotations

import enum
import functools
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise

from analyzers.folding import fold
from analyzers.normalize import canonical, nfc
from indexer.metadata.casing import sentence_case
from indexer.metadata.issuers import display_name
from indexer.metadata.types import TYPES

_MOST_WORDS = 12
"""A longer line is a sentence about a book."""


class _Role(enum.Enum):
    """What a word, or several that belong together, are in a book's name."""

    BOOK = enum.auto()  # sổ
    PURPOSE = enum.auto()  # what it is kept for
    KIND = enum.auto()  # what it lists
    DIRECTION = enum.auto()
    QUALITY = enum.auto()
    OTHER = enum.auto()


@dataclass(frozen=True, slots=True)
class _Piece:
    role: _Role
    text: str


@dataclass(frozen=True, slots=True)
class _Parts:
    """What a line says of a book.

    Attributes:
        pieces: Its words; what they are in the book's name.
        year: Its year, or two with a dash between; empty where none is said.
        volume: Its volume (quyển); empty where none is said.
    """

    pieces: tuple[_Piece, ...]
    year: str
    volume: str

    @property
    def says_book(self) -> bool:
        """Whether it begins with `sổ`."""
        return self.roles[:1] == (_Role.BOOK,)

    @property
    def roles(self) -> tuple[_Role, ...]:
        """What each of its pieces is."""
        return tuple(piece.role for piece in self.pieces)

    @property
    def content(self) -> tuple[_Piece, ...]:
        """What the book is of: all behind `sổ` and its purposes."""
        first = next((at for at, role in enumerate(self.roles) if role not in _BEFORE_CONTENT), len(self.pieces))
        return self.pieces[first:]

    @property
    def is_name(self) -> bool:
        """Whether it is a name: `Sổ …` of a kind or direction, or just both: `Công văn đến`."""
        content = [piece.role for piece in self.content]
        if self.says_book:
            words = sum(len(piece.text.split()) for piece in self.pieces)
            return content[:1] in ([_Role.KIND], [_Role.DIRECTION]) and words <= _MOST_WORDS
        return self.is_plain and self.roles[:1] == (_Role.KIND,) and _Role.DIRECTION in content

    @property
    def is_plain(self) -> bool:
        """Whether there is no word in it that is not often in such names."""
        return _Role.OTHER not in self.roles


_BEFORE_CONTENT = (_Role.BOOK, _Role.PURPOSE)
_DEFAULT_KIND = "văn bản"
_WORDS: Mapping[_Role, tuple[str, ...]] = {
    _Role.BOOK: ("sổ",),
    _Role.PURPOSE: ("đăng ký", "theo dõi", "quản lý", "cập nhật", "lưu trữ", "ghi chép", "lưu", "ghi", "và"),
    _Role.KIND: (_DEFAULT_KIND, "công văn", "tài liệu", "đơn thư", *(name.lower() for name in TYPES)),
    _Role.DIRECTION: ("đến", "đi"),
    _Role.QUALITY: ("mật", "tối mật", "tuyệt mật", "thường", "nội bộ", "hành chính", "quy phạm pháp luật"),
}
_OF = "của"
"""Before the name of the body whose book it is."""

_SHORT = {"vb": _DEFAULT_KIND, "cv": "công văn", "qđ": "quyết định"}

_YEARS = re.compile(
    r"(?:\bn[ăa]m\W{0,3})?(?<!\d)(?P<value>(?:19|20)\d\d(?:\s*[-–/]\s*(?:19|20)\d\d)?)(?!\d)", re.IGNORECASE
)
_VOLUME = re.compile(r"\bquy[ểe]n\b\W*(?:(?:s[ốo]|th[ứu])\b\W*)?(?P<value>\d{1,3}|[IVX]+)\b", re.IGNORECASE)
_MONTHS = re.compile(r"\b(?:(?:th[áa]ng|T)\W?\d{1,2}|qu[ýy]\s+(?:\d|[IV]+))\b", re.IGNORECASE)
# Forms that nobody filled in: Năm: 20..., Quyển số: ...
_EMPTY = re.compile(r"\b(?:n[ăa]m|quy[ểe]n(?:\s+s[ốo])?)\b\s*(?:[^\w\s]*\s*20\b|[^\w\s]|$)", re.IGNORECASE)
_REACH = re.compile(r"\btừ\s+(?:số|ngày)\b.*", re.IGNORECASE)
_DASH = re.compile(r"\s*[-–/]\s*")
_EDGES = " .,:;-–—_/|()[]…\"'“”*"
_SEPARATORS = re.compile(r"[-_.]+")


@functools.lru_cache(1_024)
def name_as_given(written: str) -> str:
    """The name in a column for it.

    What has no known form is left as it stands; a mere number is no name.
    """
    parts = _read(written)
    if parts.is_name:
        return _written(parts, parts.year, parts.volume)
    return " ".join(written.split()) if any(map(str.isalpha, written)) else ""


def name_in_title(lines: Sequence[str], year: str) -> str:
    """The name in a register's title, which must begin with `sổ`; empty where there is none.

    Args:
        lines: The title's lines from above; the first name counts, and the volume that any of them says.
        year: The book's year where the name is said without one.
    """
    volume = next((parts.volume for parts in map(_read, lines) if parts.volume), "")
    named = next((parts for parts in _titles(lines) if parts.says_book and parts.is_name), None)
    return _written(named, named.year or year, volume) if named else ""


def name_of_sheet(name: str, year: str) -> str:
    """The name of a book that a sheet bears, `sổ` in front or not; empty where it bears another.

    Args:
        name: The sheet's name.
        year: The book's year where the name is said without one.
    """
    parts = _read(name)
    return _written(parts, parts.year or year, parts.volume) if parts.is_name else ""


def name_in_file_name(stem: str, year: str) -> str:
    """The name in a file's name, which must say that it is a book's, and nothing else: `so-van-ban-den-2024`.

    Args:
        stem: The file's name without its ending.
        year: The book's year where the name is said without one.
    """
    parts = _read(_SEPARATORS.sub(" ", stem))
    is_named = parts.says_book and parts.is_name and parts.is_plain
    return _written(parts, parts.year or year, parts.volume) if is_named else ""


def _titles(lines: Sequence[str]) -> Iterator[_Parts]:
    for line, following in pairwise([*lines, ""]):
        parts = _read(line)
        # A cover has room: SỔ ĐĂNG KÝ, and VĂN BẢN ĐẾN beneath it.
        yield parts if parts.content or not parts.says_book else _read(f"{line} {following}")


def _read(line: str) -> _Parts:
    text, volume = _cut(_VOLUME, _REACH.sub(" ", " ".join(nfc(line).split())))
    text, year = _cut(_YEARS, _MONTHS.sub(" ", text))
    words = [bare for word in _EMPTY.sub(" ", text).split() if (bare := word.strip(_EDGES))]
    pieces = tuple(_pieces(words, _UNMARKED if line.isascii() else _MARKED))
    parts = _Parts(pieces, _DASH.sub("-", year), volume.lstrip("0").upper())
    # Without marks `so` is `số` as well, so that only a whole name shows what is meant.
    return parts if parts.is_plain or not line.isascii() else _Parts((), "", "")


def _cut(form: re.Pattern[str], text: str) -> tuple[str, str]:
    """The text without the first of a form, and its value."""
    found = form.search(text)
    return (f"{text[: found.start()]} {text[found.end() :]}", found["value"]) if found else (text, "")


def _pieces(words: Sequence[str], known: Mapping[tuple[str, ...], _Piece]) -> Iterator[_Piece]:
    shown = sentence_case(" ".join(words), "").split()
    keys = [canonical(word) for word in words]
    at = 0
    while at < len(words):
        if keys[at] == _OF:
            yield _Piece(_Role.OTHER, f"{_OF} {display_name(' '.join(words[at + 1 :]))}".strip())
            return
        lengths = range(min(_LONGEST, len(words) - at), 0, -1)
        length = next((length for length in lengths if tuple(keys[at : at + length]) in known), 0)
        yield known[tuple(keys[at : at + length])] if length else _Piece(_Role.OTHER, shown[at])
        at += length or 1


def _written(parts: _Parts, year: str, volume: str) -> str:
    content = parts.content
    kind = [] if content[0].role is _Role.KIND else [_DEFAULT_KIND]  # Sổ đến
    name = " ".join(filter(None, ["Sổ", *kind, *(piece.text for piece in content), year]))
    return f"{name}, quyển {volume}" if volume else name


def _vocabulary() -> dict[tuple[str, ...], _Piece]:
    known = {text: _Piece(role, text) for role, texts in _WORDS.items() for text in texts}
    known |= {short: _Piece(_Role.KIND, text) for short, text in _SHORT.items()}
    return {tuple(map(canonical, text.split())): piece for text, piece in known.items()}


_MARKED = _vocabulary()
_UNMARKED = {tuple(map(fold, words)): piece for words, piece in _MARKED.items()}
_LONGEST = max(map(len, _MARKED))
