"""A home searched, in a process of its own: how long it takes, what it holds in memory, what the approximate search
misses."""

from __future__ import annotations

import json
import os
import time
from collections.abc import Callable, Sequence
from contextlib import closing
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

from eval.ingest import peak_gb
from eval.metrics import percentile
from eval.scale_homes import IDS, VECTORS, open_home
from eval.synthetic_news import made_up, questions_of

T = TypeVar("T")
K = 10
FIRST_STORIES = 1_000  # which the questions are about
COLD, WARMING, WARM = 30, 20, 200  # questions, all of them different
SHARES = (50, 95, 99)


@dataclass(frozen=True)
class Searched:
    """Milliseconds by percentile, of whole searches: the first ones of a process whose home has left the file cache,
    and later ones; `cpu` is processor time of these, which no other program lengthens. Then the medians of the parts
    of a search, each asked alone, while a search asks for the words beside the others; the recall@10 of the vectors'
    approximate search; and the peak memory in GiB before that is weighed."""

    cold: dict[str, float]
    warm: dict[str, float]
    cpu: dict[str, float]
    parts: dict[str, float]
    recall: float
    peak_gb: float


def search_home(folder: Path, seed: int) -> Searched:
    from rag.index.retrieve import CANDIDATES
    from rag.words import content_words, fold

    stories = list(made_up(FIRST_STORIES, seed))
    questions = questions_of(stories, 1 + COLD + WARMING + WARM, seed)
    forget(folder / "home")
    with closing(open_home(folder)) as archive:

        def search(question: str) -> object:
            return archive.search(question, K)

        search(questions[0])
        cold, _ = timed(search, questions[1 : 1 + COLD])
        timed(search, questions[1 + COLD : -WARM])
        warm, cpu = timed(search, questions[-WARM:])
        peak = peak_gb()
        vectors = [archive.embedder.get_query_embedding(question) for question in questions[-WARM:]]
        parts = {
            "question": timed(archive.embedder.get_query_embedding, questions[-WARM:])[0],
            "vectors": timed(lambda vector: archive.vectors.nearest(vector, CANDIDATES), vectors)[0],
            "words": timed(
                lambda question: archive.store.bm25([fold(word) for word in content_words(question)], CANDIDATES),
                questions[-WARM:],
            )[0],
        }
        found = [[id for id, _ in archive.vectors.nearest(vector, CANDIDATES)[:K]] for vector in vectors]
    share = recall(found, exact(folder, vectors))
    middles = {name: percentile(times, 50) for name, times in parts.items()}
    return Searched(percentiles(cold), percentiles(warm), percentiles(cpu), middles, share, peak)


def timed(do: Callable[[T], object], given: Sequence[T]) -> tuple[list[float], list[float]]:
    """Milliseconds by the clock and of the processor for each."""
    wall, cpu = [], []
    for one in given:
        began, busy = time.perf_counter(), time.process_time()
        do(one)
        wall.append((time.perf_counter() - began) * 1000)
        cpu.append((time.process_time() - busy) * 1000)
    return wall, cpu


def percentiles(times: Sequence[float]) -> dict[str, float]:
    return {f"p{share}": percentile(times, share) for share in SHARES}


def exact(folder: Path, vectors: Sequence[Sequence[float]]) -> list[list[str]]:
    """The ids of the nearest ten of all for each, by comparing it with every one."""
    import numpy as np

    ids = json.loads((folder / IDS).read_text(encoding="utf-8"))
    stored = np.load(folder / VECTORS)
    stored /= np.linalg.norm(stored, axis=1, keepdims=True)
    nearest = []
    for vector in np.asarray(vectors, np.float32):
        likeness = stored @ vector
        best = np.argpartition(-likeness, min(K, len(ids)) - 1)[:K]
        nearest.append([ids[at] for at in best])
    return nearest


def recall(found: Sequence[Sequence[str]], wanted: Sequence[Sequence[str]]) -> float:
    """The mean share of those wanted that were found."""
    return sum(len({*f} & {*w}) / len(w) for f, w in zip(found, wanted, strict=True)) / len(wanted)


def forget(home: Path) -> None:
    """Asks the system to drop a home's files from its cache, where it can be asked (Linux)."""
    if not hasattr(os, "posix_fadvise"):
        return
    for path in home.rglob("*"):
        if path.is_file():
            handle = os.open(path, os.O_RDONLY)
            try:
                os.fsync(handle)
                os.posix_fadvise(handle, 0, 0, os.POSIX_FADV_DONTNEED)
            finally:
                os.close(handle)
