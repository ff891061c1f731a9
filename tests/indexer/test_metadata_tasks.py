"""Who a document tells to do what, and by when."""

import datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from engines.record import OfficialDocument
from engines.tasks import Task
from indexer.metadata import complete
from indexer.metadata.bodies import read_bodies
from indexer.metadata.tasks import MAX_TASKS, read_tasks

ISSUED = datetime.date(2023, 8, 1)


def read(text: str, *, type: str = "Công văn", number: str = "1/UBND-VX") -> list[Task]:
    return list(read_tasks(text, type, number, ISSUED))


def only(text: str) -> Task:
    [task] = read(text)
    return task


def day(day: int, month: int, year: int = 2023) -> datetime.date:
    return datetime.date(year, month, day)


@pytest.mark.parametrize(
    ("text", "who", "due"),
    [
        (
            "Giao Sở Tài chính chủ trì, phối hợp với Sở Y tế báo cáo UBND tỉnh trước ngày 15/9/2023.",
            ("Sở Tài chính",),
            day(15, 9),
        ),
        (
            "UBND tỉnh yêu cầu các sở, ban, ngành gửi báo cáo về Sở Nội vụ trước ngày 20 tháng 9 năm 2023.",
            ("Các sở, ban, ngành",),
            day(20, 9),
        ),
        (
            "Để kịp tổng hợp, đề nghị Sở Y tế và UBND các huyện, thành phố rà soát, gửi kết quả chậm nhất ngày 10/9.",
            ("Sở Y tế", "Ủy ban nhân dân các huyện, thành phố"),
            day(10, 9),
        ),
        (
            "3. Về dự án cầu Vân Sơn: Sở Giao thông vận tải khẩn trương hoàn thiện hồ sơ trước ngày 30/9/2023.",
            ("Sở Giao thông vận tải",),
            day(30, 9),
        ),
        ("- Các bộ, cơ quan ngang bộ gửi kết quả rà soát về Bộ Công an trước ngày 15/12/2023.", None, day(15, 12)),
        (
            "2. Sở Văn hóa, Thể thao và Du lịch: Tổ chức tuyên truyền trên địa bàn tỉnh.",
            ("Sở Văn hóa, Thể thao và Du lịch",),
            None,
        ),
        ("Văn phòng UBND tỉnh có trách nhiệm theo dõi, đôn đốc việc thực hiện.", None, None),
        ("Sở Nội\nvụ chủ trì tham mưu\nUBND tỉnh trước ngày\n01/01/2024.", ("Sở Nội vụ",), day(1, 1, 2024)),
    ],
)
def test_who_is_told_and_by_when(text: str, who: tuple[str, ...] | None, due: datetime.date | None) -> None:
    task = only(text)
    assert task.due == due
    assert who is None or task.who == who


def test_what_is_to_be_done_is_the_clause_without_its_body() -> None:
    task = only("Giao Sở Tài chính chủ trì thẩm định dự toán, báo cáo UBND tỉnh.")
    assert task.what == "chủ trì thẩm định dự toán, báo cáo UBND tỉnh"


def test_each_item_under_a_body_is_its_task() -> None:
    text = (
        "1. Sở Tài chính\n- Cân đối kinh phí thực hiện Kế hoạch;\n- Hướng dẫn thanh quyết toán theo quy định.\n"
        "2. Sở Y tế:\n- Chuẩn bị thuốc, vật tư trước ngày 15/9/2023.\n3. Hiệu lực\n- Tổ chức thực hiện từ ngày ký."
    )
    assert [(task.who, task.due) for task in read(text)] == [
        (("Sở Tài chính",), None),
        (("Sở Tài chính",), None),
        (("Sở Y tế",), day(15, 9)),
    ]


def test_a_term_of_its_own_belongs_to_the_task_above_it() -> None:
    task = only("Giao Sở Y tế rà soát toàn bộ danh mục thuốc.\nThời hạn hoàn thành: trước ngày 30/9/2023.")
    assert task.due == day(30, 9)


def test_a_body_that_a_list_is_told_to_has_its_items() -> None:
    text = "Đề nghị Sở Y tế thực hiện các nội dung sau:\n- Rà soát danh mục thuốc.\n- Báo cáo kết quả về UBND tỉnh."
    assert [task.who for task in read(text)] == [("Sở Y tế",)] * 2


def test_two_bodies_in_one_sentence_have_a_day_each() -> None:
    text = "Sở Y tế báo cáo kết quả rà soát trước ngày 15/9/2023; Sở Nội vụ báo cáo biên chế trước ngày 20/9/2023."
    assert [(task.who, task.due) for task in read(text)] == [
        (("Sở Y tế",), day(15, 9)),
        (("Sở Nội vụ",), day(20, 9)),
    ]


@pytest.mark.parametrize(
    "text",
    [
        "Theo đề nghị của Giám đốc Sở Nội vụ tại Tờ trình số 5/TTr-SNV.",
        "Sở Tài chính được giao chủ trì nhiệm vụ này năm 2022.",
        "Giám đốc Sở Nội vụ, Thủ trưởng các đơn vị chịu trách nhiệm thi hành Quyết định này.",
        "Trường hợp hồ sơ đủ điều kiện thì dự thảo văn bản đề nghị UBND tỉnh xem xét cấp giấy chứng nhận.",
        "Đơn vị chủ trì: Sở Tư pháp.",
        "- Như trên;\n- Sở Nội vụ;\n- Lưu: VT.",
        "Kính gửi:\n- Sở Tư pháp;\n- Sở Nội vụ.\nThực hiện Nghị định số 87/2020/NĐ-CP của Chính phủ về sổ hộ tịch.",
        "Các bước phòng, chống dịch được thực hiện trước ngày 15/9/2023.",
        "Quá trình xây dựng Bảng giá phải đảm bảo đúng quy định trước ngày 15/9/2023.",
        "",
    ],
)
def test_what_tells_nobody_is_no_task(text: str) -> None:
    assert read(text) == []


@pytest.mark.parametrize(
    ("type", "number"), [("Nghị định", "5/2023/NĐ-CP"), ("Quyết định", "5/2023/QĐ-UBND"), ("", "")]
)
def test_normative_documents_give_duties_and_no_tasks(type: str, number: str) -> None:
    assert read("1. Sở Tài chính chủ trì thẩm định dự toán hằng năm.", type=type, number=number) == []


@pytest.mark.parametrize(
    "text",
    [
        "Giao Sở Y tế báo cáo UBND tỉnh trước ngày 15/12 hằng năm.",
        "Giao Sở Y tế rà soát các cơ sở được cấp phép trước ngày 15/7/2022.",
        "Giao Sở Y tế rà soát văn bản ban hành trước ngày 15/9/2023.",
        "Giao Sở Y tế báo cáo kết quả trước ngày 31/02/2024.",
    ],
)
def test_a_day_that_nothing_is_due_by(text: str) -> None:
    assert only(text).due is None


def test_spans_point_at_the_passage() -> None:
    text = "Mở đầu.\n1. Giao Sở Y tế rà soát\ndanh mục thuốc.\nKết thúc."
    task = only(text)
    assert text[task.start : task.end] == "1. Giao Sở Y tế rà soát\ndanh mục thuốc."


def test_spans_point_into_the_records_own_text_however_it_is_written() -> None:
    text = "Mở \u200bđầu.\n" + "Giao Sở Y tế rà soát danh mục thuốc hiện có."
    decomposed = text.replace("ế", "e\u0302\u0301")
    [task] = complete(OfficialDocument(id="a", type="Công văn", number="1/UBND-VX", text=decomposed)).tasks
    assert decomposed[task.start : task.end].startswith("Giao Sở Y te\u0302\u0301 rà soát")
    assert decomposed[task.start : task.end].endswith("hiện có.")


def test_a_long_clause_is_cut_between_words() -> None:
    task = only("Giao Sở Y tế rà soát " + "danh mục thuốc " * 100 + ".")
    assert len(task.what) <= 301
    assert task.what.endswith((" thuốc…", " mục…", " danh…"))


def test_a_document_has_no_more_tasks_than_are_kept() -> None:
    assert len(read("Giao Sở Y tế rà soát danh mục thuốc.\n" * (MAX_TASKS + 5))) == MAX_TASKS


@pytest.mark.parametrize(
    ("written", "bodies"),
    [
        ("Sở Tài chính", ("Sở Tài chính",)),
        ("Sở Văn hóa, Thể thao và Du lịch, Sở Y tế", ("Sở Văn hóa, Thể thao và Du lịch", "Sở Y tế")),
        ("UBND các huyện, thị xã và các đơn vị", ("Ủy ban nhân dân các huyện, thị xã", "Các đơn vị")),
        ("Các Sở, ban, ngành", ("Các sở, ban, ngành",)),
        ("Bộ Tài chính theo chức năng, nhiệm vụ", ("Bộ Tài chính",)),
        ("Sở Nội vụ (Ban Thi đua - Khen thưởng)", ("Sở Nội vụ",)),
        ("Uỷ ban nhân dân tỉnh", ("Ủy ban nhân dân tỉnh",)),
        ("đơn vị", ()),
        ("ông Nguyễn Văn A", ()),
        ("Trường hợp khác", ()),
        ("Sở được phân công", ()),
        ("Sở đang", ()),
        ("Đoàn có nhiệm vụ", ()),
        ("Các cơ quan có liên quan", ("Các cơ quan có liên quan",)),
        ("Trung tâm Khuyến nông chuyển 280 kg ngô nếp về xã", ()),
        ("Ngân hàng Nhà nước chi nhánh khu vực 14", ("Ngân hàng Nhà nước chi nhánh khu vực 14",)),
        ("Sở Giao thông vận tải", ("Sở Giao thông vận tải",)),
        ("Ban quản lý dự án đầu tư xây dựng tỉnh", ("Ban quản lý dự án đầu tư xây dựng tỉnh",)),
        ("", ()),
    ],
)
def test_the_bodies_of_a_phrase(written: str, bodies: tuple[str, ...]) -> None:
    assert read_bodies(written) == bodies


@given(st.text(alphabet="Giao Sở Y tế chủ trì, báo cáo trước ngày 15/9.;:\n-1)", max_size=200))
def test_any_text_is_read_and_every_span_lies_in_it(text: str) -> None:
    for task in read(text):
        assert task.who
        assert 0 <= task.start < task.end <= len(text)
