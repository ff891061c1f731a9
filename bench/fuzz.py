"""Schemathesis over the API of a service with the sample documents: operations, requests, and what was off."""

from __future__ import annotations

import argparse
import secrets
import tempfile
from pathlib import Path

from bench import processes
from bench.served import Served
from bench.setting import TRACUU, clean_environment
from tests.fuzzing import fuzz

_SAMPLES = Path(__file__).parents[1] / "samples" / "documents"


def main() -> None:
    parser = argparse.ArgumentParser(prog="python -m bench.fuzz", description=__doc__)
    parser.add_argument("--examples", type=int, default=2_000, help="requests an operation")
    arguments = parser.parse_args()
    with tempfile.TemporaryDirectory(prefix="tracuu-fuzz-") as home:
        token = secrets.token_hex(16)
        environment = {**clean_environment(), "TRACUU_HOME": home, "TRACUU_API_TOKEN": token}
        processes.run((*TRACUU, "index", str(_SAMPLES)), environment)
        with Served(environment) as served:
            found = fuzz(f"http://127.0.0.1:{served.port}", token, arguments.examples, Path(home))
    print(found.stdout, found.stderr)
    raise SystemExit(found.returncode)


if __name__ == "__main__":
    main()
