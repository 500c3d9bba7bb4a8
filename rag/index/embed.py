"""Text to vectors: sentence-transformers behind LlamaIndex's embedding interface."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

BATCH_SIZE = 32


def load_embedder(folder: Path) -> BaseEmbedding:
    """The model in `folder`, on the processor, running no code that came with it."""
    from llama_index.embeddings.huggingface import HuggingFaceEmbedding

    return HuggingFaceEmbedding(
        model_name=str(folder), device="cpu", embed_batch_size=BATCH_SIZE, trust_remote_code=False
    )


def embed_texts(embedder: BaseEmbedding, texts: Sequence[str]) -> list[list[float]]:
    """One vector a text, in order."""
    return embedder.get_text_embedding_batch(list(texts))
