"""Schemathesis over the OpenAPI document of a running service: requests that fit it and requests that do not."""

import os
import subprocess
import sys
from pathlib import Path

_CHECKS = (
    "not_a_server_error",
    "status_code_conformance",
    "content_type_conformance",
    "response_headers_conformance",
    "response_schema_conformance",
)


EVERYTHING = "examples,coverage,fuzzing"
"""The phases; those of `coverage` send each value at the edges of each schema, which takes a minute."""
_HOOKS = "tests.schemathesis_hooks"


def fuzz(
    address: str, token: str, examples: int, directory: Path, *, phases: str = EVERYTHING
) -> subprocess.CompletedProcess[str]:
    """Send every operation so many made-up requests; the exit code is 0 when every answer was a documented one.

    Args:
        address: The service, `http://host:port`.
        token: What writing takes.
        examples: Requests an operation.
        directory: Where it may leave files.
        phases: Which of its phases.
    """
    command = (
        *(str(Path(sys.executable).with_name("schemathesis")), "run", f"{address}/openapi.json"),
        *("--url", address, "--header", f"Authorization: Bearer {token}", "--seed", "6", "--no-color"),
        *("--checks", ",".join(_CHECKS), "--max-examples", str(examples), "--continue-on-failure"),
        *("--phases", phases, "--suppress-health-check", "all", "--warnings", "off"),
        *("--generation-database", "none", "--request-timeout", "60"),
    )
    environment = {**os.environ, "SCHEMATHESIS_HOOKS": _HOOKS, "PYTHONPATH": str(Path(__file__).parents[1])}
    return subprocess.run(command, cwd=directory, env=environment, capture_output=True, text=True, check=False)
