"""What a sentence denies: the words behind "not", "no evidence that", "almost" and their like."""

from __future__ import annotations

import re

from rag.words import content_words, fold, names, stem, stems

_DENIAL = re.compile(
    r"\b(?:not|no|never|none|nobody|nothing|neither|nor|without|cannot|\w+n['’]t|no longer|unable to"
    r"|(?:declin|refus|fail)(?:ed|es|s|ing)(?: (?:on|this|last) \w+)? to|refrain(?:ed|s|ing) from"
    r"|den(?:ied|ies|ying)|reject(?:ed|s|ing)"
    r"|ruled out(?! (?:of|because|due|with|through)\b)|stopped short of|except(?:ing)?|excluding|apart from"
    r"|(?:almost|nearly|narrowly)(?= [a-z]+ed\b))\b",
    re.I,
)
_OUT = re.compile(r"(?P<who>(?:\S+\s+){1,4})ruled out (?:of|because|due|with|through)\b", re.I)  # is not there
_ABSENT = re.compile(r"\b(?:absent|absence|miss(?:ed|es|ing)?|ruled out|sidelined|unavailable|out)\b", re.I)
_NOT = re.compile(r"\b(?:not|never|cannot|\w+n['’]t)\b", re.I)  # what denies a verb, not who does it
_NONE = re.compile(r"(?:\w+ ){1,2}(?:no|none|nothing|nobody|neither)\b", re.I)
_SAYINGS = r"(?:claims?|reports?|allegations?|accusations?|assertions?|suggestions?|rumou?rs?|charges?)"
_OF_A_CLAUSE = re.compile(
    r"\b(?:(?:no|without|little|lack of|lacks?) (?:\w+ ){0,2}(?:evidence|proof|signs?|indications?)(?: of| to suggest)?"
    r"|(?:den|dismiss|reject|refut|disput|debunk|rebuff)(?:y|ies|ied|ying|e|es|ed|s|ing)"
    rf"(?: as \w+| on \w+| (?:this|last) \w+)?(?: (?:\w+ ){{0,2}}{_SAYINGS})?"
    r"|(?:not|n['’]t) (?:true|the case|correct)"
    r"|(?:falsely|wrongly) (?:\w+)) that\b",
    re.I,
)
_CALLED_FALSE = re.compile(
    rf"\b{_SAYINGS} that (?P<clause>.+?) (?:(?:is|are|was|were|as) (?:\w+ly )?)?"
    r"(?:false|untrue|fake|baseless|unfounded)\b",
    re.I,
)
_CLAUSE_END = re.compile(r"[,;:.–—]")
_ADVERB = re.compile(r"[a-z]+ly|yet|ever|even|longer|quite|far", re.I)
_BUT = re.compile(r"\bbut\b", re.I)  # "not on Sunday but on Monday" is told the other way round as well
DENIED = "one denies what the other says"
ALL = 99  # more stems than a clause has
_NO_ADVERB = frozenset("family reply supply apply ally rely fly bully rally assembly italy july comply imply".split())


def denial(claim: str, quote: str) -> str | None:
    """What is denied in one of two sentences and said in the other; None if nothing."""
    if (out := _OUT.search(quote)) and not _ABSENT.search(claim) and not denied(claim):
        who = {stem(word) for word in content_words(out["who"]) if word[0].isupper()}
        if who & set(stems(claim)):
            return DENIED
    shared = (denied(claim, reach=ALL) | _clauses(claim)) & set(stems(quote))
    both = shared & (denied(quote, reach=ALL) | _clauses(quote))
    ours, theirs = denied(claim) | _clauses(claim), denied(quote) | _clauses(quote)
    if both and len(shared - both) <= (1 if len(both) > 1 or not (shared - both) & _names(claim) else 0):
        # What the claim denies, the quote does, in other words perhaps; but the quote may deny one thing more.
        theirs = {word for word in denied(quote, by=_NOT) if stems(quote).count(word) == 1 and not _BUT.search(quote)}
        ours = {
            word for word in _stems(claim) if word not in denied(claim, reach=ALL) | _clauses(claim) | _of_none(claim)
        }
        return DENIED if ours & theirs else None
    if ours & set(stems(quote)) - theirs or theirs & set(stems(claim)) - ours:
        return DENIED
    return None


def denied(text: str, reach: int = 1, by: re.Pattern[str] = _DENIAL) -> set[str]:
    """The first `reach` stems behind each negation, in the same clause, adverbs aside: what it denies."""
    return {word for found in by.finditer(text) for word in _stems(_clause(text, found.end()))[:reach]}


def _of_none(text: str) -> set[str]:
    """The stems before a "no": "received no request" is that none was received."""
    return {word for found in _NONE.finditer(text) for word in stems(found.group())}


def _clauses(text: str) -> set[str]:
    """The stems of clauses that are denied as a whole, without names: those stand elsewhere too."""
    clauses = [_clause(text, found.end()) for found in _OF_A_CLAUSE.finditer(text)]
    clauses += [found["clause"] for found in _CALLED_FALSE.finditer(text)]
    return {word for clause in clauses for word in _stems(clause)} - _names(text)


def _names(text: str) -> set[str]:
    return {stem(name) for name in names(text)}


def _stems(text: str) -> list[str]:
    return [stem(word) for word in content_words(text) if not _is_adverb(word)]


def _clause(text: str, start: int) -> str:
    return _CLAUSE_END.split(text[start:], maxsplit=1)[0]


def _is_adverb(word: str) -> bool:
    return bool(_ADVERB.fullmatch(word)) and fold(word) not in _NO_ADVERB
