"""The command line as other programs rely on it. The models are stand-ins; SQLite and Chroma are real."""

from __future__ import annotations

import json
import shutil
import signal
import subprocess
import sys
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import pytest

from rag import __version__
from rag.answer import llm
from rag.answer.llm import LanguageModel
from rag.answer.prompts import NOT_SAID, REFUSAL
from rag.cli import main
from rag.config import Settings
from rag.errors import EndpointError
from rag.index.archive import Archive
from tests.conftest import QueueLLM, WordsEmbedding
from tests.test_pdf import pdf

ROOT = Path(__file__).parent.parent
BRIDGE = (
    "Ellery bridge is open at last\n\nPublished on June 3, 2021\n\n"
    "Ana Ruiz opened the Ellery bridge on Monday, after ten years of work by masons and divers.\n\n"
    "The bridge cost 4 million euros, and the town paid all of it, the council said in the evening.\n"
)
STORM = (
    "Storm closes Norwick airport\n\n"
    "A storm closed the airport of Norwick for a day and tore the roof off the old customs house.\n"
)
OPENED = "When did Ana Ruiz open the Ellery bridge?"
ON_MONDAY = "Ana Ruiz opened the Ellery bridge on Monday (31 May 2021)."
Out = pytest.CaptureFixture[str]


@pytest.fixture(autouse=True)
def models(monkeypatch: pytest.MonkeyPatch) -> dict[str, str | Exception]:
    """The embedder of words, and a model that answers each prompt by the first of these words found in it."""
    replies: dict[str, str | Exception] = {OPENED: ON_MONDAY}

    class Scripted(QueueLLM):
        def stream_chat(self, messages: Any, **kwargs: Any) -> Any:
            last = messages[-1].content or ""
            self.replies.append(next((reply for key, reply in replies.items() if key in last), NOT_SAID))
            return super().stream_chat(messages, **kwargs)

    @contextmanager
    def opened(settings: Settings) -> Iterator[LanguageModel]:
        yield LanguageModel(Scripted(), "scripted")

    for name in ("DATELINE_HOME", "DATELINE_LLM_URL", "DATELINE_LLM_KEY", "DATELINE_LLM_MODEL", "DATELINE_READING"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Archive, "embedder", WordsEmbedding())
    monkeypatch.setattr(llm, "open_language_model", opened)
    return replies


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "storm.txt").write_text(STORM)
    return folder


@pytest.fixture
def home(news: Path, tmp_path: Path, capsys: Out) -> str:
    """A home in which the two articles are indexed."""
    path = str(tmp_path / "home")
    assert main(["index", "--home", path, str(news)]) == 0
    capsys.readouterr()
    return path


def rows(capsys: Out) -> list[dict[str, Any]]:
    """What was printed, one object a line; nothing but that is on stdout."""
    return [json.loads(line) for line in capsys.readouterr().out.splitlines()]


def batch(tmp_path: Path, *lines: object) -> str:
    path = tmp_path / "questions.jsonl"
    path.write_text("\n".join(line if isinstance(line, str) else json.dumps(line) for line in lines))
    return str(path)


# index, articles, article


def test_index_tells_what_it_did_and_what_it_skipped(news: Path, tmp_path: Path, capsys: Out) -> None:
    (news / "empty.txt").write_text("")
    command = ["index", "--home", str(tmp_path / "home"), str(news)]
    assert main(command) == 0
    told = capsys.readouterr()
    listed = tmp_path / "home" / "failed.txt"
    assert told.out == f"added 2, changed 0, removed 0, unchanged 0, failed 1 (see {listed})\n"
    assert told.err.count("empty.txt") == 1
    assert listed.read_text() == told.err.replace("skipped ", "")
    (news / "empty.txt").unlink()
    assert main(command) == 0
    assert capsys.readouterr().out == "added 0, changed 0, removed 0, unchanged 2, failed 0\n"
    assert not listed.exists()


def test_index_that_indexes_nothing_is_an_error(tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "picture.png").write_bytes(b"\x89PNG")
    for path in (tmp_path / "picture.png", tmp_path / "nowhere"):
        assert main(["index", "--home", str(tmp_path / "home"), str(path)]) == 1
        last = capsys.readouterr().err.splitlines()[-1]
        assert last.startswith("dateline: ")


def test_rebuilding_makes_a_home_of_another_embedder_usable(home: str, news: Path, capsys: Out) -> None:
    archive = Archive(Settings(Path(home), Path("cache")))
    archive.store.set_meta({"embedder": "another"})
    archive.close()
    assert main(["search", "--home", home, "bridge"]) == 1
    assert "`dateline index --rebuild" in capsys.readouterr().err
    assert main(["index", "--rebuild", "--home", home, str(news)]) == 0
    assert main(["search", "--home", home, "bridge"]) == 0


def test_articles_are_listed_one_object_a_line(home: str, news: Path, capsys: Out) -> None:
    assert main(["articles", "--json", "--home", home]) == 0
    bridge, storm = rows(capsys)
    assert list(bridge) == [
        "article_id", "path", "title", "outlet", "authors", "published", "published_from", "url", "words",
        "also_in", "updated", "other_dates", "place", "language", "sources",
    ]  # fmt: skip
    assert bridge["path"] == str(news / "bridge.txt")
    assert (bridge["title"], bridge["published"]) == ("Ellery bridge is open at last", "2021-06-03")
    assert (storm["title"], storm["published"], storm["outlet"]) == (
        "Storm closes Norwick airport",
        None,
        None,
    )
    assert main(["articles", "--json", "--text", "--home", home]) == 0
    assert [row["text"].split()[0] for row in rows(capsys)] == ["Ana", "A"]
    assert main(["articles", "--home", home]) == 0
    assert "Ellery bridge is open at last" in capsys.readouterr().out


def test_an_article_is_printed_as_it_is_stored(home: str, capsys: Out) -> None:
    main(["articles", "--json", "--text", "--home", home])
    listed = rows(capsys)[0]
    assert main(["article", listed["article_id"], "--json", "--home", home]) == 0
    (stored,) = rows(capsys)
    assert stored.items() >= listed.items()
    assert main(["article", listed["article_id"], "--home", home]) == 0
    assert "Ana Ruiz opened the Ellery bridge" in " ".join(capsys.readouterr().out.split())
    assert main(["article", "nobody", "--home", home]) == 1
    assert capsys.readouterr().err.count("\n") == 1


# search


def test_search_gives_passages_with_their_place(home: str, capsys: Out) -> None:
    assert main(["search", "--json", "-k", "1", "--home", home, OPENED]) == 0
    (found,) = rows(capsys)
    assert list(found) == ["question", "hits"]
    (hit,) = found["hits"]
    assert list(hit) == ["article_id", "start", "end", "text", "score"]
    assert main(["article", hit["article_id"], "--json", "--home", home]) == 0
    assert rows(capsys)[0]["text"][hit["start"] : hit["end"]] == hit["text"]
    assert main(["search", "--home", home, OPENED]) == 0
    assert "Ana Ruiz opened" in " ".join(capsys.readouterr().out.split())


def test_search_looks_only_where_it_is_told_to(home: str, capsys: Out) -> None:
    assert main(["search", "--json", "--since", "2021-06", "--until", "2021", "--home", home, "storm"]) == 0
    found = json.loads(capsys.readouterr().out)
    assert found["hits"]
    assert all("storm" not in hit["text"] for hit in found["hits"])
    assert found["filters"] == {
        "since": "2021-06-01",
        "until": "2021-12-31",
        "outlets": [],
        "articles": 1,
        "undated": 1,
    }
    assert main(["search", "--since", "2022", "--home", home, "storm"]) == 0
    assert " ".join(capsys.readouterr().out.split()) == (
        "Nothing was found. "
        "Looked through 0 articles published since 2022-01-01. 1 article without a date was left out."
    )


@pytest.mark.parametrize("command", ["search", "ask"])
def test_an_outlet_nobody_has_is_told_in_one_line(command: str, home: str, capsys: Out) -> None:
    assert main([command, "--outlet", "Echo", "--home", home, OPENED]) == 2
    said = capsys.readouterr()
    assert said.out == ""
    assert said.err == "dateline: no article is from 'Echo'; none of the articles names its outlet\n"


def test_ask_looks_only_where_it_is_told_to(home: str, capsys: Out) -> None:
    assert main(["ask", "--json", "--since", "2021-06-03", "--home", home, OPENED]) == 0
    said = json.loads(capsys.readouterr().out)
    assert (said["abstained"], said["filters"]["articles"], said["filters"]["undated"]) == (False, 1, 1)
    assert main(["ask", "--until", "2020", "--home", home, OPENED]) == 0
    out = capsys.readouterr().out
    assert out.startswith(REFUSAL)
    assert "1 article without a date was left out." in " ".join(out.split())
    assert main(["ask", "--json", "--home", home, OPENED]) == 0
    assert json.loads(capsys.readouterr().out)["filters"] is None


def test_search_answers_a_file_of_questions(home: str, tmp_path: Path, capsys: Out) -> None:
    questions = batch(tmp_path, {"question": "bridge"}, {"question": "airport"})
    assert main(["search", "--json", "-k", "1", "--batch", questions, "--home", home]) == 0
    found = rows(capsys)
    assert [row["question"] for row in found] == ["bridge", "airport"]
    assert [row["hits"][0]["text"].split()[0] for row in found] == ["Ana", "A"]


# ask


def test_ask_prints_one_object_in_which_every_quote_is_verbatim(home: str, capsys: Out) -> None:
    assert main(["ask", "--json", "--home", home, OPENED]) == 0
    (said,) = rows(capsys)
    assert set(said) >= {
        "question", "standalone_question", "answer", "abstained", "sentences", "citations", "evidence",
        "model", "timings_ms",
    }  # fmt: skip
    assert (said["question"], said["answer"], said["abstained"]) == (OPENED, f"{ON_MONDAY} [1]", False)
    by = {"articles": 1, "independent": 1}
    assert said["sentences"] == [
        {"text": ON_MONDAY, "citations": [1], "verdict": "supported", "said_by": by, "differs": None}
    ]
    (citation,) = said["citations"]
    assert list(citation) == [
        "n", "article_id", "title", "outlet", "published", "path", "url", "start", "end", "quote", "also_in",
        "dates", "page",
    ]  # fmt: skip
    at = citation["start"] + citation["quote"].index("Monday")
    assert citation["dates"] == [
        {
            "text": "Monday",
            "start": at,
            "end": at + 6,
            "from": "2021-05-31",
            "to": "2021-05-31",
            "kind": "past",
        }
    ]
    assert set(said["timings_ms"]) == {"retrieve", "first_token", "total"}
    assert main(["article", citation["article_id"], "--json", "--home", home]) == 0
    assert rows(capsys)[0]["text"][citation["start"] : citation["end"]] == citation["quote"]


def test_ask_without_json_prints_the_answer_and_its_quote(home: str, capsys: Out) -> None:
    assert main(["ask", "--home", home, OPENED]) == 0
    said = " ".join(capsys.readouterr().out.split())
    assert f"{ON_MONDAY} [1]" in said
    assert "Ana Ruiz opened the Ellery bridge on Monday, after ten years" in said
    assert "bridge.txt" in said


def test_a_quote_from_a_pdf_is_cited_with_its_page(news: Path, tmp_path: Path, capsys: Out) -> None:
    title, published, opened, cost = BRIDGE.strip().split("\n\n")
    filler = ["Masons and divers of three towns worked on it, and two of them wrote a book about the work under water."]
    home, file = str(tmp_path / "home"), news / "bridge.pdf"
    (news / "bridge.txt").unlink()

    def asked(*pages: list[str]) -> dict[str, Any]:
        file.write_bytes(pdf(*pages))
        assert main(["index", "--home", home, str(news)]) == 0
        capsys.readouterr()
        assert main(["ask", "--json", "--home", home, OPENED]) == 0
        (citation,) = rows(capsys)[0]["citations"]
        return citation

    first = asked([title, published, *filler], [opened], [cost])
    assert (first["quote"], first["page"], Path(first["path"]).name) == (opened, 2, "bridge.pdf")
    assert main(["ask", "--home", home, OPENED]) == 0
    assert "3 June 2021, p. 2 " in " ".join(capsys.readouterr().out.split())
    again = asked([title, published], filler, [opened, cost])  # the same words on other pages
    assert again == first | {"page": 3}


def test_a_refusal_is_an_answer(home: str, capsys: Out) -> None:
    question = "Who won the lottery?"
    assert main(["ask", "--json", "--home", home, question]) == 0
    (said,) = rows(capsys)
    assert (said["abstained"], said["citations"], said["sentences"]) == (True, [], [])
    assert said["answer"] == REFUSAL
    assert said["timings_ms"]["first_token"] is None
    assert main(["ask", "--home", home, question]) == 0
    assert said["answer"] in capsys.readouterr().out


def test_a_batch_is_answered_in_order_and_a_bad_line_in_its_place(
    home: str, tmp_path: Path, capsys: Out, models: dict[str, str | Exception]
) -> None:
    models["airport"] = EndpointError("http://host/v1 answered 500")
    questions = batch(
        tmp_path,
        {"question": OPENED},
        "{not json",
        "",
        {"ask": "What?"},
        {"question": ""},
        {"question": OPENED, "date": "tomorrow"},
        {"question": OPENED, "history": [{"role": "robot", "content": "x"}]},
        {"question": "How is the storm-hit airport of Norwick doing?"},
        {"question": "Lone \ud800 surrogate?"},
        {"question": OPENED, "date": "2021-06-04", "history": [{"role": "user", "content": "Hello"}]},
    )
    assert main(["ask", "--json", "--batch", questions, "--home", home]) == 1
    said = rows(capsys)
    assert len(said) == 9
    assert [row["answer"] for row in (said[0], said[-1])] == [f"{ON_MONDAY} [1]"] * 2
    assert all(set(row) == {"question", "error"} and "\n" not in row["error"] for row in said[1:-1])
    assert [row["question"] for row in said[1:6]] == [None, None, "", OPENED, OPENED]
    assert said[6]["error"] == "http://host/v1 answered 500"


def test_a_batch_without_a_bad_line_ends_well(home: str, tmp_path: Path, capsys: Out) -> None:
    questions = batch(tmp_path, {"question": OPENED}, {"question": "Who won the lottery?"})
    assert main(["ask", "--json", "--home", home, "--batch", questions]) == 0
    assert [row["abstained"] for row in rows(capsys)] == [False, True]


def test_what_goes_wrong_with_the_endpoint_is_one_line(
    home: str, capsys: Out, models: dict[str, str | Exception]
) -> None:
    models[OPENED] = EndpointError("http://host/v1 cannot be reached")
    assert main(["ask", "--json", "--home", home, OPENED]) == 1
    assert capsys.readouterr() == ("", "dateline: http://host/v1 cannot be reached\n")


# homes


def test_a_home_that_does_not_exist_is_given_the_bundled_corpus_wherever_one_stands(
    tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert main(["search", "--json", "Lavrov in Havana"]) == 0
    assert rows(capsys)[0]["hits"]
    assert (tmp_path / ".dateline").is_dir()
    assert main(["articles", "--json"]) == 0
    assert len(rows(capsys)) == 5


def test_an_emptied_home_stays_empty_and_refuses(home: str, news: Path, capsys: Out) -> None:
    for path in news.iterdir():
        path.unlink()
    main(["index", "--home", home, str(news)])
    capsys.readouterr()
    assert main(["articles", "--json", "--home", home]) == 0
    assert rows(capsys) == []
    assert main(["search", "--json", "--home", home, "bridge"]) == 0
    assert rows(capsys) == [{"question": "bridge", "hits": []}]
    assert main(["ask", "--json", "--home", home, OPENED]) == 0
    (said,) = rows(capsys)
    assert (said["answer"], said["evidence"]) == (REFUSAL, [])
    for command in (["search", "--home", home, "bridge"], ["ask", "--home", home, OPENED]):
        assert main(command) == 0


def test_looking_at_a_home_that_is_not_there_makes_none(tmp_path: Path, capsys: Out) -> None:
    home = tmp_path / "nowhere"
    assert main(["articles", "--json", "--home", str(home)]) == 0
    assert main(["article", "nobody", "--home", str(home)]) == 1
    assert not home.exists()


def test_the_environment_names_a_home_and_the_flag_wins(
    home: str, tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("DATELINE_HOME", home)
    main(["articles", "--json"])
    assert len(rows(capsys)) == 2
    main(["articles", "--json", "--home", str(tmp_path / "other")])
    assert rows(capsys) == []


def test_the_chat_ends_like_ctrl_c_when_it_is_told_to_terminate(
    home: str, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = signal.getsignal(signal.SIGTERM)
    monkeypatch.setattr("ui.app.launch", lambda *_: signal.raise_signal(signal.SIGTERM))
    try:
        assert main(["chat", "--home", home]) == 130
    finally:
        signal.signal(signal.SIGTERM, before)
    assert capsys.readouterr().err == "dateline: stopped\n"


# wrong usage, and the rest


@pytest.mark.parametrize(
    "words",
    [
        [],
        ["fly"],
        ["ask"],
        ["ask", "--json", "a", "--batch", "b.jsonl"],
        ["search", "-k", "0", "bridge"],
        ["search", "-k", "many", "bridge"],
        ["article"],
        ["models", "push"],
        ["index", "--fast"],
        ["articles", "--since", "yesterday"],
        ["search", "--since", "2023-13", "bridge"],
        ["articles", "--sort", "size"],
    ],
)
def test_words_that_make_no_command_are_wrong_usage(words: list[str], capsys: Out) -> None:
    with pytest.raises(SystemExit) as ended:
        main(words)
    assert ended.value.code == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("usage: dateline")


@pytest.mark.parametrize("question", ["", "  ", "x" * 20_000, "\x1b[2J", "caf\udce9"])
@pytest.mark.parametrize("command", ["ask", "search"])
def test_a_question_that_is_none_is_wrong_usage(home: str, command: str, question: str, capsys: Out) -> None:
    assert main([command, "--json", "--home", home, question]) == 2
    told = capsys.readouterr()
    assert told.out == ""
    assert told.err.startswith("dateline: the question")
    assert told.err.count("\n") == 1


def test_wrong_usage_that_the_parser_cannot_see(home: str, tmp_path: Path, capsys: Out) -> None:
    assert main(["articles", "--text", "--home", home]) == 2
    assert main(["ask", "--batch", str(tmp_path / "nowhere.jsonl"), "--home", home]) == 2
    assert main(["models", "pull"]) == 2
    assert capsys.readouterr().err.count("\n") == 3


def test_the_version_is_told(capsys: Out) -> None:
    with pytest.raises(SystemExit) as ended:
        main(["--version"])
    assert (ended.value.code, capsys.readouterr().out) == (0, f"dateline {__version__}\n")


def test_models_are_listed(tmp_path: Path, capsys: Out, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("DATELINE_CACHE", str(tmp_path))
    assert main(["models"]) == 0
    told = capsys.readouterr().out
    for name in ("all-MiniLM-L6-v2", "qwen2.5-coder-1.5b", "qwen2.5-coder-0.5b"):
        assert name in told


@pytest.mark.parametrize("command", ["ask", "search", "index"])
def test_without_its_models_and_offline_it_names_what_to_run(tmp_path: Path, command: str) -> None:
    """In a process of its own, with nothing put in the place of anything."""
    words = [command] if command == "index" else [command, "--json", "When?"]
    done = subprocess.run(
        [sys.executable, "-m", "rag.cli", *words],
        cwd=ROOT,
        capture_output=True,
        text=True,
        env={
            "PATH": "",
            "DATELINE_OFFLINE": "1",
            "DATELINE_HOME": str(tmp_path / "home"),
            "DATELINE_CACHE": str(tmp_path / "cache"),
        },
    )
    assert (done.returncode, done.stdout) == (1, "")
    assert done.stderr.startswith("dateline: ")
    assert "`dateline models pull " in done.stderr
    assert done.stderr.count("\n") == 1


# Vectors that are not there


def test_who_searches_without_vectors_is_told_and_still_finds_by_words(home: str, capsys: Out) -> None:
    shutil.rmtree(Path(home) / "chroma")
    told = f"dateline: {home}: its vectors are not there, so only words are looked for; `dateline doctor` mends that\n"
    for words in (["search", "Ellery bridge"], ["ask", OPENED]):
        assert main([*words, "--home", home]) == 0
        out, err = capsys.readouterr()
        assert "Ellery bridge" in out
        assert err == told
    assert main(["doctor", "--home", home]) == 0
    capsys.readouterr()
    assert main(["search", "Ellery bridge", "--home", home]) == 0
    assert capsys.readouterr().err == ""
