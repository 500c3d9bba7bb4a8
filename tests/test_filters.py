"""What users say of the articles to be looked through."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.errors import UsageError
from rag.filters import checked_days, chosen_outlets, filled_in, parse_filters, period
from rag.schema import EVERYTHING, Filters, Narrowed

KNOWN = ["The Echo", "Echo Sport", "Diário do Porto", "abcnews.go.com", "Lisbon Courier"]


@pytest.mark.parametrize(
    ("said", "first", "last"),
    [
        ("2023", date(2023, 1, 1), date(2023, 12, 31)),
        ("2023-04", date(2023, 4, 1), date(2023, 4, 30)),
        ("2024-02", date(2024, 2, 1), date(2024, 2, 29)),
        ("2023-04-20", date(2023, 4, 20), date(2023, 4, 20)),
    ],
)
def test_a_year_a_month_and_a_day_are_their_first_and_last_days(said: str, first: date, last: date) -> None:
    assert period(said) == (first, last)


@pytest.mark.parametrize(
    "said", ["2023-13", "2023-02-29", "0000", "23", "2023-4", "2023-04-20T00", "٢٠٢٣", "", 2023, None]
)
def test_anything_else_is_told_in_one_line(said: object) -> None:
    with pytest.raises(UsageError, match=r"^[^\n]* is not a day, a month or a year: YYYY-MM-DD, YYYY-MM, YYYY$"):
        period(said)


@given(st.dates())
def test_every_day_is_its_own_period(day: date) -> None:
    assert period(day.isoformat()) == (day, day)


def test_a_line_of_a_batch_gives_its_filters() -> None:
    assert parse_filters("2023-04", "2023", ["Echo", "Courier"]) == Filters(
        date(2023, 4, 1), date(2023, 12, 31), ("Echo", "Courier")
    )
    assert parse_filters(None, "", "Echo") == Filters(outlets=("Echo",))
    assert parse_filters() == EVERYTHING
    assert not EVERYTHING


@pytest.mark.parametrize("outlet", [7, {"a": 1}, ["Echo", 7], [""], "  ", True])
def test_an_outlet_is_a_name_or_names(outlet: object) -> None:
    with pytest.raises(UsageError, match="outlet is not a name"):
        parse_filters(outlet=outlet)


def test_what_is_left_open_is_filled_in() -> None:
    common = Filters(date(2023, 1, 1), date(2023, 12, 31), ("Echo",))
    assert filled_in(EVERYTHING, common) == common
    assert filled_in(common, Filters(date(2020, 1, 1), None, ("Courier",))) == common
    assert filled_in(Filters(until=date(2023, 6, 30)), common) == Filters(
        date(2023, 1, 1), date(2023, 6, 30), ("Echo",)
    )


def test_days_the_wrong_way_round_are_told() -> None:
    same = Filters(date(2023, 4, 1), date(2023, 4, 1))
    assert checked_days(same) == same
    with pytest.raises(UsageError, match="between 2023-05-01 and 2023-04-30"):
        checked_days(Filters(date(2023, 5, 1), date(2023, 4, 30)))


@pytest.mark.parametrize(
    ("asked", "meant"),
    [
        (["the echo"], ("The Echo",)),
        (["ECHO"], ("Echo Sport", "The Echo")),
        (["echo sport"], ("Echo Sport",)),
        (["diario do porto"], ("Diário do Porto",)),
        (["ABCNews"], ("abcnews.go.com",)),
        (["courier", "porto", "Lisbon Courier"], ("Lisbon Courier", "Diário do Porto")),
        ([], ()),
    ],
)
def test_outlets_are_meant_by_their_name_or_by_words_of_it(asked: list[str], meant: tuple[str, ...]) -> None:
    assert chosen_outlets(asked, KNOWN) == meant


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ("Lisbon Curier", "no article is from 'Lisbon Curier'; is Lisbon Courier meant?"),
        ("Ech", "`dateline articles --sort outlet` shows the outlets"),  # half a word is none
        ("!", "`dateline articles --sort outlet` shows the outlets"),
    ],
)
def test_an_outlet_nobody_has_is_told_with_near_ones(asked: str, told: str) -> None:
    with pytest.raises(UsageError) as error:
        chosen_outlets([asked], KNOWN)
    assert str(error.value).endswith(told)
    with pytest.raises(UsageError, match="none of the articles names its outlet"):
        chosen_outlets([asked], [])


@pytest.mark.parametrize(
    ("filters", "said"),
    [
        (Filters(date(2023, 5, 1), date(2023, 5, 31), ("A", "B")), "published from 2023-05-01 to 2023-05-31 in A or B"),
        (Filters(since=date(2023, 5, 1)), "published since 2023-05-01"),
        (Filters(until=date(2023, 5, 31)), "published until 2023-05-31"),
        (Filters(outlets=("A",)), "published in A"),
    ],
)
def test_filters_in_words(filters: Filters, said: str) -> None:
    assert str(filters) == said


def test_what_was_left_out_is_counted_in_words() -> None:
    since = Filters(since=date(2023, 5, 1))
    assert str(Narrowed(since, 1, 0)) == "Looked through 1 article published since 2023-05-01."
    assert str(Narrowed(since, 0, 1)).endswith("1 article without a date was left out.")
    assert str(Narrowed(since, 4, 3)).endswith("3 articles without a date were left out.")
    assert Narrowed(since, 4, 3).to_json() == {
        "since": "2023-05-01",
        "until": None,
        "outlets": [],
        "articles": 4,
        "undated": 3,
    }
