"""Whether an article speaks of whom and what a question names: close by what it asks, further off what it only sets."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.answer.antecedent import TIME_NAMES
from rag.answer.phrases import scattered
from rag.index.meaning import Meaning
from rag.ingest.dates import find_dates
from rag.ingest.split import make_sentences
from rag.words import HOME, content_words, fold, names, names_it, stem, words

SAME_NAME = 0.6  # cosine from which two names are taken for one thing: Americans and U.S.
_AUXILIARY = r"(?:did|does|do|was|were|is|are|has|have|had|will|would|can|could|should|may|might|must)\b"
_US_IS_ASKED = re.compile(r"\b(?:did|does|do|has|have|had|will|would|could|can|should|is|was) the US\b", re.I)
_ASKING = re.compile(r"\b(?:who|whom|whose|what|which|where|how|why|when)\b", re.I)
_SETS_OUT = re.compile(
    rf"^\W*(?:after|following|when|while|as|since|amid|despite|because|although|though|once)\b(?! {_AUXILIARY})"
    r"(?:(?!\b(?:who|whom|whose|what|which|how|why)\b)[^,?]){4,}?,\s+"
    r"(?=[^?]*\b(?:who|whom|whose|what|which|where|how|why|when)\b)",
    re.I,
)
_CAPITAL = r"(?:[A-Z]['’])?[A-ZÀ-ÖØ-Þ][\w.’'-]*"
_LONG_NAME = re.compile(rf"\b{_CAPITAL}(?:\s+(?:of\s+(?:the\s+)?)?{_CAPITAL})+")
_SORT = re.compile(rf"\b(?:[Ww]hich|[Ww]hat)\s+(?P<sort>(?:(?!{_AUXILIARY})[\w’'-]+\s+){{1,4}}?)[a-z]+(?=[\s?,’'])")
_TITLES = frozenset("mr mrs ms dr rep sen gov gen president senator representative governor king queen prince".split())
_OTHER_PLACE = frozenset("new north south east west san santa saint st los las el fort port".split())
_INITIALS = re.compile(r"[A-Z](?:\.?[A-Z]){1,5}\.?")
_SMALL = frozenset("of the and for on in".split())


def setting_and_asking(question: str) -> tuple[str, str]:
    """What a question tells before it asks, in sentences or a clause of their own, and what it then asks.

    "Flames tore through a farm in Texas. How many cattle died?" tells where, and asks how many.
    """
    parts = [question[sentence.start : sentence.end] for sentence in make_sentences(question, None)]
    *told, asking = parts or [question]
    if any(_ASKING.match(one.strip('"“ ')) for one in told) or not _ASKING.search(asking):
        return "", question
    if not told and (clause := _SETS_OUT.match(asking)):
        return asking[: clause.end()], asking[clause.end() :]
    return " ".join(told), asking


def unmet_names(question: str, close: Sequence[str], article: Sequence[str], meaning: Meaning) -> list[str]:
    """The names of the question that are not met: of what it asks by the texts that stand close, of what it only tells
    before by the whole article.

    The article will do for the rest of a long name whose last word stands close, Mr. Mast for Rep. Brian Mast, and for
    what only says of what sort the answer is: "Which Vietnamese city".
    """
    setting, asking = setting_and_asking(question)
    all_of_it = [*close, *article]
    unmet = _unmet(asking, close, meaning)
    if unmet:
        further, sort = set(_unmet(asking, all_of_it, meaning)), _sort_asked(asking)
        known = {name for name in unmet if name not in further}
        unmet = [n for n in unmet if n not in known or not (n in sort or _rest_is_met(n, unmet, asking, all_of_it))]
    unmet = unmet or ([] if _missing(asking, close) else scattered(asking, close))
    if unmet or not setting:
        return unmet
    unmet = _unmet(setting, all_of_it, meaning)
    return [name for name in unmet if not _rest_is_met(name, unmet, setting, all_of_it)]


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


def _days(question: str) -> list[str]:
    """The days and spans of days that the question names and that are known."""
    return [found.text for found in find_dates(question, 0, len(question), None) if found.first and found.last]


def _rest_is_met(name: str, unmet: Collection[str], question: str, texts: Sequence[str]) -> bool:
    """Whether the last word of the long name is met, and of nobody else: Barack Obama is not Michelle Obama, South
    Sudan not Sudan, an award not the Lindbergh Award."""
    if name in _OTHER_PLACE:
        return False
    for run in _LONG_NAME.finditer(question):
        parts = [fold(word) for word in words(run.group())]
        last = next((part for part in reversed(parts) if part in names(question)), "")
        if name not in parts or last == name or last in unmet:
            continue
        called = [found for text in texts for found in _called(last, text)]
        others = {before for before in called if before and before not in parts and before not in _TITLES}
        if not others and (called or not any(names_it(last, map(stem, content_words(text))) for text in texts)):
            return True
    return False


def _called(last: str, text: str) -> list[str]:
    """What stands before each place where a text has that name, if it is a name as well; else nothing."""
    said = words(text)
    before = ["", *said[:-1]]
    return [
        fold(one).strip(".") if one[:1].isupper() else ""
        for one, word in zip(before, said, strict=False)
        if word[0].isupper() and names_it(last, [stem(word)])
    ]


def _spelt_out(initials: str, text: str) -> bool:
    """Whether a text has the words that initials stand for: the Federal Election Commission for the FEC."""
    said = [word for word in words(text) if fold(word) not in _SMALL]
    first = "".join(word[0] if word[0].isupper() else " " for word in said).casefold()
    return any(run == initials for run in first.split())
