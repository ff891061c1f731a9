"""A document among those it is related to, as a small picture: what it stands on at the left, what cites it right.

The list of related documents says the same and more in words; the picture is for a look.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from itertools import islice

from flask import url_for

from engines.record import OfficialDocument
from engines.relations import RelationKind
from search_service.notation import title_of
from search_service.related import RelatedByKind, RelatedDocument, Relations
from search_service.tongues.said import Said

WIDTH = 800
"""Units across; a unit is a pixel where there is room."""

_MOST_A_SIDE = 6
_NODE_WIDTH = 228
_NODE_HEIGHT = 46
_GAP = 12
_LONGEST_LABEL = 28
_LEFT, _MIDDLE, _RIGHT = 0, (WIDTH - _NODE_WIDTH) // 2, WIDTH - _NODE_WIDTH


@dataclass(frozen=True, slots=True)
class Node:
    """A document in the picture.

    Attributes:
        label: A short name.
        title: The whole name and what it is to the document in the middle, for those who hear it or wait on it.
        term: What it is to the document in the middle.
        href: Its page; empty where it is not in the index, and of the one in the middle.
        left: Its left edge.
        top: Its upper edge.
    """

    label: str
    title: str
    term: str
    href: str
    left: int
    top: int


@dataclass(frozen=True, slots=True)
class Edge:
    """An arrow from the document that cites to the one that is cited."""

    start: tuple[int, int]
    end: tuple[int, int]


@dataclass(frozen=True, slots=True)
class RelationPicture:
    """What is drawn, and in what size; `left_out` documents are only in the list."""

    middle: Node
    nodes: tuple[Node, ...]
    edges: tuple[Edge, ...]
    height: int
    left_out: int
    width: int = WIDTH
    node_width: int = _NODE_WIDTH
    node_height: int = _NODE_HEIGHT


def relation_picture(
    record: OfficialDocument,
    relations: Relations,
    cites_terms: Mapping[RelationKind, str],
    cited_by_terms: Mapping[RelationKind, str],
) -> RelationPicture | None:
    """The picture of a document's relations, at most a dozen; None where there are none."""
    cited, citing = _in_order(relations.cites), _in_order(relations.cited_by)
    if not cited and not citing:
        return None
    rows = max(1, min(_MOST_A_SIDE, max(len(cited), len(citing))))
    height = rows * (_NODE_HEIGHT + _GAP) - _GAP
    left = _column(cited, cites_terms, _LEFT, height)
    right = _column(citing, cited_by_terms, _RIGHT, height)
    middle = Node(
        _short(title_of(record)), title_of(record), Said("Văn bản này"), "", _MIDDLE, (height - _NODE_HEIGHT) // 2
    )
    edges = [Edge((_MIDDLE, _centre(middle)), (_LEFT + _NODE_WIDTH, _centre(node))) for node in left]
    edges += [Edge((_RIGHT, _centre(node)), (_MIDDLE + _NODE_WIDTH, _centre(middle))) for node in right]
    drawn = len(left) + len(right)
    return RelationPicture(middle, (*left, *right), tuple(edges), height, len(cited) + len(citing) - drawn)


def _in_order(documents: RelatedByKind) -> list[tuple[RelationKind, RelatedDocument]]:
    """Those that can be opened first, each kind in its order."""
    every = [(kind, one) for kind, some in documents.items() for one in some]
    return sorted(every, key=lambda pair: pair[1].record is None)


def _column(
    documents: Sequence[tuple[RelationKind, RelatedDocument]],
    terms: Mapping[RelationKind, str],
    left: int,
    height: int,
) -> list[Node]:
    shown = list(islice(documents, _MOST_A_SIDE))
    top = (height - len(shown) * (_NODE_HEIGHT + _GAP) + _GAP) // 2
    return [_node(one, terms[kind], left, top + row * (_NODE_HEIGHT + _GAP)) for row, (kind, one) in enumerate(shown)]


def _node(one: RelatedDocument, term: str, left: int, top: int) -> Node:
    if one.record is None:
        name = " ".join(filter(None, (one.relation.type, one.relation.number)))
        return Node(_short(name), f"{term}: {name}", term, "", left, top)
    name = title_of(one.record)
    title = f"{term}: {name}" + (f", {one.record.subject}" if one.record.subject else "")
    return Node(_short(name), title, term, url_for("pages.document", id=one.record.id), left, top)


def _short(name: str) -> str:
    return name if len(name) <= _LONGEST_LABEL else f"{name[: _LONGEST_LABEL - 1].rstrip()}…"


def _centre(node: Node) -> int:
    return node.top + _NODE_HEIGHT // 2
