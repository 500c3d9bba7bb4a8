"""Which passages are worth the model's time."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from rag.answer.choose import READ, READABLE, YES_NO_READ, could_answer, told_before, worth_reading
from rag.index.meaning import Meaning
from rag.index.passages import find_passages
from rag.ingest.split import make_sentences
from rag.schema import Article, Hit
from tests.conftest import WordsEmbedding
from tests.stories import passages, story

(FERRY,) = passages(
    [story("port", "The ferry Tejo went to Setubal with a crew of twelve on Tuesday.", date(2021, 3, 3))]
)
(MASTER,) = passages([story("port", "The harbour master has served there for many years.", None)])


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


@pytest.mark.parametrize(
    ("question", "could"),
    [
        ("When did the ferry Tejo go?", True),
        ("When did the ferry Sado go?", False),
        ("Where did the ferry go on 3 May 2019?", False),
        ("How many crew were on the ferry?", True),
        ("How long was the ferry away?", False),
        ("Did the ferry Sado go?", True),  # the passage may prove a no
    ],
)
def test_a_ferry(question: str, could: bool, meaning: Meaning) -> None:
    assert could_answer(question, FERRY, meaning) is could


@pytest.mark.parametrize(
    ("question", "could"),
    [
        ("How long has the master served?", True),
        ("How many masters have served?", False),
        ("When did the master begin?", False),
        ("Who has served there?", True),
    ],
)
def test_a_harbour_master(question: str, could: bool, meaning: Meaning) -> None:
    assert could_answer(question, MASTER, meaning) is could


def test_only_the_best_few_above_the_threshold_are_looked_at(meaning: Meaning) -> None:
    far_off = replace(FERRY, words=READABLE - 0.01, meaning=READABLE - 0.01)
    assert worth_reading("Who went?", [FERRY] * (READ + 1), meaning) == [FERRY] * READ
    assert worth_reading("Did it go?", [FERRY] * READ, meaning) == [FERRY] * YES_NO_READ
    assert worth_reading("Who went?", [far_off, FERRY], meaning) == [FERRY]
    assert worth_reading("Where did the Sado go?", [FERRY], meaning) == []


@pytest.mark.parametrize(
    ("quotation", "told"),
    [
        ("It was a long night, he said.", True),
        ("It was a long night, Rui Alves said.", False),  # a name far above it is not the speaker's
    ],
)
def test_of_whom_a_quotation_is_may_stand_far_above_it(quotation: str, told: bool, meaning: Meaning) -> None:
    text = "\n\n".join(["Ana Silva spoke.", *["A ship lay in the port."] * 9, quotation])
    article = Article("a", "a.txt", "Storm", text, sentences=make_sentences(text, None))
    hits = [Hit("a", 0, len(text), text, 1.0)]
    best, *_ = find_passages('Who said "it was a long night"?', hits, {"a": article}, meaning, {})
    assert best.quotes
    assert ("Ana Silva spoke." in told_before(best, best.focus)) is told
