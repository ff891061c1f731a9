"""Recipients (nơi nhận): those addressed after `Kính gửi`, then the list at the document's end.

Nghị định 30/2020/NĐ-CP, Phụ lục I, Phần I, Mục II.9: letters, reports and proposals name them in both places, other
documents in the second only.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator

from indexer.metadata.signing_rows import MARKS, RECIPIENTS

_ADDRESSED = re.compile(r"^[ \u00a0]*Kính\s+(?:gửi|gởi)\s*[:;.]?\s*", re.MULTILINE)
_APPENDIX = re.compile(r"^[ *_]*(?:PHỤ LỤC|MẪU SỐ|BIỂU MẪU)\b", re.MULTILINE)
_MARK = re.compile(rf"^[{MARKS}]\s*")
_ARCHIVE = re.compile(r"L[ưu]u\b")
_END = (";", ".", ":", "!")
# What a letter says after its addressees.
_BODY = re.compile(
    r"(?:Thực hiện|Triển khai|Trả lời|Phúc đáp|Căn cứ|Ngày|Theo|Qua|Tiếp theo|Để|Nhằm|Sau khi|Trên cơ sở|Vừa qua"
    r"|Thời gian|Xét|\(|\d)\b|\("
)
_HEADING_SPAN = 6_000
_MOST_CHARACTERS = 6_000
_MOST_ADDRESSED_LINES = 20
_LONGEST = 300
_FEW_WORDS, _LAST_WORDS = 3, 8
_SIGNED = re.compile(r"\W*(?:đã\s+)?k[ýí]\W*", re.IGNORECASE)


def read_recipients(text: str, start: int) -> tuple[str, ...]:
    """Those addressed and those listed, in reading order, without dashes and final punctuation.

    Args:
        text: The text as `signing_rows.foot_apart` gives it.
        start: Where the body begins, which `Kính gửi` opens in a letter.
    """
    addressed = _ADDRESSED.match(text, start) if start < _HEADING_SPAN else None
    named = [] if addressed is None else _addressees(text[addressed.end() : addressed.end() + _MOST_CHARACTERS])
    listed = RECIPIENTS.search(text, start, _appendix(text, start))
    if listed:
        named += _listed(_lines(text[listed.end() : listed.end() + _MOST_CHARACTERS]))
    return tuple(dict.fromkeys(filter(None, map(_tidy, named))))


def _appendix(text: str, start: int) -> int:
    """Where the first appendix begins, whose forms have recipients of their own; the text's end without one."""
    found = _APPENDIX.search(text, start)
    return found.start() if found else len(text)


def _lines(text: str) -> Iterator[str]:
    return (" ".join(line.split()) for line in text.split("\n"))


def _addressees(text: str) -> list[str]:
    """The paragraph after `Kính gửi`, or the list under it: as far as it is sure that the body has not begun."""
    first, *others = list(_lines(text))[:_MOST_ADDRESSED_LINES]
    if first and not _MARK.match(first):
        return _paragraph(first, others)
    items: list[str] = []
    for line in filter(None, [first, *others]):
        if _MARK.match(line):
            items.append(line)
        elif items and not items[-1].endswith(_END) and not _BODY.match(line):
            items[-1] = f"{items[-1]} {line}"
        else:
            break
    return items


def _paragraph(first: str, others: Iterable[str]) -> list[str]:
    taken = [first]
    for line in others:
        if not line or taken[-1].endswith(_END) or _BODY.match(line) or _begins(line):
            break
        taken.append(line)
    return re.split(r";\s+", " ".join(taken))


def _begins(line: str) -> bool:
    """Whether a line in capital begins a paragraph, and is not a name's last words: `thuộc`, `Chính phủ.`."""
    words = len(line.split())
    return line[:1].isupper() and words > (_LAST_WORDS if line.endswith(_END) else _FEW_WORDS)


def _listed(lines: Iterable[str]) -> list[str]:
    """The items of the list, which ends with the copy that is kept (`Lưu: VT`); a signature may stand in between."""
    items: list[str] = []
    for line in filter(None, lines):
        if _MARK.match(line) and not _SIGNED.fullmatch(line):
            items.append(line)
        elif items and (_MARK.fullmatch(items[-1]) or _goes_on(items[-1], line)):
            items[-1] = f"{items[-1]} {line}"
        elif items and _is_last(items[-1], line):
            break
    return items


def _is_last(item: str, line: str) -> bool:
    """Whether what stands under an item is no part of the list, nor of the signature beside it."""
    return _ARCHIVE.match(_MARK.sub("", item)) is not None or (item.endswith(".") and not line.isupper())


def _goes_on(item: str, line: str) -> bool:
    """Whether a line without a dash belongs to the item before it: it goes on in small letters, or adds a remark."""
    if line.startswith("("):
        return not _SIGNED.fullmatch(line)
    if item.endswith(_END) or line.isupper():
        return False
    # In capital only to its end: a signer's name has none, and no name follows the copy that is kept.
    return line[:1].islower() or (line.endswith((";", ".")) and not _ARCHIVE.match(_MARK.sub("", item)))


def _tidy(item: str) -> str:
    name = _MARK.sub("", item).strip(" ;.,:")
    return name if 0 < len(name) <= _LONGEST else ""
