"""The files in an exchange package: base64, often of a zip with the one file in it, read within limits."""

from __future__ import annotations

import base64
import binascii
import posixpath
from collections.abc import Iterator
from dataclasses import dataclass

from indexer.readers.edxml_tree import Element
from indexer.readers.extracted import Unreadable
from indexer.readers.package import Package

MAX_BYTES = 128 * 2**20
"""Of all files of a package together, decoded and unpacked."""

MAX_FILES = 500
MAX_DEPTH = 3
"""Zips within zips that are opened."""

_ZIP = (b"PK\x03\x04", b"PK\x05\x06")
_DOCUMENT_PARTS = ("[Content_Types].xml", "mimetype")  # of the packages that are documents themselves
_LEFT_BEHIND = (".", "~$")
_LEFT_BEHIND_IN = "__MACOSX/"
_SPACE = b" \t\r\n"


@dataclass(frozen=True, slots=True)
class AttachedFile:
    """A file (tệp kèm theo), or why there is none under this name.

    Attributes:
        name: As the package calls it; `outer!inner` where a zip holds several.
        content: Its bytes.
        fault: Why they cannot be had, in Vietnamese; else empty.
    """

    name: str
    content: bytes = b""
    fault: str = ""


def attached_files(package: Element) -> Iterator[AttachedFile]:
    """Every file of a package in the order of its manifest, those that are missing or broken with the fault."""
    references = package.all("Reference")
    names = {reference.text("ContentId"): reference.text("AttachmentName") for reference in references}
    order = {id: at for at, id in enumerate(names)}
    attachments = [attachment for attachment in package.all("Attachment") if attachment.children]
    attachments.sort(key=lambda attachment: order.get(attachment.text("ContentId"), len(order)))
    limits = _Limits()
    there = set()
    for number, attachment in enumerate(attachments, start=1):
        id = attachment.text("ContentId")
        name = _name(attachment) or names.get(id) or f"tệp thứ {number}"
        there |= {id, name}
        yield from _files(name, attachment, limits)
    for id, name in names.items():
        if id not in there and name not in there:
            yield AttachedFile(name or id, fault="gói nêu tên nhưng không kèm tệp.")


def _name(attachment: Element) -> str:
    return attachment.text("AttachmentName") or attachment.text("FileName") or attachment.text("Name")


def _files(name: str, attachment: Element, limits: _Limits) -> Iterator[AttachedFile]:
    try:
        content = _decoded(attachment)
        limits.count(content)
    except Unreadable as unreadable:
        yield AttachedFile(name, fault=str(unreadable))
        return
    yield from _unpacked(name, content, limits, MAX_DEPTH)


def _decoded(attachment: Element) -> bytes:
    body = attachment.child("ContentTransferEncoded", "Content")
    if body is None or not any(piece.strip() for piece in body.pieces):
        raise Unreadable("gói không kèm nội dung.")
    if not body.closed:
        raise Unreadable("nội dung bị cắt cụt.")
    encoded = b"".join(piece.encode().translate(None, _SPACE) for piece in body.pieces)
    body.pieces.clear()  # a million lines of 76 characters, which nobody asks for again
    try:
        # Some systems leave the padding out.
        return base64.b64decode(encoded + b"=" * (-len(encoded) % 4), validate=True)
    except (binascii.Error, ValueError) as error:
        raise Unreadable("nội dung không phải base64 hợp lệ.") from error


def _unpacked(name: str, content: bytes, limits: _Limits, depth: int) -> Iterator[AttachedFile]:
    """The file itself, or the files in it when it is a zip that is no document."""
    if not content.startswith(_ZIP):
        yield AttachedFile(name, content)
        return
    try:
        archive = Package(content)
        if not archive.names.isdisjoint(_DOCUMENT_PARTS):
            yield AttachedFile(name, content)
            return
        if depth == 0:
            raise Unreadable(f"tệp nén lồng nhau quá {MAX_DEPTH} lớp.")
    except Unreadable as unreadable:
        yield AttachedFile(name, fault=str(unreadable))
        return
    members = [member for member in sorted(archive.names) if _is_file(member)]
    if not members:
        yield AttachedFile(name, fault="tệp nén rỗng.")
    for member in members:
        # What is zipped alone goes by the package's name for it; inside it is called by a random one.
        inner = name if len(members) == 1 else f"{name}!{member}"
        try:
            unpacked = b"".join(limits.counted(archive.chunks(member)))
        except Unreadable as unreadable:
            yield AttachedFile(inner, fault=str(unreadable))
        else:
            yield from _unpacked(inner, unpacked, limits, depth - 1)


def _is_file(member: str) -> bool:
    """Whether a member of a zip is a file, and none that a system or Word left behind."""
    name = posixpath.basename(member)
    return name != "" and not name.startswith(_LEFT_BEHIND) and not member.startswith(_LEFT_BEHIND_IN)


class _Limits:
    """How much of a package has been decoded and unpacked so far."""

    def __init__(self) -> None:
        self._bytes = 0
        self._files = 0

    def count(self, content: bytes) -> None:
        """Count one file.

        Raises:
            Unreadable: It is one too many.
        """
        for _ in self.counted(iter((content,))):
            pass

    def counted(self, chunks: Iterator[bytes]) -> Iterator[bytes]:
        """The chunks of one file, counted.

        Raises:
            Unreadable: They are too many, or the file is.
        """
        self._files += 1
        if self._files > MAX_FILES:
            raise Unreadable(f"gói có hơn {MAX_FILES} tệp.")
        for chunk in chunks:
            self._bytes += len(chunk)
            if self._bytes > MAX_BYTES:
                raise Unreadable(f"các tệp trong gói cộng lại quá {MAX_BYTES // 2**20} MB.")
            yield chunk
