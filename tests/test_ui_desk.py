"""What the page keeps, reopens, judges and takes away, without Gradio: real SQLite, a scripted answer."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import datetime, timezone

import pytest

from rag.desk.database import DeskFile
from rag.desk.records import Listed
from rag.errors import DatelineError, DeskError
from rag.index.archive import Archive
from rag.schema import Event, Filters, Turn
from tests.scripted import SAID, Seen, article, tell
from ui.conversations import deleted, file_name, listing, taken, tools
from ui.desk import Desk, Said
from ui.exchange import STOPPED, Exchange
from ui.render import conversation as drawn

BAD = '"><script>alert(1)</script>'


@pytest.fixture
def desk(archive: Archive) -> Iterator[Desk]:
    archive.store.put(article(), ())
    with closing(DeskFile(archive.home)) as file:
        yield Desk(file, archive.store, lambda: "scripted")


def said(desk: Desk, question: str, before: Said = (), owner: str | None = None) -> Said:
    *_, now = desk.converse(tell, question, before, owner)
    return now


def link(now: Said) -> str:
    assert now[-1].place
    return now[-1].place.conversation


def test_what_was_said_is_there_again_by_its_permalink(desk: Desk) -> None:
    now = said(desk, "And who?", said(desk, "When?"))
    again = desk.open(link(now), None)
    assert [replace(each, steps=(), articles={}) for each in again] == [
        replace(each, steps=(), articles={}) for each in now
    ]
    assert f'data-conversation="{link(now)}"' in drawn(now, ())


def test_anothers_conversation_is_not_here(desk: Desk) -> None:
    now = said(desk, "When?", owner="ana")
    with pytest.raises(DeskError, match="not here"):
        desk.open(link(now), "ben")
    for attempt in ({"at": "1", "as": ".md"}, {"at": "", "as": ".json"}):
        with pytest.raises(DeskError):
            desk.taken(now, attempt, "ben")
    with pytest.raises(DeskError):
        desk.judge(now, {"at": "1", "thumb": "up"}, "ben")
    assert said(desk, "More?", now, owner="ben")[-1].trouble is not None
    assert len(desk.open(link(now), "ana")) == 1


def test_what_a_second_tab_has_added_comes_along(desk: Desk) -> None:
    first = said(desk, "When?")
    said(desk, "And who?", first)
    heard: list[int] = []

    def listening(question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[Event]:
        heard.append(len(turns))
        return tell(question, turns)

    *_, now = desk.converse(listening, "And where?", first, None)
    assert heard == [4]
    assert [each.question for each in now] == ["When?", "And who?", "And where?"]


def test_stopping_keeps_what_had_passed(desk: Desk) -> None:
    talk = desk.converse(tell, "When?", (), None)
    now = next(now for now in talk if now[-1].sentences)
    talk.close()  # type: ignore[attr-defined]
    (again,) = desk.open(link(now), None)
    assert (again.sentences, again.answer, again.trouble) == ((SAID,), None, STOPPED)


def test_a_deleted_conversation_is_not_gone_on_with(desk: Desk) -> None:
    now = said(desk, "When?")
    desk.of(None).delete(link(now))
    after = said(desk, "More?", now)
    assert after[-1].trouble == "This conversation is not here any more; it may have been deleted."


def test_a_thumb_is_given_and_taken_back(desk: Desk) -> None:
    now = said(desk, "When?")
    assert 'aria-pressed="true"' not in tools(now[-1])
    down = desk.judge(now, {"at": "1", "thumb": "down", "fault": "wrong", "reason": "no"}, None)
    assert "Kept, thank you." in tools(down[-1])
    again = desk.open(link(now), None)[-1].feedback
    assert again is not None
    assert (again.thumb, again.fault, again.reason) == ("down", "wrong", "no")
    assert "What is the matter with it?" in tools(desk.judge(now, {"at": "1", "thumb": "down"}, None)[-1])
    assert desk.judge(down, {"at": "1", "thumb": ""}, None)[-1].feedback is None
    assert desk.open(link(now), None)[-1].feedback is None
    for nonsense in ({}, {"at": "2"}, {"at": "x"}, {"at": "9" * 40}, {"at": None}):
        with pytest.raises(DeskError):
            desk.judge(now, nonsense, None)


def test_an_exchange_or_the_whole_is_taken_away(desk: Desk) -> None:
    now = said(desk, "And who?", said(desk, "When?"))
    name, text = desk.taken(now, {"at": "2", "as": ".json"}, None)
    assert name == "and-who.json"
    assert [each["question"] for each in json.loads(text)["exchanges"]] == ["And who?"]
    name, text = desk.taken(now, {"at": "", "as": ".md"}, None)
    assert (name, text.count("\n## ")) == ("when.md", 2)
    name, text = desk.taken(now, {"at": "1", "as": "copy"}, None)
    assert (name, text.startswith(f"{SAID.text} [1]")) == ("", True)
    for asked in ({"as": ".exe"}, {}, {"as": "../x.md"}):
        with pytest.raises(DatelineError):
            desk.taken(now, asked, None)
    with pytest.raises(DeskError):
        desk.taken((), {"at": "1", "as": ".md"}, None)


# How it looks


def test_the_list_escapes_what_readers_wrote() -> None:
    html = listing([Listed(BAD, BAD, 2, datetime(2026, 11, 2, tzinfo=timezone.utc), BAD)], BAD, deleted(BAD))
    tags = [tag for tag, _ in Seen(html).elements]
    assert "script" not in tags
    assert tags.count("button") == 4
    assert "2 questions" in Seen(html).text
    assert BAD in Seen(html).text


def test_an_empty_list_says_why() -> None:
    assert "None yet" in listing([])
    assert "Nothing was found" in listing([], "word")


def test_an_answer_that_is_not_kept_or_not_done_has_no_tools(desk: Desk) -> None:
    (first, *_) = desk.converse(tell, "When?", (), None)
    assert tools(first[-1]) == tools(Exchange("When?", trouble="x")) == ""


@pytest.mark.parametrize("text", ["<b>&amp;\n  kept </template><script>", "\ud7ff\u202e"])
def test_what_is_taken_arrives_letter_for_letter(text: str) -> None:
    seen = Seen(taken(BAD, text))
    assert [tag for tag, _ in seen.elements] == ["template"]
    assert seen.text == text


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("When did Lavrov visit?", "when-did-lavrov-visit.md"),
        ("../../etc/passwd", "etc-passwd.md"),
        ("???", "answer.md"),
        ("x" * 200, "x" * 60 + ".md"),
    ],
)
def test_a_file_is_named_after_its_question(title: str, name: str) -> None:
    assert file_name(title, ".md") == name
