"""Where things are and which model reads: the whole configuration, read once from flags and environment."""

from __future__ import annotations

import os
from collections.abc import Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal, get_args

Reading = Literal["apart", "together"]
READINGS: tuple[Reading, ...] = get_args(Reading)
DEFAULT_EMBEDDER = "all-MiniLM-L6-v2"
DEFAULT_LLM = "qwen2.5-coder-1.5b"
BUNDLED_CORPUS = Path(__file__).resolve().parent.parent / "corpus"


@dataclass(frozen=True)
class Settings:
    """`llm_url` is set only when the user asked for an endpoint; otherwise a local model reads. So is `chroma_url`,
    of a server that keeps the vectors; otherwise the home does.

    `llm` is a name or a GGUF file; None is the default model, or whatever the endpoint serves first. `reading` is how
    it is given the passages, one of READINGS; None is what suits where it runs. `reranker` and `nli` are folders of the
    user's own cross-encoders.
    """

    home: Path
    cache: Path
    offline: bool = False
    llm: str | None = None
    llm_url: str | None = None
    llm_key: str | None = field(default=None, repr=False)
    reading: str | None = None
    chroma_url: str | None = None
    reranker: str | None = None
    nli: str | None = None


def load_settings(
    env: Mapping[str, str] = os.environ,
    *,
    home: str | None = None,
    model: str | None = None,
    llm_url: str | None = None,
    llm_key: str | None = None,
    chroma_url: str | None = None,
) -> Settings:
    """Flags win over the environment, the environment over the defaults."""
    return Settings(
        home=Path(home or env.get("DATELINE_HOME") or ".dateline").expanduser().absolute(),
        cache=Path(env.get("DATELINE_CACHE") or _user_cache()).expanduser().absolute(),
        offline=env.get("DATELINE_OFFLINE", "") not in ("", "0"),
        llm=model or env.get("DATELINE_LLM_MODEL") or None,
        llm_url=llm_url or env.get("DATELINE_LLM_URL") or None,
        llm_key=llm_key or env.get("DATELINE_LLM_KEY") or None,
        reading=env.get("DATELINE_READING") or None,
        chroma_url=chroma_url or env.get("DATELINE_CHROMA_URL") or None,
        reranker=env.get("DATELINE_RERANKER") or None,
        nli=env.get("DATELINE_NLI") or None,
    )


def _user_cache() -> str:
    from platformdirs import user_cache_dir

    return user_cache_dir("dateline", appauthor=False)
