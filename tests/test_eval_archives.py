from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest

from eval import archives, run
from eval.archives import corpus_hash, index_once, open_asked
from eval.questions import Question, without_evidence
from rag.answer import llm
from rag.answer.llm import LanguageModel
from rag.answer.read import SHOWN
from rag.config import Settings
from rag.errors import ReadError, UsageError
from rag.index.archive import Archive
from tests.conftest import WordsEmbedding

BRIDGE = "Ana Ruiz opened the Ellery bridge on Monday, after ten years of work by masons and divers of the town.\n"
STORM = "A storm closed the airport of Norwick for a day and tore the roof off the old customs house by the sea.\n"


@pytest.fixture(autouse=True)
def words(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(Archive, "embedder", WordsEmbedding())


@pytest.fixture
def corpus(tmp_path: Path) -> Path:
    rows = [
        {"url": f"https://example.org/{name}", "title": name, "text": text * 3}
        for name, text in (("bridge", BRIDGE), ("copy", BRIDGE), ("storm", STORM))
    ]
    path = tmp_path / "news.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows))
    return path


def titles(archive: Archive) -> list[str]:
    return sorted(article.title for article in archive.store.articles())


def test_the_hash_is_of_names_and_bytes_and_of_nothing_else(tmp_path: Path) -> None:
    def folder(name: str, *files: tuple[str, str]) -> str:
        for file, text in files:
            (tmp_path / name).mkdir(exist_ok=True)
            (tmp_path / name / file).write_text(text)
        return corpus_hash(tmp_path / name)

    one = folder("one", ("a.txt", "x"), ("b.txt", "y"))
    assert folder("two", ("b.txt", "y"), ("a.txt", "x")) == one
    assert folder("three", ("a.txt", "x"), ("b.txt", "z")) != one
    assert folder("four", ("a.txt", "x"), ("c.txt", "y")) != one
    (tmp_path / "none").mkdir()
    with pytest.raises(ReadError, match="no files there"):
        corpus_hash(tmp_path / "none")


def test_a_corpus_is_indexed_once_until_it_or_the_code_changes(
    corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = index_once(corpus, settings)
    made = (first / "archive.sqlite").stat().st_mtime_ns
    assert index_once(corpus, settings) == first
    assert (first / "archive.sqlite").stat().st_mtime_ns == made
    with corpus.open("a") as file:
        file.write(json.dumps({"url": "https://example.org/new", "title": "new", "text": "A word. " * 30}) + "\n")
    second = index_once(corpus, settings)
    assert second != first
    monkeypatch.setattr(archives, "program_hash", lambda: "changed")
    assert index_once(corpus, settings) not in (first, second)


def test_only_the_indexes_used_last_are_kept(corpus: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(archives, "KEPT", 1)
    first = index_once(corpus, settings)
    monkeypatch.setattr(archives, "program_hash", lambda: "changed")
    second = index_once(corpus, settings)
    assert (first.exists(), second.exists()) == (False, True)


def test_a_corpus_without_articles_is_told_and_leaves_nothing(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "empty.txt").write_text(" ")
    with pytest.raises(ReadError, match=r"empty\.txt: no articles could be read"):
        index_once(tmp_path / "empty.txt", settings)
    assert list((settings.cache / "eval").iterdir()) == []


def test_a_run_works_on_a_copy(corpus: Path, settings: Settings) -> None:
    with open_asked(settings, corpus) as archive:
        assert titles(archive) == ["bridge", "copy", "storm"]
        for article in archive.store.articles():
            archive.delete(article.id)
    with open_asked(settings, corpus) as archive:
        assert titles(archive) == ["bridge", "copy", "storm"]
    assert not settings.home.exists()


def test_the_evidence_goes_with_its_copies(
    corpus: Path, settings: Settings, capsys: pytest.CaptureFixture[str]
) -> None:
    with open_asked(settings, corpus, ["https://example.org/bridge", "https://example.org/gone"]) as archive:
        assert titles(archive) == ["storm"]
        found = archive.search("Who opened the Ellery bridge?", 9)
        assert found
        assert not any("Ruiz" in hit.text for hit in found)
    assert "1 of 2 articles that the questions name are not in the corpus" in capsys.readouterr().err


def test_no_article_left_is_told(corpus: Path, settings: Settings) -> None:
    with (
        pytest.raises(UsageError, match="no article is left"),
        open_asked(settings, corpus, ["https://example.org/bridge", "https://example.org/storm"]),
    ):
        pass


@pytest.mark.parametrize("taken", [[], ["https://example.org/bridge"]])
def test_a_home_is_asked_and_never_written_to(
    corpus: Path, settings: Settings, taken: list[str], index: Callable[[Path], None]
) -> None:
    index(corpus)
    with open_asked(settings, None, taken) as archive:
        assert titles(archive) == (["storm"] if taken else ["bridge", "copy", "storm"])
    with open_asked(settings, None) as archive:
        assert titles(archive) == ["bridge", "copy", "storm"]


@pytest.fixture
def index(settings: Settings) -> Callable[[Path], None]:
    from rag.indexing import build_index

    def fill(corpus: Path) -> None:
        archive = Archive(settings)
        build_index([corpus], archive)
        archive.close()

    return fill


# A whole run, with a scripted model

WHO = Question("q1", "who", "Who opened the Ellery bridge?", "answer", [["Ana Ruiz"]], [], [],
               sources=["https://example.org/bridge"], by_words=True)  # fmt: skip


@pytest.fixture
def reads(monkeypatch: pytest.MonkeyPatch, says: Callable[..., LanguageModel]) -> Callable[[str], None]:
    def with_reply(reply: str) -> None:
        @contextmanager
        def opened(settings: Settings) -> Iterator[LanguageModel]:
            yield says(*[reply] * 40)

        monkeypatch.setattr(llm, "open_language_model", opened)

    return with_reply


def test_a_plain_question_is_asked_and_judged(corpus: Path, settings: Settings, reads: Callable[[str], None]) -> None:
    reads("Ana Ruiz opened the Ellery bridge.")
    with run.open_home(settings, corpus, frozenset()) as opened:
        (row,) = run.ask_all([WHO], opened.ask, opened.articles)
    assert (row["answer"], row["right"], row["faults"]) == ("Ana Ruiz opened the Ellery bridge. [1]", True, [])
    assert (row["rightly_cited"], row["recall@1"], row["mrr"], row["verbatim"]) == (True, 1, 1, 1)
    assert row["confidence"] >= SHOWN
    assert (opened.model, len(opened.articles)) == ("queue", 3)


def test_once_its_evidence_is_gone_to_refuse_is_right(
    corpus: Path, settings: Settings, reads: Callable[[str], None]
) -> None:
    reads("Ana Ruiz opened the Ellery bridge.")
    with run.open_home(settings, corpus, WHO.named) as opened:
        (row,) = run.ask_all(without_evidence([WHO]), opened.ask, opened.articles)
    assert (row["abstained"], row["right"], row["recall@1"]) == (True, True, None)
    assert [article.title for article in opened.articles] == ["storm"]
