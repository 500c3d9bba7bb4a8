"""A real Chroma server on loopback in the place of the home's folder."""

from __future__ import annotations

import re
import shutil
import socket
import subprocess
import sys
import time
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import httpx
import pytest
from conftest import WordsEmbedding

from eval.archives import open_asked
from rag.cli import main
from rag.config import Settings, load_settings
from rag.doctor import examine
from rag.errors import HomeError, UsageError
from rag.index.archive import Archive
from rag.index.server import check_server
from rag.indexing import build_index, rebuild, remove

BRIDGE = "Ana Ruiz opened the Ellery bridge on Monday. The mayor cut the ribbon.\n"
STORM = "A storm closed the airport of Norwick for a day. Flights were late.\n"
GONE = r"^http://127\.0\.0\.1:\d+: the Chroma server does not answer[^\n]*chroma run[^\n]*nothing is lost[^\n]*$"
CHROMA = "import sys; from chromadb.cli.cli import app; sys.argv = ['chroma', *sys.argv[1:]]; app()"


class Running:
    """`chroma run` as its users start it; killed and started again it has the same address and files."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        with socket.socket() as free:
            free.bind(("127.0.0.1", 0))
            self._port = free.getsockname()[1]
        self.url = f"http://127.0.0.1:{self._port}"
        self.start()

    def start(self) -> None:
        at = ("--path", str(self._folder / "server"), "--host", "127.0.0.1", "--port", str(self._port))
        self._process = subprocess.Popen(
            [sys.executable, "-c", CHROMA, "run", *at],
            cwd=self._folder,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.DEVNULL,
        )
        until = time.monotonic() + 120
        while time.monotonic() < until:
            try:
                if httpx.get(f"{self.url}/api/v2/heartbeat", trust_env=False).is_success:
                    return
            except httpx.TransportError:
                time.sleep(0.1)
        raise AssertionError("chroma run does not answer")

    def kill(self) -> None:
        self._process.kill()
        self._process.wait()

    def forget(self) -> None:
        """Comes back without anything that it had."""
        self.kill()
        shutil.rmtree(self._folder / "server")
        self.start()


@pytest.fixture
def server(tmp_path: Path) -> Iterator[Running]:
    running = Running(tmp_path)
    yield running
    running.kill()


@pytest.fixture
def news(tmp_path: Path) -> Path:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "bridge.txt").write_text(BRIDGE)
    (folder / "storm.txt").write_text(STORM)
    return folder


def opened(settings: Settings, url: str | None) -> Archive:
    archive = Archive(replace(settings, chroma_url=url))
    archive.__dict__["embedder"] = WordsEmbedding()
    return archive


def first(archive: Archive) -> str:
    return archive.search("Who opened the bridge of Ellery?", 1)[0].text


def test_a_server_that_is_killed_is_told_and_found_again(settings: Settings, server: Running, news: Path) -> None:
    archive = opened(settings, server.url)
    build_index([news], archive)
    assert len(archive.vectors.ids()) == 2
    assert not (settings.home / "chroma").exists()
    before = archive.search("Who opened the bridge of Ellery?", 2)
    server.kill()
    with pytest.raises(HomeError, match=GONE):
        archive.search("Who opened the bridge of Ellery?", 2)
    other = opened(settings, server.url)
    with pytest.raises(HomeError, match=GONE):
        other.search("bridge", 1)
    (news / "harbour.txt").write_text("The harbour of Norwick was dredged in May. It took a week.\n")
    with pytest.raises(HomeError, match=GONE):
        build_index([news], other)
    assert len(other.store.articles()) == 2
    server.start()
    assert archive.search("Who opened the bridge of Ellery?", 2) == before
    assert len(build_index([news], other).added) == 1
    assert other.vectors.ids() == set(other.store.chunk_ids())
    archive.close()
    other.close()


def test_a_server_that_has_lost_the_vectors_is_mended(settings: Settings, server: Running, news: Path) -> None:
    archive = opened(settings, server.url)
    build_index([news], archive)
    before = archive.search("Who opened the bridge of Ellery?", 2)
    archive.close()
    server.forget()
    archive = opened(settings, server.url)
    with pytest.raises(HomeError, match=r"has none of the vectors[^\n]*dateline doctor[^\n]*--chroma-url[^\n]*$"):
        archive.search("bridge", 1)
    with pytest.raises(HomeError, match="has none of the vectors"):
        build_index([news], archive)
    assert [finding.wrong for finding in examine(archive)] == ["2 passages without a vector"]
    assert archive.search("Who opened the bridge of Ellery?", 2) == before
    archive.close()


def test_a_home_is_searched_where_its_vectors_are_until_it_is_rebuilt(
    settings: Settings, server: Running, news: Path
) -> None:
    here = opened(settings, None)
    build_index([news], here)
    ranks = here.search("Who opened the bridge of Ellery?", 2)
    here.close()
    there = opened(settings, server.url)
    for refused in (lambda: there.search("bridge", 1), lambda: remove([str(news / "storm.txt")], there)):
        with pytest.raises(HomeError, match=r"in the home, not in a Chroma server[^\n]*--rebuild[^\n]*$"):
            refused()
    assert len(there.store.articles()) == 2
    rebuild([], there)
    assert there.search("Who opened the bridge of Ellery?", 2) == ranks
    assert not (settings.home / "chroma").exists()
    there.close()
    here = opened(settings, None)
    with pytest.raises(HomeError, match=r"in a Chroma server; name it with --chroma-url[^\n]*$"):
        here.search("bridge", 1)
    rebuild([], here)
    assert here.search("Who opened the bridge of Ellery?", 2) == ranks
    here.close()


def test_homes_share_a_server_and_not_their_vectors(settings: Settings, server: Running, news: Path) -> None:
    one, two = opened(settings, server.url), opened(replace(settings, home=settings.home.parent / "two"), server.url)
    build_index([news / "bridge.txt"], one)
    build_index([news / "storm.txt"], two)
    assert two.sweep() == 0
    two.clear()
    assert first(one).startswith("Ana Ruiz")
    assert two.search("bridge", 1) == []
    one.close()
    two.close()


def test_the_program_tells_a_dead_server_in_one_line(
    tmp_path: Path, news: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    with socket.socket() as free:
        free.bind(("127.0.0.1", 0))
        url = f"http://127.0.0.1:{free.getsockname()[1]}"
        words = ["index", str(news), "--home", str(tmp_path / "home"), "--chroma-url"]
        assert main([*words, url]) == 1
        assert re.fullmatch(rf"dateline: {url}: the Chroma server does not answer[^\n]*\n", capsys.readouterr().err)
    assert main([*words, "nonsense"]) == 2
    assert capsys.readouterr().err.count("\n") == 1


def test_a_proxy_for_the_web_hears_nothing_of_a_server_on_loopback(
    settings: Settings, server: Running, news: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY"):
        monkeypatch.setenv(name, "http://127.0.0.1:9")
    archive = opened(settings, server.url)
    build_index([news], archive)
    assert first(archive).startswith("Ana Ruiz")
    archive.close()


def test_evidence_is_not_taken_from_what_a_server_keeps(settings: Settings) -> None:
    asked = replace(settings, chroma_url="http://127.0.0.1:9")
    with pytest.raises(UsageError, match="--corpus"), open_asked(asked, None, ["https://example.org/bridge"]):
        pass


@pytest.mark.parametrize(
    "url",
    [
        "127.0.0.1:8000",
        "ftp://127.0.0.1",
        "http://",
        "http://127.0.0.1:none",
        "http://127.0.0.1:8000/v1",
        "http://[::1",
    ],
)
def test_what_is_no_address_of_a_server_is_refused_by_name(url: str, settings: Settings) -> None:
    with pytest.raises(UsageError, match=f"^{re.escape(url)}: no address"):
        Archive(replace(settings, chroma_url=url))
    assert not settings.home.exists()


def test_an_address_with_a_key_in_it_is_refused_and_not_repeated() -> None:
    with pytest.raises(UsageError) as refused:
        check_server("http://ana:hidden@127.0.0.1:8000")
    assert "hidden" not in str(refused.value)


def test_the_flag_goes_before_the_environment() -> None:
    env = {"DATELINE_CHROMA_URL": "http://127.0.0.1:1"}
    assert load_settings({}).chroma_url is None
    assert load_settings(env).chroma_url == "http://127.0.0.1:1"
    assert load_settings(env, chroma_url="http://127.0.0.1:2").chroma_url == "http://127.0.0.1:2"
