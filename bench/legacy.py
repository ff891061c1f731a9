"""Legacy encodings: official documents written in each, wholly and in part, and read again; Unicode left alone.

`python -m bench.legacy [--data FOLDER]`
"""

from __future__ import annotations

import argparse
import time
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from analyzers.legacy import decode_legacy, to_unicode
from analyzers.legacy.tables import Legacy
from analyzers.normalize import normalize
from bench.corpora import DEFAULT_DATA, DataMissing, article_records, office_records, official_records
from bench.legacy_writing import written_in
from bench.setting import Bench
from bench.table import Table

EXTRACTS = (60, 300)
"""Characters from which the encoding is to be found."""
LEGACY_PARAGRAPH = 3
"""Each so-manieth paragraph is legacy in a text that is so in part."""
_FOUND = 0.9


@dataclass(frozen=True, slots=True)
class Words:
    """Words compared one by one.

    Attributes:
        marked: Words with marks.
        wrong: Of them, those that came back as others.
        other_case: Of them, those that came back with other capitals.
        spoilt: Words that were in Unicode and came back as others.
    """

    marked: int = 0
    wrong: int = 0
    other_case: int = 0
    spoilt: int = 0

    def __add__(self, other: Words) -> Words:
        return Words(
            self.marked + other.marked,
            self.wrong + other.wrong,
            self.other_case + other.other_case,
            self.spoilt + other.spoilt,
        )


def restored(texts: Iterable[str], legacy: Legacy, every: int = 1) -> Words:
    """Texts with each `every`-th paragraph written in an encoding, and read again."""
    total = Words()
    for text in texts:
        paragraphs = text.split("\n")
        is_legacy = [at % every == 0 for at in range(len(paragraphs))]
        given = [
            written_in(paragraph, legacy) if chosen else paragraph
            for paragraph, chosen in zip(paragraphs, is_legacy, strict=True)
        ]
        got = normalize(to_unicode("\n".join(given))).split("\n")
        for original, read, chosen in zip(paragraphs, got, is_legacy, strict=True):
            total += _compare(original, read, chosen)
    return total


def _compare(original: str, read: str, was_legacy: bool) -> Words:
    if original == read and not was_legacy:
        return Words()
    pairs = list(zip(original.split(), read.split(), strict=True))
    if not was_legacy:
        return Words(spoilt=sum(one != other for one, other in pairs))
    marked = [pair for pair in pairs if not pair[0].isascii()]
    wrong = sum(one.lower() != other.lower() for one, other in pairs)
    other_case = sum(one != other and one.lower() == other.lower() for one, other in marked)
    return Words(len(marked), wrong, other_case)


def found_from(texts: Iterable[str], legacy: Legacy, size: int) -> tuple[int, int]:
    """How many extracts of `size` characters came back, nine words of ten right, of how many."""
    extracts = [extract for text in texts for extract in _extract(text, size)]
    return sum(_is_found(extract, legacy) for extract in extracts), len(extracts)


def _extract(text: str, size: int) -> Iterator[str]:
    """Whole words from the middle of a text, on one line, if they have marks."""
    words = " ".join(text[len(text) // 2 :][: 2 * size].split()[1:])
    extract = words[:size].rpartition(" ")[0]
    if len(extract) > size // 2 and sum(not word.isascii() for word in extract.split()) * 3 > len(extract.split()):
        yield extract


def _is_found(extract: str, legacy: Legacy) -> bool:
    compared = _compare(extract, normalize(to_unicode(written_in(extract, legacy))), was_legacy=True)
    return compared.wrong <= compared.marked * (1 - _FOUND)


def found_in_bytes(texts: Iterable[str], legacy: Legacy) -> tuple[int, int]:
    """How many texts, written as Windows-1252 bytes, are read as the text is; of how many that it can write."""
    files = []
    for text in texts:
        written = written_in(text, legacy)
        files.append((written.encode("cp1252", errors="replace"), to_unicode(written)))
    return sum(_same_words(decode_legacy(content), read) for content, read in files), len(files)


def _same_words(one: str | None, other: str) -> bool:
    return one is not None and [word for word in one.split() if "?" not in word] == [
        read for word, read in zip(one.split(), other.split(), strict=True) if "?" not in word
    ]


def changed(texts: Sequence[str]) -> tuple[int, float]:
    """How many texts in Unicode came back changed, and the CPU seconds that it took to see."""
    start = time.process_time()
    count = sum(to_unicode(text) is not text for text in texts)
    return count, time.process_time() - start


def tables(bench: Bench) -> list[Table]:
    """What comes back of legacy text, and what happens to Unicode."""
    return measure(bench.data)


def measure(data: Path) -> list[Table]:
    """Both tables, from the documents in a data folder."""
    texts = [normalize(text) for text in _texts(official_records(data))]
    return [_restored_table(texts), _unicode_table(data)]


def _restored_table(texts: Sequence[str]) -> Table:
    rows: list[tuple[str | int, ...]] = []
    for legacy in Legacy:
        for part, every in (("whole", 1), (f"every {LEGACY_PARAGRAPH}rd paragraph", LEGACY_PARAGRAPH)):
            words = restored(texts, legacy, every)
            share, case = words.wrong / words.marked, words.other_case / words.marked
            rows.append((legacy.value, part, words.marked, f"{share:.3%}", f"{case:.3%}", words.spoilt))
        for size in EXTRACTS:
            found, count = found_from(texts, legacy, size)
            rows.append((legacy.value, f"{size} characters", count, f"{1 - found / count:.3%}", "", ""))
        if legacy is not Legacy.VIQR:  # it is ASCII, which is UTF-8
            found, count = found_in_bytes(texts, legacy)
            rows.append((legacy.value, "whole, as bytes", count, f"{1 - found / count:.3%}", "", ""))
    return Table(
        name="legacy",
        title="Official documents written in legacy encodings and read again",
        columns=(
            "encoding",
            "written in it",
            "words, texts",
            "wrong",
            "other capitals",
            "Unicode words spoilt",
        ),
        rows=tuple(rows),
        notes=(
            "Whole and in part: words with marks, and of them those that came back wrong; one small letter for a "
            "capital counts apart. Extracts are wrong where more than one word in ten is.",
            "In part: what stays legacy are mostly paragraphs of one or two words between Unicode ones.",
            "VIQR is written without backslashes, so that `cho.` may be *chọ*.",
        ),
    )


def _unicode_table(data: Path) -> Table:
    rows = []
    makers: dict[str, Callable[[Path], Iterator[dict[str, Any]]]] = {
        "office": office_records,
        "articles": article_records,
    }
    for name, records in makers.items():
        texts = list(_texts(records(data)))
        count, seconds = changed(texts)
        megabytes = sum(len(text.encode()) for text in texts) / 1e6
        rows.append((name, len(texts), count, round(megabytes, 1), round(seconds, 2), round(megabytes / seconds)))
    return Table(
        name="legacy-unicode",
        title="Unicode documents that legacy reading changes",
        columns=("corpus", "documents", "changed", "MB", "CPU s", "MB/s"),
        rows=tuple(rows),
    )


def _texts(records: Iterable[dict[str, Any]]) -> Iterator[str]:
    return (record["text"] for record in records)


def main() -> None:
    """Measure and print."""
    parser = argparse.ArgumentParser(prog="python -m bench.legacy", description=__doc__)
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA)
    data = parser.parse_args().data
    if not data.is_dir():
        raise DataMissing(data)
    print("\n".join(table.to_markdown() for table in measure(data)))


if __name__ == "__main__":
    main()
