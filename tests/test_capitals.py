"""Capitals that mean governments, and those that are places."""

from __future__ import annotations

import pytest

from rag.answer.capitals import as_states, governments, in_words_of, perhaps_the_same
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


@pytest.mark.parametrize(
    "text",
    [
        "Tokyo reported 3,000 new cases.",
        "Paris rents rose by 8 percent.",
        "Washington state banned rifles.",
        "The Washington Post and George Washington agreed.",
        "Madrid beat Barcelona.",
        "The rebels captured Kabul.",
        "Moscow police said so, officials in Moscow said.",
        "The train between London and Paris was late.",
        "He moved the embassy to Tehran from Cairo.",
        "He lives in Paris, Texas, near Rome.",
        "It said: “Moscow agreed.”",
    ],
)
def test_towns_are_no_governments(text: str) -> None:
    assert not list(governments(text))


@pytest.mark.parametrize(
    ("text", "named"),
    [
        ("On Monday Moscow rejected it.", ["Moscow"]),
        ("Meanwhile Washington has not agreed.", ["Washington"]),
        ("Moscow, Tehran and Buenos Aires have signed it.", ["Moscow", "Tehran", "Buenos Aires"]),
        ("Ties between Seoul and Pyongyang are bad.", ["Seoul", "Pyongyang"]),
        ("He accused Kyiv.", ["Kyiv"]),
        ("Is Cairo one of Rome's allies?", ["Cairo", "Rome"]),
    ],
)
def test_governments_act_and_are_dealt_with(text: str, named: list[str]) -> None:
    assert [one.group() for one in governments(text)] == named


def test_a_name_that_is_perhaps_the_same() -> None:
    assert perhaps_the_same({"moscow"}, "Did Moscow agree?", ["Russia agreed."])
    assert perhaps_the_same({"russia"}, "Did Russia agree?", ["Moscow agreed."])
    assert perhaps_the_same({"united states"}, "Did the United States agree?", ["Washington agreed."])
    assert not perhaps_the_same({"moscow"}, "Did he visit Moscow?", ["He visited Kazan in Russia."])
    assert not perhaps_the_same({"moscow"}, "Did Moscow agree?", ["Cuba agreed."])
    assert not perhaps_the_same(set(), "Did Moscow agree?", ["Russia agreed."])
