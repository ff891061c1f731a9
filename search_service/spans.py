"""Places in a text as the API gives them."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated

from pydantic import Field

from search_service.highlights import Mark

Span = Annotated[
    list[int], Field(min_length=2, max_length=2, description="[đầu, cuối), đếm theo ký tự Unicode", examples=[[0, 7]])
]


def spans(marks: Sequence[Mark]) -> list[list[int]]:
    """Marks as pairs of offsets."""
    return [[mark.start, mark.end] for mark in marks]
