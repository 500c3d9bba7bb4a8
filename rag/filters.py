"""What users say of the articles to be looked through, made into days and into outlets as the articles spell them."""

from __future__ import annotations

import json
import re
from calendar import monthrange
from collections.abc import Collection, Iterable, Sequence
from datetime import date
from difflib import get_close_matches

from rag.errors import UsageError
from rag.schema import Filters
from rag.words import fold

NEAR_NAMES = 3  # outlets named to somebody who misspelt one
_PERIOD = re.compile(r"(?P<year>\d{4})(?:-(?P<month>\d\d)(?:-(?P<day>\d\d))?)?", re.ASCII)


def parse_filters(since: object = None, until: object = None, outlet: object = None) -> Filters:
    """From the values of a line of JSON: a day or nothing, a day or nothing, a name or a list of them or nothing.

    Raises UsageError for anything else.
    """
    names = [] if outlet in (None, "") else [outlet] if isinstance(outlet, str) else outlet
    if not isinstance(names, list) or not all(isinstance(name, str) and name.strip() for name in names):
        raise UsageError('outlet is not a name or a list of names: "CNN" or ["CNN", "Reuters"]')
    first = None if since in (None, "") else period(since)[0]
    last = None if until in (None, "") else period(until)[1]
    return Filters(first, last, tuple(names))


def period(said: object) -> tuple[date, date]:
    """The first and the last day of "2023", "2023-04" or "2023-04-20". Raises UsageError for anything else."""
    found = _PERIOD.fullmatch(said) if isinstance(said, str) else None
    try:
        if found:
            year, month, day = (int(part) if part else None for part in found.group("year", "month", "day"))
            first = date(year or 0, month or 1, day or 1)
            return first, date(first.year, month or 12, day or monthrange(first.year, month or 12)[1])
    except ValueError:  # no such day
        pass
    raise UsageError(
        f"{json.dumps(said, ensure_ascii=False)} is not a day, a month or a year: YYYY-MM-DD, YYYY-MM, YYYY"
    )


def filled_in(own: Filters, common: Filters) -> Filters:
    """What `own` says, and where it leaves days or outlets open what `common` says of them."""
    return Filters(own.since or common.since, own.until or common.until, own.outlets or common.outlets)


def checked_days(filters: Filters) -> Filters:
    """As they are. Raises UsageError for days that lie the wrong way round."""
    if filters.since and filters.until and filters.since > filters.until:
        raise UsageError(f"no day lies between {filters.since} and {filters.until}; turn them round")
    return filters


def chosen_outlets(wanted: Iterable[str], known: Collection[str]) -> tuple[str, ...]:
    """The outlets that are meant, as they are spelt in the archive: the one of that name, whatever its case and
    accents, else all with these words in their names ("guardian" is The Guardian).

    Raises UsageError naming near ones where none is meant.
    """
    found: dict[str, None] = {}
    for name in wanted:
        asked = _spelt(name)
        same = [outlet for outlet in known if _spelt(outlet) == asked]
        meant = same or [outlet for outlet in known if asked and f" {asked} " in f" {_spelt(outlet)} "]
        if not meant:
            raise UsageError(f"no article is from {name.strip()!r}; {_near(asked, sorted(known))}")
        found.update(dict.fromkeys(sorted(meant)))
    return tuple(found)


def _near(asked: str, known: Sequence[str]) -> str:
    by_spelling = {_spelt(outlet): outlet for outlet in known}
    near = [by_spelling[spelt] for spelt in get_close_matches(asked, by_spelling, NEAR_NAMES)]
    if near:
        return f"is {' or '.join(near)} meant?"
    if not known:
        return "none of the articles names its outlet"
    return "`dateline articles --sort outlet` shows the outlets"


def _spelt(name: str) -> str:
    return " ".join(re.findall(r"\w+", fold(name)))
