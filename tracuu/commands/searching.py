"""`tracuu search` and `tracuu serve`: what reads the index."""

from __future__ import annotations

import textwrap
from collections.abc import Iterator, Sequence
from typing import TYPE_CHECKING

import click

from tracuu.session import Session

if TYPE_CHECKING:
    from search_service.highlights import Mark
    from search_service.search import FoundDocument

_INDENT = "   "


@click.command(short_help="Tìm kiếm ngay trong cửa sổ lệnh.")
@click.argument("words", metavar="CÂU HỎI...", nargs=-1)
@click.option(
    "--size", default=10, show_default=True, type=click.IntRange(1, 1000), help="In nhiều nhất bao nhiêu văn bản."
)
@click.option("--literal", is_flag=True, help="Tìm đúng như đã gõ, không sửa và không hiểu thêm gì.")
@click.option("--explain", is_flag=True, help="In chứng cứ xếp hạng của từng văn bản.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def search(session: Session, words: tuple[str, ...], size: int, literal: bool, explain: bool) -> None:
    """Tìm văn bản như trên trang web: số ký hiệu, chữ có dấu hay không. Không có câu hỏi: văn bản mới nhất."""
    from engines.interface import Access
    from search_service.search import SearchRequest
    from tracuu.rooms import open_engine, search_service

    with open_engine(session.settings) as engine:
        request = SearchRequest(text=" ".join(words), size=size, literal=literal, explain=explain)
        service = search_service(engine, session.settings.own_abbreviations())
        # Who can run this can read the index's files.
        answer = service.search(request, Access.unrestricted())
    if answer.question.read_as:
        click.echo(f"Đã tìm: {answer.question.read_as}")
    if answer.question.did_you_mean:
        click.echo(f"Có phải bạn muốn tìm: {answer.question.did_you_mean}?")
    click.echo(f"{answer.total} văn bản ({answer.took_ms} ms)")
    for rank, hit in enumerate(answer.hits, 1):
        click.echo("\n".join(_lines(rank, hit)))


@click.command(short_help="Chạy API và trang web tìm kiếm.")
@click.option("--host", help="Địa chỉ nghe; không có thì theo TRACUU_HOST.")
@click.option("--port", type=click.IntRange(0, 65535), help="Cổng; không có thì theo TRACUU_PORT.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def serve(session: Session, host: str | None, port: int | None) -> None:
    """Chạy API và trang web tìm kiếm đến khi bị dừng. Việc lập chỉ mục có thể chạy cùng lúc."""
    from search_service.app import create_app
    from search_service.server import serve as run_server
    from tracuu.rooms import changes, open_engine, originals, page_images, search_service, writing
    from tracuu.settings import origins

    settings = session.settings
    session.start_logging()
    with open_engine(settings) as engine, page_images(settings) as images:
        service = search_service(engine, settings.own_abbreviations())
        service.understand("")  # loads what is known of the index, so that the first question need not wait for it
        app = create_app(
            service,
            writing(engine, settings, service),
            originals(settings),
            images,
            changes=changes(settings),
            cors_origins=origins(settings.cors_origins),
            embed_origins=origins(settings.embed_origins),
        )
        try:
            run_server(app, host or settings.host, settings.port if port is None else port)
        except OSError as error:
            raise click.ClickException(
                f"Không nghe được ở {host or settings.host}, cổng {settings.port if port is None else port}: "
                f"{error.strerror or error}. Chọn cổng khác bằng --port hoặc TRACUU_PORT."
            ) from error


def _lines(rank: int, hit: FoundDocument) -> Iterator[str]:
    from search_service.standing import copies_summary, where

    record = hit.record
    issued = f"{record.issued:%d/%m/%Y}" if record.issued else ""
    name = " ".join(filter(None, (record.type, record.number))) or record.id
    yield f"\n{rank}. " + " · ".join(filter(None, (click.style(name, bold=True), issued, record.issuer)))
    if record.subject:
        yield _INDENT + _marked(record.subject, hit.subject_marks)
    for highlight in hit.highlights:
        text = _marked(highlight.text, highlight.marks)
        yield textwrap.indent(" ".join(text.split()), _INDENT + "… ")
    for share in hit.explanation or ():
        yield _INDENT + f"{share.score:8.2f} {share.evidence}" + (f" ({share.reading})" if share.reading else "")
    if record.draft_of:
        yield _INDENT + f"Dự thảo của {record.draft_of}"
    if record.files:
        yield _INDENT + click.style(record.files[0].path, dim=True)
    if record.copies:
        yield _INDENT + f"{copies_summary(record.copies)}:"
        yield from (_INDENT * 2 + click.style(f"{copy.id}  {where(copy)}", dim=True) for copy in record.copies)


def _marked(text: str, marks: Sequence[Mark]) -> str:
    pieces, at = [], 0
    for mark in marks:
        pieces += [text[at : mark.start], click.style(text[mark.start : mark.end], fg="yellow", bold=True)]
        at = mark.end
    return "".join([*pieces, text[at:]])
