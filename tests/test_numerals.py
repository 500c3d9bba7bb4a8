"""Numbers in digits and in words."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.numerals import numbers


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("It cost 1.5 million.", {"1500000"}),
        ("$3 billion, or €3bn", {"3000000000"}),
        ("16,000 people, 2,500,000 euros", {"16000", "2500000"}),
        ("three of the 3.50", {"3", "3.5"}),
        ("its second five-year term", {"2", "5"}),
        ("in 0.0 or 007", {"0", "7"}),
        ("hundreds of tents, a hundred tents", {"100s", "100"}),
        ("hundreds of thousands fled", {"100s", "1000s"}),
        ("twenty-five tents and ninety-nine boats", {"25", "99"}),
        ("two hundred and five", {"205"}),
        ("three thousand five hundred", {"3500"}),
        ("half a million", {"500000"}),
        ("two dozen", {"24"}),
        ("one third of them", {"3"}),
        ("it fell to -5 degrees", {"-5"}),
        ("they won 3-1 in 2019-2020", {"3", "1", "2019", "2020"}),
        ("April 19, 2023", {"19", "2023"}),
        ("nothing to count", set()),
    ],
)
def test_numbers_are_told_with_their_scale_and_sign(text: str, expected: set[str]) -> None:
    assert numbers(text) == expected


@given(st.text())
def test_any_text_can_be_read(text: str) -> None:
    assert all(numbers(text))


@given(st.integers(0, 10**15))
def test_an_integer_is_itself_with_commas_or_without(value: int) -> None:
    assert numbers(f"they counted {value}") == numbers(f"they counted {value:,}") == {str(value)}
