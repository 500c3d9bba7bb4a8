from __future__ import annotations

from typing import Any

from rag.index.embed import TOLD_EVERY, embed_texts
from tests.conftest import WordsEmbedding


class Watched(WordsEmbedding):
    seen: Any = None

    def _vector(self, text: str) -> list[float]:
        self.seen.append(text)
        return super()._vector(text)


def test_the_longest_are_embedded_first_and_come_back_in_order() -> None:
    embedder = Watched(seen=[])
    texts = ["bridge", "the longest bridge of all", "storm and bridge"]
    assert embed_texts(embedder, texts) == [WordsEmbedding()._vector(text) for text in texts]
    assert embedder.seen == sorted(texts, key=len, reverse=True)
    assert embed_texts(embedder, []) == []


def test_it_is_told_how_many_are_embedded() -> None:
    told: list[tuple[int, int]] = []
    embed_texts(WordsEmbedding(), ["bridge"] * (TOLD_EVERY + 1), lambda done, total: told.append((done, total)))
    assert told == [(TOLD_EVERY, TOLD_EVERY + 1), (TOLD_EVERY + 1, TOLD_EVERY + 1)]
