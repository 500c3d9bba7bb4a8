from __future__ import annotations

import math
from dataclasses import fields, replace

import pytest

from rag.answer.confidence import BIAS, WEIGHTS, Signs, confidence

NOTHING = Signs(context=0, quote=0, window=0, held=0, checked=0)


def test_without_any_sign_only_the_bias_is_left() -> None:
    assert confidence(NOTHING) == pytest.approx(1 / (1 + math.exp(-BIAS)))


@pytest.mark.parametrize("sign", [field.name for field in fields(Signs)])
def test_every_sign_speaks_for_a_finding_by_its_weight(sign: str) -> None:
    odds = confidence(replace(NOTHING, **{sign: 1.0}))
    assert math.log(odds / (1 - odds)) == pytest.approx(BIAS + WEIGHTS[sign])
    assert WEIGHTS[sign] > 0
