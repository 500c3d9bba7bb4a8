"""SQLite, the truth of a home: articles, their sentences and chunks, and the files that they came from."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from rag.clock import utc_now
from rag.index.article_table import ArticleTable
from rag.index.rows import article_row, headed, sentence_rows, text_hash
from rag.ingest.intake import Mark
from rag.ingest.shingles import sketch_text
from rag.schema import Article, Chunk

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


class Store(ArticleTable):
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
        Such a file is not taken for read until `finish_files` says so.
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

    def set_added(self, article_id: str, moment: datetime | None) -> None:
        """Says when an article first went in, where that is known better: of one that is brought back."""
        with self._transaction():
            row = (moment.isoformat(timespec="seconds") if moment else None, article_id)
            self._db.execute("update article set added = ? where id = ?", row)

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
