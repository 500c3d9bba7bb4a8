"""What came first, told the other way round."""

from __future__ import annotations

import pytest

from rag.answer.order import other_order


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("The lorries crossed before the truce took effect.", "Since the truce took effect, 62 lorries have crossed."),
        ("He sold shares after the profit warning.", "He sold shares three days before the firm issued a warning."),
        ("They opened a probe after the chairman resigned.", "The chairman resigned after they opened a probe."),
    ],
)
def test_turned_order_is_told(claim: str, quote: str) -> None:
    assert other_order(claim, quote) is not None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("He sold shares before the warning.", "He sold shares three days before the firm issued a warning."),
        ("The inquiry opened before the chairman resigned.", "The chairman resigned after the inquiry was opened."),
        ("After the truce began, lorries crossed.", "Since the truce began, 62 lorries have crossed."),
        ("He sold shares.", "He sold shares three days before the firm issued a warning."),
    ],
)
def test_the_same_order_is_let_be(claim: str, quote: str) -> None:
    assert other_order(claim, quote) is None
