"""What readers thought of answers: read from the desk, and made into questions for `dateline eval --questions`."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from pathlib import PurePath
from typing import Any

from rag.desk.cited import sha256
from rag.desk.database import DeskFile
from rag.desk.records import Kept, Place, Rated
from rag.desk.rows import EXCHANGES, to_kept
from rag.schema import Answer
from rag.words import FUNCTION_WORDS, fold, words

# Names, numbers and days: what of an answer can be looked for in another one to the same question.
_TOLD = re.compile(
    r"(?:\d{1,2} )?(?:January|February|March|April|May|June|July|August|September|October|November|December)"
    r"(?: \d{4})?\b|\d+(?:[.,]\d+)*|[A-Z][\w’'-]*(?: [A-Z][\w’'-]*)*"
)


def rated(file: DeskFile) -> Iterator[Rated]:
    """Every exchange with feedback, of all owners, in the order it was given; not of deleted conversations."""
    rows = file.rows(
        "select c.number, c.id, c.owner, e.position from feedback f join exchange e on e.number = f.exchange"
        " join conversation c on c.number = e.conversation where c.deleted is null order by f.given, e.number"
    )
    for row in rows:
        kept = [to_kept(each) for each in file.rows(EXCHANGES, row["number"])]
        before = tuple(each for each in kept if each.position < row["position"])
        for each in kept:
            if each.position == row["position"] and each.feedback:
                yield Rated(Place(row["id"], each.position), row["owner"], each, each.feedback, before)


def question_rows(all_rated: Iterable[Rated]) -> Iterator[dict[str, Any]]:
    """A row each, as eval/questions.jsonl has them.

    An answer liked must come again: its names, numbers and days that the question does not have, by the same quotes.
    One disliked must not: its sentences are forbidden, or it is to be refused, or a refusal to be none, as its reader
    said. Where a reader said nothing more than that it is wrong, either another answer or a refusal is right.
    """
    for each in all_rated:
        yield {
            "id": f"feedback-{sha256(repr(tuple(each.place)))[:10]}",  # the same in the next export
            "kind": f"feedback-{each.feedback.thumb}",
            "question": each.kept.question,
            "date": None,
            "history": [turn for kept in each.before for turn in _turns(kept)],
            "yes_no": None,
            "answers": [],
            "forbidden": [],
            "support": [],
        } | _judged(each)


def told(answer: Answer, question: str) -> list[list[str]]:
    """The facts of an answer that its question does not have; for want of any, its first sentence."""
    asked = {fold(word) for word in words(question)}
    found: dict[str, None] = {}
    for sentence in answer.sentences:
        for match in _TOLD.finditer(sentence.text):
            new = [fold(word) not in asked | FUNCTION_WORDS for word in words(match.group())]
            numbered = any(character.isdigit() for character in match.group())
            if any(new) if numbered else all(new):  # half of a name asked for is known: Sergei Lavrov
                found[match.group()] = None
    return [[fact] for fact in found] or [[answer.sentences[0].text]]


def _judged(each: Rated) -> dict[str, Any]:
    answer, fault = each.kept.answer, each.feedback.fault
    if answer is None or not answer.sentences:  # a refusal, or nothing at all
        return {"expect": "refuse" if each.feedback.thumb == "up" else "answer"}
    if each.feedback.thumb == "up" or fault == "incomplete":
        first = answer.sentences[0].text.split(maxsplit=1)[0].strip(",.;:").casefold()
        return {
            "expect": "answer",
            "yes_no": first if first in ("yes", "no") else None,
            "answers": told(answer, answer.standalone_question),
            "support": [{"file": PurePath(c.path).name, "quote": c.quote} for c in answer.citations],
        }
    if fault == "should_refuse":
        return {"expect": "refuse"}
    return {"expect": "answer", "refusal_ok": True, "forbidden": [sentence.text for sentence in answer.sentences]}


def _turns(kept: Kept) -> list[dict[str, str]]:
    if kept.state != "answered" or kept.answer is None:
        return []
    return [{"role": "user", "content": kept.question}, {"role": "assistant", "content": kept.answer.answer}]
