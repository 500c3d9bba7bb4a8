from __future__ import annotations

import json
import os
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlsplit

import pytest

from rag.answer import prefix
from rag.answer.llm import LanguageModel
from rag.answer.prefix import SLOTS, Prefixes, Task, save_path
from rag.schema import Turn
from tests.conftest import QueueLLM
from tests.endpoints import dead_url

KEY = "slot-key"


class Engine(ThreadingHTTPServer):
    """Saves and restores slots as llama.cpp does: a file it cannot find or open is an error, 400."""

    daemon_threads = True

    def __init__(self, folder: Path) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.path = save_path(folder)
        self.slots: dict[int, bytes] = {}
        self.log: list[tuple[str, int]] = []
        self.disk_is_full = False

    @property
    def address(self) -> str:
        return f"http://127.0.0.1:{self.server_port}"

    def do(self, action: str, slot: int, name: str) -> dict[str, Any]:
        file = f"{self.path}{name}"
        if action == "restore":
            self.slots[slot] = Path(file).read_bytes()
            return {"n_read": len(self.slots[slot])}
        state = self.slots[slot]
        Path(file).write_bytes(state[:3] if self.disk_is_full else state)
        return {"n_written": len(state)}


class _Handler(BaseHTTPRequestHandler):
    server: Engine

    def log_message(self, format: str, *args: Any) -> None:
        pass

    def do_POST(self) -> None:
        assert self.headers["Authorization"] == f"Bearer {KEY}"
        url = urlsplit(self.path)
        action, slot = parse_qs(url.query)["action"][0], int(url.path.removeprefix("/slots/"))
        self.server.log.append((action, slot))
        name = json.loads(self.rfile.read(int(self.headers["Content-Length"])))["filename"]
        try:
            status, said = 200, self.server.do(action, slot, name)
        except OSError:
            status, said = 400, {"error": {"message": "unable to"}}
        body = json.dumps(said).encode()
        self.send_response(status)
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


@contextmanager
def running(folder: Path) -> Iterator[Engine]:
    with Engine(folder) as server:
        thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
        thread.start()
        try:
            yield server
        finally:
            server.shutdown()
            thread.join()


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    return tmp_path / "cache" / "prefixes"


@pytest.fixture
def model(tmp_path: Path) -> Path:
    path = tmp_path / "m.gguf"
    path.write_bytes(b"GGUF")
    return path


@pytest.fixture
def engine(folder: Path) -> Iterator[Engine]:
    with running(folder) as server:
        yield server


def start(engine: Engine, folder: Path, model: Path, task: Task = "read", state: bytes = b"examples") -> list[str]:
    """A process that begins with this engine: what it had to read."""
    had_to: list[str] = []

    def read() -> None:
        had_to.append(task)
        engine.slots[SLOTS[task]] = state

    engine.slots.clear()
    prefixes = Prefixes(folder, model, engine.address, KEY)
    prefixes.prepare(task, read)
    prefixes.prepare(task, read)
    return had_to


def test_examples_are_read_once_and_then_restored(engine: Engine, folder: Path, model: Path) -> None:
    assert start(engine, folder, model) == ["read"]
    assert start(engine, folder, model) == []
    assert engine.slots == {0: b"examples"}
    assert engine.log == [("save", 0), ("restore", 0)]


def test_each_task_has_a_file_and_a_slot_of_its_own(engine: Engine, folder: Path, model: Path) -> None:
    start(engine, folder, model, "read", b"reading")
    start(engine, folder, model, "condense", b"condensing")
    assert (start(engine, folder, model, "read"), engine.slots) == ([], {0: b"reading"})
    assert (start(engine, folder, model, "condense"), engine.slots) == ([], {1: b"condensing"})
    assert len(list(folder.iterdir())) == 2


@pytest.mark.parametrize("damage", [b"", b"exam", b"examplez", b"examples and more"])
def test_a_file_that_is_not_what_was_saved_is_never_shown_to_the_engine(
    engine: Engine, folder: Path, model: Path, damage: bytes
) -> None:
    start(engine, folder, model)
    (kept,) = folder.iterdir()
    kept.write_bytes(damage)
    engine.log.clear()
    assert start(engine, folder, model) == ["read"]
    assert engine.log == [("save", 0)]
    assert [path.read_bytes() for path in folder.iterdir()] == [b"examples"]


def test_what_was_read_by_another_file_engine_or_prompt_is_read_anew_and_replaced(
    engine: Engine, folder: Path, model: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    start(engine, folder, model)
    os.utime(model, ns=(1, 1))
    assert start(engine, folder, model) == ["read"]
    model.write_bytes(b"GGUF2")
    os.utime(model, ns=(1, 1))
    assert start(engine, folder, model) == ["read"]
    monkeypatch.setattr("importlib.metadata.version", lambda name: "0.0")
    assert start(engine, folder, model) == ["read"]
    monkeypatch.setattr(prefix, "READING", "Answer in verse.")
    assert start(engine, folder, model) == ["read"]
    monkeypatch.setattr(prefix, "CONTEXT_TOKENS", 1)
    assert start(engine, folder, model) == ["read"]
    assert start(engine, folder, model) == []
    assert len(list(folder.iterdir())) == 1


def test_another_model_pushes_nothing_out(engine: Engine, folder: Path, model: Path) -> None:
    other = model.with_name("other.gguf")
    other.write_bytes(b"GGUF")
    start(engine, folder, model, state=b"one")
    assert start(engine, folder, other, state=b"two") == ["read"]
    assert (start(engine, folder, model), engine.slots) == ([], {0: b"one"})


def test_what_a_save_cut_short_left_behind_is_cleared_away(engine: Engine, folder: Path, model: Path) -> None:
    engine.disk_is_full = True
    start(engine, folder, model)
    assert list(folder.iterdir()) == []
    assert start(engine, folder, model) == ["read"]
    folder.joinpath(f"{Prefixes(folder, model, '', '')._whose('read')}-12.part").write_bytes(b"exa")
    engine.disk_is_full = False
    start(engine, folder, model)
    assert [path.read_bytes() for path in folder.iterdir()] == [b"examples"]


def test_a_folder_that_cannot_be_made_and_an_engine_that_is_dumb_keep_nothing(
    engine: Engine, folder: Path, model: Path
) -> None:
    folder.parent.write_text("no folder")
    assert start(engine, folder, model) == ["read"]
    read: list[int] = []
    Prefixes(model.parent / "new", model, dead_url().removesuffix("/v1"), KEY).prepare("read", lambda: read.append(1))
    assert read == [1]


def test_examples_that_could_not_be_read_are_tried_again(engine: Engine, folder: Path, model: Path) -> None:
    def fail() -> None:
        raise RuntimeError

    prefixes = Prefixes(folder, model, engine.address, KEY)
    with pytest.raises(RuntimeError):
        prefixes.prepare("read", fail)
    engine.slots[0] = b"examples"
    prefixes.prepare("read", lambda: None)
    assert len(list(folder.iterdir())) == 1


def test_a_question_waits_until_the_examples_are_saved_without_it(engine: Engine, folder: Path, model: Path) -> None:
    llm = QueueLLM("The", "Hello there.")
    engine.slots[0] = b"examples"
    asked = LanguageModel(llm, "m", prefixes=Prefixes(folder, model, engine.address, KEY))
    own = replace(asked).metered()
    assert own.reply("Be kind.", [Turn("user", "Who is Rui?")], "read", 7) == "Hello there."
    examples, question = llm.asked
    assert examples[-1].content == "Passage: \nQuestion: "
    assert [message.content for message in question] == ["Be kind.", "Who is Rui?"]
    assert [options["max_tokens"] for options in llm.options] == [1, 7]
    assert engine.log == [("save", 0)]
    assert not any(b"Rui" in path.read_bytes() for path in folder.iterdir())
