"""Numbers and subjects of documents named by their ids."""

from bench.titles import Title, titles

LETTER = """BỘ TÀI CHÍNH
CỤC THUẾ
-------
CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM
Độc lập - Tự do - Hạnh phúc
---------------
Số: 5348/CT-CS
V/v chính sách thuế
Hà Nội, ngày 20 tháng 11 năm 2025

Kính gửi: Thuế tỉnh Bắc Ninh
"""


def test_titles_are_read_for_the_documents_asked_for() -> None:
    records = [
        {"id": "a", "number": "1/QĐ", "subject": "Về đất", "text": ""},
        {"id": "b", "number": "2/QĐ", "text": ""},
    ]
    assert titles(records, {"a"}) == {"a": Title("1/QĐ", "Về đất")}


def test_what_a_record_lacks_is_read_from_its_text_as_the_index_has_it() -> None:
    found = titles([{"id": "a", "text": LETTER}], {"a"})["a"]
    assert found.number == "5348/CT-CS"
    assert "chính sách thuế" in found.subject.lower()


def test_a_title_is_written_without_its_missing_part() -> None:
    assert str(Title("1/QĐ", "Về đất")) == "1/QĐ · Về đất"
    assert str(Title("", "Về đất")) == "Về đất"
