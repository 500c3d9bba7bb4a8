"""Finding, checking and listing models, on a toy in a cache of its own; pulling itself is in test_pull."""

from __future__ import annotations

import hashlib
import io
import os
import re
import socket
import subprocess
import sys
import threading
import time
from pathlib import Path

import pytest

from rag import models
from rag.config import DEFAULT_EMBEDDER, DEFAULT_LLM, Settings
from rag.errors import ModelError
from rag.models import ensure_model, find_model, list_models, pull_model
from rag.progress import Progress
from rag.registry import MODELS, ModelFile, ModelSpec

BODY = b"GGUF" + bytes(96)


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache")


@pytest.fixture(autouse=True)
def toy(monkeypatch: pytest.MonkeyPatch) -> ModelSpec:
    file = ModelFile("toy.gguf", len(BODY), hashlib.sha256(BODY).hexdigest(), pieces=())
    spec = ModelSpec("toy", "llm", "Apache-2.0", "maker/toy", (file,))
    monkeypatch.setitem(MODELS, "toy", spec)
    return spec


@pytest.fixture
def cached(settings: Settings) -> Path:
    return put(settings, BODY)


def put(settings: Settings, body: bytes) -> Path:
    path = settings.cache / "models" / "toy" / "toy.gguf"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_bytes(body)
    return path


def forbid(monkeypatch: pytest.MonkeyPatch, where: object, name: str) -> None:
    def fail(*_: object, **__: object) -> None:
        raise AssertionError(f"{name} was called")

    monkeypatch.setattr(where, name, fail)


def test_a_missing_model_is_none_until_it_is_pulled(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    def deliver(spec: ModelSpec, folder: Path, progress: Progress) -> None:
        put(settings, BODY)

    assert find_model("toy", settings) is None
    monkeypatch.setattr(models, "pull", deliver)
    path = ensure_model("toy", settings)
    assert path.read_bytes() == BODY
    assert find_model("toy", settings) == path


def test_a_model_that_is_there_opens_no_socket(
    cached: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(monkeypatch, socket, "socket")
    forbid(monkeypatch, subprocess, "run")
    assert ensure_model("toy", settings) == cached


def test_an_embedding_model_is_its_folder(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    file = ModelFile("sub/config.json", 2, hashlib.sha256(b"{}").hexdigest(), pieces=())
    monkeypatch.setitem(MODELS, "vec", ModelSpec("vec", "embedding", "MIT", "maker/vec", (file,)))
    folder = settings.cache / "models" / "vec"
    (folder / "sub").mkdir(parents=True)
    (folder / "sub" / "config.json").write_bytes(b"{}")
    assert ensure_model("vec", settings, kind="embedding") == folder
    with pytest.raises(ModelError, match="vec is no llm model: choose qwen"):
        ensure_model("vec", settings, kind="llm")


def test_offline_a_missing_model_names_the_command(settings: Settings) -> None:
    offline = Settings(home=settings.home, cache=settings.cache, offline=True)
    with pytest.raises(ModelError, match=r"DATELINE_OFFLINE .* unset it and run `dateline models pull toy`"):
        ensure_model("toy", offline)


def test_a_truncated_file_is_named_with_what_was_expected(settings: Settings) -> None:
    path = put(settings, BODY[:40])
    with pytest.raises(
        ModelError, match=rf"{re.escape(str(path))} has 40 bytes, not 100: run `dateline models pull toy`"
    ):
        ensure_model("toy", settings)


def test_wrong_bytes_of_the_right_size_are_found_out_also_after_a_check(cached: Path, settings: Settings) -> None:
    find_model("toy", settings)
    put(settings, BODY[::-1])
    os.utime(cached, ns=(1, 1))
    with pytest.raises(ModelError, match="is not the file whose SHA-256 is"):
        find_model("toy", settings)


def test_a_checked_file_is_hashed_again_only_when_touched(
    cached: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    find_model("toy", settings)
    with monkeypatch.context() as patch:
        forbid(patch, models, "sha256")
        assert find_model("toy", settings) == cached
        os.utime(cached, ns=(1, 1))
        with pytest.raises(AssertionError, match="sha256 was called"):
            find_model("toy", settings)
    assert find_model("toy", settings) == cached


def test_the_list_tells_ready_missing_and_damaged(settings: Settings) -> None:
    def state(*, check: bool = False) -> str:
        return next(row.state for row in list_models(settings, check=check) if row.name == "toy")

    assert state() == "missing"
    path = put(settings, BODY)
    assert state() == "ready"
    stat = path.stat()
    put(settings, BODY[::-1])
    os.utime(path, ns=(stat.st_atime_ns, stat.st_mtime_ns))  # as bit rot leaves it
    assert state() == "ready"
    assert state(check=True) == "damaged"


def test_the_defaults_are_in_the_list(settings: Settings) -> None:
    rows = list_models(settings)
    assert {row.name: row.kind for row in rows if row.default} == {
        DEFAULT_EMBEDDER: "embedding",
        DEFAULT_LLM: "llm",
    }
    assert next(row.path for row in rows if row.name == DEFAULT_EMBEDDER).name == DEFAULT_EMBEDDER


def test_pulling_replaces_a_damaged_model_and_leaves_a_good_one(
    cached: Path, settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    pulled: list[str] = []

    def deliver(spec: ModelSpec, folder: Path, progress: Progress) -> None:
        pulled.append(spec.name)
        put(settings, BODY)

    monkeypatch.setattr(models, "pull", deliver)
    pull_model("toy", settings)
    assert pulled == []
    put(settings, BODY[:-1])
    pull_model("toy", settings)
    assert pulled == ["toy"]
    assert find_model("toy", settings) == cached


def test_a_second_puller_waits_for_the_first_and_uses_its_work(
    settings: Settings, monkeypatch: pytest.MonkeyPatch
) -> None:
    forbid(monkeypatch, models, "pull")
    told = io.StringIO()  # reading capfd in a loop loses what is printed between its read and its truncation
    monkeypatch.setattr(sys, "stderr", told)
    folder = settings.cache / "models" / "toy"
    folder.mkdir(parents=True)
    first = subprocess.Popen(
        [sys.executable, "-c", FIRST_PULLER, str(folder)], stdin=subprocess.PIPE, stdout=subprocess.PIPE
    )
    with first:
        assert first.stdin
        assert first.stdout
        assert first.stdout.readline() == b"locked\n"
        got: list[Path] = []
        second = threading.Thread(target=lambda: got.append(ensure_model("toy", settings)))
        second.start()
        while "waiting for another process, which is pulling toy" not in told.getvalue():
            assert second.is_alive()
            time.sleep(0.01)
        first.stdin.write(BODY)
        first.stdin.close()
        second.join(timeout=30)
    assert got == [folder / "toy.gguf"]


FIRST_PULLER = """
import pathlib, sys
from filelock import FileLock
folder = pathlib.Path(sys.argv[1])
with FileLock(folder.parent / ".toy.lock"):
    print("locked", flush=True)
    (folder / "toy.gguf").write_bytes(sys.stdin.buffer.read())
"""


def test_a_cache_that_cannot_be_made_is_told(tmp_path: Path, settings: Settings) -> None:
    (tmp_path / "file").touch()
    nowhere = Settings(home=settings.home, cache=tmp_path / "file" / "cache")
    with pytest.raises(ModelError, match="set DATELINE_CACHE to another folder"):
        ensure_model("toy", nowhere)


def test_a_gguf_of_the_users_own_is_taken_as_it_is(tmp_path: Path, settings: Settings) -> None:
    own = tmp_path / "own.gguf"
    own.write_bytes(b"GGUF\x03\0\0\0")
    assert ensure_model(str(own), settings) == own


@pytest.mark.parametrize(
    ("body", "told"),
    [
        (None, "No such file"),
        (b"PK\3\4", r"begins with b'GGUF', this one with b'PK\\x03\\x04'"),
        (b"", "this one with b''"),
    ],
)
def test_another_file_is_refused_by_name(body: bytes | None, told: str, tmp_path: Path, settings: Settings) -> None:
    own = tmp_path / "own.gguf"
    if body is not None:
        own.write_bytes(body)
    with pytest.raises(ModelError, match=rf"own\.gguf .*{told}"):
        ensure_model(str(own), settings)


def test_an_unknown_name_lists_the_known_ones(settings: Settings) -> None:
    with pytest.raises(ModelError, match=r"unknown model gpt: choose qwen2\.5-coder-1\.5b or .* \.gguf file"):
        ensure_model("gpt", settings)
    with pytest.raises(ModelError, match="unknown model gpt: choose all-MiniLM-L6-v2 or qwen"):
        pull_model("gpt", settings)


@pytest.mark.parametrize("spec", [spec for spec in MODELS.values() if spec.name != "toy"], ids=lambda s: s.name)
def test_the_pieces_of_every_file_are_the_whole_file_in_order(spec: ModelSpec) -> None:
    for file in spec.files:
        end = 0
        for piece in file.pieces:
            assert piece.start == end
            assert re.fullmatch(r"[a-z0-9-]+==[0-9.]+", piece.requirement)
            end += piece.size
        assert end == file.size
        assert re.fullmatch(r"[0-9a-f]{64}", file.sha256)
