"""Examples in the OpenAPI document: answers of this API over the sample set, kept by `python -m samples.examples`."""

from __future__ import annotations

import json
from pathlib import Path
from typing import Any

FILE = Path(__file__).with_name("examples.json")

QUESTION = "kế hoạch chuyển đổi số"
RECORD = {
    "number": "15/2025/QĐ-UBND",
    "issuer": "Ủy ban nhân dân tỉnh Vân Sơn",
    "issued": "2025-03-14",
    "subject": "Ban hành Quy chế thử nghiệm",
    "text": "QUYẾT ĐỊNH\nVề việc ban hành Quy chế thử nghiệm\nĐiều 1. Ban hành kèm theo Quyết định này Quy chế.",
}
"""A record that is sent."""

LINES = "".join(json.dumps(line, ensure_ascii=False) + "\n" for line in ({"id": "vi-du/15", **RECORD}, {"delete": "x"}))

PARAMETERS: dict[str, Any] = {
    "q": QUESTION,
    "size": 5,
    "sort": "newest",
    "type": ["Quyết định", "Kế hoạch"],
    "issuer": ["Ủy ban nhân dân tỉnh Vân Sơn"],
    "year": ["2025"],
    "signed": ["intact"],
    "assignee": ["Sở Nội vụ"],
    "issued_from": "2025-01-01",
    "issued_to": "2025-12-31",
}
"""Parameter to a value that means something over the sample set."""


def answers() -> dict[str, Any]:
    """Operation to an answer of it."""
    kept: dict[str, Any] = json.loads(FILE.read_text(encoding="utf-8"))
    return kept
