"""Names given back to a question that was typed all in small letters."""

from __future__ import annotations

import pytest

from rag.answer.casing import with_names
from tests.stories import story

ARTICLES = [
    story("port", "Officials in Lisbon said that Rui Alves-Dias met Ibáñez there. They spoke of the port."),
    story("law", "Later on, the law of the Port of Lisbon was read out by Alves. The NATO envoy left."),
]


@pytest.mark.parametrize(
    ("question", "written"),
    [
        ("who met alves in lisbon?", "who met Alves in Lisbon?"),
        ("what did alves-dias say", "what did Alves-Dias say"),
        ("where was nato's envoy", "where was NATO's envoy"),
        ("did ibañez go?", "did Ibañez go?"),  # the asker's accents stay
        ("what of the port", "what of the port"),  # written both ways
        ("who are the officials", "who are the officials"),  # seen only as first word of a sentence
        ("who met Alves in lisbon?", "who met Alves in lisbon?"),  # typed with care
        ("2021?", "2021?"),
    ],
)
def test_words_that_the_articles_always_capitalise(question: str, written: str) -> None:
    assert with_names(question, ARTICLES) == written


def test_no_articles_no_names() -> None:
    assert with_names("who met alves", []) == "who met alves"
