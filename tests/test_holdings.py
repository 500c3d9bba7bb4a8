from __future__ import annotations

from datetime import datetime, timezone
from pathlib import Path

import pytest

from rag.errors import HomeError
from rag.index.archive import Archive
from rag.indexing import build_index
from rag.survey import IndexReport
from tests.test_indexing import BRIDGE, STORM, STORY, state
from ui.holdings import Holdings, Progress


@pytest.fixture
def holdings(archive: Archive, tmp_path: Path) -> Holdings:
    news = tmp_path / "news"
    news.mkdir()
    for name, text in (("bridge", BRIDGE), ("copy", STORY), ("storm", STORM)):
        (news / f"{name}.txt").write_text(text)
    build_index([news], archive)
    return Holdings(archive)


def id_of(holdings: Holdings, name: str) -> str:
    return next(row.id for row in holdings.rows() if Path(row.path).stem == name)


def bring(tmp_path: Path, name: str, text: str) -> Path:
    path = tmp_path / "brought" / name
    path.parent.mkdir(exist_ok=True)
    path.write_text(text)
    return path


def test_rows_follow_the_archive(holdings: Holdings, archive: Archive) -> None:
    before = holdings.rows()
    assert holdings.rows() is before
    archive.delete(before[0].id)

    assert len(holdings.rows()) == len(before) - 1


def test_files_brought_last_in_the_home_and_are_told_about(holdings: Holdings, tmp_path: Path) -> None:
    new = STORM.replace("Norwick", "Porto")
    *steps, done = holdings.add([bring(tmp_path, "porto.txt", new), bring(tmp_path, "x.exe", "MZ")])

    assert all(isinstance(step, Progress) for step in steps)
    assert isinstance(done, IndexReport)
    assert done.added == [str(holdings.uploads / "porto.txt")]
    assert list(done.failed) == [str(holdings.uploads / "x.exe")]
    assert [path.name for path in holdings.uploads.iterdir()] == ["porto.txt"]
    assert id_of(holdings, "porto")


def test_while_another_run_indexes_nothing_is_kept_and_one_line_says_so(
    holdings: Holdings, archive: Archive, tmp_path: Path
) -> None:
    with archive.writing(), pytest.raises(HomeError, match="is indexing it") as told:
        list(holdings.add([bring(tmp_path, "porto.txt", STORM)]))

    assert "\n" not in str(told.value)
    assert not holdings.uploads.exists()


def test_what_is_removed_comes_back_as_it_was(holdings: Holdings, archive: Archive) -> None:
    gone = id_of(holdings, "storm")
    archive.store.set_added(gone, datetime(2020, 5, 4, tzinfo=timezone.utc))
    before, listed = state(archive), holdings.rows()
    removed = holdings.remove(gone)

    assert removed
    assert removed.id == gone
    assert holdings.article(gone) is None
    archive.store.set_added(gone, None)  # nothing to change of one that is not here
    assert holdings.restore(gone) == removed
    assert holdings.rows() == listed
    assert state(archive) == before


def test_a_copy_removed_and_brought_back_is_a_copy_again(holdings: Holdings) -> None:
    rows = {row.id: row for row in holdings.rows()}
    copied = next((row for row in rows.values() if row.also_in), None)
    if copied is None:
        pytest.fail("the articles of this test hold copies")
    holdings.remove(copied.id)
    assert not any(copied.id in row.also_in for row in holdings.rows())
    holdings.restore(copied.id)

    assert {row.id: row for row in holdings.rows()} == rows


def test_what_is_not_there_cannot_be_removed_or_brought_back(holdings: Holdings) -> None:
    assert holdings.remove("nobody") is None
    assert holdings.restore("nobody") is None


def test_a_healthy_home_has_no_findings(holdings: Holdings) -> None:
    assert holdings.examine() == []


def test_the_original_of_an_unknown_article_is_not_looked_for(holdings: Holdings) -> None:
    assert holdings.original("/etc/passwd").text == ""
    assert holdings.original(id_of(holdings, "storm")).text == STORM


def test_outlets_are_counted_by_name(holdings: Holdings, archive: Archive) -> None:
    assert holdings.outlets() == []
    articles = archive.store.articles()
    with archive.store._transaction():
        for article, outlet in zip(articles, ["Reuters", "bbc", "Reuters"], strict=False):
            archive.store._db.execute("update article set outlet = ? where id = ?", (outlet, article.id))

    assert holdings.outlets() == [("bbc", 1), ("Reuters", 2)]
