"""Asking a database through SQLAlchemy: its driver, its password, and rows that come a few at a time.

Nothing is ever committed. Where the system can be told so, it refuses to write: PostgreSQL by a read-only transaction,
SQLite by `query_only`.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Any

from indexer.databases.mapping import DatabaseMapping
from indexer.described_table import BadValue

if TYPE_CHECKING:
    from sqlalchemy import URL, Connection, CursorResult, Engine

# Instead of SQLAlchemy's own choice, drivers whose licences permit anything and that are nothing but Python.
_DRIVERS = {"postgresql": "pg8000", "mysql": "pymysql", "mariadb": "pymysql"}
_PACKAGES = {
    "MySQLdb": "mysqlclient",
    "cx_Oracle": "cx_Oracle",
    "psycopg": "psycopg[binary]",
    "psycopg2": "psycopg2-binary",
}
_KINDS = "postgresql, mysql, mariadb, mssql (cần gói pyodbc), oracle (cần gói oracledb), sqlite"
_EXTRA = "pip install sqlalchemy pg8000"


class DatabaseUnreadable(Exception):
    """The database cannot be reached or does not answer; the message says why, in Vietnamese, and shows no secret."""


@dataclass(frozen=True, slots=True)
class Answer:
    """What a query gives.

    Attributes:
        columns: Their names as the database gives them.
        rows: Values in the order of the columns, read as they are asked for.
    """

    columns: Sequence[str]
    rows: Iterator[Sequence[Any]]


class Database:
    """A database that answers queries.

    Args:
        engine: SQLAlchemy's.
        secrets: What no message may show.
    """

    def __init__(self, engine: Engine, secrets: Sequence[str]) -> None:
        from sqlalchemy.exc import SQLAlchemyError

        self._engine = engine
        self._secrets = secrets
        # A driver's own errors come through where SQLAlchemy is clearing away a connection that broke.
        self._errors = (SQLAlchemyError, OSError, engine.dialect.loaded_dbapi.Error)

    @contextmanager
    def lane(self) -> Iterator[Lane]:
        """A connection of its own, for one answer at a time; rolled back at the end.

        Raises:
            DatabaseUnreadable: It cannot be reached.
        """
        with self.named(f"Không kết nối được đến {_place(self._engine.url)}"):
            connection = self._engine.connect()
            _forbid_writing(connection)
        try:
            yield Lane(self, connection)
        finally:
            self.clear_away(connection)

    @contextmanager
    def named(self, what: str) -> Iterator[None]:
        """Give whatever goes wrong a name.

        Args:
            what: What is being done, in Vietnamese, as the beginning of the message.

        Raises:
            DatabaseUnreadable: Something went wrong.
        """
        try:
            yield
        except Exception as error:  # noqa: BLE001 - a driver raises what it likes, as for a day before the year 1
            raise DatabaseUnreadable(f"{what}: {self._reason(error)}.") from None  # the cause shows what was asked

    def clear_away(self, opened: Connection | CursorResult[Any]) -> None:
        """Close what was opened; if it broke, reading it has said so, and there is nothing left to close."""
        with suppress(*self._errors):
            opened.close()

    def _reason(self, error: Exception) -> str:
        cause = getattr(error, "orig", None) or error
        said = next(filter(None, map(_server_message, _chain(cause))), str(cause))
        for secret in self._secrets:
            said = said.replace(secret, "***")
        return " ".join(said.split()).rstrip(".") or type(cause).__name__


def _chain(error: BaseException) -> Iterator[BaseException]:
    """An error and those it came from: a driver that loses a refused connection tells of the loss alone."""
    following: BaseException | None = error
    while following is not None:
        yield following
        following = following.__cause__ or following.__context__


def _server_message(error: BaseException) -> str:
    """What the server said, where the driver gives its message's fields (PostgreSQL, Error and Notice Fields)."""
    first = error.args[0] if error.args else None
    return str(first.get("M", "")) if isinstance(first, dict) else ""


class Lane:
    """One connection of a `Database`."""

    def __init__(self, database: Database, connection: Connection) -> None:
        self._database = database
        self._connection = connection

    @contextmanager
    def ask(self, query: str, at_once: int, key: str, parameters: Mapping[str, Any]) -> Iterator[Answer]:
        """Ask for rows.

        Args:
            query: SQL; parameters as `:name`.
            at_once: How many rows are in memory at once.
            key: The mapping file's key that holds the query.
            parameters: Their values.

        Raises:
            DatabaseUnreadable: The database does not accept the query, or does not answer to its end.
        """
        from sqlalchemy import text

        with self._database.named(f"Khóa “{key}”: cơ sở dữ liệu không trả lời"):
            statement = text(query).execution_options(yield_per=at_once)
            result = self._connection.execute(statement, dict(parameters))
        try:
            yield Answer(tuple(result.keys()), self._rows(result, key))
        finally:
            self._database.clear_away(result)

    def _rows(self, result: CursorResult[Any], key: str) -> Iterator[Sequence[Any]]:
        with self._database.named(f"Khóa “{key}”: đứt giữa chừng khi đọc các dòng"):
            yield from result


@contextmanager
def open_database(mapping: DatabaseMapping, environment: Mapping[str, str]) -> Iterator[Database]:
    """The database that a mapping file names.

    Args:
        mapping: The mapping file.
        environment: Where its password is looked up.

    Raises:
        BadValue: The URL is wrong, its driver is not installed, or there is no password where one is named.
    """
    try:
        from sqlalchemy import create_engine
        from sqlalchemy.exc import ArgumentError
        from sqlalchemy.pool import NullPool
    except ModuleNotFoundError as error:
        raise BadValue(f"đọc cơ sở dữ liệu cần cài thêm: {_EXTRA}") from error
    url = _url(mapping, environment)
    try:
        engine = create_engine(url, poolclass=NullPool, hide_parameters=True)
    except ModuleNotFoundError as error:
        package = _PACKAGES.get(error.name or "", error.name)
        how = _EXTRA if package == "pg8000" else f"pip install '{package}'"
        raise BadValue(f"khóa “url”: chưa cài trình điều khiển của {url.drivername}: {how}") from error
    except ArgumentError as error:
        raise BadValue(f"khóa “url”: không biết loại cơ sở dữ liệu “{url.drivername}”. Được phép: {_KINDS}") from error
    # SQLite makes a file that is not there.
    if url.get_backend_name() == "sqlite" and not Path(url.database or "").is_file():
        raise BadValue(f"khóa “url”: không có tệp {url.database}")
    try:
        yield Database(engine, tuple(filter(None, [str(url.password or "")])))
    finally:
        engine.dispose()


def _url(mapping: DatabaseMapping, environment: Mapping[str, str]) -> URL:
    from sqlalchemy.engine import make_url
    from sqlalchemy.exc import ArgumentError

    try:
        url = make_url(mapping.url)
    except (ArgumentError, ValueError):
        form = "loại://tài-khoản@máy:cổng/tên-cơ-sở-dữ-liệu, như postgresql://tracuu@10.0.0.5:5432/eoffice"
        raise BadValue(f"khóa “url” phải có dạng {form}") from None  # the cause shows the URL
    if url.drivername in _DRIVERS:
        url = url.set(drivername=f"{url.drivername}+{_DRIVERS[url.drivername]}")
    if not mapping.password_env:
        return url
    if not (password := environment.get(mapping.password_env)):
        raise BadValue(f"khóa “password_env”: chưa đặt biến môi trường {mapping.password_env}")
    return url.set(password=password)


def _forbid_writing(connection: Connection) -> None:
    """Have the database itself refuse to write, where it can be told so; elsewhere the account's rights decide."""
    match connection.dialect.name:
        case "postgresql":
            connection.execution_options(postgresql_readonly=True)
        case "sqlite":
            connection.exec_driver_sql("PRAGMA query_only = ON")


def _place(url: URL) -> str:
    port = f":{url.port}" if url.port else ""
    return f"{url.get_backend_name()} {url.host or ''}{port}/{url.database or ''}"
