"""The chunks in SQLite: found by their words (FTS5, BM25), by their ids, and by what they say."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from math import log

from rag.index.database import AT_ONCE, Database, batches, marks
from rag.index.narrow import sql_of
from rag.index.rows import headed
from rag.schema import EVERYTHING, Chunk, Filters

# The title is repeated in every chunk of its story, so it counts for less; the weights are not tuned yet.
TITLE_WEIGHT, BODY_WEIGHT = 0.5, 1.0


class ChunkTable(Database):
    """What the store knows of chunks; their text is cut from the article."""

    def is_empty(self) -> bool:
        return not self._rows("select 1 from chunk limit 1")

    def chunks(self, ids: Iterable[str]) -> dict[str, Chunk]:
        """The chunks of those ids that exist."""
        return {
            row["id"]: Chunk(row["id"], row["article_id"], row["start"], row["end"], row["text"])
            for some in batches(list(ids), AT_ONCE)
            for row in self._rows(
                "select chunk.*, substr(article.text, chunk.start + 1, chunk.end - chunk.start) as text"
                f" from chunk join article on article.id = article_id where chunk.id in ({marks(some)})",
                *some,
            )
        }

    def chunk_ids(self, article_id: str | None = None) -> list[str]:
        if article_id is None:
            return [row["id"] for row in self._rows("select id from chunk")]
        return [row["id"] for row in self._rows("select id from chunk where article_id = ?", article_id)]

    def article_ids(self) -> dict[str, str]:
        """The article of every chunk."""
        return {row["id"]: row["article_id"] for row in self._rows("select id, article_id from chunk")}

    def headed_texts(self, ids: Sequence[str]) -> dict[str, str]:
        """The texts of those chunks as they are embedded."""
        return {
            row["id"]: headed(row["title"], row["text"])
            for some in batches(ids, AT_ONCE)
            for row in self._rows(
                "select chunk.id as id, title, substr(text, start + 1, end - start) as text"
                f" from chunk join article on article.id = article_id where chunk.id in ({marks(some)})",
                *some,
            )
        }

    def chunks_saying(self, hashes: Sequence[str]) -> dict[str, str]:
        """For each hash of a headed text that is here, the id of a chunk that has it."""
        found: dict[str, str] = {}
        for some in batches(hashes, AT_ONCE):
            rows = self._rows(f"select hash, id from chunk where hash in ({marks(some)})", *some)
            found |= {row["hash"]: row["id"] for row in rows}
        return found

    def bm25(self, words: Sequence[str], k: int, filters: Filters = EVERYTHING) -> list[tuple[str, float]]:
        """At most `k` (chunk id, score) pairs by BM25 (Robertson and Zaragoza, 2009), best first."""
        if not words:
            return []
        query = " OR ".join(f'"{word}"' for word in words)
        condition, values = sql_of(filters)
        rows = self._rows(
            "select chunk.id as id, -bm25(words, ?, ?) as score"
            " from words join chunk on chunk.number = words.rowid"
            f" where words match ? {f'and article_id in (select id from article where {condition})' if filters else ''}"
            " order by score desc, chunk.id limit ?",
            TITLE_WEIGHT,
            BODY_WEIGHT,
            query,
            *values,
            k,
        )
        return [(row["id"], row["score"]) for row in rows]

    def idf(self, stems: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each stem over the chunks: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        total = self._rows("select count(*) as n from chunk")[0]["n"]
        rows = self._rows(f"select term, doc from vocabulary where term in ({marks(stems)})", *stems)
        found = {row["term"]: row["doc"] for row in rows}
        return {stem: log(1 + (total - (n := found.get(stem, 0)) + 0.5) / (n + 0.5)) for stem in stems}

    def wrong_words(self) -> int:
        """How many chunks the word index lacks, has too many, or has with another text."""
        chunks = (
            "select number, title, substr(text, start + 1, end - start) as body"
            " from chunk join article on article.id = article_id"
        )
        return int(
            self._rows(
                f"select (select count(*) from ({chunks}) as c left join words on words.rowid = c.number"
                " where words.title is not c.title or words.body is not c.body)"
                " + (select count(*) from words where rowid not in (select number from chunk)) as n"
            )[0]["n"]
        )

    def remake_words(self) -> None:
        with self._transaction():
            self._db.execute("delete from words")
            self._db.execute(
                "insert into words (rowid, title, body) select number, title, substr(text, start + 1, end - start)"
                " from chunk join article on article.id = article_id"
            )
