"""What has happened, what is to happen, what may: a plan is no fact, and what depends on something is not certain."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.doers import is_verb, turned
from rag.answer.tokens import Token, shared
from rag.words import past_verb, stem

MAY, WILL, DONE = 0, 1, 2  # how sure it is
NEAR_VERB = 5  # words between a verb and the words that make it a plan
_WILL = frozenset(
    "will would shall expected expects due plans planned planning scheduled set intends intended aims meant supposed"
    " likely yet".split()
)
_WILL_TO = re.compile(  # of what somebody only means to do where "to" or a verb in -ing follows
    r"plan|expect|intend|aim|deserv(?:e[sd]?|ing)"
    r"|hop(?:es?|ed|ing)|propos(?:es?|ed|ing)|agree(?:s|d|ing)?|vow(?:s|ed)|promis(?:es|ed)|pledg(?:es|ed)|threaten(?:s|ed|ing)?"
    r"|seek(?:s|ing)?|want(?:s|ed)|offer(?:s|ed|ing)|consider(?:s|ed|ing)|order(?:s|ed)|urg(?:es|ed)"
)
_MAY = frozenset("could may might should can possibly perhaps".split())
_OF_A_NOUN = frozenset("for of on with about".split())
_BEGINS = frozenset("begin begins beginning start starts starting continue continues be have to enough".split())
_DID_IT = frozenset(
    "able managed began begun started continued helped forced compelled allowed came went used proceeded made led"
    " appeared seemed found known happened".split()
)  # before "to" and a verb: what was done
_WON = frozenset(map(stem, "win clinch seal secure".split()))
_BEAT = frozenset(
    "beat beating outran outsprinted defeated defeating edged overcame rallied recovered came held scored stormed"
    " cruised swept".split()
)  # after which winning is no wish: "outran her friend to win"
_CONDITION = re.compile(
    r"(?<!as )(?<!even )(?<!ask )(?<!asked )(?<!see )(?<!know )(?<!sure )(?<!wondered )\b(?:if|unless|provided that"
    r"|as long as|in the event|on condition|assuming|depend(?:s|ing) on|subject to)\b"
    r"|\bhad [\w’' ]{1,40}, .*\bwould have\b|\bwould have\b",
    re.I,
)
_KEPT = re.compile(
    r"(?<!even )\b(?:if|unless|provided|assuming|condition|when|once|until|as long as|subject to|depend|could|may|might"
    r"|risk|faces?)",
    re.I,
)
_WOULD_HAVE = re.compile(r"\bwould\b|\bcould\b", re.I)


def other_plan(said: Sequence[Token], told: Sequence[Token]) -> str | None:
    """ "met Maduro" against "was due to meet Maduro", "will cut" against "may cut"."""
    for at, there in shared(said, told, lambda token: token.carries):
        if not (is_verb(said, at) and is_verb(told, there)) or _is_noun(said, at) or _is_noun(told, there):
            continue
        ours, theirs = _sureness(said, at), _sureness(told, there)
        if (ours == DONE) != (theirs == DONE):
            return f"one plans what the other tells ({said[at].word})"
        if ours == DONE and past_verb(said[at].word) and _only_aimed(told, there):
            return f"the quote does not say that it was done ({said[at].word})"
        if ours > theirs:
            return f"the quote is less sure of it ({said[at].word})"
    return None


def lost_condition(claim: str, quote: str) -> str | None:
    """ "They will meet Brazil" against "If they win, they will meet Brazil"."""
    found = _CONDITION.search(quote)
    if found and not _KEPT.search(claim) and not ("would" in found.group().casefold() and _WOULD_HAVE.search(claim)):
        return f"the quote says so only with {found.group().split()[0]!r}"
    return None


def _is_noun(sentence: Sequence[Token], at: int) -> bool:
    """As in "for joint work"."""
    before = sentence[max(at - 2, 0) : at]
    return any(token.word in _OF_A_NOUN for token in before) and not any(token.name for token in before)


def _sureness(sentence: Sequence[Token], at: int) -> int:
    """By the words that lead straight to the word at `at`: "was due to meet", "could start", "will begin to drill"."""
    for place in range(at - 1, max(at - NEAR_VERB, 0) - 1, -1):
        token, after = sentence[place], sentence[place + 1]
        if token.word in _MAY:
            return MAY
        if token.word in _WILL or (
            _WILL_TO.fullmatch(token.word)
            and (
                after.word.endswith("ing")
                or "to" in [between.word for between in sentence[max(place + 1, at - 2) : at]]
            )
        ):
            return WILL
        if not token.function and not token.name and token.word not in _BEGINS:
            break
    return DONE


def _only_aimed(sentence: Sequence[Token], at: int) -> bool:
    """Whether it is what one is asked or prepares to do: "asked a court to issue", not "managed to issue"."""
    if not at or sentence[at - 1].word != "to" or turned(sentence, at):
        return False
    before = sentence[max(at - NEAR_VERB, 0) : at]
    did = _DID_IT | _BEAT if sentence[at].stem in _WON else _DID_IT
    return not did & {token.word for token in before}
