"""Document types (tên loại) and the codes that stand for them in a number.

The administrative ones are the 29 of Nghị định 30/2020/NĐ-CP, Điều 7, with the codes of its Phụ lục III; the others are
those of Luật Ban hành văn bản quy phạm pháp luật (64/2025/QH15, Điều 4, and the laws before it) and of consolidated
texts (Pháp lệnh 01/2012/UBTVQH13).
"""

from __future__ import annotations

import re

from analyzers.folding import fold
from analyzers.normalize import canonical
from indexer.metadata.misreadings import key, nearest

LETTER = "Công văn"
"""The one type without a name in its heading and without a code in its number."""

CONSOLIDATED = "Văn bản hợp nhất"
"""Its heading names the type of the text that it consolidates; only its number tells."""

JOINT = "liên tịch"
"""How the types end that several bodies issue and sign."""

_CODES = {
    "NQ": "Nghị quyết",
    "NQLT": "Nghị quyết liên tịch",
    "KL": "Kết luận",
    "QĐ": "Quyết định",
    "CT": "Chỉ thị",
    "QC": "Quy chế",
    "QyĐ": "Quy định",
    "TC": "Thông cáo",
    "TB": "Thông báo",
    "HD": "Hướng dẫn",
    "CTr": "Chương trình",
    "KH": "Kế hoạch",
    "PA": "Phương án",
    "ĐA": "Đề án",
    "DA": "Dự án",
    "BC": "Báo cáo",
    "BB": "Biên bản",
    "TTr": "Tờ trình",
    "HĐ": "Hợp đồng",
    "CĐ": "Công điện",
    "BGN": "Bản ghi nhớ",
    "BTT": "Bản thỏa thuận",
    "GUQ": "Giấy ủy quyền",
    "GM": "Giấy mời",
    "GGT": "Giấy giới thiệu",
    "GNP": "Giấy nghỉ phép",
    "PG": "Phiếu gửi",
    "PC": "Phiếu chuyển",
    "PB": "Phiếu báo",
    "NĐ": "Nghị định",
    "TT": "Thông tư",
    "TTLT": "Thông tư liên tịch",
    "VBHN": CONSOLIDATED,
    "PL": "Pháp lệnh",
}
_NAMES_WITHOUT_CODE = ("Hiến pháp", "Bộ luật", "Luật", "Lệnh", "Thư công", "Sắc lệnh", LETTER)

TYPES = tuple(sorted({*_CODES.values(), *_NAMES_WITHOUT_CODE}, key=len, reverse=True))
"""Every type, longer names first, so that `Thông tư liên tịch` is tried before `Thông tư`."""

_LONGEST_NAME = max(map(len, TYPES)) + 1
_BY_CODE = {code.upper(): name for code, name in _CODES.items()}
# Codes that are also the beginning of an issuer's: 5348/CT-CS is a letter of Cục Thuế. Believed only after a year or
# before one of the bodies that issue such documents.
_AMBIGUOUS = frozenset({"CT", "TC", "HĐ", "CĐ", "DA", "ĐA", "PC", "PA", "PL"})
_SURE_ISSUERS = ("UBND", "TTG", "HĐND", "CTUBND", "CP")
_SYMBOL = re.compile(r"^\d+\w?\s*[/-]\s*(?P<year>\d{4}\s*[/-]\s*)?(?P<code>[^\W\d_]+)(?:[-–/](?P<issuer>[^\W\d_]+))?")
_LETTER_ABBREVIATED = "CV"
_BY_NAME = {name.upper(): name for name in TYPES}
_BY_KEY = {key(name): name for name in TYPES}
_NAMES = frozenset(TYPES)
_FRAME = " .:*_-|'\""


def known_type(said: str) -> str:
    """The type that a source names in its own spelling, without marks, or by its code; or an empty string.

    `QUYẾT ĐỊNH`, `quyet dinh` and `QĐ` are Quyết định; `Quyết định cá biệt` is a kind of its own and none of these.
    """
    words = _words(said)
    return _BY_WORDS.get(words) or (_BY_FOLDED_WORDS.get(words, "") if said.isascii() else "") or _abbreviated(said)


def standard_type(said: str, number: str) -> str:
    """The name under which documents of one type are counted and filtered (facet).

    Sources tell types in many spellings, and some only a piece of one: `tư`, where the number says Thông tư. What is
    none of the known types stays as it was said, for bodies have types of their own.

    Args:
        said: What the record says; empty for nothing, which gives nothing.
        number: Its số, ký hiệu.
    """
    if known := known_type(said):
        return known
    coded = type_of_number(number)
    is_piece = f" {' '.join(_words(said))} " in f" {' '.join(_words(coded))} "
    return coded if said and coded and is_piece else " ".join(said.split())


def type_of_number(number: str) -> str:
    """The type that a number's code stands for, or an empty string.

    `15/2021/QĐ-UBND` is a Quyết định; `102/2025/QH15` may be a law or a resolution.
    """
    symbol = _SYMBOL.match(number)
    if symbol is None:
        return ""
    code, issuer = symbol["code"].upper(), (symbol["issuer"] or "").upper()
    if code in _AMBIGUOUS and not symbol["year"] and not issuer.startswith(_SURE_ISSUERS):
        return ""
    return _BY_CODE.get(code, "")


def type_of_line(line: str) -> str:
    """The type whose name in capitals, perhaps misread, is all that a line of a heading says; or an empty string."""
    name = line.strip(_FRAME)
    if not name.isupper() or len(name) > _LONGEST_NAME:
        return ""
    return _BY_NAME.get(name) or nearest(name, _BY_KEY)


def type_as_written(line: str) -> str:
    """The type whose name in sentence case is all that a line says, as word processors store capitals of a font."""
    name = line.strip(_FRAME)
    return name if name in _NAMES else ""


def type_and_rest(line: str) -> tuple[str, str]:
    """The type that a line in capitals begins with, and what follows: `BIÊN BẢN HỌP`; both empty where none does.

    Names of a single word (`LUẬT`, `LỆNH`) are left out: bodies and subjects begin with them too.
    """
    name = next((name for name in TYPES if " " in name and line.startswith(f"{name.upper()} ")), "")
    return name, line[len(name) :].strip() if name else ""


def _words(name: str) -> tuple[str, ...]:
    return tuple(filter(None, map(canonical, name.split())))


def _abbreviated(said: str) -> str:
    code = said.strip().upper()
    return LETTER if code == _LETTER_ABBREVIATED else _BY_CODE.get(code, "")


_BY_WORDS = {_words(name): name for name in TYPES}
_BY_FOLDED_WORDS = {tuple(map(fold, words)): name for words, name in _BY_WORDS.items()}
