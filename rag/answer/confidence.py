"""How likely a finding is to be right: a logistic regression over what the checks and the readings say of it."""

from __future__ import annotations

import math
from collections.abc import Mapping
from dataclasses import dataclass, fields

VOTES_COUNTED = 3


@dataclass(frozen=True)
class Signs:
    """What speaks for a finding, each from 0 to 1.

    `context`: share of the question's words, by rarity, met in the passage and its title; `quote` and `window`: the
    cosines of the question to the quote and to the passage; `held`: the quote has every new word of the draft;
    `checked`: the whole draft has passed the check against its quote; `votes`: other passages that gave the same.
    """

    context: float
    quote: float
    window: float
    held: float
    checked: float
    votes: float = 0.0


WEIGHTS: Mapping[str, float] = {
    "context": 1.99, "quote": 3.03, "window": 1.97, "held": 0.98, "checked": 2.17, "votes": 1.45,
}  # fmt: skip
BIAS = -5.59
"""Fitted on what the default model drafted for 162 questions on the five articles, 30 on 400 news articles, and the
same 30 with the articles that answer them taken away; area under the ROC curve .88 for questions left out of the fit
(ten folds). Of the 30, 18 are so right; of the first 22 of them
7 were by fixed rules. 28 of 30 are refused once the evidence is gone."""


def confidence(signs: Signs) -> float:
    """The probability that the finding answers its question rightly."""
    total = BIAS + sum(WEIGHTS[field.name] * getattr(signs, field.name) for field in fields(signs))
    return 1 / (1 + math.exp(-total))
