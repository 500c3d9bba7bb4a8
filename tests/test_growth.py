from __future__ import annotations

import math

import pytest

from eval.growth import exponent


def test_the_exponent_is_the_power_that_the_costs_follow() -> None:
    assert exponent([10, 100, 1000], [3, 30, 300]) == pytest.approx(1.0)
    assert exponent([1, 2, 4], [5, 20, 80]) == pytest.approx(2.0)
    assert exponent([1, 2, 4], [7, 7, 7]) == pytest.approx(0.0)


def test_what_lies_beside_the_line_pulls_it_by_least_squares() -> None:
    # logarithms to the base of 2: x = 0, 1, 2 and y = 0, 2, 2, so k = (-1 * -4/3 + 1 * 2/3) / 2 = 1
    assert exponent([1, 2, 4], [1, 4, 4]) == pytest.approx(1.0)


def test_nothing_is_fitted_to_one_size_or_to_no_cost() -> None:
    for sizes, costs in (([], []), ([10], [3]), ([10, 10], [3, 4]), ([10, 100], [0, 3])):
        assert math.isnan(exponent(sizes, costs))
