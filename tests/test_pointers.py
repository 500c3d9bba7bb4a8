from __future__ import annotations

import pytest

from rag.answer.pointers import pointed_out
from rag.schema import Turn


def asked(question: str, *said: str) -> str:
    return pointed_out(question, [Turn("user" if at % 2 == 0 else "assistant", text) for at, text in enumerate(said)])


@pytest.mark.parametrize("pronoun", ["he", "she"])
def test_who_the_last_answer_begins_with_is_meant(pronoun: str) -> None:
    question = f"What did {pronoun} say?"
    assert asked(question, "Who runs Norwick?", "Rui Alves runs it for Ana Ruiz.") == "What did Rui Alves say?"


def test_who_the_last_question_named_is_meant_where_the_answer_names_nobody() -> None:
    assert asked("Did he stay?", "When did Rui Alves come?", "On 3 March 2021.") == "Did Rui Alves stay?"


def test_a_place_a_time_and_an_owner_are_nobody() -> None:
    said = ("Did Kenya's minister come to Norwick?", "Yes. On Monday Jane Otieno visited Norwick.")
    assert asked("And what did she open?", *said) == "What did Jane Otieno open?"


@pytest.mark.parametrize("pronoun", ["they", "the two of them", "both of them"])
def test_two_that_were_named_are_meant_by_they(pronoun: str) -> None:
    said = ("Who was Alves with?", "With Jane Otieno.")
    assert asked(f"What did {pronoun} sign?", *said) == "What did Jane Otieno and Alves sign?"


def test_of_three_nobody_knows_which_two_are_meant() -> None:
    said = ("Who met?", "Alves met Otieno and Ruiz.")
    assert asked("What did they sign?", *said) == "What did they sign?"


def test_one_name_said_at_length_and_short_is_one_person() -> None:
    said = ("Did Alves meet Otieno?", "Yes, Rui Alves met Jane Otieno.")
    assert asked("What did they sign?", *said) == "What did Rui Alves and Jane Otieno sign?"


def test_there_stays_as_it_is() -> None:
    said = ("When did Rui Alves reach Norwick?", "Rui Alves arrived in Norwick on Monday.")
    assert asked("Who was he to meet there?", *said) == "Who was Rui Alves to meet there?"


def test_without_a_conversation_nothing_is_written_out() -> None:
    assert pointed_out("Did he go there?", ()) == "Did he go there?"


def test_a_thing_is_called_what_the_last_answer_called_it() -> None:
    said = ("What did Ana sign?", "Ana signed a five-year tea pact with Kenya in Lima.")
    assert asked("What does the pact cover?", *said) == "What does the five-year tea pact with Kenya cover?"
    assert asked("What does the pact with Peru cover?", *said) == "What does the pact with Peru cover?"
    assert asked("What does the treaty cover?", *said) == "What does the treaty cover?"


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("Who attended the peace talks?", "Kyiv wants a lasting peace with Russia."),
        ("When did the new minister resign?", "It built a brand new reactor."),
        ("When did the peace talks end?", "Kyiv wants a lasting peace with Russia."),
    ],
)
def test_a_word_of_another_thing_is_not_written_out(question: str, answer: str) -> None:
    assert asked(question, "And?", answer) == question
