"""What each figure is called, what it means, and how it and its change are written."""

from __future__ import annotations

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any, Literal

Unit = Literal["%", "", "s", "tokens", "GB"]
NONE = "\N{EN DASH}"
_MINUS = "\N{MINUS SIGN}"


@dataclass(frozen=True)
class Figure:
    name: str
    label: str
    meaning: str
    unit: Unit = "%"
    less_is_better: bool = False
    on_request: bool = False

    def tell(self, value: Any) -> str:
        """The value with its unit; a dash for what was not measured."""
        if not known(value):
            return NONE
        if self.unit == "%":
            return f"{100 * value:.0f} %"
        if self.unit == "tokens":
            return f"{value:.0f}"
        digits = f"{value:.1f}" if self.unit == "GB" or value >= 10 else f"{value:.2f}"
        return f"{digits} {self.unit}".strip()

    def tell_interval(self, interval: Any) -> str:
        """Both ends, the unit once; empty where there is none."""
        if not interval or not all(map(known, interval)):
            return ""
        low, high = (self.tell(end) for end in interval)
        return f"{low.removesuffix(f' {self.unit}')}{NONE}{high}"

    def tell_change(self, change: float | None) -> str:
        """How far it has moved, in points where it is a share; empty where it is not known, "no change" where it
        rounds to none."""
        if not known(change):
            return ""
        assert change is not None
        scaled, digits = (100 * change, 0) if self.unit == "%" else (change, 0 if self.unit == "tokens" else 2)
        moved = f"{abs(scaled):.{digits}f}"
        if not float(moved):
            return "no change"
        points = "" if self.unit != "%" else " point" if moved == "1" else " points"
        return f"{_MINUS if scaled < 0 else '+'}{moved}{points}"

    def better(self, change: float) -> bool:
        return (change < 0) is self.less_is_better


GROUPS: dict[str, tuple[Figure, ...]] = {
    "Answers": (
        Figure("answers_right", "Answered right", "of the questions that the archive answers"),
        Figure("exact", "Word for word", "answers that hold the expected words as they stand"),
        Figure("content_words", "By content words", "answers that hold every word of it that counts"),
        Figure("judged", "By a model's judgement", "answers that say what was expected", on_request=True),
        Figure("judged_alike", "Judged alike", "answers that model and words judge alike", on_request=True),
        Figure("aurc", "Area of risk over coverage", "0 if every wrong answer is less certain than every right one", "",
               less_is_better=True),
    ),
    "Citations": (
        Figure("rightly_cited", "Rightly cited", "of the same questions, by a quote that proves it"),
        Figure("citation_precision", "Citation precision", "of the quotes cited, those that prove a fact asked for"),
        Figure("citation_recall", "Citation recall", "of the facts asked for, those that a quote proves"),
        Figure("verbatim", "Verbatim", "quotes that stand letter for letter where they are said to"),
    ),
    "Refusals": (
        Figure("refusals_right", "Rightly refused", "of the questions that the archive does not answer"),
        Figure("refusals_wrong", "Wrongly refused", "of those that it does answer", less_is_better=True),
        Figure("refusal_precision", "Refusal precision", "of the refusals, those that are right"),
    ),
    "Retrieval": (
        Figure("recall@1", "Recall at 1", "facts in the first passage"),
        Figure("recall@3", "Recall at 3", "facts in the first three"),
        Figure("recall@5", "Recall at 5", "facts in the first five"),
        Figure("recall@10", "Recall at 10", "facts in the first ten"),
        Figure("mrr", "MRR", "mean reciprocal rank of the first passage that proves something", ""),
        Figure("ndcg@10", "nDCG at 10", "how near the order of the first ten is to the best", ""),
    ),
    "Cost": (
        Figure("evidence_seconds_median", "Passages shown", "median", "s", less_is_better=True),
        Figure("seconds_median", "Whole answer", "median", "s", less_is_better=True),
        Figure("seconds_p95", "Slow answers", "95th percentile", "s", less_is_better=True),
        Figure("prompt_tokens", "Prompt tokens", "read anew a question, mean", "tokens", less_is_better=True),
        Figure("peak_memory_gb", "Memory", "at the most", "GB", less_is_better=True),
    ),
}  # fmt: skip
FIGURES = {figure.name: figure for group in GROUPS.values() for figure in group}


def measured(summary: Mapping[str, Any], figures: Iterable[Figure]) -> list[Figure]:
    """The figures without those that are only measured on request, and were not."""
    return [figure for figure in figures if not figure.on_request or known(summary.get(figure.name))]


def known(value: Any) -> bool:
    return isinstance(value, int | float) and math.isfinite(value)


def outcome(row: dict[str, Any]) -> str:
    """What came of a question, in words."""
    if "error" in row:
        return "error"
    if row["expect"] == "refuse":
        return "rightly refused" if row["abstained"] else "invented"
    if row["abstained"]:
        return "rightly refused" if row["right"] else "wrongly refused"
    return "right" if row["right"] else "wrong"
