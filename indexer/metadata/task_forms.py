"""The forms in which documents tell bodies to do something, as regular expressions.

`PARAGRAPH` cuts a text into clauses; the others are for one clause on one line, its words one space apart.
"""

from __future__ import annotations

import re

from indexer.metadata.bodies import HEAD, NAMED
from indexer.metadata.letters import CAPITAL
from indexer.metadata.relation_forms import BOUNDARY

_LONGEST_WHO = 300

_MARK = r"(?:\d{1,2}(?:\.\d{1,2}){0,3}[.)]?|[a-zđ]{1,2}[.)]|[-–+*•]|[IVX]{1,5}[.)]|(?:Điều|ĐIỀU)\s+\d+[a-zđ]?[.:])"
_VERBS = (
    "có trách nhiệm|chịu trách nhiệm|chủ trì|phối hợp|tham mưu|thực hiện|triển khai|tiếp tục|tăng cường",
    "chỉ đạo|rà soát|nghiên cứu|xây dựng|hướng dẫn|theo dõi|kiểm tra|báo cáo|gửi|hoàn thành|hoàn thiện",
    "tổng hợp|cung cấp|bố trí|đề xuất|ban hành|chuẩn bị|đôn đốc|thường xuyên|khẩn trương|nghiêm túc|tập trung",
    "chủ động|quan tâm|căn cứ|cân đối|thẩm định|xem xét|xử lý|giải quyết|phân công|đẩy mạnh|nâng cao|bảo đảm",
    "đảm bảo|thống kê|cập nhật|công khai|công bố|thông báo|phổ biến|tuyên truyền|giám sát|đánh giá|kịp thời",
    "đăng ký|tiếp nhận|tiếp thu|khắc phục|quán triệt|vận hành|kiện toàn|huy động|duy trì|sớm|nhanh chóng|phải",
    "cần|lồng ghép|ưu tiên|phát huy|chấp hành|kiểm điểm|thành lập|xác định|hỗ trợ|tạo điều kiện|tham gia",
    "cho ý kiến|có ý kiến|có văn bản|góp ý|nộp|trả lời|phản hồi|điều tra|điều chỉnh|làm đầu mối|là cơ quan",
    "là đầu mối|nắm chắc|nắm tình hình|quyết liệt|định kỳ",
    # Syllables that stand in nouns too: quá trình, công lập, bầu cử, các tổ chức.
    "(?<!quá )(?<!công )(?<!ương )(?<!lộ )(?<!quy )(?<!tờ )trình(?! (?:tự|độ))|(?<!công )(?<!độc )lập",
    "(?<!bầu )(?<!đề )(?<!ứng )cử(?! tri)|(?<!các )(?<!, )(?<!và )tổ chức|trực tiếp (?=chỉ|phụ|tổ|kiểm|theo|làm)",
)
ACTION = "(?:{})(?!\\w)".format("|".join(_VERBS).replace(" ", r"\s"))
"""What a body does begins with one of these, in small letters; with a capital they belong to a name (Ban Tổ chức)."""

_STRONG = r"(?:(?:có|chịu)\s+trách\s+nhiệm|chủ\s+trì|làm\s+đầu\s+mối|là\s+(?:cơ\s+quan\s+)?đầu\s+mối)(?!\w)"
_WHO = rf"(?P<who>{HEAD}[^.;:“”\"]{{0,{_LONGEST_WHO}}}?)"
_OPENING = rf"(?:{_MARK}\s*){{0,2}}(?:[{CAPITAL}]{{2,}}[\s,:–-]+){{0,12}}"  # with a heading in capitals above it
DIRECTED = re.compile(
    rf"(?:^{_OPENING}|[:,]\s+|(?:^{_OPENING}|[:,.]\s+){HEAD}[^.;:,]{{0,100}}\s)"
    rf"(?:[Gg]iao|[Yy]êu\s+cầu|[Đđ]ề\s+nghị|[Pp]hân\s+công)(?:\s+cho)?:?\s+{_WHO},?\s+(?P<what>{ACTION}.*)"
)
"""`giao Sở A chủ trì …`, said at the beginning, after a comma or colon, or by whoever issues the document."""

TOLD = re.compile(rf"^{_OPENING}{_WHO},?\s+(?P<what>{ACTION}.*)")
"""`1. Sở A chủ trì …`, `- Các sở … báo cáo … trước ngày …`."""

TOLD_ABOUT = re.compile(rf":\s+{_WHO},?\s+(?P<what>{ACTION}.*)")
"""`2. Về dự án B: Sở A rà soát … trước ngày …`."""

STRONGLY = re.compile(_STRONG)
"""These say without any day that something is to be done."""

LISTED = re.compile(rf"^(?P<mark>{_MARK})\s*{_WHO}\s*(?::\s*(?P<what>.*))?$")
"""`1. Sở A: Chủ trì …`, and `1. Sở A` above a list."""

ITEM = re.compile(rf"^(?:{_MARK}\s*|(?=[{CAPITAL}]))(?P<what>(?i:{ACTION}).*)")
"""An item of that list: `- Chủ trì …`."""

MARKED = re.compile(rf"^{_MARK}")
ACTS = re.compile(ACTION)
TERM = re.compile(
    rf"^(?:{_MARK}\s*)?(?:Thời\s+(?:hạn|gian)(?:\s+\w+){{0,4}}\s*:|Hoàn\s+thành\s+(?=trước|chậm))",
    re.IGNORECASE,
)
"""A clause of its own with the day of the task before it: `Thời hạn hoàn thành: …`."""

GROUNDS = re.compile(
    r"(?:Thực\s+hiện|Căn\s+cứ|Theo|Triển\s+khai)\s+(?:(?:nội\s+dung|ý\s+kiến)[^,.;:]{0,60}\s)?"
    r"(?:Luật|Nghị|Quyết|Kế\s+hoạch|Công\s+văn|Công\s+điện|Chỉ\s+thị|Thông|Văn\s+bản|Kết\s+luận)[^,.;:]{0,40}\ssố\s"
)
"""What a letter stands on, as it begins: `Thực hiện Kế hoạch số 63/KH-SYT …`."""

DASHES = "-–+*•"

CLOSING = re.compile(
    r"chịu\s+trách\s+nhiệm\s+(?:thi\s+hành|thực\s+hiện)\W*$|thi\s+hành\s+(?:Quyết\s+định|Nghị\s+quyết|Kế\s+hoạch|Chỉ\s+thị|Thông\s+báo|văn\s+bản)\s+này|căn\s+cứ\s+(?:Quyết\s+định"
    r"|Nghị\s+quyết)\s+thi\s+hành",
    re.IGNORECASE,
)
"""`… chịu trách nhiệm thi hành Quyết định này` closes every decision."""

YEARLY = re.compile(r"h[ằà]ng\s+(?:năm|quý|tháng|tuần)|mỗi\s+(?:năm|quý|tháng)|định\s+kỳ", re.IGNORECASE)
"""What comes back has no day of its own."""

# Beside the boundaries of sentences: an empty line, a line that begins with a verb in capital (but `Ban / Tổ chức`),
# and within a sentence who else is told something.
_CAPITAL_ACTION = rf"(?=[{CAPITAL}])(?i:{ACTION})"
PARAGRAPH = re.compile(
    rf"{BOUNDARY.pattern}|\n[ \t]*\n\s*|(?<!Ban)(?<!Vụ)(?<!Phòng)(?<!Cục)\s*\n\s*(?={_CAPITAL_ACTION})"
    rf"|;\s+(?=(?:đồng\s+thời\s+)?(?:giao|yêu\s+cầu|đề\s+nghị|phân\s+công)\s|{NAMED}[^;.\n]*\s{ACTION})"
)

TOGETHER = "phối hợp "
"""With whom, before what."""

LABEL = re.compile(r"^(?:chủ\s+trì|phối\s+hợp|thực\s+hiện|trình|báo\s+cáo|tham\s+mưu|gửi)\s*:", re.IGNORECASE)
"""A field of a form and not a sentence: `Đơn vị chủ trì: Sở A`."""

ANNOUNCES = re.compile(r"(?:có\s+trách\s+nhiệm|sau|sau\s+đây|cụ\s+thể|cụ\s+thể\s+như\s+sau)\s*:$")
"""Nothing is told yet: what follows is a list."""
