"""What a reader at a terminal sees of a question, in which order and on which stream."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import date

import pytest

from rag.commands import _tell
from rag.schema import Article, Done, Event, Filters, Hit, Narrowed
from tests.scripted import ARTICLES, FIRST, REFUSAL, SAID, answered, tell

LINE = f"{SAID.text} [1]\n"


class Shelf:
    """An archive that knows the articles of `tests.scripted`."""

    def articles_of(self, hits: tuple[Hit, ...]) -> dict[str, Article]:
        return ARTICLES


def test_the_sentence_is_printed_before_the_question_is_done(capsys: pytest.CaptureFixture[str]) -> None:
    printed: list[str] = []

    def watched() -> Iterator[Event]:
        for event in tell("When?"):
            printed.append(capsys.readouterr().out)
            yield event

    _tell(watched(), Shelf(), "When?")  # type: ignore[arg-type]
    assert printed == ["", "", "", "", LINE]
    rest = " ".join(capsys.readouterr().out.split())
    assert rest.startswith(f"[1] “{FIRST}”")
    assert LINE.strip() not in rest


@pytest.mark.parametrize(
    ("on_a_terminal", "steps"), [(True, ["2 passages from 1 articles, 0.0 s", "reading 1 of 2"]), (False, [])]
)
def test_steps_are_for_those_who_watch(
    on_a_terminal: bool, steps: list[str], capsys: pytest.CaptureFixture[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sys.stderr, "isatty", lambda: on_a_terminal)
    _tell(tell("When?"), Shelf(), "When?")  # type: ignore[arg-type]
    said = capsys.readouterr()
    assert said.err.splitlines() == steps
    assert "reading" not in said.out


def test_a_refusal_is_said_once_with_the_passages(capsys: pytest.CaptureFixture[str]) -> None:
    _tell(tell("Who is on the moon?"), Shelf(), "Who is on the moon?")  # type: ignore[arg-type]
    out = capsys.readouterr().out
    assert out.startswith(f"{REFUSAL}\n\nNearest passages:\n\n 1. ")
    assert out.count(REFUSAL) == 1


def test_a_question_read_otherwise_than_it_was_put_is_told_first(capsys: pytest.CaptureFixture[str]) -> None:
    _tell(tell("When yesterday (19 April 2023)?"), Shelf(), "When yesterday?")  # type: ignore[arg-type]
    assert capsys.readouterr().out.startswith(f"Read as: When yesterday (19 April 2023)?\n\n{LINE}")


def test_what_filters_left_out_is_told_last(capsys: pytest.CaptureFixture[str]) -> None:
    narrowed = Narrowed(Filters(since=date(2023, 4, 1)), 2, 1)
    done = Done(replace(answered("When?"), narrowed=narrowed))
    _tell(iter([done]), Shelf(), "When?")  # type: ignore[arg-type]
    assert " ".join(capsys.readouterr().out.split()).endswith(str(narrowed))
