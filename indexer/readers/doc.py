"""Old Word documents (.doc, MS-DOC in an OLE compound file) to text: the main text through undoc, then its stories."""

from __future__ import annotations

import undoc  # type: ignore[import-untyped]

from indexer.readers.apart import read_apart
from indexer.readers.doc_stories import read_stories
from indexer.readers.extracted import MAX_CHARACTERS, Unreadable, clean


def read_doc(content: bytes) -> str:
    """The text of a .doc file, cells of a row separated by tabs; then its notes, text boxes, headers and footers.

    Raises:
        Unreadable: It asks for a password, or is broken or cut off.
    """
    # undoc takes memory for as many characters as a broken file says there are, and ends the process when there is not
    # so much.
    return read_apart(_read, content)


def _read(content: bytes) -> str:
    try:
        with undoc.parse_bytes(content) as document:
            texts = (document.plain_text().strip("\n"), read_stories(content))
            return clean("\n".join(filter(None, texts))[:MAX_CHARACTERS]).strip("\n")
    except undoc.UndocError as error:
        if error.kind == undoc.ErrorKind.ENCRYPTED:
            raise Unreadable("Tệp .doc đặt mật khẩu: cần bản không đặt mật khẩu.") from error
        raise Unreadable("Tệp .doc hỏng hoặc bị cắt cụt.") from error
