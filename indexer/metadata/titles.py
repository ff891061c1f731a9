"""Titles of those who sign (chức vụ), and the forms of signing before them (quyền hạn)."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from indexer.metadata.issuers import display_name
from indexer.metadata.misreadings import key, nearest

_TITLES = (
    "Chủ tịch",
    "Chủ nhiệm",
    "Tổng giám đốc",
    "Giám đốc",
    "Bộ trưởng",
    "Thứ trưởng",
    "Tổng cục trưởng",
    "Chi cục trưởng",
    "Cục trưởng",
    "Cục phó",
    "Vụ trưởng",
    "Viện trưởng",
    "Trưởng ban",
    "Trưởng phòng",
    "Trưởng thuế",
    "Trưởng đoàn",
    "Trưởng khoa",
    "Trưởng công an",
    "Tổ trưởng",
    "Đội trưởng",
    "Hạt trưởng",
    "Trạm trưởng",
    "Hiệu trưởng",
    "Chỉ huy trưởng",
    "Kế toán trưởng",
    "Thủ tướng",
    "Thống đốc",
    "Tư lệnh",
    "Chính ủy",
    "Chánh văn phòng",
    "Chánh thanh tra",
    "Chánh án",
    "Tổng thanh tra",
    "Tổng kiểm toán",
    "Tổng thư ký",
    "Tổng biên tập",
    "Tổng Bí thư",
    "Tổng tham mưu trưởng",
    "Tham mưu trưởng",
    "Trưởng trạm",
    "Trưởng chi nhánh",
    "Trưởng văn phòng",
    "Trưởng tiểu ban",
    "Trưởng bộ môn",
    "Trưởng đại diện",
    "Chánh tòa",
    "Thẩm phán",
    "Kiểm sát viên",
    "Chấp hành viên",
    "Chủ tọa",
    "Bí thư",
    "Bí thư ban",
)
_BY_KEY = {key(title): title for title in _TITLES}
_DEPUTY = "pho"
_DEPUTIES = frozenset({_DEPUTY, "thu"})  # phó, thứ trưởng
_OTHERS = frozenset({"thủ trưởng"})  # whoever heads a body: a form's word, but for its mark a thứ trưởng
_WORDS = frozenset(len(title.split()) for title in _TITLES)
# On behalf of a body (TM.), for the head (KT.), by delegation (TL., TUQ.), acting (Q.): Nghị định 30/2020/NĐ-CP,
# Phụ lục I, Phần I, Mục II.7.
_FORM = re.compile(r"(?P<form>T[./]?M|K[./]?T|T[./]?L|T\.?U\.?Q|Q)(?:\s*[.,:]\s*|\s+|$)")
_LETTERS = re.compile(r"[./]")
_ACTING = "Q"
_USUAL = "thuong tr"  # phó … thường trực, whose last letters scans misread


@dataclass(frozen=True, slots=True)
class _Line:
    """One line of a signature as it is meant: form of signing, title, and what the title is of; any may be empty."""

    form: str = ""
    title: str = ""
    of: str = ""


def begins_signature(line: str) -> bool:
    """Whether a line in capitals may be the first of a signature: it has a form of signing, or a title."""
    return bool(_FORM.match(line)) or bool(_title_at(line.split(), 0))


def is_title(line: str) -> bool:
    """Whether a line, in capitals or not, is a title and nothing else: not a name."""
    words = line.split()
    title = _title_at(words, 0)
    return title is not None and title[1] == len(words)


def title_of(lines: Iterable[str]) -> str:
    """The signer's own title, which is the last: `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH` → `Phó Chủ tịch`.

    Where only the form of signing names an office, which is somebody else's, it stays before it: `TL. Bộ trưởng`.
    """
    meant = [_shown(line) for line in _meant(lines)]
    own = [title for form, title in meant if not form] or [f"{form}. {title}" for form, title in meant if title]
    return own[-1] if own else ""


def forms_of(lines: Iterable[str]) -> str:
    """The forms of signing (quyền hạn ký) in order: `TM. ỦY BAN NHÂN DÂN`, `KT. CHỦ TỊCH` → `TM. Ủy ban nhân dân, KT.
    Chủ tịch`; empty where the head signs as himself.
    """
    return ", ".join(f"{form}. {title}".strip() for form, title in map(_shown, _meant(lines)) if form)


def _meant(lines: Iterable[str]) -> list[_Line]:
    """The lines as they are meant: a title broken over two is one, and two titles in one line are two."""
    meant: list[_Line] = []
    pending = ""
    for line in lines:
        text = f"{pending} {line}".strip()
        pending = ""
        if _is_incomplete(text):
            pending = text
        else:
            _add(meant, text)
    return meant


def _add(meant: list[_Line], text: str) -> None:
    form = _FORM.match(text)
    words = text[form.end() if form else 0 :].split()
    title = _title_at(words, 0)
    rest = words[title[1] :] if title else words
    # Within a line only a deputy's title begins another one: `TRƯỞNG BAN NGHIỆP VỤ PHÓ TRƯỞNG BAN`.
    deputies = (at for at in range(1, len(rest)) if key(rest[at]) in _DEPUTIES and _title_at(rest, at))
    second = next(deputies, len(rest))
    of = " ".join(rest[:second])
    if form or title:
        meant.append(_Line(_LETTERS.sub("", form["form"]) if form else "", title[0] if title else "", of))
    elif meant:
        last = meant[-1]
        meant[-1] = _Line(last.form, last.title, f"{last.of} {of}".strip())
    if second < len(rest):
        _add(meant, " ".join(rest[second:]))


def _is_incomplete(text: str) -> bool:
    """Whether a title goes on in the next line: `KT.`, `PHÓ`, `THỨ`, `CHÁNH VĂN`."""
    found = _FORM.match(text)
    words = key(text[found.end() :] if found else text)
    if not words:
        return True
    words = words.removeprefix(f"{_DEPUTY} ")
    is_whole = words in _BY_KEY
    return words == _DEPUTY or (not is_whole and any(title.startswith(f"{words} ") for title in _BY_KEY))


def _title_at(words: list[str], at: int) -> tuple[str, int] | None:
    """The title that begins with a word, and how many words it takes; the longest one counts."""
    is_deputy = at < len(words) and key(words[at]) == _DEPUTY
    begin = at + is_deputy
    for count in sorted(_WORDS, reverse=True):
        if begin + count > len(words):
            continue
        written = " ".join(words[begin : begin + count]).rstrip(".,")
        if written.lower() not in _OTHERS and (title := nearest(written, _BY_KEY)):
            return (f"Phó {title}" if is_deputy else title), count + is_deputy
    return None


def _shown(line: _Line) -> tuple[str, str]:
    """Form and title as sentences write them; an acting officer's form (quyền) is part of his title."""
    of = " ".join(line.of.strip(" ,.").split())
    if key(of).startswith(_USUAL):
        of = "thường trực"
    elif of:
        of = display_name(of) if line.title == "" or " " in of else of.lower()
    title = f"{line.title} {of}".strip()
    if line.form == _ACTING and title:
        return "", f"Quyền {title}"
    return line.form, title
