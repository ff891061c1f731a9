"""Names of persons (họ và tên) as a signature shows them: after a rank, in capitals, torn apart or run together."""

from __future__ import annotations

import re

from indexer.metadata.letters import CAPITAL, CAPITALIZED
from indexer.metadata.misreadings import is_syllable, key

_RANK = (
    r"(?:(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|(?:Phó\s+|Chuẩn\s+)?[Đđ]ô\s+đốc|[Đđ]ồng\s+chí"
    r"|GS|PGS|TS|ThS|Ths|BS|BSCKI{1,2}|CKI{1,2}|TTƯT|TTND|NGƯT|NGND|Luật\s+sư)\.?|(?:KS|CN|LS)\.)\s*"
)
_NAME_WORD = rf"[{CAPITAL}](?:['’][{CAPITAL}]?[^\W\d_]+|[^\W\d_{CAPITAL}]*)"
_NAME = re.compile(rf"(?:{_RANK})*({_NAME_WORD}(?:\s+{_NAME_WORD}){{1,5}})")
_ONE_WORD = re.compile(CAPITALIZED)
# The surnames (họ) of nearly everybody: in capitals throughout, only they tell a name from a body's.
_SURNAMES = re.compile(
    "an|au|bach|bui|cam|cao|chau|chu|cu|dam|dang|dao|dau|diep|dinh|do|doan|du|duong|giang|giap|ha|han|ho|hoang|hua|huynh"
    "|khong|khuat|kieu|kim|la|lai|lam|le|lo|lu|luong|luu|ly|ma|mac|mai|nghiem|ngo|nguyen|nong|ong|pham|phan|phi|phung"
    "|quach|quan|sung|ta|tang|thach|thai|than|tieu|to|ton|tong|tran|trieu|trinh|truong|tu|uong|van|vi|vo|vu|vuong|xa|y"
)
_RUN_TOGETHER = re.compile(rf"(?<=[^\W\d_])(?<![{CAPITAL}])(?=[{CAPITAL}])")
_TORN = re.compile(rf"(?<=[^\W\d_]) (?=[^\W\d_{CAPITAL}]+\b)")
_LONGEST = 40
_WORDS = range(2, 6)


def name_of(line: str, following: str) -> str:
    """The name that a line holds and nothing else but ranks before it, or an empty string.

    Args:
        line: The line.
        following: The line after it: an export may break a name anywhere, `Mai` and `Sơn`.
    """
    broken = " " not in line or _ONE_WORD.fullmatch(following)
    found = (broken and _NAME.fullmatch(f"{line} {following}")) or _NAME.fullmatch(line) or _repaired(line)
    return " ".join(found.group(1).split()) if found else ""


def is_name(line: str) -> bool:
    """Whether a line is a name with a usual surname: not a place or a body, which are capitalized as well."""
    found = _NAME.fullmatch(line)
    return found is not None and _has_surname(found.group(1))


def is_name_in_capitals(line: str) -> bool:
    """The same of a line in capitals: `NGUYỄN VĂN AN`."""
    words = line.split()
    return line.isupper() and len(words) in _WORDS and all(map(str.isalpha, words)) and _has_surname(line)


def _has_surname(name: str) -> bool:
    return _SURNAMES.fullmatch(key(name.split()[0])) is not None


def _repaired(line: str) -> re.Match[str] | None:
    """The name in a line whose words a scan ran together or tore apart: `Lê TrườngSơn`, `Nguyễ n Bắc Hải`."""
    if len(line) > _LONGEST:
        return None
    found = _NAME.fullmatch(_TORN.sub("", _RUN_TOGETHER.sub(" ", line)))
    return found if found and all(map(is_syllable, found.group(1).split())) else None
