"""Reading passage by passage: what is shown, what is cut, when it stops."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answer.llm import LanguageModel
from rag.answer.prompts import INSTEAD, NOT_SAID
from rag.answer.read import READ, READABLE, Finding, fit, read_passages
from rag.index.meaning import Meaning
from rag.index.passages import Passage, find_passages, whole_chunks
from rag.ingest.split import make_sentences
from rag.schema import Article, Hit, Step
from tests.conftest import QueueLLM, WordsEmbedding

TEXT = (
    "The ferry Tejo was sent to Setubal in March 2021. Its crew of twelve was paid. The port of Lisbon was closed. "
    "Rui Alves is the harbour master. Winds reached the coast. The storm passed. "
)
HIT = Hit("a", 0, len(TEXT), TEXT, 1.0)
TOGETHER = 1  # reading of the chunks, after the sentences


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


@pytest.fixture
def passages(meaning: Meaning) -> Callable[[str], list[Passage]]:
    article = Article("a", "a.txt", "Storm", TEXT, sentences=make_sentences(TEXT, None))
    return lambda question: find_passages(question, [HIT], {"a": article}, meaning, {})


def read(
    question: str, passages: Callable[[str], list[Passage]], meaning: Meaning, *replies: str
) -> tuple[list[str], QueueLLM]:
    llm = QueueLLM(*replies)
    model = LanguageModel(llm, "queue", "http://127.0.0.1:1/v1")
    found = passages(question)
    said = list(read_passages(question, found, whole_chunks(found, [HIT]), model, meaning, {}))
    assert all(isinstance(event, Step | Finding) for event in said)
    return [event.text for event in said if isinstance(event, Finding)], llm


def test_the_first_good_sentence_ends_the_reading(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    found, llm = read(
        "When was the ferry Tejo sent to Setubal?", passages, meaning, "The ferry Tejo was sent in March 2021."
    )
    assert found == ["The ferry Tejo was sent in March 2021."]
    assert len(llm.asked) == 1


def test_the_best_passage_is_read_first_behind_its_title(
    passages: Callable[[str], list[Passage]], meaning: Meaning
) -> None:
    _, llm = read("Who is the harbour master?", passages, meaning, "Rui Alves is the harbour master.")
    assert "Passage: Storm (date unknown)\n" in str(llm.asked[0][-1].content)
    assert "Rui Alves is the harbour master." in str(llm.asked[0][-1].content)


def test_an_invention_is_read_past_and_never_shown(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    inventions = ["The ferry Tejo was sent in May 1999."] * (READ + TOGETHER)
    found, llm = read("When was the ferry Tejo sent to Setubal?", passages, meaning, *inventions)
    assert found == []
    assert 1 < len(llm.asked) <= READ + TOGETHER


def test_a_far_off_question_is_refused_unread(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    found, llm = read("Which singer performs tonight?", passages, meaning)
    assert (found, llm.asked) == ([], [])


def test_a_sentence_that_gives_no_date_answers_no_when(
    passages: Callable[[str], list[Passage]], meaning: Meaning
) -> None:
    drafts = ["The ferry Tejo was sent to Setubal."] * (READ + TOGETHER)
    found, _ = read("When was the ferry Tejo sent?", passages, meaning, *drafts)
    assert found == []


def test_what_the_model_does_not_find_is_not_shown(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    assert read("Who is the captain of the Tejo?", passages, meaning, *[NOT_SAID] * (READ + TOGETHER))[0] == []


def test_the_chunks_are_read_together_where_no_sentence_answers(
    passages: Callable[[str], list[Passage]], meaning: Meaning
) -> None:
    question = "When was the ferry Tejo sent to Setubal?"
    sentences = sum(passage.score >= READABLE for passage in passages(question)[:READ])
    found, llm = read(question, passages, meaning, *[NOT_SAID] * sentences, "The ferry Tejo was sent in March 2021.")
    assert found == ["The ferry Tejo was sent in March 2021."]
    assert TEXT.strip() in str(llm.asked[-1][-1].content)


def test_a_bare_answer_must_fit_the_question_well(
    passages: Callable[[str], list[Passage]], meaning: Meaning, monkeypatch: pytest.MonkeyPatch
) -> None:
    question = "Who is the harbour master?"
    assert read(question, passages, meaning, "Rui Alves.")[0] == ["Rui Alves."]
    monkeypatch.setattr("rag.answer.read.BARE", 1.01)
    assert read(question, passages, meaning, *["Rui Alves."] * (READ + TOGETHER))[0] == []


def test_a_bare_no_is_asked_what_is_so_instead(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    found, llm = read(
        "Was the ferry Tejo sent to Porto?",
        passages,
        meaning,
        "No, the ferry Tejo was not sent to Porto.",
        "The ferry Tejo was sent to Setubal.",
    )
    assert found == ["No. The ferry Tejo was sent to Setubal."]
    assert str(llm.asked[1][-1].content) == INSTEAD


def test_the_fit_is_a_weighted_mean() -> None:
    assert fit(words=1.0, question=0.5, claim=1.0) == pytest.approx(1.75 / 2.25)
