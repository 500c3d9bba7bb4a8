"""A home opened: SQLite, Chroma and the embedder together, and the lock of the one that may write."""

from __future__ import annotations

import os
import threading
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import replace
from datetime import date
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING

from rag.config import DEFAULT_EMBEDDER, Settings
from rag.errors import HomeError
from rag.filters import checked_days, chosen_outlets
from rag.index.cross_encoders import Rank, load_entails, load_rank
from rag.index.database import AT_ONCE, batches
from rag.index.embed import Embedded, embed_sentences, embed_texts, load_embedder
from rag.index.meaning import Meaning
from rag.index.narrow import label_of
from rag.index.place import check_place, leave_place, place_of
from rag.index.retrieve import make_retriever, retrieve
from rag.index.rows import headed, text_hash
from rag.index.server import check_server
from rag.index.store import Store
from rag.index.vectors import Vectors
from rag.ingest.intake import Mark
from rag.ingest.split import CHUNK_WORDS
from rag.models import ensure_model
from rag.schema import EVERYTHING, Article, Chunk, Filters, Hit, Narrowed

if TYPE_CHECKING:
    from llama_index.core.base.base_retriever import BaseRetriever
    from llama_index.core.base.embeddings.base import BaseEmbedding

# What the vectors depend on: a home made otherwise cannot be searched with these.
FINGERPRINT = {"embedder": f"{DEFAULT_EMBEDDER}, 8 bits", "chunking": f"{CHUNK_WORDS} words, headed by the title"}

# What a home remembers of vectors that are being made anew: they are to be dropped, or those missing to be filled in.
VECTORS, DROPPED, UNFILLED = "vectors", "to be dropped", "to be filled in"
# And of the days and outlets that its vectors can be filtered by: they are those of the articles, or may not be.
LABELS, TRUE, STALE = "labels", "true", "stale"


class Archive:
    """The articles of one home. Heavy parts are loaded when they are first needed."""

    def __init__(self, settings: Settings) -> None:
        self.settings = settings
        self.home = settings.home
        if settings.chroma_url:
            check_server(settings.chroma_url)
        try:
            self.home.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise HomeError(f"{self.home}: cannot be made ({error.strerror}); choose another with --home") from error
        self.store = Store(self.home / "archive.sqlite")
        self._seen = 0  # the store's version when the vectors were opened
        self._one_searches = threading.Lock()  # they are opened anew under none who searches them

    def close(self) -> None:
        self._close_vectors()
        self.store.close()

    @cached_property
    def embedder(self) -> BaseEmbedding:
        return load_embedder(ensure_model(DEFAULT_EMBEDDER, self.settings))

    @cached_property
    def vectors(self) -> Vectors:
        self._seen = self.store.version()
        return Vectors(place_of(self.settings, self.store))

    @cached_property
    def retriever(self) -> BaseRetriever:
        return make_retriever(self.store, self.vectors, self.embedder)

    def search(self, question: str, k: int, asked_on: date | None = None, filters: Filters = EVERYTHING) -> list[Hit]:
        """The `k` best passages of articles that pass the filters, whose outlets are as `narrow` spells them.

        Of the copies of a story those are found that pass themselves: who asks for an outlet is to cite what that
        outlet printed, and on the day it did. Raises HomeError if the home was made with another embedder or chunking.
        """
        with self._one_searches:
            return self._search(question, k, asked_on, filters)

    def _search(self, question: str, k: int, asked_on: date | None, filters: Filters) -> list[Hit]:
        self.check_fingerprint()
        if self.store.is_empty():
            return []
        if self.store.version() != self._seen:
            self._close_vectors()
            self.check_server()
        if not filters:
            return retrieve(question, self.store, self.retriever, k, asked_on)
        self._label_once()
        retriever = make_retriever(self.store, self.vectors, self.embedder, filters)
        return retrieve(question, self.store, retriever, k, asked_on)

    def narrow(self, filters: Filters) -> Narrowed:
        """The filters with their outlets as the articles spell them, and what they leave.

        Raises UsageError for an outlet that nobody has, or days that lie the wrong way round.
        """
        outlets = chosen_outlets(filters.outlets, self.store.outlets())
        return self.store.narrowed(replace(checked_days(filters), outlets=outlets))

    def search_all(
        self, questions: Sequence[str], k: int, asked_on: date | None = None, filters: Filters = EVERYTHING
    ) -> tuple[Hit, ...]:
        """At most `k` passages in all, the best of each question."""
        each = max(k // len(questions), 1)
        found = [hit for question in questions for hit in self.search(question, each, asked_on, filters)]
        return tuple({(hit.article_id, hit.start): hit for hit in found}.values())

    @cached_property
    def meaning(self) -> Meaning:
        def embed(texts: Sequence[str]) -> list[list[float]]:
            return embed_sentences(self.embedder, texts)

        return Meaning(embed, load_entails(self.settings.nli)) if self.settings.nli else Meaning(embed)

    @cached_property
    def rank(self) -> Rank | None:
        """The user's own reranker, None where none is named."""
        return load_rank(self.settings.reranker) if self.settings.reranker else None

    def article(self, article_id: str) -> Article:
        """The article with its sentences. Raises HomeError if it has been removed meanwhile."""
        article = self.store.article(article_id)
        if article is None:
            raise HomeError(f"{self.home}: article {article_id} is not here; `dateline articles` lists those that are")
        return article

    def articles_of(self, hits: Sequence[Hit]) -> dict[str, Article]:
        """The articles of the hits and their copies, by id; without those removed since the search."""
        found: dict[str, Article] = {}
        for article_id in dict.fromkeys(hit.article_id for hit in hits):
            article = self.store.article(article_id)
            for one in (article, *map(self.store.article, article.also_in)) if article else ():
                if one:
                    found.setdefault(one.id, one)
        return found

    def clear(self) -> None:
        """Forgets everything; the vectors with their folder, which may be damaged or of another size."""
        self.drop_vectors()
        self.store.clear()

    def lacks_vectors(self) -> bool:
        """Whether there are passages and the first has no vector: then little is found but by its words."""
        first = self.store.chunk_ids()[:1]
        return bool(first) and not self.vectors.get(first)

    def warm(self) -> None:
        """Loads what a first question would otherwise wait for."""
        if self.search("ready", 1):
            self.meaning.nearest(["ready"], ["ready"])
            _ = self.rank

    def check_fingerprint(self) -> None:
        made_with = self.store.get_meta()
        for key, value in FINGERPRINT.items():
            if made_with.get(key, value) != value:
                raise HomeError(
                    f"{self.home}: made with {key} {made_with[key]!r}, this program uses {value!r}; "
                    "run `dateline index --rebuild` to make it anew"
                )
        check_place(self.settings, self.store)

    def check_server(self) -> None:
        """Where a server keeps the vectors: raises HomeError if it does not answer, or has lost them all."""
        if not self.settings.chroma_url or not self.vectors.is_empty() or self.store.is_empty():
            return
        if self.store.get_meta().get(VECTORS) not in (DROPPED, UNFILLED):
            raise HomeError(
                f"{self.settings.chroma_url}: the Chroma server has none of the vectors of {self.home};"
                " `dateline doctor` with the same --chroma-url makes them anew from the stored text"
            )

    def put(
        self,
        articles: Sequence[tuple[Article, Sequence[Chunk]]],
        origins: Mapping[str, str] | None = None,
        report: Embedded = lambda done, total: None,
    ) -> None:
        """Stores articles with their chunks, in the place of those with the same paths; `origins` as for the store.

        Vectors first: what SQLite does not name is never searched.
        """
        chunks = [chunk for _, of_article in articles for chunk in of_article]
        texts = [headed(article.title, chunk.text) for article, of_article in articles for chunk in of_article]
        self.store.set_meta(FINGERPRINT | ({LABELS: TRUE} if self.store.is_empty() else {}))
        labels = {article.id: label_of(article) for article, _ in articles}
        self.vectors.add(chunks, self._embed(texts, report), labels)
        self.vectors.delete(self.store.put_all(articles, origins))

    def update(self, articles: Sequence[Article]) -> None:
        """Stores what copies lent each other, the vectors' labels too."""
        known = self.store.get_meta().get(LABELS) == TRUE
        self.store.set_meta({LABELS: STALE})
        self.store.update(articles)
        if known:
            labels = {id: label_of(article) for article in articles for id in self.store.chunk_ids(article.id)}
            self.vectors.label(labels)
            self.store.set_meta({LABELS: TRUE})

    def label(self) -> int:
        """Gives every vector the day and the outlet of its article, and says how many had others or none."""
        articles = {article.id: label_of(article) for article in self.store.articles()}
        true = {chunk_id: articles[article_id] for chunk_id, article_id in self.store.article_ids().items()}
        told = self.vectors.labels()
        wrong = {id: label for id, label in true.items() if id in told and told[id] != label}
        self.vectors.label(wrong)
        self.store.set_meta({LABELS: TRUE})
        return len(wrong)

    def delete(self, article_id: str) -> None:
        chunk_ids = self.store.chunk_ids(article_id)
        self.store.delete(article_id)
        self.vectors.delete(chunk_ids)

    def finish_files(self, files: Iterable[tuple[str, Mark | None, Sequence[str]]]) -> None:
        """As the store does, with the vectors."""
        self.vectors.delete(self.store.finish_files(files))

    def sweep(self) -> int:
        """Removes the vectors that a run cut short left behind, and says how many there were."""
        strays = self.vectors.ids() - set(self.store.chunk_ids())
        self.vectors.delete(strays)
        return len(strays)

    def fill(self, report: Embedded = lambda done, total: None) -> int:
        """Embeds the chunks that have no vector, from the stored text, and says how many there were."""
        missing = sorted(set(self.store.chunk_ids()) - self.vectors.ids())
        for number, some in enumerate(batches(missing, AT_ONCE)):
            report(number * AT_ONCE, len(missing))
            texts, chunks = self.store.headed_texts(some), self.store.chunks(some)
            articles = self.store.articles({chunk.article_id for chunk in chunks.values()})
            labels = {article.id: label_of(article) for article in articles}
            self.vectors.add([chunks[id] for id in texts], self._embed(list(texts.values())), labels)
        return len(missing)

    def renew(self) -> None:
        """Takes all that is known for changed and drops the vectors, whatever they were made with; the articles
        stay to be searched by their words until they are read and embedded anew."""
        self.store.set_meta({VECTORS: DROPPED})
        self.drop_vectors()
        self.store.stale({**FINGERPRINT, VECTORS: UNFILLED})

    def drop_vectors(self) -> None:
        """With their folder or collection, which may be damaged or hold vectors of another size."""
        self._close_vectors()
        leave_place(self.settings, self.store)

    def _embed(self, texts: Sequence[str], report: Embedded = lambda done, total: None) -> list[Sequence[float]]:
        """A vector for each text; what is embedded already, here or twice among them, is not embedded again."""
        hashes = [text_hash(text) for text in texts]
        said = self.store.chunks_saying(list(dict.fromkeys(hashes)))
        there = self.vectors.get(list(said.values())) if said else {}
        known: dict[str, Sequence[float]] = {hash: there[id] for hash, id in said.items() if id in there}
        new = {hash: text for hash, text in zip(hashes, texts, strict=True) if hash not in known}
        known.update(zip(new, embed_texts(self.embedder, list(new.values()), report), strict=True))
        return [known[hash] for hash in hashes]

    @contextmanager
    def writing(self) -> Iterator[None]:
        """Holds the home's write lock. Raises HomeError naming the process that has it."""
        from filelock import FileLock, Timeout

        owner = self.home / "writer.pid"
        lock = FileLock(self.home / "writer.lock")
        try:
            lock.acquire(timeout=0)
            owner.write_text(str(os.getpid()))
        except Timeout as error:
            raise HomeError(
                f"{self.home}: process {_read(owner)} is indexing it; wait for it to end, then run this again"
            ) from error
        except OSError as error:
            lock.release()
            raise HomeError(f"{self.home}: cannot be written to ({error.strerror or error})") from error
        try:
            yield
        finally:
            lock.release()

    def _label_once(self) -> None:
        """For a home made before vectors had labels, or by a run cut short. Raises HomeError if it is being indexed."""
        if self.store.get_meta().get(LABELS) != TRUE:
            with self.writing():
                self.label()

    def _close_vectors(self) -> None:
        """They are opened anew when next needed."""
        if "vectors" in self.__dict__:
            self.vectors.close()
        for name in ("vectors", "retriever"):
            self.__dict__.pop(name, None)


def _read(path: Path) -> str:
    try:
        return path.read_text().strip()
    except OSError:
        return "(unknown)"
