"""`tracuu index` and `tracuu rebuild`: what changes the index."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracuu.session import Session, Stop, stoppable

if TYPE_CHECKING:
    from indexer.report import RunReport


@click.command(short_help="Lập chỉ mục tệp và thư mục; chạy lại thì chỉ đọc cái đã đổi.")
@click.argument("paths", metavar="PATH...", nargs=-1, required=True, type=click.Path(path_type=Path))
@click.option(
    "--source", metavar="TÊN", help="Nguồn của văn bản: hệ thống hoặc kho mà chúng đến từ. [mặc định: tai-lieu]"
)
@click.option("--allow-empty", is_flag=True, help="Một PATH nay trống thì xóa mọi văn bản của nó khỏi chỉ mục.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def index(session: Session, paths: tuple[Path, ...], source: str | None, allow_empty: bool) -> None:
    """Lập chỉ mục mọi văn bản trong các PATH.

    PATH là thư mục (đọc cả thư mục con), một tệp, tệp .jsonl/.jsonl.gz mỗi dòng một bản ghi, hoặc tệp .toml mô tả một
    hộp thư hay cơ sở dữ liệu của hệ thống cũ. Chạy lại thì chỉ đọc cái đã đổi; văn bản có tệp đã mất được xóa khỏi chỉ
    mục. Bị dừng giữa chừng thì chạy lại cùng lệnh để tiếp tục. Muốn chỉ mục luôn theo kịp các PATH: `tracuu watch`.

    Tệp không đọc được không làm dừng lệnh: xem `tracuu failures`. Nó được đọc lại khi tệp đổi, khi chương trình có bộ
    đọc mới, hoặc bằng `tracuu failures --retry`.
    """
    from indexer.described import root_of
    from indexer.pipeline import index as run_index
    from tracuu.rooms import open_engine

    session.start_logging()
    roots = [root_of(path, source) for path in paths]
    with stoppable() as stop, open_engine(session.settings) as engine:
        options = session.options(stop, allow_empty=allow_empty)
        finish(run_index(engine, session.settings.journal, roots, options), stop)


@click.command(short_help="Dựng lại toàn bộ chỉ mục từ văn bản đã lưu trong nó.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def rebuild(session: Session) -> None:
    """Phân tích lại mọi văn bản trong chỉ mục vào một chỉ mục mới, rồi đưa nó vào thay.

    Trong lúc ấy vẫn tìm kiếm được. Bị dừng giữa chừng thì chạy lại để tiếp tục. Sau khi nâng cấp chương trình,
    `tracuu index` tự làm việc này khi cần.
    """
    from indexer.pipeline import index as run_index
    from indexer.pipeline import prepare
    from tracuu.rooms import open_engine

    session.start_logging()
    with stoppable() as stop, open_engine(session.settings) as engine:
        options = session.options(stop)
        if prepare(engine, options, force=True):
            run_index(engine, session.settings.journal, [], options)
            live = engine.live()
            click.echo(f"Đã dựng lại chỉ mục: {live.documents if live else 0} văn bản.")
        if stop.signal:
            raise click.exceptions.Exit(stop.exit_code)


def finish(report: RunReport, stop: Stop) -> None:
    """Say what a run did and end with the exit code that fits."""
    say(report)
    if report.interrupted:
        click.echo("Đã dừng giữa chừng; phần đã xong được giữ. Chạy lại cùng lệnh để tiếp tục.")
        raise click.exceptions.Exit(stop.exit_code)
    if report.errors:
        raise click.exceptions.Exit(1)


def say(report: RunReport) -> None:
    """Print the sums of a run."""
    click.echo(f"{report.sentence()} ({report.seconds:.1f} giây)")
    for error in report.errors:
        click.echo(error, err=True)
    if report.failed or report.noted:
        click.echo("Xem từng lỗi và lưu ý: tracuu failures")
