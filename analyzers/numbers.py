"""Document numbers (số, ký hiệu) as keys that match however a number, or half of one, is written.

Nghị định 30/2020/NĐ-CP, Phụ lục I: a number is a figure and a symbol, `15/QĐ-UBND`; a legal normative document has the
year between them, `15/2021/QĐ-UBND` (Luật Ban hành văn bản quy phạm pháp luật). People write them with any separator,
in any order and with parts left out: `15 2021 qd ubnd`, `ubnd 15`, `qđ 15/2021`. A *key* is the figure followed by
some of the other pieces in alphabetical order, without marks: `15_2021_qd`. A document is found by every key of its
number, and a question asks for the keys it may mean, the one with most pieces first.
"""

from __future__ import annotations

import itertools
import re
from dataclasses import dataclass

from analyzers.folding import fold

_PIECE = re.compile(r"[0-9]+|[^\W\d_]+")
_YEAR = re.compile(r"[/-]((?:19|20)\d\d)[/-]")
_MAX_SYMBOLS = 5  # 32 keys; the longest symbols in use have four pieces beside the year
_MAX_FIGURE_DIGITS = 7
_MAX_KEYS = 64


@dataclass(frozen=True, slots=True)
class NumberKey:
    """A key that a question may mean.

    Attributes:
        text: The key, as `document_keys` writes it.
        pieces: How many pieces it holds, the figure included.
        whole: Whether the question holds nothing else.
    """

    text: str
    pieces: int
    whole: bool


def pieces(text: str) -> list[str]:
    """The runs of digits and of letters in a text, folded, in order; digits without leading zeros."""
    return [fold(piece) if piece.isalpha() else (piece.lstrip("0") or "0") for piece in _PIECE.findall(text)]


def document_keys(number: str, *hints: str) -> tuple[str, ...]:
    """Every key of a document's number.

    Args:
        number: `15/2021/QĐ-UBND`; empty or without a figure gives no key.
        hints: Pieces that people add although the number lacks them: the year of issue, `cv` for a công văn.
    """
    found = pieces(number)
    figure = next((piece for piece in found if piece.isdigit()), None)
    if figure is None:
        return ()
    found.remove(figure)
    symbols = sorted(dict.fromkeys([*found[:_MAX_SYMBOLS], *(fold(hint) for hint in hints)]))
    subsets = itertools.chain.from_iterable(itertools.combinations(symbols, size) for size in range(len(symbols) + 1))
    return tuple(_key(figure, subset) for subset in subsets)


def whole_key(number: str) -> str:
    """The key with every piece of a number, or an empty string when it has no figure: equal numbers have equal keys."""
    found = pieces(number)
    figure = next((piece for piece in found if piece.isdigit()), None)
    if figure is None:
        return ""
    found.remove(figure)
    return _key(figure, sorted(dict.fromkeys(found)))


def year_in(number: str) -> int | None:
    """The year that stands within a document's number, as in that of a legal normative document; None without one."""
    found = _YEAR.search(number)
    return int(found.group(1)) if found else None


def question_keys(question: str) -> tuple[NumberKey, ...]:
    """The keys that a question may mean: each run of neighbouring pieces around a figure, most pieces first.

    Pieces that stand apart do not count, so that `ngày 15 tháng 2 năm 2021` does not ask for `15_2021`. A figure alone
    counts only when the question is nothing more.
    """
    found = [piece for piece in pieces(question) if piece != "so"]  # “số 15”
    keys: dict[str, NumberKey] = {}
    for at, figure in enumerate(found):
        if not figure.isdigit() or len(figure) > _MAX_FIGURE_DIGITS:
            continue
        for begin in range(max(0, at - 2), at + 1):
            for end in range(at + 1, min(len(found), begin + 1 + _MAX_SYMBOLS) + 1):
                run = found[begin:end]
                whole = len(run) == len(found)
                if len(run) > 1 or whole:
                    others = sorted(dict.fromkeys(run[: at - begin] + run[at - begin + 1 :]))
                    key = NumberKey(_key(figure, others), len(others) + 1, whole)
                    keys.setdefault(key.text, key)
        if len(keys) >= _MAX_KEYS:
            break
    return tuple(sorted(keys.values(), key=lambda key: -key.pieces))[:_MAX_KEYS]


def _key(figure: str, symbols: tuple[str, ...] | list[str]) -> str:
    return "_".join((figure, *symbols))
