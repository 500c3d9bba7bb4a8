"""Whether a sentence answers the question that was asked: the kind of thing wanted, and what it is asked of."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from math import exp
from typing import Literal

from rag.index.meaning import Meaning
from rag.answer.passages import Passage, dated
from rag.answer.verify import names_it, without_opening
from rag.ingest.dates import find_dates
from rag.schema import Sentence
from rag.words import content_words, fold, numbers, stem, stems

Need = Literal["yes_no", "date", "duration", "number", "thing"]

NEAR = 0.5  # cosine from which a word of the passage stands for a word of the question
NEAR_COUNTS = 0.8
CONTEXT_COUNTS = 0.7  # a word found only in the title or a neighbouring sentence
_YES_NO = re.compile(
    r"^\W*(?:(?:and|but|so)\s+)?"
    r"(?:did|does|do|is|are|was|were|has|have|had|will|would|can|could|should|may|might)\b",
    re.I,
)
_DATE = re.compile(
    r"\bwhen\s+(?:did|do|does|was|were|is|are|will|would|could|can|should|has|have|had)\b"
    r"|\b(?:what|which)\s+(?:exact\s+)?(?:day|date|dates|month|year|week|time)\b",
    re.I,
)
_DURATION = re.compile(r"\bhow (?:long|many (?:more )?(?:seconds|minutes|hours|days|weeks|months|years|decades))\b", re.I)
_NUMBER = re.compile(
    r"\b(?:how (?:many|much|old|far|big|large|high|tall)|what (?:percentage|share|proportion|number|amount|sum))\b",
    re.I,
)
_LENGTH_OF_TIME = re.compile(r"\b(?:second|minute|hour|day|night|week|month|year|decade|centur)", re.I)
# Words that frame a question and stand in no answer.
_FRAME = frozenset(
    "name names called date day days month year time person people country countries kind sort exact exactly"
    " mention happen happened according word".split()
)


@dataclass(frozen=True)
class Fit:
    """What speaks for a draft, each from 0 to 1: the question's words accounted for, and nearness in meaning."""

    words: float
    meaning: float

    @property
    def score(self) -> float:
        """How likely the draft is the answer, by logistic regression over the drafts of eval/calibrate.py."""
        return 1 / (1 + exp(-(-4.0 + 4.0 * self.words + 4.0 * self.meaning)))


def asks_for(question: str) -> Need:
    """The kind of thing that a question wants."""
    if _YES_NO.match(question):
        return "yes_no"
    if _DURATION.search(question):
        return "duration"
    if _DATE.search(question):
        return "date"
    if _NUMBER.search(question):
        return "number"
    return "thing"


def gives(need: Need, claim: str, question: str) -> bool:
    """Whether the claim says something of the kind wanted that the question did not say itself."""
    new = set(stems(claim)) - set(stems(question))
    if need == "date":
        return any(fold(mention.text) not in fold(question) for mention in find_dates(claim, 0, len(claim), None))
    if need == "duration":
        return bool(new and _LENGTH_OF_TIME.search(claim))
    if need == "number":
        return bool(numbers(claim) - numbers(question))
    return need == "yes_no" or bool(new)


def measure_fit(
    question: str,
    claim: str,
    quotes: Sequence[Sentence],
    passage: Passage,
    meaning: Meaning,
    weights: Mapping[str, float],
) -> Fit:
    """How well the quotes, read in their passage, answer the question; `weights` are the stems' rarities."""
    said = [dated(passage.article.text, quote) for quote in quotes]
    around = [passage.article.title, *(passage.said(s) for s in passage.sentences if s not in quotes)]
    near = max(meaning.nearest([f"{passage.article.title} {' '.join(said)}", without_opening(claim)], [question]))
    return Fit(accounted_for(question, said, around, meaning, weights), max(near, 0.0))


def accounted_for(
    question: str, said: Sequence[str], around: Sequence[str], meaning: Meaning, weights: Mapping[str, float]
) -> float:
    """The share of the question's words, weighted by rarity, that stand in the quotes, or near, or around them."""
    wanted = sorted({fold(word) for word in content_words(question)} - _FRAME)
    offered = [word for text in said for word in content_words(text)]
    have = {stem(word) for word in offered}
    context = {stem(word) for text in around for word in content_words(text)}
    missing = [word for word in wanted if not names_it(word, have)]
    near = dict(zip(missing, meaning.nearest(missing, offered), strict=True))

    def worth(word: str) -> float:
        if word not in near:
            return 1.0
        if near[word] >= NEAR:
            return NEAR_COUNTS
        return CONTEXT_COUNTS if names_it(word, context) else 0.0

    total = sum(weights.get(stem(word), 1.0) for word in wanted)
    return sum(weights.get(stem(word), 1.0) * worth(word) for word in wanted) / total if total else 0.0
