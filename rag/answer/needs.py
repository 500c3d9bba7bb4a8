"""What kind of thing a question wants, and whether a sentence says one."""

from __future__ import annotations

import re
from typing import Literal

from rag.ingest.dates import find_dates
from rag.words import fold, names_it, numbers, stem, stems, words

Need = Literal["yes_no", "date", "duration", "number", "thing"]

_YES_NO = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?"
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might)\b",
    re.I,
)
_DATE = re.compile(
    r"\bwhen\s+(?:\w+ly\s+)?(?:did|do|does|was|were|is|are|will|would|could|can|should|has|have|had)\b"
    r"|\b(?:what|which)\s+(?:exact\s+)?(?:day|date|dates|month|year|week|time)\b",
    re.I,
)
_DURATION = re.compile(r"\bhow (?:long|many (?:more )?(?:seconds|minutes|hours|days|weeks|months|years|decades))\b", re.I)
_NUMBER = re.compile(
    r"\b(?:how (?:many|much|old|far|big|large|high|tall)|what (?:percentage|share|proportion|number|amount|sum))\b",
    re.I,
)
_HOW_MANY = re.compile(r"\bhow (?:many|much) (?:more |other |new )?([^\W\d_]+)", re.I)
COUNTED_WITHIN = 4  # words from a number to what it counts: "1.5 million barrels of fuel"
_LENGTH_OF_TIME = re.compile(r"\b(?:second|minute|hour|day|night|week|month|year|decade|centur)", re.I)


def asks_for(question: str) -> Need:
    """The kind of thing that a question wants."""
    if _YES_NO.match(question):
        return "yes_no"
    if _DURATION.search(question):
        return "duration"
    if _DATE.search(question):
        return "date"
    if _NUMBER.search(question):
        return "number"
    return "thing"


def gives(need: Need, claim: str, question: str) -> bool:
    """Whether the claim says something of the kind wanted that the question did not say itself."""
    new = set(stems(claim)) - set(stems(question))
    if need == "date":
        return any(fold(mention.text) not in fold(question) for mention in find_dates(claim, 0, len(claim), None))
    if need == "duration":
        return bool(new and _LENGTH_OF_TIME.search(claim))
    if need == "number":
        return bool(numbers(claim) - numbers(question)) and _counts(claim, question)
    return need == "yes_no" or bool(new)


def _counts(claim: str, question: str) -> bool:
    """Whether a number of the claim stands by the noun that "how many" asks for, where it asks for one."""
    asked = _HOW_MANY.search(question)
    if asked is None:
        return True
    said = [stem(word) for word in words(claim)]
    near = (said[at + 1 : at + 1 + COUNTED_WITHIN] for at, word in enumerate(words(claim)) if numbers(word))
    return any(names_it(asked[1], following) or not following for following in near)
