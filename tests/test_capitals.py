"""Capitals that mean governments, and those that are places."""

from __future__ import annotations

import pytest

from rag.answer.capitals import as_states, in_words_of, perhaps_the_same
from tests.stories import story

DEAL = story("deal", "Russia and Cuba signed a deal. Russia will send oil. Moscow was pleased. Cuba and Iran talked.")
GAMES = story("games", "Paris opened the games. Paris spent a lot, and France paid a little.")


@pytest.mark.parametrize(
    ("question", "read_as"),
    [
        ("Did Moscow send oil to Havana?", "Did Russia send oil to Cuba?"),
        ("What did Moscow and Tehran agree on?", "What did Russia and Iran agree on?"),
        ("What does Havana's government want from Moscow?", "What does Cuba's government want from Moscow?"),
        ("Did Lavrov fly to Havana?", "Did Lavrov fly to Havana?"),
        ("Who spoke in Moscow and Havana?", "Who spoke in Moscow and Havana?"),
        ("Which part of Havana was hit?", "Which part of Havana was hit?"),
        ("What did a Moscow court rule?", "What did a Moscow court rule?"),
        ("What did the Havana Times write?", "What did the Havana Times write?"),
        ("Was Havana the city that he left?", "Was Havana the city that he left?"),
        ('Who said "Moscow will pay"?', 'Who said "Moscow will pay"?'),
        ("What did Kampala say?", "What did Kampala say?"),  # of which the articles say nothing
    ],
)
def test_a_government_is_called_by_its_state(question: str, read_as: str) -> None:
    assert as_states(question, [DEAL]) == read_as


def test_articles_that_speak_of_the_city_leave_it_a_city() -> None:
    assert as_states("How much did Paris spend?", [GAMES]) == "How much did Paris spend?"


@pytest.mark.parametrize(
    ("said", "quote", "compared"),
    [
        ("Russia agreed with Cuba.", "Moscow agreed with Havana.", "Russia agreed with Cuba."),
        ("Moscow agreed.", "Moscow agreed.", "Moscow agreed."),  # the claim's own word
        ("Russia was cold.", "It was cold in Moscow.", "It was cold in Moscow."),
        ("The U.S. objected.", "Washington objected.", "the United States objected."),
        ("Iran objected.", "Moscow objected.", "Moscow objected."),
    ],
)
def test_quotes_are_compared_in_the_words_of_the_claim(said: str, quote: str, compared: str) -> None:
    assert in_words_of(said, quote) == compared


def test_a_name_that_is_perhaps_the_same() -> None:
    assert perhaps_the_same({"moscow"}, ["Russia agreed."])
    assert perhaps_the_same({"russia"}, ["Moscow agreed."])
    assert perhaps_the_same({"united states"}, ["Washington agreed."])
    assert not perhaps_the_same({"moscow"}, ["Cuba agreed."])
    assert not perhaps_the_same(set(), ["Russia agreed."])
