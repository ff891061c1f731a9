"""From what was typed to what was meant: each step a small function, in the order in which `understand` takes them.

What a clerk types, and the step that understands it:

- `ddooir soos`, `d9o6i3 so61`: the keyboard's Vietnamese mode was off (`_meant_keys`)
- `pho ng an`: a space too many (`joins`); `hơntuổi`, `thnàh`: a space too few, a slip (`find_repairs`)
- `TTHC`, `thủ tục hành chính`: abbreviations, both ways (`_spelled_otherwise`)
- `so 36 qd ubnd`, `36/2025`: a number in any spelling, or in part (`analyzers.numbers`)
- `quyết định ubnd tỉnh bắc ninh`, `do Phạm Văn Thịnh ký`: type, issuer, signer (`NameFinder`)
- `nghị định số 40 của Chính phủ`: the figure of a number that is said in words (`_figures`)
- `tháng 11/2025`: date of issue (`_periods`)
- `đủ bao nhiêu tuổi thì được kết hôn?`: a question of law (`_asks`)

A number is searched as it stands: `ct cs` would read as Telex, and `bca` as a slip.
"""

from __future__ import annotations

import dataclasses
import datetime
import itertools
from collections.abc import Iterable, Sequence

from analyzers.folding import fold
from analyzers.numbers import question_keys
from analyzers.spelling import joined
from analyzers.telex import read_telex
from analyzers.tokens import Token, syllables
from analyzers.vni import read_vni
from engines.schema import ngrams
from search_service.abbreviations import Variant
from search_service.knowledge import Knowledge
from search_service.names import Named
from search_service.periods import Period, read_periods
from search_service.query import MAX_SYLLABLES, Reading, UnderstoodQuery
from search_service.spelling import Repair, find_joins, find_repairs
from search_service.wording import is_asking

_MOST_READINGS = 4
_ASKING_WORDS = frozenset({"gi", "nao", "ai", "sao", "dau", "may"})
"""What documents hardly have, because they answer: no slips."""

_NUMBER_WORDS = frozenset({"số", "so"})
_JOINING = frozenset({"van", "ban", "cua", "do", "ve", "hanh", "ngay", "trong"})
_OF_NAME = "_"
"""Stands for a token of a name, so that no date is read out of it: `kỳ` before a year is no `ký`."""


def understand(
    text: str,
    knowledge: Knowledge,
    asked_on: datetime.date,
    *,
    literal: bool = False,
    tokens: Sequence[Token] | None = None,
) -> UnderstoodQuery:
    """Read a question of any length and content; never fails.

    Args:
        text: The question as typed.
        knowledge: What the index can tell: vocabulary, abbreviations, names.
        asked_on: The day, in Asia/Ho_Chi_Minh, that `tháng trước` is counted from.
        literal: Search what was typed and nothing else.
        tokens: Its words, where the rest of the text is operators; else every syllable of it.
    """
    text = text.strip()
    tokens = tuple(syllables(text) if tokens is None else tokens)[:MAX_SYLLABLES]
    typed = _texts(tokens)
    keys = question_keys(" ".join(typed))
    if literal or any(key.whole for key in keys):
        return UnderstoodQuery(
            text=text, readings=(Reading(typed),), number_keys=keys, asked_on=asked_on, literal=literal
        )
    meant, suggestion = _corrected(tokens, knowledge)
    main = _texts(meant)
    suggested = (_texts(suggestion),) if suggestion else ()
    others = _spelled_otherwise(main, _in_use(main, knowledge))
    readings = tuple(dict.fromkeys((main, *suggested, *others)))[:_MOST_READINGS]
    asks = is_asking(f"{' '.join(main)}{text[-1:]}")
    names = knowledge.names.find(main)
    periods = _periods(main, names, asked_on)
    return UnderstoodQuery(
        text=text,
        readings=tuple(Reading(reading, _words(reading, knowledge) if asks else ()) for reading in readings),
        read_as=_rewritten(text, tokens, meant) if main != typed else None,
        did_you_mean=_rewritten(text, tokens, suggestion) if suggestion else None,
        number_keys=keys,
        figures=_figures(main, names),
        names=names,
        periods=periods,
        only_names=_only_names(main, [*names, *periods]),
        asks=asks,
        asked_on=asked_on,
    )


def _texts(tokens: Iterable[Token]) -> tuple[str, ...]:
    return tuple(token.text for token in tokens)


def _corrected(tokens: Sequence[Token], knowledge: Knowledge) -> tuple[tuple[Token, ...], tuple[Token, ...] | None]:
    """The tokens as they were surely meant, and as they were perhaps meant if that differs.

    What turns one real word into another is only suggested: the clerk may know better.
    """
    meant = _joined(_meant_keys(tokens), knowledge)
    repairs = find_repairs(_texts(meant), knowledge.frequencies, knowledge.abbreviations.shorts | _ASKING_WORDS)
    sure = tuple(repair for repair in repairs if repair.is_sure)
    suggestion = _repaired(meant, repairs) if len(sure) < len(repairs) else None
    return _repaired(meant, sure), suggestion


def _meant_keys(tokens: Sequence[Token]) -> tuple[Token, ...]:
    """The tokens meant by keystrokes in Telex or VNI."""
    typed = _texts(tokens)
    meant = read_telex(typed) or read_vni(typed) or typed
    return tuple(Token(text, token.start, token.end) for text, token in zip(meant, tokens, strict=True))


def _joined(tokens: Sequence[Token], knowledge: Knowledge) -> tuple[Token, ...]:
    """The tokens without spaces inside syllables."""
    whole: list[Token] = []
    joins = find_joins(_texts(tokens), knowledge.frequencies)
    for at, token in enumerate(tokens):
        if at - 1 in joins:
            before = whole.pop()
            whole.append(Token(joined(before.text, token.text), before.start, token.end))
        else:
            whole.append(token)
    return tuple(whole)


def _repaired(tokens: Sequence[Token], repairs: Sequence[Repair]) -> tuple[Token, ...]:
    """The tokens with repairs in their places; two that were written together share theirs."""
    fixes = {repair.at: repair.fix for repair in repairs}
    return tuple(
        Token(text, token.start, token.end) for at, token in enumerate(tokens) for text in fixes.get(at, (token.text,))
    )


def _rewritten(text: str, typed: Sequence[Token], meant: Sequence[Token]) -> str:
    """What was typed with only those stretches changed that were meant otherwise."""
    before = {(token.start, token.end): token.text for token in typed}
    rewritten: list[str] = []
    at = 0
    for (start, end), tokens in itertools.groupby(meant, key=lambda token: (token.start, token.end)):
        said = " ".join(_texts(tokens))
        rewritten += [text[at:start], text[start:end] if before.get((start, end)) == said else said]
        at = end
    return "".join(rewritten) + text[at:]


def _words(reading: tuple[str, ...], knowledge: Knowledge) -> tuple[str, ...]:
    return tuple(word for word in knowledge.words(" ".join(reading)) if "_" in word)


def _only_names(tokens: Sequence[str], parts: Sequence[Named | Period]) -> bool:
    """Whether every token is a piece of what is surely named, or joins such pieces."""
    named = {at for part in parts if part.sure for at in range(part.start, part.end)}
    return bool(named) and all(at in named or fold(token) in _JOINING for at, token in enumerate(tokens))


def _figures(tokens: Sequence[str], names: Sequence[Named]) -> tuple[str, ...]:
    """The figures that stand right after a type's name, `số` between them or not."""
    ends = {name.end for name in names if name.field == "type"}
    after_type = (
        token
        for at, token in enumerate(tokens)
        if token.isdecimal() and (at in ends or (at - 1 in ends and tokens[at - 1] in _NUMBER_WORDS))
    )
    return tuple(dict.fromkeys(token.lstrip("0") or "0" for token in after_type))


def _periods(tokens: Sequence[str], names: Sequence[Named], asked_on: datetime.date) -> tuple[Period, ...]:
    """The dates of issue that are named; a year right after what is surely named is surely one."""
    sure = [name for name in names if name.sure]
    inside = {at for name in sure for at in range(name.start, name.end)}
    periods = read_periods([_OF_NAME if at in inside else token for at, token in enumerate(tokens)], asked_on)
    ends = {name.end for name in sure}
    return tuple(dataclasses.replace(period, sure=period.sure or period.start in ends) for period in periods)


def _in_use(tokens: tuple[str, ...], knowledge: Knowledge) -> list[Variant]:
    """Other spellings that documents have: each reading is looked up, which nobody should wait for in vain."""
    variants = knowledge.abbreviations.variants(tokens)
    field_of = {variant: "folded" if len(variant.syllables) == 1 else "folded_pairs" for variant in variants}
    terms = {variant: _terms(variant) for variant in variants}
    counts = {
        field: knowledge.frequencies(field, [term for one in variants if field_of[one] == field for term in terms[one]])
        for field in ("folded", "folded_pairs")
    }
    return [one for one in variants if all(counts[field_of[one]][term] for term in terms[one])]


def _terms(variant: Variant) -> tuple[str, ...]:
    folded = tuple(map(fold, variant.syllables))
    return folded if len(folded) == 1 else tuple(ngrams(folded, 2))


def _spelled_otherwise(main: tuple[str, ...], variants: Sequence[Variant]) -> list[tuple[str, ...]]:
    """The question with its abbreviations written out, with what has abbreviations abbreviated, and other meanings.

    The first two change every place at once, with the preferred spelling; a further meaning changes its place alone.
    """
    longer = [variant for variant in variants if len(variant.syllables) > variant.end - variant.start]
    shorter = [variant for variant in variants if variant not in longer]
    readings = [_replaced(main, _preferred(some)) for some in (longer, shorter) if some]
    further = [variant for variant in longer if variant not in _preferred(longer)]
    return [*readings, *(_replaced(main, [variant]) for variant in further)]


def _preferred(variants: Sequence[Variant]) -> list[Variant]:
    return list({variant.start: variant for variant in reversed(variants)}.values())


def _replaced(main: tuple[str, ...], variants: Iterable[Variant]) -> tuple[str, ...]:
    replaced = list(main)
    for variant in sorted(variants, key=lambda variant: -variant.start):
        replaced[variant.start : variant.end] = variant.syllables
    return tuple(replaced[:MAX_SYLLABLES])
