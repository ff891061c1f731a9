"""Names of issuing bodies (cơ quan ban hành), from the capitals of a heading to one spelling that facets can count."""

from __future__ import annotations

import re
from collections.abc import Sequence

from analyzers.normalize import canonical

# How a body's name begins; longer ones first. What follows begins with a capital (Bộ Tài chính), except after those
# of `_COMMON`, where only a place's name does (Ủy ban nhân dân tỉnh Bắc Ninh).
_KINDS = (
    "đoàn đại biểu quốc hội",
    "ủy ban thường vụ quốc hội",
    "ủy ban mặt trận tổ quốc",
    "viện kiểm sát nhân dân",
    "hội đồng nhân dân",
    "hội đồng thẩm phán",
    "ủy ban nhân dân",
    "tòa án nhân dân",
    "chủ tịch nước",
    "bảo hiểm xã hội",
    "kho bạc nhà nước",
    "kiểm toán nhà nước",
    "ngân hàng nhà nước",
    "thủ tướng chính phủ",
    "thanh tra chính phủ",
    "văn phòng chính phủ",
    "văn phòng quốc hội",
    "trung tâm",
    "tổng cục",
    "chi cục",
    "chi nhánh",
    "chính phủ",
    "quốc hội",
    "thanh tra",
    "văn phòng",
    "ban chỉ đạo",
    "ban quản lý",
    "công ty",
    "trường",
    "thuế",
    "cục",
    "viện",
    "phòng",
    "ban",
    "bộ",
    "sở",
    "vụ",
)
_COMMON = frozenset({"hội đồng nhân dân", "ủy ban nhân dân", "tòa án nhân dân", "viện kiểm sát nhân dân"})
_PLACES = frozenset({"tỉnh", "phố", "huyện", "quận", "xã", "phường", "trấn", "khu"})
_PROPER = {
    "việt nam": "Việt Nam",
    "nhà nước": "Nhà nước",
    "chính phủ": "Chính phủ",
    "quốc hội": "Quốc hội",
    "văn hóa thể thao": "Văn hóa, Thể thao",  # the comma stands where the heading breaks its line
}
_ROMAN = re.compile(r"[ivx]+")
_PLACE_OF = re.compile(r"(?:tỉnh|thành phố)\s+\S.*$")
_PROVINCIAL = ("sở", "văn phòng", "thanh tra", "ban quản lý")


def issuer_of_heading(lines: Sequence[str]) -> str:
    """The issuing body in the left column of a heading, or an empty string.

    Args:
        lines: The column's lines, which may be broken anywhere: `ỦY BAN NHÂN`, `DÂN`, `TỈNH BẮC NINH`. With a superior
            body above, the issuer is the last (Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.2).
    """
    bodies = _bodies(lines)
    if not bodies:
        return ""
    issuer, superior = bodies[-1], bodies[-2] if len(bodies) > 1 else ""
    place = _PLACE_OF.search(superior)
    if place and issuer.startswith(_PROVINCIAL) and not _PLACE_OF.search(issuer):
        # Every province has a Sở Nội vụ.
        issuer = f"{issuer} {superior if issuer == 'văn phòng' else place.group()}"
    return display_name(issuer)


def display_name(name: str) -> str:
    """A body's name as sentences write it: `ỦY BAN NHÂN DÂN TỈNH BẮC NINH` → `Ủy ban nhân dân tỉnh Bắc Ninh`."""
    name = " ".join(_canonical_words(name))
    name = name.removeprefix("bộ trưởng ")
    name = re.sub(r"^ubnd\b", "ủy ban nhân dân", re.sub(r"^hđnd\b", "hội đồng nhân dân", name))
    kind = _kind(name)
    words = kind.split()
    capital = kind not in _COMMON
    in_place = False
    for word in name.split()[len(words) :]:
        words.append(_spelled(word, capital or in_place))
        in_place = (in_place or word in _PLACES) and not word.endswith(",")
        capital = word in {"và", "-", "–"} or word.endswith(",")
    joined = " ".join(words)
    for lower, proper in _PROPER.items():
        joined = re.sub(rf"(?<=\s){lower}\b", proper, joined, flags=re.IGNORECASE)
    return joined[:1].upper() + joined[1:]


def _bodies(lines: Sequence[str]) -> list[str]:
    """The bodies that a column names, one above the other, in lower case."""
    bodies: list[str] = []
    for line in lines:
        words = " ".join(_canonical_words(line))
        if not words:
            continue
        starts = bool(_kind(words)) or words.startswith(("ubnd", "hđnd", "đảng bộ", "tỉnh ủy", "liên "))
        if bodies and (not starts or _is_incomplete(bodies[-1])):
            bodies[-1] = f"{bodies[-1]} {words}"
        elif starts or not bodies:
            bodies.append(words)
    return [body for body in bodies if _kind(body) or body.startswith(("ubnd", "hđnd", "đảng bộ", "tỉnh ủy"))]


def _is_incomplete(body: str) -> bool:
    """Whether a body's name goes on in the next line whatever stands there: `ỦY BAN`, `BỘ`, `… TỈNH`, `… VÀ`."""
    if body in _KINDS:
        return body in {"bộ", "sở", "cục", "ban", "vụ", "viện", "trung tâm", "tổng cục", "chi cục", *_COMMON}
    partial = any(kind.startswith(f"{body} ") and " " in kind for kind in _KINDS)
    return partial or body.split()[-1] in {*_PLACES, "và", "-", "thành"}


def _kind(name: str) -> str:
    return next((kind for kind in _KINDS if name == kind or name.startswith(f"{kind} ")), "")


def _canonical_words(name: str) -> list[str]:
    return [canonical(word) for word in name.strip(" *_-.:").split()]


def _spelled(word: str, capital: bool) -> str:
    if _ROMAN.fullmatch(word):
        return word.upper()
    return word.capitalize() if capital and word not in {"và", "thành", *_PLACES} else word
