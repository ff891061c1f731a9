"""How sure a value is that rules read from a text: by what told it, and measured (docs/measuring.md, "Certainty")."""

from __future__ import annotations

import enum
from collections.abc import Mapping


class Ground(enum.StrEnum):
    """What told a value, the surest in front."""

    TITLE = "title"  # the title that a legal portal puts after the text
    HEADING = "heading"  # a heading found whole: from the motto (quốc hiệu) to where the body begins
    FOOT = "foot"  # the end of such a document, with its list of recipients (nơi nhận)
    NUMBER = "number"  # the code in the number, where the heading does not say it: `NĐ-CP`, or no type's code at all
    BROKEN = "broken"  # a heading without its motto or its end, or a foot without recipients
    ALONE = "alone"  # no heading: a sentence of the body or of the end
    RECOGNISED = "recognised"  # any of them on a page that was recognised (OCR)


# The shares that `python -m bench metadata` and `python -m bench ocr` print, by the rule of succession (Laplace, 1774).
_OF_ALL: Mapping[Ground, float] = {
    Ground.TITLE: 0.99,
    Ground.HEADING: 0.99,
    Ground.FOOT: 0.99,
    Ground.NUMBER: 0.96,
    Ground.BROKEN: 0.96,
    Ground.ALONE: 0.50,  # nothing typed to measure it by
    Ground.RECOGNISED: 0.81,
}
_OF_FIELD: Mapping[tuple[Ground, str], float] = {
    (Ground.TITLE, "issuer"): 0.96,
    (Ground.HEADING, "type"): 0.98,
    (Ground.HEADING, "issuer"): 0.97,
    # Few scans, so that each field stands by itself: subject and signer are what recognition spoils.
    (Ground.RECOGNISED, "number"): 0.85,
    (Ground.RECOGNISED, "type"): 0.85,
    (Ground.RECOGNISED, "issued"): 0.85,
    (Ground.RECOGNISED, "issuer"): 0.85,
    (Ground.RECOGNISED, "subject"): 0.57,
    (Ground.RECOGNISED, "signer"): 0.42,
}


def certainty(ground: Ground, field: str) -> float:
    """The share of this field's values that are right where this told them; that of all fields where few were."""
    return _OF_FIELD.get((ground, field), _OF_ALL[ground])
