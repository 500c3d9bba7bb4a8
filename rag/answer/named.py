"""Whether an article speaks of whom and what a question names: close by what it asks, further off what it only sets."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.answer.antecedent import TIME_NAMES
from rag.answer.phrases import scattered
from rag.index.meaning import Meaning
from rag.ingest.dates import find_dates
from rag.words import HOME, content_words, fold, names, names_it, stem, words

SAME_NAME = 0.6  # cosine from which two names are taken for one thing: Americans and U.S.
_US_IS_ASKED = re.compile(r"\b(?:did|does|do|has|have|had|will|would|could|can|should|is|was) the US\b", re.I)
_SENTENCE_ENDS = re.compile(r"(?<=[.!?])[\"”’')]*\s+(?=[\"“‘(]?[A-Z])")
_SETS_OUT = re.compile(
    r"^\W*(?:after|following|when|while|as|since|amid|with|despite|during|before|because|although|though|once"
    r"|in|on|at|for|under)\b(?! (?:did|do|does|was|were|is|are|has|have|had|will|would|can|could)\b)"
    r"(?:(?!\b(?:who|whom|whose|what|which|how|why)\b)[^,?]){4,}?,\s+(?=[^?]*\b(?:who|whom|whose|what|which|where|how|why|when)\b)",
    re.I,
)
_CAPITAL = r"(?:[A-Z]['’])?[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_LONG_NAME = re.compile(rf"\b{_CAPITAL}(?:\s+(?:of\s+(?:the\s+)?)?{_CAPITAL})+")
_SORT = re.compile(r"\b(?:[Ww]hich|[Ww]hat)\s+(?P<sort>(?:[\w’'-]+\s+){1,4}?)[a-z]+(?=[\s?,’'])")
_REGIONS = frozenset(
    "african asian european american latin arab nordic baltic balkan scandinavian caribbean mediterranean pacific"
    " atlantic gulf north south east west northern southern eastern western central middle southeast southeastern tv"
    " us".split()
)  # what an article on one of their lands need not say
MET_FOR_ONE = 2
_INITIALS = re.compile(r"[A-Z](?:\.?[A-Z]){1,5}\.?")
_SMALL = frozenset("of the and for on in".split())


def setting_and_asking(question: str) -> tuple[str, str]:
    """What a question tells before it asks, in sentences or a clause of their own, and what it then asks.

    "Flames tore through a farm in Texas. How many cattle died?" tells where, and asks how many.
    """
    *told, asking = _SENTENCE_ENDS.split(question)
    if "?" not in asking and any("?" in one for one in told):
        return "", question
    if not told and (clause := _SETS_OUT.match(asking)):
        return asking[: clause.end()], asking[clause.end() :]
    return " ".join(told), asking


def unmet_names(question: str, close: Sequence[str], article: Sequence[str], meaning: Meaning) -> list[str]:
    """The names of the question that are not met: of what it asks by the texts that stand close, of what it only tells
    before by the whole article.

    The article will do for the rest of a long name of which a word stands close, Mr. Mast for Rep. Brian Mast; for what
    only says of what sort the answer is, "Which Vietnamese city"; and for a long name among twice as many that are met.
    """
    setting, asking = setting_and_asking(question)
    unmet = _unmet(asking, close, meaning)
    if unmet:
        further = set(_unmet(asking, [*close, *article], meaning))
        sort = _sort_asked(asking)
        unmet = [name for name in unmet if name not in sort or (name in further and name not in _REGIONS)]
        known = _long_names_of([name for name in unmet if name not in further], asking)
        in_passing = all(" " in name for name in known) and MET_FOR_ONE * len(known) <= len(_met_names(asking, close))
        unmet = [
            name
            for name in unmet
            if name in further or not (name in sort or in_passing or _rest_is_met(name, unmet, asking, close))
        ]
    unmet = unmet or ([] if _missing(asking, close) else scattered(asking, close))
    if unmet or not setting:
        return unmet
    told = [*close, *article]
    unmet = _unmet(setting, told, meaning)
    return [name for name in unmet if not _rest_is_met(name, unmet, setting, told)]


def _unmet(question: str, texts: Sequence[str], meaning: Meaning) -> list[str]:
    """The names that no text has, in letter, by its initials, or in another word for the same."""
    missing = _missing(question, texts)
    short = {fold(name.replace(".", "")) for name in _INITIALS.findall(question)} & set(missing)
    if short:
        missing = [name for name in missing if name not in short or not any(_spelt_out(name, t) for t in texts)]
    near = meaning.nearest(missing, [fold(word) for text in texts for word in content_words(text)])
    return [name for name, value in zip(missing, near, strict=True) if value < SAME_NAME]


def _missing(question: str, texts: Sequence[str]) -> list[str]:
    """The names that no text has in letter. Of the days that are known, `needs.lacking_dates` asks more than names."""
    have = {stem(word) for text in texts for word in content_words(text)}
    told = {stem(word) for found in _days(question) for word in words(found)}
    asked = [*names(question), *([fold(HOME)] if _US_IS_ASKED.search(question) else [])]
    missing = [name for name in dict.fromkeys(asked) if not names_it(name, have)]
    return [name for name in missing if not (name in TIME_NAMES and stem(name) in told)]


def _sort_asked(question: str) -> set[str]:
    """The names that tell of what sort the thing is that is asked for: "Vietnamese" in "Which Vietnamese city"."""
    return {fold(word) for found in _SORT.finditer(question) for word in words(found["sort"]) if word[0].isupper()}


def _long_names_of(found: Sequence[str], question: str) -> set[str]:
    """The names, of one word or several, that the words belong to."""
    runs = [run.group() for run in _LONG_NAME.finditer(question)]
    return {next((run for run in runs if name in map(fold, words(run))), name) for name in found}


def _met_names(question: str, close: Sequence[str]) -> set[str]:
    have = {stem(word) for text in close for word in content_words(text)}
    return _long_names_of([name for name in names(question) if names_it(name, have)], question)


def _days(question: str) -> list[str]:
    """The days and spans of days that the question names and that are known."""
    return [found.text for found in find_dates(question, 0, len(question), None) if found.first and found.last]


def _rest_is_met(name: str, unmet: Collection[str], question: str, texts: Sequence[str]) -> bool:
    """Whether another word of the long name is met, and in a name: an award is not the Lindbergh Award."""
    called = {stem(word) for text in texts for word in words(text) if word[0].isupper()}
    said = {stem(word) for text in texts for word in content_words(text)}
    for run in _LONG_NAME.finditer(question):
        parts = {fold(word) for word in words(run.group())} & set(names(question))
        met = parts - set(unmet)
        if name in parts and any(names_it(part, called) or not names_it(part, said) for part in met):
            return True
    return False


def _spelt_out(initials: str, text: str) -> bool:
    """Whether a text has the words that initials stand for: the Federal Election Commission for the FEC."""
    said = [word for word in words(text) if fold(word) not in _SMALL]
    first = "".join(word[0] if word[0].isupper() else " " for word in said).casefold()
    return initials in first
