"""The signature block (chữ ký): authority, title and name at the end of a document, before any appendix."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import islice, pairwise

from indexer.metadata.casing import is_capitals
from indexer.metadata.letters import CAPITAL, CAPITALIZED
from indexer.metadata.misreadings import key
from indexer.metadata.signing_rows import MARKS, RECIPIENTS
from indexer.metadata.titles import begins_signature, is_title, title_of

_CAPITALS = re.compile(rf"^[ \u00a0]*[{CAPITAL}][^\n]{{1,90}}$", re.MULTILINE)
_RANK = r"(?:(?:Đại|Thượng|Trung|Thiếu)\s+(?:tướng|tá|úy)|GS|PGS|TS|ThS|BS|CKI{1,2}|Luật\s+sư)\.?\s*"
_NAME_WORD = rf"[{CAPITAL}](?![{CAPITAL}])[^\W\d_]*"
_NAME = re.compile(rf"(?:{_RANK})*({_NAME_WORD}(?:\s+{_NAME_WORD}){{1,5}})")
_ONE_WORD = re.compile(CAPITALIZED)
_SIGNED = re.compile(r"\W*(?:(?:đã\s+)?k[ýí](?:\s+tên|\s+số)?(?:,?\s+đóng\s+dấu)?\W*)?", re.IGNORECASE)
_LIST_ITEM = (*MARKS, "Nơi nhận")
# The surnames (họ) of nearly everybody: in capitals throughout, only they tell a name from a body's.
_SURNAMES = re.compile(
    "an|au|bach|bui|cao|chau|chu|cu|dam|dang|dao|dau|diep|dinh|do|doan|du|duong|giang|giap|ha|han|ho|hoang|hua|huynh"
    "|khong|khuat|kieu|kim|la|lai|lam|le|lo|lu|luong|luu|ly|ma|mac|mai|nghiem|ngo|nguyen|nong|ong|pham|phan|phi|phung"
    "|quach|quan|sung|ta|tang|thach|thai|than|tieu|to|ton|tong|tran|trieu|trinh|truong|tu|uong|van|vi|vo|vu|vuong|xa|y"
)
# What the stamp of a digital signature says, and what a scan makes of a seal's edge.
_STAMP = re.compile(r"(?:Ký bởi|Người ký|Cơ quan|Thời gian ký|Ngày ký|Email|Signature Not)\b")
_SPECKS = 1
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
        text: The text as `signing_rows.foot_apart` gives it.
        start: Where to begin.
    """
    recipients = RECIPIENTS.search(text, start)
    first = None
    for block in islice(_blocks(text, start), _MOST_BLOCKS):
        signature = _read_block(text[block : block + _BLOCK_CHARACTERS])
        if signature is None:
            continue
        before = text[max(0, block - _END_OF_BODY) : block].rstrip()
        if before.endswith(("./.", "./")) or (recipients and block > recipients.start()):
            return signature
        first = first or signature
    return first


def _blocks(text: str, start: int) -> Iterator[int]:
    """Where lines in capitals begin that a signature may begin with."""
    for line in _CAPITALS.finditer(text, start):
        if line.group().isupper() and begins_signature(line.group().strip()):
            yield line.start()


def _read_block(block: str) -> Signature | None:
    """Capitals (authority, title), then perhaps `(Đã ký)`, then a name."""
    lines = [line.strip() for line in block.splitlines()]
    # Where a table was read row by row, recipients stand between.
    lines = [line for line in lines if not _SIGNED.fullmatch(line) and not line.startswith(_LIST_ITEM)]
    lines = [line for line in lines if not _STAMP.match(line) and sum(map(str.isalpha, line)) > _SPECKS]
    titles: list[str] = []
    for line, following in pairwise([*lines[:_LINES_TO_NAME], ""]):
        if is_capitals(line) or is_title(line):
            titles.append(line)
            continue
        # An export may break a name anywhere: `Mai`, `Sơn`.
        broken = " " not in line or _ONE_WORD.fullmatch(following)
        name = (broken and _NAME.fullmatch(f"{line} {following}")) or _NAME.fullmatch(line)
        if name and titles:
            return Signature(" ".join(name.group(1).split()), title_of(titles))
        break
    return _signed_in_capitals(titles)


def _signed_in_capitals(lines: list[str]) -> Signature | None:
    """The block where the name is in capitals like the title above it."""
    at = next((at for at, line in enumerate(lines) if at and _is_name_in_capitals(line)), None)
    return None if at is None else Signature(lines[at].title(), title_of(lines[:at]))


def _is_name_in_capitals(line: str) -> bool:
    words = line.split()
    return (
        line.isupper()
        and 2 <= len(words) <= 5
        and all(word.isalpha() for word in words)
        and _SURNAMES.fullmatch(key(words[0])) is not None
        and not begins_signature(line)
    )
