from __future__ import annotations

import io
import json
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from rag.cli import main
from rag.errors import ReadError, UsageError
from rag.index.archive import Archive
from rag.ingest import readers
from rag.ingest.formats.web import Address
from rag.keeping import chosen
from rag.schema import Article, Filters
from tests.conftest import WordsEmbedding
from tests.test_indexing import BRIDGE, STORM

Out = pytest.CaptureFixture[str]


def article(key: str, title: str, text: str, **more: Any) -> Article:
    return Article(id=key, path=f"/news/{key}.txt", title=title, text=text, **more)


A = article("a", "Storm in Norwick", "One two three.", outlet="The Echo", published=date(2021, 6, 3))
B = article("b", "a bridge opens", "One.", outlet="Daily Star", published=date(2022, 1, 1))
C = article("c", "Fair", "One two.")


@pytest.mark.parametrize(
    ("asked", "ids"),
    [
        ({}, "abc"),
        ({"filters": Filters(outlets=("echo",))}, "a"),
        ({"filters": Filters(outlets=("the echo", "star"))}, "ab"),
        ({"filters": Filters(outlets=("daily stár",))}, "b"),
        ({"title": "BRIDGE"}, "b"),
        ({"filters": Filters(since=date(2021, 6, 3))}, "ab"),
        ({"filters": Filters(since=date(2021, 6, 4))}, "b"),
        ({"filters": Filters(until=date(2021, 12, 31))}, "a"),
        ({"sort": "date"}, "bac"),
        ({"sort": "title"}, "bca"),
        ({"sort": "outlet"}, "bac"),
        ({"sort": "words"}, "acb"),
        ({"sort": "words", "filters": Filters(since=date(2021, 1, 1))}, "ab"),
    ],
)
def test_articles_are_chosen_and_sorted(asked: dict[str, Any], ids: str) -> None:
    assert "".join(one.id for one in chosen([A, B, C], **asked)) == ids


def test_half_a_word_of_an_outlet_is_none() -> None:
    with pytest.raises(UsageError, match="no article is from 'ech'"):
        chosen([A, B, C], Filters(outlets=("ech",)))


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: Out) -> str:
    monkeypatch.setattr(Archive, "embedder", WordsEmbedding())
    news = tmp_path / "news"
    news.mkdir()
    (news / "bridge.txt").write_text(BRIDGE)
    (news / "storm.txt").write_text(STORM)
    assert main(["index", "--home", str(tmp_path / "home"), str(news)]) == 0
    capsys.readouterr()
    return str(tmp_path / "home")


def test_a_dry_run_names_what_would_be_done(home: str, tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "news" / "storm.txt").rename(tmp_path / "news" / "gale.txt")
    assert main(["index", "--dry-run", "--home", home, str(tmp_path / "news")]) == 0
    assert capsys.readouterr().out.splitlines() == [
        f"added {tmp_path / 'news' / 'gale.txt'}",
        f"removed {tmp_path / 'news' / 'storm.txt'}",
        "added 1, changed 0, removed 1, unchanged 1, failed 0 (nothing was written)",
    ]
    assert main(["index", "--dry-run", "--home", str(tmp_path / "none"), str(tmp_path / "news")]) == 0
    assert not (tmp_path / "none").exists()


def test_what_is_named_is_removed(home: str, tmp_path: Path, capsys: Out) -> None:
    storm = str(tmp_path / "news" / "storm.txt")
    assert main(["index", "--home", home, "--remove", storm]) == 0
    assert capsys.readouterr().out == "added 0, changed 0, removed 1, unchanged 0, failed 0\n"
    assert main(["index", "--home", home, "--remove", storm]) == 1
    assert capsys.readouterr().err.startswith(f"dateline: {storm}: nothing in the index")
    assert main(["index", "--home", home, "--remove"]) == 2


def test_an_address_of_the_local_network_is_fetched_when_it_may_be(
    home: str, capsys: Out, monkeypatch: pytest.MonkeyPatch
) -> None:
    def fetch(address: Address, kinds: object) -> tuple[str, io.BytesIO]:
        if not address.allow_private:
            raise ReadError(f"{address}: leads to a private address")
        return ".txt", io.BytesIO(STORM.encode())

    monkeypatch.setattr(readers, "fetch", fetch)
    command = ["index", "--home", home, "http://desk.example/storm"]
    assert main(command) == 1
    assert "private" in capsys.readouterr().err
    assert main([*command, "--allow-private"]) == 0
    assert capsys.readouterr().out == "added 1, changed 0, removed 0, unchanged 0, failed 0\n"


def test_rebuilding_without_a_path_keeps_what_the_home_knows(home: str, capsys: Out) -> None:
    assert main(["index", "--rebuild", "--home", home]) == 0
    assert capsys.readouterr().out == "added 0, changed 2, removed 0, unchanged 0, failed 0\n"


def test_articles_are_narrowed_as_a_question_is(home: str, tmp_path: Path, capsys: Out) -> None:
    (tmp_path / "news" / "huelga.md").write_text("---\nsite_name: El País\ndate: 2023-04-01\n---\n" + BRIDGE)
    (tmp_path / "news" / "gale.md").write_text("---\nsite_name: The Echo\ndate: 2023-05-01\n---\n" + STORM)
    assert main(["index", "--home", home, str(tmp_path / "news")]) == 0
    capsys.readouterr()

    def listed(*words: str) -> list[str]:
        assert main(["articles", "--json", "--home", home, *words]) == 0
        return sorted(json.loads(line)["outlet"] for line in capsys.readouterr().out.splitlines())

    assert listed("--outlet", "el pais") == ["El País"]
    assert listed("--outlet", "el pais", "--outlet", "ECHO") == ["El País", "The Echo"]
    assert listed("--outlet", "el pais", "--outlet", "echo", "--since", "2023-05") == ["The Echo"]
    for words, told in (
        (["--outlet", "ech"], "no article is from 'ech'"),
        (["--since", "2024", "--until", "2023"], "no day lies between 2024-01-01 and 2023-12-31"),
    ):
        assert main(["articles", "--home", home, *words]) == 2
        assert told in capsys.readouterr().err
        assert main(["search", "--home", home, *words, "bridge"]) == 2
        assert told in capsys.readouterr().err


def test_of_no_articles_none_is_from_an_outlet(tmp_path: Path, capsys: Out) -> None:
    assert main(["articles", "--home", str(tmp_path / "none"), "--outlet", "CNN"]) == 0
    assert "no articles in" in capsys.readouterr().err


def test_the_doctor_tells_what_it_did(home: str, tmp_path: Path, capsys: Out) -> None:
    assert main(["doctor", "--home", home]) == 0
    assert capsys.readouterr().out == "2 articles, 2 passages: all is well\n"
    (tmp_path / "home" / "chroma" / "chroma.sqlite3").write_text("no database " * 100)
    assert main(["doctor", "--home", home]) == 0
    assert capsys.readouterr().out.splitlines()[-2:] == [
        "2 passages without a vector: they were embedded from the stored text",
        "2 articles, 2 passages: all is well now",
    ]
    assert main(["doctor", "--home", str(tmp_path / "none")]) == 1
    assert not (tmp_path / "none").exists()
