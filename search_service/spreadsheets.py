"""What holds of every .xlsx that this program writes: cells are text, and no longer than Excel reads."""

from __future__ import annotations

from typing import Final

TEXT_ONLY: Final = {"strings_to_formulas": False, "strings_to_urls": False}
"""XlsxWriter's options: a subject that begins with `=` is no formula."""

_MOST_CHARACTERS = 32_767  # of a cell (ECMA-376, Excel's limit)


def cell_text(value: str) -> str:
    """As much of a value as a cell holds."""
    return value[:_MOST_CHARACTERS]
