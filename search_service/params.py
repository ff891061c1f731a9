"""The parameters of a search's address: one class each, which reads it, checks it and documents it."""

from __future__ import annotations

import difflib
import itertools
from collections.abc import Mapping, Sequence
from typing import Any
from urllib.parse import parse_qsl

from engines.interface import Order
from engines.signatures import SignatureStatus
from search_service.filter_params import (
    ChoiceFilter,
    ChosenIds,
    DateBound,
    FacetNames,
    MonthFilter,
    ValueFilter,
    YearFilter,
)
from search_service.parameter import InvalidParameters, NotAllowed, Parameter, ParameterError, shortened
from search_service.passages import DEFAULT_PASSAGES, MOST_PASSAGES
from search_service.search import DEFAULT_FACETS, DEFAULT_SIZE, Days, SearchRequest
from search_service.similar import DEFAULT_SIMILAR, MOST_SIMILAR
from search_service.suggest import DEFAULT_SUGGESTIONS, MOST_SUGGESTIONS
from search_service.tongues.said import Said

MAX_SIZE = 100


Arguments = Mapping[str, Sequence[str]]


class QueryText(Parameter):
    """The question: any text at all."""

    def __init__(self) -> None:
        super().__init__(
            "q",
            "Câu hỏi: số, ký hiệu hoặc từ ngữ, có dấu hay không dấu. Để trống là mọi văn bản, mới nhất trước.",
            {"type": "string", "default": ""},
        )


class TypedText(Parameter):
    """A text that is still being typed: any at all, and a space at its end says that the last word is whole."""

    def __init__(self) -> None:
        super().__init__(
            "q",
            "Chữ đang gõ: số, ký hiệu, trích yếu, cơ quan ban hành hoặc người ký, có dấu hay không dấu. Từ cuối có thể "
            "chưa gõ xong, trừ khi sau nó có dấu cách.",
            {"type": "string", "default": ""},
        )

    def _parse(self, value: str) -> str:
        return value


class Size(Parameter):
    """How many things an answer holds."""

    def __init__(self, things: str, most: int, default: int) -> None:
        super().__init__(
            "size",
            f"Số {things}, từ 0 đến {most}.",
            {"type": "integer", "minimum": 0, "maximum": most, "default": default},
        )
        self._most = most

    def parse(self, value: str) -> int:
        """A whole number within the limits."""
        most = self._most
        if not (value.isascii() and value.isdigit() and len(value) <= len(str(most)) and int(value) <= most):
            raise NotAllowed(Said("số nguyên từ 0 đến {most}", most=most))
        return int(value)


class Cursor(Parameter):
    """Where the next page begins. Only the engine can tell a good one from a bad one."""

    def __init__(self) -> None:
        super().__init__(
            "cursor",
            "Trang kế tiếp: giá trị “next” của trang trước, với cùng câu hỏi, bộ lọc và cách sắp xếp. Văn bản nào đã "
            "có từ đầu cũng được đưa đúng một lần dù văn bản khác đang được thêm. Theo mức liên quan thì các trang là "
            "kết quả của một thời điểm, được giữ 5 phút kể từ trang trước và tối đa một giờ; sau đó trang kế tiếp lấy "
            "theo chỉ mục hiện có.",
            {"type": "string"},
        )

    def invalid(self, value: str) -> InvalidParameters:
        """The error for a cursor that the engine refused."""
        return InvalidParameters(
            ParameterError.of_value(
                self.name,
                value,
                "giá trị “next” của trang trước, với cùng cách sắp xếp; bỏ tham số này để về trang đầu",
            )
        )


class Sort(Parameter):
    """The order of hits."""

    def __init__(self) -> None:
        super().__init__(
            "sort",
            "Cách sắp xếp: relevance (liên quan nhất trước), newest (mới nhất trước), oldest (cũ nhất trước), "
            "number (theo số, số nhỏ trước; cùng số thì năm sau trước).",
            {"type": "string", "enum": [order.value for order in Order], "default": Order.RELEVANCE.value},
        )

    def parse(self, value: str) -> Order:
        """One of the orders."""
        try:
            return Order(value)
        except ValueError as error:
            raise NotAllowed(", ".join(order.value for order in Order)) from error


class Flag(Parameter):
    """Something that is asked for or not."""

    def __init__(self, name: str, description: str) -> None:
        super().__init__(name, description, {"type": "boolean", "default": False})

    def parse(self, value: str) -> bool:
        """`true` or `false`."""
        if value not in ("true", "false"):
            raise NotAllowed("true hoặc false")
        return value == "true"


QUERY_TEXT = QueryText()
LITERAL = Flag("literal", "Tìm đúng như đã gõ: không sửa lỗi gõ, không đọc Telex hay VNI, không mở rộng chữ viết tắt.")
EXPLAIN = Flag(
    "explain", "Mỗi kết quả kèm lý do xếp hạng: chứng cứ nào cho bao nhiêu điểm. Chậm hơn, dùng để kiểm tra."
)
SIZE = Size("kết quả mỗi trang", MAX_SIZE, DEFAULT_SIZE)
CURSOR = Cursor()
SORT = Sort()
FILTERS: tuple[ValueFilter, ...] = (
    ValueFilter("type", "tên loại"),
    ValueFilter("issuer", "cơ quan ban hành"),
    YearFilter(),
    MonthFilter(),
    ValueFilter("signer", "người ký"),
    ValueFilter("subject_field", "lĩnh vực"),
    ValueFilter("urgency", "độ khẩn"),
    ValueFilter("register", "sổ đăng ký"),
    ValueFilter("direction", "hướng (đến, đi, nội bộ)"),
    ValueFilter("source", "nguồn"),
    ChoiceFilter("signed", "chữ ký số", tuple(SignatureStatus)),
    ValueFilter("signed_by", "người hoặc cơ quan ký số"),
    ValueFilter("assignee", "cơ quan được giao việc"),
)
FACET = FacetNames()
ISSUED_FROM = DateBound("issued_from", "Ban hành từ ngày này (kể cả ngày này).")
ISSUED_TO = DateBound("issued_to", "Ban hành đến ngày này (kể cả ngày này).")
DAYS: Mapping[str, tuple[DateBound, DateBound]] = {
    "issued": (ISSUED_FROM, ISSUED_TO),
    "due": (
        DateBound("due_from", "Hạn xử lý của văn bản, hoặc hạn của một việc được giao, từ ngày này."),
        DateBound("due_to", "Hạn xử lý của văn bản, hoặc hạn của một việc được giao, đến ngày này."),
    ),
    "meeting": (
        DateBound("meeting_from", "Mời họp từ ngày này (kể cả ngày này)."),
        DateBound("meeting_to", "Mời họp đến ngày này (kể cả ngày này)."),
    ),
}
"""The periods that can be asked for: field to its first and its last day."""

BOUNDS = tuple(itertools.chain(*DAYS.values()))

SEARCH_PARAMETERS: tuple[Parameter, ...] = (
    *(QUERY_TEXT, SIZE, CURSOR, SORT, *FILTERS, *BOUNDS),
    *(LITERAL, EXPLAIN, FACET),
)
LIST_PARAMETERS: tuple[Parameter, ...] = (QUERY_TEXT, SORT, *FILTERS, *BOUNDS, LITERAL)
"""Of a whole result: what says which documents, and in which order."""

PASSAGE_PARAMETERS: tuple[Parameter, ...] = (
    *(QUERY_TEXT, Size("đoạn văn", MOST_PASSAGES, DEFAULT_PASSAGES), *FILTERS, *BOUNDS, LITERAL),
)
BASKET_PARAMETERS: tuple[Parameter, ...] = (ChosenIds(),)
DOCUMENT_PARAMETERS: tuple[Parameter, ...] = (QUERY_TEXT,)
SIMILAR_PARAMETERS: tuple[Parameter, ...] = (Size("văn bản", MOST_SIMILAR, DEFAULT_SIMILAR),)
SUGGEST_PARAMETERS: tuple[Parameter, ...] = (
    TypedText(),
    Size("gợi ý", MOST_SUGGESTIONS, DEFAULT_SUGGESTIONS),
)


def read_query_string(query_string: bytes) -> dict[str, list[str]]:
    """Name to values of any query string; bytes that are not UTF-8 become U+FFFD."""
    arguments: dict[str, list[str]] = {}
    for name, value in parse_qsl(query_string.decode(errors="replace"), keep_blank_values=True, errors="replace"):
        arguments.setdefault(name, []).append(value)
    return arguments


def known(arguments: Arguments, parameters: Sequence[Parameter]) -> dict[str, Sequence[str]]:
    """The arguments that one of `parameters` reads."""
    return {parameter.name: arguments[parameter.name] for parameter in parameters if parameter.name in arguments}


def read_values(arguments: Arguments, parameters: Sequence[Parameter]) -> dict[str, Any]:
    """The meaning of every parameter, None or empty for those not given.

    Raises:
        InvalidParameters: Some are wrong or unknown; all errors at once. A misspelt filter would else be ignored and
            look like an answer.
    """
    names = [parameter.name for parameter in parameters]
    errors = [_unknown(name, arguments[name], names) for name in arguments if name not in names]
    values: dict[str, Any] = {}
    for parameter in parameters:
        try:
            values[parameter.name] = parameter.read(arguments.get(parameter.name, ()))
        except InvalidParameters as error:
            errors += error.errors
    if errors:
        raise InvalidParameters(*errors)
    return values


def search_request(arguments: Arguments, parameters: Sequence[Parameter] = SEARCH_PARAMETERS) -> SearchRequest:
    """The search that an address asks for; `parameters` are those that it may give.

    Raises:
        InvalidParameters: Some parameters are wrong or unknown.
    """
    values = {**dict.fromkeys(parameter.name for parameter in SEARCH_PARAMETERS), **read_values(arguments, parameters)}
    days = {field: _days(values, *bounds) for field, bounds in DAYS.items()}
    return SearchRequest(
        text=values["q"] or "",
        size=DEFAULT_SIZE if values[SIZE.name] is None else values[SIZE.name],
        cursor=values["cursor"],
        order=values["sort"],
        filters={parameter.name: values[parameter.name] for parameter in FILTERS if values[parameter.name]},
        issued=days["issued"],
        due=days["due"],
        meeting=days["meeting"],
        facets=values[FACET.name] or DEFAULT_FACETS,
        literal=values[LITERAL.name] or False,
        explain=values[EXPLAIN.name] or False,
    )


def _days(values: Mapping[str, Any], from_: DateBound, to: DateBound) -> Days:
    first, last = values[from_.name], values[to.name]
    if first and last and first > last:
        raise InvalidParameters(
            ParameterError.of_value(
                from_.name, first.isoformat(), Said("ngày không sau “{name}” ({last})", name=to.name, last=last)
            )
        )
    return Days(first, last)


def _unknown(name: str, values: Sequence[str], names: list[str]) -> ParameterError:
    nearest = difflib.get_close_matches(name, names, n=1)
    hint = f" Có phải là “{nearest[0]}”?" if nearest else ""
    return ParameterError(
        shortened(name), shortened(values[0]), ", ".join(names), f"Không có tham số “{shortened(name)}”.{hint}"
    )
