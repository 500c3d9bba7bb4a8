"""Polite and indirect questions are asked plainly; all others stay as they were typed."""

from __future__ import annotations

import pytest

from rag.answer.needs import asks_for
from rag.answer.plain import plain


@pytest.mark.parametrize(
    ("typed", "asked"),
    [
        ("Can you tell me when Alves left Lisbon?", "When Alves left Lisbon?"),
        ("Could you please say who met Alves?", "Who met Alves?"),
        ("I'd like to know in which city he spoke.", "In which city he spoke?"),
        ("Hello, do you happen to know how many ships came?", "How many ships came?"),
        ("Do the articles say why the port closed?", "Why the port closed?"),
        ("Tell me the date of the visit", "What is the date of the visit?"),
        ("I wonder if Alves went to Porto", "Whether Alves went to Porto?"),
        ("tell me where alves went", "where alves went?"),  # small: its names are found later
        ("Who met Alves, please?", "Who met Alves?"),
        ("May I ask which two ports he saw?", "Which two ports he saw?"),
        ("I'd be grateful to know who came.", "Who came?"),
        ("Could you tell me when Alves will come?", "When Alves will come?"),
        ("Tell me when and where they met.", "When and where they met?"),
        ("Tell me the names of the ports.", "What are the names of the ports?"),
        ("I was wondering if you could tell me who came", "Who came?"),
        ("Could you name the three ships?", "Name the three ships"),
        ("List the ports Alves visited.", "Which ports Alves visited?"),
        ("Could you list the ports that Alves visited?", "Which ports Alves visited?"),
        ("Name the fields in which they agreed.", "In which fields they agreed?"),
        ("Give me the names of the two envoys who came", "Which two envoys came?"),
    ],
)
def test_a_polite_beginning_is_left_out(typed: str, asked: str) -> None:
    assert plain(typed) == asked


@pytest.mark.parametrize(
    "question",
    [
        "Who met Alves?",
        "Can you vote from abroad?",
        "Did Alves tell Costa who came?",
        "Could Lisbon tell Porto what to do?",
        "Would you say the ties are good?",
        "What did he want to know when he came?",
        "If Alves met Costa, when was it?",
        "Is it known how far the deals go?",
        "Please list the ships.",
        "Name the Porto director.",
        "Name the president of Portugal",
        "List the sanctions against Iran",
        "Who said thanks",
        "Who wrote the song Thank You?",
        "Who sings Please Please?",
        '"Do you know who I am?" - who said that?',
        "I don't know who Alves is, but when did he die?",
        "Tell me who he met. Where did they meet?",
        "Can you tell me more?",
        "Give the number of ships Alves sent.",
        "",
    ],
)
def test_other_questions_stay_as_they_are(question: str) -> None:
    assert plain(question) == question


@pytest.mark.parametrize(
    ("typed", "need"),
    [
        ("Can you tell me when Alves left?", "date"),
        ("Could you say how many ships came?", "number"),
        ("Do you know who met Alves?", "thing"),
        ("Can you tell me whether Alves left?", "yes_no"),
        ("Tell me when and where Alves left", "thing"),
        ("When Alves left Lisbon, who met him?", "thing"),
        ("When Alves left Lisbon who met him?", "thing"),
        ("When Alves was in Lisbon did he speak?", "thing"),
        ("Did Alves leave?", "yes_no"),
    ],
)
def test_what_a_polite_question_asks_for(typed: str, need: str) -> None:
    assert asks_for(plain(typed)) == need
