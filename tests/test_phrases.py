"""Names of several words are met together, or in short, never in pieces."""

from __future__ import annotations

import pytest

from rag.answer.phrases import scattered

OCEAN = "Which state is known as The Ocean State?"


def test_the_words_of_a_name_that_stand_apart_are_not_the_name() -> None:
    assert scattered(OCEAN, ["All states bordering the Pacific Ocean are averaging over $6."]) == ["Ocean State"]
    assert scattered("Who leads the Bank of Kenya?", ["A bank robber fled to Nairobi in Kenya Colony."]) == [
        "Bank Kenya"
    ]
    assert scattered(OCEAN, ["The Ocean State has the best beaches."]) == []


@pytest.mark.parametrize(
    ("question", "text"),
    [
        ("Did Jane Otieno speak?", "On Monday Otieno spoke."),
        ("Did Jane Otieno speak?", "Minister Otieno spoke."),
        ("Who will buy Alaska Airlines?", "Alaska said the airline would be sold."),
        ("Who ruled in the New York court?", "A court in New York ruled."),
        ("Who leads the Bank of Kenya?", "The Kenya Bank is led by Alves."),
        ("What did Ana Ruiz's Farmers Party lose?", "The Farmers of Ruiz lost two seats; the party was shocked."),
        ("Who won the Lima Open Women's Singles?", "She won the women's singles title at the Lima Open."),
    ],
)
def test_a_name_in_short_or_in_another_order_is_the_name(question: str, text: str) -> None:
    assert scattered(question, [text]) == []


def test_a_name_is_met_by_any_one_of_the_texts() -> None:
    assert scattered("Did Jane Otieno speak?", ["Nobody spoke.", "Jane Otieno opens school"]) == []
