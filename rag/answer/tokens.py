"""A sentence as tokens that tell names, numbers and the words that carry it apart, roughly and without a parser."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from rag.numerals import NUMBER_WORDS
from rag.words import FUNCTION_WORDS, fold, stem, stem_names, words

_TOKEN = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’.][^\W\d_]+)*|[,;:()—–]")
BREAKS = frozenset(",;:()—–")


@dataclass(frozen=True)
class Token:
    word: str
    stem: str
    name: bool
    number: bool

    @property
    def function(self) -> bool:
        return self.word in FUNCTION_WORDS

    @property
    def carries(self) -> bool:
        """Whether the word is a verb or common noun, roughly: what names and numbers are fillers of."""
        return not (self.function or self.name or self.number or self.word in BREAKS)


def tokens(text: str) -> list[Token]:
    found = []
    for at, match in enumerate(_TOKEN.finditer(text)):
        raw = re.sub(r"['’]s?$", "", match.group())
        word = fold(raw)
        number = raw[0].isdigit() or word in NUMBER_WORDS
        name = (
            raw[0].isupper()
            and word not in FUNCTION_WORDS
            and (at > 0 or len(words(text)) < 2 or _cased_again(text, match))
        )
        found.append(Token(word, stem(word), name and not number, number))
    return found


def _cased_again(text: str, match: re.Match[str]) -> bool:
    """Whether the first word is a name: the next one is capitalised too, or it is no word a sentence opens with."""
    return bool(re.match(r"\W*[A-Z]", text[match.end() : match.end() + 3])) or not match.group().islower()


def shared(said: Sequence[Token], told: Sequence[Token], wanted: Callable[[Token], bool]) -> list[tuple[int, int]]:
    """Where a wanted word of the claim stands in each; words that the quote has twice are left out as ambiguous."""
    pairs = []
    for at, token in enumerate(said):
        places = [there for there, other in enumerate(told) if other.stem == token.stem]
        if wanted(token) and len(places) == 1:
            pairs.append((at, places[0]))
    return pairs


def alike(ours: Sequence[str], theirs: Sequence[str]) -> bool:
    """Whether two lists of stems have one of one name."""
    return any(stem_names(name, theirs) for name in ours)
