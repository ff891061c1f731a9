"""Documents on their way into the index and out of it."""

from __future__ import annotations

import base64
import dataclasses
import json
import zlib
from collections.abc import Mapping
from typing import Any

import tantivy

from engines.embedded.layout import IDENTITY, RECORD, TEXT
from engines.interface import EncodedDocument
from engines.record import DETAIL_FIELDS, OfficialDocument, from_mapping
from engines.schema import MAX_KEYWORD_BYTES, TOKEN_FIELDS, IndexedDocument, keyword_values, ngrams, order_keys

_REFUSED = b"\0"
# A document that cannot be found by its id could be neither replaced nor deleted.
_ID_TOO_LONG = _REFUSED + f"Trường “id” dài hơn {MAX_KEYWORD_BYTES} byte.".encode()
# Level 1 makes texts four times smaller at 100 MB/s; the higher levels gain a tenth and take several times as long.
_COMPRESSION = 1


def encode(document: IndexedDocument) -> EncodedDocument:
    """The engine's `Encoder`: the document as the JSON that tantivy adds, or the reason why it cannot be indexed."""
    keywords = keyword_values(document)
    payload = _payload(document, keywords) if "id" in keywords else _ID_TOO_LONG
    return EncodedDocument(id=document.record.id, fingerprint=document.fingerprint, payload=payload)


def refusal(document: EncodedDocument) -> str | None:
    """Why the encoder refused the document, None when it did not."""
    return document.payload[1:].decode() if document.payload.startswith(_REFUSED) else None


def decode(stored: tantivy.Document, *, with_text: bool, with_details: bool) -> OfficialDocument:
    """The record in a stored document."""
    [content] = stored.get_all(RECORD)
    mapping = json.loads(content)
    if not with_details:
        for field in DETAIL_FIELDS:
            mapping.pop(field, None)
    record = from_mapping(mapping)
    text = stored.get_first(TEXT) if with_text else None
    # What was checked on its way in is long, and need not be looked through again on each way out.
    return record if text is None else dataclasses.replace(record, text=zlib.decompress(text).decode())


def identity(id: str, fingerprint: str) -> str:
    """Fingerprint and id as one value; `read_identity` takes them apart."""
    return f"{len(fingerprint)} {fingerprint}{id}"


def read_identity(value: str) -> tuple[str, str]:
    """Id and fingerprint."""
    length, _, rest = value.partition(" ")
    return rest[int(length) :], rest[: int(length)]


def _payload(document: IndexedDocument, keywords: Mapping[str, tuple[str, ...]]) -> bytes:
    record = document.record
    mapping = record.to_mapping()
    text = mapping.pop("text", "")
    fields: dict[str, Any] = {
        **document.tokens,
        **_ngram_fields(document.tokens),
        **keywords,
        **{name: list(values) for name, values in document.numbers.items()},
        **order_keys(record.id, record.issued, record.number),
        IDENTITY: identity(record.id, document.fingerprint),
        RECORD: _base64(json.dumps(mapping, ensure_ascii=False, separators=(",", ":")).encode()),
    }
    if text:
        fields[TEXT] = _base64(zlib.compress(text.encode(), _COMPRESSION))
    # ASCII, though longer for Vietnamese, is what Python hands on without converting it: a tenth less work in all.
    return json.dumps(fields, separators=(",", ":")).encode()


def _ngram_fields(tokens: Mapping[str, str]) -> dict[str, str]:
    split: dict[str, list[str]] = {}
    fields: dict[str, str] = {}
    for field in TOKEN_FIELDS:
        source = field.ngrams_of
        if source in tokens:
            split.setdefault(source, tokens[source].split())
            fields[field.name] = " ".join(ngrams(split[source], field.ngram_size))
    return fields


def _base64(content: bytes) -> str:
    """Bytes as tantivy reads them in JSON."""
    return base64.b64encode(content).decode()
