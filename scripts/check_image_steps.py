"""Builds the image's file system without a container engine, and runs it as a container would be.

It reads the Dockerfile itself, so that what is tried here is what an engine would do. The base image stands in for:
a Debian root of the same release from debootstrap, with Debian's Python. The result is run with its root read-only, in
name spaces of its own, as the image's user, without capabilities, with one writable directory for TRACUU_HOME.

    sudo python3 scripts/check_image_steps.py [--work DIRECTORY]

Needs root, debootstrap and util-linux, and a network to package registries.
"""

from __future__ import annotations

import argparse
import json
import os
import re
import shlex
import shutil
import subprocess
import sys
import tempfile
from dataclasses import dataclass, field
from pathlib import Path
from string import Template

PROJECT = Path(__file__).parents[1]
BASE_PACKAGES = "python3,python3-venv,ca-certificates"
# What a container engine hands to the build from its host: name servers, trusted certificates, pip's settings.
FROM_HOST = ("/etc/resolv.conf", "/etc/ssl/certs/ca-certificates.crt", "/etc/pip.conf")
DEFAULT_PATH = "/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin"
SAMPLES = PROJECT / "samples" / "documents"
# Asks the service for a Word file and for the picture of its first page.
DRAW = """
import json, urllib.parse, urllib.request
SERVICE, WORD = "http://127.0.0.1:8000", "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
def ask(path):
    return urllib.request.urlopen(SERVICE + path).read()
documents = [
    f"/documents/{urllib.parse.quote(hit['id'], safe='')}" for hit in json.loads(ask("/api/v1/search?size=100"))["hits"]
]
word = next(
    f"{document}/files/{file['sha256']}"
    for document in documents
    for file in json.loads(ask(f"/api/v1{document}"))["files"]
    if file["media_type"] == WORD
)
print("A page of a Word file is drawn:", len(ask(f"{word}/pages/1/page.webp")), "bytes.")
"""


@dataclass(frozen=True, slots=True)
class Instruction:
    """One instruction of a Dockerfile, its continuation lines joined."""

    name: str
    text: str

    @property
    def words(self) -> list[str]:
        """Its arguments, from the JSON form or split as a shell would."""
        return json.loads(self.text) if self.text.startswith("[") else shlex.split(self.text)


@dataclass(slots=True)
class Stage:
    """A stage being built: its root directory and what later instructions inherit."""

    root: Path
    directory: str = "/"
    environment: dict[str, str] = field(default_factory=lambda: {"PATH": DEFAULT_PATH})
    user: str = "root"
    volumes: list[str] = field(default_factory=list)
    entrypoint: list[str] = field(default_factory=list)
    command: list[str] = field(default_factory=list)
    healthcheck: list[str] = field(default_factory=list)


def parse(dockerfile: str) -> list[Instruction]:
    """The instructions of a Dockerfile, in order."""
    lines = [line for line in dockerfile.splitlines() if line.strip() and not line.startswith("#")]
    joined = re.sub(r"\\\n\s*", "", "\n".join(lines))
    return [Instruction(*line.split(maxsplit=1)) for line in joined.splitlines()]


def build(instructions: list[Instruction], work: Path) -> Stage:
    """Carry out the instructions; the last stage is the image."""
    stages: dict[str, Stage] = {}
    stage: Stage | None = None
    for instruction in instructions:
        print(f"{instruction.name} {instruction.text}", flush=True)
        if instruction.name == "FROM":
            image, _, name = instruction.text.partition(" AS ")
            stage = Stage(new_root(image, work, name or "image"))
            stages[name] = stage
        elif stage is None:
            raise SystemExit("The Dockerfile must begin with FROM.")
        else:
            apply(instruction, stage, stages)
    if stage is None:
        raise SystemExit("The Dockerfile has no FROM.")
    return stage


def apply(instruction: Instruction, stage: Stage, stages: dict[str, Stage]) -> None:
    """Carry out one instruction in a stage."""
    match instruction.name:
        case "WORKDIR":
            stage.directory = instruction.text
            inside(stage, stage.directory).mkdir(parents=True, exist_ok=True)
        case "COPY":
            copy(instruction.words, stage, stages)
        case "RUN":
            run([*entering(stage), "sh", "-c", f"cd {stage.directory} && {instruction.text}"])
        case "ENV":
            name, _, value = instruction.text.partition("=")
            stage.environment[name] = Template(value).substitute(stage.environment)
        case "USER":
            stage.user = instruction.text
        case "VOLUME":
            stage.volumes.append(instruction.text)
        case "ENTRYPOINT":
            stage.entrypoint = instruction.words
        case "CMD":
            stage.command = instruction.words
        case "HEALTHCHECK":
            stage.healthcheck = json.loads(instruction.text.partition("CMD ")[2])
        case "EXPOSE":
            pass
        case other:
            raise SystemExit(f"This check does not know the instruction {other}.")


def new_root(image: str, work: Path, name: str) -> Path:
    """A root directory that stands in for a `python:…-slim-RELEASE` image."""
    found = re.fullmatch(r"python:[\d.]+-slim-(\w+)", image)
    if found is None:
        raise SystemExit(f"The base image must be python:VERSION-slim-RELEASE, not {image}.")
    base = work / found.group(1)
    if not base.exists():
        run(["debootstrap", "--variant=minbase", f"--include={BASE_PACKAGES}", found.group(1), base])
        (base / "usr/bin/python").symlink_to("python3")
    root = work / f"root-{name}"
    shutil.rmtree(root, ignore_errors=True)
    run(["cp", "--archive", base, root])
    for path in filter(os.path.exists, FROM_HOST):
        shutil.copy(path, root / path.lstrip("/"))
    return root


def copy(words: list[str], stage: Stage, stages: dict[str, Stage]) -> None:
    """COPY: from the project, or from an earlier stage with --from."""
    source_root = PROJECT
    if words[0].startswith("--from="):
        source_root = stages[words.pop(0).removeprefix("--from=")].root
    *sources, target = words
    into = inside(stage, target)
    for source in sources:
        origin = source_root / source.lstrip("/")
        if origin.is_dir():
            ignored = shutil.ignore_patterns("__pycache__") if source_root == PROJECT else None
            shutil.copytree(origin, into, symlinks=True, ignore=ignored, dirs_exist_ok=True)
        else:
            shutil.copy(origin, into)


def inside(stage: Stage, path: str) -> Path:
    """A path of the stage as this machine sees it."""
    return stage.root / os.path.join(stage.directory, path).lstrip("/")  # noqa: PTH118


def try_out(image: Stage, work: Path) -> None:
    """Index the sample documents in the image, ask its service whether it is well, and have a Word file drawn."""
    home = work / "home"
    shutil.rmtree(home, ignore_errors=True)
    for directory in (home, image.root / "documents"):
        directory.mkdir(exist_ok=True)
    user = run([*entering(image), "id", "-u", image.user], capture=True).strip()
    os.chown(home, int(user), int(user))
    program = shlex.join(image.entrypoint)
    script = f"""
        set -eu
        mount --make-rprivate /
        mount --bind {image.root} {image.root}
        mount --bind {home} {image.root}{image.volumes[0]}
        mount --bind -o ro {SAMPLES} {image.root}/documents
        mount -t tmpfs none {image.root}/tmp
        mount -t proc none {image.root}/proc
        mount --bind /dev {image.root}/dev
        mount -o remount,ro,bind {image.root}
        ip link set lo up
        as_user() {{
            {shlex.join(entering(image))} setpriv --reuid={user} --regid={user} --clear-groups \\
                --no-new-privs --bounding-set=-all --inh-caps=-all "$@"
        }}
        if touch {image.root}/written 2>/dev/null; then echo "Even root can write to the image." >&2; exit 1; fi
        as_user {program} index /documents
        as_user {program} {shlex.join(image.command)} &
        for second in $(seq 30); do
            if as_user {shlex.join(image.healthcheck)} 2>/dev/null; then
                echo "The health check passes."
                as_user python -c {shlex.quote(DRAW)}
                exit
            fi
            sleep 1
        done
        as_user {shlex.join(image.healthcheck)}
    """
    # A process name space of its own ends the service with the script.
    run(["unshare", "--mount", "--net", "--pid", "--fork", "--kill-child", "sh", "-c", script])


def report_sizes(image: Stage) -> None:
    """Print the size of what the image adds to its base."""
    for path in ("opt/tracuu", "opt/tracuu/lib"):
        print(run(["du", "-sh", "--apparent-size", image.root / path], capture=True).strip())
    packages = next((image.root / "opt/tracuu/lib").glob("python*/site-packages"))
    sizes = run(["du", "-sm", *sorted(packages.iterdir())], capture=True).splitlines()
    for line in sorted(sizes, key=lambda line: -int(line.split()[0]))[:8]:
        size, path = line.split(maxsplit=1)
        print(f"  {size:>4} MiB  {Path(path).name}")


def entering(stage: Stage) -> list[str]:
    """The beginning of a command that runs inside a stage, with its environment and nothing of ours."""
    settings = [f"{name}={value}" for name, value in stage.environment.items()]
    return ["chroot", str(stage.root), "env", "-i", *settings]


def run(command: list[object], *, capture: bool = False) -> str:
    """Run a command; a failure ends this program with the command's own status."""
    words = [str(word) for word in command]
    result = subprocess.run(words, text=True, stdout=subprocess.PIPE if capture else None, check=False)
    if result.returncode != 0:
        sys.exit(f"Failed with {result.returncode}: {shlex.join(words)[:300]}")
    return result.stdout or ""


def main() -> None:
    """Build and try the image."""
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("--work", type=Path, help="where the roots go and stay; a temporary directory when not given")
    work = parser.parse_args().work
    with tempfile.TemporaryDirectory(prefix="tracuu-image-") as temporary:
        work = work or Path(temporary)
        work.mkdir(parents=True, exist_ok=True)
        image = build(parse((PROJECT / "Dockerfile").read_text(encoding="utf-8")), work.resolve())
        report_sizes(image)
        try_out(image, work.resolve())


if __name__ == "__main__":
    main()
