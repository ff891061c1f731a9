"""What somebody has typed so far, and how well a text goes on from it.

The last syllable (tiếng) is unfinished until something follows it. Marks (dấu) may all be missing; those that were
typed count. Everything here is about short texts: a subject, a number, a name.
"""

from __future__ import annotations

import itertools
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property, lru_cache

from analyzers import telex, vni
from analyzers.normalize import normalize
from analyzers.spelling import is_plain_syllable, take_tone
from analyzers.tokens import syllables
from search_service.wording import fold_syllable

MAX_SYLLABLES = 24
"""What was typed is cut here: no subject is told apart by more."""

_STROKE = "d\u0335"  # đ as a letter and a mark, which Unicode does not take apart
_SMALL_WORDS = frozenset({"va", "cua"})
_ENDINGS = ("", "n", "i", "u")
"""With one of these, every beginning of a syllable that has its vowels is a syllable."""


@dataclass(frozen=True, slots=True)
class Word:
    """One syllable of a text, for comparison.

    Attributes:
        text: Canonical, with its marks.
        plain: Without marks, and without a number's leading zeros.
        start: Where it begins in the text.
        end: Where it ends there.
    """

    text: str
    plain: str
    start: int
    end: int


class Words(tuple[Word, ...]):
    """The syllables of a text, which can be looked up."""

    @cached_property
    def places(self) -> dict[str, list[int]]:
        """Where each stands, by its `plain` spelling."""
        places: dict[str, list[int]] = {}
        for place, word in enumerate(self):
            places.setdefault(word.plain, []).append(place)
        return places


@dataclass(frozen=True, slots=True)
class Typed:
    """One reading of what was typed.

    Attributes:
        syllables: As typed, or as meant by Telex or VNI keys; lower-case, with marks.
        folded: The same without marks, as the index has them.
        plain: The same without a number's leading zeros.
        unfinished: Whether the last one may go on.
    """

    syllables: tuple[str, ...]
    folded: tuple[str, ...]
    plain: tuple[str, ...]
    unfinished: bool

    @classmethod
    def of(cls, syllables: Sequence[str], unfinished: bool) -> Typed:
        """A reading of these syllables."""
        folded = tuple(map(fold_syllable, syllables))
        return cls(tuple(syllables), folded, tuple(map(_plain, folded)), unfinished)

    @property
    def whole(self) -> tuple[str, ...]:
        """The finished syllables without marks."""
        return self.folded[:-1] if self.unfinished else self.folded

    @property
    def beginning(self) -> str:
        """The unfinished syllable without marks; empty when there is none."""
        return self.folded[-1] if self.unfinished else ""

    def last(self, many: int) -> Typed:
        """The last syllables of it."""
        return Typed(self.syllables[-many:], self.folded[-many:], self.plain[-many:], self.unfinished)


@dataclass(frozen=True, slots=True, order=True)
class Fit:
    """How well a text goes on from what was typed; the greater the better.

    Attributes:
        found: Syllables typed that the text has.
        agreeing: Those typed with marks that it has with the same marks.
        adjacent: Those that stand right behind the one typed before them.
        whole: Whether the last one is a word of it as it stands.
        from_start: Whether the text begins with the first one.
    """

    found: int
    agreeing: int
    adjacent: int
    whole: bool
    from_start: bool


def readings(text: str) -> tuple[Typed, ...]:
    """What a text of any length and content may mean, the first as it stands.

    The unfinished syllable is read as its letters are and, where that is another thing, in its canonical spelling: `ki`
    may become `kiểm`, or be `ký`. Telex and VNI are read too: in `chuyeenr dd` the keyboard's Vietnamese mode was off.
    """
    text = text.encode(errors="replace").decode()  # no lone surrogates, which no engine can take
    tokens = syllables(text)
    if not tokens:
        return ()
    unfinished = tokens[-1].end == len(text) and len(tokens) <= MAX_SYLLABLES
    canonical = [token.text for token in tokens[:MAX_SYLLABLES]]
    as_typed = [*canonical[:-1], _letters_of(text[tokens[-1].start :]) or canonical[-1]] if unfinished else canonical
    found = [as_typed, canonical, _meant(canonical, unfinished)]
    # A tone may stand in another place until the syllable is whole, so spellings that differ in marks are one.
    distinct = {tuple(map(fold_syllable, each)): each for each in reversed(found)}
    return tuple(Typed.of(each, unfinished) for each in reversed(distinct.values()))


@lru_cache(maxsize=2_000)
def words(text: str) -> Words:
    """The syllables of a text. Remembered, for the next keystroke finds most of the same texts."""
    return Words(
        Word(token.text, _plain(fold_syllable(token.text)), token.start, token.end) for token in syllables(text)
    )


def fit(typed: Typed, text: Words) -> Fit:
    """How well a text goes on from what was typed."""
    places = [_places(typed, at, text) for at in range(len(typed.folded))]
    agreeing = [at for at in range(len(places)) if _has_marks(typed, at) and _agreeing(typed, at, text, places[at])]
    return Fit(
        found=sum(map(bool, places)),
        agreeing=len(agreeing),
        adjacent=sum(any(place - 1 in before for place in here) for before, here in itertools.pairwise(places)),
        whole=any(text[place].plain == typed.plain[-1] for place in places[-1]),
        from_start=0 in places[0],
    )


def stands_at(typed: Typed, text: Words, start: int) -> bool:
    """Whether a text has what was typed from its word `start` on, without a word between."""
    run = tuple(word.plain for word in text[start : start + len(typed.plain)])
    if not typed.unfinished:
        return run == typed.plain
    return run[:-1] == typed.plain[:-1] and run[-1:] != () and run[-1].startswith(typed.plain[-1])


def agrees_at(typed: Typed, text: Words, start: int) -> bool:
    """Whether what was typed, which the text has from its word `start` on, has the same marks there."""
    return all(not _has_marks(typed, at) or _agreeing(typed, at, text, [start + at]) for at in range(len(typed.folded)))


def spans(typed: Typed, text: Words) -> tuple[tuple[int, int], ...]:
    """The places of a text that answer what was typed, in order; neighbouring words are one place.

    Of several places of a syllable, those that have its marks count, and of these those in its neighbours' company.
    """
    marked: dict[int, int] = {}  # word to where its mark ends
    for at, here in enumerate(_in_company(typed, text)):
        for place in here:
            end = _marked_end(typed, text[place]) if _is_unfinished(typed, at) else text[place].end
            marked[place] = max(marked.get(place, 0), end)
    found: list[tuple[int, int]] = []
    for place, end in sorted(marked.items()):
        begins_apart = place == 0 or marked.get(place - 1) != text[place - 1].end
        start = text[place].start if begins_apart else found.pop()[0]
        found.append((start, end))
    return tuple(found)


def spelled_out(typed: Typed, name: Words) -> Typed:
    """What was typed, with the words of a name in place of their initials."""
    meant = [[word.text for word in initials_at(token, name)] for token in typed.folded]
    if not any(meant):
        return typed
    syllables = [syllable for at, token in enumerate(typed.syllables) for syllable in (meant[at] or [token])]
    return Typed.of(syllables, typed.unfinished and not meant[-1])


def initials_at(token: str, name: Words) -> tuple[Word, ...]:
    """The words of a name that a folded token gives the initials of; none when it has no such words.

    Small words give no letter: `STTTT`, Sở Thông tin và Truyền thông.
    """
    if not may_be_initials(token):
        return ()
    counted = tuple(word for word in name if word.plain not in _SMALL_WORDS)
    start = "".join(word.plain[0] for word in counted).find(token)
    return counted[start : start + len(token)] if start >= 0 else ()


def may_be_initials(token: str) -> bool:
    """Whether a folded token may be the initials of a name's words: `ubnd`, `btc`, but not `tinh`."""
    return len(token) > 1 and token.isalpha() and not is_plain_syllable(token)


def _letters_of(text: str) -> str:
    """The letters and digits of one run, lower-case, and otherwise as they were typed."""
    return "".join(filter(str.isalnum, normalize(text).lower()))


def _meant(typed: list[str], unfinished: bool) -> list[str]:
    """The syllables with those read from their keys that are none as they stand; all as typed once any has a mark."""
    if not all(token.isascii() for token in typed):
        return typed
    meant = [_read_keys(token) or token for token in typed]
    if unfinished:
        meant[-1] = _read_beginning(typed[-1]) or typed[-1]
    return meant


def _read_keys(keys: str) -> str | None:
    """The syllable that a run of keys means in Telex or VNI; None when it is one as it stands, or means none."""
    if telex.is_meant_as_it_stands(keys):
        return None
    return telex.read_syllable(keys) or vni.read_syllable(keys)


def _read_beginning(keys: str) -> str | None:
    """The beginning of a syllable that a run of keys means, or None: `chuyee` gives `chuyê`."""
    read = ((_read_keys(keys + ending), len(ending)) for ending in _ENDINGS)
    return next((syllable[: len(syllable) - cut] for syllable, cut in read if syllable), None)


def _places(typed: Typed, at: int, text: Words) -> list[int]:
    token = typed.plain[at]
    if not _is_unfinished(typed, at):
        return text.places.get(token, [])
    places = [place for plain, here in text.places.items() if plain.startswith(token) for place in here]
    if token.isdecimal():  # as far as a number's leading zeros
        places += [place for place, word in enumerate(text) if word.text.startswith(typed.folded[at])]
    return sorted(set(places))


def _agreeing(typed: Typed, at: int, text: Words, places: Sequence[int]) -> list[int]:
    """Those of `places` that have the marks that were typed; all the marks, once the syllable is finished."""
    syllable = typed.syllables[at]
    if _is_unfinished(typed, at):
        return [place for place in places if _may_become(syllable, text[place].text)]
    return [place for place in places if text[place].text == syllable]


def _in_company(typed: Typed, text: Words) -> list[set[int]]:
    """For each syllable typed, the words of the text that answer it best."""
    found = [
        (here, _agreeing(typed, at, text, here))
        for at in range(len(typed.folded))
        for here in [_places(typed, at, text)]
    ]
    places = [set(agreeing or here) for here, agreeing in found]
    neighbours = zip([set[int](), *places[:-1]], places, [*places[1:], set[int]()], strict=True)
    return [
        {place for place in here if place - 1 in before or place + 1 in after} or here
        for before, here, after in neighbours
    ]


def _marked_end(typed: Typed, word: Word) -> int:
    """Where the part of a word ends that was typed already."""
    if word.text.startswith(typed.beginning):
        return min(word.start + len(typed.beginning), word.end)
    zeros = len(word.text) - len(word.plain)
    return min(word.start + zeros + len(typed.plain[-1]), word.end)


def _has_marks(typed: Typed, at: int) -> bool:
    return typed.syllables[at] != typed.folded[at]


def _is_unfinished(typed: Typed, at: int) -> bool:
    return typed.unfinished and at == len(typed.folded) - 1


def _may_become(beginning: str, syllable: str) -> bool:
    """Whether nothing but further letters and marks lies between the two: `chuyê` may become `chuyển`.

    The tone is compared apart from its place, which moves as letters are added: `toà`, `toàn`.
    """
    typed_tone, typed_letters = _letters(beginning)
    tone, letters = _letters(syllable)
    return typed_tone in ("", tone) and all(
        letter.startswith(typed_letter) for typed_letter, letter in zip(typed_letters, letters, strict=False)
    )


def _letters(syllable: str) -> tuple[str, list[str]]:
    """The tone of a syllable, and its letters, each followed by its own mark."""
    letters, tone = take_tone(syllable)
    return tone, [unicodedata.normalize("NFD", letter.replace("đ", _STROKE)) for letter in letters]


def _plain(folded: str) -> str:
    return (folded.lstrip("0") or "0") if folded.isdecimal() else folded
