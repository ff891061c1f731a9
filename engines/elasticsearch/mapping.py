"""The index's settings and mapping, made from the one list of fields in `engines.schema`."""

from __future__ import annotations

from typing import Any

from engines.schema import KEYWORD_FIELDS, MAX_KEYWORD_BYTES, NUMBER_FIELDS, ORDER_FIELDS, TOKEN_FIELDS, TokenField

RECORD = "record"
"""The record as it was given, stored and not indexed."""

# Splits at white space and changes nothing, in the server's core. A token longer than 255 characters would be cut.
_TOKENS = "whitespace"
# Custom analyzers can only be built on this tokenizer of the core; it leaves runs of letters, digits and `_` whole.
_NGRAM_TOKENIZER = "standard"
_FIELDS = {field.name: field for field in TOKEN_FIELDS}


VOCABULARIES = tuple(field.name for field in TOKEN_FIELDS if field.vocabulary)


def index_field(name: str) -> str:
    """The name in the index of a field of the schema: n-grams are made by the server from the field they are of."""
    field = _FIELDS.get(name)
    return f"{field.ngrams_of}.{name}" if field and field.ngrams_of else name


def terms_field(name: str) -> str:
    """The field whose terms `Engine.terms` counts.

    Text has no column of values to count; loading one on demand (fielddata) would take heap that grows with the index.
    So a token field with a vocabulary has a keyword twin: its distinct tokens, as doc values on disk and nothing else.
    """
    return f"{name}_vocabulary" if name in _FIELDS else name


def index_settings(shards: int, replicas: int) -> dict[str, Any]:
    """Settings of a new index. BM25 with k1 1.2 and b 0.75 is the server's default, in Lucene's scale."""
    sizes = sorted({field.ngram_size for field in TOKEN_FIELDS if field.ngrams_of})
    return {
        "number_of_shards": shards,
        "number_of_replicas": replicas,
        # Searches see what a commit made visible, never a half-done run.
        "refresh_interval": "-1",
        # Limits prefixes too; the longest keyword, each character escaped, is within it.
        "max_regex_length": 2 * MAX_KEYWORD_BYTES + len(".*"),
        "analysis": {
            "filter": {_ngrams(size): _shingles(size) for size in sizes},
            "analyzer": {
                _ngrams(size): {"type": "custom", "tokenizer": _NGRAM_TOKENIZER, "filter": [_ngrams(size)]}
                for size in sizes
            },
        },
    }


def index_mappings(version: str) -> dict[str, Any]:
    """The mapping of a new index; `version` is kept in it."""
    own_tokens = [field for field in TOKEN_FIELDS if not field.ngrams_of]
    keywords = {name: {"type": "keyword"} for name in KEYWORD_FIELDS}
    vocabularies = {terms_field(name): {"type": "keyword", "index": False} for name in VOCABULARIES}
    numbers = {name: {"type": "long"} for name in (*NUMBER_FIELDS, *ORDER_FIELDS)}
    return {
        "dynamic": "strict",
        "_meta": {"version": version},
        # Everything else can be made again from the record: documents are replaced whole, never updated in part, and
        # rebuilt from their sources, never reindexed from here.
        "_source": {"includes": [RECORD]},
        "properties": {
            **{field.name: _token_mapping(field) for field in own_tokens},
            **keywords,
            **vocabularies,
            **numbers,
            RECORD: {"type": "object", "enabled": False},
        },
    }


def _token_mapping(field: TokenField) -> dict[str, Any]:
    mapping: dict[str, Any] = _text(_TOKENS, positions=field.positions)
    ngrams = [other for other in TOKEN_FIELDS if other.ngrams_of == field.name]
    if ngrams:
        mapping["fields"] = {
            other.name: _text(_ngrams(other.ngram_size), positions=other.positions) for other in ngrams
        }
    return mapping


def _text(analyzer: str, *, positions: bool) -> dict[str, Any]:
    return {"type": "text", "analyzer": analyzer, "index_options": "positions" if positions else "freqs"}


def _ngrams(size: int) -> str:
    return f"ngrams_of_{size}"


def _shingles(size: int) -> dict[str, Any]:
    return {
        "type": "shingle",
        "min_shingle_size": size,
        "max_shingle_size": size,
        "output_unigrams": False,
        "token_separator": "_",
    }
