"""The chunks' vectors in Chroma, on disk or in a server, written through LlamaIndex's vector store interface.

Chroma holds nothing that SQLite does not know: a chunk's id leads back to its article and offsets.
"""

from __future__ import annotations

import warnings
from collections.abc import Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import HomeError
from rag.index.database import batches
from rag.index.narrow import Label, chroma_of
from rag.index.server import Server, connect, disconnect, failures_told
from rag.schema import EVERYTHING, Chunk, Filters

if TYPE_CHECKING:
    from chromadb.api.collection_configuration import HNSWConfiguration
    from chromadb.api.models.Collection import Collection
    from llama_index.core.schema import BaseNode

COLLECTION = "chunks"
UNKNOWN: Mapping[str, Label] = {}
AT_ONCE = 500  # below SQLite's limit of bound variables, which Chroma passes on, and some 4 MB on the way to a server
HNSW: HNSWConfiguration = {"space": "cosine", "max_neighbors": 32, "ef_construction": 200, "ef_search": 1600}
"""Twice Chroma's own, and sixteen times for searching. Of 96,192 passages of made-up news, really embedded, a search
finds .930 of the nearest 10 with an `ef_search` of 400, .962 with 800, .983 with 1,600, in 3.9, 6.3 and 8.6 ms, while
the words are looked up beside it; of 100,000 vectors drawn from those of news .986 with 400 and .998 with 1,600.
Adding a vector took 1.8 ms (1.1 among the first 10,000), embedding its passage takes some 50. Opening these takes
0.7 s of processor time and 230 MB. How a home was made stays until `dateline index --rebuild`, how it is searched does
not."""


class Vectors:
    """Cosine similarity over the chunks of one home, in a folder of it or in a server."""

    def __init__(self, place: Path | Server) -> None:
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._place = place
        self._client: Any = None
        settings = Settings(anonymized_telemetry=False)
        try:
            with self._errors_told():
                if isinstance(place, Server):
                    self._client, name = connect(place, settings), place.collection
                else:
                    self._client, name = chromadb.PersistentClient(path=str(place), settings=settings), COLLECTION
                self._collection: Collection = self._client.get_or_create_collection(
                    name, configuration={"hnsw": HNSW}, embedding_function=None
                )
        except HomeError:
            if isinstance(place, Path):
                SharedSystemClient.clear_system_cache()  # or the next opening would get this half-open one
            elif self._client:
                disconnect(self._client)
            raise
        self._store = ChromaVectorStore(chroma_collection=self._collection)

    def close(self) -> None:
        """An open Chroma keeps what it has read and does not see what another process writes."""
        if isinstance(self._place, Server):
            disconnect(self._client)
        else:
            self._client.close()

    def add(
        self, chunks: Sequence[Chunk], vectors: Sequence[Sequence[float]], labels: Mapping[str, Label] = UNKNOWN
    ) -> None:
        """Adds chunks, or replaces those with the same ids. Their texts stay in SQLite; `labels`, by article id, are
        what they can be filtered by."""
        from llama_index.core.schema import TextNode

        nodes: list[BaseNode] = [
            TextNode(
                id_=chunk.id,
                text="",
                metadata={"article_id": chunk.article_id, **labels.get(chunk.article_id, {})},
                embedding=list(vector),
            )
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]
        if nodes:
            self.delete(self._there([node.node_id for node in nodes]))  # Chroma would keep the old ones
            with self._errors_told():
                for some in batches(nodes, AT_ONCE):
                    self._store.add(list(some))

    def delete(self, chunk_ids: Iterable[str]) -> None:
        with self._errors_told():
            for some in batches(list(chunk_ids), AT_ONCE):
                self._collection.delete(ids=list(some))

    def widen(self) -> None:
        """Has a collection that was made with a narrower search searched as widely as one made today, from the next
        opening on."""
        made_with: Mapping[str, Any] = self._collection.configuration_json.get("hnsw") or {}
        if made_with.get("ef_search", 0) < HNSW["ef_search"]:
            with self._errors_told(), warnings.catch_warnings():
                warnings.simplefilter("ignore", DeprecationWarning)  # that it has no embedding function of its own
                self._collection.modify(configuration={"hnsw": {"ef_search": HNSW["ef_search"]}})

    def get(self, chunk_ids: Sequence[str]) -> dict[str, list[float]]:
        """The vectors of those that are there, by id."""
        found: dict[str, list[float]] = {}
        with self._errors_told():
            for some in batches(chunk_ids, AT_ONCE):
                got = self._collection.get(ids=list(some), include=["embeddings"])
                rows = [] if got["embeddings"] is None else got["embeddings"]
                found.update((id, [float(x) for x in row]) for id, row in zip(got["ids"], rows, strict=True))
        return found

    def labels(self) -> dict[str, Label | None]:
        """By chunk id; None for a chunk that never got one."""
        with self._errors_told():
            got = self._collection.get(include=["metadatas"])
        return {
            id: {"published": int(str(known["published"])), "outlet": str(known["outlet"])}
            if known.keys() >= Label.__annotations__.keys()
            else None
            for id, known in zip(got["ids"], got["metadatas"] or [], strict=True)
        }

    def label(self, labels: Mapping[str, Label]) -> None:
        """Gives chunks, by id, another label; vectors stay as they are."""
        with self._errors_told():
            for some in batches(list(labels), AT_ONCE):
                known = [labels[id] for id in some]
                metadatas = [{"published": label["published"], "outlet": label["outlet"]} for label in known]
                self._collection.update(ids=list(some), metadatas=metadatas)  # type: ignore[arg-type]  # invariant list

    def nearest(self, vector: Sequence[float], k: int, filters: Filters = EVERYTHING) -> list[tuple[str, float]]:
        """At most `k` pairs of chunk id and cosine, nearest first."""
        with self._errors_told():
            found = self._collection.query(
                query_embeddings=list(vector), n_results=k, where=chroma_of(filters), include=["distances"]
            )  # LlamaIndex's own query fetches what is kept with the vectors too, which takes as long again
        distances = found["distances"] or [[]]
        return [(id, 1 - distance) for id, distance in zip(found["ids"][0], distances[0], strict=True)]

    def ids(self) -> set[str]:
        with self._errors_told():
            return set(self._collection.get(include=[])["ids"])

    def is_empty(self) -> bool:
        with self._errors_told():
            return not self._collection.count()

    def drop(self) -> None:
        """Takes the collection away, whatever it holds; this is of no use afterwards."""
        with self._errors_told():
            self._client.delete_collection(self._collection.name)

    def check(self) -> None:
        """Raises HomeError if what is stored cannot be read, or not searched."""
        with self._errors_told():
            got = self._collection.get(limit=1, include=["embeddings"])
        if got["ids"] and got["embeddings"] is not None:
            self.nearest([float(x) for x in got["embeddings"][0]], 1)

    def _there(self, chunk_ids: Sequence[str]) -> list[str]:
        with self._errors_told():
            return [
                id for some in batches(chunk_ids, AT_ONCE) for id in self._collection.get(list(some), include=[])["ids"]
            ]

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        place = self._place
        try:
            with failures_told(place) if isinstance(place, Server) else nullcontext():
                yield
        except ChromaError as error:
            raise HomeError(
                f"{place}: Chroma says {' '.join(str(error).split())!r}; "
                "if trying again does not help, run `dateline doctor`, or `dateline index --rebuild`"
            ) from error
