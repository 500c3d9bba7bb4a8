"""Expressions of time in a story, resolved against the day it was published.

What cannot be resolved keeps its words and gets no days: anything relative in an undated article, "the past
six decades", "two days later", or 04/05/2023, which is two days at once.
"""

from __future__ import annotations

import re
from datetime import date

from rag.ingest.tense import Tense, tense
from rag.ingest.time_patterns import HINT, PATTERNS
from rag.ingest.time_values import RESOLVERS
from rag.schema import DateKind, DateMention

_CONTEXT = 200  # characters on either side in which the verb is looked for
_LOOKS_AHEAD = re.compile(r"\b(?:next|later this|tomorrow|from now|coming)\b", re.IGNORECASE)


def find_dates(text: str, start: int, end: int, published: date | None) -> tuple[DateMention, ...]:
    """The expressions of time in `text[start:end]`, in order and not overlapping, with offsets into `text`.

    Where two patterns match, the one that begins first wins, then the longer one, then the one listed first.
    """
    sentence = text[start:end]
    if not HINT.search(sentence):
        return ()
    found = [
        (*match.span("what"), name, match) for name, pattern in PATTERNS.items() for match in pattern.finditer(sentence)
    ]
    mentions: list[DateMention] = []
    reached = 0
    for first, last, name, match in sorted(found, key=lambda hit: (hit[0], -hit[1])):
        if first < reached:
            continue
        reached = last
        days, kind = _resolve(name, match, published, _tense(sentence, first, last))
        mentions.append(DateMention(sentence[first:last], start + first, start + last, *days, kind))
    return tuple(mentions)


def _tense(sentence: str, first: int, last: int) -> Tense | None:
    return tense(sentence[max(0, first - _CONTEXT) : first], sentence[last : last + _CONTEXT])


def _resolve(
    name: str, match: re.Match[str], published: date | None, told: Tense | None
) -> tuple[tuple[date | None, date | None], DateKind]:
    """First and last day, and the kind, which days wholly before or after publication decide."""
    if name not in RESOLVERS:
        return (None, None), "vague"
    try:
        days = RESOLVERS[name](match, published, told)
    except (ValueError, OverflowError):  # outside the calendar of years 1 to 9999
        days = None
    if days and published and days[0] > published:
        return days, "planned"
    if days and published and days[1] < published:
        return days, "past"
    if days is None and _LOOKS_AHEAD.search(match["what"]):
        told = "planned"
    return days or (None, None), told or "past"
