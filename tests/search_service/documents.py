"""Small documents made for these tests."""

import datetime
import itertools

from engines.copies import SourceFile
from engines.record import OfficialDocument

HEADING = (
    "ỦY BAN NHÂN DÂN\nTỈNH ĐÔNG BẮC\n-------\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
    "---------------\nSố: {number}\nĐông Bắc, ngày {day} tháng {month} năm {year}\n"
)
CLOSING = "Các sở, ban, ngành và đơn vị có liên quan chịu trách nhiệm thi hành văn bản này.\n"
TYPES = {"Quyết định": "QĐ", "Kế hoạch": "KH", "Báo cáo": "BC", "Thông báo": "TB"}
ISSUERS = ("Ủy ban nhân dân tỉnh Đông Bắc", "Sở Tài chính", "Sở Y tế")
SUBJECTS = (
    "Chuyển đổi số trong cơ quan nhà nước",
    "Phòng cháy, chữa cháy rừng mùa khô",
    "Tuyển dụng viên chức ngành giáo dục",
    "Quản lý, sử dụng tài sản công",
)


def document(number: int, type: str, issuer: str, subject: str) -> OfficialDocument:
    issued = datetime.date(2020, 1, 15) + datetime.timedelta(days=61 * number)
    symbol = f"{number}/{issued.year}/{TYPES[type]}-UBND"
    heading = HEADING.format(number=symbol, day=issued.day, month=issued.month, year=issued.year)
    body = f"{type.upper()}\nVề việc {subject.lower()}\nCăn cứ Luật Tổ chức chính quyền địa phương;\n{CLOSING * 3}"
    second = f"Điều 1. {subject} được thực hiện theo kế hoạch số {number}.\n{CLOSING}"
    return OfficialDocument(
        id=f"doc-{number}",
        number=symbol,
        type=type,
        subject=subject,
        issuer=issuer,
        place="Đông Bắc",
        issued=issued,
        signer="Nguyễn Văn An",
        signer_title="Chủ tịch",
        recipients=("Như Điều 3", "Lưu: VT"),
        text=heading + body + second,
        pages=(0, len(heading + body)),
        source="eoffice",
        files=(SourceFile(path=f"kho/{number}.docx", media_type="application/msword", sha256="0" * 64),),
    )


DOCUMENTS = tuple(
    document(number, type, issuer, subject)
    for number, (type, issuer, subject) in enumerate(itertools.product(TYPES, ISSUERS, SUBJECTS), 1)
)
