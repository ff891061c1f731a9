"""Cuts what was typed into lexemes, and tells operators from words that only look like them.

People paste titles in capitals (`SỞ KẾ HOẠCH VÀ ĐẦU TƯ`), lists with dashes (`-Căn cứ Luật …`) and headings with colons
(`Số: 15/QĐ-UBND`), and write a word in capitals to stress it (`trường hợp nào KHÔNG được miễn?`). None of that is an
operator: VÀ between words in capitals, KHÔNG before a verb or in a question, a dash before the first word, a colon
before a space.
"""

from __future__ import annotations

import enum
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace

from analyzers.tokens import Token, syllables
from search_service.language.fields import Field, field_named
from search_service.wording import is_asking


class Kind(enum.Enum):
    """What a lexeme is."""

    WORD = enum.auto()
    QUOTED = enum.auto()
    BEGINNING = enum.auto()
    FIELD = enum.auto()
    AND = enum.auto()
    OR = enum.auto()
    NOT = enum.auto()
    OPEN = enum.auto()
    CLOSE = enum.auto()


@dataclass(frozen=True, slots=True)
class Lexeme:
    """A piece of an expression.

    Attributes:
        kind: What it is.
        text: What it says: a word, the inside of quotes, a field's value.
        start: Where it begins in what was typed.
        end: Where it ends.
        field: The field, of a `FIELD`.
        text_start: Where the words of a `QUOTED` begin.
        slop: How many moves apart they may be.
        closed: False of quotes that are never closed.
    """

    kind: Kind
    text: str
    start: int
    end: int
    field: Field | None = None
    text_start: int = 0
    slop: int = 0
    closed: bool = True


MAX_SLOP = 50
_SPACE = re.compile(r"\s*")
_WORD = re.compile(r"[^\s()\"“”„«»]+")
_OPENING, _CLOSING = '"“„«', '"”»'
_QUOTES = re.compile(r"[\"“„«](?P<text>[^\"“”„«»]*)(?P<close>[\"”»])?")
_SLOP = re.compile(r"~(\d{1,3})(?!\S)")
_FIELD = re.compile(r"(?P<name>[^\W\d][^\W\d]*):(?P<value>.*)", re.DOTALL)
_LEAST_BEGINNING = 2
_ENGLISH = {"AND": Kind.AND, "OR": Kind.OR, "NOT": Kind.NOT}
_VIETNAMESE = {"VÀ": Kind.AND, "HOẶC": Kind.OR, "KHÔNG": Kind.NOT}
_VERBS = frozenset({"bao", "bị", "cần", "có", "còn", "được", "là", "phải", "quá", "thể", "thuộc", "đủ", "đúng"})
_PLAIN = frozenset({Kind.WORD, Kind.OPEN, Kind.CLOSE})


def lexemes(text: str) -> tuple[Lexeme, ...]:
    """The lexemes of a text in NFC, in order."""
    return tuple(_without_mere_words(list(_cut(text)), asks=is_asking(text.lower())))


def is_expression(found: Sequence[Lexeme]) -> bool:
    """Whether any of them is more than a word or a parenthesis."""
    return any(lexeme.kind not in _PLAIN for lexeme in found)


def words_in(text: str) -> tuple[Token, ...]:
    """The words of a text without its operators and fields, with their places: what a bad expression is searched as."""
    return tuple(
        Token(token.text, token.start + lexeme.start, token.end + lexeme.start)
        for lexeme in lexemes(text)
        if lexeme.kind in (Kind.WORD, Kind.QUOTED, Kind.BEGINNING)
        for token in syllables(text[lexeme.start : lexeme.end])
    )


def _cut(text: str) -> Iterator[Lexeme]:
    at = 0
    while (at := _after_space(text, at)) < len(text):
        lexeme = _next(text, at)
        yield lexeme
        at = lexeme.end


def _after_space(text: str, at: int) -> int:
    space = _SPACE.match(text, at)
    return space.end() if space else at


def _next(text: str, at: int) -> Lexeme:
    character = text[at]
    if character in "()":
        return Lexeme(Kind.OPEN if character == "(" else Kind.CLOSE, character, at, at + 1)
    if character in _OPENING:
        return _quoted(text, at)
    if character in _CLOSING:
        return Lexeme(Kind.WORD, "", at, at + 1)  # it closes nothing
    if character == "-" and _word_follows(text, at):
        return Lexeme(Kind.NOT, character, at, at + 1)
    return _word(text, at)


def _word_follows(text: str, at: int) -> bool:
    after = text[at + 1 : at + 2]
    return bool(after) and (after.isalnum() or after in _OPENING or after == "(")


def _quoted(text: str, at: int) -> Lexeme:
    quotes = _QUOTES.match(text, at)
    assert quotes is not None  # noqa: S101 - `at` is at an opening one
    end = quotes.end()
    slop = _SLOP.match(text, end)
    return Lexeme(
        Kind.QUOTED,
        quotes["text"].strip(),
        at,
        slop.end() if slop else end,
        text_start=quotes.start("text") + len(quotes["text"]) - len(quotes["text"].lstrip()),
        slop=min(int(slop[1]), MAX_SLOP) if slop else 0,
        closed=quotes["close"] is not None,
    )


def _word(text: str, at: int) -> Lexeme:
    word = _WORD.match(text, at)
    assert word is not None  # noqa: S101 - spaces, quotes and parentheses were looked at before
    said, end = word.group(), word.end()
    if (operator := _ENGLISH.get(said) or _VIETNAMESE.get(said)) is not None:
        return Lexeme(operator, said, at, end)
    named = _FIELD.fullmatch(said)
    field = field_named(named["name"]) if named else None
    if named and field and named["value"]:
        return Lexeme(Kind.FIELD, named["value"], at, end, field)
    if named and field and text[end : end + 1] and text[end] in _OPENING:
        value = _quoted(text, end)
        return replace(value, kind=Kind.FIELD, start=at, field=field)
    beginning = said.removesuffix("*")
    if beginning != said and len(beginning) >= _LEAST_BEGINNING and beginning.isalnum():
        return Lexeme(Kind.BEGINNING, beginning, at, end)
    return Lexeme(Kind.WORD, said, at, end)


def _without_mere_words(found: list[Lexeme], *, asks: bool) -> Iterator[Lexeme]:
    """The lexemes, with those operators as words that only look like them."""
    for at, lexeme in enumerate(found):
        before, after = found[at - 1 : at] if at else [], found[at + 1 : at + 2]
        is_stressed = asks or any(map(_is_in_capitals, (*before, *after))) or _is_denied(lexeme, after)
        is_dash = lexeme.text == "-" and not before and after[:1] and after[0].kind is Kind.WORD
        is_word = is_dash or (lexeme.text in _VIETNAMESE and is_stressed)
        yield replace(lexeme, kind=Kind.WORD) if is_word else lexeme


def _is_denied(lexeme: Lexeme, after: Sequence[Lexeme]) -> bool:
    """Whether KHÔNG denies a verb, as in a sentence, and not a word that is to be absent."""
    return lexeme.text == "KHÔNG" and any(one.kind is Kind.WORD and one.text.lower() in _VERBS for one in after)


def _is_in_capitals(lexeme: Lexeme) -> bool:
    return lexeme.kind is Kind.WORD and lexeme.text.isupper() and len(lexeme.text) > 1
