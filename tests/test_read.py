"""Reading passage by passage: what is shown, what is cut, when it stops."""

from __future__ import annotations

from collections.abc import Callable

import pytest

from rag.answer.choose import READ
from rag.answer.llm import LanguageModel
from rag.answer.prompts import INSTEAD, NOT_SAID
from rag.answer.read import read_passages, votes
from rag.answer.weigh import Finding, weigh
from rag.index.meaning import Meaning
from rag.index.passages import Passage, find_passages
from rag.ingest.split import make_sentences
from rag.schema import Article, Hit, Step
from tests.conftest import QueueLLM, WordsEmbedding

TEXT = (
    "The ferry Tejo was sent to Setubal in March 2021. Its crew of twelve was paid. The port of Lisbon was closed. "
    "Rui Alves is the harbour master. Winds reached the coast. The storm passed. "
)
HIT = Hit("a", 0, len(TEXT), TEXT, 1.0)


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
    said = list(read_passages(question, found, model, meaning, {}))
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
    inventions = ["The ferry Tejo was sent in May 1999."] * READ
    found, llm = read("When was the ferry Tejo sent to Setubal?", passages, meaning, *inventions)
    assert found == []
    assert 1 < len(llm.asked) <= READ


def test_a_far_off_question_is_refused_unread(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    found, llm = read("Which singer performs tonight?", passages, meaning)
    assert (found, llm.asked) == ([], [])


def test_a_sentence_that_gives_no_date_answers_no_when(
    passages: Callable[[str], list[Passage]], meaning: Meaning
) -> None:
    drafts = ["The ferry Tejo was sent to Setubal."] * READ
    found, _ = read("When was the ferry Tejo sent?", passages, meaning, *drafts)
    assert found == []


def test_what_the_model_does_not_find_is_not_shown(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    assert read("Who is the captain of the Tejo?", passages, meaning, *[NOT_SAID] * READ)[0] == []


def test_of_an_unproven_draft_what_the_quote_holds_is_shown(
    passages: Callable[[str], list[Passage]], meaning: Meaning
) -> None:
    question = "Who runs the harbour as its master?"
    (first, *_) = passages(question)
    found = weigh(question, "Rui Alves runs the whole harbour as its feared master.", first, meaning, {})
    assert (found.text, found.verdict, found.signs.checked) == ("Rui Alves.", "supported", 0.0)
    assert first.said(found.quotes[0]) == "Rui Alves is the harbour master."


def test_no_date_is_shown_of_an_unproven_draft(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    question = "When was the old ferry Tejo painted and renamed?"
    found = weigh(
        question, "The old ferry Tejo was painted and renamed in March 2021.", passages(question)[0], meaning, {}
    )
    assert found.verdict == "unsupported"


def test_other_passages_that_say_the_same_are_votes(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    question = "Who is the harbour master?"
    one, other, *_ = passages(question)
    draft = "Rui Alves is the harbour master."
    same = [weigh(question, draft, passage, meaning, {}) for passage in (one, other)]
    apart = weigh(question, "The crew was paid.", other, meaning, {})
    assert votes(same[0], [*same, apart]) == pytest.approx(1 / 3)
    assert votes(same[0], [same[0], same[0], apart]) == 0  # a passage does not vote for itself


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


def test_a_question_of_identity_is_read_openly(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    question = "Was Ana Silva the harbour master?"
    found, llm = read(question, passages, meaning, "Rui Alves is the harbour master.")
    assert found == ["No. Rui Alves is the harbour master."]
    assert str(llm.asked[0][-1].content).endswith("Question: Who or what was the harbour master?")


def test_a_sentence_that_only_echoes_is_cut(passages: Callable[[str], list[Passage]], meaning: Meaning) -> None:
    question = "Who will be the harbour master?"
    assert read(question, passages, meaning, "Rui Alves will be the harbour master.")[0] == ["Rui Alves."]


def test_whoever_asks_for_a_quotation_is_shown_it(meaning: Meaning) -> None:
    text = "Rui Alves is the harbour master. Alves spoke of the storm. It was a long night, he told the port."
    article = Article("a", "a.txt", "Storm", text, sentences=make_sentences(text, None))
    question = 'Which harbour master said "it was a long night"?'
    found = find_passages(question, [Hit("a", 0, len(text), text, 1.0)], {"a": article}, meaning, {})
    said = weigh(question, "Rui Alves is the harbour master.", found[0], meaning, {})
    assert article.sentences[2] in said.quotes


def test_only_where_the_quoted_words_stand_is_the_answer(meaning: Meaning) -> None:
    text = "Ana Silva called the storm at the port a night to forget. Rui Alves called it a long night."
    article = Article("a", "a.txt", "Storm", text, sentences=make_sentences(text, None))
    question = 'Who called the storm at the port "a long night"?'
    found = find_passages(question, [Hit("a", 0, len(text), text, 1.0)], {"a": article}, meaning, {})
    drafts = [NOT_SAID, "Ana Silva called the storm at the port a night to forget."]
    model = LanguageModel(QueueLLM(*drafts), "queue", "http://127.0.0.1:1/v1")
    said = [event for event in read_passages(question, found, model, meaning, {}) if isinstance(event, Finding)]
    assert (found[0].quotes, said) == (("a long night",), [])


def test_somebody_is_called_in_full_with_the_sentence_that_does_so(meaning: Meaning) -> None:
    text = "Rui Alves is the harbour master. The port of Lisbon was closed by Alves."
    article = Article("a", "a.txt", "Storm", text, sentences=make_sentences(text, None))
    question = "Who closed the port of Lisbon?"
    found = find_passages(question, [Hit("a", 0, len(text), text, 1.0)], {"a": article}, meaning, {})
    model = LanguageModel(QueueLLM(*["The port of Lisbon was closed by Alves."] * 2), "queue", "http://127.0.0.1:1/v1")
    said = [event for event in read_passages(question, found, model, meaning, {}) if isinstance(event, Finding)]
    assert [finding.text for finding in said] == ["The port of Lisbon was closed by Rui Alves."]
    assert said[0].quotes == article.sentences


def test_what_counts_other_than_the_question_is_no_answer(meaning: Meaning) -> None:
    text = "The harbour signed a 20-year pact on oil and fish."
    article = Article("a", "a.txt", "Storm", text, sentences=make_sentences(text, None))
    question = "What does the ten-year pact of the harbour cover?"
    found = find_passages(question, [Hit("a", 0, len(text), text, 1.0)], {"a": article}, meaning, {})
    weighed = weigh(question, "The pact of the harbour covers oil and fish.", found[0], meaning, {})
    assert (weighed.verdict, weighed.reason) == ("unsupported", "the quote says 20 of what the question counts")


def test_what_only_comes_near_to_a_quote_is_not_proven_by_it(meaning: Meaning) -> None:
    text = "The harbour of Lisbon is run by Rui Alves."
    article = Article("a", "a.txt", "Storm", text, sentences=make_sentences(text, None))
    question = "What is the harbour of Lisbon called?"
    found = find_passages(question, [Hit("a", 0, len(text), text, 1.0)], {"a": article}, meaning, {})
    weighed = weigh(question, "The harbour of Lisbon is called Alcantara.", found[0], meaning, {})
    assert weighed.verdict == "unsupported"


def test_what_does_not_follow_from_its_quote_is_not_supported(
    passages: Callable[[str], list[Passage]], meaning: Meaning
) -> None:
    question, draft = "When was the ferry Tejo sent to Setubal?", "The ferry Tejo was sent in March 2021."
    asked: list[tuple[str, str]] = []

    def entails(premise: str, hypothesis: str) -> bool:
        asked.append((premise, hypothesis))
        return False

    passage = passages(question)[0]
    assert weigh(question, draft, passage, meaning, {}).verdict == "supported"
    meaning.entails = entails
    finding = weigh(question, draft, passage, meaning, {})
    assert (finding.verdict, finding.reason) == ("unsupported", "it does not follow from the quote")
    assert asked == [("The ferry Tejo was sent to Setubal in March 2021.", f"{question} {draft}")]
