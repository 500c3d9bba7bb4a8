from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer.llm import LanguageModel, open_language_model
from rag.answer.loaded import LoadedModel, is_at_hand
from rag.config import Settings
from rag.errors import EndpointError, ModelError
from tests.conftest import QueueLLM
from tests.endpoints import KEY, dead_url, endpoint


class Engines:
    """Opens models by name and remembers what was opened and let go; one called bad.gguf never opens."""

    def __init__(self) -> None:
        self.told: list[str] = []

    @contextmanager
    def __call__(self, settings: Settings) -> Iterator[LanguageModel]:
        name = Path(settings.llm or "default").name
        if name == "bad.gguf":
            raise ModelError("llama.cpp cannot load this model")
        self.told.append(f"open {name}")
        yield LanguageModel(QueueLLM(), name)
        self.told.append(f"close {name}")


@pytest.fixture
def engines() -> Engines:
    return Engines()


@pytest.fixture
def here(settings: Settings, tmp_path: Path) -> Settings:
    """Two models of the user's own that are files here."""
    for name in ("a.gguf", "b.gguf", "bad.gguf"):
        (tmp_path / name).write_bytes(b"GGUF")
    return replace(settings, llm=str(tmp_path / "a.gguf"))


def other(here: Settings, name: str) -> Settings:
    return replace(here, llm=str(Path(here.llm or "").with_name(name)))


def test_the_model_before_is_let_go_before_the_next_is_opened(engines: Engines, here: Settings) -> None:
    loaded = LoadedModel(engines)
    loaded.load(here)
    loaded.switch(other(here, "b.gguf"))
    assert engines.told == ["open a.gguf", "close a.gguf", "open b.gguf"]
    with loaded.reading() as model:
        assert model.name == "b.gguf"
    loaded.close()
    assert engines.told[-1] == "close b.gguf"


def test_one_that_cannot_be_loaded_leaves_the_one_before(engines: Engines, here: Settings) -> None:
    loaded = LoadedModel(engines)
    loaded.load(here)
    with pytest.raises(ModelError, match="cannot load"):
        loaded.switch(other(here, "bad.gguf"))
    assert engines.told == ["open a.gguf", "close a.gguf", "open a.gguf"]
    assert loaded.settings == here


def test_one_that_is_not_here_is_told_before_anything_is_let_go(engines: Engines, here: Settings) -> None:
    loaded = LoadedModel(engines)
    loaded.load(here)
    with pytest.raises(ModelError, match=r"qwen2.5-coder-0.5b is not here; fetch it first"):
        loaded.switch(replace(here, llm="qwen2.5-coder-0.5b"))
    assert engines.told == ["open a.gguf"]


def test_without_a_model_it_is_said_where_to_get_one(here: Settings, engines: Engines) -> None:
    loaded = LoadedModel(engines)
    with pytest.raises(ModelError, match="fetch one in Settings"), loaded.reading():
        pass
    loaded.switch(here)
    with loaded.reading() as model:
        assert model.name == "a.gguf"


def test_nothing_takes_the_place_of_a_model_that_reads(engines: Engines, here: Settings) -> None:
    loaded = LoadedModel(engines)
    loaded.load(here)
    switching = threading.Thread(target=loaded.switch, args=(other(here, "b.gguf"),))
    with loaded.reading():
        switching.start()
        switching.join(0.2)
        assert switching.is_alive()
        assert engines.told == ["open a.gguf"]
    switching.join(10)
    assert engines.told[-1] == "open b.gguf"


def test_an_endpoint_is_tried_before_it_is_taken(engines: Engines, here: Settings) -> None:
    loaded = LoadedModel(lambda settings: (open_language_model if settings.llm_url else engines)(settings))
    loaded.load(here)
    with pytest.raises(EndpointError, match="cannot be reached"):
        loaded.switch(replace(here, llm="one", llm_url=dead_url()))
    with endpoint() as server:
        at = replace(here, llm=None, llm_url=server.url)
        with pytest.raises(EndpointError, match="401"):
            loaded.switch(replace(at, llm_key="wrong"))
        assert engines.told == ["open a.gguf"]
        loaded.switch(replace(at, llm_key=KEY))
        with loaded.reading() as model:
            assert model.address == server.url
    loaded.close()


def test_what_would_have_to_be_fetched_is_known_beforehand(here: Settings, settings: Settings) -> None:
    assert is_at_hand(here)
    assert is_at_hand(replace(settings, llm_url="http://127.0.0.1:1/v1"))
    assert not is_at_hand(settings)
