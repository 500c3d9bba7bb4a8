from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answer.chat import REMEMBERED, REMEMBERED_CHARACTERS, leans_back, standalone
from rag.answer.llm import LanguageModel
from rag.answer.prompts import CONDENSING
from rag.schema import Turn

Says = Callable[..., LanguageModel]
HISTORY = (
    Turn("user", "Who opened the Ellery bridge?"),
    Turn("assistant", "Ana Ruiz of the U.S. opened the Ellery bridge. [1]"),
)


@pytest.mark.parametrize(
    "question",
    [
        "When did she arrive?",
        "And the harbour of Norwick?",
        "Why?",
        "What else did Ruiz open there?",
        "How much?",
    ],
)
def test_what_points_back_or_says_too_little_leans_on_the_conversation(question: str) -> None:
    assert leans_back(question)


@pytest.mark.parametrize("question", ["When did Ana Ruiz open the bridge?", "How much did the Ellery bridge cost?"])
def test_what_names_its_who_and_what_stands_alone(question: str) -> None:
    assert not leans_back(question)


def test_a_first_question_and_one_that_stands_alone_need_no_model(says: Says) -> None:
    assert standalone("When did she arrive?", (), says()) == "When did she arrive?"
    assert standalone("When did Ana Ruiz arrive in Ellery?", HISTORY, says()) == ("When did Ana Ruiz arrive in Ellery?")


def test_a_follow_up_is_rewritten(says: Says) -> None:
    model = says("When did Ana Ruiz arrive?")
    assert standalone("When did she arrive?", HISTORY, model) == "When did Ana Ruiz arrive?"
    (asked,) = model.llm.asked  # type: ignore[attr-defined]
    assert asked[0].content == CONDENSING
    assert "Last question: When did she arrive?" in asked[-1].content
    assert "Ana Ruiz of the U.S. opened the Ellery bridge." in asked[-1].content
    assert "[1]" not in asked[-1].content


@pytest.mark.parametrize(
    "reply",
    [
        "When did Boris Okoro arrive?",
        "",
        "  ",
        "Ana Ruiz " * 200,
        "Who when did she arrive opened the Ellery bridge?",
        "Ana Ruiz.",
    ],
    ids=["a name from nowhere", "empty", "blank", "endless", "the question wrapped in another", "nothing of it"],
)
def test_a_rewriting_that_cannot_be_trusted_is_not_used(says: Says, reply: str) -> None:
    assert standalone("When did she arrive?", HISTORY, says(reply)) == "When did Ana Ruiz arrive?"


def test_a_pronoun_that_the_model_leaves_is_written_out(says: Says) -> None:
    left = says("When did she arrive?")
    assert standalone("When did she arrive?", HISTORY, left) == "When did Ana Ruiz arrive?"


def test_a_name_with_points_is_known_from_the_conversation(says: Says) -> None:
    rewritten = "When did Ana Ruiz of the U.S. arrive?"
    assert standalone("When did she arrive?", HISTORY, says(rewritten)) == rewritten


def test_only_the_first_line_is_the_question(says: Says) -> None:
    model = says("When did Ana Ruiz arrive?\nShe arrived on Monday.")
    assert standalone("When did she arrive?", HISTORY, model) == "When did Ana Ruiz arrive?"


def test_a_long_conversation_is_cut_to_what_the_model_can_read(says: Says) -> None:
    model = says("When did Ana Ruiz arrive?")
    turn = "x" * 10_000
    standalone("When did she arrive?", [Turn("user", turn)] * 50, model)
    (asked,) = model.llm.asked  # type: ignore[attr-defined]
    assert asked[-1].content.count("x") == REMEMBERED * REMEMBERED_CHARACTERS
