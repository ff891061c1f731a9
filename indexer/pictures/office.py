"""Files of word processors and spreadsheets to PDF, through LibreOffice without a window.

LibreOffice reads hostile files here: it has a profile that is thrown away, takes no macro and follows no link, and
where the system lets it, a network namespace of its own in which there is nothing.
"""

from __future__ import annotations

import functools
import os
import shutil
import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from indexer.readers.extracted import Unreadable

SECONDS = 90
"""After so long a conversion is ended: a file of 300 pages takes half of it on one slow core."""

MEMORY_BYTES = 3 * 2**30
"""What LibreOffice may take of address space; it begins with half of it."""

_GRACE_SECONDS = 5
_LOOK_SECONDS = 10
_LARGEST_PDF = 200 * 2**20
_ENDINGS = {
    "application/msword": ".doc",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/rtf": ".rtf",
    "application/vnd.oasis.opendocument.text": ".odt",
    "application/vnd.oasis.opendocument.spreadsheet": ".ods",
    "application/vnd.ms-excel": ".xls",
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet": ".xlsx",
    "application/vnd.ms-excel.sheet.binary.macroenabled.12": ".xlsb",
}
TYPES = frozenset(_ENDINGS)
"""Media types of the files that are converted."""

_NOT_CONVERTED = "LibreOffice không chuyển được tệp này thành trang: tệp hỏng hoặc đặt mật khẩu."
# Links are not followed, macros not run, updates not looked for; what goes out in spite of that finds a dead proxy.
_SETTINGS = (
    ("org.openoffice.Office.Common/Security/Scripting", "BlockUntrustedRefererLinks", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "DisableMacrosExecution", "true"),
    ("org.openoffice.Office.Common/Security/Scripting", "MacroSecurityLevel", "3"),
    ("org.openoffice.Office.Writer/Content/Update", "Link", "0"),
    ("org.openoffice.Office.Calc/Content/Update", "Link", "2"),
    ("org.openoffice.Inet/Settings", "ooInetProxyType", "2"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPProxyPort", "9"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyName", "127.0.0.1"),
    ("org.openoffice.Inet/Settings", "ooInetHTTPSProxyPort", "9"),
)


@dataclass(frozen=True, slots=True)
class Office:
    """LibreOffice's command; picklable."""

    command: str

    def to_pdf(self, content: bytes, media_type: str) -> bytes:
        """The file as it would be printed; memory is limited by whoever calls.

        Args:
            content: The file.
            media_type: What it is, one of `TYPES`.

        Raises:
            Unreadable: LibreOffice made nothing of it, or took too long; the message says so.
        """
        with tempfile.TemporaryDirectory(prefix="tracuu-", ignore_cleanup_errors=True) as name:
            folder = Path(name)
            source = folder / f"document{_ENDINGS[media_type]}"
            source.write_bytes(content)
            _write_profile(folder / "profile")
            self._run(folder, source)
            try:
                with source.with_suffix(".pdf").open("rb") as made:
                    pdf = made.read(_LARGEST_PDF + 1)
            except FileNotFoundError as error:
                raise Unreadable(_NOT_CONVERTED) from error
        if len(pdf) > _LARGEST_PDF:
            raise Unreadable(f"Tệp thành quá {_LARGEST_PDF // 2**20} MB trang in, không vẽ.")
        return pdf

    def _run(self, folder: Path, source: Path) -> None:
        # `timeout` ends LibreOffice's whole process group, and does so too when this process is gone.
        command = [
            *("timeout", f"--kill-after={_GRACE_SECONDS}", str(SECONDS)),
            *_alone(),
            *(self.command, f"-env:UserInstallation={(folder / 'profile').as_uri()}"),
            *("--headless", "--norestore", "--nologo", "--nodefault", "--nolockcheck"),
            *("--convert-to", "pdf", "--outdir", str(folder), str(source)),
        ]
        environment = {"PATH": os.environ.get("PATH", os.defpath), "HOME": str(folder), "LANG": "C.UTF-8"}
        try:
            ended = subprocess.run(  # noqa: S603 - the command that was found
                command,
                cwd=folder,
                env=environment,
                stdin=subprocess.DEVNULL,
                stdout=subprocess.DEVNULL,
                stderr=subprocess.DEVNULL,
                timeout=SECONDS + 2 * _GRACE_SECONDS,
                check=False,
            )
        except subprocess.TimeoutExpired as error:
            raise Unreadable(f"Chuyển tệp thành trang quá {SECONDS} giây mà chưa xong.") from error
        if ended.returncode == _TIMED_OUT:
            raise Unreadable(f"Chuyển tệp thành trang quá {SECONDS} giây mà chưa xong.")


_TIMED_OUT = 124  # of timeout(1)


def find_office() -> Office | None:
    """This machine's LibreOffice; None where it is not installed."""
    command = shutil.which("soffice") or shutil.which("libreoffice")
    return Office(command) if command and shutil.which("timeout") else None


@functools.cache
def _alone() -> tuple[str, ...]:
    """What runs a command where there is no network; nothing where the system does not let us."""
    command = ("unshare", "--map-current-user", "--net")
    try:
        tried = subprocess.run([*command, "true"], capture_output=True, timeout=_LOOK_SECONDS, check=False)  # noqa: S603
    except (OSError, subprocess.TimeoutExpired):
        return ()
    return command if tried.returncode == 0 else ()


def _write_profile(folder: Path) -> None:
    user = folder / "user"
    user.mkdir(parents=True)
    items = "".join(
        f'<item oor:path="/{path}"><prop oor:name="{name}" oor:op="fuse"><value>{value}</value></prop></item>'
        for path, name, value in _SETTINGS
    )
    (user / "registrymodifications.xcu").write_text(
        '<?xml version="1.0" encoding="UTF-8"?>'
        '<oor:items xmlns:oor="http://openoffice.org/2001/registry" '
        f'xmlns:xs="http://www.w3.org/2001/XMLSchema">{items}</oor:items>',
        encoding="utf-8",
    )
