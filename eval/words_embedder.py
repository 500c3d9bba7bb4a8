"""An embedder that needs no model, for measurements in which what a vector means is of no account."""

from __future__ import annotations

import zlib

from llama_index.core.base.embeddings.base import BaseEmbedding

from rag.words import stems

DIMENSIONS = 64


class WordsEmbedding(BaseEmbedding):
    """Each stem is counted in the place its hash gives it: texts with words in common are near each other."""

    dimensions: int = DIMENSIONS
    asked: int = 0

    def _vector(self, text: str) -> list[float]:
        self.asked += 1
        vector = [0.0] * self.dimensions
        for stem in stems(text) or ["(nothing)"]:
            vector[zlib.crc32(stem.encode()) % self.dimensions] += 1.0
        return vector

    def _get_text_embedding(self, text: str) -> list[float]:
        return self._vector(text)

    def _get_query_embedding(self, query: str) -> list[float]:
        return self._vector(query)

    async def _aget_query_embedding(self, query: str) -> list[float]:
        return self._vector(query)
