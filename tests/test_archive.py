from __future__ import annotations

import os
import subprocess
import sys
import threading
import time
from dataclasses import replace
from pathlib import Path

import pytest

from rag.config import Settings
from rag.errors import HomeError, ModelError
from rag.index.archive import Archive
from rag.index.store import Store
from rag.schema import Article, Chunk, Hit
from tests.conftest import WordsEmbedding

ROOT = Path(__file__).parent.parent
BRIDGE = "Ana Ruiz opened the Ellery bridge on Monday."


def put(archive: Archive, key: str, text: str = BRIDGE, **changes: object) -> Article:
    article = Article(id=key, path=f"/news/{key}.txt", title="News", text=text, **changes)  # type: ignore[arg-type]
    archive.put([(article, [Chunk(f"{key}:0", key, 0, len(text), text)])])
    return article


def ids(archive: Archive, question: str = "bridge") -> list[str]:
    return sorted(hit.article_id for hit in archive.search(question, 9))


def test_an_empty_archive_finds_nothing_and_needs_no_model(settings: Settings) -> None:
    archive = Archive(settings)
    assert archive.search("bridge", 5) == []
    archive.warm()
    archive.close()


def test_warming_loads_what_weighs_as_well_as_what_searches(archive: Archive, embedder: WordsEmbedding) -> None:
    put(archive, "a")
    archive.warm()
    assert "ready" in archive.meaning._known


def test_what_one_index_says_in_error_reaches_who_asks(archive: Archive, monkeypatch: pytest.MonkeyPatch) -> None:
    put(archive, "a")
    with monkeypatch.context() as broken:
        broken.setattr(archive.store, "bm25", lambda *_: (_ for _ in ()).throw(HomeError("the words are locked")))
        with pytest.raises(HomeError, match="the words are locked"):
            archive.search("bridge", 5)
    assert ids(archive) == ["a"]


def test_a_missing_model_is_told(settings: Settings) -> None:
    archive = Archive(settings)
    with pytest.raises(ModelError, match="dateline models pull"):
        put(archive, "a")
    archive.close()


def test_what_is_put_is_found_until_it_is_deleted(archive: Archive) -> None:
    put(archive, "a")
    put(archive, "b", "A storm closed the airport.")
    assert ids(archive) == ["a", "b"]
    archive.delete("a")
    assert ids(archive) == ["b"]
    assert archive.vectors.ids() == {"b:0"}


def test_the_title_is_embedded_with_every_chunk(archive: Archive, embedder: WordsEmbedding) -> None:
    text = "Nothing of it is said here."
    article = Article(id="a", path="/a", title="Volcano", text=text)
    archive.put([(article, [Chunk("a:0", "a", 0, len(text), text)])])
    ((_, near),) = archive.vectors.nearest(embedder.get_query_embedding("volcano"), 1)
    assert near > archive.vectors.nearest(embedder.get_query_embedding("parliament"), 1)[0][1]


def test_an_article_that_is_not_there_is_named(archive: Archive) -> None:
    assert put(archive, "a") == archive.article("a")
    with pytest.raises(HomeError, match="article b is not here; `dateline articles`"):
        archive.article("b")


def test_the_articles_of_hits_come_with_their_copies_and_without_those_that_are_gone(
    archive: Archive,
) -> None:
    put(archive, "a", also_in=("twin", "lost"))
    put(archive, "twin", also_in=("a", "lost"))
    put(archive, "other")
    hits = [Hit("a", 0, 3, "Ana", 1.0), Hit("gone", 0, 3, "Ana", 0.5), Hit("a", 4, 8, "Ruiz", 0.4)]
    assert list(archive.articles_of(hits)) == ["a", "twin"]


@pytest.mark.parametrize("key", ["embedder", "chunking"])
def test_a_home_made_otherwise_is_refused_and_a_cleared_one_is_not(archive: Archive, key: str) -> None:
    put(archive, "a")
    archive.check_fingerprint()
    archive.store.set_meta({key: "another"})
    with pytest.raises(HomeError, match=rf"made with {key} 'another', .*dateline index --rebuild"):
        archive.search("bridge", 5)
    archive.clear()
    archive.check_fingerprint()


def test_clearing_makes_room_for_vectors_of_another_size(archive: Archive) -> None:
    put(archive, "a")
    archive.clear()
    assert (ids(archive), archive.store.articles()) == ([], [])
    archive.__dict__["embedder"] = WordsEmbedding(dimensions=8)
    put(archive, "b")
    assert ids(archive) == ["b"]


def test_clearing_mends_damaged_vectors(archive: Archive) -> None:
    put(archive, "a")
    archive.close()
    (archive.home / "chroma" / "chroma.sqlite3").write_text("no database " * 100)
    opened = Archive(archive.settings)
    opened.__dict__["embedder"] = archive.embedder
    with pytest.raises(HomeError, match="rebuild"):
        opened.search("bridge", 5)
    with pytest.raises(HomeError, match="rebuild"):
        opened.search("bridge", 5)
    opened.clear()
    put(opened, "b")
    assert ids(opened) == ["b"]
    opened.close()


def test_vectors_left_behind_are_swept(archive: Archive, embedder: WordsEmbedding) -> None:
    put(archive, "a")
    archive.vectors.add([Chunk("left:0", "left", 0, 4, BRIDGE)], [embedder.get_text_embedding(BRIDGE)])
    archive.sweep()
    assert archive.vectors.ids() == {"a:0"}


ANOTHER = """
import sys
from pathlib import Path
from rag.config import Settings
from rag.errors import HomeError
from rag.index.archive import Archive
archive = Archive(Settings(Path(sys.argv[1]), Path("cache")))
try:
    {work}
except HomeError as error:
    print(error)
archive.close()
"""
WITH_EMBEDDER = """
    from tests.test_archive import WordsEmbedding, ids, put
    archive.__dict__["embedder"] = WordsEmbedding()
"""


def in_another_process(home: Path, work: str) -> str:
    done = subprocess.run(
        [sys.executable, "-c", ANOTHER.format(work=work), str(home)], cwd=ROOT, capture_output=True, text=True
    )
    assert done.returncode == 0, done.stderr
    return done.stdout.strip()


def test_while_one_process_writes_another_reads_and_is_refused_to_write(archive: Archive) -> None:
    put(archive, "a")
    write = "with archive.writing(): print('let in')"
    with archive.writing():
        said = in_another_process(archive.home, f"{WITH_EMBEDDER}    print(ids(archive))\n    {write}")
    assert said.splitlines() == [
        "['a']",
        f"{archive.home}: process {os.getpid()} is indexing it; wait for it to end, then run this again",
    ]
    assert in_another_process(archive.home, write) == "let in"


def test_an_open_archive_finds_what_another_process_has_written_since(archive: Archive) -> None:
    put(archive, "a")
    assert ids(archive) == ["a"]
    work = "put(archive, 'b', 'The Ellery bridge again.'); archive.delete('a')"
    in_another_process(archive.home, f"{WITH_EMBEDDER}    {work}")
    assert ids(archive) == ["b"]
    dense = archive.vectors.nearest(archive.embedder.get_query_embedding("bridge"), 9)
    assert [id for id, _ in dense] == ["b:0"]


def test_the_lock_of_a_dead_process_does_not_hold(archive: Archive) -> None:
    in_another_process(archive.home, "archive.writing().__enter__(); import os; os._exit(0)")
    with archive.writing():
        pass


def test_a_home_that_cannot_be_made_is_told(settings: Settings) -> None:
    settings.home.write_text("a file")
    with pytest.raises(HomeError, match=r"home: cannot be made .*--home"):
        Archive(settings)
    with pytest.raises(HomeError, match="cannot be made"):
        Archive(replace(settings, home=settings.home / "below"))


def test_a_lock_that_cannot_be_taken_is_told(archive: Archive) -> None:
    (archive.home / "writer.pid").mkdir()
    with pytest.raises(HomeError, match="cannot be written to"), archive.writing():
        pass
    (archive.home / "writer.pid").rmdir()
    with archive.writing():
        pass


# Vectors that are not there, and many who search


def test_an_archive_knows_whether_its_vectors_are_there(archive: Archive) -> None:
    assert not archive.lacks_vectors()  # nothing is lost where nothing was
    put(archive, "a")
    assert not archive.lacks_vectors()
    archive.drop_vectors()
    assert archive.lacks_vectors()


def test_many_may_search_while_another_process_writes(archive: Archive) -> None:
    """Each write has the vectors opened anew, and never under somebody who searches them."""
    put(archive, "a")
    others = Store(archive.home / "archive.sqlite")
    found: list[list[Hit]] = []

    def search() -> None:
        for _ in range(10):
            found.append(archive.search("bridge", 5))

    threads = [threading.Thread(target=search) for _ in range(4)]
    for thread in threads:
        thread.start()
    turn = 0
    while any(thread.is_alive() for thread in threads):
        turn += 1
        others.set_meta({"turn": str(turn)})
        time.sleep(0.005)
    others.close()
    assert [[hit.article_id for hit in hits] for hits in found] == [["a"]] * 40
