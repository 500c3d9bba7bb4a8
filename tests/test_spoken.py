from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.ingest.split import make_sentences
from rag.ingest.spoken import dated, pointing_written_out, spoken_dates, spoken_day, written_out
from rag.schema import DateMention, Sentence


def mention(first: date | None, last: date | None, text: str = "then", start: int = 0) -> DateMention:
    return DateMention(text, start, start + len(text), first, last, "past")


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        (date(2023, 4, 9), date(2023, 4, 9), "9 April 2023"),
        (date(2022, 11, 19), date(2022, 11, 22), "19 to 22 November 2022"),
        (date(2022, 11, 1), date(2022, 11, 30), "November 2022"),
        (date(2024, 2, 1), date(2024, 2, 29), "February 2024"),
        (date(2023, 2, 1), date(2023, 2, 27), "1 to 27 February 2023"),
        (date(2022, 1, 1), date(2022, 12, 31), "2022"),
        (date(2021, 5, 1), date(2021, 7, 31), "May to July 2021"),
        (date(2020, 12, 1), date(2021, 1, 31), "1 December 2020 to 31 January 2021"),
        (date(1990, 1, 1), date(1999, 12, 31), "1990 to 1999"),
        (date(9999, 1, 1), date(9999, 12, 31), "9999"),
        (date(9999, 12, 1), date(9999, 12, 31), "December 9999"),
        (date(2022, 11, 28), date(2022, 12, 4), "28 November 2022 to 4 December 2022"),
        (date(2022, 12, 31), date(2023, 1, 1), "31 December 2022 to 1 January 2023"),
    ],
)
def test_days_are_said_as_shortly_as_they_are_exact(first: date, last: date, said: str) -> None:
    assert spoken_dates(mention(first, last)) == said


def test_what_is_not_resolved_is_not_said() -> None:
    assert spoken_dates(mention(None, None)) is None
    assert spoken_dates(mention(date(2022, 1, 1), None)) is None


@given(st.dates())
def test_a_day_names_its_number_month_and_year(day: date) -> None:
    number, month, year = spoken_day(day).split()
    assert (int(number), month, int(year)) == (day.day, day.strftime("%B"), day.year)


def test_a_resolved_date_stands_behind_its_words_and_a_full_one_is_not_said_twice() -> None:
    text = "He came. On Wednesday night he spoke; he left on 21 April 2023, and is back in spring."
    at = text.index("On")
    resolved = mention(date(2023, 4, 19), date(2023, 4, 19), "Wednesday night", text.index("Wednesday"))
    full = mention(date(2023, 4, 21), date(2023, 4, 21), "21 April 2023", text.index("21"))
    unresolved = mention(None, None, "spring", text.index("spring"))
    sentence = Sentence(at, len(text), 0, (resolved, full, unresolved))
    assert dated(text, sentence) == (
        "On Wednesday night (19 April 2023) he spoke; he left on 21 April 2023, and is back in spring."
    )


@given(
    st.sampled_from(["On Monday it rained. ", "Last month was dry. ", "In 2020, nothing. "]),
    st.integers(1, 4),
)
def test_without_dates_to_resolve_a_sentence_is_read_as_it_stands(text: str, times: int) -> None:
    story = (text * times).strip()
    for sentence in make_sentences(story, None):
        plain = Sentence(sentence.start, sentence.end, sentence.paragraph)
        assert dated(story, plain) == story[sentence.start : sentence.end]
        assert dated(story, sentence).startswith(story[sentence.start : sentence.start + 3])


def test_a_question_is_written_out_as_of_its_day() -> None:
    day = date(2023, 4, 20)
    assert written_out("Who came yesterday?", day) == "Who came yesterday (19 April 2023)?"
    assert written_out("Who came last month?", day) == "Who came last month (March 2023)?"
    assert written_out("Who came in 2022?", day) == "Who came in 2022?"
    assert written_out("Who came on Monday?", day) == "Who came on Monday (17 April 2023)?"


@pytest.mark.parametrize(
    ("said", "day", "written"),
    [
        ("tomorrow", date.max, None),
        ("this week", date.max, None),  # 9999-12-31 is a Friday
        ("on Monday", date.max, "27 December 9999"),
        ("on Monday next week", date.max, None),
        ("next month", date.max, None),
        ("next year", date.max, None),
        ("in January next year", date.max, None),
        ("yesterday", date.min, None),
        ("this week", date.min, "1 to 7 January 1"),  # 0001-01-01 is a Monday
        ("on Sunday", date.min, None),
        ("last month", date.min, None),
        ("in December last year", date.min, None),
        ("in October", date.min, None),
        ("from November to January", date.min, None),
        ("three days ago", date.min, None),
    ],
)
def test_days_beyond_the_calendar_are_not_said(said: str, day: date, written: str | None) -> None:
    assert written_out(f"Who came {said}?", day) == f"Who came {said}{f' ({written})' if written else ''}?"


def test_without_a_stated_day_only_what_points_at_the_day_of_asking_is_written_out() -> None:
    today = date(2023, 4, 20)
    written = {
        "Who came yesterday?": "Who came yesterday (19 April 2023)?",
        "Who came today?": "Who came today (20 April 2023)?",
        "Who came this week?": "Who came this week (17 to 23 April 2023)?",
        "Who came last month?": "Who came last month (March 2023)?",
        "Who came two days ago?": "Who came two days ago (18 April 2023)?",
        "Who came on Monday and left last year?": "Who came on Monday and left last year (2022)?",
    }
    assert {question: pointing_written_out(question, today) for question in written} == written


@pytest.mark.parametrize("question", ["Who came on Monday?", "Who came in March?", "Who came in 2022?", "Who came?"])
def test_without_a_stated_day_the_words_of_an_article_are_left_to_it(question: str) -> None:
    assert pointing_written_out(question, date(2023, 4, 20)) == question
