"""Whom an answer names by one name only."""

from __future__ import annotations

import pytest

from rag.answer.full_names import asks_for_somebody, in_full
from rag.index.passages import Passage
from rag.ingest.split import make_sentences
from rag.schema import Article


def told(text: str, answer: str, question: str) -> str | None:
    """`in_full` with the last sentence of an article as the quote."""
    article = Article("a", "a.txt", "A tour", text, sentences=make_sentences(text, None))
    passage = Passage(article, article.sentences[-2:], article.sentences[-1], 1.0, 1.0)
    return in_full(answer, question, passage, article.sentences[-1])


WHO = "Who opened the bridge?"


@pytest.mark.parametrize(
    ("before", "full"),
    [
        ("Jane Otieno came.", "Jane Otieno opened the bridge."),
        ("Kenyan President Jane Otieno came on Monday.", "Jane Otieno opened the bridge."),
        ("Otieno came.", None),
        ("Jane Otieno came with Rui Otieno.", None),
        ("They came to Otieno Square in Lima.", None),
    ],
    ids=["named before", "behind an office", "never in full", "two of that name", "a place"],
)
def test_a_single_name_is_given_in_full_where_one_person_has_it(before: str, full: str | None) -> None:
    assert told(f"{before} Then Otieno opened the bridge.", "Otieno opened the bridge.", WHO) == full


def test_a_name_that_comes_only_later_is_not_used() -> None:
    assert told("Otieno opened it. Jane Otieno left.", "Otieno.", "Who left?") is None


@pytest.mark.parametrize(
    ("answer", "question"),
    [
        ("Jane Otieno opened the bridge.", WHO),
        ("Otieno and Alves opened it.", WHO),
        ("Otieno opened it on Monday.", "What did Otieno open?"),
        ("Otieno.", "Which country opened the bridge?"),
    ],
    ids=["full already", "two people", "nobody asked for", "a country asked for"],
)
def test_all_else_stays_as_it_is(answer: str, question: str) -> None:
    assert told("Jane Otieno met Rui Alves. Otieno and Alves opened it.", answer, question) is None


@pytest.mark.parametrize(
    "question", ["Who won?", "Which athlete won?", "Which US vice president left?", "Name the boss: whom did he call?"]
)
def test_questions_for_somebody(question: str) -> None:
    assert asks_for_somebody(question)


@pytest.mark.parametrize("question", ["Which country won?", "When did the president leave?", "What award did he get?"])
def test_questions_for_something_else(question: str) -> None:
    assert not asks_for_somebody(question)
