"""The chunks' vectors in Chroma, on disk, behind LlamaIndex's vector store interface.

Chroma holds nothing that SQLite does not know: a chunk's id leads back to its article and offsets.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import TYPE_CHECKING

from rag.schema import Chunk

if TYPE_CHECKING:
    from chromadb.api.models.Collection import Collection

COLLECTION = "chunks"
DELETE_BATCH = 500  # below SQLite's limit of bound variables, which Chroma passes on


class Vectors:
    """Cosine similarity over the chunks of one home."""

    def __init__(self, folder: Path) -> None:
        import chromadb
        from chromadb.config import Settings
        from llama_index.vector_stores.chroma import ChromaVectorStore

        client = chromadb.PersistentClient(path=str(folder), settings=Settings(anonymized_telemetry=False))
        self._collection: Collection = client.get_or_create_collection(
            COLLECTION, configuration={"hnsw": {"space": "cosine"}}, embedding_function=None
        )
        self._store = ChromaVectorStore(chroma_collection=self._collection)

    def add(self, chunks: Sequence[Chunk], vectors: Sequence[Sequence[float]]) -> None:
        from llama_index.core.schema import TextNode

        nodes = [
            TextNode(id_=chunk.id, text=chunk.text, metadata={"article_id": chunk.article_id}, embedding=list(vector))
            for chunk, vector in zip(chunks, vectors, strict=True)
        ]
        if nodes:
            self._store.add(nodes)

    def delete(self, chunk_ids: Iterable[str]) -> None:
        ids = list(chunk_ids)
        for at in range(0, len(ids), DELETE_BATCH):
            self._collection.delete(ids=ids[at : at + DELETE_BATCH])

    def nearest(self, vector: Sequence[float], k: int) -> list[tuple[str, float]]:
        """At most `k` (chunk id, similarity) pairs, nearest first."""
        from llama_index.core.vector_stores.types import VectorStoreQuery

        found = self._store.query(VectorStoreQuery(query_embedding=list(vector), similarity_top_k=k))
        return list(zip(found.ids or [], found.similarities or [], strict=True))

    def ids(self) -> set[str]:
        return set(self._collection.get(include=[])["ids"])
