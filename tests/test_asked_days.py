"""Spans of days in a question, and which sentences may be of them."""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.answer.asked_days import of_days, take_spans
from rag.ingest.calendar_days import Days
from rag.ingest.spoken import written_out
from tests.stories import passages, story

WEEK = (date(2023, 4, 17), date(2023, 4, 23))
MARCH = (date(2023, 3, 1), date(2023, 3, 31))


@pytest.mark.parametrize(
    ("question", "bare", "spans"),
    [
        ("Who came this week (17 to 23 April 2023)?", "Who came this week?", (WEEK,)),
        ("Who came last month (March 2023) and why?", "Who came last month and why?", (MARCH,)),
        (
            "Who came this week (29 May 2023 to 4 June 2023)?",
            "Who came this week?",
            ((date(2023, 5, 29), date(2023, 6, 4)),),
        ),
        (
            "Did this year (2023) beat last (2022)?",
            "Did this year beat last?",
            ((date(2023, 1, 1), date(2023, 12, 31)), (date(2022, 1, 1), date(2022, 12, 31))),
        ),
        ("Who came yesterday (19 April 2023)?", "Who came yesterday (19 April 2023)?", ()),
        ("What does the UN (of 2023) say (if anything)?", "What does the UN (of 2023) say (if anything)?", ()),
        ("Who came in March 2023?", "Who came in March 2023?", ()),
    ],
)
def test_spans_are_taken_out_and_days_stay(question: str, bare: str, spans: tuple[Days, ...]) -> None:
    assert take_spans(question) == (bare, spans)


@given(st.dates(date(1990, 1, 1), date(2050, 1, 1)), st.sampled_from(["week", "month", "year"]))
def test_every_span_that_is_written_out_is_read_back(today: date, unit: str) -> None:
    asked = f"Who came last {unit}?"
    bare, ((first, last),) = take_spans(written_out(asked, today))
    assert bare == asked
    assert first < last < today
    assert last - first <= timedelta(days=366)


@pytest.mark.parametrize(
    ("text", "published", "span", "told"),
    [
        ("Ana opened it.", date(2023, 4, 18), WEEK, True),
        ("Ana opened it.", date(2023, 4, 10), WEEK, True),  # the Monday before its Monday
        ("Ana opened it.", date(2023, 4, 9), WEEK, False),
        ("Ana opened it.", date(2023, 5, 1), WEEK, False),
        ("Ana opened it.", None, WEEK, False),
        ("Ana opened it on 18 April 2023.", None, WEEK, True),
        ("Ana opens it next week.", date(2023, 4, 9), WEEK, True),
        ("Ana opened it.", date(2023, 3, 31), MARCH, True),
        ("Ana opened it.", date(2023, 4, 1), MARCH, False),
        ("Ana opened it last month.", date(2023, 4, 1), MARCH, True),
    ],
)
def test_a_sentence_is_of_the_days_it_names_or_was_published_on(
    text: str, published: date | None, span: Days, told: bool
) -> None:
    each = passages([story("a", text, published)])
    assert of_days(each, [span]) == (each if told else [])
    assert of_days(each, []) == each
