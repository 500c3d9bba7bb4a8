from __future__ import annotations

from datetime import date

from tests.scripted import Seen
from ui.plots import MOST_OUTLETS, by_month, by_outlet, by_year, over_time

HOSTILE = '<img src=x onerror="window.ran=1">'


def test_months_without_articles_keep_their_place() -> None:
    assert by_month([date(2022, 12, 28), date(2023, 2, 1), date(2023, 2, 9)]) == [
        ("December 2022", 1),
        ("January 2023", 0),
        ("February 2023", 2),
    ]


def test_a_long_time_is_told_by_years() -> None:
    assert by_year([date(2001, 1, 1), date(2003, 1, 1)]) == [("2001", 1), ("2002", 0), ("2003", 1)]
    assert "2 dated articles, most in 2001 (1)" in over_time([date(2001, 1, 1), date(2013, 1, 1)])


def test_the_plot_says_in_words_what_it_shows() -> None:
    html = over_time([date(2023, 4, 20), None, date(2023, 4, 21), date(2022, 12, 28)])

    assert 'aria-label="3 dated articles, most in April 2023 (2), 1 undated"' in html
    assert html.count("<rect") == 2
    assert 'height="60.0"><title>April 2023: 2</title>' in html
    assert 'height="30.0"><title>December 2022: 1</title>' in html


def test_without_dates_there_is_no_plot_of_time() -> None:
    assert over_time([None]) == ""


def test_outlets_come_by_their_number_and_the_unknown_last() -> None:
    html = by_outlet(["b", None, "a", "b", None, None])

    assert Seen(html).text == "By outletb2a1Outlet unknown3"
    assert 'width="100.0"' in html


def test_small_outlets_are_counted_together() -> None:
    assert "2 other outlets" in by_outlet([f"outlet {n}" for n in range(MOST_OUTLETS + 2)])
    assert by_outlet([]) == ""


def test_hostile_outlets_become_text() -> None:
    assert "img" not in {tag for tag, _ in Seen(by_outlet([HOSTILE])).elements}
