"""The forms in which documents speak of other documents, as regular expressions over normalized text.

Sentences are cut by `BOUNDARY`. What one says is said by a verb (`KINDS`) in one of four places: at its beginning
(`LEADING`), after the document itself as its subject (`OWN`), in what somebody was sent (`RECEIVED`), or after the
documents that it is said of (`EXPIRES`). The others tell which documents it is said of, and of which only a part.
"""

from __future__ import annotations

import re

from engines.relations import RelationKind
from indexer.metadata.references import TYPE_NAMES

QUOTED = re.compile(r"“[^“”]{1,20000}”")
"""What the text puts into another document, or takes out of it: not said by this one."""

QUOTED_LETTER = "\ufdd0"
"""Stands for each letter of a quotation: one of the characters that Unicode keeps free for a program's own use."""

# Where the document proper is over; where its articles begin; the beginning of any of them.
AFTER_BODY = re.compile(r"^[ *_]*(?:Nơi\s+nhận\b|(?:PHỤ\s+LỤC|BIỂU\s+MẪU|MẪU\s+SỐ)\b)", re.MULTILINE)
FIRST_ARTICLE = re.compile(r"^[ #*]*(?:Điều|ĐIỀU)\s+1\b", re.MULTILINE)
ARTICLE = re.compile(r"[ #*]*(?:Điều|ĐIỀU)\s+\d")

_MARK = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]|[a-zđ]{1,2}(?:\.?\d{1,2})?[.)]|[-–+*•]|(?:Điều|ĐIỀU)\s+\d+[a-zđ]?[.:])"
_BEGINS = rf"(?:{_MARK}|Căn\s+cứ|Bãi\s+bỏ|Thay\s+thế|Sửa\s+đổi|Theo\s+đề\s+nghị|Xét|Điều|ĐIỀU|Chương)\s"
# Every alternative begins with one of four characters, which lets the search skip from one to the next.
BOUNDARY = re.compile(
    rf"[.;:][ *]*\n\s*|\n\s*(?={_BEGINS})"
    r"|[.](?:(?<=[^\W\d_][.])|(?<=\d{4}[.]))\s+(?=[A-ZĐ])"
)
_TITLE = r"(?:(?:Hiệu\s+lực|Điều\s+khoản|Tổ\s+chức)\s+(?:thi\s+hành|thực\s+hiện|chuyển\s+tiếp)[^\n.;:]{0,40}\n\s*)?"
_OPENING = rf"[\s#*]*(?P<mark>(?:{_MARK}\s*){{0,2}}){_TITLE}[*]*"

_REPEAL = r"bãi\s+bỏ|h[ủu][ỷy]\s+bỏ|chấm\s+dứt\s+(?:việc\s+)?(?:áp\s+dụng|hiệu\s+lực(?:\s+thi\s+hành)?)"
_REPLACE = r"thay\s+thế"
_AMEND = r"sửa\s+đổi|bổ\s+sung|đính\s+chính|điều\s+chỉnh"
_GUIDE = r"quy\s+định\s+chi\s+tiết|hướng\s+dẫn"
_ANSWER = r"phúc\s+đáp|trả\s+lời"
_IMPLEMENT = r"(?:để\s+)?(?:triển\s+khai\s+)?thực\s+hiện|triển\s+khai|(?:để\s+)?thi\s+hành"
KINDS = (
    (RelationKind.REPEALS, _REPEAL),
    (RelationKind.REPLACES, _REPLACE),
    (RelationKind.AMENDS, _AMEND),
    (RelationKind.GUIDES, _GUIDE),
    (RelationKind.ANSWERS, _ANSWER),
    (RelationKind.IMPLEMENTS, _IMPLEMENT),
    (RelationKind.LEGAL_BASIS, r"căn\s+cứ"),
)
# What a sentence may begin with before it says anything, and how an item of a list begins.
OPENED = re.compile(_OPENING)
LISTED_ITEM = re.compile(rf"[\s#*]*(?:{_MARK}|{TYPE_NAMES}\b)")
_VERB = "|".join(f"(?P<{kind.value}>{verb})" for kind, verb in KINDS)
LEADING = re.compile(rf"{_OPENING}(?:{_VERB})\b", re.IGNORECASE)
OWN = re.compile(
    r"này\s+(?:có\s+hiệu\s+lực(?:(?!được|bị|thì|khi)[^;:\ufdd0]){0,160}?(?:,|\s+và|\s+đồng\s+thời)\s+)?(?:và\s+|sẽ\s+)?"
    rf"(?:{_VERB})\b"
)
RECEIVED = re.compile(
    rf"\bnhận\s+được\s+(?:{_ANSWER}\s+)?(?=(?:các\s+)?(?:công\s+văn|văn\s+bản|phiếu|đơn|thư|báo\s+cáo)\b)",
    re.IGNORECASE,
)
# What must stand before `OWN`, within so many characters: `Thông tư này`, not `Điều này`.
THIS = re.compile(rf"{TYPE_NAMES}\s+$", re.IGNORECASE)
LONGEST_TYPE = 30
EXPIRES = re.compile(r"(?<!đã )(?<!chưa )(?<!khi )(?<!ngày )(?<!hoặc )\bhết\s+hiệu\s+lực\b", re.IGNORECASE)
FROM_THEN_ON = re.compile(
    r"\s*(?:kể\s+)?từ\s+ngày[^;:]{0,120}?(?:hiệu\s+lực(?:\s+thi\s+hành)?)\s*[,:]?\s*(?:thì\s+)?", re.IGNORECASE
)

# Between the verb and a document, or between two documents: words that name a part of it, or all of it.
_PART_NAME = (
    r"(?:(?:điều|khoản|điểm|chương|mục|phần|tiết|đoạn|mẫu|biểu|bảng)\s+(?:số\s+)?(?:(?:[IVX]+|\d+)[a-zđ]?|[a-zđ]|của|thứ)\b"
    r"|các\s+(?:điều|khoản|điểm|chương|mục|mẫu|biểu)\b|phụ\s+lục|danh\s+mục|số\s+thứ\s+tự|cụm\s+từ|từ\s+\ufdd0"
    r"|nội\s+dung|thủ\s+tục|quy\s+định\s+(?:tại|về)|một\s+số\s+(?!văn|thông|nghị|quyết))"
)
PART = re.compile(rf"\b{_PART_NAME}", re.IGNORECASE)
WHOLE = re.compile(
    r"[\s,:*\[]*(?:(?:và\s+)?(?:toàn\s+bộ|các|những|hiệu\s+lực(?:\s+thi\s+hành)?(?:\s+của)?|cho)\s+)*"
    r"(?:(?:quy\s+định|quy\s+chế|điều\s+lệ|nội\s+quy|kế\s+hoạch|chương\s+trình|đề\s+án)\b.*?"
    r"(?:ban\s+hành\s+(?:kèm\s+)?(?:theo|tại)|của)\s+)?"
    rf"(?:{TYPE_NAMES}\s*:\s*)?",
    re.IGNORECASE | re.DOTALL,
)
ITEM = re.compile(
    rf"[\s*\[]*(?:(?:các|những|toàn\s+bộ|một\s+phần)\s+)*(?:{TYPE_NAMES}|{_PART_NAME}|quy\s+định|quy\s+chế|điều\s+lệ|số\s)",
    re.IGNORECASE,
)
# Between two documents: the second is listed beside the first, whole or in part.
LISTED = re.compile(r"(?:[,;]|\bvà|\bhoặc)\s*(?:và\s+|các\s+|toàn\s+bộ\s+)*$", re.IGNORECASE)
LISTED_PART = re.compile(rf"(?:[,;]|\bvà)\s+(?:và\s+|các\s+|những\s+)*{_PART_NAME}[^;]{{0,80}}$", re.IGNORECASE)
# `Thông tư số 1 hướng dẫn Luật Hóa chất và Nghị định số 2`: another type belongs to the subject that names the law.
SUBJECT_GOES_ON = re.compile(r"\b(?:chi\s+tiết|hướng\s+dẫn|thi\s+hành|điều\s+của)\b[^;]*\bvà\s*$", re.IGNORECASE)
# At the end of a sentence: the documents follow as items. Articles follow after `như sau:`.
INTRODUCES = re.compile(r"(?<!như )(?<!nhau )(?:sau(?:\s+đây)?|dưới\s+đây)?\s*:\s*$")
# Of another document than the one that the sentence speaks of.
ELSEWHERE = re.compile(
    r"\b(?:(?<!kèm\s)(?<!hành\s)theo|trừ|ngoài|đồng\s+thời|thì|trường\s+hợp|khi|nếu)\b", re.IGNORECASE
)
# Between a ground and the first number after it: the number is of what amended the ground, which has none.
AMENDED_BY = re.compile(r"\bđược\s+(?:sửa\s+đổi|bổ\s+sung|thay\s+thế)", re.IGNORECASE)
# Another verb of this document's own, between two documents.
SWITCHES = re.compile(
    rf"(?:[,;]|\bvà|đồng\s+thời)\s*(?:và\s+)?(?:(?P<repeals>{_REPEAL})|(?P<replaces>{_REPLACE})|(?P<amends>{_AMEND}))"
    r"\b(?P<gap>[^,;]*)$",
    re.IGNORECASE,
)
CHANGED = re.compile(rf"\b(?:{_REPEAL}|{_REPLACE}|{_AMEND})\b", re.IGNORECASE)
