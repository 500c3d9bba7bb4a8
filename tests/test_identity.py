"""Whether somebody was the one: the open question, and the yes or no to the one asked."""

from __future__ import annotations

import pytest

from rag.answer.identity import answered, opened

LAST = "Who or what was the last king to visit Peru?"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Was Rui Alves the last king to visit Peru?", (LAST, "Rui Alves")),
        ("Is Ana Silva Kenya's envoy?", ("Who or what is Kenya's envoy?", "Ana Silva")),
        ("Was it Alves who paid?", ("Who or what was it who paid?", "Alves")),
        ("Was Özil da Silva the last king to visit Peru?", (LAST, "Özil da Silva")),
        ("Was it Monday that he paid?", None),
        ("Is US the largest donor?", None),
        ("Was Alves the winner or the loser?", None),
        ("Was Alves in Peru?", None),
        ("Was the ferry the last to leave?", None),
        ("Did Alves visit the king?", None),
        ("Who was the last king?", None),
    ],
)
def test_a_question_of_identity_is_opened(question: str, found: tuple[str, str] | None) -> None:
    assert opened(question) == found


@pytest.mark.parametrize(
    ("said", "name", "quote", "answer"),
    [
        (
            "Rui Alves was the last king.",
            "Rui Alves",
            "Rui Alves was the last to come.",
            "Yes. Rui Alves was the last king.",
        ),
        (
            "Ana Silva was the last king.",
            "Rui Alves",
            "Ana Silva was the last to come.",
            "No. Ana Silva was the last king.",
        ),
        ("Ana Silva was a king.", "Rui Alves", "Ana Silva was a king of Peru.", None),  # who says she was the last
        ("The last were Ana Silva and Jo Lund.", "Rui Alves", "The last were Ana Silva and Jo Lund.", None),
        ("Alves was the last king.", "Rui Alves", "Alves was the last to come.", "Yes. Alves was the last king."),
        (
            "President Ana Silva was the last.",
            "Silva",
            "Silva was the last king.",
            "Yes. President Ana Silva was the last.",
        ),
        ("South Sudan was the last.", "Sudan", "South Sudan was the last to join.", None),
        ("Niger was the last.", "Nigeria", "So Niger was the last to join.", "No. Niger was the last."),
        ("Yale University was the last.", "Harvard University", "Yale University was the last to do so.", None),
        ("Rui Alves was not the last.", "Rui Alves", "Rui Alves was not the last king.", None),
        ("Ana Silva was the last.", "Rui Alves", "Ana Silva denied that she was the last king.", None),
        ("Rui Alves denied being the last.", "Rui Alves", "Rui Alves denied being the last king.", None),
        ("The Kenyan was the last.", "Rui Alves", "The Kenyan was the last king.", None),
        ("The Lima founder is the last.", "Rui Alves", "The Lima founder is the last king.", None),
        ("Rui Alves was the second-last.", "Rui Alves", "Rui Alves was the second-last king.", None),
        ("Soldiers were the last.", "Rui Alves", "Soldiers were the last to come.", None),
        ("Ana Silva said Rui Alves was the last.", "Rui Alves", "Ana Silva said Rui Alves was the last king.", None),
        ("The United Nations was the last.", "UN", "The United Nations was the last to come.", None),
        ("The last came by sea.", "Rui Alves", "The last came by sea.", None),
    ],
)
def test_yes_or_no_is_said_only_where_it_is_sure(said: str, name: str, quote: str, answer: str | None) -> None:
    assert answered(said, name, LAST, [quote]) == answer
