from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer.llm import LanguageModel, open_language_model
from rag.answer.loaded import LoadedModel
from rag.config import DEFAULT_LLM, Settings
from rag.desk.settings_file import NAME, Saved, load, save
from rag.errors import DatelineError, EndpointError, HomeError, ModelError, UsageError
from rag.models import ModelRow
from rag.progress import Progress
from tests.conftest import QueueLLM
from tests.endpoints import KEY, dead_url, endpoint
from ui import controls as controls_module
from ui.controls import NOT_YOURS, Controls

SMALL = "qwen2.5-coder-0.5b"


@contextmanager
def opener(settings: Settings) -> Iterator[LanguageModel]:
    """An endpoint in earnest; a local model by its name only."""
    if settings.llm_url:
        with open_language_model(settings) as model:
            yield model
    else:
        yield LanguageModel(QueueLLM(), settings.llm or DEFAULT_LLM)


@pytest.fixture
def fetched(settings: Settings, monkeypatch: pytest.MonkeyPatch) -> set[str]:
    """The names of the models that are here; pulling one puts it here, except one that is not to be had."""
    here = {DEFAULT_LLM}

    def pull(name: str, _: Settings, progress: Progress) -> Path:
        if name not in (SMALL, DEFAULT_LLM):
            raise ModelError(f"unknown model {name}")
        with progress(f"pulling {name}", 200) as show:
            for there in (50, 51, 200):
                show(there)
        here.add(name)
        return settings.cache

    def listed(_: Settings) -> list[ModelRow]:
        return [
            ModelRow(name, "llm", 200, "Apache-2.0", "ready" if name in here else "missing", settings.cache, False)
            for name in (DEFAULT_LLM, SMALL)
        ]

    monkeypatch.setattr(controls_module, "pull_model", pull)
    monkeypatch.setattr(controls_module, "list_models", listed)
    monkeypatch.setattr("rag.answer.loaded.find_model", lambda name, _: settings.cache if name in here else None)
    return here


@pytest.fixture
def controls(settings: Settings, fetched: set[str]) -> Iterator[Controls]:
    loaded = LoadedModel(opener)
    loaded.load(settings)
    yield Controls(settings, loaded, 8)
    loaded.close()


def shared(settings: Settings) -> Controls:
    loaded = LoadedModel(opener)
    loaded.load(settings)
    return Controls(settings, loaded, 8, shared=True)


def test_a_fetched_model_is_read_with_and_saved(controls: Controls, settings: Settings) -> None:
    assert list(controls.pull(SMALL)) == [0.25, 0.255, 1.0]
    assert controls.reads() == DEFAULT_LLM
    controls.read_with(SMALL)

    assert controls.where() == f"read here by {SMALL}"
    assert controls.standing().reads == SMALL
    assert load(settings.home) == Saved(model=SMALL)


def test_what_cannot_be_had_is_told_and_nothing_changes(controls: Controls, settings: Settings) -> None:
    for wrong in (SMALL, "../secret.gguf", None, "all-MiniLM-L6-v2"):
        with pytest.raises(ModelError):
            controls.read_with(wrong)
    with pytest.raises(ModelError, match="unknown model"):
        list(controls.pull("other"))

    assert controls.reads() == DEFAULT_LLM
    assert not (settings.home / NAME).exists()


def test_without_a_model_the_first_one_fetched_reads(settings: Settings, fetched: set[str]) -> None:
    fetched.clear()
    controls = Controls(settings, LoadedModel(opener), 8)
    assert "no model" in controls.where()
    assert controls.standing().reads is None
    list(controls.pull(SMALL))

    assert controls.reads() == SMALL


def test_an_endpoint_reads_with_its_key_which_is_kept_and_told_to_nobody(
    controls: Controls, settings: Settings
) -> None:
    with endpoint() as server:
        controls.read_at(f" {server.url} ", "", KEY)
        assert controls.standing().address == server.url
        assert controls.standing().has_key
        assert KEY not in repr(controls.standing()) + repr(controls.saved)
        assert load(settings.home).key == KEY

        controls.read_at(server.url, "second")  # the key is known at this address
        assert load(settings.home) == Saved("second", server.url, key=KEY)
        controls.forget_key()
        assert not controls.standing().has_key
        with pytest.raises(EndpointError, match="401"):
            controls.read_at(server.url)
    controls.read_with(DEFAULT_LLM)
    assert load(settings.home) == Saved(model=DEFAULT_LLM)


def test_a_key_goes_to_no_other_address(controls: Controls) -> None:
    with endpoint() as server, endpoint() as other:
        controls.read_at(server.url, None, KEY)
        with pytest.raises(EndpointError, match="401"):
            controls.read_at(other.url)
        assert controls.standing().address == server.url


def test_an_error_does_not_repeat_the_key(controls: Controls, monkeypatch: pytest.MonkeyPatch) -> None:
    def refusing(_: Settings) -> None:
        raise EndpointError("answered 401 (wrong key s3cret)")

    monkeypatch.setattr(controls._loaded, "switch", refusing)
    with pytest.raises(EndpointError) as told:
        controls.read_at("http://127.0.0.1:1/v1", None, "s3cret")
    assert str(told.value) == "answered 401 (wrong key …)"


@pytest.mark.parametrize("address", ["", None, "ftp://a", "http://me:s3cret@a/v1", "http://a/v1?key=s3cret"])
def test_an_address_that_is_none_or_hides_a_key_is_refused(controls: Controls, address: object) -> None:
    with pytest.raises(UsageError) as told:
        controls.read_at(address)
    assert "s3cret" not in str(told.value)
    assert controls.reads() == DEFAULT_LLM


def test_a_dead_endpoint_leaves_the_model_before(controls: Controls, settings: Settings) -> None:
    with pytest.raises(EndpointError, match="cannot be reached"):
        controls.read_at(dead_url(), "m")
    assert controls.where() == f"read here by {DEFAULT_LLM}"
    assert load(settings.home) == Saved()


def test_theme_and_passages_hold_until_the_next_start(controls: Controls, settings: Settings) -> None:
    controls.set_theme("dark")
    controls.set_passages("12")
    assert (controls.theme, controls.passages) == ("dark", 12)
    assert load(settings.home) == Saved(passages=12, theme="dark")
    for nonsense in ("0", "31", "-1", "1e3", "", None, "٣"):
        with pytest.raises(UsageError, match="1 to 30"):
            controls.set_passages(nonsense)
    with pytest.raises(UsageError, match="theme must be"):
        controls.set_theme("pink")


def test_a_flag_or_the_environment_is_told(settings: Settings, fetched: set[str]) -> None:
    save(Saved(model=SMALL), settings.home)
    for given, named in ((settings, False), (replace(settings, llm=DEFAULT_LLM), True)):
        assert Controls(given, LoadedModel(opener), 8).standing().named is named


def test_where_several_people_read_nobody_changes_anything(settings: Settings, fetched: set[str]) -> None:
    controls = shared(settings)
    changes: list[Callable[[], object]] = [
        lambda: controls.set_theme("dark"),
        lambda: controls.set_passages("3"),
        lambda: controls.read_with(DEFAULT_LLM),
        lambda: controls.read_at("http://127.0.0.1:1/v1"),
        lambda: list(controls.pull(SMALL)),
        controls.forget_key,
    ]
    for change in changes:
        with pytest.raises(UsageError, match=NOT_YOURS[:20]):
            change()
    assert fetched == {DEFAULT_LLM}
    assert not (settings.home / NAME).exists()


def test_a_home_that_cannot_be_written_is_told_and_the_setting_stays(
    controls: Controls, monkeypatch: pytest.MonkeyPatch
) -> None:
    def full(*_: object) -> None:
        raise HomeError("the disk is full")

    monkeypatch.setattr(controls_module, "save", full)
    with pytest.raises(DatelineError, match="the disk is full"):
        controls.set_passages("3")
    assert controls.passages == 8
