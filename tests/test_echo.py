"""A sentence around the one thing asked for is cut away where it says more than the quotes."""

from __future__ import annotations

import pytest

from rag.answer.echo import without_echo
from rag.index.meaning import Meaning
from tests.conftest import WordsEmbedding

GHANA = "Which country is set to become the 29th nation to abolish the death penalty?"


@pytest.mark.parametrize(
    ("question", "said", "quote", "short"),
    [
        (GHANA, "Ghana is set to become the 29th nation to abolish it.", "Ghana has outlawed it, the 29th.", "Ghana."),
        (GHANA, "Ghana is set to become the 29th nation.", "Ghana is set to become the 29th nation.", None),
        ("Which firm is the latest to cut jobs?", "Tesla is the latest.", "It would make Tesla the latest.", "Tesla."),
        ("Which firm is the latest to cut jobs?", "Tesla is the latest.", "Tesla is the latest.", None),
        ("Where will the vote be?", "The vote will be in Lima.", "They meet in Lima.", "Lima."),
        ("The bees fear which insect, say Britons?", "Hornets fear bees.", "The bees fear hornets.", "Hornets."),
        (GHANA, "Ghana will not become the 29th nation to abolish it.", "Ghana will not be so.", None),
        ("At the talks in Bali, who met Xi?", "Scholz did not meet Xi.", "Scholz did not meet Xi.", None),
        ("In the 2024 race, who is the candidate?", "Trump may be it.", "Trump may be the candidate.", None),
        ("Where did the jet crash?", "The jet came down near Kyiv.", "The jet fell near Kyiv.", None),
        ("What speed did it reach?", "It reached over 300 mph.", "It went over 300 mph.", None),
        ("Who shot the jet?", "Separatists shot down the big jet.", "Separatists shot down a jet.", None),
        ("In Bali, who spoke for France?", "Colonna was to speak.", "Colonna was to speak for it.", None),
        ("When was it?", "The storm was on Monday.", "It came on Monday.", None),
        ("Who led the march?", "Rui and Ana led it in old Lima.", "Rui came to Lima with Ana.", None),
    ],
)
def test_only_what_the_quote_has_is_left(question: str, said: str, quote: str, short: str | None) -> None:
    meaning = Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)
    assert without_echo(said, question, [quote], meaning) == short
