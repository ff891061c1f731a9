"""`python -m bench [NAME...]`: measure, print, and keep the tables in bench/results/."""

from __future__ import annotations

import argparse
import importlib
import tempfile
from pathlib import Path

from bench.corpora import DEFAULT_DATA, DataMissing
from bench.setting import Bench
from bench.table import publish
from tests.elasticsearch_node import ElasticsearchNode

BENCHES = {
    "relevance": "office and article questions, through both engines, beside two baselines",
    "segmentation": "word segmentation beside pyvi's own",
    "indexing": "the whole of `tracuu index` beside a naive script and beside each engine's ceiling",
    "latency": "search through HTTP beside the bare engine query",
    "memory": "peak memory of indexing and serving",
    "metadata": "metadata read from the text beside what a portal typed",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHES)}; all when none is given")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of documents and questions")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(BENCHES)
    if unknown:
        parser.error(f"no bench named {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    if not arguments.data.is_dir():
        raise DataMissing(arguments.data)
    with (
        tempfile.TemporaryDirectory(prefix="tracuu-bench-") as directory,
        ElasticsearchNode(Path(directory) / "elasticsearch") as url,
    ):
        bench = Bench(arguments.data, Path(directory), url)
        for name in arguments.names or BENCHES:
            for table in importlib.import_module(f"bench.{name}").tables(bench):
                publish(table)


if __name__ == "__main__":
    main()
