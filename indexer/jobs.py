"""Lines on their way to the workers, in jobs."""

from __future__ import annotations

from collections.abc import Iterator

from indexer.reading import FileItem, LineItem

_JOB_BYTES = 128 * 2**10
_JOB_LINES = 64


def jobs_of(lines: Iterator[LineItem]) -> Iterator[list[FileItem | LineItem]]:
    """Lines in jobs large enough that sending them costs little beside the work in them."""
    job: list[FileItem | LineItem] = []
    weight = 0
    for line in lines:
        job.append(line)
        weight += line.weight
        if weight >= _JOB_BYTES or len(job) >= _JOB_LINES:
            yield job
            job, weight = [], 0
    if job:
        yield job
