"""Of what sort the thing is that a question asks for by its sort: which country, how much money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache

from rag.answer.claims import offices
from rag.numerals import NUMBER_WORDS
from rag.words import fold

_COUNTRY = re.compile(
    r"\b(?:which|what)\s+(?:[\w’'-]+\s+){0,2}(?:country|countries|nations?)\b"
    r"(?!\s+(?:music|sing|star|song|band|album|club|code|duo|act\b|artist|legend|house|manager|road))",
    re.I,
)
_OR = re.compile(r"\bor\b", re.I)
_MONEY = re.compile(
    r"\bhow much (?:money|cash)\b"
    r"|\bhow much (?:do|does|did|will|would|is|was|were|are|has|have|had)\b[^?]*"
    r"\b(?:cost|spen[dt]|pa(?:y|id)|owed?|worth)\b"
    r"|^what (?:do|does|did|will|would)\b[^?]*\b(?:cost|pay)\b(?!\s+(?:for\W*$|attention|tribute|heed))",
    re.I,
)
_PLACE = re.compile(r"\b(?:which|what)\s+(?:city|town|village|capital|place)\b|^\W*where\b", re.I)
_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*")
_SIGN = re.compile(r"[$€£¥₹₽₩₪₺₴]|\b(?:USD|EUR|GBP|Rs)\b")
_LARGE = re.compile(  # often told without the currency; "1.5 million barrels" is no money
    r"(?:\d\s*(?:k|m|bn|tn)|\b(?:[mbtr]+illion|crore|lakh))\b"
    r"(?!\s+(?!(?:in|on|of|for|from|to|a|over|and|by|per|at|last|this|so|more|less)\b)[a-z])",
    re.I,
)
_COINS = ("pence", "cent", "kronor", "kroner", "crown", "reais")  # what Babel has under other names
# What Babel calls otherwise, or writes with another name in it; and peoples whose names do not begin as their land's.
_ALSO = """america england scotland wales britain czechia czech|republic ivory|coast burma myanmar turkey congo
    palestine swaziland macedonia holland bosnia herzegovina trinidad tobago antigua vatican|city holy|see east|timor
    hong|kong macau korea saint|lucia saint|kitts saint|vincent emirates uk us usa u.s. u.k. soviet|union
    american british english scottish welsh irish french dutch greek spanish polish danish swedish finnish norwegian
    swiss turkish chinese thai filipino croatian serbian czech slovak cypriot afghan argentine icelandic uzbek kazakh
    kyrgyz tajik turkmen lao emirati burmese malagasy kosovar""".split()
_NO_COUNTRY = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")  # what Babel lists beside the countries


def lacks_sort(question: str, claim: str, quotes: Sequence[str]) -> str | None:
    """What a claim lacks of the sort of thing that is asked for by name; None if nothing, or nothing is so asked for.

    "Which country may change its name?" is not answered by the new name of a golf tour, nor "In what city?" by a
    minister's.
    """
    if _COUNTRY.search(question):
        known = set() if _OR.search(question) else countries(question)  # "which one, Cuba or Brazil" names the answer
        if not countries(claim) - known:
            return "a country"
    if _MONEY.search(question) and not _tells_money(claim):
        return "an amount of money"
    if _PLACE.search(question) and any(_has_office(claim.rstrip("."), quote) for quote in quotes):
        return "a place"
    return None


def countries(text: str) -> set[str]:
    """The folded names of the countries that a text has, of their people too."""
    return {fold(found.group()) for found in _any_country().finditer(text)}


def _has_office(name: str, quote: str) -> bool:
    """Whether the quote calls one of that name by an office: "Affairs Minister Jane Otieno"."""
    before = re.search(rf"(\w+)\s+{re.escape(name)}(?!\w)", quote)
    return bool(_NAME.fullmatch(name) and before and offices(before[1]))


def _tells_money(claim: str) -> bool:
    return bool(_SIGN.search(claim) or _LARGE.search(claim) or _any_currency().search(claim))


@lru_cache(maxsize=1)
def _any_country() -> re.Pattern[str]:
    from babel import Locale

    listed = Locale("en").territories
    named = [name for code, name in listed.items() if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY]
    parts = {part.strip(" )") for name in named for part in re.split(r" & | - |\(| SAR ", name)}
    names = sorted({*parts, *(name.replace("|", " ") for name in _ALSO)}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?:{'|'.join(map(_spelt, names))})(?:n|an|ian|ish|ese|i|s)?(?!\w)")


def _spelt(name: str) -> str:
    """The name as a pattern: capitalised, "St." and "Saint" alike."""
    capital = name if name != name.casefold() else name.upper() if len(name.replace(".", "")) < 4 else name.title()
    return re.escape(capital).replace(r"St\.", r"(?:St\.?|Saint)").replace("’", "['’]")


@lru_cache(maxsize=1)
def _any_currency() -> re.Pattern[str]:
    from babel import Locale

    last = {name.split()[-1] for name in Locale("en").currencies.values()}
    names = {fold(word) for word in last if word.isalpha() and len(word) > 2} | set(_COINS)
    counted = rf"(?:\d[\d.,]*|\b(?:{'|'.join(NUMBER_WORDS)}))"
    return re.compile(
        rf"{counted}[\s-]+(?:\w+\s+){{0,2}}(?:{'|'.join(sorted(names, key=len, reverse=True))})s?\b", re.I
    )
