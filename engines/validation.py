"""What may be asked of which field: a question about a field that the schema does not have is refused, not answered.

Search engines answer such a question with nothing found, which hides the mistake.
"""

from __future__ import annotations

from collections.abc import Collection

from engines.interface import EngineError, Search
from engines.query import AnyOf, Best, Boolean, Boost, Constant, Match, Phrase, Prefix, Query, Range
from engines.schema import KEYWORD_FIELDS, NUMBER_FIELDS, TOKEN_FIELDS

LARGEST_PAGE = 1_000
"""Hits that one search may ask for."""

_TOKENS = tuple(field.name for field in TOKEN_FIELDS)
_POSITIONS = tuple(field.name for field in TOKEN_FIELDS if field.positions)
_VOCABULARIES = tuple(field.name for field in TOKEN_FIELDS if field.vocabulary)


def check_search(search: Search) -> None:
    """Return if the search asks only for what the schema has.

    Raises:
        EngineError: It does not; the message names the field and those that are allowed.
    """
    if not 0 <= search.size <= LARGEST_PAGE:
        raise EngineError(f"Số kết quả mỗi trang phải từ 0 đến {LARGEST_PAGE}, không phải {search.size}.")
    check_query(search.query)
    for field, query in search.filters.items():
        _check("lọc", field, KEYWORD_FIELDS + NUMBER_FIELDS)
        check_query(query)
    for facet in search.facets:
        _check("đếm", facet.field, KEYWORD_FIELDS)


def check_query(query: Query) -> None:
    """Return if each field in the tree exists and is of the kind that its node needs.

    Raises:
        EngineError: One does not, or is not.
    """
    match query:
        case Match(field):
            _check("tìm từ", field, _TOKENS)
        case Phrase(field):
            _check("tìm cụm từ", field, _POSITIONS)
        case AnyOf(field):
            _check("tìm giá trị", field, KEYWORD_FIELDS)
        case Prefix(field):
            _check("tìm tiền tố", field, KEYWORD_FIELDS + _TOKENS)
        case Range(field):
            _check("tìm khoảng", field, NUMBER_FIELDS)
        case Boolean():
            for member in (*query.must, *query.should, *query.filters, *query.must_not):
                check_query(member)
        case Best(members):
            for member in members:
                check_query(member)
        case Boost(inner) | Constant(inner):
            check_query(inner)


def check_token_field(field: str) -> None:
    """Return if this is a token field; see `Engine.document_frequencies`."""
    _check("đếm từ", field, _TOKENS)


def check_vocabulary_field(field: str) -> None:
    """Return if the terms of this field can be listed; see `Engine.terms`."""
    _check("liệt kê từ", field, KEYWORD_FIELDS + _VOCABULARIES)


def _check(purpose: str, field: str, allowed: Collection[str]) -> None:
    if field not in allowed:
        raise EngineError(f"Không {purpose} được ở trường “{field}”. Được phép: {', '.join(allowed)}.")
