"""A slip of the keyboard, or a name spelt as another paper spells it: read as the articles have it."""

from __future__ import annotations

import re
from collections.abc import Callable, Collection

from rag.answer.kinds import countries
from rag.schema import Article
from rag.words import fold, words

SHORTEST = 5  # letters: of shorter words too many are one letter from another
_WORD = re.compile(rf"(?<![\w’'-])[^\W\d_]{{{SHORTEST},}}(?![\w-])")


def respelt(question: str, articles: Collection[Article], known: Callable[[str], bool]) -> str:
    """The question with each word that is not `known` put as the articles write it: Lavrof as Lavrov, presidnet as
    president. So it is where they have just one that begins alike and is one slip of the keyboard off.
    """
    typed = {found.group() for found in _WORD.finditer(question)} if articles else set()
    unknown = {word for word in typed if not known(word) and not countries(word)}
    written = {word for article in articles for word in words(article.text)} if unknown else set()
    meant = {word: {one for one in written if one_off(word, one)} for word in unknown}

    def put(found: re.Match[str]) -> str:
        near = meant.get(found.group(), set())
        if len({fold(one) for one in near}) != 1:
            return found.group()
        # As a name, if it is always one; else small, as it was typed.
        return min(near) if all(one[0].isupper() for one in near) else min(near).lower()

    return _WORD.sub(put, question)


def one_off(one: str, other: str) -> bool:
    """Whether two words of some length with the same first letter differ by one letter more or less, or by two
    neighbours; names, written large, also by another letter.

    Not at the end of a name, where a vowel makes another person of it, nor of a small word, which may be another form.
    """
    name = one[:1].isupper()
    one, other = fold(one), fold(other)
    if one[:1] != other[:1] or min(len(one), len(other)) < SHORTEST or one == other:
        return False
    pairs = zip(one, other, strict=False)
    start = next((at for at, (a, b) in enumerate(pairs) if a != b), min(len(one), len(other)))
    ours, theirs = one[start:], other[start:]
    swapped = ours[:2] == theirs[1::-1] and ours[2:] == theirs[2:]
    last = {one[-1], other[-1]}
    if len(last) == 2 and not swapped and (not name or (last & set("aeio") and last != {"i", "y"})):
        return False
    return swapped or ours[1:] == theirs or ours == theirs[1:] or (name and ours[1:] == theirs[1:])
