"""Words in quotation marks: what a question quotes stands word for word in the passage it asks about."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.words import content_words, fold, words

_QUOTED = re.compile(r"“([^“”]+)”|\"([^\"]+)\"|(?<![\w‘'])[‘'](?=[^\W\d])([^‘’'\"“”]+(?:[’']\w[^‘’'\"“”]*)*)[’'](?!\w)")
_WRITTEN_IN = re.compile(r"\s*\([^()]*\d{4}\)")  # the day of a "tomorrow"
SHORTEST = 2  # words; a single one in quotation marks is searched for as any other


def quotations(question: str) -> list[str]:
    """What stands in quotation marks, as written."""
    return ["".join(found).strip() for found in _QUOTED.findall(question)]


def quoted(question: str) -> list[str]:
    """The phrases of somebody's speech that a question quotes, as written; not the titles of songs and films."""
    found = (_WRITTEN_IN.sub("", phrase) for phrase in quotations(question))
    return [phrase for phrase in dict.fromkeys(found) if len(words(phrase)) >= SHORTEST and not _is_title(phrase)]


def holds(text: str, phrases: Sequence[str]) -> list[str]:
    """Those of the phrases that stand in a text, whatever its capitals and punctuation."""
    plain = f" {_plain(text)} " if phrases else ""
    return [phrase for phrase in phrases if f" {_plain(phrase)} " in plain]


def _is_title(phrase: str) -> bool:
    """Whether every word is capitalised but the small ones: "Guardians of the Galaxy"."""
    capital = sum(word[0].isupper() for word in words(phrase))
    return capital > 1 and all(word[0].isupper() for word in content_words(phrase))


def _plain(text: str) -> str:
    return " ".join(words(fold(text.replace("’", "'"))))
