"""Cross-encoders of the user's own, through sentence-transformers: one that says which passage answers a question, one
that says whether a sentence follows from its quotes. None comes with the program; each is a folder that the user names.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, TypeAlias

from rag.errors import ModelError

if TYPE_CHECKING:
    from sentence_transformers import CrossEncoder

Rank: TypeAlias = Callable[[str, Sequence[str]], Sequence[float]]
"""For each text how well it answers the question; more is better."""
Entails: TypeAlias = Callable[[str, str], bool]
"""Whether the second text follows from the first."""
PAIRS_AT_ONCE = 16
TOKENS = 256  # of question and passage together, or of quotes and sentence; what is longer is cut
ENTAILMENT = "entailment"


def load_rank(folder: str) -> Rank:
    """Raises ModelError if the folder holds no cross-encoder with one score a pair."""
    model = _load(folder, "DATELINE_RERANKER")
    if model.num_labels != 1:
        raise ModelError(
            f"DATELINE_RERANKER={folder}: gives {model.num_labels} scores a pair; a reranker gives one, name another"
        )

    def rank(question: str, texts: Sequence[str]) -> list[float]:
        pairs = [(question, text) for text in texts]
        return [float(score) for score in model.predict(pairs, batch_size=PAIRS_AT_ONCE, show_progress_bar=False)]

    return rank


def load_entails(folder: str) -> Entails:
    """Raises ModelError if the folder holds no cross-encoder one of whose labels is entailment."""
    model = _load(folder, "DATELINE_NLI")
    named = model.config.id2label if model.config else None
    labels = {str(label).lower(): int(number) for number, label in (named or {}).items()}
    if ENTAILMENT not in labels or model.num_labels < 2:
        told = ", ".join(labels) or "none"
        raise ModelError(f"DATELINE_NLI={folder}: has no label {ENTAILMENT!r} (its labels: {told}); name another")

    def entails(premise: str, hypothesis: str) -> bool:
        scores = model.predict([(premise, hypothesis)], show_progress_bar=False)[0]
        return int(scores.argmax()) == labels[ENTAILMENT]

    return entails


def _load(folder: str, variable: str) -> CrossEncoder:
    if not (Path(folder) / "config.json").is_file():
        raise ModelError(f"{variable}={folder}: no cross-encoder there; name a folder with its config.json and weights")
    from sentence_transformers import CrossEncoder

    try:
        model: CrossEncoder = CrossEncoder(
            folder, device="cpu", max_length=TOKENS, trust_remote_code=False, local_files_only=True
        )
    except (OSError, ValueError, KeyError, RuntimeError) as error:
        reason = " ".join(str(error).split())[:200]
        raise ModelError(
            f"{variable}={folder}: no cross-encoder that can be loaded ({reason}); name another"
        ) from error
    return model
