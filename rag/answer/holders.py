"""Who holds an office: what a claim may make of "the Russian foreign minister" and "Rosneft Director Sechin"."""

from __future__ import annotations

import itertools
import re
from collections.abc import Sequence

from rag.answer.claims import offices
from rag.answer.tokens import Token, tokens
from rag.words import names_it

TITLE = 5  # words from the name of a land or company to the name of who holds an office of it
_ALONE = re.compile(r"[A-Z]\w+ (?=[a-z])")  # a name of one word that does something
_OF_ONES_OWN = frozenset("his her its their".split())


def mistaken_holder(claim: str, quote: str) -> str | None:
    """What the claim mistakes about who holds an office in the quote; None if nothing."""
    said, told = tokens(claim), tokens(quote)
    return (_land_for_holder(said, told) if _ALONE.match(claim) else None) or _holder_of_own(said, told)


def _land_for_holder(said: Sequence[Token], told: Sequence[Token]) -> str | None:
    """ "Russia had visited Brazil" where it is "the Russian foreign minister" who did, and Russia is not named else."""
    if not said or not said[0].name:
        return None
    alike = [at for at, token in enumerate(told) if names_it(said[0].word, [token.stem])]
    if alike and all(told[at].stem != said[0].stem and _held(told, at) for at in alike):
        return f"in the quote it is no {said[0].word} that does it, but somebody of it"
    return None


def _holder_of_own(said: Sequence[Token], told: Sequence[Token]) -> str | None:
    """ "Sechin sent his director" where it is "Director Igor Sechin"."""
    subject = {token.stem for token in said[:TITLE] if token.name}
    for before, token in itertools.pairwise(said):
        if before.word in _OF_ONES_OWN and offices(token.word):
            for at, other in enumerate(told):
                held_by = {name.stem for name in told[at + 1 : at + 3] if name.name}
                if other.stem == token.stem and subject & held_by:
                    return f"in the quote the {token.word} is {' '.join(sorted(subject & held_by))}"
    return None


def _held(told: Sequence[Token], at: int) -> bool:
    """Whether a name begins a title, as in "Russian Foreign Minister Sergei Lavrov"."""
    title = told[at + 1 : at + TITLE]
    office = next((n for n, token in enumerate(title) if offices(token.word)), None)
    return office is not None and any(token.name for token in title[office + 1 : office + 2])
