"""What happens to files: bits that flip, ends that are lost, pieces of one in another."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from random import Random

_MOST_FLIPS = 64
_HEADER_BYTES = 512
_LARGEST_RANGE = 0.5  # of the file
_MOST_REPEATS = 50
_MOST_BYTES = 2**24  # what a repeated range makes of a file

Damage = Callable[[bytes, bytes, Random], bytes]
"""A file, another one, and chance: the damaged file."""


def flipped_bits(content: bytes, other: bytes, chance: Random) -> bytes:
    """Up to 64 bits are wrong."""
    damaged = bytearray(content)
    for _ in range(chance.randint(1, _MOST_FLIPS)):
        damaged[chance.randrange(len(damaged))] ^= 1 << chance.randrange(8)
    return bytes(damaged)


def cut_off(content: bytes, other: bytes, chance: Random) -> bytes:
    """The end is missing."""
    return content[: chance.randrange(len(content))]


def another_header(content: bytes, other: bytes, chance: Random) -> bytes:
    """The first bytes are those of another file."""
    size = min(chance.randint(1, _HEADER_BYTES), len(other))
    return other[:size] + content[size:]


def spliced(content: bytes, other: bytes, chance: Random) -> bytes:
    """The beginning of one file and the end of another."""
    return content[: chance.randrange(len(content))] + other[chance.randrange(len(other)) :]


def zeroed(content: bytes, other: bytes, chance: Random) -> bytes:
    """A range was never written."""
    start, end = _range(content, chance)
    return content[:start] + bytes(end - start) + content[end:]


def repeated(content: bytes, other: bytes, chance: Random) -> bytes:
    """A range comes several times."""
    start, end = _range(content, chance)
    times = min(chance.randint(2, _MOST_REPEATS), 1 + _MOST_BYTES // max(1, end - start))
    return content[:start] + content[start:end] * times + content[end:]


DAMAGES: Sequence[Damage] = (flipped_bits, cut_off, another_header, spliced, zeroed, repeated)


def _range(content: bytes, chance: Random) -> tuple[int, int]:
    start = chance.randrange(len(content))
    longest = max(1, int(len(content) * _LARGEST_RANGE))
    return start, min(len(content), start + chance.randint(1, longest))
