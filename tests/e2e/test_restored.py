"""The real engine takes up its worked examples where another process of it left them."""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

import pytest

from rag.answer.llm import LanguageModel, Usage, open_language_model
from rag.answer.prompts import READING, reading_turns
from rag.config import DEFAULT_LLM, Settings, load_settings
from rag.models import ensure_model

pytestmark = pytest.mark.e2e

PASSAGE = "Ferry to Malta (2 May 2024)\nThe ferry Calypso left Catania for Valletta on Monday with 90 passengers."
WORKED = 400  # tokens; the examples have 427


@pytest.fixture(scope="module")
def settings(tmp_path_factory: pytest.TempPathFactory) -> Settings:
    """The models that are here, named by their files, and a cache in which nothing is kept yet."""
    found = load_settings()
    return replace(
        found,
        llm=str(ensure_model(DEFAULT_LLM, found)),
        llm_url=None,
        cache=tmp_path_factory.mktemp("cache"),
    )


def kept(settings: Settings) -> list[Path]:
    return sorted((settings.cache / "prefixes").glob("*"))


def first_reply(settings: Settings) -> tuple[str, Usage]:
    with open_language_model(settings) as model:
        own = model.metered()
        return ask(own), own.usage


def ask(model: LanguageModel) -> str:
    return model.reply(READING, reading_turns(PASSAGE, "How many passengers were on the Calypso?"), "read", 40)


@pytest.fixture(scope="module")
def anew(settings: Settings) -> tuple[str, Usage]:
    return first_reply(settings)


def test_a_restored_prefix_is_not_read_again_and_changes_no_word(settings: Settings, anew: tuple[str, Usage]) -> None:
    (path,) = kept(settings)
    written = path.stat().st_mtime_ns
    said, usage = first_reply(settings)
    assert usage.cached_tokens > WORKED
    assert (said, usage) == anew
    assert "90" in said
    assert [one.stat().st_mtime_ns for one in kept(settings)] == [written]


def test_a_damaged_file_is_read_anew_and_replaced(settings: Settings, anew: tuple[str, Usage]) -> None:
    (path,) = kept(settings)
    whole = path.read_bytes()
    path.write_bytes(whole[: len(whole) // 2])
    said, _ = first_reply(settings)
    assert said == anew[0]
    assert [one.stat().st_size for one in kept(settings)] == [len(whole)]
