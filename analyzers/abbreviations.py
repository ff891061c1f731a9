"""Abbreviations (chữ viết tắt): those that a text defines, and those of a list.

A document of the administration may use an abbreviation once it has given the full form, the abbreviation after it in
parentheses (Nghị định 30/2020/NĐ-CP, Phụ lục II, and practice): `thủ tục hành chính (TTHC)`, `Bộ Tài chính (sau đây
viết tắt là BTC)`, or in a glossary: `TTHC: thủ tục hành chính`. Such a definition is believed only where the initials
of the full form spell the abbreviation (the acronym test of Schwartz & Hearst, "A simple algorithm for identifying
abbreviation definitions in biomedical text", 2003, made strict: one letter a syllable), because a wrong expansion
does a question more harm than a missing one.
"""

from __future__ import annotations

import functools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

from analyzers.folding import fold
from analyzers.normalize import canonical, normalize
from analyzers.spelling import is_plain_syllable
from analyzers.tokens import syllable_texts

MAX_DEFINITIONS = 100
"""Most definitions that are read from one text: a glossary is shorter, and a hostile text is cut here."""

_CURATED = Path(__file__).with_name("abbreviations.tsv")

_MAX_LETTERS = 12
_MAX_LONG = 200  # characters; the longest full form in use has some eighty
_CAPITAL = "A-ZĐ\u00d0ƯƠÔÊÂĂ"  # with eth, which old converters wrote for Đ: texts are normalized only where it pays
_SHORT = rf"[{_CAPITAL}][{_CAPITAL}a-zđ0-9]{{0,9}}(?:(?:\s?[&.-]\s?|,)[{_CAPITAL}][{_CAPITAL}0-9]{{0,7}}){{0,3}}"

# Each begins with a plain character, to which the regular expression engine skips quickly; what it finds is then
# looked at closely. No repetition is open-ended, so that no text takes more than linear time.
_IN_PARENTHESES = re.compile(rf"\(([^()]{{0,80}}?[{_CAPITAL}][\s&.-]{{0,3}}[{_CAPITAL}a-z][^()]{{0,40}})\)")
_BEFORE_PARENTHESES = re.compile(rf"\((?:(?<=[{_CAPITAL}]\()|(?<=[{_CAPITAL}]\s\())([^()]{{4,{_MAX_LONG}}})\)")
_LINE = re.compile(
    rf"\n[ \t|+*•-]{{0,4}}(?:\d{{1,3}}[.)]?[ \t|]{{1,4}})?({_SHORT})[ \t]{{0,3}}(?:[:=–|\t-]|\n)\s{{0,3}}"
    rf"(?=(\w[^\n;:.|()]{{3,{_MAX_LONG}}}(?:\n[^\n;:.|()]{{0,{_MAX_LONG}}})?))"
)
_SHORT_AT_END = re.compile(rf"(?<!\w)({_SHORT})\s?$")
_INTRODUCED = re.compile(
    r".*?(?<!\w)(?:gọi|viết)\s{1,3}(?:tắt|chung|chung\s{1,3}tắt)?\s{0,3}(?:là|:)?\s{0,3}:?\s*", re.DOTALL
)
_QUOTES = " \t\n\r\xa0\"'“”‘’«»*_"
_PHRASE = re.compile(rf"(?:[^\W\d_]+\s{{1,3}}){{0,3}}?({_SHORT})((?:\s{{1,3}}[^\W\d_]+){{0,4}})")
# What a full form never runs across. A single line break is none: texts of PDF files break lines anywhere.
_BARRIER = re.compile(r"[.;:()\[\]|?!]|\n\s{0,9}\n")
_UNIT = re.compile(rf"\d+|[{_CAPITAL}][a-zđ]{{0,3}}")
_VOWEL = re.compile("[aeiouy]")
_UPPER = re.compile(f"[{_CAPITAL}]")

# Words that abbreviations leave out: `giáo dục và đào tạo` is GDĐT.
_LEFT_OUT = frozenset(("và", "của", "về", "các", "cho", "trong", "với", "theo", "từ", "tại"))

# Folded codes of document types and of signatures (Nghị định 30/2020/NĐ-CP, Phụ lục III; Luật Ban hành văn bản quy
# phạm pháp luật). They are pieces of numbers (`36/QĐ-UBND`), where expanding them was measured to hurt.
CODES = frozenset(
    """
    nq qd ct qc qyd tc tb hd ctr kh pa da bc bb ttr cd bgn btt guq gm ggt gnp pg pc pb sy trs sl
    nd tt ttlt cv lct pl vbhn kt tm tl tuq
    """.split()  # noqa: SIM905 - rows as the decree has them, which a list of strings would hide
)


class InvalidList(ValueError):
    """A list of abbreviations has a line that cannot be read; the message names it and what is allowed."""


@dataclass(frozen=True, slots=True)
class Definition:
    """An abbreviation (chữ viết tắt) and its full form.

    Attributes:
        short: The abbreviation's canonical tokens: `tthc`; two for GD&ĐT, as every channel of the text has them.
        long: The full form's canonical syllables, at least two.
    """

    short: tuple[str, ...]
    long: tuple[str, ...]

    @property
    def keyword(self) -> str:
        """The value of the index's keyword field: `tthc=thủ tục hành chính`."""
        return f"{' '.join(self.short)}={' '.join(self.long)}"


def from_keyword(value: str) -> Definition:
    """The definition with this `keyword`."""
    short, _, long = value.partition("=")
    return Definition(tuple(short.split(" ")), tuple(long.split(" ")))


def is_safe(short: Sequence[str]) -> bool:
    """Whether canonical tokens can be an abbreviation wherever they are met, with or without marks.

    They are not when people read them as something else: as syllables (`ca`, `đa`), or as the code of a document type,
    which is a piece of a number (`qđ`).
    """
    folded = [fold(token) for token in short]
    return "".join(folded) not in CODES and not all(map(is_plain_syllable, folded))


def read_definitions(text: str) -> Iterator[Definition]:
    """The definitions in a text of any length and content, each once, at most `MAX_DEFINITIONS`.

    Args:
        text: Need not be normalized.
    """
    return islice(iter(dict.fromkeys(_found(f"\n{text}"))), MAX_DEFINITIONS)


def read_list(text: str) -> tuple[Definition, ...]:
    """A list of abbreviations: one a line, `TTHC = thủ tục hành chính`, or with a tab in place of the sign.

    Empty lines and those that begin with `#` are passed over. An abbreviation may stand on several lines, the full
    form that is preferred first. Initials need not agree: whoever writes a list means it.

    Raises:
        InvalidList: A line has no sign, its abbreviation is not one word of letters and digits (`&`, `.`, `-` and `/`
            may join its parts), or its full form has fewer than two syllables.
    """
    lines = enumerate(text.lstrip("\ufeff").splitlines(), 1)
    return tuple(_read_line(line, at) for at, line in lines if line.strip() and not line.lstrip().startswith("#"))


@functools.cache
def curated() -> tuple[Definition, ...]:
    """The abbreviations of Vietnamese administration that the program knows by itself."""
    return read_list(_CURATED.read_text(encoding="utf-8"))


_LIST_SHORT = re.compile(r"[^\W_]+(?:[&./-][^\W_]+)*")


def _read_line(line: str, at: int) -> Definition:
    short, sign, long = normalize(line).partition("\t" if "\t" in line else "=")
    definition = Definition(tuple(syllable_texts(short)), tuple(syllable_texts(long)))
    if not sign:
        problem = "thiếu dấu “=”"
    elif not _LIST_SHORT.fullmatch(short.strip()) or len(canonical(short)) > _MAX_LETTERS:
        problem = f"“{short.strip()}” không phải chữ viết tắt"
    elif len(definition.long) < 2:
        problem = f"“{long.strip()}” không phải cụm từ đầy đủ"
    else:
        return definition
    raise InvalidList(
        f"dòng {at}: {problem}. Được phép: “TTHC = thủ tục hành chính” (hoặc dấu tab thay cho “=”), chữ viết tắt liền "
        f"một từ, nhiều nhất {_MAX_LETTERS} chữ cái và chữ số; cụm từ đầy đủ có từ hai tiếng trở lên; dòng chú thích "
        "bắt đầu bằng “#”"
    )


def _found(text: str) -> Iterator[Definition]:
    for match in _IN_PARENTHESES.finditer(text):
        yield from _after_its_long_form(text, match.start(), match[1])
    for match in _BEFORE_PARENTHESES.finditer(text):
        before = _SHORT_AT_END.search(normalize(text[max(0, match.start() - 40) : match.start()]))
        if before:
            yield from _whole(before[1], syllable_texts(normalize(match[1])))
    for match in _LINE.finditer(text):
        short = normalize(match[1])
        first, _, second = normalize(match[2]).partition("\n")
        lines = syllable_texts(first), syllable_texts(second)
        yield from _whole(short, lines[0]) or _whole(short, [*lines[0], *lines[1]])


def _after_its_long_form(text: str, at: int, inside: str) -> Iterable[Definition]:
    """`thủ tục hành chính (TTHC)`, with or without words that introduce it, and the words that follow both:
    `Ủy ban nhân dân tỉnh (sau đây gọi tắt là UBND tỉnh)`."""
    phrase = _PHRASE.fullmatch(_INTRODUCED.sub("", normalize(inside), count=1).strip(_QUOTES))
    units = _units(phrase[1]) if phrase else ()
    if not phrase or not units:
        return ()
    before = _BARRIER.split(normalize(text[max(0, at - _MAX_LONG) : at]))[-1]
    syllables = syllable_texts(before)
    shared = syllable_texts(phrase[2])
    if shared:
        if syllables[-len(shared) :] != shared:
            return ()
        syllables = syllables[: -len(shared)]
    start = _spelled_from(units, syllables)
    return () if start is None else _definition(phrase[1], syllables[start:])


def _whole(short: str, syllables: Sequence[str]) -> tuple[Definition, ...]:
    units = _units(short)
    return _definition(short, syllables) if units and _spelled_from(units, syllables) == 0 else ()


def _definition(short: str, syllables: Sequence[str]) -> tuple[Definition, ...]:
    tokens = tuple(syllable_texts(short))
    return (Definition(tokens, tuple(syllables)),) if is_safe(tokens) and _is_vietnamese(syllables) else ()


def _is_vietnamese(syllables: Sequence[str]) -> bool:
    """Whether most are Vietnamese syllables: a term of a foreign language is spelled out only where it is defined, so
    that its full form would bring that document before all those that use the abbreviation."""
    return sum(map(is_plain_syllable, map(fold, syllables))) > len(syllables) / 2


def _units(short: str) -> tuple[str, ...]:
    """The parts of an abbreviation that stand for one syllable each: TTr has T and Tr, DN2 has D, N and 2.

    None at all when it is no abbreviation: one capital begins a name, many letters are a word in capitals.
    """
    if not 2 <= len(_UPPER.findall(short)) <= len(canonical(short)) <= _MAX_LETTERS:
        return ()
    return tuple(_UNIT.findall(short.replace("W", "Ư")))  # trung ương is TW


def _spelled_from(units: Sequence[str], syllables: Sequence[str]) -> int | None:
    """Where the run of syllables begins that ends with the last one and spells the units, or None."""
    at = len(syllables)
    for unit in reversed(units):
        at -= 1
        # A word is left out only where it is not what the letter stands for: the first V of DNNVV is `và`.
        while 0 < at < len(syllables) - 1 and not _stands_for(unit, syllables[at]) and syllables[at] in _LEFT_OUT:
            at -= 1
        if at < 0 or not _stands_for(unit, syllables[at]):
            return None
    return at


def _stands_for(unit: str, syllable: str) -> bool:
    """Whether a syllable begins with the unit's first letter and has the others, in order: Qy stands for `quy`.

    A figure stands for itself. What has no vowel is an abbreviation in its turn, and no letter stands for it.
    """
    if unit.isdecimal() or not _VOWEL.search(folded := fold(syllable)):
        return unit == syllable
    if unit[0] == "Đ" and syllable[0] != "đ":
        return False
    letters = iter(folded)
    return next(letters) == fold(unit[0]) and all(letter in letters for letter in fold(unit[1:]))
