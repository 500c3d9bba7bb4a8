"""The days that an expression of time stands for: one function for each kind of pattern that has days at all.

Each gets the match, the day of publication (None if unknown) and the tense around it, and returns None where
it cannot tell.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date

from rag.ingest.calendar_days import (
    FIXED_HOLIDAYS,
    Days,
    day_of,
    full_date,
    month_number,
    month_of,
    number,
    unit_of,
    weekday_number,
    year_of,
)
from rag.ingest.tense import Tense
from rag.ingest.time_nearest import STEPS, every_year, nearest_day, nearest_month, year_named
from rag.ingest.time_weekdays import WEEKDAYS


def _plain(name: str) -> str:
    """Without apostrophes, which are straight, curved or left out."""
    return re.sub("['’]", "", name)


_HOLIDAYS = {_plain(name): day for name, day in FIXED_HOLIDAYS.items()}


def _full_date(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    day = full_date(match)
    return (day, day) if day else None


def _day_range(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "November 19-22 this year" or "28 Dec. to 3 Jan. 2023", where the year is that of the last day."""
    begin = month_number(match["month"] or match["month2"])
    finish = month_number(match["month2"] or match["month"])
    last = _in_year(match, published, told, finish, number(match["day2"]))
    if last is None:
        return None
    first = day_of(last.year - (begin > finish), begin, number(match["day"]))
    return (first, last) if first and first <= last else None


def _one_day(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    day = _in_year(match, published, told, month_number(match["month"]), number(match["day"]))
    return (day, day) if day else None


def _in_year(match: re.Match[str], published: date | None, told: Tense | None, month: int, day: int) -> date | None:
    """The day in the year the text gives; else the one that fits its weekday or tense and is nearest."""
    groups = match.groupdict()
    if groups["year"]:
        return day_of(int(groups["year"]), month, day)
    if published is None:
        return None
    if groups["rel"]:
        return day_of(published.year + STEPS[groups["rel"].lower()], month, day)
    if groups.get("weekday"):
        wanted = weekday_number(groups["weekday"])
        fits = [found for found in every_year(month, day, published) if found.weekday() == wanted]
        return min(fits, key=lambda found: abs(found - published), default=None)
    return nearest_day(month, day, published, told)


def _holiday(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    month, day = _HOLIDAYS[_plain(match["holiday"])]
    if match["year"]:
        found = day_of(int(match["year"]), month, day)
    elif published is None:
        return None
    elif match["rel"]:
        year = year_named(published, month, match["rel"].lower())
        found = day_of(year, month, day) if year else None
    else:
        found = nearest_day(month, day, published, told)
    return (found, found) if found else None


def _month_year(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    if match["year"]:
        return month_of(int(match["year"]), month_number(match["month"]))
    if published is None:
        return None
    return month_of(published.year + STEPS[match["rel"].lower()], month_number(match["month"]))


def _month_range(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    begin, finish = month_number(match["month"]), month_number(match["month2"])
    if match["year"]:
        last = month_of(int(match["year"]), finish)
    elif match["year1"]:
        last = month_of(int(match["year1"]) + (begin > finish), finish)
    elif published:
        last = nearest_month(finish, published, told)
    else:
        last = None
    if last is None:
        return None
    year = int(match["year1"] or last[0].year - (begin > finish))
    first = month_of(year, begin)
    return (first[0], last[1]) if first else None


def _bare_month(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "in February" is the nearest one in the direction of the verb, the present month included."""
    if published is None:
        return None
    month = month_number(match["month"])
    rel = match.groupdict().get("rel")
    if rel:
        year = year_named(published, month, rel.lower())
        return month_of(year, month) if year else None
    return nearest_month(month, published, told)


def _years(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "2016", "2016-2020", "2021-22"."""
    first, second = match["year"], match["year2"] or ""
    last = int(first[: 4 - len(second)] + second)
    return (year_of(int(first))[0], year_of(last)[1]) if int(first) <= last else None


def _decade(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "The 1990s"; "the '90s" are of the last century."""
    first = int(match["decade"]) + (1900 if len(match["decade"]) == 2 else 0)
    return year_of(first)[0], year_of(first + 9)[1]


def _day_word(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    words = match["what"].lower()
    steps = {"the day before": -2, "the day after": 2, "yesterday": -1, "last": -1, "tomorrow": 1}
    step = next((step for start, step in steps.items() if words.startswith(start)), 0)
    return unit_of(published, "day", step) if published else None


def _unit(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "last month" is the whole of it; "earlier this month" ends on the day of publication."""
    if published is None:
        return None
    days = unit_of(published, match["unit"], STEPS[match["rel"].lower()])
    side = (match["side"] or "").lower()
    if match["unit"] == "weekend" and match["rel"].lower() == "this" and told == "past" and published.weekday() < 5:
        return unit_of(published, "weekend", -1)
    if days and match["rel"].lower() == "this" and side in ("earlier", "later"):
        return (days[0], min(published, days[1])) if side == "earlier" else (max(published, days[0]), days[1])
    return days


def _weekend(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    if published is None:
        return None
    return unit_of(published, "weekend", 0 if told == "planned" or published.weekday() >= 5 else -1)


def _ago(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "Three days ago" is a day, "two weeks ago" a whole week, "a year ago" a whole year."""
    sign = -1 if match["way"] == "ago" else 1
    return unit_of(published, match["unit"], sign * number(match["count"])) if published else None


RESOLVERS: dict[str, Callable[[re.Match[str], date | None, Tense | None], Days | None]] = {
    "full_date": _full_date,
    "day_range": _day_range,
    "day_range_uk": _day_range,
    "month_day": _one_day,
    "day_month": _one_day,
    "month_year": _month_year,
    "month_range": _month_range,
    "rel_month": _bare_month,
    "bare_month": _bare_month,
    "month_noun": _bare_month,
    "holiday": _holiday,
    "years": _years,
    "early_year": _years,
    "years_to": _years,
    "year_noun": _years,
    "decade": _decade,
    "short_decade": _decade,
    "month_count": _bare_month,
    **WEEKDAYS,
    "day_word": _day_word,
    "unit": _unit,
    "weekend": _weekend,
    "ago": _ago,
}
"""By name of the pattern; a pattern without a row here is vague by nature."""
