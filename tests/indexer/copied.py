"""Documents that are copies of each other, or look as if they were."""

import datetime
from typing import Any

from engines.copies import SourceFile
from engines.record import OfficialDocument
from indexer.copies.folding import Member
from indexer.copies.profile import profile_of, told_fields
from indexer.copies.resemblance import folded_syllables
from indexer.metadata import complete

BODY = (
    "Căn cứ Luật Tổ chức chính quyền địa phương và đề nghị của Giám đốc Sở Khoa học và Công nghệ, Ủy ban nhân dân tỉnh "
    "yêu cầu các cơ quan chuyên môn rà soát thủ tục hành chính, hoàn thành việc số hóa hồ sơ lưu trữ, bố trí kinh phí, "
    "phân công người phụ trách, báo cáo kết quả thực hiện và những khó khăn vướng mắc để tổng hợp, giải quyết. "
    "Văn phòng theo dõi, đôn đốc các đơn vị thực hiện nghiêm túc nội dung nêu trên.\n"
)
OTHER_BODY = (
    "Trong mùa khô hanh năm nay, các hạt kiểm lâm tăng cường tuần tra rừng phòng hộ, chuẩn bị phương tiện chữa cháy, "
    "cắt đường băng cản lửa quanh khu dân cư, cấm đốt nương làm rẫy vào giờ cao điểm, trực gác liên tục tại chốt và "
    "thông tin nhanh về trung tâm chỉ huy. Chủ rừng mua sắm dụng cụ, tập huấn lực lượng cơ sở, ký cam kết từng hộ.\n"
)


def text(number: str = "15/QĐ-UBND", day: str = "20", month: str = "11", body: str = BODY, above: str = "") -> str:
    """A decision of 2025 by the committee of an invented province."""
    return (
        f"ỦY BAN NHÂN DÂN\nTỈNH ĐÔNG BẮC\n-------\n{above}CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\n"
        f"Độc lập - Tự do - Hạnh phúc\n---------------\nSố: {number}\nĐông Bắc, ngày {day} tháng {month} năm 2025\n"
        f"QUYẾT ĐỊNH\nVề việc số hóa hồ sơ lưu trữ\n{body}KT. CHỦ TỊCH\nPHÓ CHỦ TỊCH\n\nNguyễn Văn An\n"
    )


BLANK = text("          /QĐ-UBND", day="    ")
"""The same before it was signed."""


def member(id: str, text: str = "", *, scanned: bool = False, media_type: str = "", **fields: Any) -> Member:
    """A document as it goes into the index. `media_type` gives it a file; `issued` may be ISO 8601."""
    if isinstance(fields.get("issued"), str):
        fields["issued"] = datetime.date.fromisoformat(fields["issued"])
    if media_type:
        fields["files"] = (SourceFile(path=f"kho/{id}", media_type=media_type, sha256="0" * 64),)
    given = OfficialDocument(id=id, text=text, **fields)
    record = complete(given)
    return Member(record, profile_of(record, told_fields(given), folded_syllables(record.text), scanned=scanned))


ROW = {"number": "15/QĐ-UBND", "issuer": "UBND tỉnh Đông Bắc", "issued": "2025-11-20"}


def row(id: str, **fields: Any) -> Member:
    """A line of a register, without a file unless `text` is one's."""
    return member(id, **{**ROW, **fields})
