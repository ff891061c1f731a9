"""Many documents in one request: each line of the body a record, or what to delete; each line of the answer a result.

NDJSON (one JSON value a line, UTF-8). A wrong line is told of and stands in no other's way.
"""

from __future__ import annotations

import json
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import IO

from indexer.pushing import Deletion, Inbox, Outcome, Sent
from search_service.record_shapes import BulkResultJson
from search_service.sent import FieldError, InvalidBody, parse_json, parse_record

LINES = "application/x-ndjson"
BULK_BYTES = 64 * 2**20
"""How long a body may be."""
LINE_BYTES = 16 * 2**20
MOST_LINES = 10_000
_DELETE = "delete"


@dataclass(frozen=True, slots=True)
class _Line:
    number: int
    content: bytes
    is_whole: bool


def apply_lines(inbox: Inbox, body: IO[bytes]) -> list[BulkResultJson]:
    """Do what each line of a body says; results in the order of the lines.

    Raises:
        EngineUnavailable: Not now. What was done by then is `unchanged` when the same body is sent again.
    """
    failed: list[BulkResultJson] = []
    numbers: list[int] = []

    def changes() -> Iterator[Sent | Deletion]:
        for line in _lines(body):
            try:
                change = _change(line)
            except InvalidBody as error:
                failed.append(_result(line.number, _id_in(line), Outcome.FAILED, str(error)))
            else:
                numbers.append(line.number)
                yield change

    applied = inbox.apply(changes())
    done = [_result(number, each.id, each.outcome, each.problem) for number, each in zip(numbers, applied, strict=True)]
    return sorted([*done, *failed], key=lambda result: result["line"])


def as_lines(results: Iterable[BulkResultJson]) -> Iterator[str]:
    """The results as NDJSON."""
    return (json.dumps(result, ensure_ascii=False) + "\n" for result in results)


def _lines(body: IO[bytes]) -> Iterator[_Line]:
    """The lines that hold something, at most one more than may be sent; of one that is too long only its beginning."""
    number = 0
    while number <= MOST_LINES and (content := body.readline(LINE_BYTES + 1)):
        number += 1
        is_whole = len(content) <= LINE_BYTES
        rest = content
        while not rest.endswith(b"\n") and (rest := body.readline(LINE_BYTES)):
            is_whole = False
        if content.strip():
            yield _Line(number, content if is_whole else b"", is_whole)


def _change(line: _Line) -> Sent | Deletion:
    if line.number > MOST_LINES:
        raise InvalidBody(
            FieldError("", f"Một lần gửi được tối đa {MOST_LINES} dòng; từ dòng này trở đi chưa đọc, hãy gửi lần sau.")
        )
    if not line.is_whole:
        raise InvalidBody(FieldError("", f"Dòng quá dài. Được phép: {LINE_BYTES // 2**20} MB."))
    value = parse_json(line.content)
    if _DELETE in value:
        return Deletion(_checked_id(value.get(_DELETE) if len(value) == 1 else None, _DELETE))
    return Sent(parse_record(value, _checked_id(value.get("id"), "id")))


def _checked_id(id: object, name: str) -> str:
    if not isinstance(id, str) or not id or not _is_utf8(id):
        raise InvalidBody(
            FieldError(
                name,
                "Mỗi dòng là một bản ghi có “id” là chuỗi không rỗng, hoặc {“delete”: “mã”} và không có trường khác.",
            )
        )
    return id


def _is_utf8(id: str) -> bool:
    """Whether it holds no half of a surrogate pair, which JSON can write and UTF-8 cannot."""
    return not any("\ud800" <= character <= "\udfff" for character in id)


def _id_in(line: _Line) -> str | None:
    """The id that a wrong line gives, if it gives one."""
    try:
        value = parse_json(line.content)
    except InvalidBody:
        return None
    id = value.get(_DELETE, value.get("id"))
    return id if isinstance(id, str) and _is_utf8(id) else None


def _result(line: int, id: str | None, outcome: Outcome, problem: str) -> BulkResultJson:
    result: BulkResultJson = {"line": line, "id": id, "outcome": outcome.value}
    return {**result, "problem": problem} if problem else result
