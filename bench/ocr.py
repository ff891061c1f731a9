"""Scanned documents: pages a second beside the bare `tesseract` command, and metadata beside what people see."""

from __future__ import annotations

import functools
import os
import subprocess
import tempfile
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pypdfium2 as pdfium  # type: ignore[import-untyped]
from PIL import Image

from bench import processes
from bench.setting import Bench
from bench.table import Table
from engines.record import OfficialDocument, from_mapping
from indexer.metadata import complete
from indexer.readers.line_reader import LineReader, find_line_reader
from indexer.readers.ocr import Recognizer
from indexer.readers.pdf import read_pdf
from indexer.readers.picture import DPI

_FOLDER = Path("files/scanned")
_FIELDS = ("number", "type", "issued", "issuer", "subject", "signer")
_OF_ALL = {"type": "Quyết định", "issuer": "Bộ Giáo dục và Đào tạo"}
_SCOPE = "thuộc phạm vi, chức năng quản lý của Bộ Giáo dục và Đào tạo"
_SYSTEM = "lĩnh vực giáo dục và đào tạo thuộc hệ thống giáo dục quốc dân"
# Read by eye.
_SEEN = {
    "test_1": (
        "2827/QĐ-BGDĐT",
        "2025-10-14",
        "Lê Tấn Dũng",
        f"Công bố thủ tục hành chính nội bộ được chuẩn hóa {_SCOPE}",
    ),
    "test_3": (
        "2676/QĐ-BGDĐT",
        "2025-09-24",
        "Nguyễn Thị Kim Chi",
        "Phê duyệt Tài liệu hướng dẫn tổ chức công tác phát triển Đảng cho học sinh, sinh viên",
    ),
    "test_4": (
        "2652/QĐ-BGDĐT",
        "2025-09-22",
        "Phạm Ngọc Thưởng",
        f"Công bố thủ tục hành chính mới ban hành {_SYSTEM} {_SCOPE}",
    ),
    "test_8": (
        "2624/QĐ-BGDĐT",
        "2025-09-17",
        "Lê Tấn Dũng",
        f"Công bố thủ tục hành chính được thay thế, {_SYSTEM} {_SCOPE}",
    ),
    "test_9": (
        "2605/QĐ-BGDĐT",
        "2025-09-16",
        "Lê Tấn Dũng",
        "Bổ sung công chức, viên chức làm việc tại Bộ phận Tiếp nhận và Trả kết quả giải quyết thủ tục hành chính của "
        "Bộ Giáo dục và Đào tạo",
    ),
}
_ROUNDS = 3


def tables(bench: Bench) -> list[Table]:
    """Speed, and fields read right, with Tesseract alone and with the second reader where it is installed."""
    files = sorted((bench.data / _FOLDER).glob("*.pdf"))
    ways: dict[str, Callable[[], LineReader | None]] = {"Tesseract": lambda: None}
    if find_line_reader():
        ways["Tesseract and AsterOCR"] = find_line_reader
    return [_speed(files, ways), _fields(files, ways)]


def _speed(files: list[Path], ways: dict[str, Callable[[], LineReader | None]]) -> Table:
    with tempfile.TemporaryDirectory() as folder:
        pictures = [picture for file in files for picture in _pictures(file, Path(folder))]
        contents = [file.read_bytes() for file in files]
        runs: dict[str, Callable[[], object]] = {"bare command": functools.partial(_bare, pictures)}
        runs |= {way: functools.partial(_read_all, contents, second) for way, second in ways.items()}
        # In turns, so that what else the machine does falls on all of them; the best of each.
        best = dict.fromkeys(runs, float("inf"))
        for _ in range(_ROUNDS):
            for way, run in runs.items():
                start = processes.cpu_seconds()
                run()
                best[way] = min(best[way], processes.cpu_seconds() - start)
    bare = best["bare command"]
    return Table(
        name="ocr-speed",
        title="Recognising scanned pages",
        columns=("way", "pages", "seconds", "pages/s", "times the bare command"),
        rows=tuple(
            (way, len(pictures), round(seconds, 2), round(len(pictures) / seconds, 2), round(bare / seconds, 2))
            for way, seconds in best.items()
        ),
        notes=(
            "Seconds of processor time, of all processes together; the best of three runs.",
            f"One thread. Bare command: `tesseract PAGE.png - -l vie` for each page, drawn at {DPI} dpi beforehand.",
            "The other ways take the PDF files: drawing, cleaning and the signature's block are in their time.",
        ),
    )


def _fields(files: list[Path], ways: dict[str, Callable[[], LineReader | None]]) -> Table:
    rows: list[tuple[str | int, ...]] = []
    misses: list[str] = []
    for way, second in ways.items():
        right = dict.fromkeys(_FIELDS, 0)
        for file in files:
            seen, found = _seen(file.stem), _metadata(file.read_bytes(), second)
            for field in _FIELDS:
                if getattr(seen, field) == getattr(found, field):
                    right[field] += 1
                else:
                    misses.append(f"{way}, {file.stem}: {field} “{getattr(found, field)}”.")
        rows.append((way, len(files), *right.values()))
    return Table(
        name="ocr-fields",
        title="Metadata of scanned documents, right to the letter",
        columns=("way", "documents", *_FIELDS),
        rows=tuple(rows),
        notes=tuple(misses),
    )


def _seen(name: str) -> OfficialDocument:
    number, issued, signer, subject = _SEEN[name]
    return from_mapping(
        {"id": name, **_OF_ALL, "number": number, "issued": issued, "signer": signer, "subject": subject}
    )


def _metadata(content: bytes, second: Callable[[], LineReader | None]) -> OfficialDocument:
    return complete(OfficialDocument(id="scan", text=_read(content, second)))


def _read(content: bytes, second: Callable[[], LineReader | None]) -> str:
    return read_pdf(content, Recognizer(find_second=second)).text


def _read_all(contents: list[bytes], second: Callable[[], LineReader | None]) -> list[str]:
    return [_read(content, second) for content in contents]


def _pictures(file: Path, folder: Path) -> list[Path]:
    """The pages of a file as the bare command takes them."""
    made = []
    with pdfium.PdfDocument(file) as document:
        for number, page in enumerate(document):
            colours = np.asarray(page.render(scale=DPI / 72).to_numpy())[..., 2::-1]
            made.append(folder / f"{file.stem}-{number}.png")
            Image.fromarray(colours).save(made[-1], compress_level=1)
    return made


def _bare(pictures: list[Path]) -> None:
    for picture in pictures:
        command = ["tesseract", str(picture), "-", "-l", "vie", "--dpi", str(DPI)]
        subprocess.run(command, env=os.environ | {"OMP_THREAD_LIMIT": "1"}, capture_output=True, check=True)
