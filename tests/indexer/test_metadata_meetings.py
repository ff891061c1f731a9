"""When and where the meeting is that a document invites to."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import OfficialDocument
from indexer.metadata import complete
from indexer.metadata.meetings import Meeting, read_meeting

ISSUED = datetime.date(2023, 8, 1)


def read(text: str, *, type: str = "Giấy mời", subject: str = "", issued: datetime.date | None = ISSUED) -> Meeting:
    meeting = read_meeting(text, type, subject, issued)
    assert meeting is not None
    return meeting


def day(day: int, month: int = 8, year: int = 2023) -> datetime.date:
    return datetime.date(year, month, day)


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Thời gian: 8 giờ 00, ngày 15/8/2023 (thứ Ba)", (day(15), None, "08:00")),
        ("- Thời gian: 14h00' ngày 05 tháng\n9 năm 2023.", (day(5, 9), None, "14:00")),
        ("Thời gian: Bắt đầu từ 7 giờ 30 phút, thứ Tư, ngày 16 tháng 8", (day(16), None, "07:30")),
        ("Thời gian họp: 08:00 ngày 15.8.2023", (day(15), None, "08:00")),
        ("Thời gian: từ 08h00 đến 11h30 ngày 15/8/2023", (day(15), None, "08:00")),
        ("Thời gian: 8 giờ 15, ngày 16/8/2023", (day(16), None, "08:15")),
        ("Thời gian: 2 giờ chiều ngày 16/8", (day(16), None, "14:00")),
        ("Thời gian: ngày 15/8/2023", (day(15), None, "")),
        ("Thời gian: từ ngày 15 đến hết ngày 17/8/2023", (day(15), day(17), "")),
        ("Thời gian: 02 ngày, ngày 15 và 16 tháng 8 năm 2023", (day(15), day(16), "")),
        ("Thời gian: ngày 15-16/8/2023", (day(15), day(16), "")),
        ("Thời gian: Từ 07h30, ngày 31/8/2023 đến 17h00 ngày 02/9/2023", (day(31), day(2, 9), "07:30")),
        ("tổ chức họp vào hồi 14 giờ 00, ngày 22/8/2023", (day(22), None, "14:00")),
        ("Thời gian gửi ý kiến: không. Thời gian: 8h ngày 15/8", (day(15), None, "08:00")),
    ],
)
def test_the_day_and_the_hour(text: str, expected: tuple[datetime.date, datetime.date | None, str]) -> None:
    meeting = read(text)
    assert (meeting.day, meeting.end, meeting.time) == expected


def test_without_a_year_the_next_such_day_is_meant() -> None:
    meeting = read("Thời gian: 8h00 ngày 03/01", issued=datetime.date(2023, 12, 28))
    assert meeting.day == datetime.date(2024, 1, 3)


@pytest.mark.parametrize(
    ("text", "place"),
    [
        ("Địa điểm: Phòng họp số 1, UBND tỉnh", "Phòng họp số 1, UBND tỉnh"),
        ("Địa điểm: Phòng họp số 1,\ntrụ sở UBND tỉnh.\nĐề nghị dự họp.", "Phòng họp số 1, trụ sở UBND tỉnh"),
        ("2. Địa điểm: Hội trường tầng 4\n3. Thành phần: các sở", "Hội trường tầng 4"),
        ("Địa điểm: Hội trường\nTrân trọng kính mời.", "Hội trường"),
        ("Địa điểm họp: số 1 đường Lê Lợi, TP. Vân Bình. Đại biểu tự túc.", "số 1 đường Lê Lợi, TP. Vân Bình"),
        ("Địa điểm: Trực tuyến tại điểm cầu UBND các huyện./.", "Trực tuyến tại điểm cầu UBND các huyện"),
        ("Địa điểm: ……………………", ""),
        ("Đề nghị dự họp.", ""),
    ],
)
def test_the_place(text: str, place: str) -> None:
    assert read(f"Thời gian: 8h00 ngày 15/8/2023.\n{text}").place == place


def test_a_place_without_a_label_follows_the_day() -> None:
    meeting = read("vào hồi 14 giờ 00 ngày 22/8/2023, tại Phòng họp B, trụ sở UBND huyện. Đề nghị dự.")
    assert meeting.place == "Phòng họp B, trụ sở UBND huyện"


@pytest.mark.parametrize(
    ("type", "subject"),
    [
        ("Công văn", "Mời họp triển khai nhiệm vụ"),
        ("Công văn", "V/v mời dự hội nghị"),
        ("Công văn", "Triệu tập kỳ họp"),
    ],
)
def test_a_letter_that_invites(type: str, subject: str) -> None:
    assert read("Thời gian: 8h00 ngày 15/8/2023", type=type, subject=subject).day == day(15)


def test_a_letter_on_a_meeting_has_to_label_day_and_place() -> None:
    subject = "Tổ chức hội nghị tổng kết"
    text = "Thời gian: 8h00 ngày 15/8/2023.\n"
    assert read_meeting(text, "Công văn", subject, ISSUED) is None
    assert read(f"{text}Địa điểm: Hội trường", type="Công văn", subject=subject).place == "Hội trường"


@pytest.mark.parametrize(
    ("text", "type"),
    [
        ("Thời gian: 8h00 ngày 15/8/2023. Địa điểm: Hội trường", "Công văn"),  # invites to nothing
        ("Thời gian: ... giờ ... ngày .../.../2023", "Giấy mời"),
        ("Thời gian: 8h00 ngày 15/7/2023", "Giấy mời"),  # before its date of issue
        ("Thời gian: 8h00 ngày 31/02/2024", "Giấy mời"),
        ("Gửi tài liệu trước ngày 14/8/2023", "Giấy mời"),
        ("", "Giấy mời"),
    ],
)
def test_what_is_not_sure_is_no_meeting(text: str, type: str) -> None:
    assert read_meeting(text, type, "Giải ngân vốn", ISSUED) is None


@given(st.text(alphabet="Thời gian: ngày tháng0123456789/ hg-vàđếnĐịa điểm.\n", max_size=120))
def test_any_text_is_read_and_never_for_a_day_before_issue(text: str) -> None:
    meeting = read_meeting(f"Thời gian: {text}", "Giấy mời", "", ISSUED)
    assert meeting is None or (meeting.day >= ISSUED and (meeting.end is None or meeting.end > meeting.day))


def test_the_record_of_an_invitation_has_its_meeting() -> None:
    text = (
        "ỦY BAN NHÂN DÂN\nTỈNH VÂN SƠN\nCỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc\n"
        "Số: 71/GM-UBND\nVân Sơn, ngày 19 tháng 3 năm 2024\nGIẤY MỜI\nHọp đánh giá tiến độ\n"
        "Kính gửi: Các sở, ban, ngành\n"
        "Thời gian: 14 giờ 00, thứ Sáu, ngày 22 tháng 3 năm 2024. Địa điểm: Phòng họp số 2.\n"
    )
    record = complete(OfficialDocument(id="a", text=text))
    assert (record.meeting, record.meeting_end, record.meeting_time, record.meeting_place) == (
        datetime.date(2024, 3, 22),
        None,
        "14:00",
        "Phòng họp số 2",
    )


def test_what_the_source_says_of_the_meeting_stays() -> None:
    record = OfficialDocument(
        id="a", type="Giấy mời", issued=ISSUED, meeting_place="Phòng A", text="Thời gian: 8h ngày 15/8. Địa điểm: B."
    )
    assert complete(record).meeting_place == "Phòng A"
