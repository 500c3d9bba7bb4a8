"""What came first: "after" and "before" turned round."""

from __future__ import annotations

import re

from rag.answer.tokens import tokens

_ORDER = re.compile(r"\b(before|after|since|until|till)\b", re.I)
_AFTER = ("after", "since")


def other_order(claim: str, quote: str) -> str | None:
    """ "It rained before she left" against "she left before it rained", or against "it rained after she left"."""
    ours, theirs = _parted(claim), _parted(quote)
    if ours is None or theirs is None:
        return None
    (first, later, said), (one, other, told) = ours, theirs
    straight = len(first & one) + len(later & other)
    turned = len(first & other) + len(later & one)
    if later & other and straight > turned and (said in _AFTER) != (told in _AFTER):
        return f"the quote says {told!r}"
    if later & one and first & other and turned > straight and (said in _AFTER) == (told in _AFTER):
        return f"the quote has it the other way round of {told!r}"
    return None


def _parted(text: str) -> tuple[set[str], set[str], str] | None:
    """The stems of what stands before the word and behind it, and the word; None where there is not one such word."""
    found = list(_ORDER.finditer(text))
    if len(found) != 1:
        return None
    before, behind = text[: found[0].start()], text[found[0].end() :]
    if len(before.split()) < 2:  # "After she left, it rained"
        behind, _, before = behind.partition(",")
    stems = [{token.stem for token in tokens(part) if token.carries or token.name} for part in (before, behind)]
    return stems[0], stems[1], found[0].group().casefold()
