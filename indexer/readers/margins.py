"""Headers and footers (đầu trang, chân trang), which a document repeats on its pages."""

from __future__ import annotations

import re
from collections.abc import Iterable

_PAGE_NUMBER = re.compile(r"[\W\d_]*")


def different(margins: Iterable[str]) -> list[str]:
    """Each different header or footer once, in their order, without those that are but a page number."""
    return [text for text in dict.fromkeys(margins) if not _PAGE_NUMBER.fullmatch(text)]
