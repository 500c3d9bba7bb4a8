"""All passages in one request: what is asked, what of the reply is shown, and what is made of a bad one."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import date

import pytest

from rag.answer.llm import LanguageModel
from rag.answer.prompts import NONE_SAYS
from rag.answer.together import WEIGHED, by_article, read_together
from rag.answer.weigh import Finding
from rag.errors import EndpointError
from rag.index.meaning import Meaning
from rag.index.passages import Passage, find_passages
from rag.ingest.split import make_sentences
from rag.schema import Article, Hit, Step
from tests.conftest import QueueLLM, WordsEmbedding
from tests.endpoints import KEY, Endpoint, endpoint

STORM = (
    "The ferry Tejo was sent to Setubal in March 2021. Its crew of twelve was paid. The port of Lisbon was closed. "
    "Rui Alves is the harbour master. "
)
SCHOOL = (
    "Jane Otieno opened a school for 300 pupils in Kisumu. The school of Kisumu cost two million euros. "
    "The ferry Tejo brought its books. "
)
SENT = "The ferry Tejo was sent to Setubal in March 2021."
WHEN = "When was the ferry Tejo sent to Setubal?"


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


def article(name: str, title: str, text: str, published: date | None = None) -> Article:
    return Article(name, f"{name}.txt", title, text, published=published, sentences=make_sentences(text, published))


def passages(question: str, meaning: Meaning) -> list[Passage]:
    articles = {"a": article("a", "Storm", STORM, date(2021, 3, 30)), "b": article("b", "School", SCHOOL)}
    hits = [Hit(name, 0, len(one.text), one.text, 1.0) for name, one in articles.items()]
    return find_passages(question, hits, articles, meaning, {})


def in_json(*said: tuple[str, list[int]]) -> str:
    return json.dumps({"sentences": [{"text": text, "passages": numbers} for text, numbers in said]})


def read(question: str, meaning: Meaning, *replies: str) -> tuple[list[Finding], list[str], QueueLLM]:
    llm = QueueLLM(*replies)
    model = LanguageModel(llm, "queue", "http://127.0.0.1:1/v1")
    events = list(read_together(question, passages(question, meaning), model, meaning, {}))
    findings = [event for event in events if isinstance(event, Finding)]
    return findings, [event.text for event in events if isinstance(event, Step)], llm


def shown(question: str, meaning: Meaning, *said: tuple[str, list[int]]) -> list[str]:
    return [finding.text for finding in read(question, meaning, in_json(*said))[0]]


def test_one_request_has_every_article_numbered_the_best_first(meaning: Meaning) -> None:
    found, steps, llm = read(WHEN, meaning, in_json((SENT, [1])))
    assert [(finding.text, finding.passage.article.id) for finding in found] == [(SENT, "a")]
    assert steps == ["reading 2 articles together"]
    (asked,) = llm.asked
    last = str(asked[-1].content)
    first, second, asked_for = last.split("\n\n")
    assert first.startswith(f"Passage 1: Storm (30 March 2021)\n{SENT}")
    school = "The school of Kisumu cost two million euros. The ferry Tejo brought its books."
    assert second == f"Passage 2: School (date unknown)\n{school}"  # what is far off is left out
    assert asked_for == f"Question: {WHEN}"
    assert llm.options[0]["response_format"]["type"] == "json_schema"


def test_the_quote_is_found_by_code_in_the_article_pointed_at(meaning: Meaning) -> None:
    (finding,), *_ = read("Who is the harbour master?", meaning, in_json(("The harbour master is Rui Alves.", [1])))
    assert [finding.passage.said(quote) for quote in finding.quotes] == ["Rui Alves is the harbour master."]


def test_a_sentence_that_the_article_pointed_at_does_not_prove_is_left_out(meaning: Meaning) -> None:
    found, steps, _ = read(WHEN, meaning, in_json((SENT, [2])))
    assert found == []
    assert steps[-1] == "1 of 1 sentences left out: not proven, or said before"


@pytest.mark.parametrize("numbers", [[], [99], [0, -1]])
def test_one_that_points_at_nothing_there_is_looked_for_everywhere(meaning: Meaning, numbers: list[int]) -> None:
    assert shown(WHEN, meaning, (SENT, numbers)) == [SENT]


@pytest.mark.parametrize("numbers", [[1], [2], [99], []])
def test_an_invention_is_never_shown_whatever_it_points_at(meaning: Meaning, numbers: list[int]) -> None:
    assert shown(WHEN, meaning, ("The ferry Tejo was sent to Setubal in May 1999.", numbers)) == []


def test_sentences_are_shown_each_on_its_own_proof_and_nothing_twice(meaning: Meaning) -> None:
    question = "What is told of the school of Kisumu?"
    cost, opened = "The school of Kisumu cost two million euros.", "Jane Otieno opened the school for 300 pupils."
    assert shown(question, meaning, (cost, [1]), (cost, [1]), ("It has a pool.", [1]), (opened, [1])) == [cost, opened]


def test_a_bare_no_is_proven_by_nothing(meaning: Meaning) -> None:
    question = "Was the ferry Tejo sent to Porto?"
    assert shown(question, meaning, ("No, the ferry Tejo was not sent to Porto.", [1])) == []
    instead = "No. The ferry Tejo was sent to Setubal."
    assert shown(question, meaning, (instead, [1])) == [instead]


def test_a_long_reply_is_weighed_no_further_than_an_answer_is_long(meaning: Meaning) -> None:
    padding = [("It has a pool.", [1])] * WEIGHED
    assert shown(WHEN, meaning, *padding, (SENT, [1])) == []
    assert shown(WHEN, meaning, *padding[1:], (SENT, [1])) == [SENT]


@pytest.mark.parametrize("reply", [in_json(), NONE_SAYS])
def test_that_none_answers_shows_nothing(meaning: Meaning, reply: str) -> None:
    assert read(WHEN, meaning, reply)[0] == []


def test_a_far_off_question_is_refused_unread(meaning: Meaning) -> None:
    found, steps, llm = read("Which singer performs tonight?", meaning)
    assert (found, steps, llm.asked) == ([], [], [])
    assert by_article([]) == []


@pytest.mark.parametrize("reply", ["<html>Welcome</html>", '{"sentences": [{"te', "<think>I wonder"])
def test_a_reply_in_no_form_is_one_line_with_the_address(meaning: Meaning, reply: str) -> None:
    with pytest.raises(EndpointError, match=r"^http://127\.0\.0\.1:1/v1 answered in no form that can be read [^\n]*$"):
        read(WHEN, meaning, reply)


# The same over a real endpoint


@pytest.fixture
def server() -> Iterator[Endpoint]:
    with endpoint() as running:
        yield running


def read_at(server: Endpoint, meaning: Meaning, times: int = 1) -> list[str]:
    from rag.answer.endpoint import connect

    with connect(server.url, KEY, "served") as llm:
        model = LanguageModel(llm, "served", server.url)
        found = passages(WHEN, meaning)
        events = [event for _ in range(times) for event in read_together(WHEN, found, model.metered(), meaning, {})]
    return [event.text for event in events if isinstance(event, Finding)]


def test_an_endpoint_without_schemas_answers_in_words(server: Endpoint, meaning: Meaning) -> None:
    server.mode, server.reply = "no schema", f"{SENT} [1]"
    assert read_at(server, meaning, times=2) == [SENT, SENT]
    assert ["response_format" in asked for asked in server.asked] == [True, False, False]
    assert NONE_SAYS in server.asked[1]["messages"][0]["content"]


def test_an_endpoint_that_passes_over_the_schema_is_read_all_the_same(server: Endpoint, meaning: Meaning) -> None:
    server.reply = f"The passages tell. {SENT} [1]"
    assert read_at(server, meaning) == [SENT]
    assert len(server.asked) == 1


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("500", r"answered 500 \(out of order\)"),
        ("429", r"answered 429 \(out of order\); try again in 1 s"),
        ("cut", "broke off"),
        ("closed", "broke off in the middle"),
        ("empty", "empty answer"),
        ("page", "empty answer"),
        ("garbage", "broke off"),
        ("stuck", "writes on beyond the 1000 tokens asked for"),
    ],
)
def test_an_endpoint_that_misbehaves_is_told_in_one_line(
    server: Endpoint, meaning: Meaning, mode: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.answer.llm.CHARACTERS_A_TOKEN", 0.1)  # or a "stuck" one would take a minute
    server.mode, server.retry_after, server.reply = mode, "1", "Hi you"
    with pytest.raises(EndpointError, match=rf"^{server.url} [^\n]*{told}[^\n]*$"):
        read_at(server, meaning)
