"""Whether a "yes" may be said, or a "no": what of the question the quotes leave unsaid decides."""

from __future__ import annotations

from collections.abc import Sequence

from rag.answer.verify import opening
from rag.index.meaning import Meaning
from rag.words import content_words, fold, names, names_it, numbers, stem

NEAR = 0.55  # cosine from which two words are taken to mean the same
MOST_UNSAID = 0.5  # share of the question's words that a "no" may leave unsaid: it must still be about the question


def fault(question: str, draft: str, quotes: Sequence[str], around: Sequence[str], meaning: Meaning) -> str | None:
    """Why the draft's yes or no does not follow from its quotes; None if it does.

    Yes needs all of the question in the quotes. No needs most of it there, and something else in the place of the
    rest: "Did Lavrov visit Mexico?" is denied by a list of the countries he visited, not by silence.
    """
    said = opening(draft)
    if said is None:
        return "neither yes nor no"
    asked = list(dict.fromkeys(fold(word) for word in content_words(question)))
    unsaid = _unsaid(asked, question, quotes, around, meaning)
    if said == "yes":
        return f"the quote lacks {', '.join(unsaid)}" if unsaid else None
    if not unsaid:
        return "the quote says all that is asked"
    if len(unsaid) > MOST_UNSAID * len(asked):
        return "the quote is about something else"
    return None


def _unsaid(
    asked: Sequence[str], question: str, quotes: Sequence[str], around: Sequence[str], meaning: Meaning
) -> list[str]:
    """The words of the question that neither the quotes hold, in letter or meaning, nor, for names, their context."""
    offered = [word for text in quotes for word in content_words(text)]
    have = {stem(word) for word in offered}
    context = {stem(word) for text in around for word in content_words(text)}
    exact = {fold(name) for name in names(question)} | numbers(question)
    missing = [word for word in asked if not names_it(word, have)]
    near = dict(zip(missing, meaning.nearest(missing, offered), strict=True))
    return [word for word in missing if (not names_it(word, context) if word in exact else near[word] < NEAR)]
