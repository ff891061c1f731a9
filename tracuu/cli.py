"""The command line (dòng lệnh).

Exit codes: 0 all well, also when single files failed, which `tracuu failures` names; 1 the command could not do its
work, or `verify` found a difference; 2 wrong usage or settings; 130 interrupted by Ctrl-C, 143 by SIGTERM.
"""

from __future__ import annotations

import logging
from pathlib import Path
from typing import Any

import click

from tracuu.commands.documents import index, rebuild
from tracuu.commands.first_steps import say_what_is_next
from tracuu.commands.inspection import failures, status, verify
from tracuu.commands.reconciling import reconcile
from tracuu.commands.searching import search, serve
from tracuu.commands.watching import watch
from tracuu.session import Session, expected_errors, is_wrong_use


class _Commands(click.Group):
    """Shows what went wrong as one message, and a traceback only for what nobody expected."""

    def invoke(self, ctx: click.Context) -> Any:
        """Run the command."""
        try:
            return super().invoke(ctx)
        except expected_errors() as error:
            kind = _WrongUse if is_wrong_use(error) else click.ClickException
            raise kind(str(error)) from error


class _WrongUse(click.ClickException):
    exit_code = 2


@click.group(
    cls=_Commands,
    invoke_without_command=True,
    help="Tra Cứu: tìm kiếm toàn văn văn bản hành chính tiếng Việt.",
    epilog=(
        "Cài đặt đặt bằng biến môi trường TRACUU_… hoặc một tệp TOML. Ba biến hay dùng: TRACUU_HOME (thư mục giữ chỉ "
        "mục và sổ), TRACUU_ENGINE (embedded hoặc elasticsearch), TRACUU_CONFIG (tệp TOML)."
    ),
    context_settings={"max_content_width": 100},
)
@click.option(
    "--config", type=click.Path(path_type=Path), help="Tệp TOML giữ cài đặt; biến môi trường TRACUU_… đứng trên nó."
)
@click.option("--verbose", is_flag=True, help="Ghi cả những việc nhỏ ra nhật ký.")
@click.version_option(package_name="tracuu", message="%(version)s", help="In phiên bản.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_context
def main(context: click.Context, config: Path | None, verbose: bool) -> None:
    """Read what all commands share; settings are read when a command asks for them."""
    context.obj = Session(config, logging.DEBUG if verbose else logging.INFO)
    if context.invoked_subcommand is None:
        say_what_is_next(context.obj)


for _command in (index, watch, serve, search, status, failures, verify, reconcile, rebuild):
    main.add_command(_command)
