"""The desk from the command line: answers exported, feedback, saved settings, users."""

from __future__ import annotations

import hashlib
import io
import json
from collections.abc import Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import pytest

from eval.questions import load_questions
from rag import pipeline
from rag.answer import llm
from rag.answer.llm import LanguageModel
from rag.cli import main
from rag.config import Settings
from rag.desk import users
from rag.desk.conversations import Conversations
from rag.desk.database import NAME, DeskFile
from rag.desk.recording import cited
from rag.desk.settings_file import Saved, save
from rag.index.archive import Archive
from tests.conftest import QueueLLM, WordsEmbedding
from tests.scripted import ARTICLES, SAID, answered
from tests.test_cli import BRIDGE, ON_MONDAY, OPENED

Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def opened(monkeypatch: pytest.MonkeyPatch) -> list[Settings]:
    """The settings with which a model was opened; it says when the bridge was."""
    seen: list[Settings] = []

    @contextmanager
    def scripted(settings: Settings) -> Iterator[LanguageModel]:
        seen.append(settings)
        yield LanguageModel(QueueLLM(ON_MONDAY, *["not said"] * 20), "scripted")

    for name in ("DATELINE_HOME", "DATELINE_LLM_URL", "DATELINE_LLM_KEY", "DATELINE_LLM_MODEL", "DATELINE_READING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Archive, "embedder", WordsEmbedding())
    monkeypatch.setattr(llm, "open_language_model", scripted)
    monkeypatch.setattr("rag.answer.loaded.warming", lambda model: None)
    monkeypatch.setattr(users, "N", 2**10)
    return seen


@pytest.fixture
def home(tmp_path: Path, capsys: Out) -> Path:
    (tmp_path / "bridge.txt").write_text(BRIDGE)
    assert main(["index", "--home", str(tmp_path / "home"), str(tmp_path / "bridge.txt")]) == 0
    capsys.readouterr()
    return tmp_path / "home"


# ask --export


@pytest.mark.parametrize("suffix", [".md", ".html", ".json"])
def test_an_answer_is_shown_and_written(home: Path, tmp_path: Path, suffix: str, capsys: Out) -> None:
    path = tmp_path / f"answer{suffix}"
    assert main(["ask", "--home", str(home), "--export", str(path), OPENED]) == 0
    told = capsys.readouterr()
    assert told.out.startswith(ON_MONDAY)
    assert told.err.endswith(f"written to {path}\n")
    text = path.read_text(encoding="utf-8")
    assert ON_MONDAY in text
    assert "Ana Ruiz opened the Ellery bridge on Monday, after ten years" in text


def test_an_exported_quote_can_be_checked_against_the_archive(home: Path, tmp_path: Path, capsys: Out) -> None:
    path = tmp_path / "answer.json"
    assert main(["ask", "--json", "--home", str(home), "--export", str(path), OPENED]) == 0
    printed = json.loads(capsys.readouterr().out)
    (exchange,) = json.loads(path.read_text(encoding="utf-8"))["exchanges"]
    (citation,) = exchange["citations"]
    assert exchange["answer"] == printed["answer"]
    assert main(["article", "--json", "--home", str(home), citation["article_id"]]) == 0
    article = json.loads(capsys.readouterr().out)
    assert article["text"][citation["start"] : citation["end"]] == citation["quote"]
    assert hashlib.sha256(article["text"].encode()).hexdigest() == citation["text_sha256"]
    assert len(exchange["index_version"]) == 16


def test_the_index_version_changes_with_the_articles(home: Path, tmp_path: Path) -> None:
    def version() -> str:
        assert main(["ask", "--home", str(home), "--export", str(tmp_path / "a.json"), OPENED]) == 0
        return str(json.loads((tmp_path / "a.json").read_text(encoding="utf-8"))["exchanges"][0]["index_version"])

    before = version()
    assert version() == before
    (tmp_path / "more.txt").write_text("A storm\n\nA storm closed the airport of Norwick for a whole day.\n")
    assert main(["index", "--home", str(home), str(tmp_path / "more.txt")]) == 0
    assert version() != before


@pytest.mark.parametrize("words", [["--export", "a.pdf", "Q?"], ["--export", "nowhere/a.md", "Q?"],
                                   ["--export", "a.md", "--batch", "f.jsonl"]])  # fmt: skip
def test_what_cannot_be_exported_is_told_before_a_model_is_loaded(
    home: Path, words: list[str], opened: list[Settings], capsys: Out
) -> None:
    assert main(["ask", "--home", str(home), *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert opened == []


# feedback


def rate(home: Path) -> None:
    with closing(DeskFile(home)) as file:
        desk = Conversations(file, "ana")
        place = desk.begin("When?")
        answer = answered("When?")
        desk.put(place, "answered", answer, cited(answer.citations, ARTICLES))
        desk.rate(place, "down", "wrong", "was the\nday after")


def test_feedback_becomes_questions_that_the_evaluation_loads(home: Path, tmp_path: Path, capsys: Out) -> None:
    rate(home)
    output = tmp_path / "feedback.jsonl"
    assert main(["feedback", "export", "--home", str(home), "--output", str(output)]) == 0
    assert f"dateline eval --questions {output}" in capsys.readouterr().out
    (question,) = load_questions(output)
    assert (question.question, question.forbidden) == ("When?", [SAID.text])
    assert main(["feedback", "export", "--json", "--home", str(home)]) == 0
    assert capsys.readouterr().out == output.read_text(encoding="utf-8")


def test_feedback_is_listed_a_line_each(home: Path, capsys: Out) -> None:
    rate(home)
    assert main(["feedback", "list", "--home", str(home)]) == 0
    head, row = capsys.readouterr().out.splitlines()
    assert head.split() == ["WHEN", "WHO", "QUESTION", "ANSWER", "REASON"]
    assert row.split()[1:4] == ["ana", "down", "When?"]
    assert "wrong: was the day" in row
    assert main(["feedback", "list", "--json", "--home", str(home)]) == 0
    assert json.loads(capsys.readouterr().out)["answer"]["model"] == "scripted"


def test_without_feedback_nothing_is_made(tmp_path: Path, capsys: Out) -> None:
    home, output = str(tmp_path / "home"), tmp_path / "f.jsonl"
    assert main(["feedback", "list", "--home", home]) == 0
    assert main(["feedback", "export", "--home", home, "--output", str(output)]) == 1
    assert main(["feedback", "list", "--home", home, "--output", str(output)]) == 2
    told = capsys.readouterr()
    assert (told.out, told.err.count("\n")) == ("", 3)
    assert list(tmp_path.iterdir()) == []


# saved settings


def test_what_was_saved_reads_unless_something_else_is_named(home: Path, opened: list[Settings], capsys: Out) -> None:
    save(Saved("small", "https://llm.example/v1"), home)
    assert main(["ask", "--home", str(home), OPENED]) == 0
    assert "read at https://llm.example/v1, as saved in" in capsys.readouterr().err
    assert main(["ask", "--home", str(home), "--model", "other", OPENED]) == 0
    assert "saved" not in capsys.readouterr().err
    assert [(each.llm, each.llm_url) for each in opened] == [("small", "https://llm.example/v1"), ("other", None)]


def test_the_saved_number_of_passages_is_looked_at(tmp_path: Path, capsys: Out) -> None:
    home = tmp_path / "home"
    for number in range(4):
        (tmp_path / f"{number}.txt").write_text(f"Rain {number}\n\nThe rain of day {number} fell on the old bridge.\n")
    assert main(["index", "--home", str(home), *map(str, tmp_path.glob("*.txt"))]) == 0
    for passages, found in ((None, 4), (2, 2)):
        save(Saved(passages=passages), home)
        capsys.readouterr()
        assert main(["ask", "--json", "--home", str(home), "Where did the rain fall?"]) == 0
        assert len(json.loads(capsys.readouterr().out)["evidence"]) == found
    assert pipeline.EVIDENCE >= 4


# users


def test_a_user_is_added_from_the_input(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> None:
    home = tmp_path / "home"
    monkeypatch.setattr("sys.stdin", io.StringIO("correct horse\n"))
    assert main(["chat", "--home", str(home), "--add-user", "ana"]) == 0
    assert "ana can log in now" in capsys.readouterr().out
    assert users.Users(home / "users").admits("ana", "correct horse")
    monkeypatch.setattr("sys.stdin", io.StringIO("short\n"))
    assert main(["chat", "--home", str(home), "--add-user", "ben"]) == 2
    assert not (home / NAME).exists()


@pytest.mark.parametrize("words", [["--host", "0.0.0.0"], ["--auth", "nowhere"]])
def test_a_page_open_to_anyone_is_refused_before_a_model_is_loaded(
    tmp_path: Path, words: list[str], opened: list[Settings], capsys: Out
) -> None:
    assert main(["chat", "--home", str(tmp_path / "home"), *words]) == 2
    assert capsys.readouterr().err.count("\n") == 1
    assert opened == []
    assert not (tmp_path / "home").exists()
