"""The wiring of what is kept, called as Gradio calls it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from types import SimpleNamespace
from typing import Any

import gradio as gr
import pytest

from rag.desk.database import DeskFile
from rag.index.archive import Archive
from rag.schema import EVERYTHING
from tests.scripted import SAID, article, tell
from ui.app import build_page
from ui.desk import Desk
from ui.exchange import Exchange
from ui.holdings import Holdings

ANA, BEN = (SimpleNamespace(username=name) for name in ("ana", "ben"))
SAID_SO_FAR, TALK, NOTE = range(3)  # of what is drawn; `chosen` draws the tabs before them
Handlers = dict[str, Any]


@pytest.fixture
def handlers(archive: Archive) -> Iterator[Handlers]:
    archive.store.put(article(), ())
    with closing(DeskFile(archive.home)) as file:

        async def built() -> gr.Blocks:
            return build_page(tell, Holdings(archive), "read here", Desk(file, archive.store, lambda: "scripted"))

        page = asyncio.run(built())  # without a running loop Gradio makes its own ones and never closes them
        seen = set(page.get_api_info()["named_endpoints"])  # type: ignore[index]
        assert seen == {"/ask", "/search", "/read_article", "/articles"}
        yield {each.name: each.fn for each in page.fns.values()}


def event(**data: object) -> gr.EventData:
    return gr.EventData(None, data)


def asked(handlers: Handlers, question: str, who: Any = ANA) -> Any:
    *_, last = handlers["typed"](question, (), EVERYTHING, who)
    return last[1]


def link(now: Any) -> str:
    return str(now[-1].place.conversation)


def test_the_address_brings_back_what_was_said_to_whom_it_was_said(handlers: Handlers) -> None:
    now = asked(handlers, "When?")
    drawn = handlers["came"](link(now), ANA)
    assert SAID.text in drawn[TALK]
    assert drawn[SAID_SO_FAR][-1].question == "When?"
    for address, who in ((link(now), BEN), ("nonsense", ANA)):
        other = handlers["came"](address, who)
        assert other[SAID_SO_FAR] == ()
        assert "not here any more" in other[NOTE]
    assert handlers["came"]("", ANA)[NOTE] == ""


def test_another_conversation_is_not_opened_over_an_answer_that_is_being_made(handlers: Handlers) -> None:
    now = asked(handlers, "When?")
    running = (Exchange("Who?"),)
    _, *drawn = handlers["chosen"](event(conversation=link(now)), running, ANA)
    assert drawn[SAID_SO_FAR] == running
    assert "stop it" in drawn[NOTE]
    _, *drawn = handlers["chosen"](event(conversation=link(now)), (), ANA)
    assert drawn[SAID_SO_FAR][-1].question == "When?"


def test_each_reader_has_a_list_of_their_own(handlers: Handlers) -> None:
    now = asked(handlers, "Ana's question?")
    asked(handlers, "Ben's question?", BEN)
    assert "Ana&#x27;s question?" in handlers["listed"](ANA)
    assert "Ben&#x27;s" not in handlers["listed"](ANA)
    assert "Nothing was found" in handlers["searched"](event(words="ana"), BEN)
    assert "not here any more" in handlers["edited"](event(delete=link(now)), BEN)
    assert "Undo" in handlers["edited"](event(delete=link(now)), ANA)
    assert "None yet" in handlers["listed"](ANA)
    assert "Ana&#x27;s" in handlers["edited"](event(restore=link(now)), ANA)
    assert "Tour" in handlers["edited"](event(rename=link(now), title="Tour"), ANA)


def test_an_answer_is_judged_and_taken_away(handlers: Handlers) -> None:
    now = asked(handlers, "When?")
    drawn = handlers["judged"](event(at="1", thumb="up"), now, ANA)
    assert drawn[SAID_SO_FAR][-1].feedback.thumb == "up"
    assert "not here any more" in handlers["judged"](event(at="7", thumb="up"), now, ANA)[NOTE]
    assert 'data-name="when.md"' in handlers["taken"](event(at="1", **{"as": ".md"}), now, ANA)
    assert "an export ends in" in handlers["taken"](event(at="1", **{"as": ".exe"}), now, ANA)
