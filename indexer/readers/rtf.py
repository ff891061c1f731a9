"""Rich Text Format (RTF 1.9.1) to text, by one pass over its control words.

Taken: paragraphs, tables, lists' numbers, results of fields, text boxes, foot- and endnotes, headers and footers. Left
out: pictures, hidden text, tracked deletions, comments, field codes. striprtf, which was tried, keeps hidden text and
loses text boxes and notes: of the words of two annexes of Nghị định 30/2020 that is 2 and 5 in a hundred.
"""

from __future__ import annotations

import codecs
import dataclasses
import enum
import re
from dataclasses import dataclass
from typing import Any

from indexer.readers.apart import read_apart
from indexer.readers.extracted import MAX_CHARACTERS, Unreadable, clean
from indexer.readers.margins import different

_DEEPEST = 10_000

_TOKEN = re.compile(
    rb"\\(?P<word>[A-Za-z]{1,32})(?P<number>-?\d{1,10})? ?"
    rb"|\\'(?P<hex>[0-9A-Fa-f]{2})"
    rb"|\\(?P<symbol>.)"
    rb"|(?P<open>\{)"
    rb"|(?P<close>\})"
    rb"|[\r\n\x00]+"
    rb"|(?P<text>[^\\{}\r\n\x00]+)",
    re.DOTALL,
)
# What may hide or balance a brace where nothing is read.
_BRACES = re.compile(rb"\\bin(?P<bytes>\d{1,10}) ?|\\.|[{}]", re.DOTALL)

_MARGINS = frozenset({edge + page for edge in (b"header", b"footer") for page in (b"", b"l", b"r", b"f")})
_BOXES = frozenset({b"shptxt", b"dptxbxtext"})
# Groups that hold no text of the document; those that begin with `\*` need not be named.
_LEFT_OUT = frozenset(
    b"aftncn aftnsep aftnsepc annotation atnauthor atnid bkmkend bkmkstart colortbl comment fldinst formfield ftncn"
    b" ftnsep ftnsepc info nonesttables nonshppict objclass objdata objname pict private rxe shprslt sn stylesheet sv"
    b" tc txe xe".split()
)
_KNOWN_STARRED = frozenset({b"do", b"footnote", b"nesttableprops", b"shpinst", *_BOXES})
_SIGNS = {
    **dict.fromkeys((b"par", b"sect", b"page", b"column", b"line", b"softline", b"softpage"), "\n"),
    b"tab": "\t",
    b"emdash": "—",
    b"endash": "–",
    b"bullet": "•",
    b"lquote": "‘",
    b"rquote": "’",
    b"ldblquote": "“",
    b"rdblquote": "”",
    **dict.fromkeys((b"emspace", b"enspace", b"qmspace"), " "),
}
_SYMBOLS = {b"\n": "\n", b"\r": "\n", b"\t": "\t", b"~": " ", b"_": "-", b"\\": "\\", b"{": "{", b"}": "}"}
_UNSEEN = frozenset({b"v", b"deleted"})
_CELL_ENDS = frozenset({b"cell", b"nestcell"})
_ROW_ENDS = frozenset({b"row", b"nestrow"})
# Character sets of the whole file, and \fcharset of a font (RTF 1.9.1, "Font Table").
_FILE_CODE_PAGES = {b"ansi": "cp1252", b"mac": "mac_roman", b"pc": "cp437", b"pca": "cp850"}
_FONT_CODE_PAGES = {
    0: "cp1252",
    2: "cp1252",
    77: "mac_roman",
    128: "cp932",
    129: "cp949",
    134: "cp936",
    136: "cp950",
    161: "cp1253",
    162: "cp1254",
    163: "cp1258",
    177: "cp1255",
    178: "cp1256",
    186: "cp1257",
    204: "cp1251",
    222: "cp874",
    238: "cp1250",
    254: "cp437",
    255: "cp850",
}


def read_rtf(content: bytes) -> str:
    """The text of an RTF file: body, then notes, then each different header and footer once.

    Cells of a row are separated by tabs.

    Raises:
        Unreadable: It is cut off, or its groups are nested more than 10,000 deep.
    """
    return read_apart(_read, content)


def _read(content: bytes) -> str:
    found = _Pass(content)
    found.run()
    margins = different(margin.text() for margin in found.margins)
    texts = [found.body.text(), *(note.text() for note in found.notes), *margins]
    return "\n".join(filter(None, texts))[:MAX_CHARACTERS]


class _Flow:
    """The body, a note, a header or a text box: its text, and that of the boxes on the paragraph being read."""

    def __init__(self, *, is_box: bool = False) -> None:
        self.is_box = is_box
        self.pieces: list[str] = []
        self.boxes: list[str] = []
        self.cell = 0  # where in `pieces` the cell being read begins, if one is

    def end_cell(self) -> None:
        if self.pieces[self.cell :][-1:] == ["\n"]:
            self.pieces.pop()
        self.pieces.append("\t")
        self.start_cell()

    def start_cell(self) -> None:
        self.cell = len(self.pieces)

    def end_line(self) -> None:
        self.pieces.append("\n")
        self.pieces += self.boxes
        self.boxes.clear()

    def end_row(self) -> None:
        if self.pieces and self.pieces[-1] == "\t":  # after the last cell
            self.pieces.pop()
        self.start_cell()  # of a row within a cell, that one ends with this line
        self.end_line()

    def text(self) -> str:
        # \u gives UTF-16 code units, one at a time.
        units = "".join((*self.pieces, *self.boxes)).encode("utf-16-le", "surrogatepass")
        return clean(units.decode("utf-16-le", "replace")).strip("\n")


@dataclass(frozen=True, slots=True)
class _Group:
    """What holds until a group ends.

    Attributes:
        flow: Where its text goes.
        font: Its number in the font table, or -1.
        substitutes: How many characters after a \\u stand for it in programs without Unicode (\\uc).
        unseen: Which of \\v (hidden text) and \\deleted (a tracked deletion) hold.
        in_fonts: Whether it belongs to the font table.
    """

    flow: _Flow
    font: int = -1
    substitutes: int = 1
    unseen: frozenset[bytes] = frozenset()
    in_fonts: bool = False


class _Beginning(enum.Enum):
    """Where in a group the pass is: the first control word says what the group is."""

    PAST = enum.auto()
    OPENED = enum.auto()
    STARRED = enum.auto()  # after `\*`: to be left out by a program that does not know the word


class _Pass:
    """One pass over the file."""

    def __init__(self, content: bytes) -> None:
        self.body = _Flow()
        self.notes: list[_Flow] = []
        self.margins: list[_Flow] = []
        self._content = content
        self._at = 0
        self._group = _Group(self.body)
        self._outer: list[_Group] = []
        self._beginning = _Beginning.PAST
        self._code_page = "cp1252"
        self._default_font = -1
        self._font_code_pages: dict[int, str] = {}
        self._undecoded = bytearray()  # gathered, because a character may take two bytes
        self._substitutes_left = 0
        self._length = 0

    def run(self) -> None:
        """Reads to the end of the outermost group, or as much as is kept.

        Raises:
            Unreadable: There is no such end, or groups are nested too deep.
        """
        while self._length <= MAX_CHARACTERS:
            token = _TOKEN.match(self._content, self._at)
            if token is None:
                raise Unreadable("Tệp RTF bị cắt cụt: không có phần cuối tệp.")
            self._at = token.end()
            self._take(token)
            if token.lastgroup == "close" and not self._outer:
                break
        self._flush()

    def _take(self, token: re.Match[bytes]) -> None:
        beginning, self._beginning = self._beginning, _Beginning.PAST
        match token.lastgroup:
            case "text":
                self._characters(token["text"])
            case "hex":
                self._characters(bytes.fromhex(token["hex"].decode()))
            case "open":
                self._open()
            case "close":
                self._close()
            case "symbol" if token["symbol"] == b"*" and beginning is _Beginning.OPENED:
                self._beginning = _Beginning.STARRED
            case "symbol":
                self._write(_SYMBOLS.get(token["symbol"], ""))
            case "word" | "number":
                number = int(token["number"]) if token["number"] else None
                if beginning is _Beginning.PAST or not self._destination(token["word"], beginning):
                    self._word(token["word"], number)
            case _:  # line ends, which only keep the file's lines short
                self._beginning = beginning

    def _open(self) -> None:
        self._flush()
        if len(self._outer) == _DEEPEST:
            raise Unreadable(f"Tệp RTF hỏng: các nhóm lồng nhau sâu quá {_DEEPEST} tầng.")
        self._outer.append(self._group)
        self._beginning = _Beginning.OPENED

    def _close(self) -> None:
        self._flush()
        if not self._outer:
            return
        ended = self._group.flow
        self._group = self._outer.pop()
        if ended.is_box and ended is not self._group.flow:
            if ended.pieces[-1:] != ["\n"]:
                ended.end_line()
            self._group.flow.boxes += ended.pieces

    def _destination(self, word: bytes, beginning: _Beginning) -> bool:
        """Whether the word, a group's first, says where the text of the group goes."""
        if word in _LEFT_OUT or (beginning is _Beginning.STARRED and word not in _KNOWN_STARRED):
            self._at = _end_of_group(self._content, self._at)
        elif word == b"fonttbl":
            self._change(in_fonts=True)
        elif word == b"footnote":
            self._change(flow=_Flow())
            self.notes.append(self._group.flow)
        elif word in _MARGINS:
            self._change(flow=_Flow())
            self.margins.append(self._group.flow)
        elif word in _BOXES:
            self._change(flow=_Flow(is_box=True))
        else:
            return False
        return True

    def _word(self, word: bytes, number: int | None) -> None:
        if word in _SIGNS and self._substitutes_left and _SIGNS[word] != "\n":
            self._substitutes_left -= 1
        elif word in _SIGNS:
            self._write(_SIGNS[word])
        elif word in _CELL_ENDS:
            self._flush()
            self._group.flow.end_cell()
        elif word in _ROW_ENDS:
            self._flush()
            self._group.flow.end_row()
            if word == b"row":
                self._group.flow.start_cell()
        elif word == b"trowd":
            self._flush()
            self._group.flow.start_cell()
        elif word == b"u" and number is not None:
            self._write(chr(number % 0x10000))
            self._substitutes_left = self._group.substitutes
        elif word == b"bin":
            self._at += max(0, number or 0)
        else:
            self._property(word, number)

    def _property(self, word: bytes, number: int | None) -> None:
        """Takes a word that changes how what follows is read; most only change how it looks."""
        if word in _UNSEEN:
            self._flush()
            unseen = self._group.unseen
            self._change(unseen=unseen - {word} if number == 0 else unseen | {word})
        elif word == b"plain":
            self._flush()
            self._change(unseen=frozenset(), font=self._default_font)
        elif word == b"f" and number is not None:
            self._flush()
            self._change(font=number)
        elif word == b"uc" and number is not None:
            self._change(substitutes=max(0, number))
        elif word == b"deff" and number is not None:
            self._default_font = number
        elif word == b"fcharset" and self._group.in_fonts and number in _FONT_CODE_PAGES:
            self._font_code_pages[self._group.font] = _FONT_CODE_PAGES[number]
        elif word in _FILE_CODE_PAGES:
            self._code_page = _FILE_CODE_PAGES[word]
        elif word == b"ansicpg" and _is_code_page(f"cp{number}"):
            self._code_page = f"cp{number}"

    def _change(self, **properties: Any) -> None:
        self._group = dataclasses.replace(self._group, **properties)

    def _characters(self, characters: bytes) -> None:
        skipped = min(self._substitutes_left, len(characters))
        self._substitutes_left -= skipped
        if not self._group.in_fonts:  # whose text is the fonts' names
            self._undecoded += characters[skipped:]

    def _write(self, text: str) -> None:
        self._flush()
        if self._group.unseen:
            return
        self._length += len(text)
        if text == "\n":
            self._group.flow.end_line()
        elif text:
            self._group.flow.pieces.append(text)

    def _flush(self) -> None:
        """Decodes what was gathered, before anything that may change its place or its code page."""
        self._substitutes_left = 0
        if self._undecoded:
            gathered = bytes(self._undecoded)
            self._undecoded.clear()
            self._write(gathered.decode(self._font_code_pages.get(self._group.font, self._code_page), "replace"))


def _end_of_group(content: bytes, at: int) -> int:
    """Where the brace stands that closes the group in which `at` is; the end of the content when none does."""
    depth = 0
    while brace := _BRACES.search(content, at):
        at = brace.end()
        if brace["bytes"]:
            at += int(brace["bytes"])
        elif brace.group() == b"{":
            depth += 1
        elif brace.group() == b"}":
            if depth == 0:
                return brace.start()
            depth -= 1
    return len(content)


def _is_code_page(name: str) -> bool:
    try:
        codecs.lookup(name)
    except LookupError:
        return False
    return True
