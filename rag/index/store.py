"""SQLite, the truth of a home: articles, their sentences and chunks, and the words of the chunks (FTS5)."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date
from math import log
from pathlib import Path
from typing import Any

from rag.errors import HomeError
from rag.schema import Article, Chunk, DateMention, Sentence

SCHEMA = """
create table if not exists meta (key text primary key, value text not null);
create table if not exists article (
    id text primary key, path text not null unique, title text not null, text text not null,
    outlet text, authors text not null, published text, url text, sources text not null,
    captions text not null, notes text not null, content_hash text not null, also_in text not null default '[]');
create table if not exists sentence (
    article_id text not null references article (id) on delete cascade,
    start integer not null, end integer not null, paragraph integer not null, dates text not null,
    primary key (article_id, start));
create table if not exists chunk (
    number integer primary key, id text not null unique,
    article_id text not null references article (id) on delete cascade,
    start integer not null, end integer not null);
create index if not exists chunk_article on chunk (article_id);
create virtual table if not exists words using fts5 (
    title, body, tokenize = 'porter unicode61 remove_diacritics 2');
create virtual table if not exists vocabulary using fts5vocab (words, row);
"""
# The title names the story and is repeated in every chunk of it: at full weight it drowns the body.
TITLE_WEIGHT, BODY_WEIGHT = 0.5, 1.0


class Store:
    """One connection to one home. Readers and the one writer do not block each other (WAL)."""

    def __init__(self, path: Path) -> None:
        try:
            self._db = sqlite3.connect(path, timeout=30, check_same_thread=False)
            self._db.execute("pragma journal_mode = wal")
            self._db.execute("pragma foreign_keys = on")
            self._db.executescript(SCHEMA)
        except sqlite3.DatabaseError as error:
            raise HomeError(f"{path}: cannot be used as an index ({error}); delete the folder it is in and index again") from error

    def close(self) -> None:
        self._db.close()

    def get_meta(self) -> dict[str, str]:
        return dict(self._db.execute("select key, value from meta"))

    def set_meta(self, values: Mapping[str, str]) -> None:
        with self._db:
            self._db.executemany("insert or replace into meta values (?, ?)", values.items())

    def put(self, article: Article, chunks: Sequence[Chunk]) -> None:
        """Adds an article, or replaces the one with its id, in one transaction."""
        with self._db:
            self._delete(article.id)
            self._db.execute(
                "insert into article values (:id, :path, :title, :text, :outlet, :authors, :published, :url,"
                " :sources, :captions, :notes, :content_hash, :also_in)",
                _article_row(article),
            )
            self._put_sentences(article)
            for chunk in chunks:
                row = self._db.execute(
                    "insert into chunk (id, article_id, start, end) values (?, ?, ?, ?)",
                    (chunk.id, chunk.article_id, chunk.start, chunk.end),
                )
                self._db.execute(
                    "insert into words (rowid, title, body) values (?, ?, ?)",
                    (row.lastrowid, article.title, chunk.text),
                )

    def update(self, articles: Iterable[Article]) -> None:
        """Stores what a twin lent: dates, copies and the sentences' dates; text and chunks stay."""
        with self._db:
            for article in articles:
                self._db.execute(
                    "update article set published = :published, sources = :sources, also_in = :also_in where id = :id",
                    _article_row(article),
                )
                self._db.execute("delete from sentence where article_id = ?", (article.id,))
                self._put_sentences(article)

    def delete(self, article_id: str) -> None:
        with self._db:
            self._delete(article_id)

    def articles(self, ids: Collection[str] | None = None) -> list[Article]:
        """The articles of those ids, or all of them, copies included, by path, without their sentences."""
        if ids is None:
            return [_article(row) for row in self._rows("select * from article order by path")]
        return [
            _article(row)
            for row in self._rows(f"select * from article where id in ({_marks(ids)}) order by path", *ids)
        ]

    def article(self, article_id: str) -> Article | None:
        """The whole article, with its sentences."""
        row = next(iter(self._rows("select * from article where id = ?", article_id)), None)
        if row is None:
            return None
        sentences = self._rows("select * from sentence where article_id = ? order by start", article_id)
        return replace(_article(row), sentences=tuple(_sentence(sentence) for sentence in sentences))

    def chunks(self, ids: Iterable[str]) -> dict[str, Chunk]:
        """The chunks of those ids that exist, their text cut from the article."""
        wanted = list(ids)
        rows = self._rows(
            "select chunk.*, substr(article.text, chunk.start + 1, chunk.end - chunk.start) as text"
            f" from chunk join article on article.id = article_id where chunk.id in ({_marks(wanted)})",
            *wanted,
        )
        return {row["id"]: Chunk(row["id"], row["article_id"], row["start"], row["end"], row["text"]) for row in rows}

    def chunk_ids(self, article_id: str | None = None) -> list[str]:
        if article_id is None:
            return [row["id"] for row in self._rows("select id from chunk")]
        return [row["id"] for row in self._rows("select id from chunk where article_id = ?", article_id)]

    def bm25(self, words: Sequence[str], k: int) -> list[tuple[str, float]]:
        """At most `k` (chunk id, score) pairs by BM25 (Robertson and Zaragoza, 2009), best first."""
        if not words:
            return []
        query = " OR ".join(f'"{word}"' for word in words)
        rows = self._rows(
            "select chunk.id as id, -bm25(words, ?, ?) as score from words join chunk on chunk.number = words.rowid"
            " where words match ? order by score desc, chunk.id limit ?",
            TITLE_WEIGHT,
            BODY_WEIGHT,
            query,
            k,
        )
        return [(row["id"], row["score"]) for row in rows]

    def idf(self, stems: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each stem over the chunks: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        total = self._rows("select count(*) as n from chunk")[0]["n"]
        rows = self._rows(f"select term, doc from vocabulary where term in ({_marks(stems)})", *stems)
        found = {row["term"]: row["doc"] for row in rows}
        return {stem: log(1 + (total - (n := found.get(stem, 0)) + 0.5) / (n + 0.5)) for stem in stems}

    def _rows(self, sql: str, *values: Any) -> list[sqlite3.Row]:
        cursor = self._db.cursor()
        cursor.row_factory = sqlite3.Row
        return cursor.execute(sql, values).fetchall()

    def _delete(self, article_id: str) -> None:
        self._db.execute("delete from words where rowid in (select number from chunk where article_id = ?)", (article_id,))
        self._db.execute("delete from article where id = ?", (article_id,))

    def _put_sentences(self, article: Article) -> None:
        self._db.executemany(
            "insert into sentence values (?, ?, ?, ?, ?)",
            [
                (article.id, s.start, s.end, s.paragraph, json.dumps([mention.to_json() for mention in s.dates]))
                for s in article.sentences
            ],
        )


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))


def _article_row(article: Article) -> dict[str, str | None]:
    return {
        "id": article.id,
        "path": article.path,
        "title": article.title,
        "text": article.text,
        "outlet": article.outlet,
        "authors": json.dumps(article.authors),
        "published": article.published.isoformat() if article.published else None,
        "url": article.url,
        "sources": json.dumps(dict(article.sources)),
        "captions": json.dumps(article.captions),
        "notes": json.dumps(article.notes),
        "content_hash": article.content_hash,
        "also_in": json.dumps(article.also_in),
    }


def _article(row: sqlite3.Row) -> Article:
    values = dict(row)
    return Article(
        **values
        | {key: tuple(json.loads(values[key])) for key in ("authors", "captions", "notes", "also_in")}
        | {"published": _day(values["published"]), "sources": json.loads(values["sources"])}
    )


def _sentence(row: sqlite3.Row) -> Sentence:
    dates = tuple(
        DateMention(d["text"], d["start"], d["end"], _day(d["from"]), _day(d["to"]), d["kind"])
        for d in json.loads(row["dates"])
    )
    return Sentence(row["start"], row["end"], row["paragraph"], dates)


def _day(text: str | None) -> date | None:
    return date.fromisoformat(text) if text else None
