"""What came of something, and what it came from, told or only spoken about."""

from __future__ import annotations

import pytest

from rag.answer.outcomes import lacks_outcome


@pytest.mark.parametrize(
    ("question", "claim", "quote", "lacks"),
    [
        ("Who won the race?", "Otieno.", "Otieno deserved the prize money.", True),
        ("Who won the race?", "Otieno.", "Otieno took home the trophy.", False),
        ("Which runner won?", "Otieno.", "Otieno edged Alves by a second.", False),
        ("How many people died in the storm?", "Thousands.", "Thousands of people were evacuated.", True),
        ("How many people died in the storm?", "Twelve.", "The storm claimed twelve lives.", False),
        ("How many came to the burial of the man killed in Lima?", "900.", "900 people were evacuated.", False),
        ("How many people were injured?", "Twelve.", "Twelve people were killed.", True),
        ("How many people were injured?", "Twelve.", "Twelve were taken to hospitals, two were killed.", False),
        ("What did the couple who won it buy?", "A farm.", "They hoped for a farm.", False),
        ("What damage has the storm caused?", "It tore off the roofs of eleven houses near Lima.", "It did.", False),
        ("What caused the fire?", "The fire broke out in the crude unit around noon.", "It broke out.", True),
        ("What caused the fire?", "A spark.", "A spark set it off.", False),
        ("What caused the fire?", "A candle.", "A candle burned.", True),
        (
            "Which part was found to have caused the fire?",
            "The Lima rocket had a fire during its first flight on Monday.",
            "It had.",
            True,
        ),
        ("Which part caused the fire?", "A valve.", "The fire was traced to a valve, which caused it.", False),
        ("What was lost in the fire?", "A barn.", "A barn burned.", False),
    ],
)
def test_an_outcome_or_a_cause_must_be_told(question: str, claim: str, quote: str, lacks: bool) -> None:
    assert bool(lacks_outcome(question, claim, [quote])) is lacks
