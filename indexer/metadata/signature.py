"""The signature block (chữ ký): authority, title and name at the end of a document, before any appendix."""

from __future__ import annotations

import re
from dataclasses import dataclass
from itertools import islice, pairwise

from indexer.metadata.issuers import display_name
from indexer.metadata.letters import CAPITAL, CAPITALIZED

# On behalf of a body (TM.), for the head (KT.), by delegation (TL., TUQ.), acting (Q.): Phụ lục I, Phần I, Mục II.7.
_AUTHORITY = r"(?:T[./]?M|K[./]?T|T[./]?L|TUQ|Q)\s*\.?\s*(?=[A-ZĐỦ])"
_TITLES = (
    r"(?:PHÓ\s+)?(?:CHỦ\s+TỊCH|CHỦ\s+NHIỆM|(?:TỔNG\s+)?GIÁM\s+ĐỐC|BỘ\s+TRƯỞNG|(?:TỔNG\s+|CHI\s+)?CỤC\s+TRƯỞNG"
    r"|VỤ\s+TRƯỞNG|VIỆN\s+TRƯỞNG|(?:TRƯỞNG|BÍ\s+THƯ)\s+BAN|TRƯỞNG\s+PHÒNG|HIỆU\s+TRƯỞNG|THỦ\s+TƯỚNG|THỐNG\s+ĐỐC"
    r"|CHÁNH\s+VĂN\s+PHÒNG|CHÁNH\s+THANH\s+TRA|CHÁNH\s+ÁN|TRƯỞNG\s+THUẾ|TỔNG\s+THANH\s+TRA|TỔNG\s+KIỂM\s+TOÁN|BÍ\s+THƯ"
    r"|CHỈ\s+HUY\s+TRƯỞNG|CỤC\s+PHÓ)|THỨ\s+TRƯỞNG"
)
_BLOCK = re.compile(rf"^[ \u00a0]*(?:T[./]?M|K[./]?T|T[./]?L|TUQ|Q|{_TITLES})(?![^\W_])[^\n]{{0,80}}$", re.MULTILINE)
_RANK = r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|GS|PGS|TS|ThS|BS|CKI{1,2}|Luật\s+sư)\.?\s*"
_NAME = re.compile(rf"(?:{_RANK})*([{CAPITAL}][^\W\d_]*(?:\s+[{CAPITAL}][^\W\d_]*){{1,5}})")
_ONE_WORD = re.compile(CAPITALIZED)
_SIGNED = re.compile(r"\W*(?:(?:đã\s+)?k[ýí](?:\s+tên|\s+số)?(?:,?\s+đóng\s+dấu)?\W*)?", re.IGNORECASE)
_OWN_TITLE = re.compile(_TITLES)
_FOR = re.compile(_AUTHORITY)
_RECIPIENTS = re.compile(r"^[ \u00a0]*Nơi nhận\s*:", re.MULTILINE)
_LIST_ITEM = ("-", "+", "–", "•", "Nơi nhận")
_BLOCK_CHARACTERS = 700
_LINES_TO_NAME = 10
_MOST_BLOCKS = 100
_END_OF_BODY = 40


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, and as what."""

    name: str
    title: str


def read_signature(text: str, start: int) -> Signature | None:
    """The signature of a document, or None.

    A text may hold several blocks: of its appendices, and examples in its body. The document's own is the first one
    that follows the list of recipients (nơi nhận) or the sign that ends the body (`./.`); else the first of all.

    Args:
        text: The text, cells separated by tabs.
        start: Where to begin.
    """
    text = text.replace("\t", "\n")
    recipients = _RECIPIENTS.search(text, start)
    first = None
    for block in islice(_BLOCK.finditer(text, start), _MOST_BLOCKS):
        signature = _read_block(text[block.start() : block.start() + _BLOCK_CHARACTERS])
        if signature is None:
            continue
        before = text[max(0, block.start() - _END_OF_BODY) : block.start()].rstrip()
        if before.endswith(("./.", "./")) or (recipients and block.start() > recipients.start()):
            return signature
        first = first or signature
    return first


def _read_block(block: str) -> Signature | None:
    """Capitals (authority, title), then perhaps `(Đã ký)`, then a name that is not all capitals."""
    lines = [line.strip() for line in block.splitlines()]
    # Where a table was read row by row, recipients stand between.
    lines = [line for line in lines if not _SIGNED.fullmatch(line) and not line.startswith(_LIST_ITEM)]
    titles = []
    for line, following in pairwise([*lines[:_LINES_TO_NAME], ""]):
        if line.isupper():
            titles.append(line)
            continue
        # An export may break a name anywhere: `Mai`, `Sơn`.
        broken = " " not in line or _ONE_WORD.fullmatch(following)
        name = (broken and _NAME.fullmatch(f"{line} {following}")) or _NAME.fullmatch(line)
        return Signature(" ".join(name.group(1).split()), _title(titles)) if name and titles else None
    return None


def _title(lines: list[str]) -> str:
    """The signer's own title, which is the last: `KT. CHỦ TỊCH`, `PHÓ CHỦ TỊCH` → `Phó Chủ tịch`."""
    own = [line for line in lines if _OWN_TITLE.match(line)] or [_FOR.sub("", line) for line in lines]
    title = _OWN_TITLE.match(own[-1])
    if title is None:
        return ""
    words = title.group().lower().split()
    # As sentences write it: Phó Chủ tịch, Thứ trưởng.
    shown = f"Phó {' '.join(words[1:]).capitalize()}" if words[0] == "phó" else " ".join(words).capitalize()
    rest = " ".join(own[-1][title.end() :].split())
    if not rest:
        return shown
    return f"{shown} {rest.lower()}" if rest.startswith("THƯỜNG TRỰC") else f"{shown} {display_name(rest)}"
