"""`tracuu watch`: the index follows folders, mailboxes and the like until it is ended."""

from __future__ import annotations

import logging
import signal
from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracuu.commands.documents import say
from tracuu.session import Session, stoppable

if TYPE_CHECKING:
    from engines.interface import Engine
    from indexer.pipeline import Options
    from indexer.report import RunReport
    from indexer.sources import Root

_log = logging.getLogger(__name__)


@click.command(short_help="Theo dõi thư mục, hộp thư: có gì mới thì lập chỉ mục ngay.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option("--source", metavar="TÊN", help="Nguồn của văn bản, như của `tracuu index`.")
@click.option(
    "--every",
    default=30.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Số giây giữa hai lần xem lại mọi thứ: hộp thư và ổ đĩa mạng không tự báo thay đổi.",
)
@click.option(
    "--settle",
    default=5.0,
    show_default=True,
    type=click.FloatRange(min=0.1),
    help="Chỉ đọc tệp đã yên từng ấy giây: tệp đang được ghi hoặc chép thì chờ.",
)
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def watch(session: Session, paths: tuple[Path, ...], source: str | None, every: float, settle: float) -> None:
    """Lập chỉ mục các PATH rồi theo dõi chúng mãi, đến khi bị dừng (Ctrl-C hoặc SIGTERM).

    PATH là những gì `tracuu index` nhận: thư mục, tệp, tệp .toml mô tả một hộp thư. Tệp mới, tệp đổi, tệp bị xóa hoặc
    đổi chỗ trong thư mục được thấy ngay; mọi PATH còn được xem lại sau mỗi --every giây.

    Một PATH tạm mất (ổ đĩa mạng, máy chủ thư) không làm mất văn bản nào và không làm dừng lệnh.
    """
    from indexer.described import root_of
    from indexer.settling import Settling
    from indexer.watching import Rhythm, keep_looking
    from tracuu.rooms import open_engine

    session.start_logging()
    roots = [root_of(path, source) for path in paths]
    with stoppable() as stop, open_engine(session.settings) as engine:
        options = session.options(stop, settling=Settling(settle))
        look = _Look(session, engine, options, every)
        keep_looking(roots, look, Rhythm(every=every, settle=settle), options.is_candidate, stop.event)
    # A service manager ends a watch by SIGTERM, and that is no failure.
    if stop.signal == signal.SIGINT:
        raise click.exceptions.Exit(stop.exit_code)


class _Look:
    """Runs, and says what there is to say; what keeps one look from its end keeps not the next one."""

    def __init__(self, session: Session, engine: Engine, options: Options, every: float) -> None:
        self._session = session
        self._engine = engine
        self._options = options
        self._every = every
        self._said: dict[tuple[Root, ...], tuple[str, ...]] = {}

    def __call__(self, roots: Sequence[Root]) -> RunReport | None:
        from engines.interface import EngineUnavailable
        from indexer.pipeline import index

        try:
            report = index(self._engine, self._session.settings.journal, roots, self._options)
        except EngineUnavailable as error:
            _log.warning("%s Thử lại sau %g giây.", error, self._every)
            return None
        if report.indexed or report.deleted or report.errors != self._said.get(tuple(roots), ()):
            say(report)
        self._said[tuple(roots)] = report.errors
        return report
