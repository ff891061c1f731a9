"""The lock files: whole, in step with each other, and free of what the program does not need."""

import ast
import re
import sys
import tomllib
from importlib.metadata import packages_distributions
from pathlib import Path

import pytest
from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[2]
LOCKS = ("requirements.lock", "requirements-build.lock", "requirements-dev.lock")
ROOMS = ("analyzers", "engines", "indexer", "search_service", "tracuu")


PROJECT = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]


def entries(name: str) -> list[str]:
    """Each locked requirement with its hashes, on one line, without comments."""
    text = (ROOT / name).read_text(encoding="utf-8").replace("\\\n", " ")
    return [line for line in text.splitlines() if line and not line.lstrip().startswith("#")]


def pins(name: str) -> set[str]:
    return {entry.partition(" --hash")[0].strip() for entry in entries(name)}


def names(name: str) -> set[str]:
    return {canonicalize_name(Requirement(pin).name) for pin in pins(name)}


@pytest.mark.parametrize("lock", LOCKS)
def test_every_package_is_pinned_with_a_digest(lock: str) -> None:
    for entry in entries(lock):
        assert re.match(r"[\w.-]+==\S+ ", entry), entry
        assert "--hash=sha256:" in entry, entry


@pytest.mark.parametrize("lock", LOCKS)
def test_no_lock_names_a_registry(lock: str) -> None:
    assert "://" not in (ROOT / lock).read_text(encoding="utf-8")


@pytest.mark.parametrize("lock", ["requirements.lock", "requirements-build.lock"])
def test_development_installs_the_versions_that_run(lock: str) -> None:
    assert pins(lock) <= pins("requirements-dev.lock")


def test_the_lock_holds_what_the_project_asks_for() -> None:
    for requirements, lock in (
        (PROJECT["dependencies"], "requirements.lock"),
        (PROJECT["optional-dependencies"]["dev"], "requirements-dev.lock"),
    ):
        locked = [Requirement(pin) for pin in pins(lock)]
        for requirement in map(Requirement, requirements):
            found = [pin for pin in locked if canonicalize_name(pin.name) == canonicalize_name(requirement.name)]
            assert found, f"{requirement.name} is missing: run `make lock`"
            for pin in found:
                assert requirement.specifier.contains(str(pin.specifier).removeprefix("==")), f"{pin}: run `make lock`"


def test_what_only_pyvis_own_code_needs_is_not_installed_to_run() -> None:
    assert not names("requirements.lock") & {"scikit-learn", "sklearn-crfsuite", "python-crfsuite", "scipy"}
    assert names("requirements-dev.lock") >= {"scikit-learn", "sklearn-crfsuite", "python-crfsuite", "scipy"}


OF_EXTRAS = {
    canonicalize_name(Requirement(wanted).name)
    for extra in ("database", "ocr")
    for wanted in PROJECT["optional-dependencies"][extra]
}
"""What is imported only where a feature that asks for it is used, and named to the operator where it is missing."""


def imported_modules(room: Path) -> set[str]:
    """The top-level modules that a room's files import."""
    modules = set()
    for path in room.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if isinstance(node, ast.Import):
                modules |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                modules.add(node.module.partition(".")[0])
    return modules


@pytest.mark.parametrize("room", ROOMS)
def test_everything_imported_is_in_the_lock(room: str) -> None:
    foreign = imported_modules(ROOT / room) - set(sys.stdlib_module_names) - set(ROOMS)
    distributions = packages_distributions()
    for module in sorted(foreign):
        providers = {canonicalize_name(name) for name in distributions[module]}
        locked = names("requirements.lock") | OF_EXTRAS
        assert providers & locked, f"{room} imports {module}, which is not locked: run `make lock`"
