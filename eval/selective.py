"""How well an answer's confidence tells right from wrong: the risk-coverage curve and its area.

After El-Yaniv and Wiener (2010) and Geifman and El-Yaniv (2017). A refused question is one not covered, so the curve
ends at the share of questions that got an answer; an answer to a question that has none is a wrong one.
"""

from __future__ import annotations

import math
from collections.abc import Iterable
from itertools import groupby, pairwise
from typing import NamedTuple


class Point(NamedTuple):
    """When only answers of this confidence or more are shown: the share of all questions answered, and the share of
    those answers that are wrong."""

    coverage: float
    risk: float
    confidence: float


def risk_coverage(answers: Iterable[tuple[float, bool]], asked: int) -> list[Point]:
    """From (confidence, right) of each answer given, most confident first. Equal confidences are one point: no
    threshold can tell them apart. Raises ValueError where there are more answers than questions `asked`."""
    ordered = sorted(answers, key=lambda pair: -pair[0])
    if len(ordered) > asked:
        raise ValueError(f"{len(ordered)} answers to {asked} questions")
    points, shown, wrong = [], 0, 0
    for confidence, group in groupby(ordered, key=lambda pair: pair[0]):
        verdicts = [right for _, right in group]
        shown, wrong = shown + len(verdicts), wrong + verdicts.count(False)
        points.append(Point(shown / asked, wrong / shown, confidence))
    return points


def aurc(answers: Iterable[tuple[float, bool]]) -> float:
    """The area under the curve over the answers given: the mean, over the answers, of the risk of showing it and all
    that are as confident or more. 0 is perfect, the share of wrong answers is what chance gives; NaN of none."""
    listed = list(answers)
    points = risk_coverage(listed, len(listed))
    ends = [0.0, *(point.coverage for point in points)]
    steps = [(after - before) * point.risk for (before, after), point in zip(pairwise(ends), points, strict=True)]
    return sum(steps) if steps else math.nan
