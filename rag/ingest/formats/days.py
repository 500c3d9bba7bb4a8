"""Days as machines and sites write them: ISO, RFC 822, seconds since 1970, and dates in a dozen languages.

The day is the one that is written, in the writer's own time zone. A day that cannot be is none.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime, timedelta, timezone

from rag.clock import latest_day

_MONTHS = {  # from the third letter on month names of these languages tell themselves apart
    1: (
        "january jan januar janvier janv enero ene gennaio janeiro januari stycznia styczeń января "
        "январь ocak leden ledna tammikuuta jänner"
    ),
    2: (
        "february feb februar février fevrier févr fevr febrero febbraio fevereiro februari lutego luty "
        "февраля февраль şubat února helmikuuta feber"
    ),
    3: ("march mar märz maerz mars marzo março marco maart marca marzec марта март mart března maaliskuuta mrz"),
    4: "april apr avril avr abril aprile kwietnia kwiecień апреля апрель nisan dubna huhtikuuta abr",
    5: "may mai mayo maggio maio mei maja maj мая май mayıs května toukokuuta",
    6: "june jun juni juin junio giugno junho czerwca czerwiec июня июнь haziran června kesäkuuta",
    7: "july jul juli juillet juil julio luglio julho lipca lipiec июля июль temmuz července heinäkuuta",
    8: ("august aug août aout agosto augustus augusti sierpnia sierpień августа август ağustos srpna elokuuta ago"),
    9: (
        "september sep sept septembre septiembre settembre setembro września wrzesień сентября сентябрь "
        "eylül září syyskuuta set"
    ),
    10: (
        "october oct oktober okt octobre octubre ottobre outubro października październik октября "
        "октябрь ekim října lokakuuta out"
    ),
    11: ("november nov novembre noviembre novembro listopada listopad ноября ноябрь kasım listopadu marraskuuta"),
    12: (
        "december dec dezember dez décembre decembre diciembre dic dicembre dezembro grudnia grudzień "
        "декабря декабрь aralık prosince joulukuuta déc"
    ),
}
_MONTH_NUMBER = {name: number for number, names in _MONTHS.items() for name in names.split()}
_NAMES = "|".join(sorted(map(re.escape, _MONTH_NUMBER), key=len, reverse=True))
_DAY = r"(?:3[01]|[12]\d|0?[1-9])"
_YEAR = r"(?:1[7-9]\d\d|20\d\d)"
_GAP = r"[\s.,\-/]{1,3}(?:d[eo]l?\s+|of\s+)?"
_WRITTEN = re.compile(
    rf"(?<![\w/-])(?<!\d\.)(?:(?P<day1>{_DAY})(?:st|nd|rd|th|er|º|°)?{_GAP}(?P<month1>{_NAMES}){_GAP}(?P<year1>{_YEAR})"
    rf"|(?P<month2>{_NAMES})\.?[\s-]{{1,2}}(?:the\s+)?(?P<day2>{_DAY})(?:st|nd|rd|th)?[\s,-]{{1,3}}(?P<year2>{_YEAR}|['’]\d\d)"
    rf"|(?P<year3>{_YEAR})(?P<sep>[-/.])(?P<month3>1[0-2]|0?[1-9])(?P=sep)(?P<day3>{_DAY})"
    rf"|(?P<year5>{_YEAR})\s*[年년]\s*(?P<month5>1[0-2]|0?[1-9])\s*[月월]\s*(?P<day5>{_DAY})\s*[日일]"
    rf"|(?P<a>{_DAY})(?P<sep4>[/.-])(?P<b>{_DAY})(?P=sep4)(?P<year4>{_YEAR}|\d\d))(?!\d|[/.-]\d)",
    re.IGNORECASE,
)
_WITHOUT_YEAR = re.compile(
    rf"(?<!\w)(?:(?P<month>{_NAMES})\.?\s*(?P<day>{_DAY})(?!\d)|(?P<day2>{_DAY})\.?\s*(?P<month2>{_NAMES})(?!\w))",
    re.IGNORECASE,
)
_TO_THE_MINUTE = r"(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d$"
_ISO = re.compile(
    r"(\d{4})-(\d{1,2})-(\d{1,2})(?!\d)"
    # as milliseconds, twelve digits would be a day before September 2001
    rf"|(?:(?={_YEAR}{_TO_THE_MINUTE})|(?=\d{{8}}(?:T|$|\d{{6}}$)))(\d{{4}})(\d{{2}})(\d{{2}})"
)
_EPOCH = re.compile(r"(\d{9,10})(?:\.\d+)?|(\d{12,13})")
_NEVER_SET = frozenset({(1970, 1, 1), (1969, 12, 31), (1900, 1, 1)})
"""Clocks and columns that were never set say one of these days."""
FIRST_YEAR = 1700


@dataclass(frozen=True)
class Day:
    """A day found in a text, and its place there."""

    day: date
    start: int
    end: int


def to_day(raw: object, day_first: bool | None = None) -> date | None:
    """The day that a value of a meta tag, a column or a header states; None if it states none.

    Numbers are a stamp like 20230420, or else seconds or milliseconds since 1970, in UTC. `day_first` reads
    04/05/2023 as 4 May; where it is None such a day is none.
    """
    if isinstance(raw, datetime):
        return plausible(raw.date())
    if isinstance(raw, date):
        return plausible(raw)
    if isinstance(raw, bool):
        return None
    text = str(raw).strip() if isinstance(raw, int | float) else raw.strip() if isinstance(raw, str) else ""
    if not text or len(text) > 120:
        return None
    iso = _ISO.match(text)
    if iso:
        return _day(*(int(part) for part in iso.groups() if part))
    epoch = _EPOCH.fullmatch(text)
    if epoch:
        seconds = int(epoch[1]) if epoch[1] else int(epoch[2]) / 1000
        return plausible(datetime.fromtimestamp(seconds, timezone.utc).date())
    return next((found.day for found in find_days(text, day_first)), None)


def find_days(text: str, day_first: bool | None = None) -> Iterator[Day]:
    """Every full date written in a text, in order; years before 1700, the future and impossible days left out."""
    for match in _WRITTEN.finditer(text):
        day = _written(match, day_first)
        if day:
            yield Day(day, *match.span())


def day_of_month(text: str, year: int, month: int) -> date | None:
    """The day in "Apr 19" or "19 April", if that is the month that is asked for."""
    for match in _WITHOUT_YEAR.finditer(text):
        name, number = match["month"] or match["month2"], match["day"] or match["day2"]
        if _MONTH_NUMBER[name.lower()] == month:
            return _day(year, month, int(number))
    return None


def plausible(day: date) -> date | None:
    """The day, unless a clock that was never set shows it or it is yet to come (a day's grace for time zones)."""
    tomorrow = latest_day() + timedelta(days=1)
    if day.year < FIRST_YEAR or day > tomorrow or (day.year, day.month, day.day) in _NEVER_SET:
        return None
    return day


def _written(match: re.Match[str], day_first: bool | None) -> date | None:
    for number in "12":
        if match[f"month{number}"]:
            month = _MONTH_NUMBER[match[f"month{number}"].lower()]
            year = match[f"year{number}"]
            return _day(int(year) if year.isdigit() else 2000 + int(year[1:]), month, int(match[f"day{number}"]))
    for number in "35":
        if match[f"year{number}"]:
            return _day(*(int(match[f"{part}{number}"]) for part in ("year", "month", "day")))
    first, second, year = int(match["a"]), int(match["b"]), int(match["year4"])
    if year < 100:
        if match["sep4"] == "-":  # 20-04-23 may begin or end with its year
            return None
        year += 2000
    if match["sep4"] == "." and second <= 12:  # 20.04.2023 is always written day first
        return _day(year, second, first)
    if first != second and first <= 12 and second <= 12:
        if day_first is None:
            return None
        return _day(year, second, first) if day_first else _day(year, first, second)
    return _day(year, second, first) if second <= 12 else _day(year, first, second)


def _day(year: int, month: int, day: int) -> date | None:
    try:
        return plausible(date(year, month, day))
    except ValueError:
        return None
