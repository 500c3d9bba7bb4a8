"""The smallest things on the page: escaped text, days and addresses. Everything untrusted passes here."""

from __future__ import annotations

from calendar import monthrange
from datetime import date

from rag.safe_text import escaped as escaped
from rag.safe_text import web_address as web_address

EN_DASH = "\N{EN DASH}"


def clipped(value: str, limit: int) -> str:
    """At most `limit` characters, the last an ellipsis when something was cut."""
    return value if len(value) <= limit else value[: limit - 1].rstrip() + "…"


def opens(article_id: str, start: int = 0, end: int = 0, quote: str = "") -> str:
    """Attributes of an element that opens an article in the reading panel, at the quote that stands at [start:end]."""
    at = f' data-start="{start}" data-end="{end}" data-quote="{escaped(quote)}"' if quote else ""
    return f'data-article="{escaped(article_id)}"{at} aria-haspopup="dialog"'


def opened(value: str) -> str:
    """With a capital at its beginning, as a line of its own has it."""
    return value[:1].upper() + value[1:]


def counted(number: int, noun: str) -> str:
    """`1 passage`, `2 passages`."""
    return f"{number} {noun}" if number == 1 else f"{number} {noun}s"


def day(when: date) -> str:
    return f"{when.day} {when:%B} {when.year}"


def when(published: date | None) -> str:
    return day(published) if published else "undated"


def days(first: date, last: date) -> str:
    """A span of days in as few words as it takes: a day, a whole month or year, or its two ends."""
    if first == last:
        return day(first)
    if first.day == 1 and last.day == monthrange(last.year, last.month)[1]:
        if (first.month, last.month, first.year) == (1, 12, last.year):
            return str(first.year)
        if (first.month, first.year) == (last.month, last.year):
            return f"{first:%B} {first.year}"
    if (first.month, first.year) == (last.month, last.year):
        return f"{first.day}{EN_DASH}{day(last)}"
    if first.year == last.year:
        return f"{first.day} {first:%B} {EN_DASH} {day(last)}"
    return f"{day(first)} {EN_DASH} {day(last)}"
