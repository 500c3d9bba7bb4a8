from __future__ import annotations

import json
from dataclasses import asdict
from pathlib import Path

import numpy as np
import pytest

from eval import scale
from eval.scale import Sized, table
from eval.scale_homes import VECTORS, Made, as_article, make_drawn, open_home
from eval.scale_search import Searched, exact, percentiles, recall, timed
from eval.synthetic_news import Story, made_up


def test_recall_is_the_mean_share_of_what_was_wanted() -> None:
    assert recall([["a", "b"], ["x"]], [["a", "b"], ["c", "x"]]) == pytest.approx(0.75)


def test_percentiles_are_by_nearest_rank() -> None:
    assert percentiles([float(n) for n in range(1, 201)]) == {"p50": 100, "p95": 190, "p99": 198}


def test_each_is_timed_on_its_own() -> None:
    done: list[int] = []
    wall, cpu = timed(done.append, [1, 2, 3])
    assert done == [1, 2, 3]
    assert len(wall) == len(cpu) == 3
    assert min(wall) >= 0


def test_exact_search_compares_directions_with_every_vector(tmp_path: Path) -> None:
    stored = [[float(n), 1.0] for n in range(30)]
    np.save(tmp_path / VECTORS, np.array(stored, np.float32))
    (tmp_path / "ids.json").write_text(json.dumps([f"c{n}" for n in range(30)]))
    (found,) = exact(tmp_path, [[5.0, 0.0]])
    assert set(found) == {f"c{n}" for n in range(20, 30)}


def test_a_story_becomes_an_article_with_its_own_sentences() -> None:
    story = next(made_up(1, seed=3))
    article, chunks = as_article(story)
    told = [one for paragraph in story.paragraphs for one in paragraph]
    assert [article.text[one.start : one.end] for one in article.sentences] == told
    assert [one.paragraph for one in article.sentences] == [
        number for number, paragraph in enumerate(story.paragraphs) for _ in paragraph
    ]
    assert all(article.text[chunk.start : chunk.end] == chunk.text for chunk in chunks)


def test_a_drawn_archive_has_the_chunks_asked_for_and_can_be_searched(tmp_path: Path) -> None:
    sample = np.random.default_rng(1).normal(size=(40, 8)).astype(np.float32)
    made = make_drawn(60, 1, tmp_path / "drawn", sample)
    assert made.chunks >= 60
    assert set(made.disk) == {"sqlite", "words", "chroma"}
    assert min(made.disk.values()) > 0
    archive = open_home(tmp_path / "drawn")
    assert archive.vectors.ids() == set(archive.store.chunk_ids())
    assert len(archive.store.chunk_ids()) == made.chunks
    stored = np.load(tmp_path / "drawn" / VECTORS)
    assert np.linalg.norm(stored, axis=1) == pytest.approx(1.0, abs=1e-4)
    archive.close()


def test_an_archive_that_is_kept_is_not_made_again_but_one_cut_short_is(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    told: list[int] = []

    def make(what: str, size: int, seed: int, folder: Path, sample: Path) -> dict[str, object]:
        told.append(size)
        assert not (folder / "left").exists()
        return asdict(Made(1, size, 1.0, 1.0, 0.5, 0.5, {"sqlite": 1}))

    monkeypatch.setattr(scale, "_in_own_process", make)
    cut_short = tmp_path / "drawn-9"
    cut_short.mkdir()
    (cut_short / "left").write_text("of a run that was killed")
    first = scale._made("drawn", 9, 1, cut_short, tmp_path)
    assert first == scale._made("drawn", 9, 1, cut_short, tmp_path)
    assert (first.chunks, told) == (9, [9])


def test_the_table_fits_the_growth_over_the_chunks() -> None:
    def sized(chunks: int, seconds: float) -> Sized:
        made = Made(chunks // 10, chunks, seconds, seconds, 0.5, 0.5, {"sqlite": 10, "words": 10, "chroma": 10})
        flat = {"p50": 1.0, "p95": 2.0, "p99": 3.0}
        parts = {"question": 1.0, "vectors": 1.0, "words": 1.0}
        return Sized("drawn", made, Searched(flat, flat, flat, parts, 0.99, 1.0), 8.0, 1.0)

    lines = {line[:26].strip(): line.split() for line in table([sized(100, 1.0), sized(1000, 100.0)]).splitlines()}
    assert lines["processor s"][-2:] == ["n^2.00", "k<=1.05"]
    assert lines["search, p95, ms"][-2:] == ["n^0.00", "<=50"]
    assert lines["chunks"] == ["chunks", "100", "1000"]


def test_stories_have_numbers_of_their_own() -> None:
    stories: list[Story] = list(made_up(20, seed=3))
    assert [story.key for story in stories] == list(range(20))
