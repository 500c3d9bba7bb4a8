"""Which figure of a sentence tells of what: a sentence has several, and only one is the answer."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import TypeAlias

from rag.answer.claims import undated
from rag.answer.quantities import Amount, amounts, measures, same_kind
from rag.answer.tokens import tokens
from rag.ingest.dates import find_dates
from rag.numerals import numbers
from rag.words import stem, words

Span: TypeAlias = tuple[int, int]

_CLAUSES = re.compile(
    r"[,;:—–]\s|\b(?:and|while|whereas|but|than|before|after|since|compared (?:with|to)|versus|against)\b", re.I
)
_ADVERBIAL = re.compile(r"\b(?:in|at|on(?= [A-Z])|near|during|as|across|outside|inside|around)\b")
_HEDGES = "about|around|nearly|almost|roughly|over|just|some|an?|the|at least|up to|(?:more|less|fewer) than"
_LEAD = re.compile(rf"\b(from|to|by)\s+(?:(?:{_HEDGES})\s+)*$", re.I)
_MORE = re.compile(r"\b(?:more than|over|above|at least|exceeding|upwards of)\s+$", re.I)
_LESS = re.compile(r"\b(?:less than|fewer than|under|below|up to|at most)\s+$", re.I)
_SHARE_OF = re.compile(
    r"\b(half|thirds?|quarters?|most|majority|none|one|two|three|four|five|some|many|several|few|part|per ?cent|%)"
    r"\s+of\s+(?:(?:the|its|their|his|her|these|those|all|some|about|nearly|more than)\s+)*$",
    re.I,
)
_SINCE = re.compile(r"\b(?:since|until|till|before|after|by)\s+$", re.I)
_IN = re.compile(r"\b(?:in|on)\s+$", re.I)
_IN_PLACE = re.compile(r"\b(?:in|at|near|from)\s+([A-Z]\w+)")
_SOME_OF = re.compile(
    r"\b(?P<part>half|thirds?|quarters?|parts?|most|majority|some) of (?:the|its|their|his|her) "
    r"(?:[a-z]+ern |[a-z]+ed )?(?P<noun>[a-z]+)",
    re.I,
)
_EVERY_ONE = re.compile(r"\b(?:every|each) one of\b", re.I)
_CURRENCIES = {"$": "dollar", "€": "euro", "£": "pound", "¥": "yen"}
_CURRENCY = re.compile(r"\s*(dollar|euro|pound|yen)", re.I)


def only_a_part(claim: str, quote: str) -> str | None:
    """ "the coral has died" against "half of the coral has died"."""
    for found in _SOME_OF.finditer(quote):
        told = stem(found["noun"])
        if (
            not _tells_part(found["part"], claim)
            and not numbers(undated(claim))
            and told in {stem(word) for word in words(claim)}
        ):
            return f"it leaves out {found['part']!r}"
    return None


def _tells_part(part: str, claim: str) -> bool:
    """Whether the claim has the word for the part too; most is the majority."""
    same = ("most", "majority") if part.casefold() in ("most", "majority") else (part,)
    return any(re.search(rf"(?<!\w){re.escape(word)}(?!\w)", claim, re.I) for word in same)


def other_figure(claim: str, quote: str) -> str | None:
    """What the claim makes of a figure or day that the quote gives for something else; None if nothing."""
    return _other_amount(claim, quote) or _other_day(claim, quote)


def _other_amount(claim: str, quote: str) -> str | None:
    theirs = amounts(quote)
    for our in amounts(claim):
        same = [one for one in theirs if one.value == our.value]
        others = [one for one in theirs if one.value != our.value]
        if not same:
            continue
        told = same[0].text
        if all(_other_currency(our, claim, one, quote) for one in same):
            return f"the quote has {told} of another currency"
        if all(_part_of(one, claim, quote) for one in same):
            return f"in the quote it is only a part of {told}"
        if all(_other_way(our, claim, one, quote) for one in same):
            return f"the quote has more than {told} for less, or less for more"
        if (
            measures(our)
            and not any(same_kind(our, one) for one in same)
            and any(same_kind(our, one) for one in others)
        ):
            return f"the quote has {told} of something else"
        if _other_lead(our, claim, same, others, quote):
            return f"in the quote it is {_lead(same[0], quote)} {told}"
        if _other_place(our, claim, same, others, quote):
            return f"the quote has {told} of {_place(quote, same[0])}"
        if _swapped(claim, _span(our), quote, [_span(one) for one in same], [_span(one) for one in others]):
            return f"the quote says {told} of something else"
    return None


def _other_day(claim: str, quote: str) -> str | None:
    theirs = find_dates(quote, 0, len(quote), None)
    for our in find_dates(claim, 0, len(claim), None):
        same = [(one.start, one.end) for one in theirs if one.text.casefold() == our.text.casefold()]
        others = [(one.start, one.end) for one in theirs if one.text.casefold() != our.text.casefold()]
        since = [_SINCE.search(quote[:start]) for start, _ in same]
        if same and all(since) and _IN.search(claim[: our.start]):
            return f"the quote says {since[0].group() if since[0] else ''}{our.text}"
        if same and _swapped(claim, (our.start, our.end), quote, same, others):
            return f"the quote says {our.text!r} of something else"
    return None


def _other_currency(our: Amount, claim: str, one: Amount, quote: str) -> bool:
    """ "$5 million" against "€5 million", signs and words alike."""
    mine, its = _currency(our, claim), _currency(one, quote)
    return bool(mine and its and mine != its)


def _currency(one: Amount, text: str) -> str:
    word = _CURRENCY.match(text[one.end :])
    sign = next((name for sign, name in _CURRENCIES.items() if sign in one.text), "")
    return sign or (word[1].casefold() if word else "")


def _part_of(one: Amount, claim: str, quote: str) -> bool:
    """ "300 workers" against "half of the 300 workers"."""
    before = quote[: one.start]
    found = _SHARE_OF.search(before)
    if found is None or _EVERY_ONE.search(before):
        return False
    return not _tells_part(found[1], claim)


def _other_way(our: Amount, claim: str, one: Amount, quote: str) -> bool:
    """ "fewer than 1,300" against "more than 1,300"."""
    mine, its = claim[: our.start], quote[: one.start]
    return bool(_MORE.search(mine) and _LESS.search(its)) or bool(_LESS.search(mine) and _MORE.search(its))


def _other_lead(our: Amount, claim: str, same: Sequence[Amount], others: Sequence[Amount], quote: str) -> bool:
    """ "fell to $8 million" or "by $8 million" against "fell to $5 million from $8 million"."""
    mine, its = _lead(our, claim), {_lead(one, quote) for one in same}
    return bool(mine) and mine not in its and ("" not in its or mine in {_lead(one, quote) for one in others})


def _lead(one: Amount, text: str) -> str:
    found = _LEAD.search(text[: one.start])
    return found[1].casefold() if found else ""


def _other_place(our: Amount, claim: str, same: Sequence[Amount], others: Sequence[Amount], quote: str) -> bool:
    """ "300 tents in Peru" against "300 tents in Kenya and 90 in Peru"."""
    mine, its = _place(claim, our), [_place(quote, one) for one in same]
    return all(its) and mine not in its and mine in [_place(quote, one) for one in others] and bool(mine)


def _place(text: str, one: Amount) -> str:
    """The name of where an amount is told of: Peru of "300 tents in Peru"."""
    clause = _CLAUSES.split(text[one.end :], maxsplit=1)[0]
    found = _IN_PLACE.search(clause)
    return found[1] if found else ""


def _swapped(claim: str, our: Span, quote: str, same: Sequence[Span], others: Sequence[Span]) -> bool:
    """ "five were wounded" against "five were killed and three wounded": the figure's clause has a word that the
    claim's has not, and another figure's clause one that the claim's has."""
    said = _about(claim, our)
    told = [_about(quote, one) for one in same]
    own = set().union(*told)
    return all(one - said for one in told) and any((_about(quote, one) - own) & said for one in others)


def _about(text: str, span: Span) -> set[str]:
    """The stems of a figure's clause, without when and where."""
    breaks = [(found.start(), found.end()) for found in _CLAUSES.finditer(text)]
    start = max((end for _, end in breaks if end <= span[0]), default=0)
    end = min((begin for begin, _ in breaks if begin >= span[1]), default=len(text))
    adverbial = _ADVERBIAL.search(text, span[1], end)
    clause = text[start : adverbial.start() if adverbial else end]
    return {token.stem for token in tokens(clause) if token.carries or token.name}


def _span(one: Amount) -> Span:
    return one.start, one.end
