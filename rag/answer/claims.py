"""What a claim says, taken apart as text: its yes or no, the words that a paraphrase may not change."""

from __future__ import annotations

import re

from rag.ingest.dates import find_dates
from rag.words import content_words, fold, stem, stems, words

_OPENING = re.compile(r"^(?:(yes)\b[,.:;]?|(no)(?:[,.:;]|$|(?= (?:he|she|it|they|the|there|we|i)\b)))\s*", re.I)
_BARE_NEGATION = re.compile(r"\b(?:not|never|no|\w+n['’]t)\b", re.I)
_LAST_CLAUSE = re.compile(r",?\s+(?:before|after|when|while|during)\b[^,]*$", re.I)
# Words that a paraphrase may not bring in: they count, order or limit.
_STRICT = frozenset(
    "few several many most all both each every half only first last next previous former sole unanimously"
    " largest biggest smallest highest lowest oldest youngest best worst".split()
)
_PAIR = re.compile(r"(?<![\w-])([A-Z][\w-]+) and ([A-Z][\w-]+)")
_PAIR_ACTING = re.compile(rf"{_PAIR.pattern} ([a-z]+)")
_BOTH = re.compile(
    rf"\bboth {_PAIR.pattern}|{_PAIR.pattern} (?:(?:are|were|is|was|have|had|did|do|will|would) )?both\b", re.I
)
_AUXILIARY = re.compile("are|were|have|had|will|would")
_MOST_RECENT = re.compile(r"\bmost recent", re.I)  # the last, which a quote may say in many ways
_LAST_SAID = re.compile(r"\b(?:last|latest|final|most recent)\b", re.I)
_LASTS = re.compile(
    r"\b(to|will|would|can|could|may|might|must|should|not|did|does|do)\s+last\b|\blast\W*$"
    r"|\blast(?=-(?:minute|ditch|gasp|second|resort)\b)"
    r"|(?<!the )\blast(?=\s+(?:for|until|till|about|at least|more than|less than|longer|long|only|beyond)\b)",
    re.I,
)
# What somebody is may not be said otherwise: a president is no minister.
_OFFICES = frozenset(
    "president premier minister chancellor secretary ambassador envoy senator governor mayor king queen prince pope"
    " general commander judge prosecutor lawyer director chief chairman chair owner founder coach captain champion"
    " spokesman spokeswoman spokesperson wife husband son daughter father mother brother sister".split()
)


def opening(claim: str) -> str | None:
    """ "yes" or "no" where the claim begins so."""
    found = _OPENING.match(claim)
    return (found[1] or found[2]).casefold() if found else None


def without_opening(claim: str) -> str:
    return _OPENING.sub("", claim)


def denies(claim: str) -> bool:
    """Whether a claim only negates: "He did not go", not "He declined to go"."""
    return bool(_BARE_NEGATION.search(claim))


def head(said: str, question: str) -> str:
    """The claim without a last clause that only echoes the question: "… before he reached Cuba"."""
    found = _LAST_CLAUSE.search(said)
    if found and set(stems(found.group())) <= set(stems(question)) and content_words(said[: found.start()]):
        return said[: found.start()]
    return said


def undated(text: str) -> str:
    """A text without its dates, whose numbers count nothing."""
    for mention in reversed(find_dates(text, 0, len(text), None)):
        text = text[: mention.start] + text[mention.end :]
    return text


def strict_words(text: str) -> set[str]:
    return {fold(word) for word in words(_MOST_RECENT.sub("", _LASTS.sub(r"\1 ", text)))} & _STRICT


def names_both(claim: str, text: str) -> bool:
    """Whether a text says of two together what the claim says of both: "Iran and Venezuela are members"."""
    ours = {frozenset(map(stem, pair.group(1, 2))) for pair in _PAIR.finditer(claim) if _BOTH.search(claim)}
    said = set(stems(claim))
    return any(
        frozenset(map(stem, pair.group(1, 2))) in ours and (_AUXILIARY.fullmatch(pair[3]) or stem(pair[3]) in said)
        for pair in _PAIR_ACTING.finditer(text)
    )


def lacks_last(question: str, quotes: str) -> bool:
    """Whether a question is after the last of something, of which the quotes say nothing; "last month" is no such."""
    return "last" in strict_words(undated(question)) and not _LAST_SAID.search(quotes)


def offices(text: str) -> set[str]:
    """The words for what people are, by their stems: "ministers" is "minister"."""
    return {stem(word) for word in words(text)} & {stem(word) for word in _OFFICES}
