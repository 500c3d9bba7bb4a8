from __future__ import annotations

from datetime import date

import pytest

from rag.ingest.card_dates import StatedDate, byline_dates, choose, name_date, plausible
from rag.schema import Block

TODAY = date(2024, 6, 1)
DAY = date(2023, 4, 20)


@pytest.mark.parametrize(
    ("name", "day"),
    [
        ("/archive/2023-04-20-lavrov-havana.txt", DAY),
        ("/archive/20230420_lavrov.txt", DAY),
        ("lavrov 2023.04.20.md", DAY),
        ("C:\\news\\lavrov_20-04-2023.txt", DAY),
        ("news.zip!/2023_04_20.txt", DAY),
        ("2023-04-20 and again 20230420.txt", DAY),
        ("04-05-2023.txt", None),
        ("2023-04-20-to-2023-04-22.txt", None),
        ("2023-04-20/lavrov.txt", None),
        ("story-120230420.txt", None),
        ("2023-02-30.txt", None),
        ("1970-01-01.txt", None),
        ("2030-01-01.txt", None),
        ("2023.txt", None),
    ],
)
def test_a_file_name_tells_a_day_only_without_doubt(name: str, day: date | None) -> None:
    assert name_date(name, TODAY) == day


def test_a_word_on_a_line_of_its_own_speaks_for_the_date_below_it() -> None:
    blocks = [Block("dropped", "Updated", ""), Block("byline", "22 April 2023", "")]
    assert list(byline_dates(blocks, TODAY)) == [StatedDate(date(2023, 4, 22), "updated")]


def test_dates_above_the_headline_come_last() -> None:
    blocks = [Block("byline", "1 May 2023", ""), Block("title", "Storm", ""), Block("byline", "20 April 2023", "")]
    assert [found.day for found in byline_dates(blocks, TODAY)] == [DAY, date(2023, 5, 1)]


def test_the_last_update_is_kept_beside_the_first_publication() -> None:
    first, early, late = (
        StatedDate(DAY, "published"),
        StatedDate(date(2023, 4, 21), "updated"),
        StatedDate(date(2023, 4, 25), "last updated"),
    )
    assert choose([late, early, first]) == (first, late)
    assert choose([StatedDate(date(2023, 4, 1), "updated"), first]) == (first, None)
    assert choose([]) == (None, None)


def test_no_day_to_come_and_no_clock_that_was_never_set() -> None:
    assert plausible(date(2024, 6, 2), TODAY)  # it is tomorrow already in Auckland
    assert not plausible(date(2024, 6, 3), TODAY)
    assert not plausible(date(1970, 1, 1), TODAY)
    assert plausible(date(1969, 7, 21), TODAY)
