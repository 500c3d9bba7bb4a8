"""What a home holds, kept in step: the truth in SQLite, and a vector in Chroma for each of its chunks."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from contextlib import AbstractContextManager
from functools import cached_property
from typing import TYPE_CHECKING

from rag.config import DEFAULT_EMBEDDER, Settings
from rag.errors import HomeError
from rag.index.database import AT_ONCE, batches
from rag.index.embed import Embedded, embed_texts, load_embedder
from rag.index.lock import writing
from rag.index.narrow import label_of
from rag.index.place import check_place, leave_place, place_of
from rag.index.rows import headed, text_hash
from rag.index.server import check_server
from rag.index.store import Store
from rag.index.vectors import Vectors
from rag.ingest.intake import Mark
from rag.ingest.split import CHUNK_WORDS
from rag.models import ensure_model
from rag.schema import Article, Chunk

if TYPE_CHECKING:
    from llama_index.core.base.embeddings.base import BaseEmbedding

# What the vectors depend on: a home made otherwise cannot be searched with these.
FINGERPRINT = {"embedder": f"{DEFAULT_EMBEDDER}, 8 bits", "chunking": f"{CHUNK_WORDS} words, headed by the title"}

# What a home remembers of vectors that are being made anew: they are to be dropped, or those missing to be filled in.
VECTORS, DROPPED, UNFILLED = "vectors", "to be dropped", "to be filled in"
# And of the days and outlets that its vectors can be filtered by: they are those of the articles, or may not be.
LABELS, TRUE, STALE = "labels", "true", "stale"


class Contents:
    """The articles of one home, to be changed. Heavy parts are loaded when they are first needed."""

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

    def writing(self) -> AbstractContextManager[None]:
        """Holds the home's write lock. Raises HomeError naming the process that has it."""
        return writing(self.home)

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

    def lacks_vectors(self) -> bool:
        """Whether there are passages and the first has no vector: then little is found but by its words."""
        first = self.store.chunk_ids()[:1]
        return bool(first) and not self.vectors.get(first)

    def clear(self) -> None:
        """Forgets everything; the vectors with their folder, which may be damaged or of another size."""
        self.drop_vectors()
        self.store.clear()

    def _close_vectors(self) -> None:
        """They are opened anew when next needed."""
        if "vectors" in self.__dict__:
            self.vectors.close()
            del self.vectors
