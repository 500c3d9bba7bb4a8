"""The whole program with the real models: what it answers, what leaves the machine, and hosted models."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from contextlib import ExitStack, closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.answer.llm import open_language_model
from rag.answer.prompts import REFUSAL
from rag.config import DEFAULT_EMBEDDER, DEFAULT_LLM, Settings, load_settings
from rag.errors import EndpointError
from rag.index.archive import Archive
from rag.models import ensure_model, find_model
from rag.pipeline import answer, ask, open_archive
from rag.schema import Event, EvidenceFound, SentencePassed
from tests.endpoints import KEY, Endpoint, dead_url, endpoint

pytestmark = pytest.mark.e2e

ROOT = Path(__file__).parent.parent.parent
HERE = Path(__file__).parent
LAVROV = "When did Lavrov visit Havana?"
UNANSWERED = "How many people live in Reykjavik?"
SMALL_LLM = "qwen2.5-coder-0.5b"


def dateline(*words: str, **env: str) -> subprocess.CompletedProcess[str]:
    """`dateline WORDS` in a process of its own, with nothing of our own settings but where the models are."""
    own = ("DATELINE_HOME", "DATELINE_OFFLINE", "DATELINE_LLM_URL", "DATELINE_LLM_KEY", "DATELINE_LLM_MODEL")
    environment = {name: value for name, value in os.environ.items() if name not in own}
    return subprocess.run(
        [sys.executable, "-m", "rag.cli", *words],
        cwd=ROOT,
        capture_output=True,
        encoding="utf-8",
        env=environment | env,
        timeout=600,
    )


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """A home that is not there yet, and models that are."""
    found = load_settings(home=str(tmp_path_factory.mktemp("e2e") / "home"))
    for name in (DEFAULT_EMBEDDER, DEFAULT_LLM):
        ensure_model(name, found)
    return replace(found, llm=None, llm_url=None, llm_key=None)


@pytest.fixture(scope="module")
def log(settings: Settings) -> Path:
    return settings.home.parent / "left-loopback.txt"


@pytest.fixture(scope="module")
def asked(settings: Settings, log: Path) -> list[dict[str, Any]]:
    """Two questions to a home that is made for them, by a program that may not leave loopback."""
    questions = settings.home.parent / "questions.jsonl"
    questions.write_text("\n".join(json.dumps({"question": question}) for question in (LAVROV, UNANSWERED)))
    done = dateline(
        "ask", "--json", "--batch", str(questions), "--home", str(settings.home),
        PYTHONPATH=str(HERE / "loopback"), LEFT_LOOPBACK=str(log), HTTP_PROXY=dead_url(),
    )  # fmt: skip
    assert (done.returncode, done.stderr) == (0, "")  # not a word of any library
    return [json.loads(line) for line in done.stdout.splitlines()]


@pytest.fixture(scope="module")
def archive(settings: Settings, asked: object) -> Iterator[Archive]:
    with open_archive(settings) as opened:
        yield opened


def test_lavrov_was_in_havana_on_19_april_2023(settings: Settings, asked: list[dict[str, Any]]) -> None:
    said = asked[0]
    assert "19 April 2023" in said["answer"]
    assert (said["abstained"], said["sentences"][0]["verdict"]) == (False, "supported")
    citation = said["citations"][0]
    assert Path(citation["path"]).name.startswith("002_")
    assert (citation["outlet"], citation["published"]) == ("teleSUR English", "2023-04-20")
    day = citation["dates"][0]
    assert (day["text"], day["from"], day["to"]) == ("Wednesday night", "2023-04-19", "2023-04-19")
    stored = dateline("article", citation["article_id"], "--json", "--home", str(settings.home))
    text = json.loads(stored.stdout)["text"]
    assert text[citation["start"] : citation["end"]] == citation["quote"]
    assert text[day["start"] : day["end"]] == day["text"]


def test_what_the_articles_do_not_say_is_refused(asked: list[dict[str, Any]]) -> None:
    said = asked[1]
    assert (said["answer"], said["abstained"], said["citations"]) == (REFUSAL, True, [])
    assert said["evidence"]


def test_no_socket_leaves_loopback(asked: object, log: Path) -> None:
    assert not log.exists(), log.read_text()


def test_the_watch_on_sockets_would_have_seen_one(log: Path) -> None:
    other = log.with_name("seen.txt")
    code = "import urllib.request; urllib.request.urlopen('http://192.0.2.1/')"
    environment = {**os.environ, "PYTHONPATH": str(HERE / "loopback"), "LEFT_LOOPBACK": str(other)}
    for name in ("http_proxy", "HTTP_PROXY"):
        environment.pop(name, None)
    done = subprocess.run([sys.executable, "-c", code], env=environment, capture_output=True, text=True)
    assert "not allowed to leave loopback" in done.stderr
    assert "192.0.2.1" in other.read_text()


# A hosted model


@pytest.fixture(scope="module")
def hosted(settings: Settings) -> Iterator[str]:
    """The address of a second llama.cpp, which is a process of its own and wants KEY."""
    model = find_model(SMALL_LLM, settings) or find_model(DEFAULT_LLM, settings)
    command = [sys.executable, "-m", "eval.llama_server", str(model), KEY]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        assert server.stdin
        server.stdin.close()
        server.wait(30)


def test_a_hosted_model_reads_when_it_is_asked_for(settings: Settings, asked: object, hosted: str) -> None:
    done = dateline(
        "ask", "--json", "--home", str(settings.home), LAVROV, DATELINE_LLM_URL=hosted, DATELINE_LLM_KEY=KEY
    )
    assert (done.returncode, done.stderr) == (0, "")
    said = json.loads(done.stdout)
    assert "19 April 2023" in said["answer"]
    assert said["usage"]["prompt_tokens"] > 100
    assert said["model"].endswith(".gguf") or "qwen" in said["model"].casefold()


def test_a_wrong_key_and_a_dead_port_are_told_in_one_line(settings: Settings, hosted: str) -> None:
    words = ("ask", "--json", "--home", str(settings.home), LAVROV)
    wrong = dateline(*words, DATELINE_LLM_URL=hosted, DATELINE_LLM_KEY="wrong-key")
    assert (wrong.returncode, wrong.stdout, wrong.stderr.count("\n")) == (1, "", 1)
    assert wrong.stderr.startswith(f"dateline: {hosted} answered 401 ")
    dead = dead_url()
    gone = dateline(*words, DATELINE_LLM_URL=dead)
    assert (gone.returncode, gone.stdout, gone.stderr.count("\n")) == (1, "", 1)
    assert gone.stderr.startswith(f"dateline: {dead} cannot be reached")


@pytest.fixture
def server() -> Iterator[Endpoint]:
    with endpoint() as running:
        yield running


def events(archive: Archive, settings: Settings, server: Endpoint) -> Iterator[Event]:
    asked_for = replace(settings, llm_url=server.url, llm_key=KEY, llm="served")
    with ExitStack() as stack:
        model = stack.enter_context(open_language_model(asked_for))
        yield from stack.enter_context(closing(ask(archive, model, LAVROV)))  # type: ignore[type-var]


@pytest.mark.parametrize("mode", ["500", "429", "cut", "closed", "empty", "page", "garbage"])
def test_an_endpoint_that_misbehaves_leaves_the_evidence_and_one_line(
    archive: Archive, settings: Settings, server: Endpoint, mode: str
) -> None:
    server.mode = mode
    seen: list[Event] = []
    with pytest.raises(EndpointError, match=rf"^{server.url} [^\n]+$"):
        seen.extend(events(archive, settings, server))
    assert isinstance(seen[0], EvidenceFound)
    assert seen[0].hits
    assert not any(isinstance(event, SentencePassed) for event in seen)


def test_a_slow_endpoint_is_waited_for(archive: Archive, settings: Settings, server: Endpoint) -> None:
    server.mode, server.delay = "slow", 0.5
    server.reply = "Sergei Lavrov arrived in Havana on Wednesday night (19 April 2023)."
    seen = list(events(archive, settings, server))
    assert any(isinstance(event, SentencePassed) for event in seen)


def test_the_same_question_gets_the_same_answer_from_the_open_archive(
    archive: Archive, settings: Settings, asked: list[dict[str, Any]]
) -> None:
    with open_language_model(settings) as model:
        assert answer(archive, model, LAVROV).answer == asked[0]["answer"]
