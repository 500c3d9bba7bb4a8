from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path

import pytest

from rag.config import Settings
from rag.desk.settings_file import NAME, Saved, load, save, with_saved
from rag.errors import HomeError, UsageError

CHOSEN = Saved("qwen2.5-coder-0.5b", "https://llm.example/v1", 12, "dark")


def test_what_is_saved_is_there_after_a_restart(tmp_path: Path) -> None:
    assert load(tmp_path) == Saved()
    save(CHOSEN, tmp_path / "home")
    assert load(tmp_path / "home") == CHOSEN
    assert [path.name for path in (tmp_path / "home").iterdir()] == [NAME]
    assert (tmp_path / "home" / NAME).stat().st_mode & 0o777 == 0o600


@pytest.mark.parametrize(
    "saved",
    [
        Saved(endpoint="ftp://llm.example"),
        Saved(endpoint="no address"),
        Saved(passages=0),
        Saved(passages=31),
        Saved(passages=True),
        Saved(theme="pink"),  # type: ignore[arg-type]
        Saved(model=""),
        Saved(model="a\nb"),
        Saved(model="x" * 2001),
    ],
)
def test_a_value_that_cannot_be_one_is_not_saved(tmp_path: Path, saved: Saved) -> None:
    with pytest.raises(UsageError):
        save(saved, tmp_path)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    "url", ["https://me:s3cret@llm.example/v1", "https://s3cret@llm.example/v1", "https://llm.example/v1?key=s3cret",
            "https://llm.example/v1#s3cret"],
)  # fmt: skip
def test_a_key_in_an_address_is_refused_and_not_repeated(tmp_path: Path, url: str) -> None:
    with pytest.raises(UsageError, match="DATELINE_LLM_KEY") as told:
        save(Saved(endpoint=url), tmp_path)
    assert "s3cret" not in str(told.value)


@pytest.mark.parametrize("text", ["{", "[]", '{"llm_key": "k"}', '{"passages": "many"}', '{"model": 3}'])
def test_a_spoilt_file_is_told_with_what_to_do(tmp_path: Path, text: str) -> None:
    (tmp_path / NAME).write_text(text)
    with pytest.raises(HomeError, match=r"settings\.json: .*; mend the file or delete it"):
        load(tmp_path)


def test_a_key_is_kept_with_its_address_where_only_the_owner_can_read_it_and_never_told(tmp_path: Path) -> None:
    save(CHOSEN, tmp_path)
    assert set(json.loads((tmp_path / NAME).read_text())) == {"model", "endpoint", "passages", "theme"}
    keyed = replace(CHOSEN, key="s3cret")
    save(keyed, tmp_path)
    assert (tmp_path / NAME).stat().st_mode & 0o777 == 0o600
    assert load(tmp_path) == keyed
    assert "s3cret" not in repr(keyed)
    with pytest.raises(UsageError) as told:
        save(Saved(key="s3cret"), tmp_path)
    assert "s3cret" not in str(told.value)
    with pytest.raises(UsageError, match="key must be a line") as told:
        save(replace(CHOSEN, key="s3cret\n"), tmp_path)
    assert "s3cret" not in str(told.value)
    assert load(tmp_path) == keyed


def test_a_saved_key_goes_to_its_own_address_only() -> None:
    keyed = replace(CHOSEN, key="saved")
    plain = Settings(home=Path("/h"), cache=Path("/c"))
    assert with_saved(plain, keyed).llm_key == "saved"
    assert with_saved(replace(plain, llm_key="given"), keyed).llm_key == "given"
    assert with_saved(replace(plain, llm_url="http://other.example/v1"), keyed).llm_key is None


def test_flags_and_environment_win_over_what_is_saved() -> None:
    plain = Settings(home=Path("/h"), cache=Path("/c"), llm_key="key")
    both = with_saved(plain, CHOSEN)
    assert (both.llm, both.llm_url, both.llm_key) == (CHOSEN.model, CHOSEN.endpoint, "key")
    for named in (Settings(Path("/h"), Path("/c"), llm="own"), Settings(Path("/h"), Path("/c"), llm_url="http://a/v1")):
        assert with_saved(named, CHOSEN) == named
