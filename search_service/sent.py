"""What a PUT brings: a record as JSON, or a file and what its sender knows of it as a form. All errors at once."""

from __future__ import annotations

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import Request

from engines.record import FIELD_NAMES, FOLDING_FIELDS, InvalidRecord, OfficialDocument, from_mapping
from search_service.parameter import shortened

RECORD = "application/json"
FORM = "multipart/form-data"
FILE = "file"
"""The part of a form that holds the file."""

FIELDS_BYTES = 16 * 2**20
"""How long a form's fields may be, apart from its file."""

LISTS = frozenset({"recipients", "cites", "access"})
"""Fields that a form gives several times, once for each value."""

_FROM_THE_FILE = frozenset({"id", "text", "pages", "recognised", "files", "signatures"})
_NOT_AS_TEXT = frozenset({"origins", "relations", "tasks"})
FORM_FIELDS = tuple(name for name in FIELD_NAMES if name not in {*_FROM_THE_FILE, *_NOT_AS_TEXT, *FOLDING_FIELDS})
"""The fields of a record that a form may give; the file tells the others."""


@dataclass(frozen=True, slots=True)
class FieldError:
    """One thing wrong with what was sent: in which field, and what, as a sentence in Vietnamese."""

    field: str
    detail: str


class InvalidBody(ValueError):
    """What was sent is no document; `errors` has one entry for each thing wrong."""

    def __init__(self, *errors: FieldError) -> None:
        self.errors = errors
        super().__init__(" ".join(error.detail for error in errors))


class WrongMediaType(ValueError):
    """What was sent is neither JSON nor a form; the message says what may be."""


@dataclass(frozen=True, slots=True)
class SentFile:
    """A file with the fields that its sender gave.

    Attributes:
        name: The file's name, without folders.
        content: Its bytes.
        fields: Record fields as `engines.record.from_mapping` takes them.
    """

    name: str
    content: bytes
    fields: dict[str, Any]


def read_body(request: Request, id: str) -> OfficialDocument | SentFile:
    """The document that a request brings.

    Raises:
        InvalidBody: See there.
        WrongMediaType: See there.
        RequestEntityTooLarge: It is longer than the request allows.
    """
    if "\ufffd" in id:
        raise InvalidBody(FieldError("id", "Mã trong địa chỉ không phải UTF-8 mã hóa phần trăm."))
    if request.mimetype == RECORD:
        return parse_record(parse_json(request.get_data(cache=False)), id)
    if request.mimetype == FORM:
        request.max_form_memory_size = FIELDS_BYTES
        return _form(request, id)
    raise WrongMediaType(
        f"Kiểu nội dung “{shortened(request.mimetype)}” không được nhận. Được phép: {RECORD} (một bản ghi), "
        f"{FORM} (một tệp ở phần “{FILE}” và các trường)."
    )


def parse_json(body: bytes) -> Mapping[str, Any]:
    """The JSON object that is sent.

    Raises:
        InvalidBody: It is none.
    """
    try:
        value = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise InvalidBody(FieldError("", f"Nội dung không phải JSON hợp lệ: {error}.")) from error
    if not isinstance(value, dict):
        raise InvalidBody(FieldError("", "Nội dung phải là một đối tượng JSON: một bản ghi."))
    return value


def parse_record(mapping: Mapping[str, Any], id: str) -> OfficialDocument:
    """The record that is sent under an id.

    Raises:
        InvalidBody: See there.
    """
    errors = [*_errors(mapping, id)]
    if mapping.get("id", id) != id:
        errors.append(FieldError("id", f"Trường “id” phải vắng mặt, hoặc là mã trong địa chỉ: “{shortened(id)}”."))
    if errors:
        raise InvalidBody(*errors)
    return from_mapping({**mapping, "id": id})


def _errors(mapping: Mapping[str, Any], id: str) -> Iterator[FieldError]:
    """What is wrong with each field by itself; `from_mapping` stops at the first."""
    for name, value in mapping.items():
        if name in FOLDING_FIELDS:
            yield FieldError(name, f"Trường “{name}” do hệ thống này ghi khi gộp các bản của một văn bản; hãy bỏ đi.")
            continue
        try:
            from_mapping({"id": id, name: value})
        except InvalidRecord as error:
            yield FieldError(shortened(name), str(error))


def _form(request: Request, id: str) -> SentFile:
    fields = {name: _value(name, values) for name, values in request.form.lists()}
    errors = [
        FieldError(shortened(name), f"Trường “{shortened(name)}” không gửi kèm tệp được. Được phép: {_allowed()}.")
        for name in fields
        if name not in FORM_FIELDS
    ]
    errors += [
        FieldError(name, f"Trường “{name}” chỉ được gửi một lần.")
        for name, values in request.form.lists()
        if name in FORM_FIELDS and name not in LISTS and len(values) > 1
    ]
    errors += _errors({name: value for name, value in fields.items() if name in FORM_FIELDS}, id)
    sent = [(name, file) for name, files in request.files.lists() for file in files]
    if [name for name, _ in sent] != [FILE]:
        errors.append(FieldError(FILE, f"Phải gửi đúng một tệp, ở phần tên “{FILE}”."))
    if errors:
        raise InvalidBody(*errors)
    ((_, file),) = sent
    name = (file.filename or "").replace("\\", "/").rpartition("/")[2]
    return SentFile(name, file.read(), fields)


def _value(name: str, values: Sequence[str]) -> Any:
    return [value for value in values if value] if name in LISTS else values[0] or None


def _allowed() -> str:
    return ", ".join(FORM_FIELDS)
