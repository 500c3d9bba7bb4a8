"""Archives of a given size, made as `dateline index` makes them: of embedded stories, or of drawn vectors.

Embedding is what costs most, and it costs the same for each chunk. So the large archives hold stories whose vectors
are drawn from the distribution of really embedded ones; everything after the embedding model is the program's own.
"""

from __future__ import annotations

import json
import time
from collections.abc import Iterator, Sequence
from contextlib import closing
from dataclasses import dataclass
from itertools import count, islice
from pathlib import Path
from typing import TYPE_CHECKING, Any

from eval.ingest import Clock, peak_gb
from eval.synthetic_news import Story, made_up
from rag.index.database import batches

if TYPE_CHECKING:
    import numpy as np
    from llama_index.core.base.embeddings.base import BaseEmbedding
    from numpy.typing import NDArray

    from rag.index.archive import Archive
    from rag.index.vectors import Vectors
    from rag.schema import Article, Chunk

A_FILE = 50  # stories in one file of the folder that is indexed
SPREAD = 0.5  # of the difference of two vectors, added to a third: a new one of the same directions
KEPT_AT_ONCE = 5_000
VECTORS = "vectors.npy"  # beside the home: what is in its Chroma, a row for each line of IDS
IDS = "ids.json"


@dataclass(frozen=True)
class Made:
    """How an archive was made: seconds by the clock and of the processor, how many of these for what is done once at
    the end (finding copies), peak memory in GiB, bytes on disk by part. Of drawn archives without the embedding."""

    articles: int
    chunks: int
    seconds: float
    cpu_seconds: float
    end_cpu_seconds: float
    peak_gb: float
    disk: dict[str, int]


def make_embedded(articles: int, seed: int, folder: Path) -> Made:
    """So many stories through `build_index`, embedded by the real model, in `folder/home`."""
    from rag.indexing import build_index
    from rag.progress import articles as progress

    news = folder / "news"
    news.mkdir(parents=True)
    stories = made_up(articles, seed)
    for number in count():
        some = list(islice(stories, A_FILE))
        if not some:
            break
        lines = (json.dumps(_record(story), ensure_ascii=False) for story in some)
        (news / f"{number:06}.jsonl").write_text("".join(f"{line}\n" for line in lines), encoding="utf-8")
    with closing(open_home(folder)) as archive:
        archive.embedder.get_text_embedding("ready")
        clock = Clock(time.perf_counter())
        with progress("embedding") as report:
            build_index([news], archive, report)
        seconds, cpu = clock.stop()
        ids = archive.store.chunk_ids()
        keep_vectors(folder, ids, archive.vectors)
        made = len(archive.store.articles())
    return Made(made, len(ids), seconds, cpu, 0.0, peak_gb(), on_disk(folder / "home"))


def make_drawn(chunks: int, seed: int, folder: Path, sample: NDArray[np.float32]) -> Made:
    """Stories of so many chunks in all, each chunk with a vector drawn from the distribution of `sample`."""
    from rag.indexing import BEGUN, COPIES, EMBED_AT_ONCE, STRAYS, finish_this_run

    folder.mkdir(parents=True)
    articles = 0
    ids: list[str] = []
    with closing(open_home(folder, draw_embedder(sample, seed))) as archive, archive.writing():
        archive.vectors.ids()
        stories = _in_batches(made_up(chunks, seed), chunks, EMBED_AT_ONCE)
        spent, busy = 0.0, 0.0  # telling the stories is not counted
        archive.store.set_meta({COPIES: BEGUN, STRAYS: BEGUN})
        for batch in stories:
            clock = Clock(time.perf_counter())
            archive.put(batch)
            spent, busy = (before + more for before, more in zip((spent, busy), clock.stop(), strict=True))
            articles += len(batch)
            ids += [chunk.id for _, of_article in batch for chunk in of_article]
        clock = Clock(time.perf_counter())
        finish_this_run(archive)
        end, end_busy = clock.stop()
        peak = peak_gb()
        keep_vectors(folder, ids, archive.vectors)
    disk = on_disk(folder / "home")
    return Made(articles, len(ids), spent + end, busy + end_busy, end_busy, peak, disk)


def open_home(folder: Path, embedder: BaseEmbedding | None = None) -> Archive:
    from dataclasses import replace

    from rag.config import load_settings
    from rag.index.archive import Archive

    archive = Archive(replace(load_settings(), home=folder / "home", chroma_url=None))
    if embedder is not None:
        archive.__dict__["embedder"] = embedder
    return archive


def draw_embedder(sample: NDArray[np.float32], seed: int) -> BaseEmbedding:
    """An embedding model that draws: one vector of the sample and part of the difference of two others."""
    import numpy as np
    from llama_index.core.base.embeddings.base import BaseEmbedding

    random = np.random.default_rng(seed)

    class Drawing(BaseEmbedding):
        def _get_text_embeddings(self, texts: list[str]) -> list[list[float]]:
            one, two, three = (sample[random.integers(len(sample), size=len(texts))] for _ in range(3))
            drawn = one + SPREAD * (two - three)
            vectors: list[list[float]] = (drawn / np.linalg.norm(drawn, axis=1, keepdims=True)).tolist()
            return vectors

        def _get_text_embedding(self, text: str) -> list[float]:
            return self._get_text_embeddings([text])[0]

        def _get_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

        async def _aget_query_embedding(self, query: str) -> list[float]:
            return self._get_text_embedding(query)

    return Drawing()


def keep_vectors(folder: Path, ids: Sequence[str], vectors: Vectors) -> None:
    """For exact search, and for drawing from."""
    import numpy as np

    rows = [
        np.array([found[id] for id in some], np.float32)
        for some in batches(ids, KEPT_AT_ONCE)
        for found in [vectors.get(some)]
    ]
    np.save(folder / VECTORS, np.concatenate(rows))
    (folder / IDS).write_text(json.dumps(list(ids)), encoding="utf-8")


def on_disk(home: Path) -> dict[str, int]:
    """Bytes of the parts of a home. The word index is a part of the SQLite file, which is told without it."""
    import sqlite3

    with closing(sqlite3.connect(home / "archive.sqlite")) as db:
        db.execute("pragma wal_checkpoint(truncate)")
        words = int(db.execute("select sum(pgsize) from dbstat where name like 'words%'").fetchone()[0] or 0)
    sqlite = sum(file.stat().st_size for file in home.glob("archive.sqlite*"))
    chroma = sum(file.stat().st_size for file in (home / "chroma").rglob("*") if file.is_file())
    return {"sqlite": sqlite - words, "words": words, "chroma": chroma}


def _record(story: Story) -> dict[str, Any]:
    return {
        "title": story.title,
        "source": story.outlet,
        "date": story.published.isoformat(),
        "url": f"https://news.example/{story.key}",
        "text": story.text,
    }


def as_article(story: Story) -> tuple[Article, tuple[Chunk, ...]]:
    """A story as the ingest would hand it on, but for the days that its words name, which take longest to find."""
    from rag.ingest.prepare import hash_text
    from rag.ingest.split import split_chunks
    from rag.schema import Article, Sentence

    id = hash_text(f"{story.key}")[:12]
    sentences: list[Sentence] = []
    start = 0
    for number, paragraph in enumerate(story.paragraphs):
        for sentence in paragraph:
            sentences.append(Sentence(start, start + len(sentence), number))
            start += len(sentence) + 1
        start += 1
    article = Article(
        id=id,
        path=f"/news/{story.key}.txt",
        title=story.title,
        text=story.text,
        outlet=story.outlet,
        published=story.published,
        language="en",
        sources={"published": "record"},
        sentences=tuple(sentences),
        content_hash=hash_text(story.text),
    )
    return article, split_chunks(id, article.text, article.sentences)


def _in_batches(
    stories: Iterator[Story], chunks: int, at_once: int
) -> Iterator[list[tuple[Article, tuple[Chunk, ...]]]]:
    """Articles of so many chunks in all, or a few more, in batches of `at_once` chunks or a few more."""
    batch: list[tuple[Article, tuple[Chunk, ...]]] = []
    waiting = 0
    for story in stories:
        batch.append(as_article(story))
        waiting += len(batch[-1][1])
        if waiting >= min(at_once, chunks):
            yield batch
            chunks -= waiting
            batch, waiting = [], 0
        if chunks <= 0:
            break
