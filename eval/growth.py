"""How a cost grows with the size of an archive: cost = a * n ** k, fitted by least squares on the logarithms."""

from __future__ import annotations

import math
from collections.abc import Sequence


def exponent(sizes: Sequence[float], costs: Sequence[float]) -> float:
    """The `k` of the fit: 1 is proportional, 0 no growth. NaN for fewer than two different sizes, or a cost of 0."""
    points = [(math.log(size), math.log(cost)) for size, cost in zip(sizes, costs, strict=True) if size > 0 < cost]
    if len({x for x, _ in points}) < 2 or len(points) < len(sizes):
        return math.nan
    middle_x, middle_y = (sum(values) / len(points) for values in zip(*points, strict=True))
    above = sum((x - middle_x) * (y - middle_y) for x, y in points)
    steepness: float = above / sum((x - middle_x) ** 2 for x, _ in points)
    return steepness
