"""A claim taken apart."""

from __future__ import annotations

import pytest

from rag.answer.claims import (
    denies,
    head,
    lacks_last,
    names_both,
    offices,
    opening,
    strict_words,
    undated,
    without_opening,
)


def test_to_last_is_no_order_of_things() -> None:
    assert strict_words("It is meant to last 20 years.") == set()
    assert strict_words("She was the last to leave.") == {"last"}
    assert strict_words("Most of the most recent guests left.") == {"most"}


def test_the_opening_is_told_and_taken_off() -> None:
    assert (opening("No, she left."), opening("Nobody left.")) == ("no", None)
    assert without_opening("Yes. She left.") == "She left."
    assert without_opening("No she left.") == "she left."
    assert without_opening("No one left.") == "No one left."


def test_only_a_bare_negation_denies() -> None:
    assert denies("She did not go.")
    assert not denies("She declined to go.")


def test_a_last_clause_that_echoes_the_question_is_no_part_of_the_claim() -> None:
    question = "Where had she been before she reached Lima?"
    assert head("She had been in Quito before she reached Lima", question) == "She had been in Quito"
    assert head("She had been in Quito before the storm", question) == "She had been in Quito before the storm"


def test_dates_are_no_counts() -> None:
    assert undated("On 19 April 2023 she sent 300 tents.").split() == ["On", "she", "sent", "300", "tents."]


def test_offices_are_known_in_the_plural() -> None:
    assert offices("The ministers met the mayor.") == {"minist", "mayor"}


@pytest.mark.parametrize(
    ("question", "quote", "lacks"),
    [
        ("Which was the last port she called at?", "She called at Lisbon.", True),
        ("Which was the last port she called at?", "Her final call was at Lisbon.", False),
        ("Which was the last port she called at?", "The most recent call was at Lisbon.", False),
        ("Where did she call last month?", "She called at Lisbon.", False),
        ("How long will the storm last?", "The storm will go on for a day.", False),
    ],
)
def test_the_last_of_something_has_to_be_called_so(question: str, quote: str, lacks: bool) -> None:
    assert lacks_last(question, quote) is lacks


@pytest.mark.parametrize(
    ("claim", "text", "both"),
    [
        ("Both Peru and Chile are members.", "Peru and Chile are members.", True),
        ("Peru and Chile both signed.", "Peru and Chile signed it.", True),
        ("Peru and Chile both won.", "Peru and Chile met before Chile won.", False),
        ("Peru and Chile were on both tours.", "Peru and Chile were on the tour.", False),
    ],
)
def test_two_who_act_together_are_both(claim: str, text: str, both: bool) -> None:
    assert names_both(claim, text) is both


def test_what_is_done_at_the_last_minute_is_no_last_one() -> None:
    assert not lacks_last("Who filed a last-minute bid?", "Otieno filed a bid on Monday.")
    assert lacks_last("Who was the last to file a bid?", "Otieno filed a bid on Monday.")


def test_what_lasts_for_years_is_no_last_one() -> None:
    assert not lacks_last("How many years does the term last for which he was elected?", "A five-year term.")
    assert lacks_last("Who was the last for whom she voted?", "She voted for Alves.")
