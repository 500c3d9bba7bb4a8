"""How long the parts of an answer took."""

from __future__ import annotations

from datetime import date
from time import perf_counter


def this_day() -> date:
    """Today, where this program runs."""
    return date.today()


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
