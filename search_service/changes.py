"""The feed of changes: `GET /api/v1/changes`, what was indexed, changed or deleted since a cursor, the oldest first.

A document stands in it once, at its last change. Of one that the asker may not see, nothing is told of its first
indexing; whatever becomes of it later is told as of one that was deleted, by id alone: it may have been taken from the
asker's sight, and whoever keeps a copy must learn of that.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence

from flask import Blueprint, Response, request

from engines.interface import Access, Engine, EngineUnavailable
from engines.record import OfficialDocument
from indexer.changes import Change, ChangeReader, Changes
from search_service.access import access_of
from search_service.change_shapes import ChangeJson, ChangesJson
from search_service.manners import conditional_json
from search_service.parameter import InvalidParameters, Parameter, ParameterError
from search_service.params import Size, read_query_string, read_values
from search_service.shapes import record_json

DEFAULT_CHANGES = 50
MOST_CHANGES = 100
_SIZE = Size("thay đổi", MOST_CHANGES, DEFAULT_CHANGES)
_CURSOR = Parameter(
    "cursor",
    "Giá trị “next” của lần hỏi trước; bỏ tham số này để đọc từ đầu. Con trỏ không hết hạn, trừ khi sổ của cơ sở được "
    "lập lại: khi đó trả lời 400 và phải đọc lại từ đầu.",
    {"type": "string"},
)
CHANGE_PARAMETERS: tuple[Parameter, ...] = (_CURSOR, _SIZE)
_WRITTEN = re.compile(r"([0-9a-f]{1,16})-([0-9]{1,18})", re.ASCII)


def changes_feed(engine: Engine, reader: ChangeReader | None, prefix: str) -> Blueprint:
    """The feed beneath the API's prefix; without a reader it answers that there is none."""
    blueprint = Blueprint("changes", __name__, url_prefix=prefix)

    @blueprint.get("/changes")
    def changes() -> Response:
        values = read_values(read_query_string(request.query_string), CHANGE_PARAMETERS)
        if reader is None:
            raise EngineUnavailable("Dịch vụ này chạy không có sổ, nên không biết các thay đổi.")
        size = DEFAULT_CHANGES if values[_SIZE.name] is None else values[_SIZE.name]
        found = _since(reader, values[_CURSOR.name], size)
        return conditional_json(_changes_json(engine, found, access_of(request)))

    return blueprint


def _since(reader: ChangeReader, cursor: str | None, size: int) -> Changes:
    """The changes after a cursor.

    Raises:
        InvalidParameters: It is none of this journal's.
    """
    if cursor is None:
        return reader.since(0, size)
    series, _, sequence = cursor.partition("-") if _WRITTEN.fullmatch(cursor) else ("", "", "0")
    found = reader.since(int(sequence), size)
    if found.series != series:
        allowed = "giá trị “next” của lần hỏi trước; bỏ tham số này để đọc lại từ đầu"
        raise InvalidParameters(ParameterError.of_value(_CURSOR.name, cursor, allowed))
    return found


def _changes_json(engine: Engine, found: Changes, access: Access) -> ChangesJson:
    alive = [change.document for change in found.changes if not change.is_deleted]
    seen = engine.fetch(alive, access) if alive else {}
    return {
        "changes": [*_told(found.changes, seen)],
        "next": f"{found.series}-{found.last}",
        "has_more": found.has_more,
    }


def _told(changes: Sequence[Change], seen: Mapping[str, OfficialDocument]) -> Iterator[ChangeJson]:
    for change in changes:
        if record := seen.get(change.document):
            yield {"id": change.document, "change": "indexed", "at": change.at, "document": record_json(record)}
        elif not change.is_first:
            yield {"id": change.document, "change": "deleted", "at": change.at}
