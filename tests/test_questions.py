from __future__ import annotations

import json
from pathlib import Path
from typing import Any

import pytest

from eval.questions import Question, kind_of, load_questions, spread, without_evidence
from rag.errors import UsageError


def load(tmp_path: Path, *rows: Any) -> list[Question]:
    path = tmp_path / "q.jsonl"
    path.write_text("".join(f"{json.dumps(row)}\n" for row in rows), encoding="utf-8")
    return load_questions(path)


def test_a_question_and_its_answer_are_enough(tmp_path: Path) -> None:
    first, second = load(
        tmp_path, {"question": "Who opened it?", "answer": "Ana Ruiz"}, {"question": "How much?", "answer": 4}
    )
    assert (first.id, first.kind, first.expect, first.answers) == ("q1", "who", "answer", [["Ana Ruiz"]])
    assert (second.id, second.kind, second.answers) == ("q2", "how_many", [["4"]])
    assert first.by_words
    assert (first.today, first.sources, first.named) == (None, [], frozenset())


def test_a_plain_line_may_say_more(tmp_path: Path) -> None:
    row = {"id": "x_1", "question": "Where?", "date": "2023-05-06", "answer": ["Rome", "Roma"], "kind": "places",
           "support": ["https://example.org/a"], "split": "dev"}  # fmt: skip
    (question,) = load(tmp_path, row)
    assert (question.id, question.kind, question.answers) == ("x_1", "places", [["Rome", "Roma"]])
    assert str(question.today) == "2023-05-06"
    assert question.named == {"https://example.org/a"}


@pytest.mark.parametrize("none", [None, "", [], [" "]])
def test_a_plain_line_without_an_answer_is_to_be_refused(tmp_path: Path, none: Any) -> None:
    (question,) = load(tmp_path, {"question": "Who won?", "answer": none})
    assert (question.expect, question.answers) == ("refuse", [])


@pytest.mark.parametrize(
    ("row", "told"),
    [
        ({"answer": "x"}, "line 1: no question"),
        ({"question": " ", "answer": "x"}, "line 1: no question"),
        ({"question": "Who?", "answer": "x", "support": [1]}, "line 1: support is to be a list"),
        ({"question": "Who?", "answer": "x", "date": "May 6"}, "line 1: Invalid isoformat"),
        (["answer"], "line 1: not an object"),
        (7, "line 1: not an object"),
    ],
)
def test_a_plain_line_that_cannot_be_understood_is_refused(tmp_path: Path, row: Any, told: str) -> None:
    with pytest.raises(UsageError, match=told):
        load(tmp_path, row)


@pytest.mark.parametrize(
    ("question", "kind"),
    [
        ("Whose bridge is it?", "who"),
        ("In which town did it fall?", "which"),
        ("How many people came, and who?", "how_many"),
        ("How did it end?", "how"),
        ("The bridge: when did it open?", "when"),
        ("Did she open it?", "other"),
        ("Is the showcase open?", "other"),
    ],
)
def test_the_kind_is_the_first_word_that_asks(question: str, kind: str) -> None:
    assert kind_of(question) == kind


def test_without_evidence_every_question_is_to_be_refused() -> None:
    support = [{"file": "one.txt", "quote": "x", "or": [{"file": "two.txt", "quote": "y"}]}]
    asked = Question("q", "who", "Who?", "answer", [["Ruiz"]], [], support, refusal_ok=True)
    assert asked.named == {"one.txt", "two.txt"}
    (left,) = without_evidence([asked])
    assert (left.expect, left.support, left.named, left.refusal_ok) == ("refuse", (), frozenset(), False)
    assert left.answers == [["Ruiz"]]


def test_a_part_of_the_questions_is_spread_over_them(tmp_path: Path) -> None:
    questions = load(tmp_path, *({"question": f"Who won {number}?", "answer": "Ana"} for number in range(10)))
    assert [question.id for question in spread(questions, 3)] == ["q1", "q4", "q7"]
    assert spread(questions, None) == spread(questions, 99) == questions
