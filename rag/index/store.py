"""SQLite, the truth of a home: articles, their sentences and chunks, and the words of the chunks (FTS5)."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from math import log
from pathlib import Path
from typing import Any

from rag.errors import HomeError
from rag.index.rows import article_row, sentence_rows, to_article, to_sentence
from rag.schema import Article, Chunk

SCHEMA = """
create table if not exists meta (key text primary key, value text not null);
create table if not exists article (
    id text primary key, path text not null unique, title text not null, text text not null,
    outlet text, authors text not null, published text, url text, sources text not null,
    captions text not null, notes text not null, content_hash text not null,
    also_in text not null default '[]',
    updated text, other_dates text not null default '[]', place text, language text);
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
# What articles of homes made before these were known get.
ADDED = {"updated": "text", "other_dates": "text not null default '[]'", "place": "text", "language": "text"}
# The title is repeated in every chunk of its story, so it counts for less; the weights are not tuned yet.
TITLE_WEIGHT, BODY_WEIGHT = 0.5, 1.0
BUSY_S = 30.0  # how long another's transaction is waited for; one batch of articles takes well under a second


class Store:
    """One connection to one home. Readers and the one writer do not block each other (WAL)."""

    def __init__(self, path: Path) -> None:
        self._path = path
        with self._errors_told():
            self._db = sqlite3.connect(path, timeout=BUSY_S, check_same_thread=False)
        try:
            with self._errors_told():
                self._db.execute("pragma journal_mode = wal")
                self._db.execute("pragma foreign_keys = on")
                self._db.executescript(SCHEMA)
                self._add_columns()
        except HomeError:
            self._db.close()
            raise

    def _add_columns(self) -> None:
        """A home made by an earlier version lacks them; its articles keep what they have."""
        known = {row[1] for row in self._db.execute("pragma table_info(article)")}
        for name, kind in ADDED.items():
            if name not in known:
                self._db.execute(f"alter table article add column {name} {kind}")

    def close(self) -> None:
        self._db.close()

    def get_meta(self) -> dict[str, str]:
        return {row["key"]: row["value"] for row in self._rows("select key, value from meta")}

    def set_meta(self, values: Mapping[str, str]) -> None:
        with self._transaction():
            self._db.executemany("insert or replace into meta values (?, ?)", values.items())

    def version(self) -> int:
        """A number that changes when another process has written."""
        return int(self._rows("pragma data_version")[0]["data_version"])

    def is_empty(self) -> bool:
        return not self._rows("select 1 from chunk limit 1")

    def put(self, article: Article, chunks: Sequence[Chunk]) -> None:
        """Adds an article, or replaces the one with its id, in one transaction."""
        with self._transaction():
            self._delete(article.id)
            self._db.execute(
                "insert into article values (:id, :path, :title, :text, :outlet, :authors, :published, :url,"
                " :sources, :captions, :notes, :content_hash, :also_in, :updated, :other_dates, :place, :language)",
                article_row(article),
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
        with self._transaction():
            for article in articles:
                self._db.execute(
                    "update article set published = :published, sources = :sources, also_in = :also_in where id = :id",
                    article_row(article),
                )
                self._db.execute("delete from sentence where article_id = ?", (article.id,))
                self._put_sentences(article)

    def delete(self, article_id: str) -> None:
        with self._transaction():
            self._delete(article_id)

    def clear(self) -> None:
        """Forgets every article, and what the home was made with."""
        with self._transaction():
            for table in ("words", "article", "meta"):  # sentences and chunks go with their article
                self._db.execute(f"delete from {table}")

    def articles(self, ids: Collection[str] | None = None) -> list[Article]:
        """The articles of those ids, or all of them, copies included, by path, without their sentences."""
        if ids is None:
            return [to_article(row) for row in self._rows("select * from article order by path")]
        return [
            to_article(row)
            for row in self._rows(f"select * from article where id in ({_marks(ids)}) order by path", *ids)
        ]

    def article(self, article_id: str) -> Article | None:
        """The whole article, with its sentences."""
        row = next(iter(self._rows("select * from article where id = ?", article_id)), None)
        if row is None:
            return None
        sentences = self._rows("select * from sentence where article_id = ? order by start", article_id)
        return replace(to_article(row), sentences=tuple(to_sentence(sentence) for sentence in sentences))

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
            "select chunk.id as id, -bm25(words, ?, ?) as score"
            " from words join chunk on chunk.number = words.rowid"
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
        with self._errors_told():
            cursor = self._db.cursor()
            cursor.row_factory = sqlite3.Row
            return cursor.execute(sql, values).fetchall()

    @contextmanager
    def _transaction(self) -> Iterator[None]:
        with self._errors_told(), self._db:
            yield

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        try:
            yield
        except sqlite3.OperationalError as error:
            raise HomeError(
                f"{self._path}: {error}; is another program using it, the disk full, the folder read-only?"
            ) from error
        except sqlite3.DatabaseError as error:
            if type(error) is not sqlite3.DatabaseError:  # its other kinds are mistakes of the program
                raise
            raise HomeError(
                f"{self._path}: is damaged ({error}); delete the folder it is in and index again"
            ) from error

    def _delete(self, article_id: str) -> None:
        self._db.execute(
            "delete from words where rowid in (select number from chunk where article_id = ?)", (article_id,)
        )
        self._db.execute("delete from article where id = ?", (article_id,))

    def _put_sentences(self, article: Article) -> None:
        self._db.executemany("insert into sentence values (?, ?, ?, ?, ?)", sentence_rows(article))


def _marks(values: Collection[object]) -> str:
    return ", ".join("?" * len(values))
