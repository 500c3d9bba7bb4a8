"""Resolved dates put into words, and behind the words they resolve; for reading, never for quoting."""

from __future__ import annotations

import re
from calendar import monthrange
from datetime import date

from rag.ingest.dates import find_dates
from rag.schema import DateMention, Sentence

_POINTS_AT_NOW = re.compile(
    r"\b(?:today|tonight|yesterday|tomorrow|last night|ago|from now|(?:this|last|next) [a-z]+)\b", re.I
)


def dated(text: str, sentence: Sentence) -> str:
    """The sentence with "(19 April 2023)" behind its "Wednesday night"."""
    said, at = "", sentence.start
    for mention in sentence.dates:
        spoken = spoken_dates(mention)
        said += text[at : mention.end]
        at = mention.end
        if spoken and spoken.casefold() not in mention.text.casefold():
            said += f" ({spoken})"
    return said + text[at : sentence.end]


def written_out(text: str, asked_on: date) -> str:
    """A question of a day with all its expressions of time written out: "yesterday", "on Monday", "in March"."""
    return dated(text, Sentence(0, len(text), 0, find_dates(text, 0, len(text), asked_on)))


def pointing_written_out(text: str, today: date) -> str:
    """The same for a question of no stated day, put `today`: only what points at the day of asking is written out.

    Its "on Monday" may be an article's, of whatever week that is; its "yesterday" and "this week" can only be its own.
    """
    found = find_dates(text, 0, len(text), today)
    return dated(text, Sentence(0, len(text), 0, tuple(one for one in found if _POINTS_AT_NOW.search(one.text))))


def spoken_dates(mention: DateMention) -> str | None:
    """The days in words: "19 April 2023", "19 to 22 November 2022", "May to July 2021", "2022"; None if unresolved."""
    first, last = mention.first, mention.last
    if first is None or last is None:
        return None
    if first == last:
        return spoken_day(first)
    whole_months = first.day == 1 and last.day == monthrange(last.year, last.month)[1]
    if whole_months and (first.month, last.month) == (1, 12):
        return str(first.year) if first.year == last.year else f"{first.year} to {last.year}"
    if whole_months and first.year == last.year:
        return f"{last:%B %Y}" if first.month == last.month else f"{first:%B} to {last:%B %Y}"
    if (first.year, first.month) == (last.year, last.month):
        return f"{first.day} to {spoken_day(last)}"
    return f"{spoken_day(first)} to {spoken_day(last)}"


def spoken_day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"
