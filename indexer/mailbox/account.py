"""What the `[mailbox]` table of a TOML file says: where the mailbox is and what of it is read."""

from __future__ import annotations

import datetime
import enum
import ipaddress
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.described import BadDescription, Description
from indexer.files import reason_of, shown

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
        return _account(_Table(description.table), Path(description.path).parent)
    except _BadValue as error:
        raise BadDescription(f"“{shown(description.path)}”, bảng [mailbox]: {error}.") from None


def _account(table: _Table, beside: Path) -> Account:
    table.knows(_NAMES)
    host = table.text("host")
    tls = table.tls()
    if tls is Tls.NONE and not _is_loopback(host):
        raise _BadValue(f"tls = “none” chỉ được dùng với máy chủ trên chính máy này, không phải {host}")
    password_env, password_file = table.text("password_env", ""), table.text("password_file", "")
    if bool(password_env) == bool(password_file):
        raise _BadValue("phải có đúng một trong hai: password_env (tên biến môi trường) hoặc password_file (tệp)")
    ca_file = table.text("ca_file", "")
    if ca_file and not (beside / ca_file).is_file():
        raise _BadValue(f"ca_file: không có tệp {beside / ca_file}")
    table.text("source", "")  # read by `described.root_of`
    return Account(
        host=host,
        port=table.port(_PORTS[tls]),
        tls=tls,
        ca_file=beside / ca_file if ca_file else None,
        user=table.text("user"),
        password_env=password_env,
        password_file=beside / password_file if password_file else None,
        folders=table.folders(),
        since=table.day("since"),
        delete_gone=table.flag("delete_gone"),
    )


class _BadValue(ValueError):
    pass


class _Table:
    """The values of a TOML table, each asked for by the kind it must be of."""

    def __init__(self, values: Mapping[str, Any]) -> None:
        self._values = values

    def knows(self, names: tuple[str, ...]) -> None:
        unknown = sorted(self._values.keys() - set(names))
        if unknown:
            raise _BadValue(f"mục “{unknown[0]}” không có nghĩa gì; được phép: {', '.join(names)}")

    def text(self, name: str, default: str | None = None) -> str:
        value = self._values.get(name, default)
        if value is None:
            raise _BadValue(f"thiếu mục “{name}”")
        if not isinstance(value, str) or (not value and default is None):
            raise _BadValue(f"{name} phải là chữ trong ngoặc kép")
        return value

    def port(self, default: int) -> int:
        value = self._values.get("port", default)
        if type(value) is not int or not 0 < value < 2**16:
            raise _BadValue("port phải là số nguyên từ 1 đến 65535")
        return value

    def tls(self) -> Tls:
        try:
            return Tls(self._values.get("tls", Tls.IMPLICIT))
        except ValueError:
            raise _BadValue(f"tls phải là một trong: {', '.join(Tls)}") from None

    def folders(self) -> tuple[str, ...]:
        value = self._values.get("folders", [_INBOX])
        if not isinstance(value, list) or not value or not all(isinstance(name, str) and name for name in value):
            raise _BadValue('folders phải là danh sách tên thư mục, như ["INBOX", "Công văn đến"]')
        return tuple(value)

    def day(self, name: str) -> datetime.date | None:
        value = self._values.get(name)
        if value is not None and type(value) is not datetime.date:
            raise _BadValue(f"{name} phải là ngày không có ngoặc kép, như 2024-01-31")
        return value

    def flag(self, name: str) -> bool:
        value = self._values.get(name, False)
        if not isinstance(value, bool):
            raise _BadValue(f"{name} phải là true hoặc false")
        return value


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
