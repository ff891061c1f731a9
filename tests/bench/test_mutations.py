"""Damaged files of every format through real workers: a short form of `python -m bench mutations`."""

from pathlib import Path

from bench.mutated.originals import OCR_FORMATS, made
from bench.mutations import run
from engines.embedded import EmbeddedEngine

FILES = 150


def test_every_damaged_file_is_read_or_named(tmp_path: Path) -> None:
    originals = [original for original in made() if original.format not in OCR_FORMATS]
    result = run(originals, FILES, tmp_path, EmbeddedEngine(tmp_path / "index").encoder())

    assert result.faults() == []
    assert sum(tally.files for tally in result.tallies.values()) == FILES
    assert set(result.tallies) == {original.format for original in originals}
    assert all(tally.read + tally.failed for tally in result.tallies.values())
    assert sum(tally.read for tally in result.tallies.values()) > FILES // 10
    assert sum(tally.failed for tally in result.tallies.values()) > FILES // 10
