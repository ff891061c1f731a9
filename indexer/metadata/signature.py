"""The signature block (chữ ký): authority, title and name at the end of a document, before any appendix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import pairwise

from indexer.metadata.letters import CAPITAL, CAPITALIZED

# On behalf of a body (TM.), for the head (KT.), by delegation (TL., TUQ.), acting (Q.): Phụ lục I, Phần I, Mục II.7.
_AUTHORITY = r"(?:TM|KT|TL|TUQ|Q)\s*\."
_TITLES = (
    r"(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|CHỦ\s+NHIỆM|GIÁM\s+ĐỐC|TỔNG\s+GIÁM\s+ĐỐC|BỘ\s+TRƯỞNG|TỔNG\s+CỤC\s+TRƯỞNG|CHI\s+CỤC\s+TRƯỞNG"
    r"|CỤC\s+TRƯỞNG|VỤ\s+TRƯỞNG|VIỆN\s+TRƯỞNG|TRƯỞNG\s+BAN|TRƯỞNG\s+PHÒNG|HIỆU\s+TRƯỞNG|THỦ\s+TƯỚNG|THỐNG\s+ĐỐC|CHÁNH\s+VĂN\s+PHÒNG"
    r"|CHÁNH\s+THANH\s+TRA|CHÁNH\s+ÁN|TRƯỞNG\s+THUẾ|TỔNG\s+THANH\s+TRA|TỔNG\s+KIỂM\s+TOÁN)|THỨ\s+TRƯỞNG"
)
_BLOCK = re.compile(rf"^[ \t]*(?:{_AUTHORITY}[^\n]*|{_TITLES}[^\n]{{0,60}})$", re.MULTILINE)
_DEGREE = r"(?:(?:GS|PGS|TS|ThS|BS|CKI|CKII|Thượng tướng|Đại tướng|Trung tướng|Thiếu tướng|Đại tá|Thượng tá)\.?\s*)*"
_NAME = re.compile(rf"^{_DEGREE}([{CAPITAL}][^\W\d_]*(?:\s+[{CAPITAL}][^\W\d_]*){{1,5}})$")
_ONE_WORD = re.compile(CAPITALIZED)
_SIGNED = re.compile(r"^\(?\s*(?:đã\s+k[ýí]|ký\s+tên).*$|^[\s_\-–.*]*$", re.IGNORECASE)
_TITLE_LINE = re.compile(rf"^{_TITLES}")
_LINES_TO_NAME = 8


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and as what."""

    name: str
    title: str


def read_signature(text: str, start: int) -> Signature | None:
    """The first signature block after the heading, or None."""
    for block in _BLOCK.finditer(text, start):
        lines = text[block.start() : block.start() + 600].splitlines()[: _LINES_TO_NAME + 1]
        if signature := _read_block([line.strip() for line in lines]):
            return signature
    return None


def _read_block(lines: list[str]) -> Signature | None:
    """Capitals (authority, title), then perhaps `(Đã ký)`, then a name that is not all capitals."""
    titles = []
    for line, following in pairwise([*lines, ""]):
        if _SIGNED.match(line):
            continue
        if line.isupper():
            titles.append(line)
            continue
        # An export may break a name anywhere: `Mai`, `Sơn`.
        broken = " " not in line or _ONE_WORD.fullmatch(following)
        name = (broken and _NAME.match(f"{line} {following}")) or _NAME.match(line)
        return Signature(" ".join(name.group(1).split()), _title(titles)) if name and titles else None
    return None


def _title(lines: list[str]) -> str:
    """The signer's own title, which is the last: `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH` → `Phó Chủ tịch`."""
    own = next((line for line in reversed(lines) if _TITLE_LINE.match(line)), "")
    words = own.lower().split()
    if words[:1] == ["phó"]:
        return (
            " ".join(["Phó", *words[1:2], *words[2:]]).replace(words[1], words[1].capitalize(), 1)
            if words[1:]
            else "Phó"
        )
    return " ".join(words).capitalize()
