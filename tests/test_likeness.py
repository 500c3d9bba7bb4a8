from __future__ import annotations

import random

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from rag.ingest.likeness import likeness, prepare_runs, worth_comparing
from rag.ingest.shingles import sketch_text

STORY = (
    "The council of Ellery voted on Monday to close the old ferry landing after 112 years, saying that the wooden "
    "piers could no longer carry the weight of the boats. Residents who had come to the meeting shouted from the "
    "benches, and the mayor, Ada Bell, had to call for order twice before the vote could be counted. The landing, "
    "which was built by the fishermen of the town, has not been repaired since a storm tore away part of its roof "
    "four winters ago."
)


def like(one: str, other: str) -> tuple[float, float] | None:
    return likeness(prepare_runs(one), prepare_runs(other))


def filler(seed: int, words: int) -> str:
    dice = random.Random(seed)
    return " ".join("".join(dice.choices("bcdfglmnrst", k=6)) for _ in range(words))


def test_a_text_is_wholly_like_itself() -> None:
    assert like(STORY, STORY.upper()) == (1.0, 1.0)


def test_a_text_within_a_longer_one_is_all_there_and_the_longer_one_is_not() -> None:
    runs = len(STORY.split()) - 4
    assert like(STORY, f"{STORY} {filler(1, runs)}") == (1.0, pytest.approx(0.5))


def test_half_a_text_in_another_is_no_copy() -> None:
    half = " ".join(STORY.split()[:45])
    assert like(f"{half} {filler(1, 45)}", f"{half} {filler(2, 60)}") is None


def test_a_line_that_two_texts_share_is_no_copy() -> None:
    line = "Sign up here for our letter of the week and read it first."
    assert like(line, f"{STORY} {line}") is None
    assert like(line, line) == (1.0, 1.0)


def test_other_facts_in_the_same_words_are_another_story() -> None:
    other = STORY.replace("Ellery", "Norwick").replace("112", "64").replace("Ada Bell", "Ivo Ruiz")
    assert like(STORY, other) is None


def test_a_name_spelled_otherwise_throughout_is_one_contradiction() -> None:
    story = " ".join(f"{part}, Zelenko told the meeting." for part in STORY.split(", "))
    assert like(story, story.replace("Zelenko", "Zelenkko")) is not None


def test_one_figure_more_is_the_same_story() -> None:
    assert like(STORY, STORY.replace("112", "113")) is not None


def test_words_changed_into_other_words_are_no_contradiction() -> None:
    assert like(STORY, STORY.replace("shouted", "cried out").replace("old", "ancient")) is not None


def test_facts_at_the_very_beginning_and_end_count() -> None:
    body = "and the crowd that had come to see the boats went home without a word as the rain began to fall"
    assert like(f"Ellery 1 {body} 12 Bell", f"Ellery 1 {body} 12 Bell") is not None
    assert like(f"Ellery 1 {body} 12 Bell", f"Norwick 2 {body} 14 Ruiz") is None


def test_the_sketches_of_copies_are_worth_comparing_and_those_of_strangers_are_not() -> None:
    text, cut = filler(1, 900), " ".join(filler(1, 900).split()[:500])
    assert worth_comparing(sketch_text(text), sketch_text(cut))
    assert not worth_comparing(sketch_text(text), sketch_text(filler(2, 900)))


WORDS = st.lists(st.sampled_from("Ellery Bell 12 14 the rain fell on a pier of Norwick and said".split()), max_size=60)


@settings(deadline=None)
@given(WORDS, WORDS)
def test_shares_lie_between_none_and_all_for_any_two_texts(one: list[str], other: list[str]) -> None:
    shares = like(" ".join(one), " ".join([*one[: len(one) // 2], *other]))
    assert shares is None or all(0 < share <= 1 for share in shares)
    assert like(" ".join(one), " ".join(one)) == ((1.0, 1.0) if one else None)
