from __future__ import annotations

import io
import json
import sqlite3
from collections.abc import Callable
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from eval.make import CHOICES, append, chosen, edited, shown, taken_before, unknown
from eval.proposal import Proposal
from eval.questions import load_questions
from rag.cli import main
from rag.errors import UsageError
from rag.index.archive import Archive
from tests.conftest import WordsEmbedding

WHEN = Proposal("when", "When did Ana Ruiz visit Norwick?", ("2022", "in 2022"), "a.txt", "Ana Ruiz came.").row()
NOWHERE = Proposal("refuse", "When did Ana Ruiz visit Nuuk?").row()
WHO = Proposal("who", "Who said “No bridge”?", ("Ruiz",), "a.txt", "“No bridge,” Ruiz said.").row()
STORY = (
    "Bridge of Norwick is open\n\nPublished on June 3, 2021\n\n"
    "Governor Ana Ruiz opened the Ellery bridge on Monday. It was her day, and Governor Ana Ruiz knew it.\n\n"
    "At least 12 people were injured in Norwick, said the police of the town in the evening.\n\n"
    "“The bridge has cost us more than we have,” said Ana Ruiz, the governor of the county.\n"
)


def typing(*typed: str) -> Callable[[str], str]:
    lines = iter(typed)

    def read(prompt: str) -> str:
        line = next(lines, None)
        if line is None:
            raise EOFError
        return line

    return read


def test_what_is_taken_comes_at_once_and_the_rest_is_left() -> None:
    assert list(chosen([WHEN, NOWHERE, WHO], typing("y", "n", ""))) == [WHEN, WHO]
    assert list(chosen([WHEN, NOWHERE, WHO], typing("y", "q"))) == [WHEN]
    assert list(chosen([WHEN, NOWHERE, WHO], typing("n", "Yes"))) == [NOWHERE]  # and then nobody types any more
    rest = chosen([WHEN, WHO], typing("y"))
    assert next(rest) == WHEN


def test_what_is_no_choice_is_asked_again() -> None:
    asked: list[str] = []
    answers = typing("perhaps", "x", "y")

    def read(prompt: str) -> str:
        asked.append(prompt)
        return answers(prompt)

    assert list(chosen([WHEN], read)) == [WHEN]
    assert asked == [CHOICES] * 3


def test_an_edited_question_keeps_what_is_left_empty() -> None:
    assert edited(WHEN, typing("", "")) == WHEN
    changed = edited(WHEN, typing("When was Ruiz in Norwick?", "2022 |the year 2022 | "))
    assert changed == WHEN | {"question": "When was Ruiz in Norwick?", "answers": [["2022", "the year 2022"]]}
    assert edited(NOWHERE, typing("When was she in Nuuk?")) == NOWHERE | {"question": "When was she in Nuuk?"}
    assert list(chosen([WHEN], typing("e", "When?", ""))) == [WHEN | {"question": "When?"}]
    assert list(chosen([WHEN], typing("e", "When?"))) == []  # broken off in the middle


def test_it_is_shown_with_what_is_right_and_where_it_stands() -> None:
    assert shown(WHEN).splitlines() == [
        "  When did Ana Ruiz visit Norwick?",
        "  right: 2022 | in 2022",
        "  a.txt: “Ana Ruiz came.”",
    ]
    assert "right: a refusal" in shown(NOWHERE)
    assert "right: any answer, but not No." in shown(NOWHERE | {"expect": "answer", "forbidden": ["No."]})
    assert "\x1b" not in shown(WHEN | {"question": "When\x1b[31m?"})


def test_what_is_in_the_file_is_not_proposed_again(tmp_path: Path) -> None:
    path = tmp_path / "deep" / "questions.jsonl"
    assert taken_before(path) == []
    append(path, WHEN)
    path.write_text(path.read_text().rstrip())  # as an editor may leave it
    append(path, NOWHERE)
    assert taken_before(path) == [WHEN, NOWHERE]
    again = WHO | {"id": "another", "question": WHEN["question"].upper()}
    assert list(unknown([WHEN, WHO, again, WHO], taken_before(path))) == [WHO]
    assert [question.id for question in load_questions(path)] == [WHEN["id"], NOWHERE["id"]]


@pytest.mark.parametrize("held", ["no JSON", "[1]", '{"question": "?"}'])
def test_another_file_is_left_alone(tmp_path: Path, held: str) -> None:
    path = tmp_path / "notes.txt"
    path.write_text(held)
    with pytest.raises(UsageError, match="holds no questions"):
        taken_before(path)
    assert path.read_text() == held


@pytest.fixture
def home(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    for name in ("DATELINE_HOME", "DATELINE_LLM_URL", "DATELINE_LLM_KEY", "DATELINE_LLM_MODEL"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(Archive, "embedder", WordsEmbedding())
    (tmp_path / "bridge.txt").write_text(STORY)
    assert main(["index", str(tmp_path / "bridge.txt"), "--home", str(tmp_path / "home")]) == 0
    return tmp_path / "home"


def made(home: Path, *more: str) -> int:
    return main(["eval", "make", "--home", str(home), "--out", str(home.parent / "own.jsonl"), *more])


def rows(home: Path) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (home.parent / "own.jsonl").read_text().splitlines()]


def test_all_are_taken_with_yes_and_a_second_time_there_is_nothing_new(
    home: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert made(home, "--yes") == 0
    assert [row["question"] for row in rows(home)] == [
        "When did Governor Ana Ruiz open the Ellery bridge?",
        "How many people were injured in Norwick?",
        "Who said “The bridge has cost us more than we have”?",
        "What did Ana Ruiz say about Reykjavik?",
    ]
    assert [question.expect for question in load_questions(home.parent / "own.jsonl")][-2:] == ["answer", "refuse"]
    assert "4 of 4 questions taken" in capsys.readouterr().out
    assert made(home, "--yes") == 1
    assert "nothing new is to be asked" in capsys.readouterr().err
    assert len(rows(home)) == 4


def test_no_more_are_proposed_than_are_wanted(home: Path) -> None:
    assert made(home, "--yes", "--limit", "1") == 0
    assert len(rows(home)) == 1


def test_without_a_terminal_it_says_what_to_do(
    home: Path, capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("sys.stdin", io.StringIO())
    assert made(home) == 2
    assert capsys.readouterr().err == (
        "dateline: there is no terminal to ask you in; --yes takes every question that is proposed\n"
    )
    assert not (home.parent / "own.jsonl").exists()


def test_on_a_terminal_each_is_asked_for(home: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    class Terminal(io.StringIO):
        def isatty(self) -> bool:
            return True

    monkeypatch.setattr("sys.stdin", Terminal("n\ny\nq\n"))
    assert made(home) == 0
    assert [row["kind"] for row in rows(home)] == ["how_many"]


def test_its_flags_are_not_for_a_run(home: Path, capsys: pytest.CaptureFixture[str]) -> None:
    assert main(["eval", "--yes", "--home", str(home)]) == 2
    assert "go with `dateline eval make`" in capsys.readouterr().err


def test_feedback_is_proposed_first(home: Path) -> None:
    from rag.desk.conversations import Conversations
    from rag.desk.database import DeskFile

    with closing(DeskFile(home)) as file:
        place = Conversations(file).begin("Who built it?")
        with closing(sqlite3.connect(file.path)) as db, db:
            db.execute("update exchange set state = 'failed'")
            db.execute("insert into feedback select number, 'up', null, '', '2026-01-01T00:00:00+00:00' from exchange")
    assert place.position == 1
    assert made(home, "--yes", "--limit", "1") == 0
    assert [row["question"] for row in rows(home)] == ["Who built it?"]
