"""A home with an index, and runs over folders in this process."""

from collections.abc import Iterator
from pathlib import Path

import pytest

from indexer.analysis import DocumentAnalysis, load_analysis
from tests.indexer.in_process import House


@pytest.fixture(scope="session")
def analysis() -> DocumentAnalysis:
    return load_analysis()


@pytest.fixture
def house(tmp_path: Path, analysis: DocumentAnalysis) -> Iterator[House]:
    house = House(tmp_path / "home", analysis)
    yield house
    house.close()


@pytest.fixture
def files(tmp_path: Path) -> Path:
    directory = tmp_path / "files"
    directory.mkdir()
    return directory
