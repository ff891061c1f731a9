"""The day by which a letter asks for something (thời hạn)."""

import datetime

import pytest

from indexer.metadata.due import read_due

ISSUED = datetime.date(2024, 3, 4)


@pytest.mark.parametrize(
    ("text", "due"),
    [
        ("Đề nghị các sở gửi báo cáo trước ngày 15 tháng 3 năm 2024.", datetime.date(2024, 3, 15)),
        ("Đề nghị góp ý, gửi về Sở trước 17 giờ 00 phút ngày 15/3/2024.", datetime.date(2024, 3, 15)),
        ("Yêu cầu hoàn thành chậm nhất là ngày 15/3.", datetime.date(2024, 3, 15)),
        ("Báo cáo trước ngày 15/3. Quá hạn, trước ngày 15/3, coi như đồng ý.", datetime.date(2024, 3, 15)),
        ("Gửi danh sách trước ngày\n15 tháng\n3.", datetime.date(2024, 3, 15)),
    ],
)
def test_the_day_that_is_asked_for(text: str, due: datetime.date) -> None:
    assert read_due(text, ISSUED) == due


@pytest.mark.parametrize(
    "text",
    [
        "Sở Nội vụ báo cáo trước ngày 15/3/2024; Sở Tài chính trước ngày 20/3/2024.",
        "Gửi báo cáo trước ngày 15 hằng tháng.",
        "Đề nghị rà soát văn bản ban hành trước ngày 01/7/2024.",
        "Gửi báo cáo trước ngày 15/02/2024.",
        "Gửi báo cáo trước ngày 31/02/2025.",
        "Gửi báo cáo trước ngày 15/3/2029.",
        "Trời mưa to trước ngày 15/3/2024.",
        "Đề nghị gửi báo cáo.",
        "",
    ],
)
def test_what_is_not_sure_is_no_day(text: str) -> None:
    assert read_due(text, ISSUED) is None


def test_without_a_date_of_issue_no_day_is_sure() -> None:
    assert read_due("Gửi báo cáo trước ngày 15/3/2024.", None) is None
