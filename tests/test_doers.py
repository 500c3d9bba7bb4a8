"""Who does it to whom."""

from __future__ import annotations

import pytest

from rag.answer.doers import other_doer, subject
from rag.answer.tokens import tokens


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Peru sent tents to Kenya.", "Kenya sent tents to Peru."),
        ("Silva shot Alves.", "Silva was shot by Alves."),
        ("Alves was shot by Silva.", "Silva was shot by Alves."),
        ("Alves was shot.", "Silva was shot by Alves."),
        ("An officer shot a suspect.", "An officer in Lima was shot by a suspect he had chased."),
        ("The teacher rescued two of her pupils.", "The teacher was rescued by two of her pupils."),
        ("The driver was bitten by a guest's dog.", "A guest was bitten by the driver's dog."),
        ("Markova beat Whitlock.", "Markova was beaten by Whitlock."),
        ("The judge ordered the tenants to pay the landlord.", "The judge ordered the landlord to pay the tenants."),
        ("Orvela agreed to buy the plant.", "Orvela agreed on Monday to sell the plant."),
        ("The bank owes the firm money.", "The firm owes the bank money."),
    ],
)
def test_parties_changed_are_told(claim: str, quote: str) -> None:
    assert other_doer(tokens(claim), tokens(quote)) is not None


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Kenya sent tents to Peru.", "Kenya sent tents to Peru."),
        ("Peru was sent tents by Kenya.", "Kenya sent tents to Peru."),
        ("Alves shot Silva.", "Silva was shot by Alves."),
        ("Silva was shot.", "Silva was shot by Alves."),
        ("Otieno is visiting Lima.", "Otieno visited Lima."),
        ("Alves visited Lima in 2016.", "The last to visit Lima was Alves in 2016."),
        ("The firm's head resigned.", "The head of the firm resigned."),
    ],
)
def test_parties_in_their_places_are_let_be(claim: str, quote: str) -> None:
    assert other_doer(tokens(claim), tokens(quote)) is None


def test_the_subject_is_no_noun_of_a_phrase_of_place() -> None:
    said = tokens("A police officer in the port was reportedly shot.")
    assert subject(said, len(said) - 1) == ["polic", "offic"]


def test_a_meeting_is_told_from_either_side_but_by_those_who_met() -> None:
    told = tokens("Alves has met Otieno and told Costa.")
    assert other_doer(tokens("Otieno met Alves."), told) is None
    assert other_doer(tokens("Costa met Otieno."), told)


def test_a_parking_lot_does_nothing() -> None:
    said, told = tokens("The city sold a downtown parking lot."), tokens("The city agreed the sale of a parking lot.")
    assert other_doer(said, told) is None
