"""What a question asks for, and whether a sentence says one."""

from __future__ import annotations

from datetime import date

import pytest

from rag.answer.needs import Need, affirmed, asks_for, beside, gives, lacking_dates, parts, wants_one


@pytest.mark.parametrize(
    ("question", "need"),
    [
        ("When did the ferry leave?", "date"),
        ("when exactly was the school opened", "date"),
        ("On which day did she resign?", "date"),
        ("Who welcomed him when he got to Lima?", "thing"),
        ("How long is the term?", "duration"),
        ("How many years does the lease run?", "duration"),
        ("How many tents were sent?", "number"),
        ("Did the ferry leave?", "yes_no"),
        ("While in Lima, did she meet the press?", "yes_no"),
        ("And is it true?", "yes_no"),
        ("The plant is already running, right?", "yes_no"),
        ("She left on Monday, didn't she?", "yes_no"),
        ("What did she say?", "thing"),
    ],
)
def test_the_kind_of_thing_asked_for(question: str, need: Need) -> None:
    assert asks_for(question) == need


@pytest.mark.parametrize(
    ("question", "claim", "given"),
    [
        ("When did the ferry leave?", "The ferry left on 3 March 2021.", True),
        ("When did the ferry leave?", "The ferry left for Setubal.", False),
        ("When in 2021 did it leave?", "It left in 2021.", False),
        ("How many deputies voted?", "They voted for a second five-year term.", False),
        ("How many deputies voted?", "In all 312 deputies voted.", True),
        ("How much fuel was sent?", "Kenya sent 1.5 million barrels of fuel.", True),
        ("How much did the bridge cost?", "The bridge cost 4 million euros.", True),
        ("What share of the votes did she get?", "She got a second five-year term.", False),
        ("What share of the votes did she get?", "She got 52% of the votes.", True),
        ("How long is the lease?", "The lease runs for six months.", True),
        ("How long is the lease?", "The lease is long.", False),
        ("What was closed?", "The port was closed.", True),
        ("Was the port closed?", "It was.", True),
        ("What was the port?", "The port was what it was.", False),
    ],
)
def test_a_claim_gives_what_is_asked_or_not(question: str, claim: str, given: bool) -> None:
    assert gives(asks_for(question), claim, question) is given


def test_how_many_years_wants_their_number_and_how_long_any_length() -> None:
    assert not gives("duration", "He faces years in prison.", "How many years did Otieno get?")
    assert gives("duration", "He got nine years.", "How many years did Otieno get?")
    assert gives("duration", "It took decades.", "How long did it take?")


def test_a_date_of_the_question_must_be_in_the_quotes() -> None:
    assert lacking_dates("Who came in May 2022?", ["Otieno came in April 2023."], None) == "May 2022"
    assert lacking_dates("Who came in April 2023?", ["Otieno came on Monday (3 April 2023)."], None) is None
    assert lacking_dates("Who came?", ["Otieno came."], None) is None


def test_a_month_asked_for_is_met_by_an_article_of_that_month_a_day_is_not() -> None:
    assert lacking_dates("Who came in May 2022?", ["Otieno came."], date(2022, 5, 9)) is None
    assert lacking_dates("Who came in May 2022?", ["Otieno came."], date(2022, 6, 1)) == "May 2022"
    assert lacking_dates("Who came on 9 May 2022?", ["Otieno came."], date(2022, 5, 9)) == "9 May 2022"


def test_a_resolved_week_is_met_by_the_articles_of_the_days_around_it() -> None:
    question = "Who came this week (9 to 15 May 2022)?"
    assert lacking_dates(question, ["Otieno came."], date(2022, 5, 20)) is None
    assert lacking_dates(question, ["Otieno came."], date(2022, 6, 20)) == "9 to 15 May 2022"


@pytest.mark.parametrize(
    ("question", "one"),
    [
        ("Which country was visited?", True),
        ("Who was it?", True),
        ("What was its name?", True),
        ("Which species was found?", True),
        ("Which two countries were visited?", False),
        ("Which countries were visited?", False),
        ("How many came?", False),
        ("How soon might it open?", False),
    ],
)
def test_whether_a_question_asks_for_one_thing(question: str, one: bool) -> None:
    assert wants_one(question) is one


def test_questions_asked_in_one_are_parted_and_keep_their_subject() -> None:
    assert parts("Who greeted Otieno in Lima, and when did she leave?") == [
        "Who greeted Otieno in Lima?",
        "When did Otieno leave?",
    ]
    assert parts("On which day did Otieno come and on which did she leave?") == [
        "On which day did Otieno come?",
        "On which day did Otieno leave?",
    ]
    assert parts("What did Otieno and Alves sign?") == ["What did Otieno and Alves sign?"]
    assert parts("Otieno spoke, and who answered?") == ["Otieno spoke, and who answered?"]


@pytest.mark.parametrize(
    ("question", "claim", "given"),
    [
        ("Who was minister before Otieno?", "Jane Otieno was minister before Otieno.", False),
        ("Who was minister before Otieno?", "Rui Alves was minister before Otieno.", True),
        ("Who is Kenya's minister?", "Kenya's Education Minister Jane Otieno.", True),
        ("What is Otieno's first name?", "Jane Otieno.", True),
    ],
)
def test_a_who_is_not_answered_by_the_full_name_of_the_one_it_names(question: str, claim: str, given: bool) -> None:
    assert gives("thing", claim, question) is given


def test_a_number_may_be_told_roughly() -> None:
    assert gives("number", "30 people were let go.", "How many people left?", "30.")
    assert not gives(
        "number",
        "It let 30 people go, and 2023 is no better than the year before.",
        "How many people left?",
        "It expects a smaller 2023.",
    )
    assert gives("number", "It ran 40 centers.", "How many testing centers did it run?")
    assert not gives("number", "It ran 40 stores.", "How many testing centers did it run?")
    assert gives("number", "Thousands of tents were sent.", "How many tents were sent?")
    assert not gives("number", "Tents were sent.", "How many tents were sent?")


def test_a_whole_sentence_without_a_word_of_its_question_answers_another() -> None:
    said = "Jane Otieno opened a school for 300 pupils in Kisumu."
    assert beside(said, "Which american firm may drill wells?")
    assert not beside(said, "Which minister opened it?")
    assert not beside("Jane Otieno.", "Which american firm may drill wells?")


@pytest.mark.parametrize("question", ["Why did the ferries stay?", "What happened next?", "What did she tell them?"])
def test_a_reason_is_told_in_words_of_its_own(question: str) -> None:
    assert not beside("Winds of 120 km/h closed Lisbon's port on Tuesday.", question)


def test_a_list_of_names_is_no_sentence() -> None:
    assert not beside("Ana Ruiz, Rui Alves, Jane Otieno and Jo Quispe.", "Who are the candidates?")


def test_a_negated_question_is_asked_as_the_plain_one() -> None:
    assert affirmed("Wasn’t it Alves who paid?") == "Was it Alves who paid?"
    assert affirmed("Who didn't pay?") == "Who didn't pay?"


def test_what_is_quoted_is_not_taken_apart() -> None:
    question = 'Who said "we came and what we saw was ruin"?'
    assert parts(question) == [question]
