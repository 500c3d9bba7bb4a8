"""An answer says no more than its quotes: what it only takes over from the question is left to the question.

Models answer in whole sentences, and put their one new word into the question's own: "Ghana is set to become the 29th
nation to …", from a quote that says it has become so. Shown is then "Ghana".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.claims import head
from rag.answer.core import core, new_words
from rag.answer.denials import ALL, denied
from rag.answer.needs import wants_one
from rag.answer.verify import contradiction, grounding
from rag.index.meaning import Meaning
from rag.words import content_words, fold, names_it, past_verb, stems, words

_WHERE = re.compile(r"\bwhere\b", re.I)
_ASKS_LAST = re.compile(r"^(?P<before>[^?]*?)\b(?:which|what|whom?|where)\b", re.I)
_HEDGES = re.compile(
    r"\b(?:about|around|nearly|almost|roughly|over|under|more than|less than|fewer than|at least|at most|up to"
    r"|near|between|only|but|besides|except|neither|nor|said to"
    r"|(?:is|are|was|were|due|set|expected|about) to)\b",
    re.I,
)
_MOODS = frozenset("will would could may might can should must".split())  # what tells a plan or a guess from a fact


def without_echo(said: str, question: str, quotes: Sequence[str], meaning: Meaning) -> str | None:
    """The one thing asked for, in the words of a quote, if the sentence around it may say more than the quotes; None if
    all of it is told, or if it adds anything else.

    It says more where it takes over words of the question that no quote has in letter or in meaning, where it is surer
    or less sure, and where it begins with what the question asks for at its end: models then turn the rest round, "The
    hornets are in danger from the bees".
    """
    if not wants_one(question) and not _WHERE.search(question):
        return None
    new = new_words(said, question)
    things = (core(said, question, quote, wants_thing=True) for quote in quotes)
    thing = next((one for one in things if one and ", " not in one and new_words(one, question) == new), None)
    if thing is None or any(map(past_verb, words(thing))) or _qualified(said, thing, question):
        return None
    asked = stems(question)
    echoed = [word for word in content_words(head(said, question)) if names_it(word, asked)]
    told = not echoed or (grounding(echoed, quotes, meaning) == 1 and _moods(said) == _moods(" ".join(quotes)))
    return None if told and not _turned_round(said, thing, question) else thing


def _qualified(said: str, thing: str, question: str) -> bool:
    """Whether what is cut off qualifies what is left: a "not", a "nearly", a "may" that was not asked."""
    hedges = _hedges(said) - _hedges(thing) - _hedges(question)
    return (
        bool(hedges or _moods(said) - _moods(question))
        or bool(denied(said, ALL))
        or contradiction(thing, question, said, []) is not None
    )


def _turned_round(said: str, thing: str, question: str) -> bool:
    """Whether a sentence begins with what its question has something said before."""
    found = _ASKS_LAST.match(question)
    return bool(found and content_words(found["before"]) and content_words(said)[:1] == content_words(thing)[:1])


def _hedges(text: str) -> set[str]:
    return {fold(found.group()) for found in _HEDGES.finditer(text)}


def _moods(text: str) -> set[str]:
    return {fold(word) for word in words(text)} & _MOODS
