"""`tracuu reconcile`: whether all that another system held is in the index."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

import click

from tracuu.session import Session

if TYPE_CHECKING:
    from engines.record import OfficialDocument
    from indexer.reconciliation import Compared, Reconciliation

_SHOWN = 50


@click.command(short_help="Đối soát sổ hoặc danh sách của hệ thống cũ với chỉ mục.")
@click.argument("register", metavar="REGISTER", type=click.Path(path_type=Path))
@click.option("--source", metavar="TÊN", help="Chỉ so với văn bản của nguồn này. [mặc định: mọi nguồn]")
@click.option("--xlsx", metavar="TỆP", type=click.Path(path_type=Path), help="Ghi kết quả đầy đủ ra tệp .xlsx này.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def reconcile(session: Session, register: Path, source: str | None, xlsx: Path | None) -> None:
    """So từng văn bản trong REGISTER với chỉ mục: khớp, khác (trường nào), thiếu; và thừa trong chỉ mục.

    REGISTER là sổ văn bản đến, đi (.xlsx, .xls, .ods, .csv, .tsv), tệp .jsonl, .jsonl.gz mỗi dòng một bản ghi, hoặc
    tệp .toml khai báo cơ sở dữ liệu của hệ thống cũ. Mã thoát là 1 khi có văn bản thiếu hoặc có dòng không đọc được.
    """
    from indexer.described import root_of
    from indexer.listed import NoList, read_list
    from indexer.reconciliation import reconcile as compare
    from tracuu.rooms import open_engine
    from tracuu.workbook import CannotWrite, summary, write_workbook

    root = root_of(register, source)
    try:
        listed = read_list(root.path, root.source, os.environ)
        with open_engine(session.settings) as engine:
            found = compare(engine, listed, source or "")
        if xlsx is not None:
            write_workbook(xlsx, found)
    except (NoList, CannotWrite) as error:
        raise click.ClickException(str(error)) from error
    for what, count in summary(found):
        click.echo(f"{count:>9}  {what}")
    for line in _details(found):
        click.echo(line)
    if xlsx is not None:
        click.echo(f"Đã ghi kết quả đầy đủ: {xlsx}")
    if not found.is_complete:
        raise click.exceptions.Exit(1)


def _details(found: Reconciliation) -> Iterator[str]:
    from indexer.reconciliation import Status

    titles = {Status.MISSING: "Thiếu", Status.DIFFERENT: "Khác", Status.UNREADABLE: "Không đọc được"}
    for status, title in titles.items():
        rows = [row for row in found.rows if row.status is status]
        yield from _section(title, [_row_line(row) for row in rows])
    yield from _section("Thừa trong chỉ mục", [_name(record) for record in found.extra])


def _section(title: str, lines: list[str]) -> Iterator[str]:
    if not lines:
        return
    yield f"\n{title}:"
    yield from (f"  {line}" for line in lines[:_SHOWN])
    if len(lines) > _SHOWN:
        yield f"  … và {len(lines) - _SHOWN} nữa: ghi ra tệp bằng --xlsx"


def _row_line(row: Compared) -> str:
    from indexer.agreement import FIELDS

    if row.listed.record is None:
        return f"{row.listed.place}: {row.listed.failure}"
    differing = "".join(
        f"\n      {FIELDS[one.field]}: danh sách “{one.listed}”, chỉ mục “{one.indexed}”" for one in row.differences
    )
    return f"{row.listed.place}: {_name(row.listed.record)}{differing}"


def _name(record: OfficialDocument) -> str:
    issued = f"{record.issued:%d/%m/%Y}" if record.issued else ""
    return " · ".join(filter(None, (record.number, issued, record.issuer, record.subject))) or record.id
