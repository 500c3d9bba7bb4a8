"""Whom a pronoun means."""

from __future__ import annotations

import pytest

from rag.answer.antecedent import antecedent, full_names
from rag.index.passages import Passage
from rag.ingest.split import make_sentences
from rag.schema import Article

TEXT = (
    "Jane Otieno met Rui Alves in Lima. She saw plants near the capital.\n\n"
    '"We trust you," she told the guest. "It was late," Mary Wanjiru said.'
)


@pytest.fixture
def passage() -> Passage:
    article = Article("a", "a.txt", "A tour", TEXT, sentences=make_sentences(TEXT, None))
    return Passage(article, article.sentences, article.sentences[0], 1.0, 1.0)


def test_full_names_are_whole_and_no_places() -> None:
    assert full_names("Prime Minister Jane Otieno met Rui Alves in Lima.") == [
        ["Prime", "Minister", "Jane", "Otieno"],
        ["Rui", "Alves"],
    ]


@pytest.mark.parametrize(
    ("at", "unnamed", "echoed", "found"),
    [
        (1, ["otieno"], False, True),
        (1, ["alves"], False, False),  # "she" is the one the sentence before begins with
        (1, ["lima"], True, True),  # the capital
        (1, ["lima"], False, False),
        (2, ["alves"], True, True),  # you
        (2, ["quito"], True, False),
    ],
)
def test_the_sentence_that_names_whom_is_meant(
    passage: Passage, at: int, unnamed: list[str], echoed: bool, found: bool
) -> None:
    helper = antecedent(unnamed, passage.sentences[at], passage, echoed)
    assert helper == (passage.sentences[0] if found else None)
