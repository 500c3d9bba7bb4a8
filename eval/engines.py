"""Whether 8 bits find as well as full numbers, for passages and for questions: `python -m eval.engines --articles
FILE.jsonl --questions FILE.jsonl`, or `--xquad FILE.json`.

The same articles are indexed by the engine of searching and by that of weighing, and asked the same by either.
A passage is right where it says the answer and its article is one that holds it. Nothing of the files is kept.
"""

from __future__ import annotations

import argparse
import json
import os
import sys
import tempfile
import time
from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from eval.metrics import mean, says
from rag.config import DEFAULT_EMBEDDER, Settings, load_settings
from rag.index.archive import Archive
from rag.index.engines import Engines
from rag.indexing import build_index
from rag.models import ensure_model

DEEP = 30  # passages looked at for the reciprocal rank
CUTS = (1, 3, 5)


@dataclass(frozen=True)
class Case:
    """A question, its answer, and the addresses of the articles that hold it."""

    question: str
    answer: str
    support: frozenset[str]


@dataclass(frozen=True)
class Found:
    """What was found: for each question the ranks, from 1, of the first right passage, or None; by vectors alone, and
    by the whole of retrieval. `vectors` are the chunks' by address and offset, for ids differ from home
    to home; `seconds` those of indexing."""

    dense: list[int | None]
    whole: list[int | None]
    vectors: dict[str, list[float]]
    seconds: float


@dataclass(frozen=True)
class Mixed:
    """Passages by one engine, questions by another."""

    passages: Any
    questions: Any

    def get_text_embedding(self, text: str) -> list[float]:
        return list(self.passages.get_text_embedding(text))

    def get_text_embedding_batch(self, texts: list[str]) -> list[list[float]]:
        return list(self.passages.get_text_embedding_batch(texts))

    def get_query_embedding(self, question: str) -> list[float]:
        return list(self.questions.get_query_embedding(question))


def main(argv: Sequence[str] | None = None) -> int:
    parser = argparse.ArgumentParser(prog="python -m eval.engines", description=__doc__)
    parser.add_argument("--articles", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--questions", type=Path, metavar="FILE.jsonl")
    parser.add_argument("--xquad", type=Path, metavar="FILE.json")
    args = parser.parse_args(argv)
    if args.xquad is None and None in (args.articles, args.questions):
        parser.error("give --articles and --questions, or --xquad")
    rows, cases = xquad(_json(args.xquad)) if args.xquad else news(_lines(args.articles), _lines(args.questions))
    embedder = Engines(ensure_model(DEFAULT_EMBEDDER, load_settings()))
    engines = {
        "8 bits": embedder,
        "8 and full": Mixed(embedder, embedder.weighed),
        "in full": embedder.weighed,
    }
    found = {name: ask(rows, cases, engine) for name, engine in engines.items()}
    print(table(found))
    return 0


def news(articles: Iterable[dict[str, Any]], questions: Iterable[dict[str, Any]]) -> tuple[list[Any], list[Case]]:
    return list(articles), [Case(q["question"], q["answer"], frozenset(q["support"])) for q in questions]


def xquad(data: dict[str, Any]) -> tuple[list[Any], list[Case]]:
    """Each paragraph is an article with an address of its own."""
    rows: list[dict[str, Any]] = []
    cases: list[Case] = []
    for paragraph in (paragraph for entry in data["data"] for paragraph in entry["paragraphs"]):
        url = f"https://example.org/{len(rows)}"
        rows.append({"url": url, "title": f"Paragraph {len(rows)}", "text": paragraph["context"]})
        cases += [Case(qa["question"], qa["answers"][0]["text"], frozenset({url})) for qa in paragraph["qas"]]
    return rows, cases


def ask(rows: Sequence[dict[str, Any]], cases: Sequence[Case], embedder: Any) -> Found:
    """A home of its own, made with this engine and left behind by nothing."""
    with tempfile.TemporaryDirectory(prefix="dateline-engines-") as folder:
        path = Path(folder) / "articles.jsonl"
        path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
        archive = Archive(Settings(home=Path(folder) / "home", cache=Path(folder)))
        archive.__dict__["embedder"] = embedder
        embedder.get_text_embedding("ready")
        began = time.perf_counter()
        build_index([path], archive)
        seconds = time.perf_counter() - began
        urls = {article.id: article.url for article in archive.store.articles()}

        def rank(passages: Iterable[tuple[str, str]], case: Case) -> int | None:
            right = (
                n for n, (id, text) in enumerate(passages, 1) if urls[id] in case.support and says(text, case.answer)
            )
            return next(right, None)

        dense, whole = [], []
        for case in cases:
            near = archive.vectors.nearest(embedder.get_query_embedding(case.question), DEEP)
            chunks = archive.store.chunks(id for id, _ in near)
            dense.append(rank(((chunks[id].article_id, chunks[id].text) for id, _ in near), case))
            whole.append(rank(((hit.article_id, hit.text) for hit in archive.search(case.question, DEEP)), case))
        chunks = archive.store.chunks(archive.store.chunk_ids())
        stored = archive.vectors.get(list(chunks))
        vectors = {f"{urls[chunk.article_id]} {chunk.start}": stored[id] for id, chunk in chunks.items()}
        archive.close()
    return Found(dense, whole, vectors, seconds)


def table(found: dict[str, Found]) -> str:
    figures: dict[str, Callable[[Found], float]] = {
        **{f"dense recall@{k}": lambda run, k=k: recall(run.dense, k) for k in CUTS},  # type: ignore[misc]
        "dense MRR": lambda run: mean(1 / rank if rank else 0.0 for rank in run.dense),
        **{f"whole recall@{k}": lambda run, k=k: recall(run.whole, k) for k in CUTS},  # type: ignore[misc]
        "whole MRR": lambda run: mean(1 / rank if rank else 0.0 for rank in run.whole),
        "chunks/s": lambda run: len(run.vectors) / run.seconds,
    }
    lines = [f"{'':20}" + "".join(f"{name:>12}" for name in found)]
    lines += [f"{name:20}" + "".join(f"{tell(run):12.3f}" for run in found.values()) for name, tell in figures.items()]
    one, *_, other = (run.vectors for run in found.values())
    alike = [cosine(one[id], other[id]) for id in one]
    lines.append(f"{len(alike)} chunks, cosine of their two vectors: mean {mean(alike):.4f}, least {min(alike):.4f}")
    return "\n".join(lines)


def recall(ranks: Sequence[int | None], k: int) -> float:
    return mean(rank is not None and rank <= k for rank in ranks)


def cosine(one: Sequence[float], other: Sequence[float]) -> float:
    import numpy as np

    return float(np.dot(one, other) / np.linalg.norm(one) / np.linalg.norm(other))


def _json(path: Path) -> Any:
    return json.loads(path.read_text(encoding="utf-8"))


def _lines(path: Path) -> list[Any]:
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


if __name__ == "__main__":
    os.environ.update(ANONYMIZED_TELEMETRY="False", HF_HUB_OFFLINE="1", TOKENIZERS_PARALLELISM="false")
    sys.exit(main())
