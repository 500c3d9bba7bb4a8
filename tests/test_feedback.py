from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval.judge import faults_of
from eval.questions import load_questions
from rag.desk.conversations import Conversations
from rag.desk.database import DeskFile
from rag.desk.feedback import question_rows, rated, told
from rag.desk.recording import cited
from rag.desk.records import Fault, Thumb
from rag.schema import Answer
from tests.scripted import ARTICLES, FIRST, SAID, answered


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DeskFile]:
    with closing(DeskFile(tmp_path)) as opened:
        yield opened


def rate(
    file: DeskFile, answer: Answer, thumb: Thumb, fault: Fault | None = None, conversation: str | None = None
) -> str:
    desk = Conversations(file, "ana")
    place = desk.begin(answer.question, conversation)
    desk.put(place, "answered", answer, cited(answer.citations, ARTICLES))
    desk.rate(place, thumb, fault, "a reason")
    return place.conversation


def rows(file: DeskFile) -> list[dict[str, Any]]:
    return list(question_rows(rated(file)))


def test_feedback_is_read_with_its_answer_whosever_and_whenever(file: DeskFile) -> None:
    rate(file, answered("When?"), "up")
    (found,) = rated(file)
    assert (found.owner, found.feedback.thumb, found.feedback.reason) == ("ana", "up", "a reason")
    assert found.kept.answer == answered("When?")
    row = json.loads(json.dumps(found.to_json()))
    assert (row["question"], row["answer"]["model"], row["thumb"]) == ("When?", "scripted", "up")
    assert row["answer"]["evidence"] != []


def test_feedback_of_a_deleted_conversation_is_not_told(file: DeskFile) -> None:
    Conversations(file, "ana").delete(rate(file, answered("When?"), "up"))
    assert rows(file) == []


def test_an_answer_that_was_liked_must_come_again(file: DeskFile) -> None:
    rate(file, answered("When did Lavrov arrive in Havana?"), "up")
    (row,) = rows(file)
    assert (row["expect"], row["answers"], row["forbidden"]) == ("answer", [["19 April 2023"]], [])
    assert row["support"] == [{"file": "002_2a875578f3e8dcbd.txt", "quote": FIRST}]


def test_a_follow_up_takes_the_conversation_along(file: DeskFile) -> None:
    conversation = rate(file, answered("When?"), "up")
    rate(file, answered("And who?"), "up", conversation=conversation)
    assert rows(file)[0]["history"] == []
    assert rows(file)[1]["history"] == [
        {"role": "user", "content": "When?"},
        {"role": "assistant", "content": f"{SAID.text} [1]"},
    ]


REFUSED = answered("The moon?", abstained=True)
ANSWERED = answered("When?")


@pytest.mark.parametrize(
    ("answer", "thumb", "fault", "again", "refused_next", "other_next"),
    [
        # whether the same answer, a refusal, or an answer that says something else is right the next time
        (ANSWERED, "up", None, True, False, False),
        (ANSWERED, "down", None, False, True, True),
        (ANSWERED, "down", "wrong", False, True, True),
        (ANSWERED, "down", "should_refuse", False, True, False),
        (ANSWERED, "down", "incomplete", True, False, False),
        (REFUSED, "up", None, True, True, False),
        (REFUSED, "down", "should_answer", False, False, True),
    ],
)
def test_what_the_evaluation_will_take_for_right(
    file: DeskFile,
    tmp_path: Path,
    answer: Answer,
    thumb: Thumb,
    fault: Fault | None,
    again: bool,
    refused_next: bool,
    other_next: bool,
) -> None:
    rate(file, answer, thumb, fault)
    exported = tmp_path / "feedback.jsonl"
    exported.write_text("".join(f"{json.dumps(row)}\n" for row in rows(file)))
    (question,) = load_questions(exported)

    other = replace(ANSWERED, answer="It was rain. [1]", sentences=(replace(SAID, text="It was rain."),))
    right = [not faults_of(question, each.to_json(), {}) for each in (answer, REFUSED, other)]
    assert right == [again, refused_next, other_next]


def test_two_judgements_have_two_ids_that_stay(file: DeskFile) -> None:
    first = rate(file, answered("When?"), "up")
    rate(file, answered("Who?"), "up")
    ids = [row["id"] for row in rows(file)]
    assert len(set(ids)) == 2
    Conversations(file, "ana").delete(first)
    assert [row["id"] for row in rows(file)] == ids[1:]


@pytest.mark.parametrize(
    ("said", "question", "facts"),
    [
        ("Yvan Gil welcomed him.", "Who welcomed Raisi?", [["Yvan Gil"]]),
        ("The bridge cost 4.5 million euros.", "What did the bridge cost?", [["4.5"]]),
        ("Lavrov went to Brazil and Cuba.", "Where did Lavrov go?", [["Brazil"], ["Cuba"]]),
        ("Issues on bilateral cooperation.", "What did they discuss?", [["Issues"]]),
        ("They discussed it.", "What did they do?", [["They discussed it."]]),
    ],
)
def test_facts_are_what_the_question_does_not_say(said: str, question: str, facts: list[list[str]]) -> None:
    answer = replace(answered(question), sentences=(replace(SAID, text=said),))
    assert told(answer, question) == facts


def test_a_yes_must_stay_a_yes(file: DeskFile) -> None:
    said = "Yes, Lavrov went to Brazil."
    answer = replace(answered("Did he?"), sentences=(replace(SAID, text=said),), answer=f"{said} [1]")
    rate(file, answer, "up")
    assert rows(file)[0]["yes_no"] == "yes"
