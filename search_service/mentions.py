"""Whether a name in a question is said of the document that is looked for, or is a piece of its subject.

Nothing but what stands beside a name tells: a document's type is said first or before its number, its issuer and signer
between type, number and date.
"""

from __future__ import annotations

import itertools
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Literal

from search_service.wording import follows_figure, is_symbol, spellings

NamedField = Literal["type", "issuer", "signer"]


@dataclass(frozen=True, slots=True)
class Question:
    """A question's tokens, as typed and without marks."""

    tokens: tuple[str, ...]
    folded: tuple[str, ...]

    def before(self, at: int) -> str:
        """The token before a place; an empty string at the beginning."""
        return self.tokens[at - 1] if at > 0 else ""

    def at(self, at: int) -> str:
        """The token at a place; an empty string past the end."""
        return self.tokens[at] if at < len(self.tokens) else ""


@dataclass(frozen=True, slots=True)
class Mention:
    """A name or code in a question.

    Attributes:
        field: The keyword field whose values it may mean.
        values: Those values.
        start: Its first token.
        end: One past its last token.
        is_everyday: A type whose name is mostly another word: a verb, or what another document decides on.
        is_code: A type's code (`qđ`).
        is_short: An issuer's name without the place, which several have.
    """

    field: NamedField
    values: tuple[str, ...]
    start: int
    end: int
    is_everyday: bool = False
    is_code: bool = False
    is_short: bool = False

    @property
    def length(self) -> int:
        """How many tokens it holds."""
        return self.end - self.start


# “tt” is also Trung tâm, “kh” khoa học, “ct” a cục thuế or a chairman, and all are met beside numbers.
_AMBIGUOUS_CODES = spellings("tt", "ct", "kh", "tb", "bc", "hd")
_CODE_OF_BODY_TOO = spellings("ct")
_ISSUERS_AFTER_CODE = spellings("ubnd", "ttg", "hđnd", "ctubnd")
_SURE_SIGNER = 3
_OPENING = spellings("tìm", "kiếm", "tra", "cứu", "xem", "cho", "tôi", "các", "những", "mọi", "văn", "bản")
_NUMBER, _OF = spellings("số"), spellings("của", "do")
_DATE = spellings("ngày", "tháng", "năm") | {"quý"}  # “quy” is mostly “quy định”
_NUMBER_OR_DATE = _NUMBER | _DATE
_BETWEEN = _NUMBER_OR_DATE | _OF | spellings("và")
# Whoever signs for a body that decides under its head's name.
_OFFICES = frozenset(
    tuple(office.split())
    for office in spellings("bộ trưởng", "chủ tịch", "thống đốc", "giám đốc", "chánh án", "viện trưởng", "cục trưởng")
)
_ISSUED = spellings("ban"), spellings("hành")
# A type after these is another document's, which this one carries out, amends or is attached to.
_CITING = spellings("theo", "cứ", "hiện", "hành", "đổi", "sung", "thế", "bỏ", "tại", "kèm", "dẫn", "của", "về", "được")


def judge(mentions: Sequence[Mention], ends: Iterable[int], question: Question) -> Iterator[tuple[Mention, bool]]:
    """Which mentions are names at all, and whether each is surely said of the document.

    Args:
        mentions: Names and codes in order, apart from each other.
        ends: Where something ends that is surely said of the document, as `X ký`.
        question: The question.
    """
    sure_ends = {0, *ends}
    has_type = False
    for mention, following in itertools.zip_longest(mentions, mentions[1:]):
        place = _Place(mention, following, question, sure_ends)
        if mention.field == "type" and not place.is_type():
            continue
        sure = not (mention.field == "type" and has_type) and place.is_sure()
        opens = mention.field == "type" and not has_type and place.is_first()
        has_type = has_type or mention.field == "type"
        if sure or opens:  # “quy định của bộ”: its issuer may follow what may be its type
            sure_ends.add(mention.end)
        yield mention, sure


@dataclass(frozen=True, slots=True)
class _Place:
    """A mention with what stands around it; `sure_ends` are the ends of what is surely said, and the beginning."""

    mention: Mention
    following: Mention | None
    question: Question
    sure_ends: set[int]

    def is_type(self) -> bool:
        """Whether a code is a type's and not some abbreviation, and `luật` not a half of `pháp luật`."""
        if self.mention.is_code and self.question.at(self.mention.start) in _CODE_OF_BODY_TOO:
            return self._is_followed_by("issuer") or self._after() in _ISSUERS_AFTER_CODE
        if self.mention.length > 1:
            return True
        return self.is_first() or self._is_in_number() or self._has_figure() or self._is_followed_by("issuer")

    def is_sure(self) -> bool:
        """Whether it is surely said of the document."""
        if self.mention.field == "type":
            return self._is_sure_type()
        if self.mention.field == "issuer":
            return self._is_sure_issuer()
        return self.mention.length >= _SURE_SIGNER and self._continues() and self._is_closed()

    def _is_sure_type(self) -> bool:
        if self._is_in_number():
            return False  # the whole number is asked for, which says more
        if self.mention.is_everyday:
            return self._has_number() or (self.is_first() and self._is_followed_by("issuer"))
        if self.mention.is_code and self.question.at(self.mention.start) in _AMBIGUOUS_CODES:
            return self._has_figure() or self._is_followed_by("issuer")
        if self.is_first():
            return True
        is_cited = self.question.before(self.mention.start) in _CITING
        return not is_cited and (self._has_figure() or self._is_followed_by("issuer"))

    def _is_sure_issuer(self) -> bool:
        if self.mention.is_short or self._is_in_number():
            return False
        if self._continues() and (self._is_closed() or self._sure_before() > 0):
            return True
        if self.mention.start > 1 and self.question.before(self.mention.start) in _OF and self.is_first():
            return True  # “các văn bản của”
        after, then = self._after(), self.question.at(self.mention.end + 1)
        if after in _ISSUED[0] and then in _ISSUED[1]:
            is_last = self.mention.end + 2 == len(self.question.tokens)
            return is_last and self.question.before(self.mention.start) in _OF
        return False

    def _continues(self) -> bool:
        """Whether nothing but numbers, dates and `của` stands between it and what is surely said before."""
        return self._sure_before() in self.sure_ends

    def _sure_before(self) -> int:
        """Where what is surely said before it ends, or else the place up to which that was looked for."""
        at = self.mention.start
        if self.question.tokens[max(0, at - 2) : at] in _OFFICES:
            at -= 2
        while at not in self.sure_ends and self._is_between(self.question.before(at)):
            at -= 1
        return at

    def _is_closed(self) -> bool:
        """Whether no subject goes on after it, but the end, a number, a date, or another name."""
        after = self._after()
        if not after or after in _NUMBER_OR_DATE or after.isdecimal():
            return True
        following = self.following
        return following is not None and following.start == self.mention.end and not following.is_everyday

    def is_first(self) -> bool:
        """Whether nothing is said before it but `tìm các`, a number or date, or what is sure."""
        at = self.mention.start
        while at not in self.sure_ends and (
            self.question.before(at) in _OPENING or self._is_between(self.question.before(at))
        ):
            at -= 1
        return at in self.sure_ends

    def _is_in_number(self) -> bool:
        """Whether it is a piece of a document number, after the figure."""
        start = self.mention.start
        is_piece = self.mention.length == 1 and is_symbol(self.question.at(start))
        return is_piece and follows_figure(self.question.tokens, start)

    def _has_figure(self) -> bool:
        return self._after() in _NUMBER or self._after().isdecimal()

    def _has_number(self) -> bool:
        """Whether a document number follows and no plain figure: `kế hoạch số 15`, but not `kế hoạch 5 năm`."""
        after, then = self._after(), self.question.at(self.mention.end + 1)
        return after in _NUMBER or (after.isdecimal() and (then.isdecimal() or (then != "" and is_symbol(then))))

    def _is_followed_by(self, field: NamedField) -> bool:
        following = self.following
        return following is not None and following.field == field and following.start == self.mention.end

    def _after(self) -> str:
        return self.question.at(self.mention.end)

    @staticmethod
    def _is_between(token: str) -> bool:
        return token != "" and (token in _BETWEEN or token.isdecimal() or is_symbol(token))
