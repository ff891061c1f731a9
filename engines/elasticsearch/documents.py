"""Documents on their way into the index and out of it."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from typing import Any

from engines.elasticsearch.mapping import RECORD, VOCABULARIES, terms_field
from engines.interface import EncodedDocument
from engines.record import DETAIL_FIELDS, OfficialDocument, from_mapping
from engines.schema import IndexedDocument, keyword_values, order_keys

TEXT = f"{RECORD}.text"
"""Where the whole text lies in the stored record."""

DETAILS = tuple(f"{RECORD}.{field}" for field in DETAIL_FIELDS)
"""And where lies what is read of one document at a time."""


def document_key(id: str) -> str:
    """The `_id` of a document: a digest, because an `_id` has at most 512 bytes and our ids are any text."""
    return hashlib.blake2b(id.encode(), digest_size=16).hexdigest()


def encode(document: IndexedDocument) -> EncodedDocument:
    """The engine's `Encoder`: the document as the JSON line that a bulk request carries."""
    record = document.record
    source = {
        **document.tokens,
        **{terms_field(name): _distinct(document.tokens.get(name, "")) for name in VOCABULARIES},
        **keyword_values(document),
        **{name: list(values) for name, values in document.numbers.items()},
        **order_keys(record.id, record.issued, record.number),
        RECORD: record.to_mapping(),
    }
    payload = json.dumps(source, ensure_ascii=False, separators=(",", ":")).encode()
    return EncodedDocument(id=record.id, fingerprint=document.fingerprint, payload=payload)


def decode(source: Mapping[str, Any]) -> OfficialDocument:
    """The record in a hit's `_source`."""
    return from_mapping(source[RECORD])


def _distinct(tokens: str) -> list[str]:
    return list(dict.fromkeys(tokens.split()))
