"""The forms in which people write an issuing body (cơ quan ban hành): `UBND tỉnh Bắc Ninh`, `Sở TN&MT`, `BGDĐT`.

They are made from the names themselves by the rules that Nghị định 30/2020/NĐ-CP, Phụ lục III and the bodies' own
document numbers follow: first letters without `và`. Only what no rule gives stands in a table.
"""

from __future__ import annotations

import enum
import functools
import itertools
import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

from analyzers.tokens import syllable_texts
from search_service.wording import is_symbol


class Nearness(enum.IntEnum):
    """How near a form is to a name; smaller is nearer."""

    NAME = 0
    """The whole name, or its abbreviation."""
    PART = 1
    """What surely means this body among others: its name without the second half, or one of joint issuers."""
    SHORT = 2
    """What leaves out the place or the kind of place, and means this body where no other has the form as a name."""


@dataclass(frozen=True, slots=True)
class IssuerForm:
    """One form of a body's name.

    Attributes:
        syllables: Canonical syllables with marks.
        nearness: How near it is to the name.
    """

    syllables: tuple[str, ...]
    nearness: Nearness


Name = tuple[str, ...]

_ABBREVIATIONS: dict[str, Name] = {
    abbreviation: tuple(phrase.split())
    for abbreviation, phrase in (
        ("ubnd", "ủy ban nhân dân"),
        ("hđnd", "hội đồng nhân dân"),
        ("ubmttq", "ủy ban mặt trận tổ quốc"),
        ("mttq", "mặt trận tổ quốc"),
        ("nhnn", "ngân hàng nhà nước"),
        ("kbnn", "kho bạc nhà nước"),
        ("bhxh", "bảo hiểm xã hội"),
        ("tand", "tòa án nhân dân"),
        ("vksnd", "viện kiểm sát nhân dân"),
        ("ttg", "thủ tướng chính phủ"),
        ("vp", "văn phòng"),
        ("bql", "ban quản lý"),
        ("tw", "trung ương"),
        ("tp", "thành phố"),
        ("tphcm", "thành phố hồ chí minh"),
        ("hcm", "hồ chí minh"),
        ("tx", "thị xã"),
        ("brvt", "bà rịa vũng tàu"),
    )
}
_ABBREVIATIONS_FROM = {
    first: tuple((abbreviation, phrase) for abbreviation, phrase in _ABBREVIATIONS.items() if phrase[0] == first)
    for first in {phrase[0] for phrase in _ABBREVIATIONS.values()}
}
_OTHER_FORMS: dict[Name, Name] = {("thủ", "tướng", "chính", "phủ"): ("thủ", "tướng")}
# Thanh tra Chính phủ is TTCP.
_WITHOUT_INITIALS = frozenset(_OTHER_FORMS)
_PLACES = frozenset(
    tuple(words.split())
    for words in ("tỉnh", "thành phố", "huyện", "quận", "thị xã", "thị trấn", "xã", "phường", "đặc khu", "khu vực")
)
_BODIES_OF_PLACES: tuple[Name, ...] = (_ABBREVIATIONS["ubnd"], _ABBREVIATIONS["hđnd"])
_COUNTRY: Name = ("việt", "nam")
_KINDS = frozenset({"bộ", "sở", "cục", "vụ", "viện", "ban"})
_LEAST_INITIALS = 3
_LONGEST_NAME = 32  # three ministries together; what is longer is no name
_MOST_FORMS = 32
_HALVES = re.compile(r"\s+(?:và|-|–)\s+|,\s*", re.IGNORECASE)
# After a body's name these begin a subject that was read into it: “Chính phủ quy định chi tiết…”.
_SUBJECT_OPENINGS = frozenset(
    tuple(words.split())
    for words in ("quy định", "hướng dẫn", "sửa đổi", "bổ sung", "ban hành", "phê duyệt", "thông qua", "ngày", "về")
)


def issuer_forms(names: Sequence[str]) -> Iterator[tuple[str, IssuerForm]]:
    """Every form of every name, with the name as it was given; the same form may come for several names."""
    written = {name: _written_out(syllable_texts(name)) for name in names}
    known = frozenset(written.values())
    for name, syllables in written.items():
        if len(syllables) > _LONGEST_NAME or _runs_into_subject(syllables, known):
            continue
        for form, nearness in _forms(name, syllables, known).items():
            yield name, IssuerForm(form, nearness)


def _forms(name: str, syllables: Name, known: frozenset[Name]) -> dict[Name, Nearness]:
    forms: dict[Name, Nearness] = {}
    for part in _joint(syllables, known):
        _add(forms, _whole_forms(part), Nearness.NAME if part == syllables else Nearness.PART)
    _add(forms, _halves(name), Nearness.PART)
    if syllables[-2:] == _COUNTRY:
        _add(forms, _whole_forms(syllables[:-2]), Nearness.PART)
    elif syllables + _COUNTRY in known:
        _add(forms, _whole_forms(syllables + _COUNTRY), Nearness.PART)
    _add(forms, _short_forms(syllables), Nearness.SHORT)
    return forms


def _add(forms: dict[Name, Nearness], more: Iterable[Name], nearness: Nearness) -> None:
    for form in more:
        if len(form) > 1 or (form and is_symbol(form[0])):  # “thuế” alone is no body
            forms.setdefault(form, nearness)


def _written_out(syllables: Sequence[str]) -> Name:
    """A name with its abbreviations in full: every form is made from the same beginning."""
    return tuple(itertools.chain.from_iterable(_ABBREVIATIONS.get(syllable, (syllable,)) for syllable in syllables))


def _runs_into_subject(syllables: Name, known: frozenset[Name]) -> bool:
    """Whether another body's name ends within this one and a subject begins there."""
    return any(
        {syllables[at : at + 1], syllables[at : at + 2]} & _SUBJECT_OPENINGS
        and any(syllables[begin:at] in known for begin in range(at))
        for at in range(2, len(syllables))
    )


def _joint(syllables: Name, known: frozenset[Name]) -> list[Name]:
    """The name, and the names of the bodies that issue together under it."""
    for at, syllable in enumerate(syllables):
        if syllable == "và" and syllables[:at] in known:
            others = _joint(syllables[at + 1 :], known)
            if others[-1] in known:
                return [syllables, syllables[:at], *others]
    return [syllables]


def _whole_forms(syllables: Name) -> Iterator[Name]:
    """The name in full and with its parts abbreviated, each in every way."""
    yield from _abbreviated(syllables)
    if syllables in _OTHER_FORMS:
        yield _OTHER_FORMS[syllables]
    body, place = _split_place(syllables)
    for initials in _initials(body):
        for end in _abbreviated(place):
            yield initials + end
    if not body and place:  # portals write the place for its committee or council
        for council in _BODIES_OF_PLACES:
            yield from _abbreviated(council + place)


@functools.lru_cache(maxsize=1 << 12)
def _abbreviated(syllables: Name) -> tuple[Name, ...]:
    """A name in full and with each of its parts abbreviated or not."""
    if not syllables:
        return ((),)
    heads = [(syllables[0], 1)]
    for abbreviation, phrase in _ABBREVIATIONS_FROM.get(syllables[0], ()):
        if syllables[: len(phrase)] == phrase:
            heads.append((abbreviation, len(phrase)))
    forms = ((head, *rest) for head, length in heads for rest in _abbreviated(syllables[length:]))
    return tuple(itertools.islice(forms, _MOST_FORMS))


def _initials(body: Name) -> Iterator[Name]:
    """`bgdđt`, `bộ gdđt` and `bộ gd đt` of Bộ Giáo dục và Đào tạo."""
    letters = "".join(syllable[0] for syllable in body if syllable != "và")
    if len(letters) >= _LEAST_INITIALS and is_symbol(letters) and body not in _WITHOUT_INITIALS:
        yield (letters,)
    if body[:1] and body[0] in _KINDS and len(letters) >= _LEAST_INITIALS:
        yield body[0], letters[1:]
        halves = [tuple(half) for is_and, half in itertools.groupby(body[1:], "và".__eq__) if not is_and]
        if len(halves) > 1:
            yield body[0], *("".join(syllable[0] for syllable in half) for half in halves)


def _halves(name: str) -> Iterator[Name]:
    """`Bộ Giáo dục` of Bộ Giáo dục và Đào tạo; a Sở's keeps its place."""
    halves = _HALVES.split(name)
    first = tuple(syllable_texts(halves[0]))
    if len(halves) > 1 and first[:1] and first[0] in _KINDS and len(first) > 1:
        yield first
        yield first + _split_place(_written_out(syllable_texts(halves[-1])))[1]


def _short_forms(syllables: Name) -> Iterator[Name]:
    """Without the place (`ubnd tỉnh`, `sở tài chính`), or without what kind of place it is (`ubnd bắc ninh`)."""
    body, place = _split_place(syllables)
    kind = _place_kind(place, 0)
    if not kind:
        return
    for council in (body,) if body else _BODIES_OF_PLACES:
        for head in (*_abbreviated(council), *_initials(council)):
            yield head
            yield from (head + end for end in _abbreviated(kind))
            yield from (head + end for end in _abbreviated(place[len(kind) :]))
    if body in _BODIES_OF_PLACES:
        yield from _abbreviated(place)


def _split_place(syllables: Name) -> tuple[Name, Name]:
    """The body and the place that it is of: `Sở Tài chính`, `tỉnh Bắc Ninh`."""
    for at in range(len(syllables)):
        kind = _place_kind(syllables, at)
        if kind and len(syllables) > at + len(kind):
            return syllables[:at], syllables[at:]
    return syllables, ()


def _place_kind(syllables: Name, at: int) -> Name:
    """What kind of place a name goes on with, or nothing."""
    return next((kind for length in (1, 2) if (kind := syllables[at : at + length]) in _PLACES), ())
