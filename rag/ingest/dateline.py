"""The dateline at the head of a story: "HAVANA, Cuba —", "LONDON, April 20, 2023 (Reuters) -", "Washington (AP) —"."""

from __future__ import annotations

import re
from dataclasses import dataclass
from datetime import date

from rag.ingest.calendar_days import FULL_DATE, MONTH, full_date

HEAD = 120
"""Characters in which a dateline ends."""

_CAPITALS = r"[A-Z][A-Z.’'-]*(?:\s[A-Z][A-Z.’'-]*){0,3}"
_NAMES = r"[A-Z][\w.’'-]+(?:\s[A-Z][\w.’'-]+){0,3}"
_REGION = rf"(?:,\s{_NAMES}|,\s[A-Z]\.(?:[A-Z]\.)+)"
_DAY = rf"(?:,?\s(?P<day>(?:{MONTH}\s\d{{1,2}}(?:,?\s\d{{4}})?|\d{{1,2}}\s{MONTH}(?:,?\s\d{{4}})?)),?)"
_AGENCY = r"(?:\s?[(\[](?P<agency>[\w][\w.&/’' -]{1,30})[)\]]|\s(?P<bare>CNN(?:\sBusiness)?|AFP|AP|UPI|Reuters|Xinhua))"
_DASH = r"(?:\s?(?:[—–]|--)\s?|\s-\s)"
_SHOUTED = re.compile(rf"(?P<place>{_CAPITALS}{_REGION}?){_DAY}?{_AGENCY}?(?:{_DASH}|:\s)")
_NAMED = re.compile(rf"(?P<place>{_NAMES}{_REGION}?){_DAY}?{_AGENCY}{_DASH}")
_WITH_REGION = re.compile(rf"(?P<place>{_NAMES}{_REGION}){_DAY}?{_DASH}")
_NO_PLACE = re.compile(
    r"""^(?:breaking|updated?|live|watch|exclusive|opinion|analysis|video|photos?|correction|editorial|review|interview
    |explainer|fact\ check|recap|just\ in|developing|note|notice|q|a|quiz|poll|cnn|cnn\ business|bbc|ap|afp|upi|reuters
    |xinhua|tass|npr|fox\ news|usa\ today|abc\ news|cbs\ news|nbc\ news|by|from|ps|faq|tip|key\ points|summary)\b""",
    re.IGNORECASE | re.VERBOSE,
)


@dataclass(frozen=True)
class Dateline:
    """Where a story was filed, as it is written there, and the day, if the year is said."""

    place: str
    day: date | None


def read_dateline(text: str) -> Dateline | None:
    """The dateline that `text`, the first lines of a story, begins with."""
    head = text[:HEAD]
    for pattern in (_SHOUTED, _NAMED, _WITH_REGION):
        match = pattern.match(head)
        if match and not _NO_PLACE.match(match["place"]):
            full = FULL_DATE.fullmatch(match["day"]) if match["day"] else None
            return Dateline(match["place"], full_date(full) if full else None)
    return None
