"""The press calls governments by their capitals: Moscow wants what Russia wants, but stands where it stands."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from functools import lru_cache

from rag.schema import Article
from rag.words import FUNCTION_WORDS, content_words, fold, names_it, proves_name, stem, stems, words

_OLD_SPELLINGS = {"Kiev": "Ukraine"}
_NO_GOVERNMENT = frozenset(["Brussels"])  # the Union's as often as Belgium's
_WITH_ARTICLE = re.compile(r"The |United |Netherlands|Philippines|Maldives|(?:\w+ )*Republic")
_PLACED = re.compile(
    r"\b(?:in|at|near|from|into|outside|inside|around|across|through|via|towards?|over|off|of"
    r"|visit(?:s|ed|ing)?|reach(?:es|ed|ing)?|lea(?:ve|ves|ving)|left|tour(?:s|ed|ing)?|enter(?:s|ed|ing)?"
    r"|(?:go|goes|going|went|gone|come|comes|came|coming|return\w*|fl(?:y|ies|ying|ew|own|ight|ights)|travel\w*|trips?"
    r"|journeys?|visits?|tours?|head\w*|mov\w+|drive|drove|driven|sail\w*|back|way|arriv\w+|welcomed|invited|summoned)"
    r"(?: \w+)? to|the|a|an|old|new|central|downtown|east|west|north|south|eastern|western|northern|southern)\s+$",
    re.I,
)
_OF_A_CITY = re.compile(r"\b(?:city|cities|capitals?|town|mayor|streets?|flights?|airport)\b", re.I)
_FIRST_NAME = re.compile(r"(?<!\w)([A-Z][\w.’'-]*)\s+$")
_BEFORE_IN_LIST = re.compile(r"(?:[A-Z][\w’'-]*(?:\s[A-Z][\w’'-]*)*(?:,\s+|,?\s+(?:and|or)\s+))+$")
_QUOTATION = re.compile(r"[\"“][^\"“”]*[\"”]")


def as_states(question: str, articles: Iterable[Article]) -> str:
    """The question with a capital that acts, or is acted on, called by the name of its state, where these articles
    speak more of the state: "Did Moscow agree?" asks of Russia, "Did Paris ban scooters?" of Paris.
    """
    quoted = [found.span() for found in _QUOTATION.finditer(question)]
    meant = [] if _OF_A_CITY.search(question) else list(_governments(question))
    meant = [one for one in meant if not any(start <= one.start() < end for start, end in quoted)]
    texts = [article.text for article in articles] if meant else []
    for one in reversed(meant):
        state = _states()[one.group()]
        if _more_of(state, one.group(), texts):
            question = question[: one.start()] + state + question[one.end() :]
    return question


def in_words_of(said: str, text: str) -> str:
    """The text with a government's capital called by the name of its state where `said` has that name and not the
    capital's."""
    ours = stems(said)
    for one in reversed(list(_governments(text))):
        state = _states()[one.group()]
        if _named(state, ours) and not _named(one.group(), ours):
            text = text[: one.start()] + state + text[one.end() :]
    return text


def perhaps_the_same(missing: Collection[str], texts: Sequence[str]) -> bool:
    """Whether the texts name the capital of a state that is missing from them, or the state of a capital."""
    have, lacked = {stem(word) for text in texts for word in content_words(text)}, set(map(stem, missing))
    return any(
        (_named(capital, lacked) and _named(state, have)) or (_named(state, lacked) and _named(capital, have))
        for capital, state in _states().items()
    )


def _governments(text: str) -> Iterator[re.Match[str]]:
    """The capitals of a text that are no places there: not "in Moscow", "a Moscow court" nor "George Washington"."""
    for found in _capital().finditer(text):
        before = _BEFORE_IN_LIST.sub("", text[: found.start()])
        first_name = _FIRST_NAME.search(before)
        if not _PLACED.search(before) and (not first_name or fold(first_name[1]) in FUNCTION_WORDS):
            yield found


def _more_of(state: str, capital: str, texts: Sequence[str]) -> bool:
    last = content_words(state)[-1]
    named = [word for text in texts for word in words(text) if word[0].isupper()]
    return sum(names_it(last, [stem(word)]) for word in named) > sum(text.count(capital) for text in texts)


def _named(name: str, have: Collection[str]) -> bool:
    return all(proves_name(word, have) for word in content_words(name))


@lru_cache(maxsize=1)
def _capital() -> re.Pattern[str]:
    listed = "|".join(map(re.escape, sorted(_states(), key=len, reverse=True)))
    return re.compile(rf"(?<![\w-])(?:{listed})(?![\w-])(?!\s+[A-Z])")


@lru_cache(maxsize=1)
def _states() -> Mapping[str, str]:
    """From each capital to its state as a sentence says it: "Havana" to "Cuba", "Manila" to "the Philippines"."""
    from countryinfo import CountryInfo

    found = dict(_OLD_SPELLINGS)
    for country in CountryInfo("Cuba").all().values():  # of all countries, whichever is named
        state, capital = country["name"], country.get("capital")
        if isinstance(capital, str) and capital:
            capital = capital.removesuffix(" D.C.")
            if capital not in _NO_GOVERNMENT and fold(state) not in fold(capital) and fold(capital) not in fold(state):
                article = "the " if _WITH_ARTICLE.match(state) else ""
                found.setdefault(capital, article + state.removeprefix("The "))
    return found
