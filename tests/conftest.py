"""Deterministic stand-ins for the two models, behind LlamaIndex's own interfaces, and a home to use."""

from __future__ import annotations

from collections import deque
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import pytest
from llama_index.core.bridge.pydantic import Field
from llama_index.core.llms import (
    ChatMessage,
    ChatResponse,
    ChatResponseGen,
    CompletionResponse,
    CompletionResponseGen,
    CustomLLM,
    LLMMetadata,
)

from eval.words_embedder import DIMENSIONS, WordsEmbedding
from rag.answer.llm import LanguageModel
from rag.config import Settings
from rag.index.archive import Archive


class QueueLLM(CustomLLM):
    """Gives the replies it was made with, in order, a word at a time; an exception among them is raised."""

    replies: Any
    asked: list[list[ChatMessage]] = Field(default_factory=list)
    options: list[dict[str, Any]] = Field(default_factory=list)

    def __init__(self, *replies: str | Exception) -> None:
        super().__init__(replies=deque(replies))  # type: ignore[call-arg]

    @property
    def metadata(self) -> LLMMetadata:
        return LLMMetadata(is_chat_model=True, model_name="queue")

    def stream_chat(self, messages: Sequence[ChatMessage], **kwargs: Any) -> ChatResponseGen:
        self.asked.append(list(messages))
        self.options.append(kwargs)
        reply = self.replies.popleft() if self.replies else AssertionError("asked once more than expected")

        def words() -> Iterator[ChatResponse]:
            if isinstance(reply, Exception):
                raise reply
            said = ""
            for word in reply.split(" "):
                said = f"{said} {word}" if said else word
                yield ChatResponse(message=ChatMessage(role="assistant", content=said), delta=word)

        return words()

    def complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponse:
        raise NotImplementedError

    def stream_complete(self, prompt: str, formatted: bool = False, **kwargs: Any) -> CompletionResponseGen:
        raise NotImplementedError


__all__ = ["DIMENSIONS", "QueueLLM", "WordsEmbedding"]


@pytest.fixture
def embedder() -> WordsEmbedding:
    return WordsEmbedding()


@pytest.fixture
def says() -> Callable[..., LanguageModel]:
    """`says("one reply", "another")` is a language model that gives these, and no more."""
    return lambda *replies: LanguageModel(QueueLLM(*replies), "queue")


@pytest.fixture
def settings(tmp_path: Path) -> Settings:
    return Settings(home=tmp_path / "home", cache=tmp_path / "cache", offline=True)


@pytest.fixture
def archive(settings: Settings, embedder: WordsEmbedding) -> Iterator[Archive]:
    """An empty archive with real SQLite and real Chroma on disk, and the embedder of words."""
    opened = Archive(settings)
    opened.__dict__["embedder"] = embedder
    yield opened
    opened.close()
