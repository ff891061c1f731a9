"""The foot of a document as a scan shows it: recipients and signature side by side, in one line of text.

Recognition of characters (OCR) and some converters know no columns there: `Nơi nhận:  KT. BỘ TRƯỞNG`.
"""

from __future__ import annotations

import re

from indexer.metadata.letters import CAPITAL
from indexer.metadata.names import is_name
from indexer.metadata.titles import begins_signature

RECIPIENTS = re.compile(
    r"^[ \u00a0]*(?:N[ơo]i\s+nh[ậâạa]n\b[ \u00a0]*[:;.]?|[^\w\n]*[^\W\d_]?[NM][ơoớờ]i\s+nh[ậâạấa]n\s*:)[ \u00a0]*",
    re.MULTILINE,
)
"""The word that heads the list of recipients (nơi nhận), as scans show it too."""

MARKS = "-–—•+*~"
"""What begins an item of that list; scans show a dash as a tilde."""

_ROW = re.compile(
    rf"^(?P<left>[ \u00a0]*(?:N[ơo]i\s+nh[ậâạa]n|[{MARKS}])[^\n]*?)[ \u00a0]+"
    rf"(?P<right>[{CAPITAL}./]{{1,12}}(?:[ ,.]+[{CAPITAL}./]{{1,12}}){{0,8}})$",
    re.MULTILINE,
)
# The name under the title stands beside an item that is over, or at a distance.
_NAMED_ROW = re.compile(
    rf"^(?P<left>[ \u00a0]*[{MARKS}][^\n]*?)(?:(?<=[;.)])[ \u00a0]+|[ \u00a0]{{4,}})"
    rf"(?P<right>[{CAPITAL}][^\n;:]{{4,40}})$",
    re.MULTILINE,
)
_FOOT = 4_000


def foot_apart(text: str, start: int) -> str:
    """The text with cells in lines of their own, and what a signature begins with apart from the recipients.

    Args:
        text: The text, cells separated by tabs.
        start: Where the body begins.
    """
    text = text.replace("\t", "\n")
    listed = RECIPIENTS.search(text, start)
    if listed is None:
        return text
    end = listed.start() + _FOOT
    foot = _NAMED_ROW.sub(_name_apart, _ROW.sub(_apart, text[listed.start() : end]))
    return text[: listed.start()] + foot + text[end:]


def _apart(row: re.Match[str]) -> str:
    return f"{row['left']}\n{row['right']}" if begins_signature(row["right"]) else row.group()


def _name_apart(row: re.Match[str]) -> str:
    return f"{row['left']}\n{row['right']}" if is_name(row["right"].strip()) else row.group()
