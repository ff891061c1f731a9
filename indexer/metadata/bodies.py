"""Bodies (cơ quan, đơn vị) as running text names those that are to do something: alone, several, or a whole kind."""

from __future__ import annotations

import re

from indexer.metadata.letters import CAPITAL

# How the name of a body or office begins that can be told to do something.
_NAMED = (
    rf"S[ởỞ](?:,\s+[bB]an|\s+(?=[{CAPITAL}]))",
    rf"B[ộỘ]\s+(?=[{CAPITAL}])",
    r"(?:UBND|HĐND|MTTQ|UBMTTQ|BHXH|VKSND|TAND|Văn\s+phòng|Thanh\s+tra|Ủy\s+ban|Uỷ\s+ban|Hội\s+đồng|Ban(?!\s+hành)|Cục|Chi\s+cục|Tổng\s+cục"
    r"|Vụ|Viện|Trung\s+tâm|Trường(?!\s+hợp)|Học\s+viện|Đại\s+học|Bệnh\s+viện|Phòng(?!,?\s+(?:chống|ngừa|cháy|bệnh|trừ|tránh|họp))|Công\s+an|Quân\s+khu|Bảo\s+hiểm|Kho\s+bạc"
    r"|Ngân\s+hàng|Thuế|Hải\s+quan|Đài|Báo(?!\s+cáo)|Cổng|Hội(?!\s+(?:nghị|thảo|họp|nhập))|Liên\s+đoàn|Liên\s+minh|Liên\s+hiệp|Mặt\s+trận|Tòa\s+án|Toà\s+án|Viện\s+kiểm"
    r"|Kiểm\s+toán|Thông\s+tấn|Tập\s+đoàn|Tổng\s+công\s+ty|Công\s+ty|Tỉnh\s+ủy|Thành\s+ủy|Huyện\s+ủy|Đảng\s+ủy|Đoàn(?!\s+kết)"
    r"|Tổ\s+công\s+tác|Tổ\s+giúp\s+việc|Quỹ|Chủ\s+tịch|Phó\s+Chủ\s+tịch|Giám\s+đốc|Bộ\s+trưởng|Chánh|Cục\s+trưởng"
    r"|Chi\s+cục\s+trưởng|Tổng\s+giám\s+đốc|Hiệu\s+trưởng|Trưởng\s+(?:ban|phòng|Ban|Phòng)|Thống\s+đốc)\b",
)
_KINDS = (
    r"(?:[Cc]ác|[Mm]ột\s+số|[Tt]oàn\s+thể)\s+(?:Bộ|Sở|Ban|Cục|Vụ|UBND|Trường|Phòng|bộ|sở|ban|ngành|cơ\s+quan|đơn\s+vị|địa"
    r"\s+phương|tỉnh|thành\s+phố|huyện|quận|xã|phường|phòng|trường|tổ\s+chức|doanh\s+nghiệp|chủ\s+đầu\s+tư|cục|vụ|hội"
    r"|đoàn\s+thể|tập\s+đoàn|tổng\s+công\s+ty|công\s+ty|ngân\s+hàng|trung\s+tâm|viện|chủ\s+tịch|giám\s+đốc|thành\s+viên)\b",
    r"(?:[Tt]hủ\s+trưởng|[Nn]gười\s+đứng\s+đầu|[Ll]ãnh\s+đạo|[Cc]hủ\s+đầu\s+tư|[Cc]ơ\s+quan|[Đđ]ơn\s+vị|[Đđ]ịa\s+phương|ngành|bộ|sở)\b",
)
NAMED = rf"(?:{'|'.join(_NAMED)})"
"""How a body's own name begins, as a piece of a regular expression."""

HEAD = rf"(?:{'|'.join((*_NAMED, *_KINDS))})"
"""The same, or what a whole kind of them begins with."""

# `các sở, ban, ngành` is one phrase: a kind begins another only with a word like `các`.
_BETWEEN = re.compile(
    rf"\s*(?:[,;]|,?\s+và|,?\s+cùng|,?\s+với)\s+(?={NAMED}|(?:[Cc]ác|[Mm]ột\s+số|[Tt]hủ\s+trưởng|[Cc]hủ\s+đầu\s+tư)\s)"
)
_STARTS = re.compile(HEAD)
_REMARK = re.compile(r"\s*\([^()]*\)")
# Both stand for the same body; documents write either.
_SHORT = ((re.compile(r"\bUBND\b"), "Ủy ban nhân dân"), (re.compile(r"\bHĐND\b"), "Hội đồng nhân dân"))
_OTHER_SPELLING = (("Uỷ ban", "Ủy ban"), ("Toà án", "Tòa án"))
_OF_A_KIND = re.compile(r"(?<=^Các )(?:Bộ|Sở|Ban|Ngành|Cục|Vụ|Cơ|Đơn|Địa)\b")
_NOBODY = frozenset(
    {"Cơ quan", "Đơn vị", "Ngành", "Địa phương", "Giám đốc", "Chủ tịch", "Công ty", "Trường", "Phòng", "Ban"}
)
_LONGEST = 140
# Where a name is over: on what terms, or when, the body is to act. And what no name holds.
_TERMS = re.compile(
    r",?\s(?:theo|trong\s+(?:quá|phạm|thời|khi|tháng|năm|quý)|trên\s+cơ\s+sở|căn\s+cứ|để|khi|sau\s+khi|nếu|trước\s+ngày"
    r"|ngay\s+sau|thường\s+xuyên|tiếp\s+tục|trực\s+tiếp)(?!\w).*$"
)
_NO_NAME = re.compile(
    r"(?<!\w)(?:quyết\s+định|được|giao|đã|phê\s+duyệt|về\s+việc|cho|do|bị|là|mà|này|nêu|bằng|với|từ|ngày|đang|sẽ|không|gặp"
    r"|làm\s+việc|trao\s+đổi|chuyển(?!\s+đổi)|có(?!\s+(?:liên\s+quan|thẩm\s+quyền|chức\s+năng|chuyên\s+môn|tên)))(?!\w)"
)
# In a body's own name few small letters follow each other (Giao thông vận tải), but for these; so many are a sentence.
_IN_NAMES = re.compile(
    r"(?<!\w)(?:nhân dân|thành phố|thị xã|thị trấn|đặc khu|trực thuộc|trung ương|liên quan|cơ quan|đơn vị|địa phương"
    r"|khu vực|chuyên môn|hành chính|tổ chức|doanh nghiệp|quản lý|dự án|đầu tư|xây dựng|phục vụ|phát triển|công nghiệp"
    r"|chỉ đạo|tỉnh|huyện|quận|xã|phường|và|các|ban|ngành|sở|bộ|cấp|thuộc|của|tại|trên|địa bàn|khu|công|hội"
    r"|nhà nước)(?!\w)"
)
_SMALL = rf"(?<!\w)[^\W\d{CAPITAL}][^\W\d]*"
_MANY_SMALL = re.compile(rf"(?:{_SMALL}\s+){{3}}{_SMALL}")
_FIGURES = re.compile(r"(?<!khu vực )(?<!Khu vực )(?<!khu )(?<!số )(?<!Quân khu )(?<![\w.])\d")
_OWN_NAME = re.compile(NAMED)


def read_bodies(written: str) -> tuple[str, ...]:
    """The bodies that a phrase names, each as documents write it in full; none where one of them is no body.

    `UBND các huyện, thành phố và Sở Văn hóa, Thể thao và Du lịch` names two: commas and `và` stand within names too,
    so that a name ends only where another begins.
    """
    phrase = _TERMS.sub("", _REMARK.sub("", " ".join(written.split()))).strip(" ,;:.-–")
    names = [_spelled(name) for name in _BETWEEN.split(phrase)]
    return tuple(dict.fromkeys(names)) if all(map(_is_body, names)) else ()


def _is_body(name: str) -> bool:
    if not _STARTS.match(f"{name} ") or len(name) > _LONGEST or name in _NOBODY or _NO_NAME.search(name):
        return False
    return not _OWN_NAME.match(f"{name} ") or not _says_more(name)


def _says_more(name: str) -> bool:
    """Whether what begins as a body's own name goes on as a sentence: `Trung tâm A chuyển 280 kg ngô về xã`."""
    own = _IN_NAMES.sub("", name)
    return _FIGURES.search(name) is not None or _MANY_SMALL.search(own) is not None


def _spelled(name: str) -> str:
    name = name.strip(" ,;:.-–")
    for pattern, full in _SHORT:
        name = pattern.sub(full, name)
    for old, new in _OTHER_SPELLING:
        name = name.replace(old, new)
    name = name[:1].upper() + name[1:]
    return _OF_A_KIND.sub(lambda word: word.group().lower(), name)
