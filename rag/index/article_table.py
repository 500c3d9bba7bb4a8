"""The articles in SQLite: whole, or what ranking, filters and the search for copies want to know of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import replace
from datetime import datetime

from rag.index.chunk_table import ChunkTable
from rag.index.database import AT_ONCE, batches, marks
from rag.index.narrow import sql_of
from rag.index.rows import Head, to_article, to_head, to_sentence
from rag.ingest.shingles import Sketch, sketch_text
from rag.schema import Article, Filters, Narrowed


class ArticleTable(ChunkTable):
    """What the store knows of articles."""

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
