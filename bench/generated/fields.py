"""Questions that name a document by what stands around its subject: `type_issuer_month` and `signer`."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from random import Random

from bench.corpora import Question
from bench.generated.documents import MOST_RIGHT, Document, Documents, name_key
from bench.generated.marks import strip_marks
from bench.generated.seeding import PER_KIND, collect
from bench.generated.words import Words, spoken

TYPE_ISSUER_MONTH = "type_issuer_month"
SIGNER = "signer"

Asked = tuple[str, frozenset[str]]

_SHORT = (("ủy ban nhân dân", "ubnd"), ("hội đồng nhân dân", "hđnd"), ("thành phố", "tp"))
_MONTHS = ("tháng {month}/{year}", "tháng {month} năm {year}", "tháng {month}-{year}")
_TITLE = re.compile(
    "(?:bo|thu|cuc|so) truong|thu tuong|(?:giam|thong|tong) doc|chu (?:tich|nhiem)|vien truong|chanh an"
)
_NAME = re.compile(r"[^\W\d_]+(?: [^\W\d_]+){1,4}")


def type_issuer_month_questions(documents: Documents, words: Words) -> tuple[Question, ...]:
    """`quyết định ubnd tỉnh bắc ninh tháng 11/2025`, and as many with two or three words of the subject.

    Right are all documents of this type, issuer and month; with words, those of them whose subject has the words.
    """
    groups = _groups(documents, _type_issuer_month)
    asked: set[tuple[str, ...]] = set()

    def ask_for_all(document: Document, random: Random) -> Asked | None:
        group = groups.get(key := _type_issuer_month(document), [])
        # A month's documents are asked for once, not once a wording.
        if key in asked or not 1 <= len(group) <= MOST_RIGHT:
            return None
        asked.add(key)
        return _as_typed(_type_issuer_month_words(document, "", random), random), _ids(group)

    def ask_for_some(document: Document, random: Random) -> Asked | None:
        group = groups.get(_type_issuer_month(document), [])
        chosen = words.telling(document.subject, random.choice((2, 3)), random)
        if not group or chosen is None:
            return None
        right = [one for one in group if documents.holds_all(one, chosen)]
        if len(right) > MOST_RIGHT:
            return None
        return _as_typed(_type_issuer_month_words(document, spoken(chosen), random), random), _ids(right)

    bare = collect(TYPE_ISSUER_MONTH, documents.officials, ask_for_all, PER_KIND // 2)
    taken = {question.id for question in bare}
    others = [one for one in documents.officials if f"{TYPE_ISSUER_MONTH}-{one.id}" not in taken]
    return bare + collect(TYPE_ISSUER_MONTH, others, ask_for_some, PER_KIND // 2)


def signer_questions(documents: Documents, words: Words) -> tuple[Question, ...]:
    """`do Phạm Văn Thịnh ký`, in five wordings, of which three narrow the signer by year, type or words of the subject.

    Right are all documents of the signer that the question does not leave out.
    """
    signed = _groups(documents, lambda document: (name_key(document.signer),) if document.signer else ())

    def ask(document: Document, random: Random) -> Asked | None:
        if not _is_person(document.signer):
            return None
        case = _Signed(document, signed[(name_key(document.signer),)], documents, words, random)
        wordings = [case.by_name, case.by_plain_name, case.in_year, case.of_type, case.about]
        random.shuffle(wordings)
        asked = (wording() for wording in wordings)
        return next((one for one in asked if one and len(one[1]) <= MOST_RIGHT), None)

    return collect(SIGNER, documents.officials, ask)


@dataclass(frozen=True, slots=True)
class _Signed:
    """One document and all that its signer signed (`own`), in the wordings that people ask with."""

    document: Document
    own: list[Document]
    documents: Documents
    words: Words
    random: Random

    def by_name(self) -> Asked:
        return self._ask(f"do {self.document.signer} ký", self.own)

    def by_plain_name(self) -> Asked:
        return strip_marks(f"{self.document.signer} ký").lower(), _ids(self.own)

    def in_year(self) -> Asked | None:
        # A document without a known year may be right or wrong, and nobody can tell.
        if any(one.year is None for one in self.own):
            return None
        right = [one for one in self.own if one.year == self.document.year]
        return self._ask(f"văn bản {self.document.signer} ký năm {self.document.year}", right)

    def of_type(self) -> Asked | None:
        if not self.document.type:
            return None
        by = self.random.choice(("do ", ""))
        right = [one for one in self.own if name_key(one.type) == name_key(self.document.type)]
        return self._ask(f"{self.document.type.lower()} {by}{self.document.signer} ký", right)

    def about(self) -> Asked | None:
        chosen = self.words.telling(self.document.subject, 2, self.random)
        if chosen is None:
            return None
        right = [one for one in self.own if self.documents.holds_all(one, chosen)]
        return self._ask(f"{self.document.signer} {spoken(chosen)}", right)

    def _ask(self, text: str, right: list[Document]) -> Asked:
        return _as_typed(text, self.random), _ids(right)


def _is_person(signer: str) -> bool:
    """Whether a signer is a name; a title is what is left of a signature block that was not understood."""
    return _NAME.fullmatch(signer) is not None and _TITLE.search(name_key(signer)) is None


def _type_issuer_month(document: Document) -> tuple[str, ...]:
    """What a question names, as it compares; empty when the record does not tell it all."""
    if not (document.type and document.issuer and document.year and document.month):
        return ()
    return (name_key(document.type), name_key(document.issuer), str(document.year), str(document.month))


def _type_issuer_month_words(document: Document, subject: str, random: Random) -> str:
    issuer = document.issuer.lower()
    if random.random() < 0.5:
        for long, short in _SHORT:
            issuer = issuer.replace(long, short)
    month = random.choice((str(document.month), f"{document.month:02}"))
    when = random.choice(_MONTHS).format(month=month, year=document.year)
    named = [document.type.lower(), issuer, when]
    if subject:
        named.insert(random.choice((1, 3)), subject)
    return " ".join(named)


def _as_typed(text: str, random: Random) -> str:
    """With marks, or without any and in lower case, as half of the people type."""
    return text if random.random() < 0.5 else strip_marks(text).lower()


def _groups(
    documents: Iterable[Document], key: Callable[[Document], tuple[str, ...]]
) -> dict[tuple[str, ...], list[Document]]:
    groups: dict[tuple[str, ...], list[Document]] = {}
    for document in documents:
        if known := key(document):
            groups.setdefault(known, []).append(document)
    return groups


def _ids(documents: Iterable[Document]) -> frozenset[str]:
    return frozenset(document.id for document in documents)
