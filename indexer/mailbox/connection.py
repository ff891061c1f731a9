"""One signed-in connection to an IMAP server. Folders are opened by EXAMINE, letters fetched by BODY.PEEK: reading
them marks, moves and deletes nothing.
"""

from __future__ import annotations

import datetime
import ssl
from collections.abc import Iterator
from contextlib import suppress

from imapclient import IMAPClient, SocketTimeout  # type: ignore[import-untyped]
from imapclient.exceptions import (  # type: ignore[import-untyped]
    IMAPClientAbortError,
    IMAPClientError,
    LoginError,
)

from indexer.ledger import batches
from indexer.mailbox.account import Account, Tls

LOST = (OSError, IMAPClientAbortError)
"""The connection is gone, and another one may go through; OSError holds time-outs and TLS."""

REFUSED = IMAPClientError
"""The server said no. It is a base class of `IMAPClientAbortError`, so what is lost is to be caught before."""

__all__ = ["LOST", "REFUSED", "Connection", "LoginError"]

_TIMEOUT = SocketTimeout(connect=20, read=90)
_UNWANTED = frozenset({rb"\noselect", rb"\nonexistent"})
# RFC 6154. A pattern is a wish for folders of mail, and these hold what is thrown away or not yet sent.
_NOT_IN_PATTERNS = frozenset({rb"\trash", rb"\junk", rb"\drafts"})
_HEADER = "HEADER.FIELDS (SUBJECT)"


class Connection:
    """Signed in from the start.

    Args:
        account: The mailbox.
        password: Of its user.

    Raises:
        LoginError: The server does not take user and password.
        OSError: See `LOST`.
        IMAPClientError: See `REFUSED`.
    """

    def __init__(self, account: Account, password: str) -> None:
        context = ssl.create_default_context(cafile=str(account.ca_file) if account.ca_file else None)
        self._client = IMAPClient(
            account.host, account.port, ssl=account.tls is Tls.IMPLICIT, ssl_context=context, timeout=_TIMEOUT
        )
        self._selected: tuple[str, int] | None = None
        try:
            if account.tls is Tls.STARTTLS:
                self._client.starttls(context)
            # LOGIN takes ASCII only, and a password need not be.
            if self._client.has_capability("AUTH=PLAIN"):
                self._client.plain_login(account.user, password)
            else:
                self._client.login(account.user, password)
        except BaseException:
            self.close()
            raise

    def folders(self, wanted: str) -> list[str]:
        """The folders of a name or pattern, in order; none where there is no such folder.

        Raises:
            OSError: See `LOST`.
            IMAPClientError: See `REFUSED`.
        """
        is_pattern = "*" in wanted or "%" in wanted
        unwanted = _UNWANTED | _NOT_IN_PATTERNS if is_pattern else _UNWANTED
        return sorted(
            name
            for flags, _, name in self._client.list_folders(pattern=wanted)
            if not unwanted & {flag.lower() for flag in flags}
        )

    def open(self, folder: str) -> int:
        """Open a folder for reading; its UIDVALIDITY.

        Raises:
            OSError: See `LOST`.
            IMAPClientError: See `REFUSED`.
        """
        if self._selected is None or self._selected[0] != folder:
            self._selected = None
            self._selected = folder, int(self._client.select_folder(folder, readonly=True)[b"UIDVALIDITY"])
        return self._selected[1]

    def sizes(self, since: datetime.date | None) -> Iterator[tuple[int, int]]:
        """UID and bytes (RFC822.SIZE) of each letter in the open folder that came on this day or later.

        Raises:
            OSError: See `LOST`.
            IMAPClientError: See `REFUSED`.
        """
        uids_found = self._client.search(["ALL"] if since is None else ["SINCE", since])
        for uids in batches(sorted(uids_found)):
            found = self._client.fetch(uids, ["RFC822.SIZE"])
            yield from ((uid, int(found[uid][b"RFC822.SIZE"])) for uid in uids if b"RFC822.SIZE" in found.get(uid, {}))

    def content(self, uid: int) -> bytes | None:
        """All of a letter in the open folder; None when it is there no longer.

        Raises:
            OSError: See `LOST`.
            IMAPClientError: See `REFUSED`.
        """
        return self._part(uid, "")

    def header(self, uid: int) -> bytes | None:
        """The lines of a letter's header that tell its subject; None when it is there no longer.

        Raises:
            OSError: See `LOST`.
            IMAPClientError: See `REFUSED`.
        """
        return self._part(uid, _HEADER)

    def close(self) -> None:
        """Sign out if the server still listens."""
        with suppress(*LOST, REFUSED):
            self._client.logout()
        with suppress(OSError):
            self._client.shutdown()

    def _part(self, uid: int, section: str) -> bytes | None:
        found = self._client.fetch([uid], [f"BODY.PEEK[{section}]"]).get(uid, {})
        content = found.get(f"BODY[{section}]".encode())
        return content if isinstance(content, bytes) else None
