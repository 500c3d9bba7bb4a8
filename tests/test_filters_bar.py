"""What is chosen above the question reaches it, and what is asked for in an address or a list brings it back."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from contextlib import closing
from datetime import date
from typing import Any

import gradio as gr
import pytest

from rag.desk.database import DeskFile
from rag.index.archive import Archive
from rag.indexing import build_index
from rag.schema import EVERYTHING, Filters
from tests.scripted import CORPUS
from tests.scripted_page import answers, open_scripted
from ui.app import build_page
from ui.desk import Desk
from ui.exchange import Exchange
from ui.filters_bar import last
from ui.holdings import Holdings

SAID_SO_FAR, TALK = 1, 2  # of what `typed` draws
APRIL = Filters(since=date(2023, 4, 1), outlets=("teleSUR English",))
Handlers = dict[str, Any]


@pytest.fixture(scope="module")
def archive(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Archive]:
    opened = open_scripted(tmp_path_factory.mktemp("home") / "dateline")
    build_index([CORPUS], opened, workers=0)
    yield opened
    opened.close()


@pytest.fixture
def handlers(archive: Archive) -> Iterator[Handlers]:
    with closing(DeskFile(archive.home)) as file:

        async def built() -> gr.Blocks:
            desk = Desk(file, archive.store, lambda: "scripted")
            return build_page(lambda q, h, f=EVERYTHING: answers(archive, q, h, f), Holdings(archive), "here", desk)

        page = asyncio.run(built())  # without a running loop Gradio makes its own ones and never closes them
        yield {each.name: each.fn for each in page.fns.values()}


def narrowed_by(handlers: Handlers, before: Filters = EVERYTHING, **asked: object) -> list[Any]:
    drawn: list[Any] = handlers["narrowing"](gr.EventData(None, asked), before)
    return drawn


def test_what_is_chosen_is_drawn_with_what_it_leaves(handlers: Handlers) -> None:
    filters, html = narrowed_by(handlers, since="2023-04-01", until="", outlets=["teleSUR English"])

    assert filters == APRIL
    assert "1 of 5 articles" in html
    assert "Remove from 1 April 2023" in html


@pytest.mark.parametrize(
    ("asked", "line"),
    [
        ({"since": "2024-01-01", "until": "2023-01-01"}, "No day lies between"),
        ({"outlets": ["The Moon"]}, "No article is from"),
        ({"since": "yesterday"}, "is not a day"),
        ({"outlets": 3}, "Outlet is not a name"),
    ],
)
def test_what_cannot_be_is_told_and_changes_nothing(handlers: Handlers, asked: dict[str, Any], line: str) -> None:
    filters, html = narrowed_by(handlers, APRIL, **asked)

    assert filters == APRIL
    assert line in html
    assert "teleSUR English" in html


def test_a_question_is_asked_within_its_filters_and_says_so(handlers: Handlers) -> None:
    *_, drawn = handlers["typed"]("When did Lavrov visit Havana?", (), APRIL)

    (now,) = drawn[SAID_SO_FAR]
    assert {now.articles[cited.article_id].outlet for cited in now.citations} == {"teleSUR English"}
    assert "Looked through 1 article published since 2023-04-01 in teleSUR English." in drawn[TALK]


def test_a_conversation_opened_again_has_its_filters_again(handlers: Handlers) -> None:
    *_, drawn = handlers["typed"]("When did Lavrov visit Havana?", (), APRIL)
    again = handlers["came"](drawn[SAID_SO_FAR][-1].place.conversation, None)[0]

    assert last(again) == APRIL
    assert last(()) == EVERYTHING


def test_while_the_answer_comes_it_is_said_what_it_is_narrowed_to(handlers: Handlers) -> None:
    first = next(iter(handlers["typed"]("When?", (), APRIL)))

    assert first[SAID_SO_FAR][-1] == Exchange("When?", APRIL, place=first[SAID_SO_FAR][-1].place)
    assert "Only articles published since 2023-04-01 in teleSUR English." in first[TALK]
