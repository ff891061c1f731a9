"""A real Dovecot on a loopback port, with TLS and one user, run by nobody in particular and ended by its own id."""

from __future__ import annotations

import grp
import imaplib
import os
import pwd
import shutil
import socket
import ssl
import subprocess
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

USER, PASSWORD = "van-thu@so.example", "mật-khẩu-thử"
_START_SECONDS = 20
# Dovecot 2.3. As somebody who is not root it can neither change root nor user, so every service is told not to.
_CONFIGURATION = """
protocols = imap
listen = 127.0.0.1
base_dir = {home}/run
log_path = {home}/log
ssl = yes
ssl_cert = <{home}/cert.pem
ssl_key = <{home}/key.pem
ssl_dh =
disable_plaintext_auth = no
auth_mechanisms = plain
mail_location = maildir:{home}/mail/%u
mail_uid = {uid}
mail_gid = {gid}
first_valid_uid = 1
first_valid_gid = 1
default_login_user = {user}
default_internal_user = {user}
default_internal_group = {group}
passdb {{
  driver = static
  args = password={password}
}}
userdb {{
  driver = static
  args = uid={uid} gid={gid} home={home}/mail/%u
}}
namespace inbox {{
  inbox = yes
  separator = /
  mailbox Trash {{
    special_use = \\Trash
  }}
}}
service imap-login {{
  chroot =
  inet_listener imap {{
    port = {port}
  }}
  inet_listener imaps {{
    port = {tls_port}
  }}
}}
service anvil {{
  chroot =
}}
service stats {{
  chroot =
}}
"""


@dataclass(frozen=True, slots=True)
class Dovecot:
    """A running server.

    Attributes:
        certificate: The authority of its certificate, which is for localhost and 127.0.0.1.
        port: Without TLS, and for STARTTLS.
        tls_port: With TLS from the first byte.
    """

    certificate: Path
    port: int
    tls_port: int

    @contextmanager
    def signed_in(self) -> Iterator[imaplib.IMAP4]:
        """A connection of the mailbox's owner, who may change everything."""
        with imaplib.IMAP4("127.0.0.1", self.port) as client:
            client.authenticate("PLAIN", lambda _: f"\0{USER}\0{PASSWORD}".encode())
            yield client


@contextmanager
def running() -> Iterator[Dovecot]:
    """Start a server with an empty mailbox; end it when the context is left."""
    binary = shutil.which("dovecot", path=f"{os.environ.get('PATH', '')}:/usr/sbin")
    assert binary, "tests need Dovecot: apt-get install dovecot-imapd"
    # Not beneath pytest's own folder, which nobody but its owner may enter.
    home = Path(tempfile.mkdtemp(prefix="tracuu-dovecot-"))
    try:
        user = pwd.getpwnam("nobody") if os.getuid() == 0 else pwd.getpwuid(os.getuid())
        ports = _free_port(), _free_port()
        _certify(home)
        _configure(home, user, *ports)
        process = subprocess.Popen(
            [binary, "-F", "-c", str(home / "dovecot.conf")],
            user=user.pw_uid if os.getuid() == 0 else None,
            group=user.pw_gid if os.getuid() == 0 else None,
            extra_groups=[] if os.getuid() == 0 else None,
        )
        try:
            server = Dovecot(home / "cert.pem", *ports)
            _wait_for(server, process, home / "log")
            yield server
        finally:
            process.terminate()
            process.wait(_START_SECONDS)
    finally:
        shutil.rmtree(home)


def _configure(home: Path, user: pwd.struct_passwd, port: int, tls_port: int) -> None:
    names = {"user": user.pw_name, "group": _group_of(user), "uid": user.pw_uid, "gid": user.pw_gid}
    configuration = _CONFIGURATION.format(home=home, port=port, tls_port=tls_port, password=PASSWORD, **names)
    (home / "dovecot.conf").write_text(configuration, encoding="utf-8")
    (home / "mail").mkdir()
    if os.getuid() == 0:
        for path in (home, *home.rglob("*")):
            os.chown(path, user.pw_uid, user.pw_gid)


def _group_of(user: pwd.struct_passwd) -> str:
    return grp.getgrgid(user.pw_gid).gr_name


def _certify(home: Path) -> None:
    subprocess.run(
        [
            *("openssl", "req", "-x509", "-newkey", "ec", "-pkeyopt", "ec_paramgen_curve:prime256v1", "-nodes"),
            *("-days", "2", "-subj", "/CN=localhost", "-addext", "subjectAltName=DNS:localhost,IP:127.0.0.1"),
            *("-keyout", str(home / "key.pem"), "-out", str(home / "cert.pem")),
        ],
        check=True,
        capture_output=True,
    )


def _wait_for(server: Dovecot, process: subprocess.Popen[bytes], log: Path) -> None:
    until = time.monotonic() + _START_SECONDS
    context = ssl.create_default_context(cafile=server.certificate)
    while True:
        try:
            imaplib.IMAP4_SSL("127.0.0.1", server.tls_port, ssl_context=context).logout()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > until:
                raise RuntimeError(log.read_text() if log.exists() else "Dovecot wrote no log") from None
            time.sleep(0.05)


def _free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as listener:
        return int(listener.getsockname()[1])
