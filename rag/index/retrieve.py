"""From a question to its passages: dense and BM25 fused by reciprocal rank, re-ranked, copies folded."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence, Set
from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import date
from functools import lru_cache
from typing import TYPE_CHECKING, Any

from rag.index.quoted import holds, quoted
from rag.index.store import Store
from rag.index.vectors import Vectors
from rag.ingest.dedupe import best_copy
from rag.schema import EVERYTHING, Article, Chunk, Filters, Hit
from rag.words import content_words, coverage, fold, stems, stems_among

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding

CANDIDATES = 30  # from each of dense and BM25
RRF_K = 60  # Cormack, Clarke and Büttcher, 2009
COVERAGE_WEIGHT = 0.5  # share of the score that idf-weighted coverage has; the rest is fusion; not tuned yet
RECENCY_WEIGHT = 0.3
"""Of how near an article is to the day of a dated question, see `recency`. On two halves of 60 dated news questions
the answer's sentence came first for 15 and 14 without it, for 19 and 16 with .3, for 18 and 16 with .5."""
_RECENT = ((8, 1.0), (31, 0.7), (366, 0.3))  # days before the question, and what an article of them is worth
SAME_PASSAGE = 0.8  # share of stems two copies' chunks must have in common to be one passage


def reciprocal_rank_fusion(rankings: Iterable[Sequence[str]], k: int = RRF_K) -> dict[str, float]:
    """Sum over the rankings of 1 / (k + rank), rank counted from 1 (Cormack, Clarke and Büttcher, 2009)."""
    scores: dict[str, float] = {}
    for ranking in rankings:
        for rank, chunk_id in enumerate(ranking, start=1):
            scores[chunk_id] = scores.get(chunk_id, 0.0) + 1 / (k + rank)
    return scores


def retrieve(question: str, store: Store, retriever: BaseRetriever, k: int, asked_on: date | None = None) -> list[Hit]:
    """The `k` best passages for a question, best first, one for each syndicated copy of a passage.

    A question asked on a day is more likely about the days before it.
    """
    nodes = retriever.retrieve(question)
    hits = [_hit(node.node, node.score or 0.0) for node in nodes]
    heads = store.heads({hit.article_id for hit in hits})
    hits = [hit for hit in hits if hit.article_id in heads]  # another process may have removed some meanwhile
    if asked_on:
        hits = [_dated(hit, heads[hit.article_id].published, asked_on) for hit in hits]
        hits.sort(key=lambda hit: -hit.score)
    copied = store.articles({hit.article_id for hit in hits if heads[hit.article_id].has_copies})
    return fold_copies(hits, {article.id: article for article in copied})[:k]


def recency(published: date | None, asked_on: date) -> float:
    """What the day of an article is worth to a question of a day: 1 for the week before it, 0 for what is long past."""
    if published is None or published > asked_on:
        return 0.0
    return next((worth for days, worth in _RECENT if (asked_on - published).days <= days), 0.0)


def make_retriever(
    store: Store, vectors: Vectors, embedder: BaseEmbedding, filters: Filters = EVERYTHING
) -> BaseRetriever:
    """Fused retrieval as a LlamaIndex retriever, for anything that takes one; it finds only what passes the filters."""
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.schema import NodeWithScore, QueryBundle, TextNode

    class FusedRetriever(BaseRetriever):
        def _retrieve(self, query_bundle: QueryBundle) -> list[NodeWithScore]:
            question = query_bundle.query_str
            words = [fold(word) for word in content_words(question)]
            words += [phrase.replace('"', "") for phrase in quoted(question)]  # FTS5 takes one for a phrase
            with ThreadPoolExecutor(1) as beside:  # both spend their time outside of Python
                sparse = beside.submit(store.bm25, words, CANDIDATES, filters)
                dense = vectors.nearest(embedder.get_query_embedding(question), CANDIDATES, filters)
            fused = reciprocal_rank_fusion([[id for id, _ in dense], [id for id, _ in sparse.result()]])
            chunks = store.chunks(fused)
            scores = rerank(question, fused, chunks, store)
            nodes = [
                NodeWithScore(
                    node=TextNode(
                        id_=id,
                        text=chunks[id].text,
                        start_char_idx=chunks[id].start,
                        end_char_idx=chunks[id].end,
                        metadata={"article_id": chunks[id].article_id},
                    ),
                    score=score,
                )
                for id, score in scores.items()
            ]
            return sorted(nodes, key=lambda node: (-(node.score or 0.0), node.node_id))

    return FusedRetriever()


def rerank(question: str, fused: Mapping[str, float], chunks: Mapping[str, Chunk], store: Store) -> dict[str, float]:
    """Fused scores, scaled to at most 1, mixed with how much of the question chunk and title cover; what the question
    quotes goes before all that."""
    wanted, phrases = stems(question), quoted(question)
    weight = store.idf(wanted)
    heads = store.heads({chunk.article_id for chunk in chunks.values()})
    top = max(fused.values(), default=1.0)

    def score(id: str) -> float:
        chunk = chunks[id]
        title = heads[chunk.article_id].title if chunk.article_id in heads else ""
        said = f"{title} {chunk.text}"
        covered = coverage(wanted, stems_among(said, wanted), weight)
        return (1 - COVERAGE_WEIGHT) * fused[id] / top + COVERAGE_WEIGHT * covered + len(holds(chunk.text, phrases))

    return {id: score(id) for id in fused if id in chunks}


def fold_copies(hits: Sequence[Hit], articles: Mapping[str, Article]) -> list[Hit]:
    """The hits without the passages that a better copy of the same story already gave; `articles` are those, by id,
    that have copies."""
    kept: list[Hit] = []
    said = lru_cache(None)(lambda text: frozenset(stems(text)))  # a passage is held against many
    for hit in hits:
        article = articles.get(hit.article_id)
        twins = article.also_in if article else ()
        same = (n for n, o in enumerate(kept) if o.article_id in twins and _same(said(o.text), said(hit.text)))
        twin = next(same, None)
        if article is None or twin is None:
            kept.append(hit)
        elif best_copy([articles[kept[twin].article_id], article]).id == article.id:
            kept[twin] = Hit(hit.article_id, hit.start, hit.end, hit.text, kept[twin].score)
    return kept


def _same(ours: Set[str], theirs: Set[str]) -> bool:
    return len(ours & theirs) >= SAME_PASSAGE * min(len(ours), len(theirs))


def _dated(hit: Hit, published: date | None, asked_on: date) -> Hit:
    return replace(hit, score=hit.score + RECENCY_WEIGHT * recency(published, asked_on))


def _hit(node: Any, score: float) -> Hit:
    """Of one of our text nodes, which know where in which article they stand."""
    return Hit(node.metadata["article_id"], node.start_char_idx, node.end_char_idx, node.text, score)
