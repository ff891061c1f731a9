"""The mailboxes of a run: letters as files of paths that stay theirs, fetched one at a time.

A letter's path is that of the TOML file, its folder, and `UIDVALIDITY-UID.eml`: a server never gives that name to
another letter (RFC 9051, 2.3.1.1). Where a letter is moved, or the server numbers a folder anew, its size and bytes
tell that it is the same one, as they do of a file.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from types import TracebackType
from typing import TypeVar

from indexer.described import BadDescription, Kind, read_description
from indexer.files import FILE_BYTES, shown
from indexer.mailbox.account import Account, read_account
from indexer.mailbox.connection import LOST, REFUSED, Connection, LoginError
from indexer.readers.extracted import Unreadable
from indexer.readers.mime import subject_of
from indexer.sources import FoundFile, Unlistable, is_description

_T = TypeVar("_T")
_SUFFIX = ".eml"
_NEVER_CHANGES = 0  # RFC 9051, 2.3.1.1: the letter of a UID is always the same


class MailboxUnavailable(Exception):
    """A mailbox cannot be read now; the message says why, in Vietnamese. What is in it is unknown, not gone."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """A letter from the server.

    Attributes:
        content: Its bytes; None where it is larger than files may be.
        label: Which letter it is, in Vietnamese, for messages.
    """

    content: bytes | None
    label: str


class Mailbox:
    """A mailbox that a TOML file describes. It is connected to when it is first asked.

    Args:
        path: The TOML file.
        account: What it says.
        environment: Where its password is looked up.
    """

    def __init__(self, path: str, account: Account, environment: Mapping[str, str]) -> None:
        self.path = path
        self.account = account
        self._environment = environment
        self._connection: Connection | None = None
        self._lost = ""

    def letters(self) -> Iterator[FoundFile | Unlistable]:
        """Every letter of its folders, and the folders that cannot be looked into.

        Raises:
            MailboxUnavailable: See there.
        """
        met: set[str] = set()
        for wanted in self.account.folders:
            try:
                folders = self._ask(partial(Connection.folders, wanted=wanted))
                if not folders:
                    yield Unlistable(self._folder_path(wanted), "Hộp thư không có thư mục này.")
                for folder in folders:
                    if folder not in met:
                        met.add(folder)
                        yield from self._ask(partial(self._letters_in, folder))
            except REFUSED as error:
                yield Unlistable(self._folder_path(wanted), f"Máy chủ không cho xem thư mục này: {error}.")

    def fetch(self, path: str, size: int) -> Fetched | None:
        """A letter; None when it is there no longer.

        Args:
            path: As `letters` has it.
            size: Likewise.

        Raises:
            MailboxUnavailable: See there.
            Unreadable: The server does not give out this one.
        """
        folder, validity, uid = self._place(path)
        try:
            return self._ask(lambda connection: _fetch(connection, folder, validity, uid, size))
        except REFUSED as error:
            raise Unreadable(f"Thư mục {folder}, UID {uid}: máy chủ không giao thư này: {error}.") from error

    def close(self) -> None:
        """Sign out."""
        if self._connection is not None:
            self._connection.close()
            self._connection = None

    def _letters_in(self, folder: str, connection: Connection) -> list[FoundFile]:
        validity = connection.open(folder)
        return [
            FoundFile(f"{self._folder_path(folder)}{os.sep}{validity}-{uid}{_SUFFIX}", size, _NEVER_CHANGES)
            for uid, size in connection.sizes(self.account.since)
        ]

    def _ask(self, question: Callable[[Connection], _T]) -> _T:
        """Ask the server, and once more through another connection where one was lost: servers end idle ones.

        A mailbox that was lost twice is lost for the rest of the run, so that its letters do not wait one by one.
        """
        if self._lost:
            raise MailboxUnavailable(self._lost)
        try:
            return self._ask_twice(question)
        except LoginError as error:
            raise self._lose(f"không đăng nhập được: {error}.") from error
        except LOST as error:
            raise self._lose(f"không kết nối được, hoặc mất kết nối giữa chừng: {error}.") from error
        except BadDescription as error:
            raise self._lose(str(error)) from error

    def _ask_twice(self, question: Callable[[Connection], _T]) -> _T:
        try:
            return question(self._connected())
        except LOST:
            if self._connection is None:
                raise
            self.close()
            return question(self._connected())

    def _connected(self) -> Connection:
        if self._connection is None:
            self._connection = Connection(self.account, self.account.password(self._environment))
        return self._connection

    def _lose(self, why: str) -> MailboxUnavailable:
        self.close()
        self._lost = f"{self._name}: {why}"
        return MailboxUnavailable(self._lost)

    @property
    def _name(self) -> str:
        return f"Hộp thư “{shown(self.path)}” ({self.account.user} tại {self.account.host}:{self.account.port})"

    def _folder_path(self, folder: str) -> str:
        return f"{self.path}{os.sep}{folder}"

    def _place(self, path: str) -> tuple[str, int, int]:
        folder, _, name = path.removeprefix(self.path + os.sep).rpartition(os.sep)
        validity, uid = name.removesuffix(_SUFFIX).split("-")
        return folder, int(validity), int(uid)


def _fetch(connection: Connection, folder: str, validity: int, uid: int, size: int) -> Fetched | None:
    if connection.open(folder) != validity:
        return None
    content = connection.content(uid) if size <= FILE_BYTES else None
    header = content if size <= FILE_BYTES else connection.header(uid)
    if header is None:
        return None
    return Fetched(content, f"Thư “{subject_of(header)}” (thư mục {folder}, UID {uid}):")


class Mailboxes:
    """The mailboxes of one run, each read from its TOML file once and closed at the end.

    Args:
        environment: Where their passwords are looked up.
    """

    def __init__(self, environment: Mapping[str, str]) -> None:
        self._environment = environment
        self._open: dict[str, Mailbox] = {}

    def __enter__(self) -> Mailboxes:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        for mailbox in self._open.values():
            mailbox.close()

    def at(self, path: str) -> Mailbox | None:
        """The mailbox that this file describes; None for any other path.

        Raises:
            BadDescription: The file is a description that cannot be used.
        """
        if not is_description(path):
            return None
        if path not in self._open:
            description = read_description(path)
            if description.kind is not Kind.MAILBOX:
                return None
            self._open[path] = Mailbox(path, read_account(description), self._environment)
        return self._open[path]

    def holding(self, path: str) -> Mailbox | None:
        """The mailbox among those opened before that a letter of this path is in."""
        return next((mailbox for at, mailbox in self._open.items() if path.startswith(at + os.sep)), None)
