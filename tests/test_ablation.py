from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest

from eval import ablation
from eval.ablation import ALL_ON, changed, chosen, figures, markdown, measure, turned
from eval.judge import Row, judge
from eval.questions import Question
from eval.recorded import open_recording
from eval.run import asker
from eval.steps import Step, all_steps
from rag.answer import choose, verify
from rag.answer.llm import LanguageModel
from rag.errors import UsageError
from rag.index.archive import Archive
from rag.indexing import build_index
from tests.conftest import QueueLLM
from tests.judged import ARTICLES, NEVER, WHO, about, answer, asked, refusal

INVENTED = judge(NEVER, asked(answer()), ARTICLES)
REFUSED = judge(NEVER, asked(refusal()), ARTICLES)
RIGHT = judge(WHO, asked(answer()), ARTICLES)
WRONG = judge(WHO, asked(answer("Rui opened it. [1]")), ARTICLES)


def test_every_step_is_there_and_off_only_as_long_as_it_is_to_be() -> None:
    steps = all_steps()
    assert len({step.name for step in steps}) == len(steps)
    for step in steps:
        before = [getattr(owner, name) for owner, name, _ in step.instead]
        with step.off():
            assert [getattr(owner, name) for owner, name, _ in step.instead] == [now for *_, now in step.instead]
        assert [getattr(owner, name) for owner, name, _ in step.instead] == before


def test_steps_are_chosen_by_name() -> None:
    assert [step.name for step in chosen(["BM25", "numbers"])] == ["BM25", "numbers"]
    assert len(chosen(None)) == len(all_steps())
    with pytest.raises(UsageError, match=r"no step 'luck'; there are: .*BM25"):
        chosen(["BM25", "luck"])


def test_figures_are_counted_over_the_questions() -> None:
    found = figures([RIGHT, INVENTED, REFUSED, WRONG], calls=6)
    assert (found["answers_right"], found["refusals_right"]) == (0.5, 0.5)
    assert (found["wrong"], found["calls"]) == (2, 1.5)


def test_a_question_is_changed_by_its_answer_its_proof_or_what_was_found() -> None:
    other_words = judge(WHO, asked(answer("Ana Ruiz did. [1]")), ARTICLES)
    other_proof = judge(WHO, asked(answer("Ana Ruiz opened it. [1]", "It cost 4 million.")), ARTICLES)
    assert changed([other_words], [RIGHT]) == changed([other_proof], [RIGHT]) == ["who-1"]
    assert changed([RIGHT, REFUSED], [RIGHT, REFUSED]) == []
    broken = RIGHT | {"mrr": math.nan}
    assert changed([broken], [dict(broken) | {"mrr": float("nan")}]) == []


def test_what_turned_is_named() -> None:
    assert turned([WRONG, REFUSED], [RIGHT, INVENTED]) == {"now_right": ["far-1"], "now_wrong": ["who-1"]}


class Counted:
    """A stand-in for a recording: three requests for each time the questions are put."""

    asked = new = 0


def table_of(*steps: Step) -> dict[str, Any]:
    counted = Counted()

    def ask(questions: Sequence[Question]) -> list[Row]:
        counted.asked += 3
        return [WRONG if verify.denial("a", "b") else RIGHT, REFUSED]

    *_, whole = measure(ask, [WHO, NEVER], steps, counted)  # type: ignore[arg-type]
    return whole


def test_each_step_is_measured_with_all_others_on() -> None:
    idle = Step("check", "idle", ((choose, "READ", 1),))
    telling = Step("check", "telling", ((verify, "denial", lambda *_: "there"),))
    table = table_of(telling, idle)
    assert [line["step"] for line in table["lines"]] == [ALL_ON, "telling", "idle"]
    assert [line["answers_right"] for line in table["lines"]] == [1.0, 0.0, 1.0]
    assert [line["changed"] for line in table["lines"]] == [0, 1, 0]
    assert [line["calls"] for line in table["lines"]] == [1.5, 1.5, 1.5]
    assert table["lines"][1]["turned"] == {"now_right": [], "now_wrong": ["who-1"]}
    assert table["changed_nothing"] == ["idle"]


def test_the_table_names_what_changed_nothing_on_any_set() -> None:
    steps = {step.name: step for step in all_steps()}
    one = table_of(steps["negation"], steps["BM25"]) | {"about": about()}
    other = one | {"changed_nothing": ["BM25"]}
    lines = markdown({"one.jsonl": one, "other.jsonl": other}).splitlines()
    assert "## one.jsonl, 2 questions, read by scripted" in lines
    told = next(line for line in lines if line.startswith(f"| {ALL_ON} "))
    assert told == f"| {ALL_ON} | 100 % | 0 | 100 % | 100 % | 1.50 | 0 % | 100 % | 100 % | 0.50 | 0.63 | 0 |"
    assert "Changed nothing here: negation, BM25." in lines
    assert lines[-1] == "Changed nothing anywhere: BM25."


def test_a_step_off_is_off_in_the_program(archive: Archive, tmp_path: Path) -> None:
    """The whole way, from one recording: a wrong number is shown only while the checks are off."""
    file = tmp_path / "bridge.txt"
    file.write_text("The bridge\n\nAna Ruiz opened the Ellery bridge with 40 masons on Monday.\n")
    build_index([file], archive)
    question = replace(WHO, question="Who opened the Ellery bridge?")
    with open_recording(tmp_path / "replies.sqlite") as recording:
        model = LanguageModel(QueueLLM("Ana Ruiz opened the Ellery bridge with 50 masons."), "queue")
        ask = asker(archive, ablation.recorded(model, recording))
        with_checks = ask(question).answer
        (checks,) = chosen(["all checks"])
        with checks.off():
            without_checks = ask(question).answer
        assert (recording.asked, recording.new) == (2, 1)
    assert "50" not in with_checks["answer"]
    assert without_checks["answer"].startswith("Ana Ruiz opened the Ellery bridge with 50 masons.")
