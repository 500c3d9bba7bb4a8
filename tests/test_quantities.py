"""Amounts in sentences: how much, of what, and how exactly."""

from __future__ import annotations

import pytest

from rag.answer.quantities import amounts, compatible, contradicted, same_kind


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("The bridge cost 4.5 million euros.", [("4.5 million", 4.5e6, ("euro",))]),
        ("It cost $3bn, or €2,500 a head.", [("$3bn", 3e9, ("$",)), ("€2,500", 2500.0, ("€",))]),
        ("Prices rose 7 % and wages 3.5 percent.", [("7 %", 7.0, ("%",)), ("3.5 percent", 3.5, ("%",))]),
        ("In all 4,300 aid workers came.", [("4,300", 4300.0, ("aid", "worker", "came"))]),
        ("At least twelve people died.", [("twelve", 12.0, ("peopl", "die"))]),
        ("It opened on 19 April 2023, in 2022 or at 3 p.m.", []),
        ("The 4th of the A4 roads, 12:30, 1/2 of it.", []),
        ("Otieno, the No. 1 pick of number 12 Lake Road.", []),
        ("Nobody was hurt.", []),
    ],
)
def test_what_a_sentence_counts(text: str, found: list[tuple[str, float, tuple[str, ...]]]) -> None:
    assert [(one.text, one.value, one.units) for one in amounts(text)] == found
    assert all(text[one.start : one.end] == one.text for one in amounts(text))


def test_kinds_are_told_by_what_is_counted() -> None:
    dead, hurt, cost, share = amounts("12 people died and 15 houses fell, which cost €3 million, or 4%.")
    people, euros, part = amounts("Some 14 people died; it cost €5 million, or 5%.")
    assert same_kind(dead, people)
    assert not same_kind(hurt, people)
    assert same_kind(cost, euros)
    assert same_kind(share, part)
    assert not same_kind(cost, part)


@pytest.mark.parametrize(
    ("one", "other", "same"),
    [
        ("12 people", "12 people", True),
        ("12 people", "13 people", False),
        ("490 people", "nearly 500 people", True),
        ("490 people", "500 people", False),
        ("4,000 people", "4,213 people", True),
        ("4,000 people", "4,800 people", False),
        ("about 10 people", "15 people", False),
        ("$1.2 billion", "$1.25 billion", True),
        ("$1.2 billion", "$2.1 billion", False),
        ("4.1 %", "4.2 %", False),
    ],
)
def test_figures_told_more_or_less_exactly_may_be_one(one: str, other: str, same: bool) -> None:
    (first,), (second,) = amounts(one), amounts(other)
    assert compatible(first, second) == compatible(second, first) == same


@pytest.mark.parametrize(
    ("asked", "told", "other"),
    [
        ("Which sectors does the ten-year pact cover?", "They signed a 20-year pact on oil.", "20"),
        ("Where did 35,000 customers lose power?", "In Norwick 140,000 customers sat in the dark.", "140,000"),
        ("Where did 35,000 customers lose power?", "In Norwick some 34,800 customers sat in the dark.", None),
        ("Which two ferries left?", "Five ferries left, two ferries of them for Setubal.", None),
        ("What did the ten-year pact cost?", "It was signed after 20 years of talks.", None),
        ("Who was fined $4 million?", "He owned 7 boats.", None),
        ("Who was fined $4 million?", "He was fined $9 million.", "$9 million"),
    ],
    ids=["length", "count", "rounded", "beside another", "a time", "other things", "sum"],
)
def test_an_amount_that_contradicts_the_question(asked: str, told: str, other: str | None) -> None:
    found = contradicted(asked, told)
    assert (found.text if found else None) == other
