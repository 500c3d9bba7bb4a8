"""A question whether somebody was the one: read as the question who it was, which no name in it leads astray."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.antecedent import CAPITAL
from rag.answer.attribution import SAYS
from rag.answer.claims import offices, strict_words, undated
from rag.answer.denials import ALL, denied
from rag.ingest.dates import find_dates
from rag.numerals import numbers
from rag.words import HOME, content_words, fold, names, names_it, past_verb, stems

_NAME = rf"{CAPITAL}(?:\s+(?:(?:of|the|de|da|al|bin|van|von|der)\s+)*{CAPITAL})*"
_IS = r"(?P<verb>[Ii]s|[Ww]as|[Aa]re|[Ww]ere)"
_THE_ONE = re.compile(rf"^\W*{_IS}\s+(?P<name>{_NAME})\s+(?P<rest>(?:the|{CAPITAL}['’]s)\s+[^?]+)\?*\s*$")
_IT_THAT = re.compile(rf"^\W*{_IS}\s+it\s+(?P<name>{_NAME})\s+(?P<rest>(?:that|who|which|whom)\s+[^?]+)\?*\s*$")
_OR = re.compile(r"\bor\b", re.I)
# "Ana Silva was the last", "The Red Cross paid", "Ana Silva."; not "The Kenyan was", "The Amazon founder is".
_SUBJECT = re.compile(
    rf"(?:The\s+(?={CAPITAL}\s+{CAPITAL}))?(?!(?:The|An?|This|That|His|Her|Its|Their)\s)"
    rf"(?P<name>{_NAME})(?:\.?$|\s+(?P<verb>[a-z]+)\b)"
)
_IS_THE_ONE = frozenset("is was are were has had".split())
_PARTS = frozenset("north south east west northern southern eastern western new upper lower central".split())


def opened(question: str) -> tuple[str, str] | None:
    """The question who or what it was, with the name that was asked about; None for a question of another form.

    "Was Hassan Rouhani the last to visit?" becomes "Who or what was the last to visit?"
    """
    found = _THE_ONE.match(question) or _IT_THAT.match(question)
    if not found or _OR.search(question) or not set(content_words(found["name"])) - {HOME}:
        return None
    if find_dates(found["name"], 0, len(found["name"]), None):  # "Was it Monday that he came?" asks when
        return None
    it = "it " if found.re is _IT_THAT else ""
    return f"Who or what {found['verb'].lower()} {it}{found['rest']}?", found["name"]


def answered(said: str, name: str, open_question: str, quotes: Sequence[str]) -> str | None:
    """What was said to the open question, as a yes or no to whether it was somebody of that name; None where neither is
    sure.

    Sure is a sentence that begins with the name of the one, which is either that name or has nothing of it, and that
    denies nothing. A first or a last must be called so by a quote.
    """
    if strict_words(open_question) - strict_words(" ".join(quotes)) or denied(said, ALL):
        return None
    if numbers(undated(said)) - numbers(open_question):  # the second-largest is not the largest
        return None
    asked = set(stems(open_question)) - denied(open_question, ALL)
    if any(names_it(word, asked) for quote in quotes for word in denied(quote, ALL)):
        return None
    found = _SUBJECT.match(said)
    if not found or not _does(found["verb"]):
        return None
    one, other = _untitled(found["name"]), _untitled(name)
    if _same(one, other):
        return f"Yes. {said}"
    named = len(one) > 1 or any(word in names(quote) for quote in quotes for word in one)  # no soldier, no headteacher
    return f"No. {said}" if named and not set(one) & set(other) and not _initials(one, other) else None


def _does(verb: str | None) -> bool:
    """Whether a word says what the one before it is or did, not what he says of another."""
    return verb is None or verb in _IS_THE_ONE or (past_verb(verb) and verb not in SAYS)


def _untitled(name: str) -> list[str]:
    """The folded words of a name behind its last office: "Iranian President Ebrahim Raisi"."""
    found = [part.rstrip(".") for word in content_words(name) for part in fold(word).split()]  # United States
    last = max((at for at, word in enumerate(found) if offices(word)), default=-1)
    return found[last + 1 :]


def _same(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether two names are one, said in full or in part; but Sudan is not South Sudan."""
    short, long = sorted((list(one), list(other)), key=len)
    inside = bool(short) and short in (long[-len(short) :], long[: len(short)])
    return inside and not _PARTS & set(long[: len(long) - len(short)])


def _initials(one: Sequence[str], other: Sequence[str]) -> bool:
    """Whether one of two names is short for the other, as UN is."""
    short, long = sorted((one, other), key=len)
    return len(short) == 1 and short[0].replace(".", "") == "".join(word[0] for word in long)
