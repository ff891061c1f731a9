"""What is asked of the engine for suggestions: the documents that what somebody has typed so far may be about."""

from __future__ import annotations

import math
from collections.abc import Iterator

from analyzers.numbers import pieces, whole_key
from engines.query import AnyOf, Best, Boolean, Boost, Constant, Match, Prefix, Query
from engines.schema import ngrams
from search_service.typed import Typed, may_be_initials

_MOST_NUMBER_PIECES = 7
_MOST_FIGURE_DIGITS = 7
_NEEDED = 0.75
"""The share of four or more syllables that a title must have: one may be remembered wrongly."""

SURE_NUMBER = 2.0
"""The least score of a number that has every piece that was typed."""


def needed(syllables: int) -> int:
    """How many of so many syllables typed a title must have."""
    return syllables if syllables < 4 else math.ceil(_NEEDED * syllables)


def document_query(typed: Typed) -> Query:
    """Documents that have what was typed, in any order, half of it at least in subject, issuer, signer or figure.

    The type of a document (`quyết định quy hoạch`) is found in its text, which begins with all of its title.
    """
    wanted = tuple(_in_title(typed, at) for at in _distinct(typed))
    whole = typed.whole
    must: list[Query] = [Boolean(should=wanted, minimum_should=math.ceil(len(wanted) / 2))]
    if whole:
        must.append(Match("folded", whole, needed(len(set(whole)))))
    candidates = tuple(Constant(each, 0.0) for each in must)
    return Boolean(must=candidates, should=tuple(_scores(typed, whole, typed.beginning)))


def number_query(text: str, unfinished: bool) -> Query | None:
    """Documents whose number has the pieces of a text, the last of them unfinished; None when it is no number.

    A number is indexed under its figure with every choice of its other pieces (`analyzers.numbers`), so the finished
    pieces are one key, and the figure with the unfinished piece is the beginning of another. While the figure itself
    is unfinished, the other pieces are only known to be somewhere in the document.
    """
    found = number_pieces(text)
    figure = next((piece for piece in found if piece.isdigit()), "")
    if not figure or len(figure) > _MOST_FIGURE_DIGITS or len(found) > _MOST_NUMBER_PIECES:
        return None
    exact = Constant(AnyOf("number_forms", (whole_key(" ".join(found)),)), SURE_NUMBER)
    if not unfinished:
        return exact
    finished, beginning = found[:-1], found[-1]
    if figure in finished:
        key = AnyOf("number_forms", (whole_key(" ".join(finished)),))
        goes_on = Boolean(must=(key, Prefix("number_forms", f"{figure}_{beginning}")))
        return Boolean(must=(Constant(goes_on, SURE_NUMBER),), should=(exact,))
    symbols = tuple(map(_symbol, finished))
    return Best((exact, Boolean(must=(Prefix("number_forms", figure),), filters=symbols)))


def _symbol(symbol: str) -> Query:
    """Documents that may have a piece of a number; that of a công văn has none for its type, but people say one."""
    in_text = Match("folded", (symbol,))
    return Best((in_text, AnyOf("type", ("Công văn",)))) if symbol == "cv" else in_text


def number_pieces(text: str) -> list[str]:
    """The pieces of a number that was typed, without the word for it: `số 36`."""
    return [piece for piece in pieces(text) if piece != "so"]


def name_query(typed: Typed) -> Query:
    """Documents whose issuer and signer together have every word that was typed, or its letters as initials."""
    return Boolean(must=tuple(_in_names(typed, at) for at in _distinct(typed)))


def _scores(typed: Typed, whole: tuple[str, ...], beginning: str) -> Iterator[Query]:
    if whole:
        yield Match("title_folded", whole)
    if pairs := tuple(ngrams(whole, 2)):
        yield Match("title_pairs", pairs)
    if beginning:
        yield Match("title_folded", (beginning,))
        yield Prefix("title_folded", beginning)
    if whole and beginning:
        yield Constant(Prefix("title_pairs", f"{whole[-1]}_{beginning}"), 5.0)
    if typed.syllables != typed.folded:
        yield Boost(Match("title", typed.syllables), 0.5)


def _distinct(typed: Typed) -> list[int]:
    """Places of the syllables typed, each once; the unfinished one is none of the others."""
    finished = {token: at for at, token in enumerate(typed.whole)}
    return [*finished.values(), *([len(typed.whole)] if typed.unfinished else [])]


def _in_title(typed: Typed, at: int) -> Query:
    places = [_token(typed, at, "title_folded"), _in_names(typed, at)]
    if typed.plain[at].isdecimal():
        places.append(AnyOf("number_forms", (typed.plain[at],)))
    return Best(tuple(places))


def _in_names(typed: Typed, at: int) -> Query:
    token, word = typed.folded[at], _token(typed, at, "names")
    if not may_be_initials(token):
        return word
    return Best((word, Boolean(must=tuple(Prefix("names", letter) for letter in dict.fromkeys(token)))))


def _token(typed: Typed, at: int, field: str) -> Query:
    is_beginning = typed.unfinished and at == len(typed.folded) - 1
    token = typed.folded[at]
    return Prefix(field, token) if is_beginning else Match(field, (token,))
