"""The wheel that the image and an installation get: whole, and nothing else."""

import shutil
import subprocess
import sys
import zipfile
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ROOMS = ("analyzers", "engines", "indexer", "search_service", "tracuu")


@pytest.fixture(scope="module")
def wheel(tmp_path_factory: pytest.TempPathFactory) -> set[str]:
    """The names in a wheel built from a copy, because setuptools leaves old files in the folder that it builds in."""
    project = tmp_path_factory.mktemp("project")
    for name in ("pyproject.toml", "README.md", "LICENSE"):
        shutil.copy(ROOT / name, project)
    for room in (*ROOMS, "tests"):
        shutil.copytree(ROOT / room, project / room, ignore=shutil.ignore_patterns("__pycache__"))
    subprocess.run(
        [sys.executable, "-m", "pip", "wheel", "--quiet", "--no-deps", "--no-build-isolation", "--no-index", project],
        cwd=project,
        check=True,
        capture_output=True,
    )
    (built,) = project.glob("tracuu-*.whl")
    return set(zipfile.ZipFile(built).namelist())


def test_every_file_of_every_room_is_in_it(wheel: set[str]) -> None:
    files = {path for room in ROOMS for path in (ROOT / room).rglob("*") if path.is_file()}
    expected = {str(path.relative_to(ROOT)) for path in files if "__pycache__" not in path.parts}
    assert expected - wheel == set()


def test_tests_are_not_in_it(wheel: set[str]) -> None:
    assert {name.partition("/")[0] for name in wheel if ".dist-info/" not in name} <= set(ROOMS)


def test_it_carries_the_licence(wheel: set[str]) -> None:
    assert any(name.endswith("licenses/LICENSE") for name in wheel)
