"""A question proposed, with the answer and the sentence that holds it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True)
class Proposal:
    """A question and the answers of which each is right, in the sentence `quote` of `file`; none: it is to be refused.

    `place` is what a refusal puts somewhere else in the place of.
    """

    kind: str
    question: str
    answers: tuple[str, ...] = ()
    file: str = ""
    quote: str = ""
    place: str | None = field(default=None, compare=False)

    def row(self) -> dict[str, Any]:
        """As eval/questions.jsonl has it."""
        return {
            "id": f"{self.kind}-{hashlib.sha256(self.question.encode()).hexdigest()[:8]}",
            "kind": self.kind,
            "question": self.question,
            "date": None,
            "answers": [list(self.answers)] if self.answers else [],
            "forbidden": [],
            "expect": "answer" if self.answers else "refuse",
            "yes_no": None,
            "support": [{"file": self.file, "quote": self.quote}] if self.answers else [],
        }
