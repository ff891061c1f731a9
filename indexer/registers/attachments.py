"""Files that a register names (tệp đính kèm): found beside it, and their texts joined into the record's."""

from __future__ import annotations

import dataclasses
import logging
import os
import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import unquote

from analyzers.normalize import nfc
from engines.copies import SourceFile
from engines.origins import OriginKind
from engines.record import OfficialDocument, from_mapping
from indexer.archives import Member, content_of, is_archive, members
from indexer.files import FILE_BYTES, check_size, fault_of, reason_of, shown
from indexer.lines import Attachment, Blob
from indexer.originals.gathering import DocumentOriginals
from indexer.readers import is_candidate
from indexer.readers.extracted import Extracted, Joined, Unreadable, joined
from indexer.registers.rows import derived
from indexer.told import believed, told

_log = logging.getLogger(__name__)

_SEPARATOR = re.compile(r"[\\/]+")
_BETWEEN_FILES = "\n\n"


@dataclass(slots=True)
class Folder:
    """The folder that a register lies in, as a place to look files up in; each folder beneath is listed once."""

    path: Path
    _listings: dict[Path, dict[str, str]] = field(default_factory=dict)

    def find(self, written: str) -> Path | None:
        """The file that a cell names, if it lies in this folder or beneath it.

        Registers are moved: a path of another machine (`D:\\\\VanBan\\\\a.pdf`) or an address is tried from its end
        until something fits, `VanBan/a.pdf` and then `a.pdf`. Capitals and the way marks are composed do not matter.
        Nothing outside the folder is ever opened, whatever a cell says.
        """
        steps = [step for step in _SEPARATOR.split(unquote(written).strip()) if step not in ("", ".")]
        if ".." in steps:
            return None
        found = (self._beneath(steps[first:]) for first in range(len(steps)))
        return next((path for path in found if path is not None), None)

    def at(self, steps: Sequence[str]) -> Path | None:
        """The file at just this place in the folder; capitals and the way marks are composed do not matter."""
        if not steps or ".." in steps:
            return None
        path = self.path.joinpath(*steps)
        # Where every name is written as it is, no folder needs to be listed: some have a million files.
        return path if self._is_file(path) else self._beneath(steps)

    def _beneath(self, steps: Sequence[str]) -> Path | None:
        path = self.path
        for step in steps:
            name = self._listing(path).get(_plain(step))
            if name is None:
                return None
            path /= name
        return path if self._is_file(path) else None

    def _is_file(self, path: Path) -> bool:
        try:
            is_inside = path.resolve().is_relative_to(self.path.resolve())  # a link may lead out
            return is_inside and path.is_file()
        except OSError:  # no name that the system could have, as one that is too long
            return False

    def _listing(self, path: Path) -> dict[str, str]:
        if path not in self._listings:
            try:
                names = sorted((entry.name for entry in path.iterdir()), reverse=True)
                self._listings[path] = {_plain(name): name for name in names}
            except OSError:  # a file among the steps, or a folder that may not be looked into: nothing is found there
                self._listings[path] = {}
        return self._listings[path]


def stamp(path: Path) -> bytes:
    """Size and time of a file, which tell whether it is what was read."""
    status = path.stat()
    return os.fsencode(f"{path}\0{status.st_size}\0{status.st_mtime_ns}")


def files_in(path: Path) -> tuple[str, ...]:
    """The file itself; of an archive the files in it that may hold a text, by the paths that `indexer.archives` gives.

    An archive that cannot be looked into, or has no such file, stays itself, so that reading it says why.
    """
    if not is_archive(path.name):
        return (str(path),)
    try:
        inside = [file.path for file in members(str(path), is_candidate, FILE_BYTES) if isinstance(file, Member)]
    except (OSError, Unreadable):
        inside = []
    return tuple(inside) or (str(path),)


def join(
    record: OfficialDocument,
    attachments: Sequence[Attachment],
    read: Callable[[bytes, str], Extracted],
    originals: DocumentOriginals,
) -> tuple[OfficialDocument, str, bool]:
    """The record with the texts of its files, and the signatures in them.

    Args:
        record: What the register or database says; it outranks what a file says of itself. Its text counts only where
            no file has one; where there is none at all, type and issuer follow from the number.
        attachments: The files, in the register's order.
        read: Content and file name to text.
        originals: Gathers the files.

    Returns:
        The record; what the operator should know in Vietnamese: the files that could not be read, and why; and whether
        its text was recognised in pictures of pages.
    """
    extracted: list[Extracted] = []
    files: list[SourceFile] = []
    notes: list[str] = []
    for attachment in attachments:
        path = attachment.path if isinstance(attachment, Blob) else attachment
        try:
            content = attachment.content if isinstance(attachment, Blob) else _content(Path(attachment))
        except (OSError, Unreadable) as error:
            notes.append(f"Tệp đính kèm “{shown(path)}”: {reason_of(error)}")
            continue
        found, note = _read(content, path, read)
        files += originals.add(path, content, found, lies_somewhere=not isinstance(attachment, Blob))
        extracted += [dataclasses.replace(found, enclosed=())] if found else []
        notes += [f"Tệp đính kèm “{shown(path)}”: {note}"] if note else []
    whole = joined([(_BETWEEN_FILES, found) for found in extracted])
    if not whole.text:
        whole = Joined(record.text, record.pages, record.recognised)
    fields = believed(record.to_mapping(), *(told(found.fields, found.told_by) for found in extracted))
    if not whole.text:
        fields = told({**fields, **derived(fields, has_text=False)}, OriginKind.REGISTER)
    joint = dataclasses.replace(
        from_mapping(fields),
        text=whole.text,
        pages=whole.pages,
        recognised=whole.recognised,
        files=tuple(files),
        signatures=tuple(signature for found in extracted for signature in found.signatures),
    )
    return joint, " ".join(notes), any(found.scanned for found in extracted)


def _read(content: bytes, path: str, read: Callable[[bytes, str], Extracted]) -> tuple[Extracted | None, str]:
    """What a file holds, or None, and what the operator should know of it."""
    try:
        found = read(content, Path(path).name)
    except (OSError, Unreadable) as error:
        return None, reason_of(error)
    except Exception as error:  # noqa: BLE001 - whatever a broken file provokes, the register's row is a document
        _log.warning("Lỗi khi đọc tệp đính kèm", exc_info=True)
        return None, fault_of(error)
    return found, found.note


def _content(path: Path) -> bytes:
    if path.is_file():  # and does not lie in an archive, which has its own limits
        check_size(path.stat().st_size)
    return content_of(str(path), FILE_BYTES)


def _plain(name: str) -> str:
    return nfc(name).casefold()
