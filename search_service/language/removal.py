"""An expression without one of its conditions, written anew: what is left of an operator must have its operands."""

from __future__ import annotations

from collections.abc import Iterable

from search_service.language.parser import parse
from search_service.language.tree import Every, Node, Not, Some, Words


def without(text: str, start: int, end: int) -> str:
    """The question without the condition, or the words, that stand between two places.

    Args:
        text: What was typed, in NFC.
        start: Where it begins.
        end: Where it ends.

    Raises:
        Mistake: The text would be an expression, but for a mistake.
    """
    return without_all(text, [(start, end)])


def without_all(text: str, places: Iterable[tuple[int, int]]) -> str:
    """As `without`, of several conditions at once: to take them away one by one would move those behind.

    Raises:
        Mistake: The text would be an expression, but for a mistake.
    """
    left = parse(text)
    if left is None:
        for start, end in sorted(places, reverse=True):
            text = f"{text[:start]} {text[end:]}"
        return " ".join(text.split())
    for start, end in places:
        left = _cut(left, start, end) if left else None
    return "" if left is None else _written(left, text)


def _cut(node: Node, start: int, end: int) -> Node | None:
    """The node without what lies between two places; None when nothing is left."""
    if start <= node.start and node.end <= end and not isinstance(node, Not | Every | Some):
        return None
    match node:
        case Not(inner, at, to):
            cut = _cut(inner, start, end)
            return None if cut is None else Not(cut, at, to)
        case Every(members, said, at, to):
            kept = tuple(cut for member in members if (cut := _cut(member, start, end)) is not None)
            return Every(kept, said, at, to) if len(kept) > 1 else next(iter(kept), None)
        case Some(members, at, to):
            kept = tuple(cut for member in members if (cut := _cut(member, start, end)) is not None)
            return Some(kept, at, to) if len(kept) > 1 else next(iter(kept), None)
        case _:
            return node


def _written(node: Node, text: str) -> str:
    match node:
        case Not(inner):
            # Words take all words behind them in, so that those that are left out stand by themselves.
            said = _written(inner, text)
            return f"-({said})" if isinstance(inner, Words | Not | Every | Some) else f"-{said}"
        case Every(members, said):
            written = [
                f"({_written(one, text)})" if isinstance(one, Some | Every) else _written(one, text) for one in members
            ]
            return (" AND " if said else " ").join(written)
        case Some(members):
            return " OR ".join(
                f"({_written(one, text)})" if isinstance(one, Some) else _written(one, text) for one in members
            )
        case _:
            return text[node.start : node.end]
