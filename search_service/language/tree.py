"""An expression (biểu thức) as a tree. Every node knows where it stands in what was typed."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import TypeAlias

from search_service.language.fields import Field


@dataclass(frozen=True, slots=True)
class Words:
    """Words (từ) beside one another, without an operator between them."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Exact:
    """A phrase (cụm từ) in quotes: its words one after another, at most `slop` moves apart.

    `text_start` is where the words begin, which is behind `start`.
    """

    text: str
    slop: int
    text_start: int
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Beginning:
    """The beginning of a word (`chuy*`)."""

    text: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Fielded:
    """A value of one field (`loại:"Quyết định"`)."""

    field: Field
    value: str
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Not:
    """Everything but this."""

    inner: Node
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Every:
    """All of these. `said` tells whether AND was written, and the words are not just beside one another."""

    members: tuple[Node, ...]
    said: bool
    start: int
    end: int


@dataclass(frozen=True, slots=True)
class Some:
    """At least one of these."""

    members: tuple[Node, ...]
    start: int
    end: int


Leaf: TypeAlias = Words | Exact | Beginning | Fielded
Node: TypeAlias = Leaf | Not | Every | Some


def wanted(node: Node) -> Iterator[Leaf]:
    """The leaves that are asked for, in order: none beneath a `Not`."""
    match node:
        case Not():
            return
        case Every(members) | Some(members):
            for member in members:
                yield from wanted(member)
        case _:
            yield node
