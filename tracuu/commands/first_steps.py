"""`tracuu` alone: where things stand, and what to do next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from typing import TYPE_CHECKING

import click

from tracuu.session import Session

if TYPE_CHECKING:
    from pathlib import Path

    from engines.interface import IndexState

_INDEX = "tracuu index THƯ_MỤC --source TÊN_NGUỒN"
_WIDTH = 46


def say_what_is_next(session: Session) -> None:
    """Print the state of the index in a line, then the commands that make sense now.

    Raises:
        EngineError: The engine cannot be asked.
    """
    from tracuu.rooms import open_engine

    settings = session.settings
    with open_engine(settings) as engine:
        live = engine.live()
    click.echo(_standing(live, settings.home))
    click.echo()
    steps = [*_troubles(settings.journal), *(_with_index(settings.host, settings.port) if live else _without_index())]
    for command, what in (*steps, ("tracuu --help", "mọi lệnh và cài đặt")):
        click.echo(f"  {click.style(command.ljust(_WIDTH), bold=True)} {what}")


def _standing(live: IndexState | None, home: Path) -> str:
    if live is None:
        return f"Chưa có văn bản nào được lập chỉ mục (thư mục {home}). Bắt đầu:"
    return f"Chỉ mục có {live.documents} văn bản (thư mục {home}). Làm tiếp:"


def _without_index() -> Iterator[tuple[str, str]]:
    yield _INDEX, "đưa văn bản của một thư mục vào"
    yield "tracuu serve", "rồi mở trang tìm kiếm"


def _with_index(host: str, port: int) -> Iterator[tuple[str, str]]:
    yield 'tracuu search "ke hoach chuyen doi so"', "tìm ngay tại đây"
    yield "tracuu serve", f"mở trang tìm kiếm ở http://{host}:{port}"
    yield _INDEX, "đưa thêm, hoặc cập nhật: chỉ đọc những gì đã đổi"
    yield "tracuu watch THƯ_MỤC --source TÊN_NGUỒN", "tự cập nhật theo thư mục"
    yield "tracuu status", "chỉ mục có gì"


def _troubles(path: Path) -> Iterator[tuple[str, str]]:
    """What went wrong, if the journal tells of anything. It is not made by being asked."""
    from indexer.journal import Journal

    if not path.exists():
        return
    with closing(Journal(path)) as journal:
        run = journal.last_run()
        failed = sum(count for state, count in journal.counts().items() if state.value != "indexed")
    if run and run.ended is None:
        yield _INDEX, "lần chạy trước đang chạy hoặc bị ngắt: chạy lại y như trước để làm tiếp"
    if failed:
        yield "tracuu failures", f"{failed} văn bản không đọc được: xem vì sao"
