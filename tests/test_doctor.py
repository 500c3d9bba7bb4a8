from __future__ import annotations

from pathlib import Path

import pytest

from rag.doctor import examine
from rag.errors import HomeError
from rag.index.archive import Archive
from rag.indexing import COPIES, build_index
from rag.schema import Chunk
from tests.conftest import DIMENSIONS
from tests.test_indexing import BRIDGE, STORM, STORY, state


@pytest.fixture
def home(archive: Archive, tmp_path: Path) -> Archive:
    news = tmp_path / "news"
    news.mkdir()
    for name, text in (("bridge", BRIDGE), ("copy", STORY), ("storm", STORM)):
        (news / f"{name}.txt").write_text(text)
    build_index([news], archive)
    return archive


def said(archive: Archive) -> list[str]:
    return [str(finding) for finding in examine(archive)]


def sql(archive: Archive, statement: str) -> None:
    with archive.store._transaction():
        archive.store._db.execute(statement)


def test_vectors_of_another_day_than_their_article_are_told_anew(home: Archive) -> None:
    before, (chunk_id, *_) = home.vectors.labels(), home.store.chunk_ids()
    home.vectors.label({chunk_id: {"published": 1, "outlet": "The Echo"}})
    assert said(home) == ["1 vectors with another day or outlet than their article: they were told anew"]
    assert home.vectors.labels() == before
    assert said(home) == []


def test_a_home_that_is_well_is_left_as_it_is(home: Archive) -> None:
    before = state(home)
    assert said(home) == []
    assert state(home) == before


def test_vectors_that_are_missing_and_strays_are_mended(home: Archive) -> None:
    before = state(home)
    home.vectors.delete(home.store.chunk_ids()[:1])
    home.vectors.add([Chunk("stray", "gone", 0, 1, "")], [[1.0] * DIMENSIONS])
    assert said(home) == [
        "1 vectors of passages that are not here: they were removed",
        "1 passages without a vector: they were embedded from the stored text",
    ]
    assert state(home) == before
    assert said(home) == []


@pytest.mark.parametrize("damage", ["no database " * 100, ""])
def test_a_chroma_folder_that_is_damaged_is_made_anew(home: Archive, damage: str) -> None:
    before = state(home)
    home.close()
    (home.home / "chroma" / "chroma.sqlite3").write_text(damage)
    opened = Archive(home.settings)
    opened.__dict__["embedder"] = home.embedder
    assert said(opened)[-1] == "3 passages without a vector: they were embedded from the stored text"
    assert state(opened) == before
    opened.close()


def test_a_damaged_sqlite_file_is_named_with_what_to_do_and_nothing_else_is_to_go(home: Archive) -> None:
    home.close()
    file = home.home / "archive.sqlite"
    whole = file.read_bytes()
    file.write_bytes(whole[:8192] + b"\xa5" * (len(whole) - 8192))
    with pytest.raises(HomeError, match=r"archive\.sqlite: is damaged \(.*\); delete this one file, then run") as told:
        said(Archive(home.settings))
    assert "\n" not in str(told.value)


def test_the_word_index_and_the_sentences_are_made_anew(home: Archive) -> None:
    before = state(home)
    sql(home, "delete from words where rowid = 1")
    sql(home, "insert into words (rowid, title, body) values (99, 'no', 'no')")
    sql(home, "update words set body = 'other' where rowid = 2")
    sql(home, "delete from sentence where article_id = (select id from article where title like 'Storm%')")
    assert said(home) == [
        "the word index does not fit 3 passages: it was made anew",
        "1 articles without their sentences: they were split anew",
    ]
    assert state(home) == before


def test_copies_that_are_not_there_and_a_run_cut_short_are_mended(home: Archive) -> None:
    before = state(home)
    sql(home, """update article set also_in = '["nobody"]' where title like 'Storm%'""")
    home.store.set_meta({COPIES: "begun"})
    assert said(home) == [
        "1 articles name copies that are not here: the copies were looked for anew",
        "the last run was cut short: what it had begun was finished",
    ]
    assert state(home) == before


def test_a_home_of_another_embedder_is_not_mended_but_told(home: Archive) -> None:
    home.store.set_meta({"embedder": "another"})
    with pytest.raises(HomeError, match="dateline index --rebuild"):
        said(home)
