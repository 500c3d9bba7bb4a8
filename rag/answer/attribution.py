"""Who says it: what the quote only has somebody claim is no fact, and nobody's words are another's."""

from __future__ import annotations

import re

from rag.answer.doers import noun_behind, passive, subject
from rag.answer.tokens import BREAKS, alike, tokens

# Who claims these takes them, and says nothing.
_TAKEN = (
    r"(?:[\w'’]+ ){0,3}?(?:prizes?|jackpots?|winnings|refunds?|benefits|asylum|seats?|titles?|crown|trophy|medals?|gold"
    r"|silver|bronze|li(?:fe|ves)|victims?)(?:[.,;]| (?:in|on|of|at|for|from|by|with|as|and|or|after)\b)"
)
# Words by which a reporter leaves it open whether it is so.
_CLAIMED = re.compile(
    r"\b(?:alleg(?:es?|ed|ing|edly|ations?)|accus(?:es?|ed|ing|ations?)|(?:is|are|was|were) suspected|suspects?"
    r"|reportedly|purported(?:ly)?|falsely|rumou?r(?:s|ed)?|speculat(?:es?|ed|ion)|unconfirmed|insist(?:s|ed)"
    r"|(?:believed|thought|understood|said|reported) to have|believes? that"
    rf"|claim(?:s|ed|ing)?(?! {_TAKEN})"
    r"(?= that\b| to have\b| (?:[A-Z]|it\b|he\b|she\b|they\b|its\b|his\b|her\b|their\b)))",
    re.I,
)
_CREDITED = re.compile(
    r"\b(?:claim|accord|say|said|says|told|tells?|alleg|accus|suspect|reported|purported|rumou?r|speculat|believ|thought"
    r"|insist|unconfirmed|charge|denie|denied|argu|assert|maintain)",
    re.I,
)
_CLAUSE_END = re.compile(r"[;:–—]|, (?:and|but|while|whereas|although|though|which|who)\b", re.I)
SAYS = frozenset(
    "said says say told tells added adds wrote tweeted stated states insists insisted reported promised called calls"
    " warned warns argued argues claimed claims announced predicted denied described accused".split()
)
_TOLD = frozenset("told tells".split())  # whom they tell it stands behind them, never who does
_CONTRASTS = re.compile(r"[;—–]|, (?:but|while|whereas|although|though)\b", re.I)


def only_claimed(claim: str, question: str, quote: str) -> str | None:
    """ "Russia blew up the dam" against "Ukraine claimed that Russia blew up the dam"; None if the claim or its
    question says that it is told, or the claim says more of what stands outside of what is claimed."""
    found = _CLAIMED.search(quote)
    if found is None or _CREDITED.search(claim) or _CREDITED.search(question):
        return None
    end = _CLAUSE_END.search(quote, found.end())
    inside = _carrying(quote[found.end() : end.start() if end else len(quote)])
    outside = _carrying(quote[: found.start()]) | (_carrying(quote[end.start() :]) if end else set())
    said = _carrying(claim)
    if len(said & inside - outside) > len(said & outside - inside):
        return f"the quote has it only as told: {found.group()!r}"
    return None


def other_speaker(claim: str, quote: str) -> str | None:
    """ "Silva said that …" against "…, Alves said of Silva"; None where either names nobody who speaks."""
    ours = speakers(claim)
    if not ours:
        return None
    theirs = speakers(_likest(claim, quote)) or speakers(quote)
    if theirs and not alike(ours, theirs) and alike(ours[-1:], [token.stem for token in tokens(quote)]):
        return f"in the quote it is {' '.join(theirs)} who says so"
    return None


def _likest(claim: str, quote: str) -> str:
    """Of the parts of the quote that stand against each other the one with most words of the claim."""
    said = _carrying(claim)
    return max(_CONTRASTS.split(quote), key=lambda part: len(said & _carrying(part)))


def speakers(text: str) -> list[str]:
    """The stems of those who say something, before or behind the verb, or behind "according to"."""
    told = tokens(text)
    found: list[str] = []
    for at, token in enumerate(told):
        set_off = at == 0 or told[at - 1].word in BREAKS
        if passive(told, at):
            continue
        if token.word in SAYS - _TOLD and set_off and not any(after.function for after in told[at + 1 : at + 2]):
            found += noun_behind(told, at)  # "…," said Lavrov
        elif token.word in SAYS and set_off:
            found += subject(told, at - 1)  # the minister, Sergei Lavrov, said the …
        elif token.word in SAYS:
            found += subject(told, at)
        elif token.word == "to" and at and told[at - 1].word == "according":
            found += noun_behind(told, at)
    return found


def _carrying(text: str) -> set[str]:
    return {token.stem for token in tokens(text) if token.carries}
