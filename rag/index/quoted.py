"""Words in quotation marks: what a question quotes stands word for word in the passage it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.words import content_words, fold, words

_QUOTED = re.compile(r"[\"“”]([^\"“”]+)[\"“”]|(?<!\w)[‘']([^‘’'\"]+(?:[’']\w[^‘’'\"]*)*)[’'](?!\w)")
SHORTEST = 2  # words; a single one in quotation marks is searched for as any other


def quoted(question: str) -> list[str]:
    """The phrases that a question quotes, folded, without punctuation; not the titles of songs and films."""
    found = ((one or other).strip() for one, other in _QUOTED.findall(question))
    spoken = (phrase for phrase in found if not _is_title(phrase))
    return [phrase for phrase in dict.fromkeys(map(_plain, spoken)) if phrase.count(" ") >= SHORTEST - 1]


def _is_title(phrase: str) -> bool:
    """Whether every word is capitalised but the small ones: "Guardians of the Galaxy"."""
    capital = sum(word[0].isupper() for word in words(phrase))
    return capital > 1 and all(word[0].isupper() for word in content_words(phrase))


def holds(text: str, phrases: Sequence[str]) -> list[str]:
    """Those of the phrases that stand in a text, whatever its capitals and punctuation."""
    plain = f" {_plain(text)} " if phrases else ""
    return [phrase for phrase in phrases if f" {phrase} " in plain]


def _plain(text: str) -> str:
    return " ".join(words(fold(text)))
