"""Whether a difference between two searchers is more than chance.

Fisher's randomisation test over pairs: were the searchers equally good, each question's difference could as well have
had the other sign. Of the tests in use it rests on the fewest assumptions, and on sets of questions it agrees with the
bootstrap and the t-test where those hold (Smucker, Allan and Carterette, "A comparison of statistical significance
tests for information retrieval evaluation", CIKM 2007).
"""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

PERMUTATIONS = 10_000
_SEED = 20_070_000  # any; fixed, so that two runs over the same scores print the same figure
_CHUNK_CELLS = 4_000_000
_EQUAL = 1e-9  # sums of the same numbers in another order differ by less, sums of other scores by more


def paired_randomisation(first: Sequence[float], second: Sequence[float]) -> float:
    """The two-sided p-value of the difference of two means.

    Args:
        first: Scores of one searcher, one for each question.
        second: Scores of the other, for the same questions in the same order.

    Returns:
        How probable a difference at least as large is where there is none, in (0, 1]: at least 1 in `PERMUTATIONS` + 1,
        since what was observed counts as one of the permutations (Phipson and Smyth, SAGMB 9(1), 2010).

    Raises:
        ValueError: The two differ in length.
    """
    if len(first) != len(second):
        raise ValueError(f"{len(first)} scores cannot be paired with {len(second)}")
    differences = np.asarray(first, dtype=np.float64) - np.asarray(second, dtype=np.float64)
    # Equal scores are equal under either sign. Most questions are between two commits, and need no coin.
    differences = differences[differences != 0]
    observed = abs(differences.sum()) - _EQUAL
    as_large = sum(int((np.abs(sums) >= observed).sum()) for sums in _permuted_sums(differences))
    return (1 + as_large) / (1 + PERMUTATIONS)


def _permuted_sums(differences: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """Sums under random signs, `PERMUTATIONS` in all, in chunks that bound the memory."""
    random = np.random.default_rng(_SEED)
    rows = max(1, _CHUNK_CELLS // max(1, differences.size))
    sizes = [min(rows, PERMUTATIONS - begun) for begun in range(0, PERMUTATIONS, rows)]
    return [random.choice((-1.0, 1.0), (size, differences.size)) @ differences for size in sizes]
