from __future__ import annotations

import math
from collections.abc import Sequence

import numpy as np
import pytest
from scipy.stats import bootstrap

from eval.intervals import intervals, middle
from eval.metrics import mean


def figures(rows: Sequence[float]) -> dict[str, float]:
    return {"mean": mean(rows), "largest": max(rows), "none": math.nan, "of ones": mean(r for r in rows if r == 1)}


def test_the_middle_is_cut_by_hand() -> None:
    assert middle([float(n) for n in range(101)], 90) == (5, 95)
    assert middle([3, 1], 50) == (1.5, 2.5)
    assert middle([2.0]) == (2, 2)


def test_figures_without_a_number_have_no_interval() -> None:
    assert all(map(math.isnan, middle([math.nan, math.nan, 1])))
    assert middle([math.nan, 4, 4]) == (4, 4)
    assert all(map(math.isnan, middle([])))
    assert all(map(math.isnan, intervals([1.0, 0.0], figures, ["none"], draws=9)["none"]))
    assert all(map(math.isnan, intervals([], figures, ["mean"], draws=9)["mean"]))


def test_one_seed_gives_one_interval_and_all_alike_none_wide() -> None:
    rows = [n * n / 7 for n in range(40)]
    assert intervals(rows, figures, ["mean"], draws=99) == intervals(rows, figures, ["mean"], draws=99)
    assert intervals(rows, figures, ["mean"], draws=99, seed=1) != intervals(rows, figures, ["mean"], draws=99, seed=2)
    assert intervals([1.0] * 9, figures, ["mean", "largest"], draws=9) == {"mean": (1, 1), "largest": (1, 1)}


def test_the_interval_is_that_of_scipy() -> None:
    rows = [1.0] * 50 + [0.0] * 30
    low, high = intervals(rows, figures, ["mean"], draws=2000)["mean"]
    theirs = bootstrap(
        (np.array(rows),), np.mean, n_resamples=2000, method="percentile", rng=np.random.default_rng(7)
    ).confidence_interval
    assert (low, high) == pytest.approx((theirs.low, theirs.high), abs=0.02)
    assert low < 50 / 80 < high
