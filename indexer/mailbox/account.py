"""What the `[mailbox]` table of a TOML file says: where the mailbox is and what of it is read."""

from __future__ import annotations

import datetime
import enum
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path

from indexer.described import BadDescription, Description, Kind, wrong_value
from indexer.described_table import BadValue, DescribedTable
from indexer.files import reason_of

_NAMES = (
    *("host", "port", "tls", "ca_file", "user", "password_env", "password_file"),
    *("folders", "since", "source", "delete_gone"),
)
_INBOX = "INBOX"


class Tls(enum.StrEnum):
    """How the connection is made safe. `NONE` is for servers on this machine only."""

    IMPLICIT = "implicit"
    STARTTLS = "starttls"
    NONE = "none"


_PORTS = {Tls.IMPLICIT: 993, Tls.STARTTLS: 143, Tls.NONE: 143}  # RFC 8314, RFC 9051


@dataclass(frozen=True, slots=True, kw_only=True)
class Account:
    """A mailbox and what of it is read.

    Attributes:
        host: The server.
        port: Its port.
        tls: How the connection is made safe.
        ca_file: The authority that signed the server's certificate; None for those that the system trusts.
        user: Who signs in.
        password_env: The environment variable that holds the password, or "".
        password_file: The file whose first line is the password, where there is no such variable.
        folders: Names, or patterns of LIST (RFC 9051, 6.3.9): `*` is any text, `%` any text of one level.
        since: Letters that came before this day are not read; None for all.
        delete_gone: Whether the document of a letter that is in no folder any longer is deleted.
    """

    host: str
    port: int
    tls: Tls
    ca_file: Path | None
    user: str
    password_env: str
    password_file: Path | None
    folders: tuple[str, ...]
    since: datetime.date | None
    delete_gone: bool

    def password(self, environment: Mapping[str, str]) -> str:
        """The password, read when it is needed and kept nowhere.

        Args:
            environment: Where the variable `password_env` is looked up.

        Raises:
            BadDescription: It is not where the account says.
        """
        if self.password_env:
            password = environment.get(self.password_env, "")
            where = f"biến môi trường {self.password_env}"
        else:
            password = _first_line(self.password_file)
            where = f"tệp {self.password_file}"
        if not password:
            raise BadDescription(f"Không có mật khẩu hộp thư trong {where}.")
        return password


def read_account(description: Description) -> Account:
    """The account that a TOML file describes.

    Raises:
        BadDescription: A value is missing, wrong or unknown; the message names it and what is allowed.
    """
    try:
        table = DescribedTable(description.table, _NAMES, Kind.MAILBOX)
        return _account(table, Path(description.path).parent)
    except BadValue as error:
        raise wrong_value(description.path, Kind.MAILBOX, error) from None


def _account(table: DescribedTable, beside: Path) -> Account:
    host = table.text("host")
    tls = _tls(table)
    if tls is Tls.NONE and not _is_loopback(host):
        raise BadValue(
            f"khóa {table.key('tls')}: “none” chỉ được dùng với máy chủ trên chính máy này, không phải {host}"
        )
    password_env, password_file = (table.text(name, needed=False) for name in ("password_env", "password_file"))
    if bool(password_env) == bool(password_file):
        raise BadValue("phải có đúng một trong hai: password_env (tên biến môi trường) hoặc password_file (tệp)")
    ca_file = table.text("ca_file", needed=False)
    if ca_file and not (beside / ca_file).is_file():
        raise BadValue(f"khóa {table.key('ca_file')}: không có tệp {beside / ca_file}")
    table.text("source", needed=False)  # read by `described.root_of`
    return Account(
        host=host,
        port=_port(table, _PORTS[tls]),
        tls=tls,
        ca_file=beside / ca_file if ca_file else None,
        user=table.text("user"),
        password_env=password_env,
        password_file=beside / password_file if password_file else None,
        folders=_folders(table),
        since=table.day("since"),
        delete_gone=table.flag("delete_gone"),
    )


def _tls(table: DescribedTable) -> Tls:
    try:
        return Tls(table.values.get("tls", Tls.IMPLICIT))
    except ValueError:
        raise BadValue(f"khóa {table.key('tls')} phải là một trong: {', '.join(Tls)}") from None


def _port(table: DescribedTable, default: int) -> int:
    value = table.values.get("port", default)
    if type(value) is not int or not 0 < value < 2**16:
        raise BadValue(f"khóa {table.key('port')} phải là số nguyên từ 1 đến 65535")
    return value


def _folders(table: DescribedTable) -> tuple[str, ...]:
    value = table.values.get("folders", [_INBOX])
    if not isinstance(value, list) or not value or not all(isinstance(name, str) and name for name in value):
        raise BadValue(f'khóa {table.key("folders")} phải là danh sách tên thư mục, như ["INBOX", "Công văn đến"]')
    return tuple(value)


def _first_line(file: Path | None) -> str:
    if file is None:
        return ""
    try:
        return file.read_text(encoding="utf-8").split("\n", 1)[0].strip("\r")
    except OSError as error:
        raise BadDescription(f"Tệp mật khẩu {file}: {reason_of(error)}") from error
    except UnicodeDecodeError as error:
        raise BadDescription(f"Tệp mật khẩu {file} không phải văn bản UTF-8.") from error


def _is_loopback(host: str) -> bool:
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return host == "localhost"
