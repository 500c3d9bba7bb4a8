"""Who does it to whom, by word order: subjects, objects, agents of a passive, and verbs that tell it the other way."""

from __future__ import annotations

import itertools
from collections.abc import Iterator, Sequence

from rag.answer.tokens import BREAKS, Token, alike, shared
from rag.words import irregular, stem

NEAR = 9  # words from a verb to its subject, phrases of place aside, and to its object
_BE = frozenset("is are was were be been being".split())
_BEFORE_A_VERB = _BE | frozenset("to will would may might can could has have had did who".split())
_ARTICLES = frozenset("a an the his her its their this that these those".split())
_BEFORE_A_NOUN = frozenset("a an the its their".split())
_ADVERBS = frozenset("since later also again soon already meanwhile just yesterday today re co ex".split())
_WHICH = frozenset("who which that".split())
_PLACE = frozenset("in at near of from on with under off outside inside around for as".split())
_MUTUAL = frozenset(map(stem, "meet marry talk speak".split()))  # whoever meets somebody is met
_CONVERSE = [
    tuple(frozenset(map(stem, side.split())) for side in pair)
    for pair in (
        ("sell", "buy purchase acquire"),
        ("win beat defeat", "lose"),
        ("lend", "borrow"),
        ("give award grant", "receive"),
    )
]
"""Verbs by which the same is told with its parties changed."""


def other_doer(said: Sequence[Token], told: Sequence[Token]) -> str | None:
    """ "Venezuela sent fuel to Iran" against "Iran sent fuel to Venezuela", actively or passively said."""
    nouns = [token.stem for token in told if is_noun(token)]
    for at, there in shared(said, told, lambda token: token.carries):
        if not (is_verb(said, at) and is_verb(told, there)) or turned(told, there) or _mutual(said, at, told, there):
            continue
        ours, theirs, to_theirs = _doers(said, at), _doers(told, there), _done_to(told, there)
        to_ours = _done_to(said, at) if passive(said, at) else []
        others = nouns if _of_a_relative(told, there) else to_theirs
        if (theirs and not alike(ours, theirs) and alike(ours, others)) or (
            alike(to_ours, theirs) and not alike(to_ours, to_theirs)
        ):
            return f"in the quote it is {' '.join(theirs)} that does it"
    for at, there in _conversed(said, told):
        if alike(_doers(said, at), theirs := _doers(told, there)):
            return f"in the quote {' '.join(theirs)} {told[there].word}"
    return None


def _mutual(said: Sequence[Token], at: int, told: Sequence[Token], there: int) -> bool:
    """Whether both tell of one meeting, each from its side."""
    sides = alike(_doers(said, at), _done_to(told, there)) and alike(_done_to(said, at), _doers(told, there))
    return said[at].stem in _MUTUAL and sides


def _conversed(said: Sequence[Token], told: Sequence[Token]) -> Iterator[tuple[int, int]]:
    for (at, ours), (there, theirs) in itertools.product(enumerate(said), enumerate(told)):
        for one, other in _CONVERSE:
            if (ours.stem in one and theirs.stem in other) or (ours.stem in other and theirs.stem in one):
                yield at, there


def is_verb(sentence: Sequence[Token], at: int) -> bool:
    """Whether it looks like one: by its ending, its past form, or the word before it."""
    word = sentence[at].word
    before, after = sentence[max(at - 1, 0)], sentence[min(at + 1, len(sentence) - 1)]
    if before.word in _BEFORE_A_NOUN and after.carries:  # a parking lot
        return False
    present = word.endswith("s") and is_noun(before) and after.word in _ARTICLES
    return word.endswith(("ed", "ing")) or irregular(word) or before.word in _BEFORE_A_VERB or present


def _of_a_relative(sentence: Sequence[Token], at: int) -> bool:
    """As in "doctors who have refused": there is no doubt who does it."""
    before = itertools.dropwhile(lambda token: token.word in _BEFORE_A_VERB - _WHICH, reversed(sentence[:at]))
    return any(token.word in _WHICH for token in itertools.islice(before, 1))


def turned(sentence: Sequence[Token], at: int) -> bool:
    """As in "the last to visit Lima was Alves", whose subject stands behind."""
    return at > 0 and sentence[at - 1].word == "to" and any(token.word in _BE for token in sentence[at:])


def passive(sentence: Sequence[Token], at: int) -> bool:
    """ "was sent", "has reportedly been shot", not "is sending"."""
    word = sentence[at].word
    done = word.endswith(("ed", "en")) or irregular(word)
    before = itertools.takewhile(lambda token: token.word not in BREAKS and not token.name, reversed(sentence[:at]))
    return done and any(token.word in _BE for token in itertools.islice(before, 3))


def _doers(sentence: Sequence[Token], at: int) -> list[str]:
    """The stems of who does what the word at `at` says; of a passive those behind "by"."""
    if not passive(sentence, at):
        return subject(sentence, at)
    by = next((n for n in range(at + 1, min(at + NEAR, len(sentence))) if sentence[n].word == "by"), None)
    if by is None:
        return []
    return noun_behind(sentence, by)


def _done_to(sentence: Sequence[Token], at: int) -> list[str]:
    """The stems of whom it is done to, or what it goes to: names behind the word and nouns near it; of a passive its
    subject."""
    if passive(sentence, at):
        return subject(sentence, at)
    behind = sentence[at + 1 :]
    near = itertools.takewhile(lambda token: token.word not in BREAKS, behind[:NEAR])
    names = [
        token.stem
        for token, after in zip(behind, [*behind[1:], None], strict=False)
        if token.name and not (after and after.carries)
    ]
    return [*names, *(token.stem for token in near if token.carries)]


def subject(sentence: Sequence[Token], at: int) -> list[str]:
    """The nearest nouns or names before a verb that no preposition leads to."""
    run: list[Token] = []
    for place in range(at - 1, max(at - NEAR, 0) - 1, -1):
        token = sentence[place]
        if token.word in BREAKS:
            if run or sentence[place + 1].word not in _WHICH:
                break
        elif (token.word.endswith("ly") or token.word in _ADVERBS) and not token.name:
            continue
        elif is_noun(token) or token.number:
            run.insert(0, token)
        elif run and token.word in _PLACE:
            run = []
        elif run and not (token.word in _ARTICLES and place and sentence[place - 1].word in _PLACE):
            break
    if all(token.word.endswith(("ed", "ing")) or irregular(token.word) for token in run):
        return []  # a verb of another clause
    return [token.stem for token in run if not token.number]


def noun_behind(sentence: Sequence[Token], at: int) -> list[str]:
    """The stems of the nouns or names that follow a word, articles aside."""
    behind = itertools.dropwhile(lambda token: token.function or token.number, sentence[at + 1 :])
    return [token.stem for token in itertools.takewhile(is_noun, behind)]


def is_noun(token: Token) -> bool:
    """Or an adjective, or a verb: what is no function word, number or mark."""
    return token.name or token.carries
