"""Names of several words, which are a name only together: "the Ocean State" is no state by an ocean."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.words import FUNCTION_WORDS, fold, stem, stem_names, words

_RUN = re.compile(r"\b[A-Z][\w’'-]*(?:\s+[A-Z][\w’'-]*)+")
WITHIN = 2  # words more than the name has, among which its words must stand: "the State of the Ocean"


def scattered(question: str, texts: Sequence[str]) -> list[str]:
    """The question's names of several words whose words the texts have only apart from one another.

    A text may have a name in short: by its last word, where it ends a name (Minister Lavrov), or by its first, where it
    stands by itself (Alaska for the airline; the Pacific Ocean is no short for an Ocean State).
    """
    return [name for name in _long_names(question) if not any(_named(name, text) for text in texts)]


def _long_names(question: str) -> list[str]:
    found = []
    for run in _RUN.finditer(question):
        name = [word for word in words(run.group()) if fold(word) not in FUNCTION_WORDS]
        if len(name) > 1:
            found.append(" ".join(name))
    return found


def _named(name: str, text: str) -> bool:
    wanted, said = [stem(word) for word in words(name)], words(text)
    offered = [stem(word) for word in said]
    size = len(wanted) + WITHIN
    windows = (offered[at : at + size] for at in range(max(len(offered) - len(wanted) + 1, 1)))
    if any(all(stem_names(word, window) for word in wanted) for window in windows):
        return True
    capital = [word[0].isupper() and fold(word) not in FUNCTION_WORDS for word in said]
    behind = [*capital[1:], False]
    before = [False, *capital]
    as_last = any(capital[at] and not behind[at] and stem_names(wanted[-1], [offered[at]]) for at in range(len(said)))
    alone = (at for at in range(len(said)) if capital[at] and not behind[at] and not before[at])
    return as_last or any(stem_names(wanted[0], [offered[at]]) for at in alone)
