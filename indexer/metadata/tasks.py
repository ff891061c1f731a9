"""Tasks (việc được giao): which body a document tells to do what, and by when.

They are read from documents that give some: plans, letters, directives, decisions on one matter. What laws and other
normative documents lay on a body is its standing duty (trách nhiệm, nhiệm vụ) and no task.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from dataclasses import dataclass

from analyzers.numbers import year_in
from engines.tasks import Task
from indexer.metadata.bodies import read_bodies
from indexer.metadata.days import day_of, has_year
from indexer.metadata.due import BY, PAST
from indexer.metadata.task_forms import (
    ACTS,
    ANNOUNCES,
    CLOSING,
    DASHES,
    DIRECTED,
    GROUNDS,
    ITEM,
    LABEL,
    LISTED,
    MARKED,
    PARAGRAPH,
    STRONGLY,
    TERM,
    TOGETHER,
    TOLD,
    TOLD_ABOUT,
    YEARLY,
)

MAX_TASKS = 100
"""No more of one document are read."""

_GIVING = frozenset(
    {"Công văn", "Công điện", "Chỉ thị", "Kế hoạch", "Thông báo", "Quyết định", "Nghị quyết", "Chương trình"}
    | {"Phương án", "Đề án", "Hướng dẫn", "Giấy mời", "Phiếu chuyển"}
)
_LOOKED_AT = 300_000
_LONGEST_WHAT = 300
_MARK_LENGTH = 12
_LONGEST_CLAUSE = 3_000  # what is longer is a table or a file without line ends: only its beginning is looked at
_FARTHEST = datetime.timedelta(days=366)

_FEWEST_WORDS = 4


@dataclass(frozen=True, slots=True)
class _Clause:
    """A sentence or an item of a list: its text on one line, and where it stands."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class _Heading:
    """A body that stands above a list of what it is to do, and the kind of mark that it stands under."""

    who: tuple[str, ...]
    mark: str


def read_tasks(text: str, type: str, number: str, issued: datetime.date | None) -> tuple[Task, ...]:
    """The tasks that a document gives, in reading order; their spans point into `text`.

    Args:
        text: The normalized text.
        type: Its type.
        number: Its number; one with a year is a normative document's.
        issued: Its date of issue; without it a day has to be written with its year.
    """
    if type not in _GIVING or year_in(number):
        return ()
    tasks: list[Task] = []
    heading: _Heading | None = None
    for clause in _clauses(text):
        if TERM.match(clause.text) and tasks and tasks[-1].due is None:
            tasks[-1] = _with_term(tasks[-1], clause, issued)
            continue
        found = _task(clause, heading, issued)
        heading = _heading_after(clause, heading)
        if found:
            tasks.append(found)
        if len(tasks) == MAX_TASKS:
            break
    return tuple(tasks)


def _clauses(text: str) -> Iterator[_Clause]:
    limit = min(len(text), _LOOKED_AT)
    start = 0
    for boundary in PARAGRAPH.finditer(text, 0, limit):
        clause = _clause(text, start, boundary.start() + 1)
        goes_on = boundary.end() - start < _LONGEST_CLAUSE and _is_unfinished(clause.text)
        if goes_on and not MARKED.match(text[boundary.end() : boundary.end() + _MARK_LENGTH]):
            continue
        if clause.text:
            yield clause
        start = boundary.end()
    if (last := _clause(text, start, limit)).text:
        yield last


def _clause(text: str, start: int, end: int) -> _Clause:
    raw = text[start : min(end, start + _LONGEST_CLAUSE)]
    start += len(raw) - len(raw.lstrip())
    return _Clause(" ".join(raw.split()), start, start + len(raw.strip()))


def _is_unfinished(text: str) -> bool:
    """Whether a clause says with whom and goes on to say what: `chủ trì, phối hợp với Sở A;`."""
    at = text.rfind(TOGETHER)
    return at >= 0 and not text.endswith(":") and ACTS.search(text, at + len(TOGETHER)) is None


def _task(clause: _Clause, heading: _Heading | None, issued: datetime.date | None) -> Task | None:
    if CLOSING.search(clause.text):
        return None
    due = _due(clause.text, issued)
    if (directed := DIRECTED.search(clause.text)) and (who := read_bodies(directed["who"])):
        return _made(clause, who, directed["what"], due)
    told = TOLD.match(clause.text) or (TOLD_ABOUT.search(clause.text) if due else None)
    if told and (due or STRONGLY.match(told["what"])):
        return _made(clause, who, told["what"], due) if (who := read_bodies(told["who"])) else None
    listed = LISTED.match(clause.text)
    if listed and listed["what"] and ITEM.match(listed["what"]) and (who := _bodies_alone(listed["who"])):
        return _made(clause, who, listed["what"], due)
    if heading and (item := _item(clause, heading)):
        return _made(clause, heading.who, item["what"], due)
    return None


def _made(clause: _Clause, who: tuple[str, ...], what: str, due: datetime.date | None) -> Task | None:
    # A row of a table, or a name that goes on.
    if len(what.split()) < _FEWEST_WORDS or LABEL.match(what) or ANNOUNCES.search(what):
        return None
    return Task(who=who, what=_shortened(what.strip(" .;:/")), due=due, start=clause.start, end=clause.end)


def _shortened(what: str) -> str:
    if len(what) <= _LONGEST_WHAT:
        return what
    return f"{what[:_LONGEST_WHAT].rsplit(' ', 1)[0]}…"


def _bodies_alone(written: str) -> tuple[str, ...]:
    """The bodies of a phrase that says nothing else: no verb is in it."""
    return () if ACTS.search(written) else read_bodies(written)


def _heading_after(clause: _Clause, heading: _Heading | None) -> _Heading | None:
    """The heading that the next clause stands under."""
    text = clause.text.rstrip(":.")
    listed = LISTED.match(text)
    if listed and not listed["what"] and (who := _bodies_alone(listed["who"])):
        return _Heading(who, _kind(listed["mark"]))
    mark = MARKED.match(text)
    told = DIRECTED.search(text) or TOLD.match(text) if clause.text.endswith(":") else None
    if told and (who := read_bodies(told["who"])):
        return _Heading(who, _kind(mark.group()) if mark else "")
    return heading if heading and _item(clause, heading) else None


def _item(clause: _Clause, heading: _Heading) -> re.Match[str] | None:
    """What a body is to do, in the list under it. Under a dash only what has a mark of its own is such an item."""
    mark = MARKED.match(clause.text)
    if GROUNDS.match(clause.text) or (_kind(mark.group()) == heading.mark if mark else heading.mark in DASHES):
        return None
    return ITEM.match(clause.text)


def _kind(mark: str) -> str:
    """Marks of one list are of one kind: figures, small letters, Roman figures, or the same sign."""
    first = mark[0]
    if first.isdigit():
        return f"figure {mark.strip('.)').count('.')}"
    if first in "IVX":
        return "roman"
    return "letter" if first.isalpha() else first


def _due(text: str, issued: datetime.date | None) -> datetime.date | None:
    """The first day by which a clause asks for something; None for one that comes back every year."""
    if YEARLY.search(text):
        return None
    for found in BY.finditer(text):
        if PAST.search(text[: found.start()]):
            continue
        if has_year(found):
            day = day_of(found, 1)
            if day and (issued is None or issued <= day):
                return day
        elif issued and (day := day_of(found, issued.year)) and issued <= day <= issued + _FARTHEST:
            return day
    return None


def _with_term(task: Task, clause: _Clause, issued: datetime.date | None) -> Task:
    """The task with the term (thời hạn) that a clause of its own gives it."""
    due = _due(clause.text, issued)
    if due is None:
        return task
    return Task(who=task.who, what=task.what, due=due, start=task.start, end=clause.end)
