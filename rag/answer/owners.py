"""Whose something is: Cuba of "Cuba's foreign minister", and whether another is told of in its place."""

from __future__ import annotations

import itertools
from collections.abc import Sequence

from rag.answer.tokens import BREAKS, Token, alike, shared, tokens


def other_owner(claim: str, quote: str, elsewhere: Sequence[str] = ()) -> str | None:
    """ "Cuba's foreign minister" against "the Bolivian foreign minister", if the article knows no Cuban one."""
    said, told = tokens(claim), tokens(quote)
    for at, there in shared(said, told, lambda token: token.carries):
        ours, theirs = _owners(said, at), _owners(told, there)
        if not ours or not theirs or said[at].word.endswith("ed"):  # who did it is no owner
            continue
        if alike(ours, _run_before(told, there)) or alike(ours, [token.stem for token in told[there:]]):
            continue
        if not any(_has_owner(ours, said[at].stem, tokens(other)) for other in elsewhere):
            return f"in the quote it is of {' '.join(theirs)}"
    return None


def known_office(office: str, claim: str, sentences: Sequence[str]) -> bool:
    """Whether the article knows the office, by its stem, of the claim's owner: a Cuban president, not any president."""
    said = tokens(claim)
    owners = [_owners(said, at) for at, token in enumerate(said) if token.stem == office]
    return all(any(_has_owner(ours, office, tokens(sentence)) for sentence in sentences) for ours in owners)


def _has_owner(owners: Sequence[str], noun: str, sentence: Sequence[Token]) -> bool:
    held = [_owners(sentence, at) for at, token in enumerate(sentence) if token.stem == noun]
    return any(not owners or alike(owners, theirs) for theirs in held)


def _owners(sentence: Sequence[Token], at: int) -> list[str]:
    """The names right before a noun, with the adjectives between: Cuba of "Cuba's foreign minister"."""
    run = sentence[max(at - 2, 0) : at]
    while any(token.function or token.number or token.word in BREAKS for token in run):
        run = run[1:]
    return [token.stem for token in run if token.name and token.word not in ("foreign", "prime", "affairs")]


def _run_before(sentence: Sequence[Token], at: int) -> list[str]:
    """All the names right before a word: White House of "White House National Security Council spokesman"."""
    run = itertools.takewhile(lambda token: token.name, reversed(sentence[:at]))
    return [*_owners(sentence, at), *(token.stem for token in run)]
