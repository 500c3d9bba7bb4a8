"""A language model with a memory: a request that it has once replied to is not put to it again.

For comparing ways to find, read and check, which for the most part put the same requests. A reply is kept by the hash
of its whole request, so another model, prompt, passage or sampling is another request. Nothing but eval uses it.
"""

from __future__ import annotations

import hashlib
import json
import sqlite3
from collections.abc import Iterator, Sequence
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass, replace
from importlib.metadata import version
from pathlib import Path
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

from rag.answer.endpoint import has_ended
from rag.answer.llm import LanguageModel, Usage

if TYPE_CHECKING:
    from llama_index.core.llms import ChatMessage, ChatResponseGen

SCHEMA = "create table if not exists reply (request text primary key, said text not null, usage text not null)"


@dataclass(frozen=True)
class Reply:
    """A whole reply, and the tokens that it cost when it was given."""

    said: str
    usage: Usage


class Recording:
    """The replies in a SQLite file; `asked` counts requests since it was opened, `new` those that the model read."""

    def __init__(self, db: sqlite3.Connection) -> None:
        self._db = db
        self.asked = self.new = 0
        with db:
            db.execute(SCHEMA)

    def find(self, request: str) -> Reply | None:
        row = self._db.execute("select said, usage from reply where request = ?", (request,)).fetchone()
        return Reply(row[0], Usage(**json.loads(row[1]))) if row else None

    def keep(self, request: str, reply: Reply) -> None:
        with self._db:
            row = (request, reply.said, json.dumps(asdict(reply.usage)))
            self._db.execute("insert or replace into reply values (?, ?, ?)", row)


@contextmanager
def open_recording(path: Path) -> Iterator[Recording]:
    path.parent.mkdir(parents=True, exist_ok=True)
    with closing(sqlite3.connect(path)) as db:
        yield Recording(db)


def recorded(model: LanguageModel, recording: Recording) -> LanguageModel:
    """The same model, asked only what the recording does not know. One that breaks off leaves nothing behind.

    Its worked examples are read first and its prefixes let go: a slot that a remembered reply has not filled must not
    be saved as if it were.
    """
    from llama_index.core.llms import (
        CompletionResponse,
        CompletionResponseGen,
        CustomLLM,
        LLMMetadata,
    )

    llm, whose = model.llm, identity(model)

    class RecordedLLM(CustomLLM):
        @property
        def metadata(self) -> LLMMetadata:
            return llm.metadata

        def stream_chat(self, messages: Sequence[ChatMessage], **options: Any) -> ChatResponseGen:
            request = request_hash(whose, messages, options)
            recording.asked += 1
            known = recording.find(request)
            if known:
                return _told(known)
            recording.new += 1
            return _kept(llm.stream_chat(messages, **options), request, recording)

        def complete(self, prompt: str, formatted: bool = False, **options: Any) -> CompletionResponse:
            return llm.complete(prompt, formatted, **options)

        def stream_complete(self, prompt: str, formatted: bool = False, **options: Any) -> CompletionResponseGen:
            return llm.stream_complete(prompt, formatted, **options)

    model.prepare("read")
    return replace(model, llm=RecordedLLM(), prefixes=None)


def identity(model: LanguageModel) -> list[object]:
    """What a reply depends on beside the request: the weights, by name and size, the engine, and how it samples."""
    size = model.prefixes.model.stat().st_size if model.prefixes else None
    return [model.name, model.address, size, version("xllamacpp"), getattr(model.llm, "temperature", None)]


def request_hash(whose: Sequence[object], messages: Sequence[ChatMessage], options: dict[str, Any]) -> str:
    turns = [(message.role.value, message.content) for message in messages]
    return hashlib.sha256(json.dumps([whose, turns, options], sort_keys=True).encode()).hexdigest()


def _kept(stream: ChatResponseGen, request: str, recording: Recording) -> ChatResponseGen:
    said, usage, ended = "", Usage(), True
    for part in stream:
        said = part.message.content or ""
        usage.add(getattr(part.raw, "usage", None))
        ended = has_ended(part.raw, ended)
        yield part
    if ended and said.strip():
        recording.keep(request, Reply(said, usage))


def _told(reply: Reply) -> ChatResponseGen:
    """The reply in one piece, with its usage as an endpoint sends it."""
    from llama_index.core.llms import ChatMessage, ChatResponse

    cost = reply.usage
    usage = SimpleNamespace(
        prompt_tokens=cost.prompt_tokens + cost.cached_tokens,
        completion_tokens=cost.completion_tokens,
        prompt_tokens_details=SimpleNamespace(cached_tokens=cost.cached_tokens),
    )
    message = ChatMessage(role="assistant", content=reply.said)
    yield ChatResponse(message=message, raw=SimpleNamespace(usage=usage))
