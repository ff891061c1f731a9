"""`python -m samples.build`: set every source and write it beneath samples/documents, removing what has no source."""

from __future__ import annotations

from pathlib import Path

from samples.render import RENDERERS
from samples.source import Source, read_sources

DOCUMENTS = Path(__file__).parent / "documents"


def render(source: Source) -> bytes:
    """The document's file."""
    return RENDERERS[Path(source.path).suffix](source)


def main() -> None:
    """Write every document; a folder left empty goes too."""
    sources = read_sources()
    for source in sources.values():
        path = DOCUMENTS / source.path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(render(source))
    wanted = {DOCUMENTS / source.path for source in sources.values()}
    for path in sorted(DOCUMENTS.rglob("*"), reverse=True):
        if path.is_file() and path not in wanted:
            path.unlink()
        elif path.is_dir() and not any(path.iterdir()):
            path.rmdir()


if __name__ == "__main__":
    main()
