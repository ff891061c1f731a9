"""Digital signatures, meetings and tasks: filtered by, counted and shown."""

import datetime
from urllib.parse import quote

import pytest
from flask.testing import FlaskClient
from selectolax.lexbor import LexborHTMLParser

from engines.record import OfficialDocument
from engines.signatures import LaterChanges, Signature, SignatureStatus, SignatureTrust
from engines.tasks import Task
from search_service.app import create_app
from search_service.facts import signature_fact
from search_service.highlights import Mark
from search_service.marking import page_pieces
from tests.search_service.indexes import MakeService

SIGNED_AT = datetime.datetime(2024, 3, 12, 1, 15, tzinfo=datetime.UTC)
TEXT = "Kế hoạch tiêm chủng.\nGiao Sở Y tế chuẩn bị thuốc trước ngày 15/9/2023.\nGiao Sở Tài chính cân đối."


def day(text: str) -> datetime.date:
    return datetime.date.fromisoformat(text)


def signature(status: SignatureStatus, **details: object) -> Signature:
    return Signature(signer="Nguyễn Quỳnh Trang", body="Ủy ban nhân dân tỉnh Vân Sơn", status=status, **details)  # type: ignore[arg-type]


def task(who: str, passage: str, due: str | None = None) -> Task:
    start = TEXT.index(passage)
    return Task(who=(who,), what=passage, due=day(due) if due else None, start=start, end=start + len(passage))


DOCUMENTS = (
    OfficialDocument(
        id="plan",
        type="Kế hoạch",
        text=TEXT,
        due=day("2023-12-01"),
        tasks=(task("Sở Y tế", "Giao Sở Y tế", "2023-09-15"), task("Sở Tài chính", "Giao Sở Tài chính")),
        signatures=(signature(SignatureStatus.INTACT, signed_at=SIGNED_AT, trust=SignatureTrust.TRUSTED),),
    ),
    OfficialDocument(
        id="invitation",
        type="Giấy mời",
        text="Mời họp tiêm chủng",
        meeting=day("2023-08-15"),
        meeting_end=day("2023-08-17"),
        meeting_time="08:00",
        meeting_place="Phòng họp số 1",
        signatures=(signature(SignatureStatus.BROKEN),),
    ),
    OfficialDocument(id="meeting", type="Giấy mời", text="Mời họp giao ban", meeting=day("2023-09-01")),
    OfficialDocument(id="other", text="Báo cáo tiêm chủng"),
)


@pytest.fixture(scope="module")
def client(make_service: MakeService) -> FlaskClient:
    return create_app(make_service(DOCUMENTS)).test_client()


def ids(client: FlaskClient, query: str) -> set[str]:
    response = client.get(f"/api/v1/search?{query}")
    assert response.status_code == 200, response.text
    return {hit["id"] for hit in response.json["hits"]}


def page(client: FlaskClient, path: str) -> LexborHTMLParser:
    return LexborHTMLParser(client.get(path).text)


@pytest.mark.parametrize(
    ("query", "found"),
    [
        ("signed=intact", {"plan"}),
        ("signed=intact&signed=broken", {"plan", "invitation"}),
        ("signed=unreadable", set()),
        (f"signed_by={quote('Nguyễn Quỳnh Trang')}&signed=broken", {"invitation"}),
        (f"signed_by={quote('Ủy ban nhân dân tỉnh Vân Sơn')}", {"plan", "invitation"}),
        (f"assignee={quote('Sở Y tế')}", {"plan"}),
        (f"assignee={quote('Sở Nội vụ')}", set()),
        ("due_from=2023-09-15&due_to=2023-09-15", {"plan"}),  # a task's
        ("due_from=2023-11-30", {"plan"}),  # the document's own
        ("due_from=2023-09-16&due_to=2023-11-30", set()),  # between the two
        ("meeting_from=2023-08-01&meeting_to=2023-08-31", {"invitation"}),
        ("meeting_from=2023-08-16&meeting_to=2023-08-16", {"invitation"}),  # its second day
        ("meeting_from=2023-08-18&meeting_to=2023-08-31", set()),
        ("meeting_to=2023-08-14", set()),
        ("meeting_from=2023-08-17", {"invitation", "meeting"}),
        (f"q={quote('nguyễn quỳnh trang')}", {"plan", "invitation"}),
        (f"q={quote('nguyen quynh trang')}", {"plan", "invitation"}),
    ],
)
def test_filters_and_the_question_find(client: FlaskClient, query: str, found: set[str]) -> None:
    assert ids(client, query) == found


@pytest.mark.parametrize(
    ("query", "name", "allowed"),
    [
        ("signed=valid", "signed", "intact, intact_partly, broken, unreadable"),
        ("due_from=mai", "due_from", "YYYY-MM-DD"),
        ("meeting_from=2023-09-01&meeting_to=2023-08-01", "meeting_from", "meeting_to"),
    ],
)
def test_a_wrong_filter_is_told(client: FlaskClient, query: str, name: str, allowed: str) -> None:
    [error] = client.get(f"/api/v1/search?{query}").json["errors"]
    assert error["parameter"] == name
    assert allowed in error["allowed"]


def test_assignees_and_signatures_are_counted(client: FlaskClient) -> None:
    facets = client.get("/api/v1/search?q=").json["facets"]
    assert facets["assignee"] == [{"value": "Sở Tài chính", "count": 1}, {"value": "Sở Y tế", "count": 1}]
    assert {value["value"] for value in facets["signed"]} == {"intact", "broken"}


def test_a_hit_has_its_meeting_and_signatures_and_only_the_document_its_tasks(client: FlaskClient) -> None:
    hits = {hit["id"]: hit for hit in client.get("/api/v1/search?q=").json["hits"]}
    assert hits["invitation"]["meeting"] == "2023-08-15"
    assert hits["plan"]["signatures"][0]["signed_at"] == "2024-03-12T01:15:00+00:00"
    assert "tasks" not in hits["plan"]
    tasks = client.get("/api/v1/documents/plan").json["tasks"]
    assert [(task["who"], task.get("due")) for task in tasks] == [(["Sở Y tế"], "2023-09-15"), (["Sở Tài chính"], None)]
    assert TEXT[tasks[0]["start"] : tasks[0]["end"]] == "Giao Sở Y tế"


def test_the_page_of_a_document_says_who_signed_it(client: FlaskClient) -> None:
    cells = [node.text(strip=True) for node in page(client, "/documents/plan").css("td")]
    said = "Nguyễn Quỳnh Trang, Ủy ban nhân dân tỉnh Vân Sơn, 08:15 12/03/2024, còn nguyên vẹn, phủ toàn bộ tệp"
    assert f"{said}, chứng thư do nơi tin cậy cấp" in cells


def test_the_page_of_an_invitation_says_when_and_where(client: FlaskClient) -> None:
    cells = [node.text(strip=True) for node in page(client, "/documents/invitation").css("td")]
    assert {"08:00, 15/08/2023 – 17/08/2023", "Phòng họp số 1"} <= set(cells)
    facts = page(client, "/search?q=mời họp tiêm chủng").css_first(".facts").text()
    assert "Họp: 08:00, 15/08/2023 – 17/08/2023, Phòng họp số 1" in " ".join(facts.split())


def test_each_task_leads_to_its_place_in_the_text(client: FlaskClient) -> None:
    tree = page(client, "/documents/plan?q=thuốc")
    links = [node.attributes["href"] for node in tree.css(".tasks a")]
    assert links == ["#task-1", "#task-2"]
    assert [node.attributes["id"] for node in tree.css(".text .place")] == ["task-1", "task-2"]
    for node in tree.css(".hops"):
        node.decompose()
    assert tree.css_first(".text").text() == TEXT


def test_filters_in_force_are_named_and_taken_away(client: FlaskClient) -> None:
    tree = page(
        client, f"/search?q=&signed=intact&assignee={quote('Sở Y tế')}&due_from=2023-09-01&meeting_to=2023-09-01"
    )
    chips = {" ".join(node.text().split()) for node in tree.css(".chips li a")}
    for said in (
        "Chữ ký số: Còn nguyên vẹn",
        "Được giao việc: Sở Y tế",
        "Hạn xử lý từ ngày: 01/09/2023",
        "Ngày họp đến ngày: 01/09/2023",
    ):
        assert any(said in chip for chip in chips), (said, chips)
    [all_away] = [node for node in tree.css(".chips a.plain") if "Bỏ tất cả" in node.text()]
    assert all_away.attributes["href"] == "/search?q="


@pytest.mark.parametrize(
    ("status", "changes", "said"),
    [
        (SignatureStatus.INTACT, LaterChanges.NONE, "phủ toàn bộ tệp"),
        (SignatureStatus.INTACT_PARTLY, LaterChanges.PERMITTED, "chỉ có thêm những gì được phép"),
        (SignatureStatus.INTACT_PARTLY, LaterChanges.OTHER, "thêm hoặc sửa sau khi ký"),
        (SignatureStatus.BROKEN, LaterChanges.NONE, "không còn nguyên vẹn"),
        (SignatureStatus.UNREADABLE, LaterChanges.NONE, "không đọc được"),
    ],
)
def test_every_standing_of_a_signature_is_said(status: SignatureStatus, changes: LaterChanges, said: str) -> None:
    assert said in signature_fact(Signature(status=status, changes=changes))


def test_a_moment_at_the_calendars_end_is_said_too() -> None:
    moment = datetime.datetime.max.replace(tzinfo=datetime.UTC)
    assert "31/12/9999" in signature_fact(Signature(status=SignatureStatus.BROKEN, signed_at=moment))


def test_places_are_put_between_pieces_and_before_the_mark_that_they_lie_in() -> None:
    [pieces] = page_pieces("abcdef", [Mark(1, 3)], (), [2, 4, 0])
    assert [piece for piece in pieces if piece != ("", 0)] == [
        ("", -3), ("a", 0), ("", -1), ("bc", 1), ("d", 0), ("", -2), ("ef", 0)
    ]  # fmt: skip
