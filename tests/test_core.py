"""What a draft says beyond its question, as far as its quote has it."""

from __future__ import annotations

import pytest

from rag.answer.core import core, held, new_words, share_held

QUESTION = "Who was there when the storm struck?"


def test_the_new_words_are_those_the_question_does_not_name() -> None:
    assert new_words("Rui Alves was there when the storm struck Lisbon.", QUESTION) == ["Rui", "Alves", "Lisbon"]


def test_a_quote_holds_words_in_any_form_and_numbers_as_numbers() -> None:
    assert held(["ferries", "12"], "The ferry carried twelve.")
    assert not held(["ferries", "13"], "The ferry carried twelve.")


@pytest.mark.parametrize(
    ("draft", "question", "quote", "one", "said"),
    [
        ("Rui Alves was there when it struck Lisbon.", QUESTION, "In came Rui Alves, wet through.", True, "Rui Alves."),
        ("The port's master, Rui Alves.", QUESTION, "In came Rui Alves, the master.", True, "Master, Rui Alves."),
        ("Japan and Peru paid.", "Which countries paid?", "Japan and Peru gave.", False, "Japan and Peru."),
        ("It paid twelve men.", "How many men were paid?", "Its crew of twelve was paid.", False, "Twelve."),
        ("It paid thirteen men.", "How many men were paid?", "Its crew of twelve was paid.", False, None),
        ("It came 10.", "What number came?", "It came 10th.", True, None),
        ("It is 8.6%.", "What is the rate?", "The rate rose to 8.6% in May.", True, "8.6%."),
        ("It is 8.6%.", "What is the rate?", "The rate rose to 8.6 percent.", True, "8.6%."),
        ("The lease runs 20 years.", "How long is the lease?", "They signed a 20-year lease.", False, "20 years."),
        (
            "Rui Alves in two hours.",
            "Who ran it in two hours?",
            "Rui Alves in two hours, 35 seconds.",
            True,
            "Rui Alves.",
        ),
        ("Election workers leave.", "Which workers leave?", "An election clerk left.", True, None),
        ("Death in Venice won.", "Which film of Venice won?", "So Death in Venice won.", True, "Death in Venice won."),
        ("Rui shot down the jet.", "Who downed the jet?", "So Rui shot down the jet.", True, "Rui shot down the jet."),
        ("Police said Rui shot him.", "Who shot him?", "Police said Rui fired.", True, None),
        ("Ferry Tejo left.", "Which ferry left?", "The ferry Tejo sank.", True, "Ferry Tejo."),
        ('They named it "hard".', "What did they do?", 'So they named it "hard" then.', False, 'Named it "hard".'),
        ('They call it "hard."', "What do they call it?", "It is hard.", True, "Hard."),
        ("It cost $3.8 million.", "How much was it?", "Its $3.8 million roof leaked.", False, "$3.8 million."),
        ("It cost €3.8 million.", "How much was it?", "Its $3.8 million roof leaked.", False, "3.8 million."),
        ("Ana Silva was there.", QUESTION, "In came Rui Alves.", True, None),
        ("Nobody was there.", QUESTION, "In came Rui Alves.", True, None),
    ],
)
def test_the_core_is_what_draft_and_quote_share(
    draft: str, question: str, quote: str, one: bool, said: str | None
) -> None:
    assert core(draft, question, quote, one) == said


def test_a_bracket_is_closed() -> None:
    quote = "He came on Monday (3 May 2021) by sea."
    assert core("It was Monday (3 May 2021).", "What day was it?", quote, True) == "Monday (3 May 2021)."


def test_how_much_of_the_new_words_a_quote_has() -> None:
    assert share_held(["Iranian", "rial"], "The Iranian president came.") == 0.5
    assert share_held(["rial"], "The Iranian president came.") == 0.0
    assert share_held([], "Anything.") == 1.0
