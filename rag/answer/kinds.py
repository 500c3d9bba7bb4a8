"""Of what sort the thing is that a question asks for by its sort: which country, how much money."""

from __future__ import annotations

import re
from collections.abc import Sequence
from functools import lru_cache
from itertools import takewhile

from rag.answer.claims import offices, undated
from rag.answer.outcomes import lacks_outcome
from rag.numerals import NUMBER_WORDS
from rag.words import FUNCTION_WORDS, content_words, fold, names, names_it, past_verb, stems, words

_NO_KIND = rf"(?!(?:{'|'.join(sorted(FUNCTION_WORDS))}|united|percentage|share|number|group)\b)"
_COUNTRY = re.compile(  # "which island country", not "what did the country ban" nor "which country's president"
    rf"\b(?:which|what)\s+(?:{_NO_KIND}[\w-]+\s+){{0,2}}(?:country|countries|nations?)\b"
    r"(?!['’]|\s+(?:music|sing|star|song|band|album|club|code|duo|act\b|artist|legend|house|manager|road))",
    re.I,
)
_OR = re.compile(r"\bor\b", re.I)
_CALLED = ("named", "called")
_AFTER_VERB = (
    r"(?=\s*(?:$|[?,]|(?:on|for|to|in|at|per|by|after|him|her|them|it|an?)\b|(?-i:[A-Z])))"  # no noun: "pay rise"
)
_MONEY = re.compile(
    r"\bhow much (?:money|cash)\b"
    r"|\bhow much (?:is|was|are|were) [^?]*\bworth\b"
    r"|\bhow much (?:(?:do|does|did|will|would|has|have|had|is|was|were|are)\b)[^?]*"
    r"(?<!\bthe )(?<!\ba )(?<!['’]s )(?<!s['’] )(?<!\bits )(?<!\btheir )"
    rf"\b(?:cost|spen[dt]|pa(?:y|id)|owed?){_AFTER_VERB}"
    rf"|^\W*what (?:do|does|did|will|would)\s+(?:[\w’'-]+\s+){{1,3}}(?:cost|pay){_AFTER_VERB}(?!\s+for\W*$)",
    re.I,
)
_SORT = re.compile(
    r"\b[Ww]hich\s+(?:(?:two|three|four|five|six|[A-Z][\w-]*)\s+)*([a-z]+)\b"
)  # "which judge" is not answered by "a judge"
_LAND = ("state", "country", "nation", "city", "town", "village")
_NAME_OF_ONE = re.compile(r"\bname of (?:the|an?) [^?.]*?\bwho\b", re.I)
_BODY = re.compile(
    r"\W*(?:the\s+)?(?:[A-Z][\w’'.-]*\s+)+(?:County|Office|Department|Police|Court|Airport|Hospital)\W*", re.I
)
_WHO_OR_WHERE = re.compile(r"(?:^|[.?!:]\s+)\W*(?:who|whom|where)\b", re.I)  # not of "Otieno, who"
_PLACE = re.compile(r"\b(?:which|what)\s+(?:city|town|village|capital|place)\b|^\W*where\b", re.I)
_NAME = re.compile(r"[A-Z][\w’'.-]*(?:\s+[A-Z][\w’'.-]*)*")
_DID = re.compile(r"([A-Z][\w’'.-]*(?: [A-Z][\w’'.-]*)*) ([a-z]+)")
_SIGN = re.compile(r"[$€£¥₹₽₩₪₺₴]|\b(?:USD|EUR|GBP|Rs)\b")
_LARGE = re.compile(  # often told without the currency; "1.5 million barrels" is no money
    r"(?:\d[km]|\d ?(?:bn|tn)|\b(?:(?:m|b|tr)illion|crore|lakh))\b"
    r"(?!\s+(?!(?:in|on|of|for|from|to|a|over|and|by|per|at|last|this|so|more|less)\b)[a-z])",
    re.I,
)
_COINS = ("pence", "kronor", "kroner", "crown", "reais")  # what Babel has under other names
_NO_COINS = frozenset(
    "account code currency day funds gold silver platinum palladium rights unit value mark real".split()
)
# What Babel calls otherwise or has in a longer name, and peoples whose names are not their land's with an ending.
_ALSO = """America England Scotland Wales Britain Czechia Czech|Republic Ivory|Coast Turkey Congo Palestine Swaziland
    Macedonia Holland Vatican Holy|See East|Timor Macau Korea Emirates UAE UK US USA U.S. U.K. Soviet|Union
    American British English Scottish Welsh Irish French Dutch German Greek Spanish Polish Danish Swedish Finnish
    Norwegian Belgian Italian Portuguese Hungarian Ukrainian Maltese Swiss Turkish Chinese Thai Lao Filipino Croatian
    Serbian Czech Slovak Cypriot Afghan Argentine Argentinian Peruvian Mexican Canadian Panamanian Honduran Salvadoran
    Guyanese Icelandic Uzbek Kazakh Kyrgyz Tajik Turkmen Emirati Saudi Lebanese Palestinian Moroccan Congolese Somali
    Burmese Malagasy Kosovar""".split()
_NO_COUNTRY = ("EU", "EZ", "UN", "QO", "XA", "XB", "ZZ")  # what Babel lists beside the countries


def lacks_sort(question: str, claim: str, quotes: Sequence[str]) -> str | None:
    """What a claim lacks of the sort of thing that is asked for by name; None if nothing, or nothing is so asked for.

    "Which country may change its name?" is not answered by the new name of a golf tour, nor "In what city?" by the
    name of a minister.
    """
    if _COUNTRY.search(question):
        known = set() if _OR.search(question) else countries(question)  # "which one, Cuba or Brazil" names the answer
        if all(any(_same_land(one, other) for other in known) for one in countries(claim)):
            return "a country"
        if _of_another(question, claim):
            return "whom the question names"
    if (asked := _SORT.search(question)) and _only_a_sort(claim, asked[1], question):
        return f"which {asked[1]}"
    if asked and asked[1] in _LAND and _BODY.fullmatch(claim):
        return f"a {asked[1]}"
    if _NAME_OF_ONE.search(question) and _BODY.fullmatch(claim):
        return "a name of one"
    if _WHO_OR_WHERE.search(question) and not re.search(r"[^\W\d_]", undated(claim)):
        return "anybody or any place"
    if untold := lacks_outcome(question, claim, quotes):
        return untold
    if _MONEY.search(question) and not _tells_money(claim):
        return "an amount of money"
    if _PLACE.search(question) and any(_has_office(claim.rstrip("."), quote) for quote in quotes):
        return "a place"
    return None


def _only_a_sort(claim: str, sort: str, question: str) -> bool:
    """Whether a claim begins with some of the sort, and does not say which: "Two top officials", "A judge"."""
    some = re.match(rf"\W*(?:an?|some|one|two|three|several)\s+(?:[a-z-]+\s+){{0,2}}?{sort}s?\b", claim, re.I)
    if not some:
        return False
    behind = list(takewhile(lambda word: word in _CALLED or not past_verb(word), words(undated(claim[some.end() :]))))
    return all(names_it(fold(word), stems(question)) for word in behind if word[0].isupper())


def countries(text: str) -> set[str]:
    """The folded names of the countries that a text has, of their people too."""
    return {fold(found.group()) for found in _any_country().finditer(text)}


def _of_another(question: str, claim: str) -> bool:
    """Whether a claim tells of what somebody did whom the question has not, and has none of those that it has: where
    Lavrov went is not told by where Raisi did."""
    doer = _DID.match(claim)
    lands = stems(" ".join(countries(f"{question} {claim}")))
    asked = [name for name in names(question) if not names_it(name, lands)]
    if not doer or not asked or not past_verb(doer[2]) or offices(doer[1]):
        return False
    said, known = stems(claim), [*stems(question), *lands]
    return not any(names_it(name, said) for name in asked) and not any(
        names_it(word, known) for word in content_words(doer[1])
    )


def _has_office(name: str, quote: str) -> bool:
    """Whether the quote calls one of that name by an office: "Affairs Minister Jane Otieno"."""
    before = re.search(rf"(\w+)\s+{re.escape(name)}(?!\w)", quote)
    return bool(_NAME.fullmatch(name) and before and offices(before[1]))


def _tells_money(claim: str) -> bool:
    return bool(_SIGN.search(claim) or _LARGE.search(claim) or _any_currency().search(claim))


def _same_land(one: str, other: str) -> bool:
    """Whether one is the other or its people: "peru" and "peruvian"."""
    return one.startswith(other[:5]) or other.startswith(one[:5])


@lru_cache(maxsize=1)
def _any_country() -> re.Pattern[str]:
    from babel import Locale

    listed = Locale("en").territories
    named = [name for code, name in listed.items() if re.fullmatch("[A-Z]{2}", code) and code not in _NO_COUNTRY]
    parts = {part.strip(" )") for name in named for part in re.split(r" & | - |\(| SAR ", name)}
    names = sorted({*parts, *(name.replace("|", " ") for name in _ALSO)}, key=len, reverse=True)
    return re.compile(rf"(?<!\w)(?<!\bNew )(?:{'|'.join(map(_spelt, names))})(?:n|an|ian|ish|ese|i|s)?(?!\w)")


def _spelt(name: str) -> str:
    """The name as a pattern, "St." and "Saint" alike."""
    return re.escape(name).replace(r"St\.", r"(?:St\.?|Saint)").replace("’", "['’]")


@lru_cache(maxsize=1)
def _any_currency() -> re.Pattern[str]:
    from babel import Locale

    last = {fold(name.split()[-1]) for name in Locale("en").currencies.values()}
    names = {word for word in last if word.isalpha() and len(word) > 2} - _NO_COINS | set(_COINS)
    counted = rf"(?:\d[\d.,]*|\b(?i:{'|'.join(NUMBER_WORDS)}))"
    coin = rf"(?i:{'|'.join(sorted(names, key=len, reverse=True))})"
    return re.compile(rf"{counted}[\s-]+(?:[A-Z]\w+\s+){{0,2}}{coin}s?\b|\d[\s-]+cents?\b")
