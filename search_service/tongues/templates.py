"""Templates in English: the Vietnamese ones, compiled a second time with their own words looked up.

So a template is written once, in plain Vietnamese without marks around its words, and what is shown in Vietnamese costs
nothing. What is looked up: text between tags, the attributes that people read or hear, and texts within expressions.
What expressions give is a document's and stays, told to be Vietnamese (WCAG 2.2, 3.1.2), unless it is `Said`.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Iterator
from functools import cached_property
from typing import Any

from flask.templating import Environment
from jinja2 import Template
from jinja2.ext import Extension
from jinja2.lexer import (
    TOKEN_DATA,
    TOKEN_LPAREN,
    TOKEN_NAME,
    TOKEN_PIPE,
    TOKEN_RPAREN,
    TOKEN_STRING,
    TOKEN_VARIABLE_BEGIN,
    TOKEN_VARIABLE_END,
    Token,
    TokenStream,
)
from markupsafe import Markup

from search_service.notation import english_decimal, english_number
from search_service.tongues.choice import is_english
from search_service.tongues.said import Said, english_of, in_english, joined, translated

_TAG_EDGE = re.compile(r"([<>])")
_SPOKEN_ATTRIBUTE = re.compile(r'(?<=\s)((?:aria-label|title|placeholder|alt)=")([^"]*)')
_TAG_NAME = re.compile(r"(/?)(\w+)")
_EXAMPLE = "code"
"""Within this element stands what is typed, in whatever language the reader has."""
_PLAIN = frozenset({"title", "option", "textarea", "script", "style", "text"})
"""Elements that hold no others; `text` is of pictures (SVG), which an element of HTML would end."""
_TOLD = "told_vietnamese"


class Words:
    """The words of one template's markup, which comes in pieces: an expression may stand within a tag.

    Args:
        say: Gives each text that people read its new form.
    """

    def __init__(self, say: Callable[[str], str]) -> None:
        self._say = say
        self._in_tag = False
        self._open: set[str] = set()

    def of(self, markup: str) -> str:
        """The next piece with its words said."""
        return "".join(map(self._piece, _TAG_EDGE.split(markup)))

    @property
    def takes_elements(self) -> bool:
        """Whether an element may stand where the last piece ended."""
        return not self._in_tag and not self._open & _PLAIN

    def _piece(self, piece: str) -> str:
        if piece and piece in "<>":
            self._in_tag = piece == "<"
            return piece
        if self._in_tag:
            self._note(piece)
            return _SPOKEN_ATTRIBUTE.sub(lambda found: found[1] + self._say(found[2]), piece)
        return piece if _EXAMPLE in self._open else self._say(piece)

    def _note(self, tag: str) -> None:
        if (found := _TAG_NAME.match(tag)) and found[2] in {_EXAMPLE, *_PLAIN}:
            (self._open.discard if found[1] else self._open.add)(found[2])


class BilingualEnvironment(Environment):
    """Templates in the language that the request asks for."""

    def get_or_select_template(self, *arguments: Any, **options: Any) -> Template:
        """As Flask asks for the template of a page; what that extends and includes is looked for in its language."""
        environment = self._english if is_english() else self
        return super(BilingualEnvironment, environment).get_or_select_template(*arguments, **options)

    @cached_property
    def _english(self) -> BilingualEnvironment:
        english = self.overlay(extensions=[_InEnglish], finalize=in_english)
        english.filters = {
            **self.filters,
            "vietnamese_number": english_number,
            "vietnamese_decimal": english_decimal,
            "join": _join,
            _TOLD: told_vietnamese,
        }
        return english


class _InEnglish(Extension):
    def filter_stream(self, stream: TokenStream) -> Iterator[Token]:
        """The tokens of a template with its words in English, and with what it shows told to be Vietnamese."""
        if not (stream.name or "").endswith(".html"):
            yield from stream
            return
        words = Words(translated)
        for token in stream:
            line, kind = token.lineno, token.type
            if kind == TOKEN_DATA:
                yield Token(line, kind, words.of(token.value))
            elif kind == TOKEN_STRING:
                yield Token(line, kind, translated(token.value))
            elif kind == TOKEN_VARIABLE_BEGIN and words.takes_elements:
                yield from (token, Token(line, TOKEN_LPAREN, "("))
            elif kind == TOKEN_VARIABLE_END and words.takes_elements:
                yield from (
                    Token(line, TOKEN_RPAREN, ")"),
                    Token(line, TOKEN_PIPE, "|"),
                    Token(line, TOKEN_NAME, _TOLD),
                )
                yield token
            else:
                yield token


def told_vietnamese(value: object) -> object:
    """A value between tags of an English page: ours in English, a document's within an element that tells its language.

    What is markup already, as macros give it, stays.
    """
    if isinstance(value, Said):
        english, put_in = english_of(value)
        values = {name: told_vietnamese(put) for name, put in put_in.items()}
        words = Markup.escape(english)
        return words.format(**values) if values else words
    if isinstance(value, str) and not isinstance(value, Markup) and not value.isascii():
        return Markup('<span lang="vi">{}</span>').format(value)
    return value


def _join(values: Iterable[object], between: str = "") -> Said:
    """Jinja's own filter, but that words of ours are still told apart in what it gives."""
    return joined(between, (value if isinstance(value, str) else str(value) for value in values))
