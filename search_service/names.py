"""Types, issuers and signers that a question names, found among those that the index holds.

`qđ ubnd tỉnh bắc ninh do Phạm Văn Thịnh ký` names one of each. Most questions that hold such words mean none: they are
pieces of a subject (`thẩm quyền quyết định của bộ trưởng`). So each finding says whether it is sure, by what stands
beside it.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from analyzers.tokens import syllable_texts
from search_service.issuer_forms import Nearness, issuer_forms
from search_service.mentions import Mention, NamedField, Question, judge
from search_service.phrases import Phrases, agrees
from search_service.wording import fold_syllable, spellings

MAX_VALUES = 20
"""What may mean more issuers than this means none of them."""

Syllables = tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Named:
    """A value of a keyword field that a question names.

    Attributes:
        field: The keyword field.
        values: The index's values that are meant, the nearest first, at most `MAX_VALUES`.
        start: The first token that says so; of a signer, `do` or `người ký` before the name is a part.
        end: One past the last token; of a signer, `ký` after the name is a part.
        sure: Whether it is said of the document itself, and not as a piece of its subject.
    """

    field: NamedField
    values: tuple[str, ...]
    start: int
    end: int
    sure: bool


class NameFinder:
    """Finds what questions name in one index. Immutable: safe to call from several threads."""

    def __init__(self, types: Iterable[str], issuers: Sequence[str], signers: Iterable[str]) -> None:
        """Make it from the index's values as they are displayed, the most frequent first."""
        self._phrases: Phrases[_Meaning] = Phrases()
        self._type_of_code: dict[str, str] = {}
        self._signers_of_part: dict[Syllables, dict[Syllables, list[str]]] = {}
        self._add_types(types)
        self._add_issuers(issuers)
        for signer in signers:
            self._add_signer(signer)

    def find(self, tokens: Sequence[str]) -> tuple[Named, ...]:
        """What a question names, in order, apart from each other; of names within names the longest.

        Args:
            tokens: The question's canonical lower-case syllables, with or without marks. Marks that are typed must be
                the name's.
        """
        question = Question(tuple(tokens), tuple(map(fold_syllable, tokens)))
        signed = tuple(self._signed(question))
        mentions = tuple(self._mentions(question, signed))
        named = (
            Named(mention.field, mention.values, mention.start, mention.end, sure)
            for mention, sure in judge(mentions, [named.end for named in signed], question)
        )
        return tuple(sorted((*signed, *named), key=lambda one: one.start))

    def _add_types(self, types: Iterable[str]) -> None:
        for name in types:
            syllables = tuple(syllable_texts(name))
            words = " ".join(syllables)
            if len(syllables) > 1 or words in _ONE_SYLLABLE_TYPES:
                self._phrases.add(syllables, _Meaning("type", (name,)))
            code = _CODE_OF_TYPE.get(words)
            self._type_of_code |= dict.fromkeys(spellings(code) if code else (), name)

    def _add_issuers(self, issuers: Sequence[str]) -> None:
        names_of_form: dict[Syllables, dict[str, Nearness]] = {}
        for name, form in issuer_forms(issuers):
            names_of_form.setdefault(form.syllables, {}).setdefault(name, form.nearness)
        for syllables, names in names_of_form.items():
            is_short = min(names.values()) is Nearness.SHORT
            meant = sorted((name for name in names if is_short or names[name] < Nearness.SHORT), key=names.__getitem__)
            # What is said of too many is still no piece of another name.
            values = () if is_short and len(meant) > MAX_VALUES else tuple(meant[:MAX_VALUES])
            self._phrases.add(syllables, _Meaning("issuer", values, is_short))

    def _add_signer(self, name: str) -> None:
        syllables = tuple(syllable_texts(name))
        if not 2 <= len(syllables) <= _LONGEST_NAME:
            return
        self._phrases.add(syllables, _Meaning("signer", (name,)))
        plain = tuple(map(fold_syllable, syllables))
        for at in range(1, len(syllables)):
            names = self._signers_of_part.setdefault(plain[at:], {}).setdefault(syllables[at:], [])
            if len(names) < MAX_VALUES:
                names.append(name)

    # Signers, by the word ký ---------------------------------------------------------------------------------------

    def _signed(self, question: Question) -> Iterator[Named]:
        """Signers that `ký` stands beside: `do Phạm Văn Thịnh ký`, `ông Thịnh ký`, `người ký: Thịnh`."""
        for at, token in enumerate(question.tokens):
            if token in _SIGN:
                named = self._signed_before(question, at) or self._signed_after(question, at)
                if named:
                    yield named

    def _signed_before(self, question: Question, sign: int) -> Named | None:
        for begin in range(max(0, sign - _LONGEST_NAME), sign):
            is_addressed = question.before(begin) in _BEFORE_GIVEN_NAME
            signers = self._signers(question, begin, sign, is_addressed=is_addressed)
            if signers:
                start = begin
                while question.before(start) in _ADDRESSES:
                    start -= 1
                start -= question.before(start) in _BY
                return Named("signer", signers.values, start, sign + 1, signers.whole)
        return None

    def _signed_after(self, question: Question, sign: int) -> Named | None:
        start = sign - 1 if question.before(sign) in _PERSON else sign
        begin = sign + 1
        if question.at(begin) in _BY or (start < sign and question.at(begin) in _IS):
            begin += 1
        elif start == sign:
            return None
        while question.at(begin) in _ADDRESSES:
            begin += 1
        for end in range(min(len(question.tokens), begin + _LONGEST_NAME), begin, -1):
            signers = self._signers(question, begin, end, is_addressed=True)
            if signers:
                return Named("signer", signers.values, start, end, signers.whole)
        return None

    def _signers(self, question: Question, begin: int, end: int, *, is_addressed: bool) -> _Signers | None:
        """Those whose name, or the end of whose name, these tokens are; a given name alone needs `ông` or `do`."""
        last, meanings = self._phrases.longest(question.tokens, question.folded, begin)
        whole = _values([meaning for meaning in meanings if meaning.field == "signer"])
        if whole and last == end:
            return _Signers(whole, whole=True)
        if end - begin < 2 and not is_addressed:
            return None
        tokens, plain = question.tokens[begin:end], question.folded[begin:end]
        parts = self._signers_of_part.get(plain, {})
        named = [name for part, names in parts.items() if agrees(part, tokens, plain) for name in names]
        return _Signers(tuple(dict.fromkeys(named))[:MAX_VALUES], whole=False) if named else None

    # Mentions anywhere ---------------------------------------------------------------------------------------------

    def _mentions(self, question: Question, signed: Sequence[Named]) -> Iterator[Mention]:
        """Every name and code apart from `signed`, whatever it may mean where it stands."""
        taken = {at for named in signed for at in range(named.start, named.end)}
        at = 0
        while at < len(question.tokens):
            end, meanings = self._phrases.longest(question.tokens, question.folded, at)
            code = self._type_of_code.get(question.tokens[at])
            if meanings:
                mention = _mention(meanings, question, at, end)
            elif code:
                end = at + 1
                mention = Mention("type", (code,), at, end, is_everyday=_is_everyday(code), is_code=True)
            else:
                end = at + 1
                mention = None
            if mention and taken.isdisjoint(range(at, end)):
                yield mention
            at = end


class _Meaning(NamedTuple):
    field: NamedField
    values: tuple[str, ...]
    is_short: bool = False


class _Signers(NamedTuple):
    values: tuple[str, ...]
    whole: bool


def _mention(meanings: Sequence[_Meaning], question: Question, start: int, end: int) -> Mention | None:
    """What a phrase may mean: a type before an issuer before a signer, and a whole name before a short one."""
    field = next(field for field in _FIELDS if any(meaning.field == field for meaning in meanings))
    those = [meaning for meaning in meanings if meaning.field == field]
    whole = [meaning for meaning in those if not meaning.is_short]
    values = _values(whole or those)
    # Two syllables without marks are too often other words (`mai son`, `hoang nam`).
    is_doubtful = field == "signer" and end - start == 2 and question.tokens[start:end] == question.folded[start:end]
    if not values or is_doubtful:
        return None
    is_everyday = field == "type" and _is_everyday(values[0])
    return Mention(field, values, start, end, is_everyday=is_everyday, is_short=not whole)


def _values(meanings: Iterable[_Meaning]) -> tuple[str, ...]:
    return tuple(dict.fromkeys(value for meaning in meanings for value in meaning.values))[:MAX_VALUES]


def _is_everyday(type: str) -> bool:
    return " ".join(syllable_texts(type)) in _EVERYDAY_TYPES


_FIELDS: tuple[NamedField, ...] = ("type", "issuer", "signer")
# Nghị định 30/2020/NĐ-CP, Phụ lục III, and what people write. Left out are codes that are other words more often:
# `hđ` a council, `da` a project, `tc` finance.
_CODE_OF_TYPE = {
    "quyết định": "qđ",
    "nghị định": "nđ",
    "nghị quyết": "nq",
    "công văn": "cv",
    "thông tư": "tt",
    "thông tư liên tịch": "ttlt",
    "văn bản hợp nhất": "vbhn",
    "chỉ thị": "ct",
    "kế hoạch": "kh",
    "thông báo": "tb",
    "báo cáo": "bc",
    "hướng dẫn": "hd",
    "tờ trình": "ttr",
}
_ONE_SYLLABLE_TYPES = frozenset({"luật", "lệnh"})
# Verbs, or what another document decides on: “thông báo cho”, “Quyết định ban hành Kế hoạch”.
_EVERYDAY_TYPES = _ONE_SYLLABLE_TYPES | frozenset(
    {"quy định", "quy chế", "hướng dẫn", "thông báo", "báo cáo", "hợp đồng", "kế hoạch"}
    | {"dự án", "đề án", "phương án", "chương trình"}
)
_LONGEST_NAME = 5
_SIGN, _PERSON, _BY, _IS = spellings("ký"), spellings("người"), spellings("do", "bởi"), spellings("là")
_ADDRESSES = spellings(
    *("ông", "bà", "đồng", "chí", "đ", "c", "phó", "chủ", "tịch", "thủ", "tướng", "thứ", "bộ", "trưởng", "giám", "đốc")
)
_BEFORE_GIVEN_NAME = _BY | spellings("ông", "bà", "chí", "c", "tịch", "tướng", "trưởng", "đốc")
