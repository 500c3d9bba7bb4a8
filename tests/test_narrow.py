"""Days and outlets asked of both indexes, on disk: what passes is found, and nothing else."""

from __future__ import annotations

import os
import subprocess
import sys
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from rag.errors import HomeError, UsageError
from rag.index.archive import Archive
from rag.index.contents import LABELS, STALE, TRUE
from rag.index.retrieve import CANDIDATES
from rag.indexing import build_index
from rag.ingest.split import make_sentences
from rag.schema import Article, Chunk, Filters
from tests.test_indexing import BRIDGE as DATED
from tests.test_indexing import STORY

ROOT = Path(__file__).parent.parent
BRIDGE = "Ana Ruiz opened the Ellery bridge on Monday."
MARCH, JUNE = date(2021, 3, 5), date(2021, 6, 3)


def put(archive: Archive, key: str, text: str = BRIDGE, **changes: object) -> Article:
    article = Article(id=key, path=f"/news/{key}.txt", title="News", text=text, **changes)  # type: ignore[arg-type]
    archive.put([(article, [Chunk(f"{key}:0", key, 0, len(text), text)])])
    return article


def found(archive: Archive, **filters: object) -> list[str]:
    narrowed = archive.narrow(Filters(**filters))  # type: ignore[arg-type]
    return sorted(hit.article_id for hit in archive.search("Who opened the bridge?", 99, filters=narrowed.filters))


@pytest.fixture
def news(archive: Archive) -> Archive:
    put(archive, "march", outlet="The Echo", published=MARCH)
    put(archive, "june", outlet="Courier", published=JUNE)
    put(archive, "undated", outlet="The Echo")
    put(archive, "nameless", published=JUNE)
    return archive


def test_days_are_bounds_that_belong_to_them_and_undated_articles_lie_in_no_span(news: Archive) -> None:
    assert found(news) == ["june", "march", "nameless", "undated"]
    assert found(news, since=JUNE) == ["june", "nameless"]
    assert found(news, since=date(2021, 6, 4)) == []
    assert found(news, until=MARCH) == ["march"]
    assert found(news, until=date(2021, 3, 4)) == []
    assert found(news, since=MARCH, until=JUNE) == ["june", "march", "nameless"]


def test_outlets_are_any_of_those_asked_for_and_go_together_with_days(news: Archive) -> None:
    assert found(news, outlets=("the echo",)) == ["march", "undated"]
    assert found(news, outlets=("echo", "COURIER")) == ["june", "march", "undated"]
    assert found(news, outlets=("echo",), since=date(2021, 1, 1)) == ["march"]


def test_what_passes_is_counted_with_what_only_lacks_a_date(news: Archive) -> None:
    narrowed = news.narrow(Filters(since=JUNE))
    assert (narrowed.articles, narrowed.undated) == (2, 1)
    narrowed = news.narrow(Filters(outlets=("echo",)))
    assert (narrowed.articles, narrowed.undated) == (2, 0)
    narrowed = news.narrow(Filters(until=MARCH, outlets=("courier",)))
    assert (narrowed.articles, narrowed.undated) == (0, 0)


def test_what_cannot_be_asked_for_is_told(news: Archive) -> None:
    with pytest.raises(UsageError, match=r"'Currier'; is Courier meant\?"):
        news.narrow(Filters(outlets=("Currier",)))
    with pytest.raises(UsageError, match="no day lies between"):
        news.narrow(Filters(JUNE, MARCH))


def test_many_nearer_passages_do_not_crowd_out_the_one_that_passes(archive: Archive) -> None:
    for number in range(2 * CANDIDATES):
        put(archive, f"near{number}", f"Who opened the bridge? It is number {number}.", published=MARCH)
    put(archive, "far", "The harbour of Norwick was dredged.", published=JUNE)
    assert found(archive, since=JUNE) == ["far"]
    filters = Filters(since=JUNE)
    assert [id for id, _ in archive.store.bm25(["harbour"], 9, filters)] == ["far:0"]
    assert archive.store.bm25(["bridge"], 9, filters) == []
    vector = archive.embedder.get_query_embedding("bridge")
    assert [id for id, _ in archive.vectors.nearest(vector, 9, filters)] == ["far:0"]


def test_the_copy_that_passes_is_found_though_another_is_better(archive: Archive) -> None:
    put(archive, "better", outlet="Courier", published=MARCH, also_in=("asked",))
    put(archive, "asked", outlet="The Echo", published=JUNE, also_in=("better",))
    assert found(archive) == ["better"]
    assert found(archive, outlets=("The Echo",)) == ["asked"]
    assert found(archive, since=JUNE) == ["asked"]
    assert found(archive, outlets=("Courier",), since=JUNE) == []


def test_a_borrowed_day_counts_as_a_day(archive: Archive, tmp_path: Path) -> None:
    folder = tmp_path / "news"
    folder.mkdir()
    (folder / "dated.txt").write_text(DATED)
    build_index([folder], archive)
    assert found(archive, since=JUNE) == found(archive)
    (folder / "undated.txt").write_text(STORY)
    build_index([folder], archive)
    undated = next(one for one in archive.store.articles() if one.path.endswith("undated.txt"))
    assert undated.published == JUNE
    assert archive.narrow(Filters(since=JUNE)).undated == 0
    assert {label and label["published"] for label in archive.vectors.labels().values()} == {JUNE.toordinal()}
    (folder / "dated.txt").unlink()
    build_index([folder], archive)  # what was borrowed is given back
    assert found(archive, since=JUNE) == []
    assert archive.narrow(Filters(since=JUNE)).undated == 1


# Homes made before vectors had labels


def unlabelled(archive: Archive) -> None:
    """As an earlier version left it."""
    put(archive, "march", outlet="The Echo", published=MARCH)
    vectors = archive.vectors.get(["march:0"])
    archive.vectors.add(list(archive.store.chunks(["march:0"]).values()), [vectors["march:0"]])
    with archive.store._transaction():
        archive.store._db.execute("delete from meta where key = ?", (LABELS,))
    assert archive.vectors.labels() == {"march:0": None}


def test_an_earlier_home_is_labelled_by_its_first_filtered_search_and_nothing_is_embedded(archive: Archive) -> None:
    unlabelled(archive)
    embedded = archive.embedder.asked  # type: ignore[attr-defined]
    assert found(archive, since=MARCH) == ["march"]
    assert archive.embedder.asked == embedded + 1  # type: ignore[attr-defined]  # the question
    assert archive.vectors.labels() == {"march:0": {"published": MARCH.toordinal(), "outlet": "The Echo"}}
    assert archive.label() == 0


def test_an_earlier_home_is_labelled_by_the_next_indexing(archive: Archive, tmp_path: Path) -> None:
    unlabelled(archive)
    (tmp_path / "none").mkdir()
    build_index([tmp_path / "none"], archive)
    assert archive.store.get_meta()[LABELS] == TRUE
    assert archive.vectors.labels()["march:0"] is not None


def test_a_search_without_filters_needs_no_labels(archive: Archive) -> None:
    unlabelled(archive)
    assert found(archive) == ["march"]
    assert archive.vectors.labels() == {"march:0": None}


def test_an_earlier_home_that_is_being_indexed_says_so(archive: Archive) -> None:
    unlabelled(archive)
    code = (
        "import sys; from pathlib import Path; from rag.index.archive import Archive; from rag.config import Settings;"
        f"a = Archive(Settings(Path({str(archive.home)!r}), Path('.')));\n"
        "with a.writing(): print('held', flush=True); sys.stdin.read()"
    )
    other = subprocess.Popen(
        [sys.executable, "-c", code], cwd=ROOT, stdin=subprocess.PIPE, stdout=subprocess.PIPE, env=dict(os.environ)
    )
    with other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with pytest.raises(HomeError, match=f"process {other.pid} is indexing it"):
            found(archive, since=MARCH)
        other.communicate()
    assert found(archive, since=MARCH) == ["march"]


def test_labels_that_a_killed_run_left_are_made_true(archive: Archive) -> None:
    article = put(archive, "a", outlet="The Echo")
    archive.store.set_meta({LABELS: STALE})
    archive.store.update([replace(article, published=JUNE, sentences=make_sentences(article.text, JUNE))])
    assert found(archive, since=JUNE) == ["a"]
    assert archive.store.get_meta()[LABELS] == TRUE
