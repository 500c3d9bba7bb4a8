from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from mcp import ClientSession
from mcp.shared.memory import create_connected_server_and_client_session
from mcp.types import CallToolResult, Tool

from rag.errors import EndpointError, HomeError
from rag.index.archive import Archive
from rag.indexing import build_index
from rag.programs import Programs
from rag.schema import EVERYTHING, Event, Filters, Step, Turn
from rag.tools import INSTRUCTIONS, _Opened, make_server
from tests.scripted import CORPUS, answered, tell


def ask(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING) -> Iterator[Event]:
    if "down" in question:
        raise EndpointError("the endpoint\nis down; start it")
    if "broken" in question:
        return iter([Step("reading 1 of 2")])
    return tell(question, history, filters)


@pytest.fixture
def programs(archive: Archive) -> Programs:
    build_index([CORPUS], archive, workers=0)
    return Programs(archive, ask)


def call(programs: Programs, name: str, values: dict[str, Any], steps: list[str] | None = None) -> CallToolResult:
    async def noted(progress: float, total: float | None, message: str | None) -> None:
        assert steps is not None
        steps.append(f"{progress:.0f} {message}")

    async def work(client: ClientSession) -> CallToolResult:
        return await client.call_tool(name, values, progress_callback=noted if steps is not None else None)

    async def session() -> CallToolResult:
        async with create_connected_server_and_client_session(make_server(lambda: programs)) as client:
            return await work(client)

    return asyncio.run(session())


def listed(programs: Programs) -> tuple[list[Tool], str | None]:
    async def session() -> tuple[list[Tool], str | None]:
        server = make_server(lambda: programs)
        async with create_connected_server_and_client_session(server) as client:
            return (await client.list_tools()).tools, server.instructions

    return asyncio.run(session())


def test_three_tools_are_offered_that_only_look(programs: Programs) -> None:
    tools, instructions = listed(programs)

    assert [tool.name for tool in tools] == ["ask", "search", "read_article"]
    assert all(tool.annotations and tool.annotations.readOnlyHint for tool in tools)
    assert instructions == INSTRUCTIONS


def test_every_value_of_a_tool_is_described(programs: Programs) -> None:
    by_name = {tool.name: tool for tool in listed(programs)[0]}

    assert {name: list(tool.inputSchema["properties"]) for name, tool in by_name.items()} == {
        "ask": ["question", "history", "since", "until", "outlet"],
        "search": ["question", "k", "since", "until", "outlet"],
        "read_article": ["article_id"],
    }
    assert by_name["ask"].inputSchema["required"] == ["question"]
    for tool in by_name.values():
        assert tool.description
        assert "\n" not in tool.description
        assert all(value["description"] for value in tool.inputSchema["properties"].values())


def test_an_answer_is_an_object_and_its_steps_are_told_meanwhile(programs: Programs) -> None:
    steps: list[str] = []
    reply = call(programs, "ask", {"question": "When?"}, steps)

    assert reply.structuredContent == answered("When?").to_json()
    assert json.loads(reply.content[0].text) == answered("When?").to_json()  # type: ignore[union-attr]
    assert steps == ["1 2 passages from 1 articles, 0.0 s", "2 reading 1 of 2"]


def test_hits_and_articles_fit_together(programs: Programs) -> None:
    found = call(programs, "search", {"question": "Lavrov arrived in Havana", "k": 2}).structuredContent
    assert found
    hit = found["hits"][0]
    article = call(programs, "read_article", {"article_id": hit["article_id"]}).structuredContent

    assert len(found["hits"]) == 2
    assert article
    assert article["text"][hit["start"] : hit["end"]] == hit["text"]


@pytest.mark.parametrize(
    ("name", "values", "told"),
    [
        ("ask", {"question": "Is it down?"}, "the endpoint is down; start it"),
        ("ask", {"question": "Is it broken?"}, "the answer broke off"),
        ("ask", {"question": "When?", "since": "soon"}, "is not a day"),
        ("search", {"question": "Havana", "k": 0}, "k is not a whole number"),
        ("read_article", {"article_id": "nope"}, "article nope is not here"),
    ],
)
def test_errors_are_told_in_one_line(programs: Programs, name: str, values: dict[str, Any], told: str) -> None:
    reply = call(programs, name, values)

    assert reply.isError
    line = reply.content[0].text  # type: ignore[union-attr]
    assert told in line
    assert "\n" not in line


def test_what_could_not_be_opened_is_tried_again_and_then_kept(programs: Programs) -> None:
    opened: list[Path] = []

    def opening() -> Programs:
        opened.append(Path("home"))
        if len(opened) == 1:
            raise HomeError("busy")
        return programs

    once = _Opened(opening)
    with pytest.raises(HomeError):
        once()
    assert once() is once() is programs
    assert len(opened) == 2
