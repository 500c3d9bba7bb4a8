"""Words that nobody knows are read as the articles have them, if they are one slip away."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.spelling import one_off, respelt
from tests.stories import story

ARTICLES = [story("port", "Minister Rui Lavrov met the president in Havana. Hansen and Hanson of Caracas spoke of it.")]
KNOWN = {"minister", "president", "havana", "who", "where", "when", "resident", "Havana", "Lavrov"}


@pytest.mark.parametrize(
    ("typed", "read"),
    [
        ("When did Lavrof leave?", "When did Lavrov leave?"),
        ("Who is the presidnet?", "Who is the president?"),
        ("Where is Havanna?", "Where is Havana?"),
        ("where is carracas?", "where is Caracas?"),
        ("Who is the resident?", "Who is the resident?"),  # a word by itself
        ("Who is Hanzen?", "Who is Hansen?"),
        ("Who is Hans?", "Who is Hans?"),  # too short
        ("Did Lavrova leave?", "Did Lavrova leave?"),  # somebody else
        ("Who is Havana-Lavrof?", "Who is Havana-Lavrof?"),
    ],
)
def test_a_slip_is_read_as_the_articles_write_it(typed: str, read: str) -> None:
    assert respelt(typed, ARTICLES, lambda word: word in KNOWN) == read


def test_where_two_words_are_as_near_none_is_taken() -> None:
    assert respelt("Who is Hansxn?", ARTICLES, lambda word: word in KNOWN) == "Who is Hansxn?"


@pytest.mark.parametrize(
    ("one", "other", "near"),
    [
        ("Lavrof", "Lavrov", True),
        ("Havanna", "Havana", True),
        ("Sergey", "Sergei", True),
        ("Zelensky", "Zelenskyy", True),
        ("presidnet", "president", True),
        ("postion", "position", True),
        ("House", "Mouse", False),
        ("Iran", "Iraq", False),
        ("Lavrova", "Lavrov", False),
        ("Zelenska", "Zelensky", False),
        ("Hassani", "Hassan", False),
        ("detainee", "detained", False),
        ("incited", "invited", False),
        ("Lavrov", "lavrov", False),
        ("Caracas", "Carasac", False),
    ],
)
def test_one_slip_apart(one: str, other: str, near: bool) -> None:
    assert one_off(one, other) is near
    assert one_off(other, one) is near


@given(st.text("abcd", min_size=5, max_size=9), st.integers(1, 4), st.sampled_from("abcd"))
def test_one_letter_more_inside_is_one_slip(word: str, at: int, letter: str) -> None:
    longer = word[:at] + letter + word[at:]
    assert one_off(word, longer)
    assert one_off(longer, word)
