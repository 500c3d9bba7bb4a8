from __future__ import annotations

from datetime import date, datetime, timedelta, timezone

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag import clock
from rag.clock import latest_day
from rag.ingest.formats.days import find_days, plausible, to_day

DAY = date(2023, 4, 19)


@pytest.mark.parametrize(
    "value",
    [
        "2023-04-19",
        "2023-04-19T23:59:59-05:00",
        "2023-04-19 10:00",
        "2023-4-19",
        "20230419",
        "20230419T101500Z",
        "20230419101500",
        "202304192359",
        202304192359,
        "2023/04/19",
        "Wed, 19 Apr 2023 23:00:00 -0400",
        "April 19, 2023 at 10:15 a.m.",
        "APRIL 19TH 2023",
        "Apr. 19, 2023",
        "Apr 19, '23",
        "19 April 2023",
        "19th of April, 2023",
        "19-Apr-2023",
        "19/Apr/2023:10:00:00",
        "19. April 2023",
        "19 de abril de 2023",
        "19 avril 2023",
        "19 апреля 2023 г.",
        "2023年4月19日",
        "19.04.2023",
        "19.4.23",
        "04.19.2023",
        "19/04/2023",
        "04/19/2023",
        1681900000,
        1681900000000,
        "1681900000",
        date(2023, 4, 19),
        datetime(2023, 4, 19, 23, tzinfo=timezone.utc),
    ],
)
def test_a_day_is_read_as_it_is_written(value: object) -> None:
    assert to_day(value) == DAY


@pytest.mark.parametrize(
    "value",
    [
        *(
            "",
            "   ",
            "today",
            "2023",
            "April 2023",
            "2023-02-30",
            "31 April 2023",
            "0000-00-00",
            "0001-01-01",
            "x" * 500,
        ),
        *("1970-01-01T00:00:00Z", "1970-01-01", 0, "0", "1900-01-01", "1969-12-31", "2093-01-01", 4000000000),
        *("04/05/2023", "12345", "123456", True, None, [], {}, "version 1.2.2023.4", "call 04-19-20231"),
        *("9999999999999", -1, float("nan"), float("inf")),
    ],
)
def test_no_day_is_made_of_what_states_none(value: object) -> None:
    assert to_day(value) is None


def test_twelve_digits_that_are_no_minute_of_a_day_are_milliseconds() -> None:
    assert to_day("202313011530") == to_day("202303032460") == date(1976, 5, 30)
    assert to_day(999999999999) == date(2001, 9, 9)


def test_two_readings_are_one_where_the_order_is_known() -> None:
    assert to_day("04/05/2023", day_first=True) == date(2023, 5, 4)
    assert to_day("04/05/2023", day_first=False) == date(2023, 4, 5)
    assert to_day("05/05/2023") == date(2023, 5, 5)


def test_tomorrow_may_be_a_day_elsewhere_but_the_day_after_is_none() -> None:
    assert plausible(latest_day() + timedelta(days=1))
    assert plausible(latest_day() + timedelta(days=2)) is None


def test_a_clock_that_went_back_makes_no_day_one_to_come(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(clock, "this_day", lambda: date(2001, 1, 1))
    assert plausible(DAY) == DAY
    assert plausible(clock.MADE + timedelta(days=2)) is None


def test_every_day_of_a_text_has_its_place() -> None:
    text = "Published 19 April 2023, updated on April 21, 2023."
    assert [(found.day, text[found.start : found.end]) for found in find_days(text)] == [
        (DAY, "19 April 2023"),
        (date(2023, 4, 21), "April 21, 2023"),
    ]


@given(st.text(max_size=80) | st.integers() | st.floats())
def test_anything_is_a_plausible_day_or_none(value: object) -> None:
    day = to_day(value)
    assert day is None or plausible(day) == day


@given(st.dates(date(1990, 1, 1), date(2025, 1, 1)))
def test_a_day_written_by_machine_comes_back(day: date) -> None:
    assert to_day(day.isoformat()) == to_day(day.strftime("%a, %d %b %Y 10:00:00 GMT")) == day
