"""Vietnamese text as it was typed in a legacy encoding: what `analyzers.legacy` reads, written from the same tables."""

from __future__ import annotations

import re
from collections.abc import Mapping
from functools import cache

from analyzers.legacy.tables import TABLES, Legacy
from analyzers.normalize import normalize


def written_in(text: str, legacy: Legacy) -> str:
    """A text as a program shows it that does not know the encoding.

    Capitals of TCVN3 that have no code are written as the small letters, which a font of capitals shows as capitals.
    VIQR has no backslashes, as people wrote it.
    """
    signs = _signs(legacy)
    return re.sub(r"[^\x00-\x7f]", lambda match: signs.get(match.group(), match.group()), normalize(text))


@cache
def _signs(legacy: Legacy) -> Mapping[str, str]:
    signs: dict[str, str] = {}
    for sign, letter in TABLES[legacy].items():
        # `AÙ` before `Aù`, `DD` before `Dd`: the first in the table is the usual one.
        if not letter.isascii():
            signs.setdefault(letter, sign)
    if legacy is Legacy.TCVN3:
        signs |= {letter.upper(): sign for letter, sign in signs.items() if letter.upper() not in signs}
    return signs
