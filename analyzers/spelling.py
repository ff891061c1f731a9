"""Which strings are Vietnamese syllables (tiếng): an onset (phụ âm đầu) and a rhyme (vần), a tone aside.

The rhymes are those of the standard orthography (Chữ Quốc ngữ), as Vietnamese primers tabulate them.
"""

from __future__ import annotations

import functools

from analyzers.folding import fold

ONSETS = (
    *("ngh", "ch", "gh", "gi", "kh", "ng", "nh", "ph", "qu", "th", "tr"),
    *("b", "c", "d", "đ", "g", "h", "k", "l", "m", "n", "p", "r", "s", "t", "v", "x", ""),
)
"""Onsets, longer ones first."""

RHYMES = frozenset(
    """
    a ac ach ai am an ang anh ao ap at au ay ăc ăm ăn ăng ăp ăt âc âm ân âng âp ât âu ây
    e ec em en eng eo ep et ê êch êm ên êng ênh êp êt êu
    i ia ich im in inh ip it iu iêc iêm iên iêng iêp iêt iêu
    o oa oac oach oai oam oan oang oanh oao oap oat oay oăc oăm oăn oăng oăt oc oe oen oeo oet oi om on ong ooc oong
    op ot
    ô ôc ôi ôm ôn ông ôp ôt ơ ơi ơm ơn ơp ơt
    u ua uc ui um un ung up ut uân uâng uât uây uê uêch uênh uêt uơ uôc uôi uôm uôn uông uôt
    uy uya uych uyn uynh uyp uyt uyu uyên uyêt
    ư ưa ưc ưi ưm ưn ưng ưt ưu ươc ươi ươm ươn ương ươp ươt ươu
    y yêm yên yêng yêt yêu
    """.split()  # noqa: SIM905 - rows as the primer has them, which a list of strings would hide
)


def split_syllable(syllable: str) -> tuple[str, str] | None:
    """The onset and rhyme of a lower-case syllable written without its tone, or None if it is no syllable."""
    for onset in ONSETS:
        if syllable.startswith(onset) and syllable[len(onset) :] in RHYMES:
            return onset, syllable[len(onset) :]
    return ("g", "i") if syllable == "gi" else None


def is_plain_syllable(token: str) -> bool:
    """Whether a lower-case token is a syllable whose marks were all left out: `hoach`, but not `hoachj`."""
    return token in _plain_syllables()


@functools.cache
def _plain_syllables() -> frozenset[str]:
    return frozenset(fold(onset + rhyme) for onset in ONSETS for rhyme in RHYMES) | {"gi"}
