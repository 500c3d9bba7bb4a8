"""The questions: what is asked, and what an answer must and must not say."""

from __future__ import annotations

import datetime
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields
from pathlib import Path
from typing import Any

from rag.errors import UsageError
from rag.schema import Turn

QUESTIONS = Path(__file__).resolve().parent / "questions.jsonl"


@dataclass(frozen=True)
class Question:
    """A question and how to judge what it gets.

    `answers` holds one list of accepted spellings per required fact. `support` holds one proof per fact,
    `{"file", "quote", "or": [other proofs]}`. `refusal_ok`: a wrong premise may be refused instead of
    corrected. `also_in`: two files of one text, which must be cited as one source with both addresses.
    """

    id: str
    kind: str
    question: str
    expect: str
    answers: Sequence[Sequence[str]]
    forbidden: Sequence[str]
    support: Sequence[Mapping[str, Any]]
    yes_no: str | None = None
    date: str | None = None
    history: Sequence[Mapping[str, str]] = ()
    refusal_ok: bool = False
    also_in: Sequence[str] = ()

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn("user" if t["role"] == "user" else "assistant", t["content"]) for t in self.history)

    @property
    def today(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.date) if self.date else None


def load_questions(path: Path) -> list[Question]:
    """Refuses an unknown or missing key, a repeated id and an empty file: a typo must not weaken the gate."""
    names = {field.name for field in fields(Question)}
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), 1):
        try:
            row = json.loads(line)
            if unknown := set(row) - names:
                raise TypeError(f"unknown key {sorted(unknown)[0]}")
            questions.append(Question(**row))
        except (ValueError, TypeError) as error:
            raise UsageError(f"{path.name}, line {number}: {error}; mend the line") from error
    ids = [question.id for question in questions]
    if len(set(ids)) < len(ids) or not ids:
        raise UsageError(f"{path.name}: {'the same id stands twice' if ids else 'no questions'}; mend the file")
    return questions


def choose(questions: Sequence[Question], only: str | None, limit: int | None) -> list[Question]:
    """Those of one kind or id, and of them the first `limit`. Raises UsageError when none is left."""
    chosen = [question for question in questions if only in (None, question.kind, question.id)]
    chosen = chosen if limit is None else chosen[: max(0, limit)]
    if not chosen:
        kinds = ", ".join(sorted({question.kind for question in questions}))
        raise UsageError(f"no question is left by --only {only} and --limit {limit}; kinds: {kinds}")
    return chosen
