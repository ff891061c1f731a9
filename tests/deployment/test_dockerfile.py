"""The Dockerfile, read by the same code that `scripts/check_image_steps.py` runs it with."""

from pathlib import Path

import pytest

from scripts.check_image_steps import Instruction, parse

ROOT = Path(__file__).parents[2]


@pytest.fixture(scope="module")
def instructions() -> list[Instruction]:
    return parse((ROOT / "Dockerfile").read_text(encoding="utf-8"))


def texts(instructions: list[Instruction], name: str) -> list[str]:
    return [instruction.text for instruction in instructions if instruction.name == name]


def test_continued_lines_are_one_instruction() -> None:
    assert parse("# why\nRUN a \\\n    && b\n\nUSER c") == [Instruction("RUN", "a && b"), Instruction("USER", "c")]


def test_the_image_runs_as_a_user_who_is_not_root(instructions: list[Instruction]) -> None:
    assert texts(instructions, "USER") == ["tracuu"]


def test_all_stages_have_one_base_with_a_version(instructions: list[Instruction]) -> None:
    bases = {text.partition(" AS ")[0] for text in texts(instructions, "FROM")}
    assert bases == {"python:3.13-slim-trixie"}


def test_packages_come_from_the_locks_by_digest_and_never_from_source(instructions: list[Instruction]) -> None:
    installs = [text for text in texts(instructions, "RUN") if "install" in text and "-r " in text]
    assert [text.split()[-1] for text in installs] == ["requirements-build.lock", "requirements.lock"]
    assert all("--require-hashes" in text and "--only-binary :all:" in text for text in installs)


def test_the_state_is_the_one_volume(instructions: list[Instruction]) -> None:
    assert texts(instructions, "VOLUME") == ["/var/lib/tracuu"]
    assert "TRACUU_HOME=/var/lib/tracuu" in texts(instructions, "ENV")


def test_everything_copied_is_sent_to_the_build(instructions: list[Instruction]) -> None:
    sent = {line[1:] for line in (ROOT / ".dockerignore").read_text().splitlines() if line.startswith("!")}
    copies = [instruction.words for instruction in instructions if instruction.name == "COPY"]
    copied = {source for words in copies if not words[0].startswith("--") for source in words[:-1]}
    assert copied == sent
    assert all((ROOT / source).exists() for source in copied)


def test_the_wheel_has_every_room(instructions: list[Instruction]) -> None:
    rooms = {path.parent.name for path in ROOT.glob("*/__init__.py")} - {"bench", "samples", "tests"}
    copies = [instruction.words for instruction in instructions if instruction.name == "COPY"]
    assert rooms <= {words[0] for words in copies}


def test_health_is_asked_at_the_port_served(instructions: list[Instruction]) -> None:
    (command,) = (instruction.words for instruction in instructions if instruction.name == "CMD")
    port = command[command.index("--port") + 1]
    assert texts(instructions, "EXPOSE") == [port]
    assert f"http://127.0.0.1:{port}/healthz" in texts(instructions, "HEALTHCHECK")[0]
