"""The day that a weekday stands for, alone or counted from another day.

Arguments and results are those of the functions in `time_values`.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import date, timedelta

from rag.ingest.calendar_days import Days, month_number, month_of, number, unit_of, weekday_number
from rag.ingest.tense import Tense
from rag.ingest.time_nearest import STEPS, nearest_month

_ABOUT_A_MONTH = 45


def _weekday(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """A bare weekday is the nearest one in the direction of the verb, the day of publication included.

    "Next Friday" said on a Monday is in four days for some and in eleven for others, so for Dateline it is none.
    """
    if published is None:
        return None
    wanted = weekday_number(match["weekday"])
    if match["week"]:
        steps = 7 * STEPS[match["week"].lower()] + wanted - published.weekday()
        return unit_of(published, "day", steps)
    rel = " ".join((match["rel"] or "").lower().split())
    back = (published.weekday() - wanted) % 7
    ahead = (wanted - published.weekday()) % 7
    if (rel == "last" and wanted < published.weekday()) or (rel == "next" and wanted > published.weekday()):
        return None
    if rel in ("last", "this past"):
        steps = -(back or 7)
    elif rel == "next":
        steps = ahead or 7
    elif rel == "this coming" or told == "planned" or (rel == "this" and told is None):
        steps = ahead
    else:
        steps = -back
    return unit_of(published, "day", steps)


def _weeks_from(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "A week from Friday" and the British "Friday week" count from the next Friday."""
    if published is None or told == "past":
        return None
    weeks = number(match.groupdict().get("count") or "a")
    ahead = (weekday_number(match["weekday"]) - published.weekday()) % 7
    return unit_of(published, "day", ahead + 7 * weeks)


def _weeks_ago(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "Two weeks ago Friday", said on a Thursday, is the day after that of two weeks ago.

    None for later ones, and for "a week ago Friday": counted from the last Friday they are a week earlier.
    """
    if published is None or match["unit"] != "week":
        return None
    weeks = number(match["count"])
    off = (weekday_number(match["weekday"]) - published.weekday() + 3) % 7 - 3
    if off > (1 if weeks > 1 else 0):
        return None
    return unit_of(published, "day", off - 7 * weeks)


def _before_last(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """None where "last Monday" is none."""
    if published is None:
        return None
    back = published.weekday() - weekday_number(match["weekday"])
    return None if back > 0 else unit_of(published, "day", -(back % 7 + 7 + 7 * (back == 0)))


def _nth_weekday(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "The second Tuesday of November", in the year named or the one that the verb tells."""
    month = month_number(match["month"])
    if match["year"]:
        days: Days | None = month_of(int(match["year"]), month)
    else:
        days = nearest_month(month, published, told) if published and told else None
    if days is None:
        return None
    first, last = days
    wanted = weekday_number(match["weekday"])
    if match["nth"] == "last":
        day = last - timedelta(days=(last.weekday() - wanted) % 7)
    else:
        weeks = ("first", "second", "third", "fourth", "fifth").index(match["nth"])
        day = first + timedelta(days=(wanted - first.weekday()) % 7 + 7 * weeks)
    if day > last or (not match["year"] and not _fits(day, published, told)):
        return None
    return day, day


def _weekday_number(match: re.Match[str], published: date | None, told: Tense | None) -> Days | None:
    """ "Tuesday the 4th" is the one about a month from publication, if there is but one."""
    if published is None:
        return None
    wanted, of_month = weekday_number(match["weekday"]), number(match["day"])
    near = (unit_of(published, "day", step) for step in range(-_ABOUT_A_MONTH, _ABOUT_A_MONTH + 1))
    days = [day for day, _ in filter(None, near) if (day.weekday(), day.day) == (wanted, of_month)]
    found = [day for day in days if _fits(day, published, told)]
    return (found[0],) * 2 if len(found) == 1 else None


def _fits(day: date, published: date | None, told: Tense | None) -> bool:
    if published is None or told is None:
        return True
    return day >= published if told == "planned" else day <= published


WEEKDAYS: dict[str, Callable[[re.Match[str], date | None, Tense | None], Days | None]] = {
    "weekday": _weekday,
    "weeks_from": _weeks_from,
    "weekday_week": _weeks_from,
    "weeks_ago": _weeks_ago,
    "before_last": _before_last,
    "nth_weekday": _nth_weekday,
    "weekday_number": _weekday_number,
}
"""By name of the pattern, as in `time_values.RESOLVERS`."""
