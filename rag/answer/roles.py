"""Who does what to whom, where and when: what two sentences of the same words may still tell differently.

Rules over word order instead of a parser: small models garble roles, and a parser would be another model.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from rag.answer.claims import offices
from rag.answer.doers import other_doer
from rag.answer.order import other_order
from rag.answer.owners import other_owner
from rag.answer.plans import lost_condition, other_plan
from rag.answer.tokens import Token, alike, shared, tokens
from rag.words import names_it, stem_names

NEAR_FILLER = 3  # words between a verb and the name it goes with
_ARTICLES = frozenset("a an the his her its their".split())
_ASIDE = frozenset("in at to from (".split())
_ASIDE_IN = re.compile(r"\s*\([^()]*\)")
_JOINS = frozenset("and or , & as well".split())
_NOT_THERE = frozenset("near outside around east west north south northeast northwest southeast southwest".split())
_NOT_EXACTLY = frozenset("about around nearly almost roughly approximately over under below above least than".split())


def conflict(claim: str, quote: str, elsewhere: Sequence[str] = ()) -> str | None:
    """What the claim tells differently from the quote; None if nothing. `elsewhere` is the rest of the article."""
    said, told = tokens(claim), tokens(quote)
    if found := other_doer(tokens(_ASIDE_IN.sub("", claim)), tokens(_ASIDE_IN.sub("", quote))):
        return found
    for rule in (_other_filler, other_plan, _lost_hedge, _twice):
        if found := rule(said, told):
            return found
    if found := lost_condition(claim, quote) or other_order(claim, quote):
        return found
    return other_owner(claim, quote, elsewhere)


def _other_filler(said: Sequence[Token], told: Sequence[Token]) -> str | None:
    """ "arrived in Nicaragua" against "arrived in Venezuela"; a list of fillers is one filler."""
    for at, there in shared(said, told, lambda token: token.carries):
        ours, theirs = _fillers(said, at), _fillers(told, there)
        if ours and theirs and ours[0] == theirs[0] and not (alike(ours[1:], theirs[1:]) or _led(ours, told)):
            return f"the quote has {' '.join(theirs)} there"
    return None


def _lost_hedge(said: Sequence[Token], told: Sequence[Token]) -> str | None:
    """ "in Moscow" against "east of Moscow", "500" against "nearly 500"."""
    for at, there in shared(said, told, lambda token: token.name or token.number):
        hedges = _NOT_EXACTLY if said[at].number else _NOT_THERE
        hedge = {token.word for token in told[max(there - 2, 0) : there]} & hedges
        kept = {token.word for token in said[max(at - 3, 0) : at]} & (hedges if said[at].number else hedge)
        if hedge and not kept:
            return f"it leaves out {' '.join(sorted(hedge))!r}"
    return None


def _twice(said: Sequence[Token], told: Sequence[Token]) -> str | None:
    """ "Lavrov met Lavrov": a name in two roles that the quote has in one; "Cuba's President" is no role of Cuba."""
    acting = [
        token
        for before, token, after in zip([None, *said], said, [*said[1:], None], strict=False)
        if token.name and not (before and before.word in _ASIDE) and not (after and offices(after.word))
    ]
    for token in acting:
        ours = sum(other.stem == token.stem for other in acting)
        if ours > 1 and sum(names_it(token.word, [other.stem]) for other in told) == 1:
            return f"it names {token.word} twice"
    return None


def _led(filler: Sequence[str], told: Sequence[Token]) -> bool:
    """Whether the quote has the name behind the same preposition elsewhere: "98,000 in Europe and 12,000 in India"."""
    lead, name, *_ = filler
    return bool(lead) and any(one.word == lead and stem_names(name, [two.stem]) for one, two in pairwise(told))


def _fillers(sentence: Sequence[Token], at: int) -> list[str]:
    """The preposition and the names that follow a word at once, with those joined to them by "and".

    Nothing where they only describe a noun behind them: "the Iranian leader".
    """
    lead, found = "", []
    for distance, token in enumerate(sentence[at + 1 :], start=1):
        if token.name:
            found.append(token.stem)
        elif found:
            if token.carries:
                return [] if sentence[at + distance - 1].name else [lead, *found]
            if token.word not in _JOINS:
                break
        elif distance > NEAR_FILLER or not token.function:
            break
        elif token.word not in _ARTICLES:
            lead = token.word
    return [lead, *found] if found else []
