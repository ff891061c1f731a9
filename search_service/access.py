"""Who is asking (quyền xem): the one place where a request becomes an `Access`, and where a document is denied."""

from __future__ import annotations

from flask import Request

from engines.interface import Access, Engine
from engines.record import OfficialDocument


class NoDocument(Exception):
    """There is no document of this id, or its reader may not know of it.

    Attributes:
        id: The id.
    """

    def __init__(self, id: str) -> None:
        super().__init__(id)
        self.id = id


def access_of(request: Request) -> Access:
    """What the sender of a request may see. Nobody logs in yet, so it is what everybody may see."""
    return Access.of()


def visible(engine: Engine, id: str, access: Access) -> OfficialDocument:
    """The document with this id.

    Raises:
        NoDocument: See there.
    """
    record = engine.fetch([id], access).get(id)
    if record is None:
        raise NoDocument(id)
    return record
