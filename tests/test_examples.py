"""Example questions are made of what the articles say, and read like English."""

from __future__ import annotations

from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.config import BUNDLED_CORPUS
from rag.examples import BUNDLED, MOST, example_questions, examples_for
from rag.ingest.split import make_sentences
from rag.schema import Article


def article(text: str, title: str = "", id: str = "one", path: str = "/news/one.txt") -> Article:
    return Article(id, path, title, text, sentences=make_sentences(text, date(2021, 3, 4)))


@pytest.mark.parametrize(
    ("text", "question"),
    [
        ("Harbour master Rui Alves visited Lisbon on Tuesday.", "When did Rui Alves visit Lisbon?"),
        ("Jane Otieno arrived in Kisumu on Monday, aides say.", "When did Jane Otieno arrive in Kisumu?"),
        ("In May, Otieno met with Rui Alves.", "When did Otieno meet with Rui Alves?"),
        (
            "On 2 March Ana da Costa flew to the United Kingdom.",
            "When did Ana da Costa fly to the United Kingdom?",
        ),
        ("“We wait,” said Rui Alves, the harbour master.", "Who is Rui Alves?"),
    ],
)
def test_a_sentence_becomes_the_question_it_answers(text: str, question: str) -> None:
    assert example_questions([article(text)]) == (question,)


@pytest.mark.parametrize(
    "text",
    [
        "Rui Alves visited Lisbon.",  # no time is told
        "Rui Alves visited in May.",
        "Rui Alves arrived in March.",  # a month is no place
        "Rui Alves met French officials on Monday.",  # the name goes on
        "Rui Alves visited Lisbon's port on Monday.",
        "The European Union visited Lisbon on Monday.",
        "Ministers visited Lisbon on Monday.",
        "It opened on Monday, said Rui Alves.",  # nobody says who he is
    ],
)
def test_a_sentence_that_gives_no_good_question_gives_none(text: str) -> None:
    assert example_questions([article(text)]) == ()


def test_a_headline_is_asked_about_where_sentences_give_nothing() -> None:
    quiet = "All was quiet."
    titled = [
        article(quiet, 'Mayor calls port "closed" | The Paper', "one"),
        article(quiet, "Winds of 120 km/h in Lisbon.", "two"),
        article(quiet, "Minister opens school for 300 pupils and", "broken off"),
        article(quiet, "Long " * 30, "long"),
        article(quiet, "Winds of 120 km/h in Lisbon", "copy"),
    ]
    assert example_questions(titled) == (
        "What does “Mayor calls port closed” report?",
        "What does “Winds of 120 km/h in Lisbon” report?",
    )


def test_there_are_four_at_most_and_one_an_article() -> None:
    names = ("Rui Alves", "Jane Otieno", "Ana Lima", "Omar Said", "Lea Roth")
    told = [
        article(f"{name} visited Porto on Monday. “No,” said {name}, the mayor.", f"{name} in Porto", name)
        for name in names
    ]
    assert example_questions(told) == (
        "When did Rui Alves visit Porto?",
        "When did Jane Otieno visit Porto?",
        "Who is Ana Lima?",
        "Who is Omar Said?",
    )


def test_only_the_bundled_corpus_has_questions_of_its_own() -> None:
    bundled = [article("Rui Alves visited Lisbon on Monday.", path=str(BUNDLED_CORPUS / "000.txt"))]
    mixed = [*bundled, article("All was quiet.", id="two", path="/news/two.txt")]
    assert examples_for(bundled, lambda id: pytest.fail("not needed")) == BUNDLED
    assert examples_for(mixed, {a.id: a for a in mixed}.__getitem__) == ("When did Rui Alves visit Lisbon?",)
    assert examples_for([], lambda id: pytest.fail("there is none")) == ()


def test_the_questions_of_the_bundled_corpus_name_what_stands_in_it() -> None:
    corpus = " ".join(path.read_text(encoding="utf-8") for path in Path(BUNDLED_CORPUS).glob("*.txt"))
    names = [word.strip("?") for question in BUNDLED for word in question.split()[1:] if word[0].isupper()]
    assert [name for name in names if name not in corpus] == []


@given(st.text(max_size=200), st.text(max_size=120))
def test_any_article_gives_whole_questions_or_none(text: str, title: str) -> None:
    questions = example_questions([article(text, title)])
    assert len(questions) <= MOST
    assert all(question.endswith("?") and question.isprintable() for question in questions)
