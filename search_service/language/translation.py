"""From a tree to what the ranking needs of it: a filter, the words to rank by, and its parts for people."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass

from analyzers.folding import fold
from analyzers.tokens import Token, syllable_texts, syllables
from engines.query import All, Best, Boolean, Match, Prefix, Query
from search_service.language.fields import BadValue, Lookup, run_of
from search_service.language.parser import Mistake
from search_service.language.tree import Beginning, Every, Exact, Fielded, Leaf, Node, Not, Some, Words, wanted
from search_service.tongues.said import Said

Spellings = Callable[[str], Sequence[tuple[str, ...]]]
"""The ways to read some words: each the syllables, without marks."""


@dataclass(frozen=True, slots=True)
class Part:
    """One condition of an expression.

    Attributes:
        text: As it was typed.
        term: What it is, in Vietnamese.
        start: Where it begins in what was typed.
        end: Where it ends.
        excluded: Whether what fulfils it is left out.
        query: The documents that fulfil it.
    """

    text: str
    term: str
    start: int
    end: int
    excluded: bool
    query: Query


@dataclass(frozen=True, slots=True)
class Expression:
    """An expression (biểu thức) as the ranking sees it.

    Attributes:
        filter: The documents that fulfil it. Its loose words are left to the ranking, which finds documents with
            enough of them.
        has_loose_words: Whether there are such words.
        tokens: The words that are wanted, wherever in it, with their places in what was typed.
        parts: Its conditions, in order.
    """

    filter: Query
    has_loose_words: bool
    tokens: tuple[Token, ...]
    parts: tuple[Part, ...]


def translate(text: str, tree: Node, lookup: Lookup, spellings: Spellings) -> Expression:
    """Translate a tree.

    Args:
        text: What was typed.
        tree: Its tree.
        lookup: For the values of fields.
        spellings: For words.

    Raises:
        Mistake: A field does not take its value.
    """
    translation = _Translation(lookup, spellings)
    members = tree.members if isinstance(tree, Every) and not tree.said else (tree,)
    loose = [member for member in members if isinstance(member, Words)]
    strict = tuple(translation.query(member) for member in members if member not in loose)
    return Expression(
        filter=Boolean(filters=strict) if strict else All(),
        has_loose_words=bool(loose),
        tokens=tuple(_tokens(text, tree)),
        parts=tuple(translation.parts(text, tree)),
    )


class _Translation:
    def __init__(self, lookup: Lookup, spellings: Spellings) -> None:
        self._lookup = lookup
        self._spellings = spellings

    def query(self, node: Node) -> Query:
        match node:
            case Not(inner):
                return Boolean(must_not=(self.query(inner),))
            case Every(members):
                return Boolean(filters=tuple(map(self.query, members)))
            case Some(members):
                return Boolean(should=tuple(map(self.query, members)), minimum_should=1)
            case _:
                return self._leaf(node)

    def _leaf(self, leaf: Leaf) -> Query:
        try:
            match leaf:
                case Words(text):
                    return self._words(text)
                case Exact(text, slop):
                    return run_of(text, "syllables", "folded", slop)
                case Beginning(text):
                    return _beginning(text)
                case Fielded(field, value):
                    return field.read(value, self._lookup)
        except BadValue as error:
            (allowed,) = error.args
            if isinstance(leaf, Fielded):
                said = Said("Trường “{field}” nhận {allowed}.", field=leaf.field.name, allowed=allowed)
            else:
                said = Said("Ở đây cần {allowed}.", allowed=allowed)
            raise Mistake(said, leaf.start, leaf.end) from error

    def _words(self, text: str) -> Query:
        """Documents with all of the words, in one of their spellings."""
        readings = [reading for reading in self._spellings(text) if reading]
        if not readings:
            raise BadValue(Said("ít nhất một từ"))
        return Best(tuple(Match("folded", reading, len(set(reading))) for reading in readings))

    def parts(self, text: str, node: Node, *, excluded: bool = False) -> Iterator[Part]:
        """The conditions beneath a node."""
        match node:
            case Not(inner):
                yield from self.parts(text, inner, excluded=not excluded)
            case Every(members) | Some(members):
                for member in members:
                    yield from self.parts(text, member, excluded=excluded)
            case _:
                typed = text[node.start : node.end]
                yield Part(typed, _term(node), node.start, node.end, excluded, self._leaf(node))


def _beginning(text: str) -> Query:
    tokens = syllable_texts(text)
    if len(tokens) != 1:
        raise BadValue(Said("một từ trước dấu “*”"))
    plain = fold(tokens[0])
    return Prefix("folded", plain) if plain == tokens[0] else Prefix("syllables", tokens[0])


def _term(leaf: Leaf) -> str:
    match leaf:
        case Fielded(field):
            return field.term
        case Exact(_, slop):
            return f"cụm từ, cách nhau tối đa {slop} từ" if slop else "đúng cụm từ"
        case Beginning():
            return "từ bắt đầu bằng"
        case _:
            return "từ"


def _tokens(text: str, tree: Node) -> Iterator[Token]:
    for leaf in wanted(tree):
        match leaf:
            case Words():
                said, at = text[leaf.start : leaf.end], leaf.start
            case Exact():
                said, at = leaf.text, leaf.text_start
            case _:
                continue
        yield from (Token(token.text, token.start + at, token.end + at) for token in syllables(said))
