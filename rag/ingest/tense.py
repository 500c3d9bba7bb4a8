"""Whether the words around an expression of time speak of the past or of a plan."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Tense: TypeAlias = Literal["past", "planned"]

_READY = r"""(?:expected|due|set|scheduled|slated|planned|poised|likely|going|aiming|hoping|preparing|ready
  |about
    |bound|projected|forecast|predicted|supposed|meant|tipped)"""
_PLANNED = rf"""(?:(?:will|['’]ll|shall|would|won['’]t|(?:is|are)\ to|{_READY}\ (?:to|for)
    |(?:plan|hope|intend|vow|aim|want|need|promise|pledge|agree|decide|prepare)(?:s|d|ed|ned|ing|ning)?\ to)
        (?:\ (?:not|also|be|have|then))*(?:\ \w+)?
    |ahead\ of|in\ advance\ of|starting|beginning|upcoming|coming|scheduled|due|slated|set|deadline
    |(?:begin|start|open|end|close|expire|resume|premiere|air|return|arrive|meet|kick|vote|head|travel|face
      |play
        |host|take)s?(?:\ (?:off|place|effect))?(?=\s+(?:on|this|next)?\s*$))"""
_PAST = r"""(?:\w{2,}ed|was|were|had|did|went|came|left|won|lost|began|took|made|gave|got|held|met|told|said
  |says
    |saw|found|fell|rose|grew|knew|led|paid|sent|spoke|spent|stood|struck|beat|became|broke|brought|built
      |bought
    |caught|chose|drew|drove|ate|fought|flew|hit|hurt|kept|let|put|ran|sat|sold|shot|shut|slept|stole|swore
      |taught
    |thought|threw|understood|woke|wore|wrote|cut|has|have|been)"""
_CUE = re.compile(rf"\b(?:(?P<planned>{_PLANNED})|(?P<past>{_PAST}))(?!\w)", re.IGNORECASE | re.VERBOSE)
_CLAUSE = re.compile(r"[,;:—–(]|\b(?:and|but|while|after|when|that|which|who)\b")
_LIMIT = re.compile(r"\b(?:until|till|by|through)\s+(?:\w+\s+)?$", re.IGNORECASE)


def tense(before: str, after: str) -> Tense | None:
    """Tense of the clause between `before` and `after`, the two sides of a sentence around an expression.

    The nearest verb before it in its own clause decides, then the first one after it, then any before it.
    None if there is no verb that tells.
    """
    clause = before[_last_end(_CLAUSE, before) :]
    told = _last_cue(clause) or _first_cue(after) or _last_cue(before)
    return told or ("planned" if _LIMIT.search(before) else None)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _last_cue(text: str) -> Tense | None:
    found: Tense | None = None
    for match in _CUE.finditer(text):
        found = "planned" if match["planned"] else "past"
    return found


def _first_cue(text: str) -> Tense | None:
    match = _CUE.search(text)
    return None if match is None else "planned" if match["planned"] else "past"
