"""Who is asking (quyền xem): the one place where a request becomes an `Access`."""

from __future__ import annotations

from flask import Request

from engines.interface import Access


def access_of(request: Request) -> Access:
    """What the sender of a request may see. Nobody logs in yet, so it is what everybody may see."""
    return Access.of()
