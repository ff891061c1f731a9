"""The signature block (chữ ký): authority, title and name at the end of a document, before any appendix."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import astuple, dataclass
from itertools import islice, pairwise

from indexer.metadata.casing import is_capitals
from indexer.metadata.letters import CAPITAL
from indexer.metadata.names import is_name_in_capitals, name_of
from indexer.metadata.signing_rows import MARKS, RECIPIENTS
from indexer.metadata.titles import begins_signature, forms_of, is_title, title_of

_CAPITALS = re.compile(rf"^[ \u00a0]*[{CAPITAL}][^\n]{{1,90}}$", re.MULTILINE)
_SIGNED = re.compile(r"\W*(?:(?:đã\s*|da\s?)?k[ýíy](?:\s+tên|\s+số)?(?:,?\s+đóng\s+dấu)?\W*)?", re.IGNORECASE)
_LIST_ITEM = (*MARKS, "Nơi nhận")
# What the stamp of a digital signature says, what stands at the top of a page, what a scan makes of a seal's edge.
_STAMP = re.compile(
    r"(?:(?:Ký bởi|Người ký|Cơ quan|Thời gian ký|Ngày ký|Email|Signature Not|Trang \d)\b|CÔNG BÁO/|https?:|www\.)"
)
_SPECKS = 1
_BLOCK_CHARACTERS = 700
_LINES_TO_NAME = 10
_MOST_BLOCKS = 100
_END_OF_BODY = 40


@dataclass(frozen=True, slots=True)
class Signature:
    """Who signed, as what, and in whose stead (`title_of`, `forms_of`); of a joint document (văn bản liên tịch) all
    who did, with commas between.
    """

    name: str
    title: str
    form: str


def read_signature(text: str, start: int, *, joint: bool = False) -> Signature | None:
    """The signature of a document, or None.

    A text may hold several blocks: of its appendices, and examples in its body. The document's own is the first one
    that follows the list of recipients (nơi nhận) or the sign that ends the body (`./.`); else the first of all.

    Args:
        text: The text as `signing_rows.foot_apart` gives it.
        start: Where to begin.
        joint: Whether several bodies signed (văn bản liên tịch), each beside or under the other.
    """
    recipients = RECIPIENTS.search(text, start)
    first = None
    for block, _ in _signatures(text, start):
        before = text[max(0, block - _END_OF_BODY) : block].rstrip()
        if before.endswith(("./.", "./")) or (recipients and block > recipients.start()):
            first = block
            break
        first = block if first is None else first
    if first is None:
        return None
    together = _together(_signatures(text, first))
    return _joined(together) if joint else next(together)


def _together(signatures: Iterable[tuple[int, Signature]]) -> Iterator[Signature]:
    """The signatures as long as each stands close to the one before; one that is read from two lines counts once."""
    before, name = -1, ""
    for block, signature in signatures:
        if before >= 0 and block - before > _BLOCK_CHARACTERS:
            break
        if signature.name != name:
            yield signature
        before, name = block, signature.name


def _joined(signatures: Iterable[Signature]) -> Signature:
    signed = list(signatures)
    return Signature(*(", ".join(filter(None, part)) for part in zip(*map(astuple, signed), strict=True)))


def _signatures(text: str, start: int) -> Iterator[tuple[int, Signature]]:
    """Where each block begins, and what it says."""
    for block in islice(_blocks(text, start), _MOST_BLOCKS):
        if signature := _read_block(text[block : block + _BLOCK_CHARACTERS]):
            yield block, signature


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
        if titles and (name := name_of(line, following)):
            return Signature(name, title_of(titles), forms_of(titles))
        break
    return _signed_in_capitals(titles)


def _signed_in_capitals(lines: list[str]) -> Signature | None:
    """The block where the name is in capitals like the title above it."""
    at = next((at for at, line in enumerate(lines) if at and _is_in_capitals(line)), None)
    return None if at is None else Signature(lines[at].title(), title_of(lines[:at]), forms_of(lines[:at]))


def _is_in_capitals(line: str) -> bool:
    return is_name_in_capitals(line) and not begins_signature(line)
