"""The subject (trích yếu nội dung): under the type's name, or after `V/v` in a letter (công văn)."""

from __future__ import annotations

import re

from analyzers.folding import fold
from indexer.metadata.casing import is_capitals
from indexer.metadata.heading import ABOUT, Heading, is_rule
from indexer.metadata.letters import CAPITAL
from indexer.metadata.titles import begins_signature

LONGEST = 1_000
_PREFIX = re.compile(rf"^\(?{ABOUT}[:.]?\s*", re.IGNORECASE)
# How a line begins that is no part of a subject; the second kind may be one when it stands first.
_STOP = re.compile(r"(?:Theo đề nghị|Xét |[IVX]+\.|\d+[.)] |\(?(?:Ban hành k|Kèm theo|kèm theo)|Nơi nhận|Số\s*:)")
_STOP_LATER = re.compile(
    r"(?:Thực hiện |Triển khai |Trả lời |Phúc đáp |Ngày \d|Sau khi |Trong |Trên cơ sở |Nhằm |Để "
    r"|(?:Phần|PHẦN|Mục|MỤC) [IVX1]|(?:Thời gian|Địa điểm|Thành phần|Hôm nay|Vào (?:lúc|hồi)|Bên A|Chúng tôi)\b"
    r"|(?:Thông tư|Nghị định|Quyết định|Nghị quyết|Luật|Pháp lệnh) số \S+ ngày)"
)
# Who decides, in capitals between the subject and the legal grounds.
_TITLE = re.compile(
    r"(?:PHÓ )?(?:CHỦ TỊCH|CHỦ NHIỆM|BỘ TRƯỞNG|(?:TỔNG )?GIÁM ĐỐC|(?:TỔNG |CHI )?CỤC TRƯỞNG|CHÁNH|THỐNG ĐỐC"
    r"|THỦ TƯỚNG|TỔNG THANH TRA|TỔNG KIỂM TOÁN|VIỆN TRƯỞNG|TRƯỞNG BAN|TRƯỞNG PHÒNG|TRƯỞNG THUẾ|HIỆU TRƯỞNG)\b"
)
_BODY_NAME = re.compile(
    r"(?:CHÍNH PHỦ|QUỐC HỘI|[UỦ][ỶY] BAN (?:NHÂN|THƯỜNG)|HỘI ĐỒNG (?:NHÂN|THẨM)|BAN (?:THƯỜNG VỤ|CHẤP HÀNH)|BỘ |UBND )"
)
_BODY_DECIDES = re.compile(r"(?:BỘ CHÍNH TRỊ|BAN BÍ THƯ|CHÍNH PHỦ|QUỐC HỘI|BỘ TRƯỞNG|BAN CHẤP HÀNH)\b")
_LONGEST_NAME = 16  # words
_SPECK = re.compile(r"(?<=[^\W\d_]{2})\.(?=\s[a-zđà-ỹ])")
_EDGES = " *_-–.…;:,'‘’`|~"
# A number broken over two lines: `Thông tư số 18/2025/TT-`, `BTC`.
_BROKEN_NUMBER = re.compile(r"(?<=[\w/]-) (?=[A-ZĐ]{2})")
_NUMBER_BEFORE = re.compile(r"\d\S*[/-]$")
# Under the type's name as before 2010: `QUYẾT ĐỊNH`, `CỦA THỦ TƯỚNG CHÍNH PHỦ`.
_OF_WHOM = re.compile(r"CỦA\s+(?=\S)")
_GOES_ON = re.compile(r"(?:,|;|\b(?:CỦA|VÀ|CHO|DO|TẠI|VỚI|VỀ|THUỘC|GIỮA|BỞI|ĐẠI BIỂU))$", re.IGNORECASE)
# A sentence's end within a line, but for abbreviations such as `TP. `.
_SENTENCE_WITHIN = re.compile(rf"[^\W\d_]{{2}}(?<![{CAPITAL}]{{2}})[.!]\s+(?=[{CAPITAL}])|\d[.!]\s+(?=[{CAPITAL}])")


def read_subject(heading: Heading, *, whole: bool) -> str:
    """The subject in one line, at most 1,000 characters, without `V/v`; empty when there is none.

    Args:
        heading: The heading, with the lines under the type's name.
        whole: Whether those lines end where the body begins; if not, a letter's subject ends at the first gap.
    """
    lines = [line for line in heading.under if line] if heading.is_letter and whole else _first_block(heading.under)
    return _tidy(_subject_lines(_without_body(_without_whose(lines)), heading.issuer))


def _without_whose(lines: list[str]) -> list[str]:
    """The lines without the first if it only says whose document it is, and the subject follows."""
    whose = _OF_WHOM.match(lines[0]) if len(lines) > 1 and lines[0].isupper() else None
    return lines[1:] if whose and _decides(lines[0][whose.end() :]) else lines


def _first_block(lines: tuple[str, ...]) -> list[str]:
    block: list[str] = []
    for line in lines:
        if is_rule(line):
            if block:
                break
            continue
        block.append(line)
    return block


def _without_body(lines: list[str]) -> list[str]:
    """The lines before the paragraph that holds the first sentence: a subject is none.

    Where a body follows without a gap, its first line is the last one in capital that did not have to begin a line:
    the one before had room for its first word.
    """
    if not lines or is_capitals(lines[0]):
        return lines
    end = next((at for at in range(len(lines)) if _ends_sentence(lines, at)), None)
    if end is None:
        return lines
    width = max(map(len, lines))
    begun = [at for at in range(1, end + 1) if lines[at][:1].isupper() and not _GOES_ON.search(lines[at - 1])]
    with_room = [at for at in begun if len(lines[at - 1]) + len(lines[at].split()[0]) < width]
    return lines[: (with_room or begun or [len(lines)])[-1]]


def _ends_sentence(lines: list[str], at: int) -> bool:
    """Whether a sentence ends in a line. A subject's own full stop, with nothing after it, is none."""
    line, following = lines[at], lines[at + 1] if at + 1 < len(lines) else ""
    if at and _SENTENCE_WITHIN.search(line):
        return True
    if line.endswith(":"):
        return at > 0 and not following[:1].islower()
    return at > 0 and bool(following) and line.endswith((".", "!"))


def _subject_lines(lines: list[str], issuer: str) -> list[str]:
    """The lines until the capitals end, if the subject is in capitals, or begin, if it is not."""
    taken: list[str] = []
    for line in lines:
        if _STOP.match(line) or is_rule(line) or (taken and _ends_before(line, taken)):
            break
        taken.append(line)
        if sum(map(len, taken)) > LONGEST:
            break
    return _without_who_decides(taken, issuer) if taken and is_capitals(taken[0]) else taken


def _ends_before(line: str, taken: list[str]) -> bool:
    if not any(map(str.isalpha, line)):
        return False  # years: `2026 - 2030`
    if is_capitals(line) != is_capitals(taken[0]):
        return " " in line  # one word alone is an abbreviation: `GTGT`
    return _STOP_LATER.match(line) is not None and not _GOES_ON.search(taken[-1])


def _without_who_decides(lines: list[str], issuer: str) -> list[str]:
    for at in range(len(lines) - 1, 0, -1):
        name = " ".join(lines[at:])
        if len(name.split()) > _LONGEST_NAME:
            break
        if not _GOES_ON.search(lines[at - 1]) and (_decides(name) or _names_body(name, issuer)):
            return lines[:at]
    return lines


def _decides(name: str) -> bool:
    """Whether capitals begin with the title of who decides, or the name of a body that does."""
    return _TITLE.match(name) is not None or begins_signature(name) or _BODY_DECIDES.match(name) is not None


def _names_body(name: str, issuer: str) -> bool:
    """Whether capitals are the name of a body: the issuer's, or part of it, or one that can only be a name."""
    folded, folded_issuer = fold(name), fold(issuer)
    return bool(issuer and folded_issuer.startswith(folded)) or (
        _BODY_NAME.match(name) is not None and (folded == folded_issuer or not issuer)
    )


def _tidy(lines: list[str]) -> str:
    # A speck of a scan reads as a full stop or quotation mark; no sentence goes on in small letters.
    joined = _SPECK.sub("", " ".join(" ".join(lines).split()).strip(_EDGES))
    joined = _BROKEN_NUMBER.sub(lambda gap: "" if _NUMBER_BEFORE.search(joined[: gap.start()]) else " ", joined)
    subject = _PREFIX.sub("", joined).strip(_EDGES)
    if sum(map(str.isalpha, subject)) < len(subject) / 2:
        return ""  # the dots of a form
    if len(subject) > LONGEST:
        subject = subject[:LONGEST].rsplit(" ", 1)[0]
    return subject[:1].upper() + subject[1:]
