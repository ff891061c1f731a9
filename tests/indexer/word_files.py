"""Makes small old Word documents (.doc), one piece of text in an OLE compound file (MS-DOC, MS-CFB), and lock files."""

from __future__ import annotations

import struct

_SECTOR = 512
_FREE, _END, _FAT = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD
_TEXT_AT = 2_048
_CLX = 33  # index of fcClx among the pairs of offsets in the file information block
_STREAM = 4_096  # smaller streams would need the second allocation table


def doc_file(text: str, *, encrypted: bool = False, notes: str = "", header: str = "", boxes: str = "") -> bytes:
    """A .doc of these paragraphs (lines), with footnotes, a header and text boxes."""
    main, *others = (story.replace("\n", "\r") + "\r" if story else "" for story in (text, notes, header, boxes))
    characters = main + "".join(others)
    encoded = characters.encode("utf-16-le")
    flags = 0x0200 | (0x0100 if encrypted else 0)  # which table stream; encrypted
    footnotes, headers, text_boxes = map(len, others)
    lengths = [0, 0, 0, len(main), footnotes, headers, 0, 0, 0, text_boxes, 0] + [0] * 11
    table = b"\x02" + struct.pack("<IIIHIH", 16, 0, len(characters), 0, _TEXT_AT, 0)
    offsets = [0] * (2 * 93)
    offsets[2 * _CLX + 1] = len(table)
    block = struct.pack("<HHHHHH", 0xA5EC, 0x00C1, 0, 0x0409, 0, flags).ljust(32, b"\x00")
    block += struct.pack("<H28x", 14) + struct.pack("<H22I", 22, *lengths) + struct.pack("<H186I", 93, *offsets)
    return _compound_file({"1Table": table, "WordDocument": block.ljust(_TEXT_AT, b"\x00") + encoded})


def lock_file(letters: int = 53) -> bytes:
    """What Word (53 letters) and Excel (54) leave beside an open document: who has it open, twice."""
    name = "Nguyen Van An"
    short = bytes([len(name)]) + name.encode().ljust(letters, b" ")
    return short + bytes([len(name), 0]) + name.ljust(letters).encode("utf-16-le")


def _compound_file(streams: dict[str, bytes]) -> bytes:
    """The streams, whose names stand in the order of their lengths, as the directory's tree wants them."""
    contents = [
        content.ljust(max(_STREAM, -(-len(content) // _SECTOR) * _SECTOR), b"\x00") for content in streams.values()
    ]
    chain = [_FAT, _END]  # the table itself, then the directory
    entries = [_entry("Root Entry", 5, 1, _END, 0)]
    for at, (name, content) in enumerate(zip(streams, contents, strict=True), start=1):
        first, count = len(chain), len(content) // _SECTOR
        chain += [*range(first + 1, first + count), _END]
        sibling = at + 1 if at < len(streams) else _FREE
        entries.append(_entry(name, 2, _FREE, first, len(content), sibling))
    entries.append(_entry("", 0, _FREE, 0, 0))
    assert len(chain) <= _SECTOR // 4
    table = struct.pack(f"<{len(chain)}I", *chain).ljust(_SECTOR, b"\xff")
    directory = b"".join(entries).ljust(_SECTOR, b"\x00")
    header = bytes.fromhex("d0cf11e0a1b11ae1") + bytes(16) + struct.pack("<HHHHH6x", 0x3E, 3, 0xFFFE, 9, 6)
    header += struct.pack("<IIIIIIIII", 0, 1, 1, 0, _STREAM, _END, 0, _END, 0) + struct.pack("<109I", 0, *[_FREE] * 108)
    return header + table + directory + b"".join(contents)


def _entry(name: str, kind: int, child: int, first: int, size: int, sibling: int = _FREE) -> bytes:
    encoded = (name + "\x00").encode("utf-16-le") if name else b""
    return (
        encoded.ljust(64, b"\x00")
        + struct.pack("<HBBIII", len(encoded), kind, 1, _FREE, sibling, child)
        + bytes(36)
        + struct.pack("<IQ", first, size)
    )
