"""Who says otherwise: the same matter with another figure or day, and nothing less."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.differ import Difference, difference, later, told
from rag.index.meaning import Meaning
from rag.schema import Article
from tests.conftest import WordsEmbedding
from tests.stories import passages, story

HOW_MANY = "How many people did the storm in Norwick kill?"
KILLED = "The storm in Norwick killed 12 people."
ECHO = story("echo", "The storm in Norwick killed 12 people, the fire brigade said. Roofs fell.", date(2021, 6, 3))


@pytest.fixture
def meaning() -> Meaning:
    return Meaning(WordsEmbedding(dimensions=4096).get_text_embedding_batch)


def found(
    meaning: Meaning, *others: Article, question: str = HOW_MANY, claim: str = KILLED, cited: Article = ECHO
) -> Difference | None:
    return difference(claim, question, cited, cited.sentences[0], passages([cited, *others]), meaning)


def courier(text: str, published: date | None = date(2021, 6, 4), **changes: object) -> Article:
    return story("courier", text, published, **changes)


def test_another_figure_for_the_same_is_told_with_outlets_and_days(meaning: Meaning) -> None:
    other = courier("The fire brigade said the storm in Norwick killed 15 people.")
    difference = found(meaning, other)
    assert difference
    assert (difference.ours, difference.theirs) == ("12 people", "15 people")
    assert later(difference, ECHO) == other
    assert told(difference, ECHO) == (
        "Sources differ: The Echo of 3 June 2021 has 12 people; The Courier of 4 June 2021 has 15 people (later)."
    )


def test_of_one_day_neither_is_later(meaning: Meaning) -> None:
    difference = found(meaning, courier("The storm in Norwick killed 15 people.", date(2021, 6, 3), outlet=None))
    assert difference
    assert later(difference, ECHO) is None
    assert told(difference, ECHO) == (
        "Sources differ: The Echo of 3 June 2021 has 12 people; “News of courier” of 3 June 2021 has 15 people."
    )


def test_the_cited_one_may_be_the_later(meaning: Meaning) -> None:
    difference = found(meaning, courier("The storm in Norwick killed 15 people.", date(2021, 6, 1)))
    assert difference
    assert later(difference, ECHO) == ECHO
    assert "The Echo of 3 June 2021 has 12 people (later); The Courier" in told(difference, ECHO)


@pytest.mark.parametrize(
    "text",
    [
        "The storm in Norwick killed 12 people.",
        "The storm in Norwick killed about 13 people.",  # may be one figure
        "The storm in Norwick killed 15 cows.",
        "The storm in Norwick hurt 15 people.",
        "The storm in Ellery killed 15 people.",
        "The storm in Norwick killed 15 people and hurt 40 people.",
        "The storm in Norwick killed 12 people. The storm in Norwick killed 15 people.",
        "The storm in Norwick will kill 15 people.",
        "The storm in Norwick did not kill 15 people.",
        "The storm in Norwick killed 15 people in 2019.",
        "In Norwick 15 people spoke of the storm that killed cows.",
    ],
)
def test_what_is_another_matter_or_may_be_the_same_is_no_difference(meaning: Meaning, text: str) -> None:
    cited = story("echo", "On Tuesday the storm in Norwick killed 12 people.", date(2021, 6, 3))
    assert found(meaning, courier(text), cited=cited) is None


def test_the_verb_is_the_matter(meaning: Meaning) -> None:
    assert found(meaning, courier("The storm in Norwick hurt 15 people, the fire brigade said.")) is None


def test_a_copy_differs_from_nobody(meaning: Meaning) -> None:
    cited = story("echo", ECHO.text, also_in=("courier",))
    assert found(meaning, courier("The storm in Norwick killed 15 people."), cited=cited) is None


@pytest.mark.parametrize("published", [None, date(2021, 6, 18), date(2020, 6, 3)])
def test_articles_without_a_date_or_of_another_time_may_tell_of_another_storm(
    meaning: Meaning, published: date | None
) -> None:
    assert found(meaning, courier("The storm in Norwick killed 15 people.", published)) is None


def test_an_outlet_that_follows_its_own_story_does_not_differ_from_itself(meaning: Meaning) -> None:
    assert found(meaning, courier("The storm in Norwick killed 15 people.", outlet="The Echo")) is None


def test_what_happens_every_week_differs_from_week_to_week(meaning: Meaning) -> None:
    tuesday = courier("Ana Ruiz opened the Ellery bridge on Tuesday.", date(2021, 6, 8))
    assert found(meaning, tuesday, question=WHEN, claim=OPENED, cited=MONDAY) is None


def test_a_source_that_has_both_figures_is_not_set_against_itself(meaning: Meaning) -> None:
    cited = story("echo", f"{ECHO.text} Later 15 people were counted.")
    assert found(meaning, courier("The storm in Norwick killed 15 people."), cited=cited) is None


def test_a_figure_that_was_not_asked_for_is_let_be(meaning: Meaning) -> None:
    other = courier("The storm in Norwick killed 15 people.")
    assert found(meaning, other, question="Who was killed by the storm?", claim="The fire brigade said 12.") is None
    asked = "What was the toll of people that the storm in Norwick killed?"
    assert found(meaning, other, question=asked) is not None  # all the claim says anew


OPENED = "Ana Ruiz opened the Ellery bridge on Monday (31 May 2021)."
WHEN = "When did Ana Ruiz open the Ellery bridge?"
MONDAY = story("echo", "Ana Ruiz opened the Ellery bridge on Monday.", date(2021, 6, 3))


def test_another_day_for_the_same_is_told_as_resolved(meaning: Meaning) -> None:
    difference = found(
        meaning, courier("Ana Ruiz opened the Ellery bridge on Tuesday."), question=WHEN, claim=OPENED, cited=MONDAY
    )
    assert difference
    assert (difference.ours, difference.theirs) == ("31 May 2021 (“Monday”)", "1 June 2021 (“Tuesday”)")


@pytest.mark.parametrize(
    ("text", "published"),
    [
        ("Ana Ruiz opened the Ellery bridge on Monday.", date(2021, 6, 4)),
        ("Ana Ruiz opened the Ellery bridge this week.", date(2021, 6, 4)),
        ("Ana Ruiz opened the Ellery bridge on 1 June 2020.", date(2021, 6, 4)),
        ("Ana Ruiz closed the Ellery bridge on Tuesday.", date(2021, 6, 4)),
        ("Rui Alves opened the Ellery bridge on Tuesday.", date(2021, 6, 4)),
        ("Ana Ruiz opened the Ellery bridge on Tuesday, not on Monday.", date(2021, 6, 4)),
        ("The council said on Tuesday that Ana Ruiz opened the Ellery bridge.", date(2021, 6, 4)),
        ("Ana Ruiz opened the Ellery bridge, the council of the town said on Tuesday.", date(2021, 6, 4)),
    ],
)
def test_a_day_that_is_the_same_or_of_something_else_is_no_difference(
    meaning: Meaning, text: str, published: date
) -> None:
    assert found(meaning, courier(text, published), question=WHEN, claim=OPENED, cited=MONDAY) is None
