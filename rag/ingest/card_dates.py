"""The dates that a page states of its article, each with the word beside it and where it stands.

Only lines that speak of the article itself are believed: bylines, a dateline with its year, at last the file's
name. A date in the story, in a caption or in a list of other stories is never a publication date.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from rag.ingest.calendar_days import FULL_DATE, day_of, full_date
from rag.schema import Block

_RANK = {"originally published": 4, "first published": 4, "published": 3, "": 2, "first lines": 1, "posted": 1}
"""The original publication wins; "updated" is no publication date at all."""
_LABEL = re.compile(
    r"\b(?:originally published|first published|published|posted|(?:last )?(?:updated|modified))\b",
    re.IGNORECASE,
)
_UPDATE = re.compile(r"updated|modified")
_NEVER_SET = (date(1969, 12, 31), date(1970, 1, 1))
"""What a clock that was never set shows, on either side of Greenwich."""
_IN_NAME = re.compile(
    r"(?<!\d)(?:(?P<y>(?:19|20)\d\d)(?P<s>[-_. ]?)(?P<m>0[1-9]|1[0-2])(?P=s)(?P<d>0[1-9]|[12]\d|3[01])"
    r"|(?P<d2>1[3-9]|2\d|3[01])(?P<s2>[-_. ])(?P<m2>0[1-9]|1[0-2])(?P=s2)(?P<y2>(?:19|20)\d\d)"
    r"|(?P<m3>0[1-9]|1[0-2])(?P<s3>[-_. ])(?P<d3>1[3-9]|2\d|3[01])(?P=s3)(?P<y3>(?:19|20)\d\d))(?!\d)"
)


@dataclass(frozen=True)
class StatedDate:
    """A day, the word that says what it is ("" if there is none) and where on the page it was read."""

    day: date
    label: str
    source: str = "byline"

    @property
    def is_update(self) -> bool:
        return bool(_UPDATE.search(self.label))


def choose(dates: Sequence[StatedDate]) -> tuple[StatedDate | None, StatedDate | None]:
    """The original publication and the last update among the dates of a page."""
    ranked = sorted(dates, key=lambda found: -_RANK.get(found.label, -1))
    published = ranked[0] if ranked and ranked[0].label in _RANK else None
    updates = [found for found in dates if found.is_update and (published is None or found.day >= published.day)]
    return published, max(updates, key=lambda found: found.day, default=None)


def byline_dates(blocks: Sequence[Block], latest: date) -> Iterator[StatedDate]:
    """Every full date of the bylines, those above the headline last; a word on a line of its own speaks for the
    date below it."""
    above = ""
    title = next((at for at, block in enumerate(blocks) if block.kind == "title"), 0)
    for block in [*blocks[title:], *blocks[:title]]:
        line = re.sub(r"^\W+(?=\w)", "", block.text)
        if block.kind == "byline":
            reached = 0
            for match in FULL_DATE.finditer(line):
                labels = _LABEL.findall(line[reached : match.start()]) or (_LABEL.findall(above) if not reached else [])
                day = full_date(match)
                reached = match.end()
                if day and plausible(day, latest):
                    yield StatedDate(day, labels[-1].lower() if labels else "")
        last = line.split("\n")[-1]
        above = last if len(last) <= 25 and not re.search(r"\d", last) else ""


def name_date(path: str, latest: date) -> date | None:
    """The one day that a file's name states: "2023-04-20-lavrov.txt"; None for none, two, or 04-05-2023."""
    name = re.split(r"[/\\]|!/", path)[-1]
    days = {
        day
        for match in _IN_NAME.finditer(name)
        if (
            day := day_of(
                int(match["y"] or match["y2"] or match["y3"]),
                int(match["m"] or match["m2"] or match["m3"]),
                int(match["d"] or match["d2"] or match["d3"]),
            )
        )
    }
    day = days.pop() if len(days) == 1 else None
    return day if day and plausible(day, latest) else None


def plausible(day: date, latest: date) -> bool:
    """Neither a clock that was never set nor a day to come; tomorrow is today somewhere."""
    return day not in _NEVER_SET and day <= latest + timedelta(days=1)
