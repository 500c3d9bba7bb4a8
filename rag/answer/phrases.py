"""Names of several words, which are a name only together: "the Ocean State" is no state by an ocean."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.words import FUNCTION_WORDS, fold, stem, stem_names, words

_CAPITAL = r"(?:[A-Z]['’])?[A-ZÀ-ÖØ-Þ][\w-]*"
_RUN = re.compile(rf"\b{_CAPITAL}(?:\s+(?:of\s+(?:the\s+)?)?{_CAPITAL})+")
WITHIN = 2  # words that may stand between two of a name: "the State of the Ocean"


def scattered(question: str, texts: Sequence[str]) -> list[str]:
    """The question's names of several words of which the texts have no two together.

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
    windows = [offered[at : at + 2 + WITHIN] for at in range(max(len(offered) - 1, 1))]
    if any(stem_names(one, window) and stem_names(two, window) for one, two in pairwise(wanted) for window in windows):
        return True
    capital = [word[0].isupper() and fold(word) not in FUNCTION_WORDS for word in said]
    behind = [*capital[1:], False]
    before = [False, *capital]
    as_last = any(capital[at] and not behind[at] and stem_names(wanted[-1], [offered[at]]) for at in range(len(said)))
    alone = (at for at in range(len(said)) if capital[at] and not behind[at] and not before[at])
    return as_last or any(stem_names(wanted[0], [offered[at]]) for at in alone)
