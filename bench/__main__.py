"""`python -m bench [NAME...]`: measure, print, and keep the tables in bench/results/."""

from __future__ import annotations

import argparse
import importlib
from pathlib import Path

from bench.corpora import DEFAULT_DATA
from bench.setting import opened
from bench.table import publish

BENCHES = {
    "relevance": "every question set through both engines, beside two baselines",
    "segmentation": "word segmentation beside pyvi's own",
    "indexing": "the whole of `tracuu index` beside a naive script and beside each engine's ceiling",
    "latency": "search through HTTP beside the bare engine query",
    "memory": "peak memory of indexing and serving",
    "database": "an office system's database in PostgreSQL: indexing, indexing again, reconciling",
    "metadata": "metadata read from the text beside what a portal typed",
    "legacy": "TCVN3, VNI and VIQR made Unicode again, in whole and in part, and what is left alone",
    "ocr": "scanned pages beside the bare tesseract command, and the metadata read from them",
    "mutations": "5,000 damaged files of every format through the workers and limits of indexing",
    "suggest": "suggestions while somebody types: latency through HTTP, and how soon the right one shows",
    "pages": "the results page with its HTML, and suggestions, as a browser asks for them",
    "passages": "passages for questions in words, judged on the articles that answer them",
    "readers": "pages and documents a second of each reader, and of the whole of `tracuu index`, beside the targets",
    "reading": "how truly PDF pages are read beside readings by eye (--readings), and .doc beside .docx",
    "migration": "an old system migrated, killed on the way and reconciled, in both engines",
    "paging": "paging by cursor to the last hit while documents arrive",
    "export": "memory of the service while a whole result is read as .csv and .xlsx",
    "similar": "similar documents by several kinds of key terms, judged on citations",
}


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench", description=__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"one of {', '.join(BENCHES)}; all when none is given")
    parser.add_argument("--data", type=Path, default=DEFAULT_DATA, help="folder of documents and questions")
    parser.add_argument(
        "--readings", type=Path, help="folder of careful readings for the bench `reading`: FILE-pN.txt for page N"
    )
    parser.add_argument("--noise", action="store_true", help="metadata: read the texts through noise as well")
    arguments = parser.parse_args()
    unknown = set(arguments.names) - set(BENCHES)
    if unknown:
        parser.error(f"no bench named {', '.join(sorted(unknown))}; there are {', '.join(BENCHES)}")
    with opened(arguments.data, arguments.readings, noisy=arguments.noise) as bench:
        for name in arguments.names or BENCHES:
            for table in importlib.import_module(f"bench.{name}").tables(bench):
                publish(table, name)


if __name__ == "__main__":
    main()
