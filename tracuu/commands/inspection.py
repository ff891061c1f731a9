"""`tracuu status`, `tracuu failures` and `tracuu verify`: what is in the index, and what is not."""

from __future__ import annotations

import dataclasses
import json
from collections.abc import Mapping, Sequence
from contextlib import closing
from typing import TYPE_CHECKING

import click

from tracuu.commands.documents import finish, say
from tracuu.session import Session, Stop, stoppable

if TYPE_CHECKING:
    from engines.interface import Engine, FacetValue, IndexState
    from indexer.entries import NotedRun, Problem
    from indexer.originals.checking import Check
    from indexer.verification import Verification

_SHOWN_IDS = 20
_SHOWN_DOCUMENTS = 3
_MOST_VALUES = 50
_TERMS = {"type": "Theo tên loại", "source": "Theo nguồn"}


@click.command(short_help="Có gì trong chỉ mục.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def status(session: Session) -> None:
    """In số văn bản theo tên loại và nguồn, bộ máy và phiên bản của chỉ mục, lần chạy gần nhất và số lỗi."""
    from indexer.journal import Journal
    from tracuu.rooms import open_engine

    settings = session.settings
    with open_engine(settings) as engine, closing(Journal(settings.journal)) as journal:
        click.echo(f"Bộ máy: {settings.engine}; thư mục: {settings.home}")
        live = engine.live()
        click.echo(_index_line("Chỉ mục", live) if live else "Chưa có chỉ mục: hãy chạy `tracuu index`.")
        if staged := engine.staged():
            click.echo(_index_line("Đang dựng", staged))
        if run := journal.last_run():
            click.echo(_run_line(run))
        failed = sum(count for state, count in journal.counts().items() if state.value != "indexed")
        click.echo(f"Lỗi: {failed}" + (" (xem `tracuu failures`)" if failed else ""))
        if live:
            click.echo(f"Bản khác đã gộp: {_folded(engine)}")
            for field, values in _facets(engine).items():
                _echo_values(_TERMS[field], values, live.documents)


@click.command(short_help="Văn bản nào không đọc được, vì sao; đọc lại với --retry.")
@click.option("--retry", is_flag=True, help="Đọc lại mọi tệp có lỗi.")
@click.option("--json", "as_json", is_flag=True, help="In thành JSON.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def failures(session: Session, retry: bool, as_json: bool) -> None:
    """In mỗi văn bản không vào được chỉ mục, hoặc vào với một lưu ý: tệp, lý do và lúc ấy."""
    from indexer.journal import Journal

    if retry:
        _retry(session)
        return
    with closing(Journal(session.settings.journal)) as journal:
        problems = list(journal.problems())
    if as_json:
        click.echo(json.dumps([_problem_mapping(problem) for problem in problems], ensure_ascii=False, indent=2))
    elif problems:
        for problem in problems:
            _echo_problem(problem)
    else:
        click.echo("Không có lỗi nào.")


@click.command(short_help="So chỉ mục với sổ; sửa với --repair.")
@click.option("--repair", is_flag=True, help="Đọc lại tệp của văn bản thiếu, xóa văn bản thừa.")
@click.option("--originals", is_flag=True, help="Đọc lại từng bản gốc và so SHA-256; có thể lâu.")
@click.help_option("--help", help="In trợ giúp này.")
@click.pass_obj
def verify(session: Session, repair: bool, originals: bool) -> None:
    """So từng văn bản trong chỉ mục với sổ. Mã thoát là 1 khi có khác biệt chưa sửa.

    Với --originals thì so cả bản gốc: bản giữ trong TRACUU_HOME có hỏng hay mất không, tệp ở chỗ cũ có khác không.
    """
    from indexer.verification import repair as run_repair
    from indexer.verification import verify as run_verify
    from tracuu.rooms import open_engine

    session.start_logging()
    with stoppable() as stop, open_engine(session.settings) as engine:
        found = run_verify(engine, session.settings.journal)
        _echo_verification(found)
        if originals:
            _verify_originals(session, engine, stop, repair=repair)
        if found.is_whole:
            return
        if not repair:
            click.echo("Sửa: tracuu verify --repair")
            raise click.exceptions.Exit(1)
        finish(run_repair(engine, session.settings.journal, found, session.options(stop)), stop)


def _verify_originals(session: Session, engine: Engine, stop: Stop, *, repair: bool) -> None:
    from indexer.originals.checking import check
    from indexer.verification import restore

    journal = session.settings.journal
    found = check(journal, keeps=session.keeps_originals)
    _echo_check(found)
    if repair and any(faulty.may_be_restored for faulty in found.faulty):
        say(restore(engine, journal, found, session.options(stop)))
        found = check(journal, keeps=session.keeps_originals)
        _echo_check(found)
    if not found.faulty:
        return
    if any(faulty.may_be_restored for faulty in found.faulty):
        click.echo(
            "Bản gốc gửi qua API thì phải gửi lại." if repair else "Giữ lại từ tệp: tracuu verify --originals --repair"
        )
    raise click.exceptions.Exit(1)


def _retry(session: Session) -> None:
    from indexer.verification import retry
    from tracuu.rooms import open_engine

    session.start_logging()
    with stoppable() as stop, open_engine(session.settings) as engine:
        finish(retry(engine, session.settings.journal, session.options(stop)), stop)


def _index_line(what: str, state: IndexState) -> str:
    return f"{what}: {state.documents} văn bản, phiên bản {state.version} ({state.name})"


def _run_line(run: NotedRun) -> str:
    if run.ended is None:
        return f"Lần chạy gần nhất: bắt đầu {run.started}, đang chạy hoặc bị ngắt giữa chừng"
    return f"Lần chạy gần nhất: {run.started} – {run.ended}. {run.summary}"


def _facets(engine: Engine) -> Mapping[str, Sequence[FacetValue]]:
    from engines.interface import Access, Facet, Search
    from engines.query import All

    facets = tuple(Facet(field, _MOST_VALUES) for field in _TERMS)
    return engine.search(Search(query=All(), access=Access.unrestricted(), size=0, facets=facets, folded=False)).facets


def _folded(engine: Engine) -> int:
    """How many documents are copies that searches leave out."""
    from engines.interface import FOLDED_AWAY, Access

    return engine.count(FOLDED_AWAY, Access.unrestricted(), folded=False)


def _echo_values(term: str, values: Sequence[FacetValue], total: int) -> None:
    click.echo(f"{term}:")
    for value in values:
        click.echo(f"  {value.count:>9}  {value.value}")
    if (others := total - sum(value.count for value in values)) > 0:
        click.echo(f"  {others:>9}  (không rõ hoặc ít gặp)")


def _echo_problem(problem: Problem) -> None:
    line = f", dòng {problem.line}" if problem.line else ""
    kind = "lưu ý" if problem.state.value == "indexed" else "lỗi"
    click.echo(f"{problem.at}  {kind}: {problem.path}{line}\n    {problem.reason}")


def _problem_mapping(problem: Problem) -> dict[str, object]:
    return {**dataclasses.asdict(problem), "state": problem.state.value}


def _echo_verification(found: Verification) -> None:
    click.echo(f"Khớp: {found.agreed} văn bản.")
    if found.foreign:
        click.echo(f"Ngoài sổ: {found.foreign} văn bản, lập chỉ mục với sổ khác.")
    for what, ids in (("Thiếu hoặc khác trong chỉ mục", found.missing), ("Thừa trong chỉ mục", found.left_over)):
        if ids:
            more = f" … và {len(ids) - _SHOWN_IDS} nữa" if len(ids) > _SHOWN_IDS else ""
            click.echo(f"{what}: {len(ids)} văn bản: {', '.join(ids[:_SHOWN_IDS])}{more}")


def _echo_check(found: Check) -> None:
    click.echo(f"Bản gốc nguyên vẹn: {found.kept} giữ trong TRACUU_HOME, {found.referred} ở chỗ cũ.")
    for faulty in found.faulty[:_SHOWN_IDS]:
        click.echo(f"Bản gốc {faulty.fault}: {faulty.place} (văn bản {', '.join(faulty.documents[:_SHOWN_DOCUMENTS])})")
    if len(found.faulty) > _SHOWN_IDS:
        click.echo(f"… và {len(found.faulty) - _SHOWN_IDS} bản gốc nữa.")
