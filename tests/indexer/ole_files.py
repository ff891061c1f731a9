"""Makes small OLE compound files (MS-CFB) of nested storages: what .msg and .xls files are packed in."""

from __future__ import annotations

import struct
from collections.abc import Mapping
from typing import TypeAlias

_SECTOR, _SMALL_SECTOR, _SMALL = 512, 64, 4_096
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_STORAGE, _STREAM, _ROOT = 1, 2, 5

Storage: TypeAlias = "Mapping[str, bytes | Storage]"


def ole_file(root: Storage) -> bytes:
    """A compound file with these streams and storages."""
    return _Writer().file(root)


class _Writer:
    def __init__(self) -> None:
        self._entries: list[bytes] = []
        self._chain: list[int] = []  # of sectors
        self._sectors = b""
        self._small_chain: list[int] = []
        self._small_sectors = b""

    def file(self, root: Storage) -> bytes:
        self._entries.append(b"")
        child = self._directory(root)
        small_at, small_size = self._large(self._small_sectors), len(self._small_sectors)
        small_table_at = self._large(struct.pack(f"<{len(self._small_chain)}I", *self._small_chain))
        self._entries[0] = _entry("Root Entry", _ROOT, _FREE, child, small_at, small_size)
        directory_at = self._large(b"".join(self._entries))
        table_at = len(self._chain)
        assert table_at < _SECTOR // 4, "one sector holds the whole table"
        table = struct.pack(f"<{table_at + 1}I", *self._chain, _FAT).ljust(_SECTOR, b"\xff")
        header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
        small_tables = -(-len(self._small_chain) * 4 // _SECTOR)
        header += struct.pack("<IIIIIIIII", 0, 1, directory_at, 0, _SMALL, small_table_at, small_tables, _END, 0)
        return header + struct.pack("<109I", table_at, *[_FREE] * 108) + self._sectors + table

    def _directory(self, storage: Storage) -> int:
        """Adds a storage's entries, each the next one's left neighbour; gives the first one's number."""
        names = sorted(storage, key=lambda name: (len(name), name.upper()))
        numbers = [len(self._entries) + at for at in range(len(names))]
        self._entries += [b""] * len(names)
        for name, number, following in zip(names, numbers, [*numbers[1:], _FREE], strict=True):
            value = storage[name]
            if isinstance(value, bytes):
                at = self._small(value) if len(value) < _SMALL else self._large(value)
                self._entries[number] = _entry(name, _STREAM, following, _FREE, at, len(value))
            else:
                self._entries[number] = _entry(name, _STORAGE, following, self._directory(value), 0, 0)
        return numbers[0] if numbers else _FREE

    def _large(self, content: bytes) -> int:
        at, self._sectors = len(self._chain), self._sectors + _padded(content, _SECTOR)
        return _link(self._chain, at, -(-len(content) // _SECTOR))

    def _small(self, content: bytes) -> int:
        at, self._small_sectors = len(self._small_chain), self._small_sectors + _padded(content, _SMALL_SECTOR)
        return _link(self._small_chain, at, -(-len(content) // _SMALL_SECTOR))


def _link(chain: list[int], at: int, count: int) -> int:
    if count == 0:
        return _END
    chain += [*range(at + 1, at + count), _END]
    return at


def _padded(content: bytes, size: int) -> bytes:
    return content.ljust(-(-len(content) // size) * size, b"\x00")


def _entry(name: str, kind: int, sibling: int, child: int, first: int, size: int) -> bytes:
    encoded = (name + "\x00").encode("utf-16-le")
    return (
        encoded.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, sibling, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
