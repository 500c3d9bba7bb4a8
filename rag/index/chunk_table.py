"""The chunks in SQLite: found by their words (FTS5, BM25), by their ids, and by what they say."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from math import log

from rag.index.database import AT_ONCE, Database, batches, marks
from rag.index.narrow import sql_of
from rag.index.rows import headed
from rag.schema import EVERYTHING, Chunk, Filters
from rag.words import indexed

# The title is repeated in every chunk of its story, so it counts for less; the weights are not tuned yet.
TITLE_WEIGHT, BODY_WEIGHT = 0.5, 1.0
SCORED = 5_000
"""Chunks that BM25 weighs for a question, roughly. SQLite takes 2.5 µs for each: of 100,000 chunks a question of eight
words matches 20,000, which is 59 ms of processor time in the median and 100 at the 95th percentile; so limited it is 9
and 17 (with SQLite's own small cache), and of the first ten 97 % are still among the first thirty. On the 3,403 chunks
of 400 news articles, with 340 in its place, the answering chunk is among the first ten and thirty for 42 and 45 of 60
questions, for 43 and 45 without a limit."""


class ChunkTable(Database):
    """What the store knows of chunks; their text is cut from the article."""

    _counted: Mapping[str, int] = {}
    _counted_at: tuple[int, int] | None = None

    def is_empty(self) -> bool:
        return not self._rows("select 1 from chunk limit 1")

    def chunks(self, ids: Iterable[str]) -> dict[str, Chunk]:
        """The chunks of those ids that exist. A text is read once, however many of its chunks are wanted."""
        places = [
            row
            for some in batches(list(ids), AT_ONCE)
            for row in self._rows(f"select id, article_id, start, end from chunk where id in ({marks(some)})", *some)
        ]
        texts = self._texts({row["article_id"] for row in places})
        return {
            id: Chunk(id, article_id, start, end, texts[article_id][start:end])
            for id, article_id, start, end in places
            if article_id in texts  # another process may have removed it meanwhile
        }

    def _texts(self, article_ids: Iterable[str]) -> dict[str, str]:
        return {
            row["id"]: row["text"]
            for some in batches(list(article_ids), AT_ONCE)
            for row in self._rows(f"select id, text from article where id in ({marks(some)})", *some)
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
        some, every = self._seldom(words, k), dict.fromkeys(words)
        if len(some) < len(every):
            found = self._weighed(f"({_any(some)}) AND ({_any(every)})", k, filters)
            if len(found) == k:
                return found  # else what passes the filters has too few of the seldom words
        return self._weighed(_any(words), k, filters)

    def _weighed(self, query: str, k: int, filters: Filters) -> list[tuple[str, float]]:
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

    def _seldom(self, words: Sequence[str], k: int) -> list[str]:
        """Those of the words that stand in fewest chunks: as many as `k` chunks need, and more up to SCORED. In a
        small archive, all of them."""
        if self._rows("select count(*) as n from chunk")[0]["n"] <= SCORED:
            return list(dict.fromkeys(words))
        stems = {word: indexed(word) for word in words}
        holding = self._holding(list(stems.values()))
        seldom: list[str] = []
        total = 0
        for word in sorted(stems, key=lambda word: holding[stems[word]]):
            if total >= k and total + holding[stems[word]] > SCORED:
                break
            seldom.append(word)
            total += holding[stems[word]]
        return seldom

    def idf(self, stems: Sequence[str]) -> dict[str, float]:
        """Inverse document frequency of each stem over the chunks: ln(1 + (N - n + 0.5) / (n + 0.5))."""
        total, found = self._rows("select count(*) as n from chunk")[0]["n"], self._holding(stems)
        return {stem: log(1 + (total - (n := found.get(stem, 0)) + 0.5) / (n + 0.5)) for stem in stems}

    def holds(self, stem: str) -> bool:
        """Whether any chunk has a word of this stem."""
        return self._holding([stem])[stem] > 0

    def _holding(self, stems: Sequence[str]) -> Mapping[str, int]:
        """How many chunks hold each; remembered while nothing is written, for the commonest take 30 ms to count among
        100,000 chunks."""
        state = self.state()
        known = self._counted if state == self._counted_at else {}
        new = [stem for stem in dict.fromkeys(stems) if stem not in known]
        if new:
            rows = self._rows(f"select term, doc from vocabulary where term in ({marks(new)})", *new)
            known = {**known, **dict.fromkeys(new, 0), **{row["term"]: row["doc"] for row in rows}}
            self._counted, self._counted_at = known, state
        return known

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


def _any(words: Iterable[str]) -> str:
    return " OR ".join(f'"{word}"' for word in words)
