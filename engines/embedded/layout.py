"""tantivy's schema, made from the one list of fields in `engines.schema`, and the opening of an index on disk."""

from __future__ import annotations

from pathlib import Path

import tantivy

from engines.schema import KEYWORD_FIELDS, NUMBER_FIELDS, ORDER_FIELDS, TOKEN_FIELDS

RECORD = "record"
"""The stored record without its text, as JSON."""

TEXT = "text"
"""The stored text, compressed on its own: a hit shown without it does not pay for it."""

IDENTITY = "identity"
"""Fingerprint and id as one column value (`encoding.identity`), so that one pass reads both."""

TERM_FREQUENCIES = "freq"
"""How much of a token field's postings a query reads; positions only where phrases are asked for."""

VALUES = "basic"
"""The same for keyword fields: which documents, and nothing else."""

_TOKENIZER = "tokens"


def build_schema() -> tantivy.Schema:
    """The schema of a new index."""
    builder = tantivy.SchemaBuilder()
    for field in TOKEN_FIELDS:
        option = "position" if field.positions else TERM_FREQUENCIES
        builder.add_text_field(field.name, tokenizer_name=_TOKENIZER, index_option=option)
    for name in KEYWORD_FIELDS:
        builder.add_text_field(name, fast=True, tokenizer_name="raw", index_option=VALUES)
    for name in (*NUMBER_FIELDS, *ORDER_FIELDS):
        builder.add_integer_field(name, fast=True)
    builder.add_text_field(IDENTITY, fast=True, tokenizer_name="raw", index_option=VALUES)
    builder.add_bytes_field(RECORD, stored=True)
    builder.add_bytes_field(TEXT, stored=True)
    return builder.build()


def create_index(directory: Path) -> None:
    """Make an empty index in an empty directory."""
    tantivy.Index(build_schema(), path=str(directory), reuse=False)


def open_index(directory: Path) -> tantivy.Index:
    """Open an index as it was committed last; `Index.reload` moves on to a later commit."""
    index = tantivy.Index.open(str(directory))
    index.register_tokenizer(_TOKENIZER, tantivy.TextAnalyzerBuilder(tantivy.Tokenizer.whitespace()).build())
    # The default keeps a thread that looks for commits every half second: we look at each search instead.
    index.config_reader(reload_policy="manual")
    index.reload()
    return index
