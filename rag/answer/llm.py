"""The language model: one OpenAI-compatible endpoint, whether it runs in this process or elsewhere.

The local engine is llama.cpp inside this process, listening on loopback with a port and a key of its own.
"""

from __future__ import annotations

import secrets
import time
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.answer.endpoint import (
    ANSWER_TIMEOUT_S,
    CHARACTERS_A_TOKEN,
    CONTEXT_TOKENS,
    check_url,
    connect,
    errors_told,
    first_served,
    has_ended,
    is_here,
    one_line,
    refused_as_put,
)
from rag.answer.prefix import SLOTS, Prefixes, Task, save_path, worked_examples
from rag.answer.prompts import without_tokens
from rag.config import DEFAULT_LLM, READINGS, Reading, Settings
from rag.errors import EndpointError, ModelError, UsageError
from rag.models import ensure_model
from rag.schema import Turn

if TYPE_CHECKING:
    from llama_index.core.llms import LLM


@dataclass
class Usage:
    """Tokens counted over the calls of one question. Prompt tokens cost time; those cached had been read before."""

    prompt_tokens: int = 0
    cached_tokens: int = 0
    completion_tokens: int = 0

    def add(self, usage: Any) -> None:
        """Adds an endpoint's usage object; an endpoint that sends none adds nothing."""
        if usage is None:
            return
        details = getattr(usage, "prompt_tokens_details", None)
        cached = getattr(details, "cached_tokens", 0) or 0
        self.prompt_tokens += usage.prompt_tokens - cached
        self.cached_tokens += cached
        self.completion_tokens += usage.completion_tokens


@dataclass
class Learnt:
    """What an endpoint has shown of itself."""

    takes_schema: bool = True


@dataclass(frozen=True)
class LanguageModel:
    """Any LlamaIndex chat model with a name to show; `address` is None for the engine in this process, which has
    `prefixes`. `reading` is how it is given the passages of a question."""

    llm: LLM
    name: str
    address: str | None = None
    prefixes: Prefixes | None = None
    reading: Reading = "apart"
    usage: Usage = field(default_factory=Usage)
    learnt: Learnt = field(default_factory=Learnt)

    def metered(self) -> LanguageModel:
        """The same model with a meter of its own at zero."""
        return replace(self, usage=Usage())

    def prepare(self, task: Task) -> None:
        """Has the engine in this process know the worked examples of a task. Raises EndpointError as `reply` does."""
        if self.prefixes:
            self.prefixes.prepare(task, lambda: self.metered()._stream(*worked_examples(task), task, max_tokens=1))

    def reply(self, system: str, turns: Sequence[Turn], task: Task, max_tokens: int) -> str:
        """One deterministic reply. Raises EndpointError when the model cannot be reached or refuses."""
        self.prepare(task)
        return self._stream(system, turns, task, max_tokens)

    def reply_in_schema(
        self, system: str, turns: Sequence[Turn], schema: Mapping[str, Any], max_tokens: int
    ) -> str | None:
        """One reply held to a JSON schema; None where the endpoint takes none, which is remembered.

        Raises EndpointError as `reply` does.
        """
        if not self.learnt.takes_schema:
            return None
        form = {"type": "json_schema", "json_schema": {"name": "answer", "strict": True, "schema": schema}}
        try:
            return self._stream(system, turns, "read", max_tokens, {"response_format": form})
        except EndpointError as error:
            if not refused_as_put(error):
                raise
        self.learnt.takes_schema = False
        return None

    def _stream(
        self, system: str, turns: Sequence[Turn], task: Task, max_tokens: int, options: Mapping[str, Any] | None = None
    ) -> str:
        """The reply is streamed, so that an endpoint stops writing when the one who asked is gone.

        Of the turns, which hold text of strangers, none can be ended from inside.
        """
        from llama_index.core.llms import ChatMessage

        messages = [ChatMessage(role="system", content=system)]
        messages += [ChatMessage(role=turn.role, content=without_tokens(turn.content)) for turn in turns]
        extra = {} if self.address else {"extra_body": {"id_slot": SLOTS[task], "cache_prompt": True}}
        text, ended, usage, began = "", True, None, time.monotonic()
        with errors_told(self.address or "the local engine"):
            stream = self.llm.stream_chat(
                messages, max_tokens=max_tokens, stream_options={"include_usage": True}, **extra, **(options or {})
            )
            for part in stream:
                text = part.message.content or ""
                ended = has_ended(part.raw, ended)
                usage = getattr(part.raw, "usage", None) or usage
                if self.address and len(text) > CHARACTERS_A_TOKEN * max_tokens:
                    raise EndpointError(
                        f"{self.address} writes on beyond the {max_tokens} tokens asked for; name another"
                    )
                if self.address and time.monotonic() - began > ANSWER_TIMEOUT_S:
                    raise EndpointError(f"{self.address} did not come to an end in {ANSWER_TIMEOUT_S:.0f} s; try again")
        self.usage.add(usage)
        if self.address and not ended:
            raise EndpointError(f"{self.address} broke off in the middle of an answer; try again")
        if self.address and not text.strip():
            raise EndpointError(
                f"{self.address} gave an empty answer in {max_tokens} tokens; name another model with --model"
            )
        return text.strip()


@contextmanager
def open_language_model(settings: Settings) -> Iterator[LanguageModel]:
    """The endpoint that was asked for or, where none was, the local engine; never one for the other.

    What is on this machine reads each passage apart, for there prompt tokens are the cost; what is hosted elsewhere
    reads all together. The settings may say otherwise.
    """
    if settings.llm_url:
        check_url(settings.llm_url)
        reading = _reading(settings, "apart" if is_here(settings.llm_url) else "together")
        name = settings.llm or first_served(settings.llm_url, settings.llm_key)
        with connect(settings.llm_url, settings.llm_key, name) as llm:
            yield LanguageModel(llm, name, settings.llm_url, reading=reading)
        return
    reading = _reading(settings, "apart")
    name = settings.llm or DEFAULT_LLM
    path = ensure_model(name, settings)
    key = secrets.token_urlsafe(24)
    folder = settings.cache / "prefixes"
    engine = _start_engine(path, key, folder)
    with connect(f"{engine.listening_address}/v1", key, path.stem) as llm:
        prefixes = Prefixes(folder, path, engine.listening_address, key)
        yield LanguageModel(llm, path.stem, prefixes=prefixes, reading=reading)
    del engine


def _reading(settings: Settings, default: Reading) -> Reading:
    """Raises UsageError for a way that there is not."""
    if settings.reading is None:
        return default
    found = next((one for one in READINGS if one == settings.reading), None)
    if found is None:
        raise UsageError(f"DATELINE_READING={settings.reading}: there is no such way; say {' or '.join(READINGS)}")
    return found


def _start_engine(path: Path, key: str, prefixes: Path) -> Any:
    import xllamacpp

    params = xllamacpp.CommonParams()
    params.model.path = str(path)
    params.hostnames = ["127.0.0.1"]
    params.port = 0
    params.api_keys = [key]
    params.n_parallel = len(SLOTS)
    params.n_ctx = CONTEXT_TOKENS * len(SLOTS)
    params.cache_ram_mib = 0
    params.slot_save_path = save_path(prefixes)
    params.warmup = False
    params.ui = False
    params.verbosity = 0
    try:
        return xllamacpp.Server(params)
    except RuntimeError as error:
        raise ModelError(
            f"{path}: llama.cpp cannot load this model ({one_line(str(error))}); "
            "run `dateline models pull NAME` again, or choose another with --model"
        ) from error
