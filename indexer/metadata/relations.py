"""What a document is to those it names (quan hệ giữa các văn bản): it stands on them, replaces, repeals, amends them.

The forms are those of Nghị định 30/2020/NĐ-CP (grounds, Phụ lục I) and Nghị định 78/2025/NĐ-CP (repeal, replacement
and amendment, and who says so: an article that begins with the verb, `Thông tư này … thay thế …`, or `… hết hiệu lực`).
What is doubtful is a mention: a relation is shown as a fact, so that a wrong one costs more than a missing one.
"""

from __future__ import annotations

import dataclasses
import re
from bisect import bisect_right
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from typing import Any

from engines.relations import Relation, RelationKind
from indexer.metadata import relation_forms as forms
from indexer.metadata.references import Reference, read_references

_MOST_REFERENCES = 20_000
_MOST_NUMBERS = 500
_LONGEST_GAP = 160
_LONGEST_LIST = 60
_RANKS = {"Hiến pháp": 0, "Bộ luật": 1, "Luật": 1, "Pháp lệnh": 2, "Nghị định": 3}
_LOWEST = 4
_ANY_RANK = frozenset({"", "Nghị quyết"})
_CHANGES = frozenset({RelationKind.REPEALS, RelationKind.REPLACES, RelationKind.AMENDS})
_LISTS = _CHANGES | {RelationKind.LEGAL_BASIS}
_BEFORE_ARTICLES = frozenset({RelationKind.LEGAL_BASIS, RelationKind.ANSWERS, RelationKind.IMPLEMENTS})


@dataclass(frozen=True, slots=True)
class _Rule:
    """What a sentence says of documents.

    Attributes:
        kind: What this document is to them.
        begin: Where they begin.
        end: Where they end.
        is_list: Whether the sentence introduces them, and they follow in items of their own.
    """

    kind: RelationKind
    begin: int
    end: int
    is_list: bool = False


def read_relations(text: str, own_number: str, subject: str = "", own_type: str = "") -> tuple[Relation, ...]:
    """What a document is to each one that it names.

    Args:
        text: The document's normalized text.
        own_number: Its own number, which is no relation.
        subject: Its subject, which often says what it amends.
        own_type: Its own type; a circular (thông tư) changes no decree (nghị định).

    Returns:
        For each number in the text its kinds, numbers in order of appearance, at most 500; `mentions` where nothing
        more is known. Type, issuer and date are those that the text gives anywhere for that number.
    """
    named = _in_one_spelling(islice(read_references(text), _MOST_REFERENCES))
    kinds: dict[str, dict[RelationKind, None]] = defaultdict(dict)
    for number, kind in (*_kinds_in_subject(subject), *_Body(text, named).kinds()):
        kinds[number.upper()][kind] = None
    described = _descriptions(named)
    described = {number: described[number] for number in described if number.upper() != own_number.upper()}
    return tuple(
        Relation(kind=kind, number=number, **description)
        for number, description in islice(described.items(), _MOST_NUMBERS)
        for kind in _possible(kinds[number.upper()], own_type, description.get("type", ""))
    )


def _possible(kinds: Iterable[RelationKind], own_type: str, type_: str) -> Sequence[RelationKind]:
    """The kinds without changes of a document of higher rank, which must have been misread; mentions if none is left.

    A legal document is changed by its issuer's own or a superior's only (Luật Ban hành văn bản quy phạm pháp luật
    80/2015/QH13, Điều 12, and the law after it). A resolution may be of any rank.
    """
    may_change = own_type in _ANY_RANK or _RANKS.get(own_type, _LOWEST) <= _RANKS.get(type_, _LOWEST)
    return [kind for kind in kinds if may_change or kind not in _CHANGES] or [RelationKind.MENTIONS]


def _in_one_spelling(references: Iterable[Reference]) -> list[Reference]:
    """The references with each number as it is written where not all of it is in capitals: `1899/QĐ-TTg`."""
    named = list(references)
    spellings = {one.number.upper(): one.number for one in reversed(named) if not one.number.isupper()}
    return [dataclasses.replace(one, number=spellings.get(one.number.upper(), one.number)) for one in named]


def _descriptions(named: Sequence[Reference]) -> dict[str, dict[str, Any]]:
    """Number to type, issuer and date: the first that a text gives of each."""
    described: dict[str, dict[str, Any]] = defaultdict(dict)
    for reference in named:
        description = described[reference.number]
        for name in ("type", "issuer", "issued"):
            if value := getattr(reference, name):
                description.setdefault(name, value)
    return described


def _kinds_in_subject(subject: str) -> Iterator[tuple[str, RelationKind]]:
    """What a subject says that the document does: `Bãi bỏ Quyết định số …`, `Hướng dẫn thi hành Nghị định số …`."""
    leading = forms.LEADING.match(subject.removeprefix("Về việc ").removeprefix("V/v "))
    if leading is None:
        return
    begin = len(subject) - len(leading.string) + leading.end()
    rule = _Rule(_verb(leading), begin, len(subject))
    if rule.kind is not RelationKind.LEGAL_BASIS:
        yield from _governed(rule, list(read_references(subject)), subject)


class _Body:
    """A document's own sentences: not those of its appendices, nor what it quotes."""

    def __init__(self, text: str, named: Sequence[Reference]) -> None:
        over = forms.AFTER_BODY.search(text)
        self._text = _without_quoted(text[: over.start()] if over else text)
        article = forms.FIRST_ARTICLE.search(self._text)
        self._articles = article.start() if article else len(self._text)
        self._starts = [0, *(boundary.end() for boundary in forms.BOUNDARY.finditer(self._text)), len(self._text)]
        self._named: dict[int, list[Reference]] = defaultdict(list)
        self._rules: dict[int, _Rule | None] = {}
        for reference in named:
            if (
                reference.end <= len(self._text)
                and forms.QUOTED_LETTER not in self._text[reference.start : reference.end]
            ):
                self._named[bisect_right(self._starts, reference.start) - 1].append(reference)

    def kinds(self) -> Iterator[tuple[str, RelationKind]]:
        """Number and kind of what the sentences say."""
        for index, named in self._named.items():
            rule = self._rule(index) or self._inherited(index)
            if rule:
                yield from _governed(rule, named, self._text)

    def _sentence(self, index: int) -> tuple[int, int]:
        return self._starts[index], self._starts[index + 1]

    def _rule(self, index: int) -> _Rule | None:
        """What a sentence says by a verb of its own."""
        if index not in self._rules:
            start, end = self._sentence(index)
            self._rules[index] = (
                self._leading(start, end)
                or self._own(start, end)
                or self._received(start, end)
                or self._expires(index, start, end)
            )
        return self._rules[index]

    def _leading(self, start: int, end: int) -> _Rule | None:
        found = forms.LEADING.match(self._text, start, end) or self._from_then_on(start, end)
        if found is None:
            return None
        kind = _verb(found)
        in_articles = start >= self._articles
        # In a plan, “Sửa đổi Quyết định số …” and “1. Thực hiện Nghị quyết số …” are tasks for somebody.
        is_said = kind in _CHANGES if in_articles else kind in _BEFORE_ARTICLES
        if not is_said or (kind is RelationKind.IMPLEMENTS and found["mark"]):
            return None
        return self._introduced(kind, found.end(), end)

    def _from_then_on(self, start: int, end: int) -> re.Match[str] | None:
        """The verb after `Kể từ ngày Thông tư này có hiệu lực, …`."""
        then = forms.FROM_THEN_ON.match(self._text, _after_opening(self._text, start, end), end)
        return forms.LEADING.match(self._text, then.end(), end) if then else None

    def _own(self, start: int, end: int) -> _Rule | None:
        found = forms.OWN.search(self._text, start, end)
        if found is None or not forms.THIS.search(
            self._text, max(start, found.start() - forms.LONGEST_TYPE), found.start()
        ):
            return None
        kind = _verb(found)
        return self._introduced(kind, found.end(), end) if kind in _CHANGES or kind is RelationKind.GUIDES else None

    def _received(self, start: int, end: int) -> _Rule | None:
        found = forms.RECEIVED.search(self._text, start, end) if start < self._articles else None
        return _Rule(RelationKind.ANSWERS, found.end(), end) if found else None

    def _expires(self, index: int, start: int, end: int) -> _Rule | None:
        found = forms.EXPIRES.search(self._text, start, end) if start >= self._articles else None
        if found is None:
            return None
        begin = _after_opening(self._text, start, end)
        if then := forms.FROM_THEN_ON.match(self._text, begin, end):
            begin = then.end()
        if index not in self._named:
            return self._introduced(RelationKind.REPEALS, begin, end)
        return _Rule(RelationKind.REPEALS, begin, found.start())

    def _introduced(self, kind: RelationKind, begin: int, end: int) -> _Rule:
        """The rule of documents from `begin` on, or of the items that follow when the sentence ends in a colon."""
        said = self._text[begin:end]
        is_list = kind in _LISTS and forms.INTRODUCES.search(said) is not None
        if is_list and kind in _CHANGES and forms.PART.search(said):
            kind = RelationKind.AMENDS
        return _Rule(kind, begin, end, is_list)

    def _inherited(self, index: int) -> _Rule | None:
        """The rule of a list that the sentence is an item of."""
        start, end = self._sentence(index)
        if forms.ARTICLE.match(self._text, start, end):
            return None
        begin = _after_opening(self._text, start, end)
        if not forms.ITEM.match(self._text, begin, end):
            return None
        for before in range(index - 1, max(-1, index - _LONGEST_LIST), -1):
            rule = self._rule(before)
            if rule:
                return _Rule(rule.kind, begin, end) if rule.is_list else None
            if not forms.LISTED_ITEM.match(self._text, *self._sentence(before)):
                break
        return None


def _governed(rule: _Rule, named: Sequence[Reference], text: str) -> Iterator[tuple[str, RelationKind]]:
    """The documents that a verb governs: the first after it, and those listed beside that one.

    A document within another one's subject (`Thông tư số 1 hướng dẫn Nghị định số 2`), or one that amended it, is not
    governed; nor is what is listed after it, up to the next semicolon.
    """
    kind, type_, end, is_first, is_nested = rule.kind, "", rule.begin, True, False
    for reference in named:
        if not rule.begin <= reference.start < rule.end:
            continue
        gap = text[end : reference.start]
        if switched := _switch(kind, gap):
            kind, gap, is_first, is_nested = _verb(switched), switched["gap"], True, False
        is_nested = is_nested and ";" not in gap
        said = _first_kind(kind, gap) if is_first else _next_kind(kind, gap)
        if not is_first and reference.type != type_ and forms.SUBJECT_GOES_ON.search(gap):
            said = None
        if said is None:
            is_nested = True
        elif not is_nested:
            yield reference.number, said
            type_ = reference.type
        end, is_first = reference.end, False


def _switch(kind: RelationKind, gap: str) -> re.Match[str] | None:
    """Another verb of this document's own: `thay thế Thông tư số 1 và bãi bỏ Thông tư số 2`; not one in a subject."""
    found = forms.SWITCHES.search(gap) if kind in _CHANGES else None
    return None if found is None or forms.CHANGED.search(gap, 0, found.start()) else found


def _first_kind(kind: RelationKind, gap: str) -> RelationKind | None:
    """What is said of the first document after a verb; of a part of it only, it is an amendment."""
    if len(gap) > _LONGEST_GAP or forms.ELSEWHERE.search(gap):
        return None
    if kind is RelationKind.LEGAL_BASIS and forms.AMENDED_BY.search(gap):
        return None
    if kind in _CHANGES and (forms.PART.search(gap) or not forms.WHOLE.fullmatch(gap)):
        return RelationKind.AMENDS
    return kind


def _next_kind(kind: RelationKind, gap: str) -> RelationKind | None:
    """The same of a document after another one, or None when it is not listed beside it."""
    if forms.LISTED.search(gap):
        return kind
    if forms.LISTED_PART.search(gap) and not forms.CHANGED.search(gap, gap.rfind(";") + 1):
        return RelationKind.AMENDS if kind in _CHANGES else kind
    return None


def _verb(found: re.Match[str]) -> RelationKind:
    return next(kind for kind, _ in forms.KINDS if found.groupdict().get(kind.value))


def _after_opening(text: str, start: int, end: int) -> int:
    opening = forms.OPENED.match(text, start, end)
    return opening.end() if opening else start


def _without_quoted(text: str) -> str:
    """The text with every letter between quotation marks, and between those around them, taken out of sight."""
    for _ in range(2):
        text = forms.QUOTED.sub(lambda quoted: forms.QUOTED_LETTER * len(quoted.group()), text)
    return text
