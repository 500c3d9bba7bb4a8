"""The span of days that a question asks about, and which sentences may be of them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import timedelta

from rag.index.passages import Passage
from rag.ingest.calendar_days import Days
from rag.ingest.dates import find_dates
from rag.schema import Sentence

WEEK = timedelta(days=7)
_IN_BRACKETS = re.compile(r"\s*\(([^()]+)\)")


def take_spans(question: str) -> tuple[str, tuple[Days, ...]]:
    """A written-out question without its "(17 to 23 April 2023)", and these spans.

    What happened this week is hardly ever told with the days of the week, so they are no words to look for. A single
    day stays: articles name it, and are read with it written out.
    """
    spans = {found: days for found in _IN_BRACKETS.finditer(question) if (days := _span(found[1]))}
    for found in reversed(spans):
        question = question[: found.start()] + question[found.end() :]
    return question, tuple(spans.values())


def of_days(passages: Sequence[Passage], spans: Sequence[Days]) -> list[Passage]:
    """The passages that may tell of all the spans: a date in them, or else the day of publication, lies within."""
    return [passage for passage in passages if all(_tells_of(span, passage) for span in spans)]


def _tells_of(span: Days, passage: Passage) -> bool:
    """In a week give or take another: who asks on a Monday for "this week" means the seven days before."""
    first, last = span
    around = WEEK if last - first < WEEK else timedelta(0)
    days = [day for sentence in passage.sentences for day in _days_of(sentence)]
    if passage.article.published:
        days.append((passage.article.published, passage.article.published))
    return any(first - around <= begin and end <= last + around for begin, end in days)


def _days_of(sentence: Sentence) -> list[Days]:
    return [(mention.first, mention.last) for mention in sentence.dates if mention.first and mention.last]


def _span(text: str) -> Days | None:
    """The days from the first to the last that a text of nothing but dates names; None for one day, or other words."""
    found = find_dates(text, 0, len(text), None)
    rest = text
    for mention in reversed(found):
        rest = rest[: mention.start] + rest[mention.end :]
    days = [(mention.first, mention.last) for mention in found if mention.first and mention.last]
    if not days or len(days) < len(found) or rest.split() not in ([], ["to"]):
        return None
    first, last = min(first for first, _ in days), max(last for _, last in days)
    return (first, last) if first < last else None
