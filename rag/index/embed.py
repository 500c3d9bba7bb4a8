"""Texts to vectors, through LlamaIndex's embedding interface."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

Embedded: TypeAlias = Callable[[int, int], None]
"""Told now and then how many texts of how many are embedded."""
TOLD_EVERY = 128  # texts; some 3 s on two cores


def load_embedder(folder: Path) -> BaseEmbedding:
    """The model in `folder`; its engines are loaded when they are first needed."""
    from rag.index.engines import Engines

    return Engines(folder)


def embed_texts(
    embedder: BaseEmbedding, texts: Sequence[str], report: Embedded = lambda done, total: None
) -> list[list[float]]:
    """One vector a text, in order. The longest go first, so that those embedded together are of like length: the
    short ones are padded to the longest of their batch."""
    order = sorted(range(len(texts)), key=lambda at: -len(texts[at]))
    vectors: dict[int, list[float]] = {}
    for begin in range(0, len(order), TOLD_EVERY):
        some = order[begin : begin + TOLD_EVERY]
        vectors.update(zip(some, embedder.get_text_embedding_batch([texts[at] for at in some]), strict=True))
        report(len(vectors), len(texts))
    return [vectors[at] for at in range(len(texts))]


def embed_sentences(embedder: BaseEmbedding, texts: Sequence[str]) -> list[list[float]]:
    """The same for what is weighed against each other, question, sentence or name, by the engine for that."""
    return embed_texts(getattr(embedder, "weighed", embedder), texts)
