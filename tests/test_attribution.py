"""Whose words they are."""

from __future__ import annotations

import pytest

from rag.answer.attribution import only_claimed, other_speaker

ASKED = "Who blew up the dam?"


@pytest.mark.parametrize(
    "quote",
    [
        "Kenya claimed that Peru blew up the dam.",
        "Prosecutors alleged that Peru blew up the dam.",
        "Kenya has accused Peru of blowing up the dam.",
        "Peru reportedly blew up the dam.",
        "The senator falsely said that Peru blew up the dam.",
    ],
)
def test_what_is_only_claimed_is_no_fact(quote: str) -> None:
    assert only_claimed("Peru blew up the dam.", ASKED, quote) is not None
    assert only_claimed("Kenya says that Peru blew up the dam.", ASKED, quote) is None
    assert only_claimed("Peru blew up the dam.", "Who, according to Kenya, blew up the dam?", quote) is None


def test_what_stands_beside_a_claim_is_told_as_it_is() -> None:
    quote = "The dam, which broke on Monday, was full, and Kenya claimed that Peru knew."
    assert only_claimed("The dam broke on Monday.", ASKED, quote) is None
    assert only_claimed("The boat claimed ten lives.", ASKED, "The sinking claimed ten lives.") is None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Silva said that the mayor is corrupt.", '"The mayor is corrupt," Alves said of Silva.'),
        (
            "Raul Mendez said they had nothing.",
            '"We had nothing," said farmer Jo Quispe, but Raul Mendez promised aid.',
        ),
        (
            "The ministry says the dam will harm them.",
            "Farmers say the dam will harm them, but the ministry insists it is safe.",
        ),
        (
            "The carmaker said it may close.",
            "It may close, according to two workers, but the carmaker was silent.",
        ),
    ],
)
def test_nobodys_words_are_anothers(claim: str, quote: str) -> None:
    found = other_speaker(claim, quote)
    assert found is not None
    assert found.endswith("who says so")


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Alves said the mayor is corrupt.", '"The mayor is corrupt," Alves said of Silva.'),
        ("Raisi told Irna that trade grew.", '"Trade grew," Raisi told the Irna news agency.'),
        ("The union said teachers would strike.", "Teachers will strike, their union said."),
        ("The mayor is corrupt.", '"The mayor is corrupt," Alves said of Silva.'),
        ("A neighbour said men argued.", "A neighbour, who was not named, told Radio Cork she had heard men argue."),
    ],
)
def test_ones_own_words_are(claim: str, quote: str) -> None:
    assert other_speaker(claim, quote) is None


def test_a_prize_is_taken_and_a_story_told() -> None:
    quote = "Winners claim the prize in Lima, which is cut to 602 million."
    assert only_claimed("The prize is cut to 602 million.", "How much is it?", quote) is None
    told = "Otieno claims the prize was cut to 602 million."
    assert only_claimed("The prize was cut to 602 million.", "How much is it?", told) is not None
