"""SQLite, the truth of a home: articles, their sentences and chunks, and the files that they came from."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from rag.clock import utc_now
from rag.index.chunk_table import ChunkTable
from rag.index.database import AT_ONCE, batches, marks
from rag.index.narrow import sql_of
from rag.index.rows import Head, article_row, headed, sentence_rows, text_hash, to_article, to_head, to_sentence
from rag.ingest.intake import Mark
from rag.ingest.shingles import Sketch, sketch_text
from rag.schema import Article, Chunk, Filters, Narrowed

SCHEMA = """
create table if not exists meta (key text primary key, value text not null);
create table if not exists article (
    id text primary key, path text not null unique, title text not null, text text not null,
    outlet text, authors text not null, published text, url text, sources text not null,
    captions text not null, notes text not null, content_hash text not null,
    also_in text not null default '[]',
    updated text, other_dates text not null default '[]', place text, language text, added text,
    page_starts text not null default '[]');
create table if not exists sentence (
    article_id text not null references article (id) on delete cascade,
    start integer not null, end integer not null, paragraph integer not null, dates text not null,
    primary key (article_id, start));
create table if not exists sketch (
    article_id text primary key references article (id) on delete cascade, runs blob not null);
create table if not exists chunk (
    number integer primary key, id text not null unique,
    article_id text not null references article (id) on delete cascade,
    start integer not null, end integer not null, hash text not null default '');
create index if not exists chunk_article on chunk (article_id);
create index if not exists chunk_hash on chunk (hash);
create virtual table if not exists words using fts5 (
    title, body, tokenize = 'porter unicode61 remove_diacritics 2');
create virtual table if not exists vocabulary using fts5vocab (words, row);
create table if not exists origin (
    article_id text primary key references article (id) on delete cascade, file text not null);
create table if not exists file (
    path text primary key, size integer not null, mtime_ns integer not null, sha256 text not null);
"""


class Store(ChunkTable):
    """What a home holds. Everything that changes together changes in one transaction."""

    def __init__(self, path: Path) -> None:
        super().__init__(path, SCHEMA)

    def put(self, article: Article, chunks: Sequence[Chunk]) -> None:
        """Adds an article, or replaces the one with its id or path, in one transaction."""
        self.put_all([(article, chunks)])

    def put_all(
        self, articles: Sequence[tuple[Article, Sequence[Chunk]]], origins: Mapping[str, str] | None = None
    ) -> list[str]:
        """As `put`, all in one transaction; returns the ids of chunks that are here no more.

        `origins` names the file that each article came from, by article id, where it is not the article's path.
        Such a file is not taken for read until `finish_file` says so.
        """
        kept = {chunk.id for _, chunks in articles for chunk in chunks}
        with self._transaction():
            before = [
                chunk_id
                for article, chunks in articles
                for chunk_id in self._replace(article, chunks, (origins or {}).get(article.id, article.path))
            ]
        return [chunk_id for chunk_id in before if chunk_id not in kept]

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

    def known(self) -> dict[str, dict[str, str]]:
        """For each file the articles that came from it: their content hashes by path."""
        found: dict[str, dict[str, str]] = {}
        for row in self._rows(
            "select coalesce(file, path) as file, path, content_hash"
            " from article left join origin on article_id = id order by path"
        ):
            found.setdefault(row["file"], {})[row["path"]] = row["content_hash"]
        return found

    def read_files(self) -> dict[str, Mark]:
        """What each file that was read to its end was like then."""
        rows = self._rows("select path, size, mtime_ns, sha256 from file")
        return {row["path"]: Mark(row["size"], row["mtime_ns"], row["sha256"]) for row in rows}

    def finish_files(self, files: Iterable[tuple[str, Mark | None, Sequence[str]]]) -> list[str]:
        """Takes files for read, and those of their articles that are named, by path, for gone; one without a mark is
        to be read again. Returns the ids of the chunks that are here no more."""
        went: list[str] = []
        with self._transaction():
            for path, mark, gone in files:
                went += [chunk_id for article_path in gone for chunk_id in self._delete_path(article_path)]
                self._db.execute("delete from file where path = ?", (path,))
                if mark:
                    row = (path, mark.size, mark.mtime_ns, mark.sha256)
                    self._db.execute("insert into file values (?, ?, ?, ?)", row)
        return went

    def stale(self, values: Mapping[str, str]) -> None:
        """Takes everything for changed, so that it is read and embedded anew, and sets these meta values."""
        with self._transaction():
            self._db.execute("delete from file")
            self._db.execute("update article set content_hash = ''")
            self._db.execute("update chunk set hash = ''")
            self._put_meta(values)

    def clear(self) -> None:
        """Forgets every article, and what the home was made with."""
        with self._transaction():
            for table in ("words", "article", "file", "meta"):  # sentences and chunks go with their article
                self._db.execute(f"delete from {table}")

    def articles(self, ids: Collection[str] | None = None) -> list[Article]:
        """The articles of those ids, or all of them, copies included, by path, without their sentences."""
        if ids is None:
            return [to_article(row) for row in self._rows("select * from article order by path")]
        found = [
            to_article(row)
            for some in batches(list(ids), AT_ONCE)
            for row in self._rows(f"select * from article where id in ({marks(some)})", *some)
        ]
        return sorted(found, key=lambda article: article.path)

    def heads(self, ids: Collection[str]) -> dict[str, Head]:
        """By article id; of those ids that are there."""
        columns = "id, title, published, also_in"
        return {
            row["id"]: to_head(row)
            for some in batches(list(ids), AT_ONCE)
            for row in self._rows(f"select {columns} from article where id in ({marks(some)})", *some)
        }

    def article(self, article_id: str) -> Article | None:
        """The whole article, with its sentences."""
        row = next(iter(self._rows("select * from article where id = ?", article_id)), None)
        if row is None:
            return None
        sentences = self._rows("select * from sentence where article_id = ? order by start", article_id)
        return replace(to_article(row), sentences=tuple(to_sentence(sentence) for sentence in sentences))

    def added(self) -> dict[str, datetime]:
        """By article id, when it first went in; without those that went in before this was kept."""
        rows = self._rows("select id, added from article where added is not null")
        return {row["id"]: datetime.fromisoformat(row["added"]) for row in rows}

    def set_added(self, article_id: str, moment: datetime | None) -> None:
        """Says when an article first went in, where that is known better: of one that is brought back."""
        with self._transaction():
            row = (moment.isoformat(timespec="seconds") if moment else None, article_id)
            self._db.execute("update article set added = ? where id = ?", row)

    def outlets(self) -> list[str]:
        """The names of the outlets, as they are spelt."""
        return [row["outlet"] for row in self._rows("select distinct outlet from article where outlet is not null")]

    def narrowed(self, filters: Filters) -> Narrowed:
        """How many articles pass, and how many of those that do not only lack a date."""

        def count(*, undated: bool) -> int:
            condition, values = sql_of(filters, undated=undated)
            return int(self._rows(f"select count(*) as n from article where {condition}", *values)[0]["n"])

        return Narrowed(filters, count(undated=False), count(undated=True) if filters.by_date else 0)

    def article_at(self, path: str) -> Article | None:
        """The whole article that came from there."""
        row = next(iter(self._rows("select id from article where path = ?", path)), None)
        return self.article(row["id"]) if row else None

    def text(self, article_id: str) -> str:
        """Raises KeyError if there is no such article."""
        for row in self._rows("select text from article where id = ?", article_id):
            return str(row["text"])
        raise KeyError(article_id)

    def sketches(self) -> dict[str, Sketch]:
        """By article id, what is needed to find the copies; made here for articles of homes made before it was kept."""
        kept = {row["article_id"]: Sketch.from_bytes(row["runs"]) for row in self._rows("select * from sketch")}
        rows = self._rows("select id, text from article where id not in (select article_id from sketch)")
        return kept | {row["id"]: sketch_text(row["text"]) for row in rows}

    def linked(self) -> list[str]:
        """The ids of articles that know of copies; only they have anything borrowed."""
        return [row["id"] for row in self._rows("select id from article where also_in != '[]'")]

    def without_sentences(self) -> list[str]:
        """The ids of articles that have chunks and no sentences."""
        rows = self._rows(
            "select id from article where id in (select article_id from chunk)"
            " and id not in (select article_id from sentence)"
        )
        return [row["id"] for row in rows]

    def lost_copies(self) -> int:
        """How many articles name a copy that is not here."""
        rows = self._rows(
            "select count(distinct article.id) as n from article, json_each(also_in)"
            " where json_each.value not in (select id from article)"
        )
        return int(rows[0]["n"])

    def _replace(self, article: Article, chunks: Sequence[Chunk], file: str) -> list[str]:
        """Returns the ids of the chunks that were there before."""
        known = self._db.execute(
            "select added from article where id = ? or path = ? order by added", (article.id, article.path)
        ).fetchone()
        before = self._delete_path(article.path)
        self._delete(article.id)
        row = article_row(article) | {"added": known[0] if known else _now()}
        self._db.execute(
            f"insert into article ({', '.join(row)}) values ({', '.join(f':{name}' for name in row)})", row
        )
        self._db.execute("insert into origin values (?, ?)", (article.id, file))
        self._db.execute("insert into sketch values (?, ?)", (article.id, sketch_text(article.text).to_bytes()))
        self._db.execute("delete from file where path = ?", (file,))
        self._put_sentences(article)
        for chunk in chunks:
            number = self._db.execute(
                "insert into chunk (id, article_id, start, end, hash) values (?, ?, ?, ?, ?)",
                (chunk.id, chunk.article_id, chunk.start, chunk.end, text_hash(headed(article.title, chunk.text))),
            ).lastrowid
            words = (number, article.title, chunk.text)
            self._db.execute("insert into words (rowid, title, body) values (?, ?, ?)", words)
        return before

    def _delete_path(self, path: str) -> list[str]:
        rows = self._db.execute(
            "select article.id, chunk.id from article left join chunk on article_id = article.id where path = ?",
            (path,),
        ).fetchall()
        for article_id in {article_id for article_id, _ in rows}:
            self._delete(article_id)
        return [chunk_id for _, chunk_id in rows if chunk_id is not None]

    def _delete(self, article_id: str) -> None:
        self._db.execute(
            "delete from words where rowid in (select number from chunk where article_id = ?)", (article_id,)
        )
        self._db.execute("delete from article where id = ?", (article_id,))

    def _put_sentences(self, article: Article) -> None:
        self._db.executemany("insert into sentence values (?, ?, ?, ?, ?)", sentence_rows(article))


def _now() -> str:
    return utc_now().isoformat(timespec="seconds")
