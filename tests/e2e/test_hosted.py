"""Hosted models: a real second llama.cpp in a process of its own, and an endpoint that misbehaves over real HTTP."""

from __future__ import annotations

import json
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace

import pytest

from rag.answer.llm import open_language_model
from rag.answer.prompts import REFUSAL
from rag.config import DEFAULT_EMBEDDER, DEFAULT_LLM, Settings, load_settings
from rag.errors import EndpointError
from rag.index.archive import Archive
from rag.models import ensure_model
from rag.pipeline import ask, open_archive
from rag.schema import Answer, Done, Event, EvidenceFound, SentencePassed, Step
from tests.e2e.program import dateline
from tests.endpoints import KEY, Endpoint, dead_url, endpoint

pytestmark = pytest.mark.e2e

LAVROV = "When did Lavrov visit Havana?"
UNANSWERED = "How many children does President Maduro have?"
ARRIVED = "Sergei Lavrov arrived in Havana on Wednesday night (19 April 2023)."
INVENTED = "Sergei Lavrov arrived in Havana on Monday (1 May 2023)."


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    found = load_settings(home=str(tmp_path_factory.mktemp("hosted") / "home"))
    for name in (DEFAULT_EMBEDDER, DEFAULT_LLM):
        ensure_model(name, found)
    return replace(found, llm=None, llm_url=None, llm_key=None, reading="together")


@pytest.fixture(scope="module")
def archive(settings: Settings) -> Iterator[Archive]:
    with open_archive(settings) as opened:
        yield opened


@pytest.fixture(scope="module")
def hosted(settings: Settings) -> Iterator[str]:
    """The address of a second llama.cpp with the default model; it wants KEY."""
    command = [sys.executable, "-m", "eval.llama_server", str(ensure_model(DEFAULT_LLM, settings)), KEY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        assert server.stdin
        server.stdin.close()
        server.wait(30)


def events(archive: Archive, settings: Settings, url: str, question: str) -> Iterator[Event]:
    with ExitStack() as stack:
        model = stack.enter_context(open_language_model(replace(settings, llm_url=url, llm_key=KEY)))
        yield from stack.enter_context(closing(ask(archive, model, question)))  # type: ignore[type-var]


def said_at(archive: Archive, settings: Settings, url: str, question: str = LAVROV) -> Answer:
    *_, done = events(archive, settings, url, question)
    assert isinstance(done, Done)
    return done.answer


# One that works


def test_a_hosted_model_reads_all_passages_in_one_request(archive: Archive, settings: Settings, hosted: str) -> None:
    seen = list(events(archive, settings, hosted, LAVROV))
    steps = [event.text for event in seen if isinstance(event, Step)]
    assert sum(" together" in step for step in steps) == 1
    assert not any(step.startswith("reading 1 of") for step in steps)
    done = seen[-1]
    assert isinstance(done, Done)
    assert "19 April 2023" in done.answer.answer
    assert done.answer.usage["prompt_tokens"] + done.answer.usage["cached_tokens"] > 1000
    assert "qwen" in done.answer.model.casefold()
    for citation in done.answer.citations:
        assert archive.article(citation.article_id).text[citation.start : citation.end] == citation.quote


def test_what_the_articles_do_not_say_is_refused_by_the_same_words(
    archive: Archive, settings: Settings, hosted: str
) -> None:
    said = said_at(archive, settings, hosted, UNANSWERED)
    assert (said.answer, said.abstained, said.citations) == (REFUSAL, True, ())
    assert said.evidence


def test_the_command_reads_at_the_endpoint_it_is_given(archive: Archive, settings: Settings, hosted: str) -> None:
    words = ("ask", "--json", "--home", str(settings.home), LAVROV)
    done = dateline(*words, DATELINE_LLM_URL=hosted, DATELINE_LLM_KEY=KEY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "19 April 2023" in json.loads(done.stdout)["answer"]
    wrong = dateline(*words, DATELINE_LLM_URL=hosted, DATELINE_LLM_KEY="wrong-key")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (1, "", 1)
    assert wrong.stderr.startswith(f"dateline: {hosted} answered 401 ")


def test_a_dead_port_is_told_in_one_line(archive: Archive, settings: Settings) -> None:
    dead = dead_url()
    gone = dateline("ask", "--json", "--home", str(settings.home), LAVROV, DATELINE_LLM_URL=dead)
    assert (gone.returncode, gone.stdout, gone.stderr.count("\n")) == (1, "", 1)
    assert gone.stderr.startswith(f"dateline: {dead} cannot be reached")


# One that misbehaves


@pytest.fixture
def server() -> Iterator[Endpoint]:
    with endpoint() as running:
        yield running


def in_json(text: str, *numbers: int, **more: str) -> str:
    return json.dumps({"sentences": [{"text": text, "passages": numbers, **more}]})


@pytest.mark.parametrize("mode", ["500", "429", "cut", "closed", "empty", "page", "garbage"])
def test_an_endpoint_that_misbehaves_leaves_the_evidence_and_one_line(
    archive: Archive, settings: Settings, server: Endpoint, mode: str
) -> None:
    server.mode = mode
    seen: list[Event] = []
    with pytest.raises(EndpointError, match=rf"^{server.url} [^\n]+$"):
        seen.extend(events(archive, replace(settings, llm="served"), server.url, LAVROV))
    assert isinstance(seen[0], EvidenceFound)
    assert seen[0].hits
    assert not any(isinstance(event, SentencePassed) for event in seen)


@pytest.mark.parametrize(
    "reply", ["<!doctype html><p>Welcome to our models", '{"sentences": [{"text": "Sergei', '{"answer": 7}']
)
def test_a_reply_in_no_form_leaves_the_evidence_and_one_line(
    archive: Archive, settings: Settings, server: Endpoint, reply: str
) -> None:
    server.reply = reply
    seen: list[Event] = []
    with pytest.raises(EndpointError, match=rf"^{server.url} answered in no form that can be read [^\n]+$"):
        seen.extend(events(archive, settings, server.url, LAVROV))
    assert isinstance(seen[0], EvidenceFound)


@pytest.mark.parametrize("reply", [in_json(ARRIVED, 99), in_json(ARRIVED), f"{ARRIVED} [99]", ARRIVED])
def test_a_true_sentence_is_cited_by_code_whatever_it_points_at(
    archive: Archive, settings: Settings, server: Endpoint, reply: str
) -> None:
    server.reply = reply
    said = said_at(archive, settings, server.url)
    assert said.answer == f"{ARRIVED} [1]"
    assert said.citations[0].quote.startswith("On Wednesday night, Russian Foreign Minister Sergei Lavrov arrived")


@pytest.mark.parametrize(
    "reply",
    [
        in_json(INVENTED, 1),
        in_json(INVENTED, 99),
        in_json(INVENTED, 1, quote="On Monday, Lavrov arrived in Havana."),
        f"{INVENTED} [1]",
        "Certainly! " * 1000,
    ],
)
def test_an_invention_is_refused_whatever_it_cites(
    archive: Archive, settings: Settings, server: Endpoint, reply: str
) -> None:
    server.reply = reply
    said = said_at(archive, settings, server.url)
    assert (said.answer, said.abstained, said.citations) == (REFUSAL, True, ())


def test_a_slow_endpoint_is_waited_for(archive: Archive, settings: Settings, server: Endpoint) -> None:
    server.mode, server.delay, server.reply = "slow", 0.5, in_json(ARRIVED, 1)
    assert said_at(archive, settings, server.url).answer == f"{ARRIVED} [1]"


def test_one_that_is_busy_is_told_with_the_passages_shown(
    archive: Archive, settings: Settings, server: Endpoint
) -> None:
    server.mode, server.retry_after = "429", "1"
    done = dateline(
        "ask", "--home", str(settings.home), "--model", "served", LAVROV,
        DATELINE_LLM_URL=server.url, DATELINE_LLM_KEY=KEY,
    )  # fmt: skip
    assert done.returncode == 1
    assert "Lavrov arrives in Havana to promote Russia-Cuba cooperation" in done.stdout
    assert done.stderr == f"dateline: {server.url} answered 429 (out of order); try again in 1 s\n"
