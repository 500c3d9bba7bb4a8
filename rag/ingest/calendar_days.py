"""Days, weeks, months and years as closed ranges of dates, and the words English has for them."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date, timedelta
from typing import TypeAlias

Days: TypeAlias = tuple[date, date]
"""First and last day, both included."""

_MONTH_STEMS = "jan feb mar apr may jun jul aug sep oct nov dec".split()
_WEEKDAY_STEMS = "mon tue wed thu fri sat sun".split()
_SMALL = "zero one two three four five six seven eight nine ten eleven twelve".split()

_MONTH_NAMES = (
    r"(?:Jan(?:uary|\.)?|Feb(?:ruary|\.)?|Mar(?:ch|\.)?|Apr(?:il|\.)?|May|Jun(?:e|\.)?|Jul(?:y|\.)?"
    r"|Aug(?:ust|\.)?|Sept?(?:ember|\.)?|Oct(?:ober|\.)?|Nov(?:ember|\.)?|Dec(?:ember|\.)?)"
)
MONTH = rf"(?:{_MONTH_NAMES}|{_MONTH_NAMES.upper()})"
FIXED_HOLIDAYS = {
    "New Year's Day": (1, 1),
    "Valentine's Day": (2, 14),
    "International Women's Day": (3, 8),
    "St. Patrick's Day": (3, 17),
    "April Fools' Day": (4, 1),
    "Earth Day": (4, 22),
    "Juneteenth": (6, 19),
    "July Fourth": (7, 4),
    "the Fourth of July": (7, 4),
    "Halloween": (10, 31),
    "Veterans Day": (11, 11),
    "Christmas Eve": (12, 24),
    "Christmas Day": (12, 25),
    "Christmas": (12, 25),
    "Boxing Day": (12, 26),
    "New Year's Eve": (12, 31),
}
"""Month and day of the feasts that keep the same one from year to year."""
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
YEAR = r"(?:1[5-9]\d\d|20\d\d)"
WEEKDAY = r"(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day"
_WEEKDAY_PREFIX = rf"(?:(?:{WEEKDAY}|(?:Mon|Tues?|Wed|Thu(?:rs)?|Fri|Sat|Sun)\.?),?\s+)?"

FULL_DATE = re.compile(
    rf"(?<![\w-])(?:{_WEEKDAY_PREFIX}(?:"
    rf"(?P<month1>{MONTH})\s+(?:the\s+)?(?P<day1>{DAY})\s*,?\s+(?P<year1>{YEAR})"
    rf"|(?:the\s+)?(?P<day2>{DAY})[\s-]+(?:of\s+)?(?P<month2>{MONTH})[\s,-]+(?P<year2>{YEAR}))"
    r"|(?P<year3>(?:19|20)\d\d)(?P<sep>[-/])(?P<month3>[01]\d)(?P=sep)(?P<day3>[0-3]\d)(?!-)"
    r"|(?P<a>[0-3]?\d)(?P<sep4>[/.])(?P<b>[0-3]?\d)(?P=sep4)(?P<year4>(?:19|20)\d\d))(?!\d)"
)


def full_date(match: re.Match[str]) -> date | None:
    """The day that a FULL_DATE match names; None if there is no such day or 04/05/2023 could be two days."""
    if match["month1"]:
        return day_of(int(match["year1"]), month_number(match["month1"]), number(match["day1"]))
    if match["month2"]:
        return day_of(int(match["year2"]), month_number(match["month2"]), number(match["day2"]))
    if match["month3"]:
        return day_of(int(match["year3"]), int(match["month3"]), int(match["day3"]))
    day, month, year = int(match["a"]), int(match["b"]), int(match["year4"])
    if match["sep4"] == ".":  # 20.04.2023 is always written day first
        return day_of(year, month, day)
    readings = {day_of(year, month, day), day_of(year, day, month)} - {None}
    return readings.pop() if len(readings) == 1 else None


def day_of(year: int, month: int, day: int) -> date | None:
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_number(name: str) -> int:
    return _MONTH_STEMS.index(name[:3].lower()) + 1


def weekday_number(name: str) -> int:
    return _WEEKDAY_STEMS.index(name[:3].lower())


def number(words: str) -> int:
    """ "19th" is 19, "two" is 2, "a" is 1."""
    digits = re.match(r"\d+", words)
    if digits:
        return int(digits[0])
    return 1 if words.lower() in ("a", "an") else _SMALL.index(words.lower())


def week_of(day: date) -> Days:
    """Monday to Sunday (ISO 8601)."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def weekend_of(day: date) -> Days:
    """The Saturday and Sunday of the week of `day`."""
    _, sunday = week_of(day)
    return sunday - timedelta(days=1), sunday


def month_of(year: int, month: int) -> Days | None:
    """Months outside 1 to 12 count on into the next or back into the previous year; None outside 1 to 9999."""
    year, month = year + (month - 1) // 12, (month - 1) % 12 + 1
    first = day_of(year, month, 1)
    return (first, first.replace(day=monthrange(year, month)[1])) if first else None


def year_of(year: int) -> Days:
    return date(year, 1, 1), date(year, 12, 31)


def unit_of(day: date, unit: str, steps: int) -> Days | None:
    """The day, week, weekend, month or year that lies `steps` of its kind after that of `day`."""
    try:
        if unit == "day":
            return (day + timedelta(days=steps),) * 2
        if unit == "week":
            return week_of(day + timedelta(weeks=steps))
        if unit == "weekend":
            return weekend_of(day + timedelta(weeks=steps))
        if unit == "month":
            return month_of(day.year, day.month + steps)
        if unit == "year":
            return year_of(day.year + steps)
    except (ValueError, OverflowError):  # before the year 1 or after 9999
        return None
    return None
