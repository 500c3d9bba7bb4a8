"""Which year or month is meant where the words leave it open: the nearest one the way the verb looks, or none."""

from __future__ import annotations

from datetime import date, timedelta

from rag.ingest.calendar_days import Days, day_of, month_of
from rag.ingest.tense import Tense

NEAR = timedelta(days=60)
NEAR_MONTHS = 2
STEPS = {"last": -1, "this": 0, "next": 1}


def nearest_day(month: int, day: int, published: date, told: Tense | None) -> date | None:
    """The nearest one in the direction of the verb; None where that is nearly a year away and another is NEAR.

    Who means a day of ten months ago mostly names its year: of some two dozen such in the news, judged by eye, about
    three in four were the near one, the verb being misread. Too few to choose it and too many to deny it.
    """
    near = sorted(every_year(month, day, published), key=lambda found: abs(found - published))
    fits = [one for one in near if told is None or (one >= published if told == "planned" else one <= published)]
    if near and fits and near[0] != fits[0] and abs(near[0] - published) <= NEAR:
        return None
    return next(iter(fits or near), None)


def every_year(month: int, day: int, published: date) -> list[date]:
    """The days of that name within eight years, which hold a leap day even around 1900."""
    return [found for step in range(-8, 9) if (found := day_of(published.year + step, month, day))]


def nearest_month(month: int, published: date, told: Tense | None) -> Days | None:
    """The nearest one in the direction of the verb; None as in `nearest_day`."""
    ahead, back = (month - published.month) % 12, (published.month - month) % 12
    steps, other = (ahead, back) if told == "planned" else (-back, ahead)
    return None if steps and other <= NEAR_MONTHS else month_of(published.year, published.month + steps)


def year_named(published: date, month: int, rel: str) -> int | None:
    """The year of "last July" or "next July"; None where it may be the one of this year or the one beyond."""
    if (rel == "last" and month < published.month) or (rel == "next" and month > published.month):
        return None
    return published.year + STEPS[rel]
