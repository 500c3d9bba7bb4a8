"""The whole program with the real models: what it answers, and what leaves the machine."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from rag.answer.llm import open_language_model
from rag.answer.prompts import REFUSAL
from rag.config import DEFAULT_EMBEDDER, DEFAULT_LLM, Settings, load_settings
from rag.index.archive import Archive
from rag.models import ensure_model
from rag.pipeline import answer, open_archive
from tests.e2e.program import dateline
from tests.endpoints import dead_url

pytestmark = pytest.mark.e2e

HERE = Path(__file__).parent
LAVROV = "When did Lavrov visit Havana?"
UNANSWERED = "How many people live in Reykjavik?"


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


def test_the_same_question_gets_the_same_answer_from_the_open_archive(
    archive: Archive, settings: Settings, asked: list[dict[str, Any]]
) -> None:
    with open_language_model(settings) as model:
        assert answer(archive, model, LAVROV).answer == asked[0]["answer"]
