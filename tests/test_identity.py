"""Whether somebody was the one: the open question, and the yes or no to the one asked."""

from __future__ import annotations

import pytest

from rag.answer.identity import answered, opened

LAST = "Who or what was the last king to visit Peru?"


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("Was Rui Alves the last king to visit Peru?", (LAST, "Rui Alves")),
        ("Wasn't Rui Alves the last king to visit Peru?", (LAST, "Rui Alves")),
        ("Is Ana Silva Kenya's envoy?", ("Who or what is Kenya's envoy?", "Ana Silva")),
        ("Was it Alves who paid?", ("Who or what was it who paid?", "Alves")),
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
        ("The last came by sea.", "Rui Alves", "The last came by sea.", None),
    ],
)
def test_yes_or_no_is_said_only_where_it_is_sure(said: str, name: str, quote: str, answer: str | None) -> None:
    assert answered(said, name, LAST, [quote]) == answer
