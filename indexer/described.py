"""Sources that are no files: a TOML file describes each, and its one table says of which kind it is."""

from __future__ import annotations

import enum
import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from indexer.described_table import BadValue
from indexer.files import reason_of, shown
from indexer.sources import DEFAULT_SOURCE, Root, is_description


class Kind(enum.StrEnum):
    """What a TOML file can describe, by the name of its table."""

    MAILBOX = "mailbox"
    DATABASE = "database"


class BadDescription(Exception):
    """A TOML file describes no source that can be used; the message says what is allowed, in Vietnamese."""


@dataclass(frozen=True, slots=True)
class Description:
    """A source as its file describes it, its values not looked at yet.

    Attributes:
        path: The TOML file.
        kind: What it describes.
        table: Names to values.
    """

    path: str
    kind: Kind
    table: Mapping[str, Any]


def read_description(path: str) -> Description:
    """Read the TOML file of a source.

    Raises:
        BadDescription: It is not there, is no TOML, or has not exactly one of the tables that `Kind` names.
    """
    try:
        content = tomllib.loads(Path(path).read_text(encoding="utf-8-sig"))
    except OSError as error:
        raise BadDescription(f"Không xem được “{shown(path)}”: {reason_of(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise BadDescription(f"“{shown(path)}” không phải TOML hợp lệ: {error}.") from error
    kinds = [kind for kind in Kind if isinstance(content.get(kind), dict)]
    if len(kinds) != 1 or len(content) != 1:
        allowed = ", ".join(f"[{kind}]" for kind in Kind)
        raise BadDescription(f"“{shown(path)}” phải có đúng một bảng, là một trong: {allowed}.")
    return Description(path, kinds[0], content[kinds[0]])


def wrong_value(path: str, kind: Kind, error: BadValue) -> BadDescription:
    """A wrong value with the file and the table that it stands in."""
    return BadDescription(f"“{shown(path)}”, bảng [{kind}]: {error}.")


def root_of(path: str | os.PathLike[str], source: str | None) -> Root:
    """The root that a user named.

    Args:
        path: A folder, a file, or the description of a source.
        source: The source (nguồn) that the user said; without one, a description's own.
    """
    named = _source_named_in(os.fspath(path)) if source is None and is_description(os.fspath(path)) else source
    return Root.of(path, named or DEFAULT_SOURCE)


def _source_named_in(path: str) -> str | None:
    try:
        source = read_description(path).table.get("source")
    except BadDescription:  # which the run reports
        return None
    return source if isinstance(source, str) else None
