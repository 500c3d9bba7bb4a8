"""Whether the words around an expression of time speak of the past or of a plan."""

from __future__ import annotations

import re
from typing import Literal, TypeAlias

from rag.ingest.tense_words import CUE, HAD, HOLDS, NO, OPEN_END, RANGE

Tense: TypeAlias = Literal["past", "planned"]
Until: TypeAlias = Literal["lasting", "either"]
"""Lasting, where something was closed or put off until then; either, where that may as well be over."""

_CLAUSE = re.compile(r"[,;:—–(]|\b(?:and|but|while|after|when|that|which|who)\b")
_LIMIT = re.compile(r"\b(?:until|till|by|through)\s+(?:\w+\s+)?$", re.IGNORECASE)
_AFTER = re.compile(r"\b(?:following|after|since)\s+(?:\w+\s+)?$", re.IGNORECASE)
_REACHES = frozenset("until till through to for".split())
_WHEN = re.compile(r",?\s+when\b")


def tense(before: str, after: str) -> Tense | Until | None:
    """Tense of the clause between `before` and `after`, the two sides of a sentence around an expression.

    The nearest verb before it in its own clause decides, or "runs through"; then the first verb after it, then any
    before it.
    None if there is no verb that tells.
    """
    clause = before[_last_end(_CLAUSE, before) :]
    told = _last_cue(clause)
    if told != "planned":
        held = _held(clause, after)
        if held:
            return held
        told = told or ("planned" if OPEN_END.search(clause) else None)
    if told:
        return told
    earlier = _last_cue(before)
    if earlier is None and _AFTER.search(before):  # "After Monday's storm, schools will stay shut."
        return "past"
    return _first_cue(after) or earlier or ("planned" if _LIMIT.search(before) else None)


def _held(clause: str, after: str) -> Tense | Until | None:
    """What "closed until" and "postponed to" say of the day behind them; None if the clause does not end so."""
    if _REACHES.isdisjoint(clause.lower().split()[-4:]):  # spares most clauses the pattern
        return None
    held = HOLDS.match(clause)
    if held is None or CUE.search(held["until"] or held["to"] or "") or NO.search(held["before"]):
        return None
    if _WHEN.match(after) and _first_cue(after) == "past":  # "until Monday, when it reopened"
        return "past"
    may_be_over = held["kept"] or HAD.search(held["before"]) or RANGE.search(held["until"] or "")
    return "either" if may_be_over else "lasting"


def _last_end(pattern: re.Pattern[str], text: str) -> int:
    end = 0
    for match in pattern.finditer(text):
        end = match.end()
    return end


def _last_cue(text: str) -> Tense | None:
    found: Tense | None = None
    for match in CUE.finditer(text):
        found = _told(match)
    return found


def _first_cue(text: str) -> Tense | None:
    return next(filter(None, map(_told, CUE.finditer(text))), None)


def _told(cue: re.Match[str]) -> Tense | None:
    return "planned" if cue["planned"] else "past" if cue["past"] else None
