"""Expressions of time in a story, resolved against the day it was published.

What cannot be resolved keeps its words and gets no days: anything relative in an undated article, "the past
six decades", "two days later", or 04/05/2023, which is two days at once.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from datetime import date
from typing import NamedTuple

from rag.ingest.calendar_days import Days
from rag.ingest.tense import Tense, tense
from rag.ingest.time_patterns import candidates
from rag.ingest.time_values import RESOLVERS
from rag.schema import DateKind, DateMention

_CONTEXT = 200  # characters on either side in which the verb is looked for
_LOOKS_AHEAD = re.compile(r"\b(?:next|later this|tomorrow|from now|coming)\b", re.IGNORECASE)

_JOINT = re.compile(r",?\s+(?:(?:on|at|around|by|until)\s+)?")
_DAYS = frozenset({"full_date", "month_day", "day_month", "weekday", "day_word", "holiday"})


class Found(NamedTuple):
    """A match within a sentence: where the expression begins and ends, and the name of its pattern."""

    first: int
    last: int
    name: str
    match: re.Match[str]


def find_dates(text: str, start: int, end: int, published: date | None) -> tuple[DateMention, ...]:
    """The expressions of time in `text[start:end]`, in order and not overlapping, with offsets into `text`.

    Where two patterns match, the one that begins first wins, then the longer one, then the one listed first.
    """
    sentence = text[start:end]
    found = [
        Found(*match.span("what"), name, match)
        for name, pattern in candidates(sentence)
        for match in pattern.finditer(sentence)
    ]
    found.sort(key=lambda hit: (hit.first, -hit.last))
    return tuple(
        DateMention(
            sentence[hit.first : hit.last],
            start + hit.first,
            start + hit.last,
            *_resolve(hit, sentence, published),
        )
        for hit in _joined(sentence, list(_apart(found)))
    )


def _apart(found: Iterable[Found]) -> Iterator[Found]:
    """Those that begin after the end of the one before."""
    reached = 0
    for hit in found:
        if hit.first >= reached:
            reached = hit.last
            yield hit


def _joined(sentence: str, found: Sequence[Found]) -> list[Found]:
    """The hour becomes part of the day that it stands beside: "3 p.m. Friday", "Friday at 3 p.m."."""
    joined: list[Found] = []
    for hit in found:
        before = joined[-1] if joined else None
        if before and _is_day_and_hour(before.name, hit.name) and _JOINT.fullmatch(sentence, before.last, hit.first):
            day = hit if before.name == "clock" else before
            joined[-1] = Found(before.first, hit.last, day.name, day.match)
        else:
            joined.append(hit)
    return joined


def _is_day_and_hour(name: str, other: str) -> bool:
    return (name == "clock" and other in _DAYS) or (name in _DAYS and other == "clock")


def _resolve(hit: Found, sentence: str, published: date | None) -> tuple[date | None, date | None, DateKind]:
    """First and last day, and the kind, which days wholly before or after publication decide."""
    if hit.name not in RESOLVERS:
        return None, None, "vague"
    said = tense(sentence[max(0, hit.first - _CONTEXT) : hit.first], sentence[hit.last : hit.last + _CONTEXT])
    if said == "lasting" and hit.name == "weekday":
        said = "planned"
    if said == "lasting" or said == "either":
        told, readings = None, {_days(hit, published, "past"), _days(hit, published, "planned")} - {None}
        days = readings.pop() if len(readings) == 1 else None
    else:
        told, days = said, _days(hit, published, said)
    if days is None:
        return None, None, "planned" if _LOOKS_AHEAD.search(hit.match["what"]) else told or "past"
    if published and days[0] > published:
        return *days, "planned"
    if published and days[1] < published:
        return *days, "past"
    return *days, told or "past"


def _days(hit: Found, published: date | None, told: Tense | None) -> Days | None:
    try:
        return RESOLVERS[hit.name](hit.match, published, told)
    except (ValueError, OverflowError):  # outside the calendar of years 1 to 9999
        return None
