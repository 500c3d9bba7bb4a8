from __future__ import annotations

import random

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.shingles import NEIGHBOURS, SAMPLE, SHORT, Sketch, candidates, runs_of, sketch_text, words_of

TEXTS = st.lists(st.sampled_from("the a mayor said rain fell on Ellery 12 Norwick".split()), max_size=40).map(" ".join)


def prose(seed: int, words: int) -> str:
    dice = random.Random(seed)
    return " ".join("".join(dice.choices("bcdfglmnrst", k=6)) for _ in range(words))


def test_a_text_has_a_run_for_every_word_but_the_last_four() -> None:
    assert len(runs_of(words_of("One two three four five six seven."))) == 3


def test_a_short_text_is_one_run_and_an_empty_one_none() -> None:
    assert len(runs_of(words_of("No story."))) == 1
    assert len(runs_of(words_of(" … "))) == 0


def test_case_and_marks_make_no_difference_but_words_and_their_order_do() -> None:
    first = runs_of(words_of("Rain fell, on Ellery today.")).tolist()
    assert runs_of(words_of("rain fell on ellery TODAY")).tolist() == first
    assert runs_of(words_of("Rain fell on Norwick today.")).tolist() != first
    assert runs_of(words_of("Fell rain on Ellery today.")).tolist() != first


def test_a_short_text_keeps_all_its_runs_and_a_long_one_about_one_in_eight() -> None:
    assert len(sketch_text(prose(1, SHORT + 4)).runs) == SHORT
    kept = len(sketch_text(prose(1, 8004)).runs)
    assert 800 < kept < 1200
    assert SAMPLE == 8


@given(TEXTS)
def test_a_sketch_is_stored_and_read_back(text: str) -> None:
    sketch = sketch_text(text)
    again = Sketch.from_bytes(sketch.to_bytes())
    assert again.whole == sketch.whole
    assert again.runs.tolist() == sketch.runs.tolist()


@given(TEXTS, TEXTS)
def test_texts_of_the_same_words_have_the_same_whole(one: str, other: str) -> None:
    same = [word.lower() for word in words_of(one)] == [word.lower() for word in words_of(other)]
    assert (sketch_text(one).whole == sketch_text(other).whole) == same


def runs(*values: int) -> np.ndarray[tuple[int], np.dtype[np.uint64]]:
    return np.array(values, np.uint64)


def test_only_texts_that_share_a_run_are_paired() -> None:
    assert candidates([runs(1, 2), runs(3), runs(2, 4), runs(3, 4)]) == [(0, 2), (1, 3), (2, 3)]
    assert candidates([]) == []
    assert candidates([runs(), runs()]) == []


def test_a_run_that_all_hold_does_not_pair_all_with_all() -> None:
    pairs = candidates([runs(7)] * 100)
    assert len(pairs) == sum(100 - step for step in range(1, NEIGHBOURS + 1))
    assert max(other - one for one, other in pairs) == NEIGHBOURS


@given(st.lists(st.sets(st.integers(0, 9), max_size=4), max_size=8))
def test_pairs_are_in_order_and_share_something(held: list[set[int]]) -> None:
    pairs = candidates([runs(*sorted(one)) for one in held])
    assert pairs == sorted(set(pairs))
    assert all(one < other and held[one] & held[other] for one, other in pairs)
