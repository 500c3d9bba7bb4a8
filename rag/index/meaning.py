"""Nearness in meaning, by the embedding model that retrieval uses, in full; and what follows from what, by a model of
the user's own."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import TYPE_CHECKING

from rag.index.cross_encoders import Entails

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

Embed = Callable[[Sequence[str]], Sequence[Sequence[float]]]
REMEMBERED = 20_000  # texts; at 384 numbers each about 30 MB


class Meaning:
    """Cosines between words or sentences; what has been embedded once is remembered. Without a model that says whether
    one text follows from another, whatever the other checks let through does."""

    def __init__(self, embed: Embed, entails: Entails = lambda premise, hypothesis: True) -> None:
        self._embed = embed
        self.entails = entails
        self._known: dict[str, NDArray[np.float32]] = {}

    def nearest(self, texts: Sequence[str], others: Sequence[str]) -> list[float]:
        """For each text the cosine of the other that is nearest to it; 0 where there are no others."""
        if not texts or not others:
            return [0.0] * len(texts)
        return [float(value) for value in (self._vectors(texts) @ self._vectors(others).T).max(axis=1)]

    def _vectors(self, texts: Sequence[str]) -> NDArray[np.float32]:
        import numpy as np

        new = [text for text in dict.fromkeys(texts) if text not in self._known]
        if len(self._known) + len(new) > REMEMBERED:
            self._known.clear()
            new = list(dict.fromkeys(texts))
        if new:
            vectors = np.asarray(self._embed(new), dtype=np.float32)
            vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
            self._known.update(zip(new, vectors, strict=True))
        return np.stack([self._known[text] for text in texts])
