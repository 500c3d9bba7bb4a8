"""Sentences as tokens."""

from __future__ import annotations

from rag.answer.tokens import shared, tokens


def test_names_numbers_and_carrying_words_are_told_apart() -> None:
    found = tokens("The Kenyan envoy sent twelve tents, and 1,300 blankets.")
    assert [token.word for token in found if token.name] == ["kenyan"]
    assert [token.word for token in found if token.number] == ["twelve", "1,300"]
    assert [token.word for token in found if token.carries] == ["envoy", "sent", "tents", "blankets"]


def test_the_possessive_is_taken_off() -> None:
    assert [token.word for token in tokens("Kenya's envoys' tents")] == ["kenya", "envoys", "tents"]


def test_a_word_that_the_quote_has_twice_is_shared_by_none() -> None:
    said, told = tokens("envoys left Lima"), tokens("The envoys left as other envoys came to Lima")
    assert shared(said, told, lambda token: True) == [(1, 2), (2, 8)]
