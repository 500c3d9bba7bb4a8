"""Whether the words around an expression of time speak of the past or of a plan."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

Tense: TypeAlias = Literal["past", "planned"]

_READY = r"""(?:expected|due|set|scheduled|slated|planned|poised|likely|going|aiming|hoping|preparing|ready
  |about
    |bound|projected|forecast|predicted|supposed|meant|tipped)"""
_EVENT_VERB = "(?:begin|start|open|expire|resume|premiere|debut|air|launch|reopen|convene|conclude|kick)"
_HEADING = "(?:hold|host|meet|travel|head|visit|return|play|fac|vot|open|launch|releas|start|begin|com|perform|appear)"
_WITHIN_SIX = r"(?=(?:\ [\w'’.-]+){0,6}\s*$)"  # words before the expression of time
_PLANNED = rf"""(?:(?:will|['’]ll|shall|would|won['’]t|(?:is|are)\ to|(?:(?:is|are)\ )?{_READY}\ (?:to|for)
    |(?:plan|hope|intend|vow|aim|want|need|promise|pledge|agree|decide|prepare)(?:s|d|ed|ned|ing|ning)?\ to
    |(?:could|should|must|(?-i:may))(?!\ (?:not\ )?have\b|\ not\b))
        (?:\ (?:not|also|be|have|then))*(?:\ \w+)?
    |(?:is|are)\ {_READY}|go(?:es)?\ to\ the\ polls|in\ advance\ of
    |starting|beginning|upcoming|coming|scheduled|due|slated|set|deadline
    |ahead\ of{_WITHIN_SIX}|plan\ ahead|ha(?:s|ve|d)\ until
    |(?:when|if|once|until|unless)\ (?:[\w'’.-]+\ ){{1,4}}(?:is|are)\ (?:\w+ed|held|made|sworn)
    |(?:is|are|['’]s|['’]re)\ (?:also\ )?{_HEADING}ing{_WITHIN_SIX}
    |{_EVENT_VERB}s{_WITHIN_SIX} | (?:plays|faces|hosts)\ (?-i:[A-Z])[\w'’.-]*{_WITHIN_SIX}
    |(?:begin|start|open|end|close|expire|resume|premiere|air|return|arrive|meet|kick|vote|head|travel|face|play
        |host|take)s?(?:\ (?:off|place|effect))?(?=\s+(?:on|this|next)?\s*$))"""
_PAST = r"""(?:\w{2,}ed|was|were|had|did|went|came|left|won|lost|began|took|made|gave|got|held|met|told|said
  |says
    |saw|found|fell|rose|grew|knew|led|paid|sent|spoke|spent|stood|struck|beat|became|broke|brought|built
      |bought
    |caught|chose|drew|drove|ate|fought|flew|hit|hurt|kept|let|put|ran|sat|sold|shot|shut|slept|stole|swore
      |taught
    |thought|threw|understood|woke|wore|wrote|cut|has|have|been)"""
_PRESENT = rf"(?:is|are)\ (?:\w+ly\ |not\ |being\ )?(?!{_READY})\w{{2,}}ed"  # "is accused", "are sold": tells nothing
_CUE = re.compile(
    rf"(?:(?<![\w-])|(?=['’]))(?:(?P<planned>{_PLANNED})|(?P<present>{_PRESENT})|(?P<past>{_PAST}))(?!\w)",
    re.IGNORECASE | re.VERBOSE,
)
_CLAUSE = re.compile(r"[,;:—–(]|\b(?:and|but|while|after|when|that|which|who)\b")
_LIMIT = re.compile(r"\b(?:until|till|by|through)\s+(?:\w+\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:following|after|since)\s+(?:\w+\s+)?$", re.IGNORECASE)
_OPEN_END = re.compile(r"\w\s+(?:until|till|through)\s+(?:\w+\s+)?$", re.IGNORECASE)


def tense(before: str, after: str) -> Tense | None:
    """Tense of the clause between `before` and `after`, the two sides of a sentence around an expression.

    The nearest verb before it in its own clause decides, or "runs through"; then the first verb after it, then any
    before it.
    None if there is no verb that tells.
    """
    clause = before[_last_end(_CLAUSE, before) :]
    told = _last_cue(clause) or ("planned" if _OPEN_END.search(clause) else None)
    if told:
        return told
    earlier = _last_cue(before)
    if earlier is None and _AFTER.search(before):  # "After Monday's storm, schools will stay shut."
        return "past"
    return _first_cue(after) or earlier or ("planned" if _LIMIT.search(before) else None)


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _last_cue(text: str) -> Tense | None:
    found: Tense | None = None
    for match in _CUE.finditer(text):
        found = _told(match)
    return found


def _first_cue(text: str) -> Tense | None:
    return next(filter(None, map(_told, _CUE.finditer(text))), None)


def _told(cue: re.Match[str]) -> Tense | None:
    return "planned" if cue["planned"] else "past" if cue["past"] else None
