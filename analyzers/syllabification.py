"""pyvi's own cutting of a text into the units that its model labels: syllables, numbers, punctuation, addresses.

pyvi finds them with one regular expression over the whole text. No unit but a line break holds white space, so each
run without white space (a *chunk*) can be cut by itself, and remembered. pyvi's patterns for web and e-mail addresses
take time that grows with the square of a long chunk; here they are looked for only around `://` and `@`.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

_FIRST = r"[A-ZĐ]+\.|Tp\.|Mr\.|Mrs\.|Ms\.|Dr\.|ThS\.|==>|->|\.\.\.|>>"
_REST = r"\d+(?:[\.,_]\d+)+|[^\w\s]|\w+"
_UNIT = re.compile(f"{_FIRST}|{_REST}")
_BEFORE_ADDRESSES = re.compile(_FIRST)
_AFTER_ADDRESSES = re.compile(_REST)
_EMAIL_DOMAIN = re.compile(r"(?:[a-zA-Z0-9-]+\.)+[a-zA-Z0-9-]+")
_EMAIL_LOCAL = frozenset("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_.+-")


def chunks(text: str) -> list[str]:
    """The text cut at white space; each line break is a chunk of its own, as pyvi's model sees it."""
    pieces: list[str] = []
    for line in text.split("\n"):
        pieces += line.split()
        pieces.append("\n")
    pieces.pop()
    return pieces


def units(chunk: str) -> list[str]:
    """The units of one chunk of NFC text, as pyvi cuts it; joined together they are the chunk."""
    if "@" in chunk or "://" in chunk:
        return _units_with_addresses(chunk)
    return [chunk] if chunk == "\n" else _UNIT.findall(chunk)


@dataclass(frozen=True, slots=True)
class _Address:
    """A unit that begins anywhere in [`start`, `stop`) reaches to `end`."""

    start: int
    stop: int
    end: int


def _units_with_addresses(chunk: str) -> list[str]:
    webs, emails = _webs(chunk), _emails(chunk)
    pieces = []
    at = 0
    while at < len(chunk):
        end = _end_of_unit(chunk, at, webs, emails)
        pieces.append(chunk[at:end])
        at = end
    return pieces


def _end_of_unit(chunk: str, at: int, webs: list[_Address], emails: list[_Address]) -> int:
    if match := _BEFORE_ADDRESSES.match(chunk, at):
        return match.end()
    end = _end_of_address(webs, at) or _end_of_address(emails, at)
    if end is not None:
        return end
    match = _AFTER_ADDRESSES.match(chunk, at)
    return match.end() if match else at + 1


def _end_of_address(addresses: list[_Address], at: int) -> int | None:
    """The end of the address that a unit beginning at `at` is; addresses already passed are dropped."""
    while addresses and addresses[-1].stop <= at:
        addresses.pop()
    return addresses[-1].end if addresses and addresses[-1].start <= at else None


def _webs(chunk: str) -> list[_Address]:
    r"""Where `\w+://[^\s]+` can match, the last one first."""
    found = []
    floor = 0
    at = chunk.find("://")
    while at >= 0:
        start = at
        while start > floor and (chunk[start - 1].isalnum() or chunk[start - 1] == "_"):
            start -= 1
        if start < at and at + 3 < len(chunk):
            found.append(_Address(start, at, len(chunk)))
        floor = at + 3
        at = chunk.find("://", floor)
    return found[::-1]


def _emails(chunk: str) -> list[_Address]:
    """Where pyvi's e-mail pattern can match, the last one first."""
    found = []
    floor = 0
    at = chunk.find("@")
    while at >= 0:
        start = at
        while start > floor and chunk[start - 1] in _EMAIL_LOCAL:
            start -= 1
        domain = _EMAIL_DOMAIN.match(chunk, at + 1)
        if start < at and domain:
            found.append(_Address(start, at, domain.end()))
        floor = at + 1
        at = chunk.find("@", floor)
    return found[::-1]
