from __future__ import annotations

from collections.abc import Callable
from datetime import date
from pathlib import Path

import pytest
from llama_index.core.retrievers import BaseRetriever

from rag.index.archive import Archive
from rag.index.retrieve import RRF_K, fold_copies, recency, reciprocal_rank_fusion, rerank, retrieve
from rag.schema import Article, Chunk, Hit

BRIDGE = "Ana Ruiz opened the Ellery bridge on Monday."
HARBOUR = "The harbour of Norwick was dredged."
STORM = "A storm closed the airport for a day."

Put = Callable[..., Article]


@pytest.fixture
def put(archive: Archive) -> Put:
    def store(key: str, *texts: str, **changes: object) -> Article:
        """An article of one chunk a text."""
        plain = {"id": key, "path": f"/news/{key}.txt", "title": "News", "text": "\n\n".join(texts)}
        article = Article(**(plain | changes))  # type: ignore[arg-type]
        chunks = [
            Chunk(f"{key}:{n}", key, article.text.index(text), article.text.index(text) + len(text), text)
            for n, text in enumerate(texts)
        ]
        archive.put([(article, chunks)])
        return article

    return store


def test_fusion_adds_the_reciprocals_of_the_ranks() -> None:
    scores = reciprocal_rank_fusion([["a", "b"], ["b", "c"], []])
    assert scores == pytest.approx({"a": 1 / (RRF_K + 1), "b": 1 / (RRF_K + 2) + 1 / (RRF_K + 1), "c": 1 / (RRF_K + 2)})
    assert reciprocal_rank_fusion([]) == {}


def test_the_passage_that_covers_the_question_comes_first(archive: Archive, put: Put) -> None:
    put("a", STORM, BRIDGE)
    put("b", HARBOUR)
    hits = archive.search("Who opened the bridge of Ellery?", 3)
    assert hits[0].text == BRIDGE
    assert [hit.score for hit in hits] == sorted((hit.score for hit in hits), reverse=True)
    assert {hit.text for hit in hits} == {BRIDGE, STORM, HARBOUR}


def test_every_hit_is_what_its_article_says_at_its_offsets(archive: Archive, put: Put) -> None:
    texts = {key: put(key, STORM, text).text for key, text in (("a", BRIDGE), ("b", HARBOUR))}
    for hit in archive.search("storm", 9):
        assert texts[hit.article_id][hit.start : hit.end] == hit.text


def test_no_more_than_asked_for(archive: Archive, put: Put) -> None:
    put("a", STORM, BRIDGE, HARBOUR)
    assert len(archive.search("bridge", 2)) == 2


def test_a_question_of_signs_or_of_nothing_but_small_words_still_finds_something(archive: Archive, put: Put) -> None:
    put("a", STORM)
    for question in ("?!*", '" OR "', "who is it", "Ist das NEAR/2 AND (x"):
        assert [hit.text for hit in archive.search(question, 5)] == [STORM]


def test_what_the_question_quotes_goes_before_what_it_is_about(archive: Archive, put: Put) -> None:
    put(
        "a", "The mayor of Ellery opened the bridge and spoke of the bridge of Ellery.", "It is ours to keep, she said."
    )
    hits = archive.search("Which mayor of Ellery said of the bridge it is “ours to keep”?", 2)
    assert hits[0].text == "It is ours to keep, she said."


def test_a_quotation_is_no_query_language(archive: Archive, put: Put) -> None:
    put("a", BRIDGE)
    assert archive.search('Who said "bridge* OR (title: NEAR) -- x"?', 1)[0].text == BRIDGE


def test_reranking_weighs_rank_and_coverage_alike(archive: Archive, put: Put) -> None:
    put("a", BRIDGE, STORM)
    chunks = archive.store.chunks(["a:0", "a:1"])
    scores = rerank("bridge", {"a:0": 0.01, "a:1": 0.02, "gone": 0.03}, chunks, archive.store)
    assert scores == pytest.approx({"a:0": 0.5 / 3 + 0.5, "a:1": 0.5 * 2 / 3})


def test_the_title_counts_as_covered(archive: Archive, put: Put) -> None:
    put("a", STORM, title="Ellery airport")
    scores = rerank("Ellery", {"a:0": 0.01}, archive.store.chunks(["a:0"]), archive.store)
    assert scores == pytest.approx({"a:0": 1.0})


def test_a_syndicated_passage_is_one_hit_from_the_best_copy(archive: Archive, put: Put) -> None:
    put("anonymous", BRIDGE, also_in=("named",))
    put("named", BRIDGE, also_in=("anonymous",), outlet="Echo", published=date(2021, 6, 3))
    put("stranger", "Ellery has a bridge, and Ana Ruiz opened it on Monday.")
    hits = archive.search("Who opened the bridge of Ellery on Monday?", 9)
    assert sorted(hit.article_id for hit in hits) == ["named", "stranger"]


def hit(article_id: str, text: str, score: float) -> Hit:
    return Hit(article_id, 0, len(text), text, score)


def copy(key: str, *twins: str, **changes: object) -> Article:
    return Article(id=key, path=key, title="t", text=BRIDGE, also_in=twins, **changes)  # type: ignore[arg-type]


def test_the_better_copy_takes_the_place_and_the_score_of_the_first() -> None:
    articles = {"a": copy("a", "b"), "b": copy("b", "a", outlet="Echo", published=date(2021, 6, 3))}
    folded = fold_copies([hit("a", BRIDGE, 0.9), hit("b", BRIDGE, 0.8)], articles)
    assert folded == [hit("b", BRIDGE, 0.9)]


def test_what_only_one_copy_has_is_kept() -> None:
    articles = {"a": copy("a", "b"), "b": copy("b", "a")}
    hits = [hit("a", BRIDGE, 0.9), hit("b", STORM, 0.8)]
    assert fold_copies(hits, articles) == hits


def test_the_same_words_in_no_copy_are_kept() -> None:
    hits = [hit("a", BRIDGE, 0.9), hit("c", BRIDGE, 0.8)]
    assert fold_copies(hits, {"a": copy("a"), "c": copy("c")}) == hits


def test_what_is_removed_while_it_is_looked_for_is_no_hit(
    archive: Archive, put: Put, monkeypatch: pytest.MonkeyPatch
) -> None:
    put("a", BRIDGE)
    put("b", STORM)
    found = archive.store.chunks
    archive.search("bridge", 1)

    def removed_after(ids: object) -> dict[str, Chunk]:
        chunks = found(ids)  # type: ignore[arg-type]
        archive.store.delete("a")
        return chunks

    monkeypatch.setattr(archive.store, "chunks", removed_after)
    assert [hit.article_id for hit in archive.search("bridge", 9)] == ["b"]


def test_a_vector_that_the_store_does_not_know_is_no_hit(archive: Archive, put: Put) -> None:
    put("a", STORM)
    archive.vectors.add([Chunk("left:0", "left", 0, 4, BRIDGE)], [archive.embedder.get_text_embedding(BRIDGE)])
    assert [hit.article_id for hit in archive.search("bridge", 9)] == ["a"]


def test_retrieval_drops_into_llamaindex(archive: Archive, put: Put, tmp_path: Path) -> None:
    put("a", BRIDGE)
    assert isinstance(archive.retriever, BaseRetriever)
    nodes = archive.retriever.retrieve("bridge")
    assert [(node.node_id, node.get_content()) for node in nodes] == [("a:0", BRIDGE)]
    assert [hit.text for hit in retrieve("bridge", archive.store, archive.retriever, 5)] == [BRIDGE]


def test_a_question_of_a_day_finds_the_articles_of_the_days_before_it_first(archive: Archive, put: Put) -> None:
    put("old", STORM, published=date(2019, 1, 1))
    put("new", "A storm closed the airport.", published=date(2021, 3, 1))
    asked = "Which storm closed the airport for a day?"
    assert [hit.article_id for hit in archive.search(asked, 2)] == ["old", "new"]
    assert [hit.article_id for hit in archive.search(asked, 2, date(2021, 3, 3))] == ["new", "old"]


def test_recency_falls_with_the_days_and_knows_no_future() -> None:
    asked_on = date(2021, 3, 10)
    days = [date(2021, 3, 2), date(2021, 2, 8), date(2020, 3, 10), date(2020, 3, 8), date(2021, 3, 11), None]
    assert [recency(day, asked_on) for day in days] == [1.0, 0.7, 0.3, 0.0, 0.0, 0.0]
