"""Whether a "yes" may be said, or a "no": what of the question the quotes leave unsaid decides."""

from __future__ import annotations

import re
from collections.abc import Collection, Sequence

from rag.answer.capitals import perhaps_the_same
from rag.answer.claims import names_both, without_opening
from rag.answer.denials import denied
from rag.answer.roles import conflict
from rag.index.meaning import Meaning
from rag.numerals import NUMBER_WORDS
from rag.words import HOME, content_words, fold, names, names_it, stem, words

NEAR = 0.5  # cosine from which two words are taken to mean the same
DENIED_REACH = 8  # content words behind a denial that it may be a denial of
_NOT_BARRED = re.compile(
    r"\b(?:(?:does|do|did|will|would|should|is|are|was|were) not|\w+n['’]t|never) "
    r"(?:prevent|stop|bar|preclude|keep|exclude|forbid|prohibit|block|hinder)(?:ed|red|ped)?\b",
    re.I,
)  # what is not prevented may well be
_LIMITS = frozenset(
    "only first last all both each every never always already yet still".split()
)  # what no near word stands for
_OPPOSITES = [
    tuple(map(stem, pair.split("/")))
    for pair in """open/closed open/close public/private rise/fall increase/decrease win/lose accept/reject
    accept/refuse agree/refuse allow/ban approve/reject succeed/fail guilty/innocent alive/dead legal/illegal
    higher/lower larger/smaller more/fewer arrive/leave""".split()
]
LEFT_TO_YES = 0.25  # share of the question's words, no name or number among them, that a "yes" may leave unsaid
TOLD = 0.33  # share of the question's words that the statement itself must hold, or it is about something else
LEFT_TO_NO = 0.5  # the same for a "no": it must still be about the question


def settle(question: str, draft: str, quotes: Sequence[str], around: Sequence[str], meaning: Meaning) -> str | None:
    """The draft with the yes or no that follows from its quotes, or None if neither does.

    Yes needs all of the question in the quotes. No needs most of it there, and a denial, or another name or number
    in the place of the one asked: a list of the countries visited denies a visit to Mexico, silence does not.
    """
    asked = list(dict.fromkeys(fold(word) for word in content_words(question) if word != HOME))
    exact = {fold(word) for word in names(question)}
    exact |= {word for word in asked if word in NUMBER_WORDS or word[0].isdigit()}
    unsaid = _unsaid(asked, exact, quotes, around, meaning)
    statement = without_opening(draft)
    statement = statement[:1].upper() + statement[1:]
    told = {stem(word) for word in content_words(statement)}
    if sum(names_it(word, told) for word in asked) < TOLD * len(asked):
        return None
    negated = set().union(*(denied(_NOT_BARRED.sub("", quote), DENIED_REACH) for quote in quotes))
    if any(names_it(word, negated) for word in content_words(question)):
        adds = any(not names_it(word, map(stem, asked)) for word in content_words(statement))
        return f"No. {statement}" if adds or denied(statement, DENIED_REACH) else None  # else it would deny itself
    if _opposed(asked, quotes):
        return None
    share = len(unsaid) / len(asked) if asked else 1.0
    limits = {fold(word) for word in words(question)} & _LIMITS
    told = {fold(word) for quote in quotes for word in words(quote)}
    if limits - told - ({"both"} if any(names_both(question, quote) for quote in quotes) else set()):
        return None
    if other := exact & set(unsaid):
        new = {fold(word) for word in content_words(statement) if not names_it(word, map(stem, asked))}
        in_its_place = new & {
            *names(f", {statement}"),
            *(word for word in new if word in NUMBER_WORDS or word[0].isdigit()),
        }
        sure = in_its_place and share <= LEFT_TO_NO and not perhaps_the_same(other, question, quotes)
        return f"No. {statement}" if sure else None
    if share > LEFT_TO_YES or any(conflict(question, quote) for quote in quotes):
        return None
    return f"Yes. {statement}"


def _opposed(asked: Sequence[str], quotes: Sequence[str]) -> bool:
    """Whether a quote has the opposite of a word of the question: the two are near in meaning, as models see it."""
    have = {stem(word) for quote in quotes for word in content_words(quote)}
    wanted = set(map(stem, asked)) - have
    return any((one in wanted and other in have) or (other in wanted and one in have) for one, other in _OPPOSITES)


def _unsaid(
    asked: Sequence[str],
    exact: Collection[str],
    quotes: Sequence[str],
    around: Sequence[str],
    meaning: Meaning,
) -> list[str]:
    """The words of the question that the quotes do not hold, in letter or in meaning, nor, for names, their context."""
    offered = [word for text in quotes for word in content_words(text)]
    have = {stem(word) for word in offered}
    context = {stem(name) for text in around for name in names(text)}
    missing = [word for word in asked if not names_it(word, have) and not names_it(word, context)]
    near = dict(zip(missing, meaning.nearest(missing, offered), strict=True))
    return [word for word in missing if word in exact or near[word] < NEAR]
