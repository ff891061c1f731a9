"""Words of ours that a page shows, told apart from those of documents, which are never translated."""

from __future__ import annotations

import re
import tomllib
from collections.abc import Iterable, Mapping
from functools import cache
from importlib.resources import files
from typing import Self, TypeVar

_CATALOGUE = "english.toml"
_BEFORE = re.compile(r"(?:&\w+;|[^\w{]|[\d_])*")
_AFTER = re.compile(r"(?:&\w+;|[^\w}]|[\d_])*$")

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
        """The text of `words` with `values` in it."""
        made = super().__new__(cls, words.format(**values) if values else words)
        made.words, made.values = words, values
        return made


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
    words = translated(value.words)
    return words.format(**{name: in_english(put) for name, put in value.values.items()}) if value.values else words


def translated(text: str) -> str:
    """A text in English; what has no translation stays. Space and signs around its words stay in any case."""
    if (whole := catalogue().get(text)) is not None:
        return whole
    words = core(text)
    translation = catalogue().get(" ".join(words.split()))
    return text if translation is None else text.replace(words, translation, 1)


def core(text: str) -> str:
    """A text from its first letter to its last: what the catalogue has for `← Kết quả: ` is `Kết quả`."""
    from_first = _BEFORE.sub("", text, count=1)
    return _AFTER.sub("", from_first, count=1)


@cache
def catalogue() -> Mapping[str, str]:
    """English by Vietnamese."""
    return tomllib.loads((files(__package__) / _CATALOGUE).read_text(encoding="utf-8"))
