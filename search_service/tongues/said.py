"""Words of ours that a page shows, told apart from those of documents, which are never translated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Callable, Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Any, Self, TypeVar

from search_service.notation import english_number, vietnamese_number

_CATALOGUE = "english.toml"
_BEFORE = re.compile(r"(?:&\w+;|[^\w{]|[\d_])*")
_AFTER = re.compile(r"(?:&\w+;|[^\w}]|[\d_])*$")

_COUNT = "count"
"""What is put into a text under this name is a number of things: English has one form for one, and one for others."""

_Key = TypeVar("_Key")


class Said(str):
    """A Vietnamese text that remembers its words and what was put into them, so that it can be said in English.

    It is that text: the API, logs and tests take it as any other string.

    Attributes:
        words: The text with `{name}` where something is put in; what the catalogue is asked for.
        values: What is put in.
    """

    words: str
    values: Mapping[str, object]

    def __new__(cls, words: str, **values: object) -> Self:
        """The text of `words` with `values` in it; `count` is a number of things."""
        made = super().__new__(cls, words.format(**_written(values, vietnamese_number)) if values else words)
        made.words, made.values = words, values
        return made


def counted(words: str, count: int) -> Said:
    """A number of things: `{count} văn bản`."""
    return Said(words, count=count)


def terms(words: Mapping[_Key, str]) -> dict[_Key, str]:
    """A table of terms, each told apart as ours."""
    return {key: Said(term) for key, term in words.items()}


def joined(between: str, parts: Iterable[str]) -> Said:
    """Parts with something between them: those of ours are translated, the others stand as they are."""
    values = {f"part{at}": part for at, part in enumerate(parts)}
    return Said(between.join(f"{{{name}}}" for name in values), **values)


def in_english(value: object) -> object:
    """What an English page shows of a value: words of ours in English, everything else as it is."""
    if not isinstance(value, Said):
        return value
    words, values = english_of(value)
    return words.format(**{name: in_english(put) for name, put in values.items()}) if values else words


def english_of(said: Said) -> tuple[str, Mapping[str, object]]:
    """The English words of a text of ours, in the form that its count asks for, and what is put into them."""
    forms = plurals().get(said.words)
    words = forms[said.values[_COUNT] != 1] if forms else translated(said.words)
    return words, _written(said.values, english_number)


def _written(values: Mapping[str, Any], number: Callable[[int], str]) -> Mapping[str, object]:
    return {**values, _COUNT: number(values[_COUNT])} if _COUNT in values else values


def translated(text: str) -> str:
    """A text in English; what has no translation stays. Space and signs around its words stay in any case.

    A text that counts things stays as well: which form it has is known when its number is.
    """
    if text in plurals():
        return text
    if (whole := catalogue().get(text)) is not None:
        return whole
    words = core(text)
    translation = catalogue().get(" ".join(words.split()))
    return text if translation is None else text.replace(words, translation, 1)


def core(text: str) -> str:
    """A text from its first letter to its last: what the catalogue has for `← Kết quả: ` is `Kết quả`."""
    from_first = _BEFORE.sub("", text, count=1)
    return _AFTER.sub("", from_first, count=1)


def catalogue() -> Mapping[str, str]:
    """English by Vietnamese, of texts that count nothing."""
    return _catalogues()[0]


def plurals() -> Mapping[str, tuple[str, str]]:
    """English by Vietnamese, of texts that count things: for one, and for any other number."""
    return _catalogues()[1]


@cache
def _catalogues() -> tuple[dict[str, str], dict[str, tuple[str, str]]]:
    whole = tomllib.loads((files(__package__) / _CATALOGUE).read_text(encoding="utf-8"))
    counting = {words: (forms[0], forms[1]) for words, forms in whole.items() if isinstance(forms, list)}
    return {words: said for words, said in whole.items() if words not in counting}, counting
