"""The chunks' vectors in Chroma, on disk, behind LlamaIndex's vector store interface.

Chroma holds nothing that SQLite does not know: a chunk's id leads back to its article and offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Any

from rag.errors import HomeError
from rag.schema import Chunk

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection
    from llama_index.core.schema import BaseNode

COLLECTION = "chunks"
DELETE_BATCH = 500  # below SQLite's limit of bound variables, which Chroma passes on


class Vectors:
    """Cosine similarity over the chunks of one home."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.api.shared_system_client import SharedSystemClient
        from chromadb.config import Settings
        from llama_index.vector_stores.chroma import ChromaVectorStore

        self._folder = folder
        settings = Settings(anonymized_telemetry=False)
        try:
            with self._errors_told():
                self._client: Any = chromadb.PersistentClient(path=str(folder), settings=settings)
                self._collection: Collection = self._client.get_or_create_collection(
                    COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
                )
        except HomeError:
            SharedSystemClient.clear_system_cache()  # or the next opening would get this half-open one
            raise
        self._store = ChromaVectorStore(chroma_collection=self._collection)

    def close(self) -> None:
        """An open Chroma keeps what it has read and does not see what another process writes."""
        self._client.close()

    def add(self, chunks: Sequence[Chunk], vectors: Sequence[Sequence[float]]) -> None:
        """Adds chunks, or replaces those with the same ids."""
        from llama_index.core.schema import TextNode

        nodes: list[BaseNode] = [
            TextNode(
                id_=chunk.id,
                text=chunk.text,
                metadata={"article_id": chunk.article_id},
                embedding=list(vector),
            )
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]
        self.delete(node.node_id for node in nodes)  # Chroma would keep the old ones
        if nodes:
            with self._errors_told():
                self._store.add(nodes)

    def delete(self, chunk_ids: Iterable[str]) -> None:
        ids = list(chunk_ids)
        with self._errors_told():
            for at in range(0, len(ids), DELETE_BATCH):
                self._collection.delete(ids=ids[at : at + DELETE_BATCH])

    def nearest(self, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """At most `k` (chunk id, similarity) pairs, nearest first."""
        from llama_index.core.vector_stores.types import VectorStoreQuery

        with self._errors_told():
            found = self._store.query(VectorStoreQuery(query_embedding=list(vector), similarity_top_k=k))
        return list(zip(found.ids or [], found.similarities or [], strict=True))

    def ids(self) -> set[str]:
        with self._errors_told():
            return set(self._collection.get(include=[])["ids"])

    @contextmanager
    def _errors_told(self) -> Iterator[None]:
        from chromadb.errors import ChromaError

        try:
            yield
        except ChromaError as error:
            raise HomeError(
                f"{self._folder}: Chroma says {' '.join(str(error).split())!r}; "
                "if trying again does not help, run `dateline index --rebuild PATH`"
            ) from error
