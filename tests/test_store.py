from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import date, datetime, timezone
from math import log
from pathlib import Path

import pytest

from rag.errors import HomeError
from rag.index import chunk_table, database
from rag.index.store import Store
from rag.ingest.shingles import sketch_text
from rag.ingest.split import make_sentences
from rag.schema import Article, Chunk, Filters

TEXT = "Ana Díaz opened the bridge on Monday. It cost 4 million."
ARTICLE = Article(
    id="a",
    path="/news/a.txt",
    title="Bridge",
    text=TEXT,
    outlet="Echo",
    authors=("B. Lee", "C. Roy"),
    published=date(2021, 6, 3),
    updated=date(2021, 6, 5),
    other_dates=((date(2021, 6, 5), "updated"),),
    place="PORT ELLERY",
    language="en",
    url="https://example.org/a",
    sources={"published": "byline"},
    captions=("The bridge.",),
    notes=("Corrected.",),
    sentences=make_sentences(TEXT, date(2021, 6, 3)),
    content_hash="h",
    also_in=("b",),
    page_starts=(0, 38),
)
CHUNKS = (Chunk("a:0", "a", 0, 37, TEXT[:37]), Chunk("a:1", "a", 38, len(TEXT), TEXT[38:]))


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(tmp_path / "archive.sqlite")
    yield opened
    opened.close()


def other(key: str, text: str) -> tuple[Article, list[Chunk]]:
    article = Article(id=key, path=f"/news/{key}.txt", title="Other", text=text)
    return article, [Chunk(f"{key}:0", key, 0, len(text), text)]


def test_an_article_comes_back_as_it_went_in(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    assert store.article("a") == ARTICLE
    assert store.articles() == [replace(ARTICLE, sentences=())]
    assert store.articles({"a"}) == store.articles()
    assert (store.article("b"), store.articles({"b"}), store.articles(())) == (None, [], [])


def test_what_was_put_is_there_for_the_next_process(store: Store, tmp_path: Path) -> None:
    store.put(ARTICLE, CHUNKS)
    store.set_meta({"embedder": "words"})
    again = Store(tmp_path / "archive.sqlite")
    assert again.article("a") == ARTICLE
    assert again.get_meta() == {"embedder": "words"}
    again.close()


def test_what_finds_copies_is_kept_with_the_text(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    store.put(replace(ARTICLE, id="b", path="/news/b.txt", also_in=("a",)), [])
    assert {key: sketch.to_bytes() for key, sketch in store.sketches().items()} == dict.fromkeys(
        "ab", sketch_text(ARTICLE.text).to_bytes()
    )
    assert store.text("a") == ARTICLE.text
    assert set(store.linked()) == {article.id for article in store.articles() if article.also_in}
    store.delete("a")
    assert list(store.sketches()) == ["b"]
    with pytest.raises(KeyError):
        store.text("a")


def test_a_chunk_is_cut_out_of_the_stored_text(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    assert store.chunks(["a:1", "nowhere"]) == {"a:1": CHUNKS[1]}
    assert sorted(store.chunk_ids()) == sorted(store.chunk_ids("a")) == ["a:0", "a:1"]
    assert store.chunk_ids("b") == []


def test_of_an_article_ranking_is_told_title_day_and_whether_it_has_copies(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    store.put(*other("c", "She left."))
    assert store.heads(["a", "c", "nowhere"]) == {
        "a": ("Bridge", date(2021, 6, 3), True),
        "c": ("Other", None, False),
    }


def test_a_text_outside_the_first_plane_keeps_its_offsets(store: Store) -> None:
    text = "𝔄𝔫𝔞 won 🏆. She left."
    chunk = Chunk("u:1", "u", text.index("She"), len(text), "She left.")
    store.put(Article(id="u", path="/u", title="t", text=text), [chunk])
    assert store.chunks(["u:1"]) == {"u:1": chunk}


def test_putting_again_replaces_and_deleting_leaves_nothing(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    store.put(replace(ARTICLE, title="Bridges"), CHUNKS[:1])
    assert [article.title for article in store.articles()] == ["Bridges"]
    assert store.chunk_ids() == ["a:0"]
    store.delete("a")
    assert (store.articles(), store.chunk_ids(), store.bm25(["bridge"], 9), store.is_empty()) == (
        [],
        [],
        [],
        True,
    )
    assert store.idf(["bridg"]) == {"bridg": log(1 + 0.5 / 0.5)}


def test_clearing_forgets_everything(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    store.set_meta({"embedder": "words"})
    store.clear()
    assert (store.articles(), store.get_meta(), store.bm25(["bridge"], 9), store.is_empty()) == (
        [],
        {},
        [],
        True,
    )
    store.put(ARTICLE, CHUNKS)
    assert store.article("a") == ARTICLE


def test_an_update_changes_what_was_lent_and_leaves_the_chunks(store: Store) -> None:
    store.put(replace(ARTICLE, published=None, sources={}, also_in=(), sentences=make_sentences(TEXT, None)), CHUNKS)
    store.update([ARTICLE])
    assert store.article("a") == ARTICLE
    assert [id for id, _ in store.bm25(["million"], 9)] == ["a:1"]


def test_words_are_found_without_accents_in_any_form_best_first(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    store.put(*other("b", "Diaz spoke. Diaz smiled. Diaz left for the mountains of the north and the sea."))
    assert store.bm25(["diaz"], 9)[0][0] == "b:0"
    assert {id for id, _ in store.bm25(["Díaz"], 9)} == {"a:0", "b:0"}
    assert [id for id, _ in store.bm25(["opening"], 9)] == ["a:0"]
    assert len(store.bm25(["diaz"], 1)) == 1
    scores = [score for _, score in store.bm25(["diaz", "bridge"], 9)]
    assert scores == sorted(scores, reverse=True)


@pytest.mark.parametrize("words", [[], ["moon"], ['"'], ["a*b", "NOT", "x OR", "u.s", "don’t"]])
def test_no_word_is_taken_for_a_command(store: Store, words: list[str]) -> None:
    store.put(ARTICLE, CHUNKS)
    assert store.bm25([word.replace('"', "") for word in words], 9) == []


def test_rarity_is_counted_over_the_chunks(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    store.put(*other("b", "The bridge is closed."))
    # 3 chunks: "cost" stands in 1, "moon" in none; the title counts, so "bridg" stands in all.
    assert store.idf(["cost", "moon", "bridg"]) == pytest.approx(
        {"cost": log(1 + 2.5 / 1.5), "moon": log(1 + 3.5 / 0.5), "bridg": log(1 + 0.5 / 3.5)}
    )


def test_another_process_is_noticed_when_it_has_written(store: Store, tmp_path: Path) -> None:
    before = store.version()
    store.put(ARTICLE, CHUNKS)
    assert store.version() == before
    writer = Store(tmp_path / "archive.sqlite")
    writer.put(*other("b", "Something else."))
    writer.close()
    assert store.version() != before


def test_a_reader_reads_while_a_writer_is_in_the_middle_of_it(store: Store, tmp_path: Path) -> None:
    store.put(ARTICLE, CHUNKS)
    writer = sqlite3.connect(tmp_path / "archive.sqlite")
    writer.execute("begin immediate")
    writer.execute("delete from article")
    reader = Store(tmp_path / "archive.sqlite")
    assert reader.article("a") == ARTICLE
    assert reader.bm25(["bridge"], 9)
    reader.close()
    writer.rollback()
    writer.close()


def test_a_locked_index_is_told_in_one_line(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(database, "BUSY_S", 0.01)
    opened = Store(tmp_path / "archive.sqlite")
    holder = sqlite3.connect(tmp_path / "archive.sqlite")
    holder.execute("begin immediate")
    with pytest.raises(HomeError, match=r"archive\.sqlite: database is locked; .*[^\n]$"):
        opened.put(ARTICLE, CHUNKS)
    holder.close()
    opened.close()


def test_a_full_disk_is_told_and_leaves_the_index_as_it_was(store: Store) -> None:
    store.put(ARTICLE, CHUNKS)
    pages = store._rows("pragma page_count")[0][0]
    store._rows(f"pragma max_page_count = {pages + 2}")
    with pytest.raises(HomeError, match="full"):
        store.put(*other("b", "Long. " * 20_000))
    assert store.articles() == [replace(ARTICLE, sentences=())]
    assert [id for id, _ in store.bm25(["bridge"], 9)] != []


@pytest.mark.parametrize("what", ["text", "folder"])
def test_what_is_no_index_is_named(tmp_path: Path, what: str) -> None:
    path = tmp_path / "archive.sqlite"
    if what == "text":
        path.write_text("no database " * 100)
    else:
        path.mkdir()
    with pytest.raises(HomeError, match=r"archive\.sqlite: [^\n]+$"):
        Store(path)


def test_when_an_article_went_in_stays_when_it_is_read_anew_and_goes_with_it(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("rag.index.store._now", lambda: "2026-11-02T10:00:00+00:00")
    store.put(ARTICLE, CHUNKS)
    monkeypatch.setattr("rag.index.store._now", lambda: "2026-11-09T10:00:00+00:00")
    store.put(replace(ARTICLE, text="Another text."), ())
    assert store.added() == {"a": datetime(2026, 11, 2, 10, tzinfo=timezone.utc)}
    store.delete("a")
    store.put(ARTICLE, CHUNKS)
    assert store.added() == {"a": datetime(2026, 11, 9, 10, tzinfo=timezone.utc)}


def test_a_limit_on_what_is_scored_leaves_the_chunks_with_the_seldom_words(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    texts = {"a": "storm harbour", "b": "storm storm storm", "c": "storm bridge harbour", "d": "bridge"}
    for day, (key, text) in enumerate(texts.items(), start=1):
        article, chunks = other(key, text)
        store.put(replace(article, published=date(2021, 3, day)), chunks)
    words = ["storm", "harbour", "bridge"]
    assert {id for id, _ in store.bm25(words, 4)} == {"a:0", "b:0", "c:0", "d:0"}
    monkeypatch.setattr(chunk_table, "SCORED", 2)
    assert [id for id, _ in store.bm25(words, 1)] == ["c:0"]
    assert {id for id, _ in store.bm25(words, 2)} == {"a:0", "c:0"}
    assert {id for id, _ in store.bm25(words, 9)} == {"a:0", "b:0", "c:0", "d:0"}
    only = Filters(since=date(2021, 3, 2), until=date(2021, 3, 2))
    assert [id for id, _ in store.bm25(words, 1, only)] == ["b:0"]


def test_a_remembered_rarity_goes_with_what_is_written(store: Store) -> None:
    store.put(*other("a", "storm"))
    assert store.idf(["storm", "bridg"]) == pytest.approx({"storm": log(1 + 0.5 / 1.5), "bridg": log(1 + 1.5 / 0.5)})
    store.put(*other("b", "bridge"))
    assert store.idf(["storm", "bridg"]) == pytest.approx({"storm": log(2), "bridg": log(2)})
