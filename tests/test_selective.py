from __future__ import annotations

import math

import pytest
from hypothesis import given
from hypothesis import strategies as st
from sklearn.metrics import precision_recall_curve

from eval.selective import Point, aurc, risk_coverage


def test_the_curve_by_hand() -> None:
    answers = [(0.5, False), (0.9, True), (0.7, True), (0.6, False)]
    assert risk_coverage(answers, asked=8) == [
        Point(1 / 8, 0, 0.9),
        Point(2 / 8, 0, 0.7),
        Point(3 / 8, 1 / 3, 0.6),
        Point(4 / 8, 2 / 4, 0.5),
    ]
    assert aurc(answers) == pytest.approx((0 + 0 + 1 / 3 + 1 / 2) / 4)


def test_answers_of_one_confidence_are_shown_together() -> None:
    assert risk_coverage([(0.5, True), (0.5, False), (0.8, True)], 3) == [Point(1 / 3, 0, 0.8), Point(1, 1 / 3, 0.5)]
    assert aurc([(0.5, True), (0.5, False)]) == aurc([(0.5, False), (0.5, True)]) == 1 / 2


def test_right_before_wrong_is_best_and_no_answer_has_no_area() -> None:
    assert aurc([(0.9, True), (0.8, True)]) == 0
    assert aurc([(0.9, True), (0.1, False)]) < aurc([(0.1, True), (0.9, False)])
    assert aurc([(0.9, False)]) == 1
    assert math.isnan(aurc([]))
    assert risk_coverage([], 5) == []


def test_more_answers_than_questions_is_a_mistake() -> None:
    with pytest.raises(ValueError, match="2 answers to 1 question"):
        risk_coverage([(0.5, True), (0.5, True)], 1)


@given(st.lists(st.tuples(st.integers(0, 9), st.booleans()), min_size=1).filter(lambda rows: any(r for _, r in rows)))
def test_the_risk_is_one_less_the_precision_of_scikit_learn(rows: list[tuple[int, bool]]) -> None:
    precision, _, thresholds = precision_recall_curve([right for _, right in rows], [sure for sure, _ in rows])
    theirs = {float(at): 1 - float(p) for at, p in zip(thresholds, precision[:-1], strict=True)}
    assert {point.confidence: point.risk for point in risk_coverage(rows, len(rows))} == pytest.approx(theirs)
