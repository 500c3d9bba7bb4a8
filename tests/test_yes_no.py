"""A yes, a no, or neither, by what of the question the quotes say."""

from __future__ import annotations

import pytest

from rag.answer.yes_no import settle
from rag.index.meaning import Meaning
from tests.conftest import WordsEmbedding


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


@pytest.mark.parametrize(
    ("question", "draft", "quote", "settled"),
    [
        ("Did Otieno visit Lima?", "Yes, she visited Lima.", "Otieno visited Lima.", "Yes. She visited Lima."),
        ("Did Otieno visit Lima?", "She visited Lima.", "Otieno visited Lima.", "Yes. She visited Lima."),
        ("Did Otieno visit Quito?", "No, she visited Lima.", "Otieno visited Lima.", "No. She visited Lima."),
        ("Did Otieno visit Quito?", "Yes, she visited Lima.", "Otieno visited Lima.", "No. She visited Lima."),
        ("Did it run two months?", "Yes, it ran six months.", "It ran six months.", "No. It ran six months."),
        (
            "Did Otieno comment?",
            "Yes, she declined to comment.",
            "Otieno declined to comment.",
            "No. She declined to comment.",
        ),
        (
            "Did Otieno comment publicly?",
            "Yes, Otieno refrained from public comment.",
            "Otieno refrained from any public comment.",
            "No. Otieno refrained from public comment.",
        ),
        ("Did Otieno resign, as Alves said?", "Yes, Otieno resigned.", "Otieno resigned.", None),  # no other name
        ("Was the hall open to Otieno?", "The hall was closed to Otieno.", "The hall was closed to Otieno.", None),
        ("Is the plant already running?", "Yes, the plant could run soon.", "The plant could run soon.", None),
        ("Did Otieno visit Quito in spring?", "No. The ferry left.", "Otieno visited Lima in spring.", None),
        ("Was Otieno elected by popular vote?", "Yes, she was elected.", "Otieno was elected.", None),
        ("May Otieno run?", "Otieno may run.", "This does not prevent Otieno, who may run.", "Yes. Otieno may run."),
        # A draft that only affirms the question is no "No", whatever the quote denies.
        ("Did Otieno visit Lima?", "Yes, Otieno visited Lima.", "It is not clear that Otieno visited Lima.", None),
        ("Did Alves resign in Quito?", "No. Otieno visited Lima.", "Otieno visited Lima.", None),
    ],
)
def test_yes_and_no_follow_from_the_quotes(
    meaning: Meaning, question: str, draft: str, quote: str, settled: str | None
) -> None:
    assert settle(question, draft, [quote], [], meaning) == settled
