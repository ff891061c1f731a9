"""What a question says about the date of issue."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from analyzers.folding import fold
from analyzers.tokens import syllable_texts
from search_service.periods import Period, read_periods

TODAY = datetime.date(2025, 11, 24)  # a Monday


def periods(question: str, today: datetime.date = TODAY) -> tuple[Period, ...]:
    return read_periods(syllable_texts(question), today)


def spans(question: str) -> list[tuple[str, str]]:
    return [(period.low.isoformat(), period.high.isoformat()) for period in periods(question)]


WRITTEN = [
    ("quyết định tháng 11/2025", "2025-11-01", "2025-11-30"),
    ("quyết định tháng 11 năm 2025", "2025-11-01", "2025-11-30"),
    ("11-2025", "2025-11-01", "2025-11-30"),
    ("t2/2024", "2024-02-01", "2024-02-29"),
    ("tháng mười một năm 2024", "2024-11-01", "2024-11-30"),
    ("tháng năm năm 2024", "2024-05-01", "2024-05-31"),
    ("ngày 05/8/2021", "2021-08-05", "2021-08-05"),
    ("05.8.2021", "2021-08-05", "2021-08-05"),
    ("2021-08-05", "2021-08-05", "2021-08-05"),
    ("ngày 5/8/21", "2021-08-05", "2021-08-05"),
    ("ngày mùng 5 tháng 8 năm 2021", "2021-08-05", "2021-08-05"),
    ("năm 2024", "2024-01-01", "2024-12-31"),
    ("luật đất đai 2024", "2024-01-01", "2024-12-31"),
    ("quý 3/2025", "2025-07-01", "2025-09-30"),
    ("quý IV năm 2024", "2024-10-01", "2024-12-31"),
    ("đầu năm 2025", "2025-01-01", "2025-04-30"),
    ("cuối tháng 2/2024", "2024-02-21", "2024-02-29"),
    ("6 tháng đầu năm 2025", "2025-01-01", "2025-06-30"),
    ("3 tháng cuối năm 2024", "2024-10-01", "2024-12-31"),
]


@pytest.mark.parametrize(("question", "low", "high"), WRITTEN)
def test_every_way_of_writing_a_date_is_read(question: str, low: str, high: str) -> None:
    assert spans(question) == [(low, high)]


@pytest.mark.parametrize(("question", "low", "high"), WRITTEN)
def test_dates_are_read_without_marks(question: str, low: str, high: str) -> None:
    assert spans(fold(question)) == [(low, high)]


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("từ 1/8/2021 đến 23/8/2021", "2021-08-01", "2021-08-23"),
        ("1/8/2021 - 23/8/2021", "2021-08-01", "2021-08-23"),
        ("từ 1/8 đến 23/8/2021", "2021-08-01", "2021-08-23"),
        ("từ ngày 1 đến 15 tháng 8 năm 2021", "2021-08-01", "2021-08-15"),
        ("từ tháng 3 đến tháng 6 năm 2025", "2025-03-01", "2025-06-30"),
        ("tháng 3 đến 6 năm 2025", "2025-03-01", "2025-06-30"),
        ("tháng 3 và tháng 4/2025", "2025-03-01", "2025-04-30"),
        ("từ quý 1 đến quý 3 năm 2025", "2025-01-01", "2025-09-30"),
        ("từ năm 2021 tới 2024", "2021-01-01", "2024-12-31"),
        ("từ năm 2023 đến nay", "2023-01-01", "2025-11-24"),
        ("từ tháng 3/2025", "2025-03-01", "9999-12-31"),
        ("trước ngày 1/7/2025", "0001-01-01", "2025-06-30"),
        ("sau năm 2020", "2021-01-01", "9999-12-31"),
    ],
)
def test_ranges_take_what_one_end_leaves_out_from_the_other(question: str, low: str, high: str) -> None:
    assert spans(question) == [(low, high)]
    assert periods(question)[0].start == 0
    assert periods(question)[0].end == len(syllable_texts(question))


@pytest.mark.parametrize(
    ("question", "low", "high"),
    [
        ("hôm nay", "2025-11-24", "2025-11-24"),
        ("hom qua", "2025-11-23", "2025-11-23"),
        ("tuần này", "2025-11-24", "2025-11-30"),
        ("tuần trước", "2025-11-17", "2025-11-23"),
        ("tháng này", "2025-11-01", "2025-11-30"),
        ("thang truoc", "2025-10-01", "2025-10-31"),
        ("quý trước", "2025-07-01", "2025-09-30"),
        ("năm nay", "2025-01-01", "2025-12-31"),
        ("nam ngoai", "2024-01-01", "2024-12-31"),
        ("tháng 11 năm ngoái", "2024-11-01", "2024-11-30"),
        ("3 tháng qua", "2025-08-24", "2025-11-24"),
        ("2 tuần gần đây", "2025-11-10", "2025-11-24"),
    ],
)
def test_days_are_counted_from_today(question: str, low: str, high: str) -> None:
    assert spans(question) == [(low, high)]
    assert periods(question)[0].sure


def test_months_counted_back_cross_the_year_and_short_months() -> None:
    (january,) = periods("tháng trước", datetime.date(2025, 1, 31))
    assert (january.low, january.high) == (datetime.date(2024, 12, 1), datetime.date(2024, 12, 31))
    (february,) = periods("1 tháng qua", datetime.date(2025, 3, 31))
    assert february.low == datetime.date(2025, 2, 28)


@pytest.mark.parametrize(
    "question",
    [
        *("15/2021/QĐ-UBND", "36/2025", "qđ 11/2025", "số 11/2025", "12/2025/TT-BTC", "thông tư 10/2024/TT-BTC"),
        *("05-CT/TW", "quyết định số 5 8 2021"),
    ],
)
def test_document_numbers_are_no_dates(question: str) -> None:
    assert spans(question) == []


@pytest.mark.parametrize(
    "question",
    [
        *("kế hoạch giai đoạn 2021-2025", "giai đoạn 2021 đến 2025", "giai đoạn từ 2021 đến 2024", "năm học 2023-2024"),
        *("quy hoạch đến năm 2025", "tầm nhìn đến năm 2050", "chiến lược 2030", "nhiệm kỳ 2021"),
    ],
)
def test_years_of_a_subject_are_no_dates_of_issue(question: str) -> None:
    assert spans(question) == []


@pytest.mark.parametrize(
    "question",
    [
        *("có hiệu lực từ ngày 1/7/2025", "hiệu lực thi hành ngày 1/7/2025", "co hieu luc ke tu ngay 1/7/2025"),
        *("áp dụng từ ngày 1/1/2024", "thời hạn đến ngày 1/7/2025", "kể từ năm 2024", "hết ngày 1/7/2025"),
    ],
)
def test_other_days_are_no_dates_of_issue(question: str) -> None:
    assert spans(question) == []


@pytest.mark.parametrize(
    "question", ["tháng 11", "ngày 5 tháng 8", "quý 3", "ngày 31/2/2021", "0/8/2021", "6 tháng", ""]
)
def test_half_a_date_and_an_impossible_one_are_none(question: str) -> None:
    assert spans(question) == []


def test_a_month_takes_the_one_year_that_stands_elsewhere() -> None:
    month, year = periods("kế hoạch tháng 11 của ubnd tỉnh năm 2024")
    assert (month.low, month.text, month.sure) == (datetime.date(2024, 11, 1), "tháng 11", False)
    assert (year.text, year.sure) == ("năm 2024", False)
    assert [period.text for period in periods("tháng 11 so sánh năm 2023 với năm 2024")] == ["năm 2023", "năm 2024"]


def test_the_end_of_thong_tu_is_no_from() -> None:
    (month,) = periods("thong tu thang 11/2024 ve thue")
    assert (month.high, month.text, month.sure) == (datetime.date(2024, 11, 30), "thang 11 2024", True)
    (months,) = periods("thong tu thang 3 den thang 6 nam 2025")
    assert months.start == 2


def test_a_number_before_a_month_is_no_day() -> None:
    assert spans("quyết định số 15 tháng 8 năm 2021") == [("2021-08-01", "2021-08-31")]


def test_the_end_of_viet_nam_is_no_word_for_year() -> None:
    (period,) = periods("dan so viet nam 2024")
    assert (period.text, period.start) == ("2024", 4)


@pytest.mark.parametrize(
    ("question", "sure"),
    [
        ("tháng 11/2025", True),
        ("ngày 5/8/2021", True),
        ("5/8/2021", True),
        ("quyết định 36 ngày 5/8/2021", True),
        ("11-2025", False),
        ("kế hoạch năm 2024", False),
        ("báo cáo quý 3/2025", False),
        ("đầu năm 2025", False),
        ("trước ngày 1/7/2025", False),
        ("2827/QĐ-BGDĐT ngày 14/10/2025", False),
    ],
)
def test_a_period_is_sure_only_where_it_can_mean_little_else(question: str, sure: bool) -> None:
    assert [period.sure for period in periods(question)] == [sure]


def test_a_period_tells_its_tokens() -> None:
    (period,) = periods("quyết định tháng 11/2025 của ubnd tỉnh")
    assert (period.start, period.end, period.text) == (2, 5, "tháng 11 2025")


WORDS = st.sampled_from(
    [
        *(
            "ngày",
            "tháng",
            "năm",
            "quý",
            "từ",
            "đến",
            "trước",
            "sau",
            "đầu",
            "cuối",
            "nay",
            "qua",
            "này",
            "hôm",
            "tuần",
        ),
        *("và", "số", "qđ", "ubnd", "mùng", "ngay", "thang", "nam", "kế", "hoạch", "giai", "đoạn", "iii", "t11"),
        *("1", "5", "08", "11", "12", "24", "31", "1999", "2021", "2024", "2025"),
    ]
)


@given(st.lists(WORDS, max_size=24))
def test_periods_lie_apart_and_in_order(tokens: list[str]) -> None:
    found = read_periods(tokens, TODAY)
    for period in found:
        assert period.low <= period.high
        assert period.low <= TODAY
        assert period.text == " ".join(tokens[period.start : period.end])
    ends = [0, *(period.end for period in found)]
    assert all(end <= period.start < period.end for end, period in zip(ends, found, strict=False))


@given(st.dates(datetime.date(1945, 9, 2), TODAY))
def test_every_day_is_read_as_officials_write_it(day: datetime.date) -> None:
    # Nghị định 30/2020/NĐ-CP, Phụ lục I: days below 10 and months 1 and 2 have a 0 before them.
    month = f"{day.month:02}" if day.month < 3 else str(day.month)
    for question in (f"ngày {day.day:02} tháng {month} năm {day.year}", f"{day.day}/{day.month}/{day.year}"):
        assert [(period.low, period.high, period.sure) for period in periods(question)] == [(day, day, True)]
