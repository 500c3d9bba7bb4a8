"""The questions: what is asked, and what an answer must and must not say.

Two shapes of line are understood. Ours has the keys of `Question`. A plain one has `question` and `answer`, a string or
several of which any will do (none: it is to be refused), and may have `id`, `kind`, `date` and `support`, the addresses
or file names of articles that hold the answer; what else stands in it is somebody else's and is left alone.
"""

from __future__ import annotations

import datetime
import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, fields, replace
from pathlib import Path
from typing import Any

from rag.errors import UsageError
from rag.schema import Turn

QUESTIONS = Path(__file__).resolve().parent / "questions.jsonl"
_ASKING = re.compile(r"\b(how (?:many|much)|who(?:m|se)?|when|where|which|why|what|how)\b", re.I)


@dataclass(frozen=True)
class Question:
    """A question and how to judge what it gets.

    `answers` holds one list of accepted spellings per required fact. `support` holds one proof per fact,
    `{"file", "quote", "or": [other proofs]}`. `refusal_ok`: a wrong premise may be refused instead of
    corrected. `also_in`: two files of one text, which must be cited as one source with both addresses.

    `sources` names the articles that hold the answer, where it is not told which sentence does; `by_words`: an answer
    is right that has every content word of one of the spellings, wherever they stand.
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
    sources: Sequence[str] = ()
    by_words: bool = False

    @property
    def named(self) -> frozenset[str]:
        """The addresses and file names of the articles that are said to hold the answer."""
        proofs = [proof for support in self.support for proof in (support, *support.get("or", ()))]
        return frozenset([*self.sources, *(proof["file"] for proof in proofs)])

    @property
    def turns(self) -> tuple[Turn, ...]:
        return tuple(Turn("user" if t["role"] == "user" else "assistant", t["content"]) for t in self.history)

    @property
    def today(self) -> datetime.date | None:
        return datetime.date.fromisoformat(self.date) if self.date else None


def load_questions(path: Path) -> list[Question]:
    """Refuses an unknown or missing key of ours, a repeated id and an empty file: a typo must not weaken the gate."""
    names = {field.name for field in fields(Question)}
    questions = []
    for number, line in enumerate(path.read_text(encoding="utf-8-sig").splitlines(), 1):
        try:
            row = json.loads(line)
            if not isinstance(row, dict):
                raise TypeError("not an object in braces")
            if "answer" in row:
                row = from_plain(row, number)
            if unknown := set(row) - names:
                raise TypeError(f"unknown key {sorted(unknown)[0]}")
            questions.append(Question(**row))
            _ = questions[-1].today
        except (ValueError, TypeError) as error:
            raise UsageError(f"{path.name}, line {number}: {error}; mend the line") from error
    ids = [question.id for question in questions]
    if len(set(ids)) < len(ids) or not ids:
        raise UsageError(f"{path.name}: {'the same id stands twice' if ids else 'no questions'}; mend the file")
    return questions


def from_plain(row: Mapping[str, Any], number: int) -> dict[str, Any]:
    """The keys of `Question` for a plain line. Raises TypeError or ValueError for one that cannot be understood."""
    question, support = row.get("question"), row.get("support") or []
    given = row["answer"] if isinstance(row["answer"], list) else [row["answer"]]
    spellings = [str(one).strip() for one in given if one is not None and str(one).strip()]
    named = [support] if isinstance(support, str) else support
    if not isinstance(question, str) or not question.strip():
        raise ValueError("no question in it")
    if not (isinstance(named, list) and all(isinstance(one, str) for one in named)):
        raise TypeError("support is to be a list of addresses or file names")
    return {
        "id": str(row.get("id") or f"q{number}"),
        "kind": str(row.get("kind") or kind_of(question)),
        "question": question,
        "expect": "answer" if spellings else "refuse",
        "answers": [spellings] if spellings else [],
        "forbidden": [],
        "support": [],
        "date": row.get("date") or None,
        "sources": named,
        "by_words": True,
    }


def kind_of(question: str) -> str:
    """What is asked for, by the first word that asks: "who", "how_many", …; "other" where there is none."""
    asking = _ASKING.search(question)
    if asking is None:
        return "other"
    word = asking.group(1).casefold()
    return {"how many": "how_many", "how much": "how_many", "whom": "who", "whose": "who"}.get(word, word)


def without_evidence(questions: Sequence[Question]) -> list[Question]:
    """The same questions once nothing holds their answers: to refuse is right, and every answer an invention."""
    return [replace(q, expect="refuse", support=(), sources=(), refusal_ok=False) for q in questions]


def choose(questions: Sequence[Question], only: str | None, limit: int | None) -> list[Question]:
    """Those of one kind or id, and of them the first `limit`. Raises UsageError when none is left."""
    chosen = [question for question in questions if only in (None, question.kind, question.id)]
    chosen = chosen if limit is None else chosen[: max(0, limit)]
    if not chosen:
        kinds = ", ".join(sorted({question.kind for question in questions}))
        raise UsageError(f"no question is left by --only {only} and --limit {limit}; kinds: {kinds}")
    return chosen


def spread(questions: Sequence[Question], limit: int | None) -> list[Question]:
    """So many of them, one as far from the next as another, or all."""
    step = max(1, len(questions) // limit) if limit else 1
    return list(questions[::step][:limit])
