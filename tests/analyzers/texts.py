"""Texts to try analyzers on: some in the manner of official documents, and strategies of odd ones."""

import unicodedata

from hypothesis import strategies as st

DECISION = """ỦY BAN NHÂN DÂN
TỈNH QUẢNG TRỊ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 15/2021/QĐ-UBND
Quảng Trị, ngày 05 tháng 3 năm 2021
QUYẾT ĐỊNH
Ban hành Quy chế quản lý, vận hành và khai thác hệ thống thông tin giải quyết thủ tục hành chính
Căn cứ Luật Tổ chức chính quyền địa phương ngày 19/6/2015; Luật sửa đổi, bổ sung một số điều ngày 22/11/2019;
Căn cứ Nghị định số 61/2018/NĐ-CP ngày 23 tháng 4 năm 2018 của Chính phủ;
Theo đề nghị của Giám đốc Sở Thông tin và Truyền thông tại Tờ trình số 112/TTr-STTTT.
Điều 1. Ban hành kèm theo Quyết định này Quy chế gồm 05 chương, 21 điều...
Điều 2. Chánh Văn phòng UBND tỉnh; Thủ trưởng các sở, ban, ngành chịu trách nhiệm thi hành ==> báo cáo trước 31.12.2021.
Nơi nhận:
- Như Điều 2;
- Bộ TT&TT (b/c);
- Lưu: VT, KSTT.
TM. ỦY BAN NHÂN DÂN
KT. CHỦ TỊCH
PHÓ CHỦ TỊCH
Nguyễn Văn A"""

LETTER = """Kính gửi: Ông Trần Minh Đức, Tp. Đông Hà, email: duc.tm-01@stttt.quangtri.gov.vn, http://quangtri.gov.vn/van-ban?id=7
Trả lời Công văn số 1234 /UBND-KT ngày 7/8/2020 về việc hỗ trợ 1.250.000,50 đồng (12,5%) cho hộ nghèo năm 2019-2020,
Sở có ý kiến như sau: việc chuyển đổi số, cải cách hành chính và nâng cao chất lượng phục vụ người dân, doanh nghiệp
là nhiệm vụ trọng tâm. Đề nghị ThS. Lê Thị Hoà phối hợp với Mrs. Smith >> hoàn thành trước quý IV -> báo cáo.
“Dịch vụ công trực tuyến” toàn trình đạt 95,7 %; hồ sơ trễ hạn 0,3 %. Trân trọng./."""

CAPITALS = "KẾ HOẠCH CHUYỂN ĐỔI SỐ CỦA CƠ QUAN NHÀ NƯỚC GIAI ĐOẠN 2021-2025, ĐỊNH HƯỚNG ĐẾN NĂM 2030"
UNMARKED = "ke hoach chuyen doi so cua co quan nha nuoc giai doan 2021 2025"

TEXTS = (DECISION, LETTER, CAPITALS, UNMARKED, DECISION.replace("\n", " "), DECISION.lower(), LETTER.upper())

_PIECES = (
    *"aàâầẩăbcdđeêghiklmnoôơpqrstuưvxyỳAĐỦQNTĐÐđ",
    *"0123456789",
    *" \n\t\u00a0\u2003.,;:!?-/&_()%=>+@#“”…–",
    *"\u0300\u0301\u0303\u0309\u0323\u0302\u031b\u0306",
    *("...", "==>", "->", ">>", "://", "http://", "Tp.", "Mr.", "ThS.", "TP.", "a.b@c.vn", "@c.d", "1.234,5"),
    *("ủy ban", "Ủy Ban", "nhân dân", "NHÂN DÂN", "chuyển đổi số", "Quyết định", "xã hội", "chủ nghĩa", "hoà", "kĩ"),
    *("15/2021/QĐ-UBND", "84 /QĐ-TTg", "ngày 05 tháng 3 năm 2024", "05/03/2024", "31/02/2024", "TT&TT", "QĐ- UBND"),
    *("²", "½", "①", "Ⅳ", "ǅ", "ß", "İ", "́", "한", "의", "国", "ำ", "\u0958", "\x00", "\u0660"),
)
ODD_TEXTS = st.lists(st.sampled_from(_PIECES), max_size=40).map("".join)
"""Texts that provoke segmentation: everything its patterns and rules know, side by side."""

_INVISIBLE = st.sampled_from(["", "", "", "\u00ad", "\u200b", "\ufeff", "\u200d"])
WITH_INVISIBLE = st.lists(st.tuples(st.sampled_from(_PIECES), _INVISIBLE), max_size=30).map(
    lambda pairs: "".join(piece + invisible for piece, invisible in pairs)
)
ANY_TEXT = st.text(st.characters(exclude_categories=["Cs"]), max_size=60)
MANY_TEXTS = st.one_of(ODD_TEXTS, WITH_INVISIBLE, ANY_TEXT)


def decomposed(text: str) -> str:
    return unicodedata.normalize("NFD", text)
