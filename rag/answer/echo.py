"""An answer says no more than its quotes: what it only takes over from the question is left to the question.

Models answer in whole sentences, and put their one new word into the question's own: "Ghana is set to become the 29th
nation to …", from a quote that says it has become so. Shown is then "Ghana".
"""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.claims import head
from rag.answer.core import core, new_words
from rag.answer.needs import wants_one
from rag.answer.verify import grounding
from rag.index.meaning import Meaning
from rag.words import content_words, fold, names_it, stems, words

_WHERE = re.compile(r"\bwhere\b", re.I)
_MOODS = frozenset("will would could may might can should must".split())  # what tells a plan or a guess from a fact


def without_echo(said: str, question: str, quotes: Sequence[str], meaning: Meaning) -> str | None:
    """The one thing asked for, in the words of a quote, if the sentence around it takes over something of the question
    that no quote has in letter or in meaning; None if all of it is told, or if it adds anything else."""
    asked = stems(question)
    echoed = [word for word in content_words(head(said, question)) if names_it(word, asked)]
    told = grounding(echoed, quotes, meaning) == 1 and _moods(said) == _moods(" ".join(quotes))
    if not (wants_one(question) or _WHERE.search(question)) or not echoed or told:
        return None
    things = (core(said, question, quote, wants_thing=True) for quote in quotes)
    new = new_words(said, question)
    return next((thing for thing in things if thing and ", " not in thing and new_words(thing, question) == new), None)


def _moods(text: str) -> set[str]:
    return {fold(word) for word in words(text)} & _MOODS
