"""How far a figure would have moved with other questions of the same sort: percentile bootstrap (Efron, 1979)."""

from __future__ import annotations

import math
from collections.abc import Callable, Iterable, Mapping, Sequence
from random import Random
from typing import TypeAlias, TypeVar

T = TypeVar("T")
Interval: TypeAlias = tuple[float, float]

SEED = 20
LEVEL = 95.0  # per cent


def intervals(
    rows: Sequence[T],
    figures: Callable[[Sequence[T]], Mapping[str, float]],
    names: Iterable[str],
    *,
    draws: int,
    seed: int = SEED,
) -> dict[str, Interval]:
    """The 95 % interval of each named figure, from `draws` resamplings of the rows (one a question) with replacement.

    The seed is fixed, so that one run has one interval. A draw in which a figure is no number or missing is
    left out of that figure; where more than half of them are, there is no interval: (NaN, NaN).
    """
    dice = Random(seed)
    drawn = [figures(dice.choices(rows, k=len(rows))) for _ in range(draws)] if rows else []
    return {name: middle([float(one.get(name, math.nan)) for one in drawn]) for name in names}


def middle(values: Sequence[float], level: float = LEVEL) -> Interval:
    """The middle `level` per cent of the values that are numbers, interpolated between neighbours."""
    import numpy as np

    known = [value for value in values if not math.isnan(value)]
    if not known or 2 * len(known) < len(values):
        return math.nan, math.nan
    low, high = np.quantile(known, [(100 - level) / 200, (100 + level) / 200])
    return float(low), float(high)
