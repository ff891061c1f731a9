"""A real PostgreSQL for tests and benches, from the machine's own packages.

It listens on a Unix socket only, asks for a password, and ends with the block that started it. PostgreSQL refuses to
run as root: it is then run as the user `postgres`, which Debian's package makes.
"""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import tempfile
import time
from pathlib import Path
from types import TracebackType
from urllib.parse import quote

USER = "tracuu"
PASSWORD = "mat:khau/rieng@1"  # noqa: S105 - of a server that ends with its test; with what an URL must not hold as it is
_START_SECONDS = 60
_STOP_SECONDS = 30
_DEBIAN = Path("/usr/lib/postgresql")


class PostgresServer:
    """A server with one empty database `eoffice`; its URL, with the password, is what the block is given."""

    def __init__(self) -> None:
        self._user = "postgres" if os.geteuid() == 0 else None
        self._directory = Path(tempfile.mkdtemp(prefix="tracuu-pg-"))
        self._process: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> PostgresServer:
        if self._user:
            shutil.chown(self._directory, self._user)
        password = self._directory / "password"
        password.write_text(PASSWORD, encoding="utf-8")
        password.chmod(0o644)
        self._run("initdb", "-D", str(self._data), "-U", USER, "--pwfile", str(password), "-A", "scram-sha-256")
        self.start()
        self._psql("CREATE DATABASE eoffice", "postgres")
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.stop()
        shutil.rmtree(self._directory)

    def start(self) -> None:
        """Start it, and wait until it answers."""
        settings = {"listen_addresses": "", "unix_socket_directories": str(self._directory), "fsync": "off"}
        options = [option for name, value in settings.items() for option in ("-c", f"{name}={value}")]
        with (self._directory / "log").open("ab") as log:
            self._process = subprocess.Popen(
                [_program("postgres"), "-D", str(self._data), *options], user=self._user, stdout=log, stderr=log
            )
        until = time.monotonic() + _START_SECONDS
        while subprocess.run([_program("pg_isready"), "-q", "-h", str(self._directory)], check=False).returncode:
            if time.monotonic() > until or self._process.poll() is not None:
                raise RuntimeError((self._directory / "log").read_text())
            time.sleep(0.05)

    def stop(self) -> None:
        """End it, and every connection to it."""
        if self._process is not None:
            self._process.send_signal(signal.SIGINT)  # PostgreSQL's fast shutdown
            self._process.wait(_STOP_SECONDS)
            self._process = None

    def url(self, *, password: str | None = PASSWORD) -> str:
        """SQLAlchemy's URL of the database, with a password or without."""
        secret = f":{quote(password, safe='')}" if password is not None else ""
        return f"postgresql://{USER}{secret}@/eoffice?unix_sock={self._directory}/.s.PGSQL.5432"

    def execute(self, sql: str) -> None:
        """Run SQL in the database."""
        self._psql(sql, "eoffice")

    @property
    def _data(self) -> Path:
        return self._directory / "data"

    def _psql(self, sql: str, database: str) -> None:
        command = [_program("psql"), "-q", "-v", "ON_ERROR_STOP=1", "-h", str(self._directory), "-U", USER, database]
        environment = {**os.environ, "PGPASSWORD": PASSWORD}
        done = subprocess.run(command, input=sql.encode(), env=environment, capture_output=True, check=False)
        if done.returncode:
            raise RuntimeError(done.stderr.decode())

    def _run(self, program: str, *arguments: str) -> None:
        done = subprocess.run(
            [_program(program), *arguments], user=self._user, cwd=self._directory, capture_output=True, check=False
        )
        if done.returncode:
            raise RuntimeError(done.stderr.decode())


def _program(name: str) -> str:
    """A program of the newest PostgreSQL here; Debian keeps the server's out of `PATH`."""
    versions = sorted(_DEBIAN.glob("*"), key=lambda path: [int(part) for part in path.name.split(".")], reverse=True)
    folders = os.pathsep.join([*(str(path / "bin") for path in versions), os.environ.get("PATH", "")])
    found = shutil.which(name, path=folders)
    if found is None:
        raise RuntimeError(f"No {name} here. On Debian and Ubuntu: sudo apt-get install postgresql")
    return found
