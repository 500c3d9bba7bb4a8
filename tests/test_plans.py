"""Plans, chances and conditions told for facts."""

from __future__ import annotations

import pytest

from rag.answer.plans import lost_condition, other_plan
from rag.answer.tokens import tokens


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Otieno met Alves.", "Otieno was due to meet Alves."),
        ("Otieno will meet Alves.", "Otieno met Alves."),
        ("The bank will cut rates.", "The bank may cut rates."),
        ("The firm has drilled wells.", "The firm said it would begin drilling wells."),
        ("The city has raised the tax.", "The city has proposed raising the tax."),
        ("Wisla sold the plants.", "Wisla agreed to sell the plants."),
        ("They recovered ice.", "They hope to recover ice."),
        ("The observers plan to switch on the lamp.", "The observers switched on the lamp."),
    ],
)
def test_what_is_less_sure_may_not_be_told_as_surer(claim: str, quote: str) -> None:
    assert other_plan(tokens(claim), tokens(quote)) is not None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Otieno was expected to meet Alves.", "Otieno was due to meet Alves."),
        ("The bank may cut rates.", "The bank may cut rates."),
        ("Otieno met Alves.", "Otieno met Alves."),
        ("He named mining for joint work.", "They would work together in mining."),
        ("Wisla offered free tea.", "Wisla is offering free tea."),
        ("It was supposed to cost a million.", "It was meant to cost a million."),
        ("Otieno won the race.", "Otieno outran her friend to win the race."),
        (
            "The council approved a plan to restore the hall.",
            "The council approved a plan on Monday to restore the hall.",
        ),
    ],
)
def test_what_is_as_sure_is_let_be(claim: str, quote: str) -> None:
    assert other_plan(tokens(claim), tokens(quote)) is None


def test_a_condition_may_not_be_lost() -> None:
    quote = "Teachers will strike on 9 June unless the offer is improved."
    assert lost_condition("Teachers will strike on 9 June.", quote) == "the quote says so only with 'unless'"
    assert lost_condition("Teachers will strike unless they are paid.", quote) is None
    assert lost_condition("Teachers could strike.", quote) is None
    assert lost_condition("He was asked about it.", "He was asked if it was so.") is None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Otieno won the seat.", "Otieno is running to win the seat."),
        ("Otieno won the race.", "Otieno trained for years to win the race."),
    ],
)
def test_who_works_to_win_has_not_won(claim: str, quote: str) -> None:
    assert other_plan(tokens(claim), tokens(quote)) is not None


def test_who_deserves_to_win_has_not_won() -> None:
    assert other_plan(tokens("Otieno won the prize."), tokens("Otieno deserved to win the prize."))


def test_a_condition_that_the_claim_keeps_is_not_lost() -> None:
    quote = "Otieno will go, assuming that it is dry."
    assert lost_condition(quote, quote) is None
    assert lost_condition("Otieno will go.", quote)


def test_what_is_offered_to_somebody_is_no_plan_to_leave() -> None:
    assert other_plan(tokens("He left."), tokens("He offered it to her and left.")) is None
