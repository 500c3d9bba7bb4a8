"""What time it is, and how long the parts of an answer took."""

from __future__ import annotations

from datetime import date, datetime, timezone
from time import perf_counter

MADE = date(2026, 11, 1)
"""When this program was made: a clock that shows an earlier day is wrong."""


def this_day() -> date:
    """Today, where this program runs."""
    return date.today()


def utc_now() -> datetime:
    return datetime.now(timezone.utc)


def latest_day() -> date:
    """No article is of a later day than this, but for a day's difference between time zones.

    A clock that went back, as it does with an empty battery, makes no day of an article one to come.
    """
    return max(this_day(), MADE)


class Clock:
    """Milliseconds since it was made, by mark; a mark that is already set stays."""

    def __init__(self) -> None:
        self._began = perf_counter()
        self.marks: dict[str, int | None] = {"retrieve": None, "first_token": None, "total": None}

    @property
    def seconds(self) -> float:
        return perf_counter() - self._began

    def mark(self, name: str) -> None:
        if self.marks[name] is None:
            self.marks[name] = round(self.seconds * 1000)
