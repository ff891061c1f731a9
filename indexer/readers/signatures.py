"""Digital signatures (chữ ký số) of a PDF file, read in a process of their own: a broken one costs no document."""

from __future__ import annotations

import json
from collections.abc import Sequence

from engines.record import from_mapping
from engines.signatures import Signature, SignatureStatus
from indexer.readers.apart import read_apart
from indexer.readers.extracted import Unreadable

SECONDS = 20.0
"""How long the signatures of one file may take; those of real files take hundredths of a second each."""

# Every signature has it, and it stands outside all compression, because it says which bytes are signed.
_BYTE_RANGE = b"/ByteRange"


def read_signatures(content: bytes, roots: Sequence[bytes] = ()) -> tuple[tuple[Signature, ...], str]:
    """The signatures in a PDF file, in the order of their fields.

    Args:
        content: The file.
        roots: Certificates of trusted authorities, in DER.

    Returns:
        The signatures, and a note in Vietnamese where some could not be read. A file with no trace of any costs one
        look for a few bytes.
    """
    if _BYTE_RANGE not in content:
        return (), ""
    # Half a second to load, which only signed files need; loaded here, where the child finds it.
    from indexer.readers.pdf_signatures import signatures_in

    try:
        answer = read_apart(
            lambda file: json.dumps([signature.to_mapping() for signature in signatures_in(file, roots)]),
            content,
            seconds=SECONDS,
        )
        # The record's own reading is the one that knows a signature's fields.
        signatures = from_mapping({"id": "signed", "signatures": json.loads(answer)}).signatures
    except Unreadable:
        signatures = (Signature(status=SignatureStatus.UNREADABLE),)
    unread = sum(signature.status is SignatureStatus.UNREADABLE for signature in signatures)
    return signatures, f"Không đọc được {unread} chữ ký số trong tệp." if unread else ""
