"""What a client is told, piece by piece, whatever happens to the answer."""

from __future__ import annotations

import asyncio
import json
from collections.abc import AsyncGenerator, Iterator
from typing import Any

import httpx
import pytest
from starlette.applications import Starlette
from starlette.types import Message, Scope

from rag.errors import BusyError, EndpointError, UsageError
from rag.one_at_a_time import Ask
from rag.schema import EVERYTHING, Event, EvidenceFound, Filters, Step, Turn
from tests.scripted import tell
from ui.openai_api import routes
from ui.openai_form import DONE, FAILED, Wanted
from ui.openai_stream import Streamed

WHERE = "/v1/chat/completions"
SCOPE: Scope = {
    "type": "http",
    "asgi": {"version": "3.0", "spec_version": "2.3"},  # as uvicorn has it
    "method": "POST",
    "path": WHERE,
    "root_path": "",
    "query_string": b"",
    "headers": [(b"content-type", b"application/json")],
}


def body(stream: bool) -> dict[str, Any]:
    return {"messages": [{"role": "user", "content": "When?"}], "stream": stream}


def post(ask: Ask, stream: bool, *, raises: bool = False) -> httpx.Response:
    async def posted() -> httpx.Response:
        transport = httpx.ASGITransport(Starlette(routes=routes(ask)), raise_app_exceptions=raises)
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return await client.post(WHERE, json=body(stream))

    return asyncio.run(posted())


def failing(error: Exception, after: int = 0) -> Ask:
    """What tells so many events and then fails."""

    def ask(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /) -> Iterator[Event]:
        events = tell(question, history, filters)
        for _ in range(after):
            yield next(events)
        raise error

    return ask


@pytest.mark.parametrize("stream", [False, True])
@pytest.mark.parametrize(
    ("error", "status", "message"),
    [
        (UsageError("no article is from 'Nobody'"), 400, "no article is from 'Nobody'"),
        (BusyError("20 questions are waiting already"), 503, "20 questions are waiting already"),
        (EndpointError("it does not answer"), 502, "it does not answer"),
        (RuntimeError("database disk image is malformed"), 500, FAILED),
        (OverflowError("date value out of range"), 500, FAILED),
    ],
)
def test_what_fails_before_the_first_event_has_its_status_in_a_stream_too(
    error: Exception, status: int, message: str, stream: bool
) -> None:
    reply = post(failing(error), stream)

    assert (reply.status_code, reply.json()["error"]["message"]) == (status, message)


@pytest.mark.parametrize("stream", [False, True])
def test_what_nobody_foresaw_goes_on_to_the_server_which_logs_it(stream: bool) -> None:
    with pytest.raises(RuntimeError, match="malformed"):
        post(failing(RuntimeError("database disk image is malformed")), stream, raises=True)


@pytest.mark.parametrize(
    ("error", "told", "logged"),
    [
        (EndpointError("it does not answer"), "it does not answer", False),
        (RuntimeError("database disk image is malformed"), FAILED, True),
    ],
)
def test_a_stream_that_breaks_off_says_so_and_ends(
    error: Exception, told: str, logged: bool, caplog: pytest.LogCaptureFixture
) -> None:
    reply = post(failing(error, after=4), stream=True)  # the fourth event is a sentence
    *said, failed, done, nothing = reply.text.split("\n\n")

    assert (reply.status_code, len(said), f"{done}\n\n", nothing) == (200, 2, DONE, "")
    assert json.loads(failed.removeprefix("data: "))["error"]["message"] == told
    assert ("Traceback" in caplog.text and "malformed" in caplog.text) is logged


def test_a_stream_without_an_end_says_so() -> None:
    def ask(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /) -> Iterator[Event]:
        yield Step("reading 1 of 2")

    assert '"error"' in post(ask, stream=True).text
    assert post(lambda *_: iter(()), stream=True).status_code == 502


def test_an_unknown_address_and_method_are_told_in_openais_form() -> None:
    async def asked() -> list[httpx.Response]:
        transport = httpx.ASGITransport(Starlette(routes=routes(tell)))
        async with httpx.AsyncClient(transport=transport, base_url="http://127.0.0.1") as client:
            return [await client.post("/v1/embeddings", json={}), await client.get(WHERE)]

    unknown, got = asyncio.run(asked())
    assert (unknown.status_code, unknown.json()["error"]["message"]) == (404, "Not Found")
    assert (got.status_code, got.json()["error"]["message"]) == (405, "Method Not Allowed")
    assert got.headers["allow"] == "POST"


def test_a_stream_begins_when_the_first_event_is_there_and_waits_for_no_other() -> None:
    taken: list[Event] = []
    sent: list[tuple[str, int]] = []

    def ask(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /) -> Iterator[Event]:
        for event in tell(question, history, filters):
            taken.append(event)
            yield event

    async def asked() -> None:
        received: asyncio.Queue[Message] = asyncio.Queue()
        received.put_nowait({"type": "http.request", "body": json.dumps(body(stream=True)).encode()})

        async def send(message: Message) -> None:
            sent.append((message["type"], len(taken)))

        await Starlette(routes=routes(ask))(SCOPE, received.get, send)

    asyncio.run(asked())
    assert isinstance(taken[0], EvidenceFound)
    assert sent[:2] == [("http.response.start", 1), ("http.response.body", 1)]


@pytest.mark.parametrize("pieces", [0, 1, 2])
def test_who_hangs_up_closes_the_events_however_early(pieces: int) -> None:
    closed: list[bool] = []

    async def events() -> AsyncGenerator[Event, None]:
        try:
            for event in tell("When?"):
                yield event
        finally:
            closed.append(True)

    async def hung_up() -> None:
        gone = asyncio.Event()
        made = events()
        first = await anext(made)
        left = pieces

        async def send(message: Message) -> None:
            nonlocal left
            if message["type"] == "http.response.body":
                left -= 1
            if left <= 0:
                gone.set()
                await asyncio.sleep(60)  # until it is cancelled

        async def receive() -> Message:
            await gone.wait()
            return {"type": "http.disconnect"}

        await Streamed(Wanted("When?", (), EVERYTHING), first, made)(SCOPE, receive, send)
        assert closed == [True]

    asyncio.run(hung_up())
