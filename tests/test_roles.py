"""Sentences of the same words that tell different things."""

from __future__ import annotations

import pytest

from rag.answer.roles import conflict

SENT = "In 2019, Kenya sent 300 tents to Peru along with blankets."
TOUR = "Minister Jane Otieno arrived in Nairobi on Monday for a tour that also includes Kisumu and Eldoret."
TALKS = "Last year, Kenya sent envoys to Lima to meet Otieno, and after talks resumed in November, Peru lifted the ban."


@pytest.mark.parametrize(
    ("claim", "quote", "told"),
    [
        ("Peru sent 300 tents to Kenya.", SENT, "kenya that does it"),
        ("Jane Otieno arrived in Kisumu on Monday.", TOUR, "in nairobi"),
        ("Otieno met Alves in Lima.", "Otieno was due to meet Rui Alves in Lima later.", "plans"),
        ("The dam is in Kisumu.", "The dam is being built east of Kisumu.", "leaves out 'east'"),
        ("The storm killed 500 people.", "The storm killed nearly 500 people.", "leaves out 'nearly'"),
        ("Peru's foreign minister is Mary Wanjiru.", "He met the Kenyan foreign minister Mary Wanjiru.", "of kenyan"),
        ("Otieno was expected to meet Jane Otieno.", "She is expected to meet Jane Otieno.", "otieno twice"),
    ],
)
def test_a_garbled_role_is_told(claim: str, quote: str, told: str) -> None:
    found = conflict(claim, quote)
    assert found is not None
    assert told in found


@pytest.mark.parametrize(
    ("claim", "quote"),
    [
        ("Kenya sent 300 tents to Peru in 2019.", SENT),
        ("Peru was sent 300 tents by Kenya.", SENT),
        ("Otieno arrived in Nairobi on Monday.", TOUR),
        ("Kenya sent envoys to Lima last year.", TALKS),
        ("Otieno is expected to meet Alves.", "On Friday Otieno is expected to meet Rui Alves."),
        ("She visited Lima.", "She visited Quito, Lima and Bogota."),
        ("The dam is being built east of Kisumu.", "The dam is being built east of Kisumu."),
        ("Nearly 500 people died.", "The storm killed nearly 500 people."),
        ("Otieno welcomed Alves.", "Alves was welcomed in Lima by Jane Otieno."),
    ],
)
def test_a_faithful_claim_has_no_conflict(claim: str, quote: str) -> None:
    assert conflict(claim, quote) is None


def test_an_owner_that_the_article_knows_elsewhere_is_no_conflict() -> None:
    claim, quote = "The Peruvian minister spoke to Mary Wanjiru.", "He spoke to the Kenyan minister Mary Wanjiru."
    assert conflict(claim, quote) == "in the quote it is of kenyan"
    assert conflict(claim, quote, ["The Peruvian minister Rui Alves arrived in Nairobi."]) is None
