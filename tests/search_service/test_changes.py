"""The feed of changes: everything once, at its last change, and nothing that the asker may not see."""

import sqlite3
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from indexer.changes import ChangeReader
from indexer.journal import Journal
from search_service.app import create_app
from search_service.search import SearchService
from tests.search_service.test_openapi import validate
from tests.search_service.test_writing import Office, folder, office, shared

__all__ = ["folder", "office", "shared"]


def changes(office: Office, cursor: str | None = None, **parameters: Any) -> dict[str, Any]:
    query = {**({"cursor": cursor} if cursor else {}), **parameters}
    response = office.client.get("/api/v1/changes", query_string=query)
    assert response.status_code == 200, response.text
    body: dict[str, Any] = response.get_json()
    validate(body, "ChangesJson")
    return body


def told(body: dict[str, Any]) -> list[tuple[str, str]]:
    return [(change["id"], change["change"]) for change in body["changes"]]


def test_what_is_pushed_changed_and_deleted_is_told_in_order_once_each(office: Office) -> None:
    for id in "abc":
        office.put(id, {"text": id})
    first = changes(office)
    assert told(first) == [("a", "indexed"), ("b", "indexed"), ("c", "indexed")]
    assert first["changes"][0]["document"]["id"] == "a"
    assert not first["has_more"]
    office.put("a", {"text": "khác"})
    office.put("b", {"text": "b"})  # the same again is no change
    office.delete("c")
    assert told(changes(office, first["next"])) == [("a", "indexed"), ("c", "deleted")]
    assert told(changes(office)) == [("b", "indexed"), ("a", "indexed"), ("c", "deleted")]


def test_what_runs_over_folders_do_is_told_too(office: Office, folder: Path) -> None:
    (folder / "a.jsonl").write_text('{"id": "1", "text": "một"}\n{"id": "2", "text": "hai"}\n')
    office.run(folder)
    mark = changes(office)["next"]
    office.run(folder)
    assert told(changes(office, mark)) == []
    (folder / "a.jsonl").write_text('{"id": "2", "text": "hai hai"}\n')
    office.run(folder)
    assert sorted(told(changes(office, mark))) == [("1", "deleted"), ("2", "indexed")]


def test_pages_by_cursor_give_every_change_once_while_more_arrive(office: Office) -> None:
    for number in range(5):
        office.put(f"old-{number}", {"text": str(number)})
    seen, cursor, arriving = [], None, iter(range(4))
    while True:
        page = changes(office, cursor, size=2)
        seen += told(page)
        cursor = page["next"]
        if (number := next(arriving, None)) is not None:
            office.put(f"new-{number}", {"text": str(number)})
        elif not page["has_more"]:
            break
    assert sorted(seen) == sorted(
        {(f"{age}-{n}", "indexed") for age, many in (("old", 5), ("new", 4)) for n in range(many)}
    )


def test_documents_of_others_are_not_told_of_until_they_are_taken_from_sight(office: Office) -> None:
    office.put("secret", {"text": "kín", "access": ["unit:a"]})
    office.put("open", {"text": "mở"})
    first = changes(office)
    assert told(first) == [("open", "indexed")]
    office.put("open", {"text": "mở", "access": ["unit:a"]})
    body = changes(office, first["next"])
    assert told(body) == [("open", "deleted")]
    assert "document" not in body["changes"][0]


@pytest.mark.parametrize("cursor", ["x", "00000000-1", "-1", "0-99999999999999999999", "1"])
def test_a_cursor_of_no_journal_or_another_is_refused(office: Office, cursor: str) -> None:
    office.put("a", {"text": "a"})
    response = office.client.get("/api/v1/changes", query_string={"cursor": cursor})
    assert response.status_code == 400
    assert "đọc lại từ đầu" in response.get_json(force=True)["detail"]


def test_without_a_journal_it_is_told_that_there_is_none(service: SearchService, tmp_path: Path) -> None:
    for reader in (None, ChangeReader(tmp_path / "none.sqlite3")):
        assert create_app(service, changes=reader).test_client().get("/api/v1/changes").status_code == 503


def test_a_journal_of_the_former_format_is_taken_over_and_tells_all_that_it_holds(office: Office) -> None:
    for id in "ab":
        office.put(id, {"text": id})
    with closing(sqlite3.connect(office.journal)) as sql:
        for name in ("touched_by_insert", "touched_by_delete", "touched_by_update"):
            sql.execute(f"DROP TRIGGER {name}")
        for name in ("changes", "touched"):
            sql.execute(f"DROP TABLE {name}")
        sql.execute("PRAGMA user_version = 3")
    before = office.client.get("/api/v1/changes")
    assert before.status_code == 503
    assert "tracuu index" in before.get_json(force=True)["detail"]
    Journal(office.journal).close()
    assert sorted(told(changes(office))) == [("a", "indexed"), ("b", "indexed")]


ACTIONS = st.lists(st.tuples(st.sampled_from("abc"), st.sampled_from(["một", "hai", None])), max_size=12)


@settings(max_examples=15, deadline=None)
@given(actions=ACTIONS, size=st.integers(1, 3))
def test_whoever_follows_the_feed_holds_what_the_index_holds(
    shared: Office, actions: list[tuple[str, str | None]], size: int
) -> None:
    mirror, cursor = {}, None
    for id, text in [*actions, ("end", "end")]:
        if text is None:
            shared.delete(id)
        else:
            shared.put(id, {"subject": text})
        page = changes(shared, cursor, size=size)
        cursor = page["next"]
        follow(mirror, page)
    while page["has_more"]:
        page = changes(shared, page["next"], size=size)
        follow(mirror, page)
    held = shared.client.get("/api/v1/search?size=100").get_json()["hits"]
    assert {id: one["subject"] for id, one in mirror.items()} == {hit["id"]: hit["subject"] for hit in held}


def follow(mirror: dict[str, Any], page: dict[str, Any]) -> None:
    for change in page["changes"]:
        if change["change"] == "deleted":
            mirror.pop(change["id"], None)
        else:
            mirror[change["id"]] = change["document"]
