from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import chromadb
import pytest
from chromadb.config import Settings

from rag.errors import HomeError
from rag.index.vectors import AT_ONCE, COLLECTION, HNSW, Vectors
from rag.schema import Chunk

ROOT = Path(__file__).parent.parent


def chunks(*ids: str) -> list[Chunk]:
    return [Chunk(id, "article", 0, 4, "text") for id in ids]


@pytest.fixture
def vectors(tmp_path: Path) -> Iterator[Vectors]:
    opened = Vectors(tmp_path / "chroma")
    yield opened
    opened.close()


def test_an_empty_index_finds_nothing(vectors: Vectors) -> None:
    assert vectors.nearest([1.0, 0.0], 5) == []
    assert vectors.ids() == set()
    vectors.add([], [])
    vectors.delete([])


def test_the_nearest_come_first_whatever_their_length(vectors: Vectors) -> None:
    vectors.add(chunks("east", "north", "northeast"), [[9.0, 0.0], [0.0, 0.1], [1.0, 1.0]])
    found = vectors.nearest([0.0, 5.0], 9)
    assert [id for id, _ in found] == ["north", "northeast", "east"]
    assert [id for id, _ in vectors.nearest([0.0, 5.0], 2)] == ["north", "northeast"]
    assert [score for _, score in found] == pytest.approx([1.0, 0.5**0.5, 0.0], abs=1e-6)


def test_adding_again_replaces_and_deleting_removes(vectors: Vectors) -> None:
    vectors.add(chunks("a", "b"), [[1.0, 0.0], [0.0, 1.0]])
    vectors.add(chunks("a"), [[0.0, 1.0]])
    assert vectors.ids() == {"a", "b"}
    assert {round(score, 3) for _, score in vectors.nearest([0.0, 1.0], 2)} == {1.0}
    vectors.delete(["a", "never there"])
    assert [id for id, _ in vectors.nearest([0.0, 1.0], 2)] == ["b"]


def test_many_can_be_deleted_at_once(vectors: Vectors) -> None:
    ids = [f"c{n}" for n in range(2 * AT_ONCE + 1)]
    vectors.add(chunks(*ids), [[1.0, n / len(ids)] for n in range(len(ids))])
    vectors.delete(ids[1:])
    assert vectors.ids() == {"c0"}


def test_the_next_opening_sees_what_another_process_wrote(vectors: Vectors, tmp_path: Path) -> None:
    folder = tmp_path / "chroma"
    vectors.add(chunks("a"), [[1.0, 0.0]])
    assert [id for id, _ in vectors.nearest([1.0, 0.0], 9)] == ["a"]
    code = (
        "from pathlib import Path; from rag.index.vectors import Vectors; from rag.schema import Chunk; "
        f"v = Vectors(Path({str(folder)!r})); "
        "v.add([Chunk('b', 'x', 0, 4, 'text')], [[1.0, 0.1]]); v.delete(['a'])"
    )
    subprocess.run([sys.executable, "-c", code], cwd=ROOT, check=True)
    vectors.close()
    again = Vectors(folder)
    assert [id for id, _ in again.nearest([1.0, 0.0], 9)] == ["b"]
    again.close()


def test_a_vector_of_another_size_is_told_in_one_line(vectors: Vectors) -> None:
    vectors.add(chunks("a"), [[1.0, 0.0]])
    with pytest.raises(HomeError, match=r"[^\n]*dimension[^\n]*dateline index --rebuild[^\n]*$"):
        vectors.nearest([1.0, 0.0, 0.0], 5)


def test_a_damaged_index_is_told_in_one_line(tmp_path: Path) -> None:
    folder = tmp_path / "damaged"
    folder.mkdir()
    (folder / "chroma.sqlite3").write_text("no database " * 100)
    with pytest.raises(HomeError, match=r"damaged: [^\n]*dateline index --rebuild[^\n]*$"):
        Vectors(folder)


def test_what_was_made_with_other_settings_is_searched_as_it_is(tmp_path: Path) -> None:
    client = chromadb.PersistentClient(path=str(tmp_path / "old"), settings=Settings(anonymized_telemetry=False))
    old = client.get_or_create_collection(
        COLLECTION, configuration={"hnsw": {"space": "cosine", "max_neighbors": 16}}, embedding_function=None
    )
    old.add(ids=["a"], embeddings=[[1.0, 0.0]], metadatas=[{"article_id": "x"}])
    client.close()
    vectors = Vectors(tmp_path / "old")
    vectors.add(chunks("b"), [[0.0, 1.0]])
    assert [id for id, _ in vectors.nearest([0.1, 1.0], 2)] == ["b", "a"]
    vectors.widen()
    vectors.close()
    again = Vectors(tmp_path / "old")
    kept = again._collection.configuration_json["hnsw"]
    assert (kept["ef_search"], kept["max_neighbors"]) == (HNSW["ef_search"], 16)
    assert [id for id, _ in again.nearest([0.1, 1.0], 2)] == ["b", "a"]
    again.close()


def test_more_can_be_added_than_chroma_takes_at_once(vectors: Vectors) -> None:
    ids = [f"c{n}" for n in range(6_000)]
    vectors.add(chunks(*ids), [[1.0, n / len(ids)] for n in range(len(ids))])
    assert vectors.ids() == set(ids)
