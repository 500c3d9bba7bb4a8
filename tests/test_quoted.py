"""What a question quotes, and whether a text has it."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.index.quoted import holds, quoted
from rag.words import words


@pytest.mark.parametrize(
    ("question", "phrases"),
    [
        ("Who told a court he “shattered my reputation”?", ["shattered my reputation"]),
        ('Who said "It\'s over, and done."?', ["It's over, and done."]),
        ("Who spoke of a 'stab in the back'?", ["stab in the back"]),
        ('Who sang "The Long Way Home"?', []),  # a title
        ('Who called it "strategic"?', []),
        ("Who said “we leave tomorrow (4 June 2023)”?", ["we leave tomorrow"]),
        ("What does the '90s music say of the players' strike?", []),
        ("Whose dog is the 90s' star and the boys' friend?", []),
        ('Who said "we pay" and "they owe us"?', ["we pay", "they owe us"]),
    ],
)
def test_phrases_are_what_somebody_said(question: str, phrases: list[str]) -> None:
    assert quoted(question) == phrases


def test_a_phrase_is_held_whatever_its_capitals_and_signs() -> None:
    assert holds("“He lied and Shattered my reputation,” she said.", ["shattered my reputation"])
    assert not holds("He shattered my good reputation.", ["shattered my reputation"])
    assert not holds("They were backstabbed in the back.", ["stabbed in the back"])
    assert holds("“We don’t care about it,” he said.", ["we don't care"])
    assert holds("Anything.", []) == []


@given(st.text())
def test_any_text_is_taken(text: str) -> None:
    assert all(len(words(phrase)) > 1 for phrase in quoted(text))
