"""The archive as a model of an OpenAI-compatible server: `/v1/models` and `/v1/chat/completions`."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import AsyncGenerator, AsyncIterator, Awaitable, Callable
from contextlib import aclosing
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.requests import Request
from starlette.responses import JSONResponse, Response, StreamingResponse
from starlette.routing import Route

from rag.answer.cite import marked
from rag.errors import DatelineError, EndpointError
from rag.one_at_a_time import Ask
from rag.programs import BROKEN_OFF
from rag.schema import Answer, Done, Event, SentencePassed
from ui.openai_form import (
    DONE,
    MODEL_CARD,
    RefusedError,
    Wanted,
    check_model,
    chunk,
    completion,
    parse,
    refused,
    sent,
    usage_chunk,
)
from ui.sources import sources

LONGEST_BODY = 1_000_000  # bytes
HUNG_UP = 499  # nobody is there to read it
Admits: TypeAlias = Callable[[str, str], bool]
"""Whether a name and a password let somebody in."""
Handler: TypeAlias = Callable[[Request], Awaitable[Response]]
Events: TypeAlias = AsyncGenerator[Event, None]


def routes(ask: Ask, admits: Admits | None = None) -> list[Route]:
    """The routes over `ask`, which is to make one answer at a time; for those that `admits` if it is given."""
    one_waits = asyncio.Lock()  # in a thread for its turn; the others wait here, where waiting costs nothing

    async def models(_: Request) -> Response:
        return JSONResponse({"object": "list", "data": [MODEL_CARD]})

    async def model(request: Request) -> Response:
        check_model(request.path_params["name"])
        return JSONResponse(MODEL_CARD)

    async def chat(request: Request) -> Response:
        wanted = parse(await _body(request))
        events = _events(ask, wanted, one_waits)
        if wanted.stream:
            return StreamingResponse(_stream(wanted, events), media_type="text/event-stream")
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Done):
                    return JSONResponse(completion(wanted, event.answer))
                if await request.is_disconnected():
                    return Response(status_code=HUNG_UP)
        raise EndpointError(BROKEN_OFF)

    def open_to_users(handler: Handler) -> Handler:
        async def answering(request: Request) -> Response:
            try:
                await _let_in(request, admits)
                return await handler(request)
            except DatelineError as error:
                return _told(refused(error))
            except RefusedError as error:
                return _told(error)

        return answering

    return [
        Route("/v1/models", open_to_users(models), methods=["GET"]),
        Route("/v1/models/{name}", open_to_users(model), methods=["GET"]),
        Route("/v1/chat/completions", open_to_users(chat), methods=["POST"]),
    ]


async def _events(ask: Ask, wanted: Wanted, one_waits: asyncio.Lock) -> Events:
    """The events of the answer, made in threads; whoever hangs up frees the model."""
    async with one_waits:
        events = iter(ask(wanted.question, wanted.history, wanted.filters))
        try:
            while event := await run_in_threadpool(next, events, None):
                yield event
        finally:
            close = getattr(events, "close", None)  # a generator's
            if close:
                close()


async def _stream(wanted: Wanted, events: Events) -> AsyncIterator[str]:
    """The sentences as they pass, then the sources; `dateline` is on the chunk that ends it."""
    said = False
    answer: Answer | None = None
    yield chunk(wanted, {"role": "assistant", "content": ""})
    try:
        async with aclosing(events):
            async for event in events:
                if isinstance(event, SentencePassed):
                    yield chunk(wanted, {"content": f"{' ' if said else ''}{marked(event.sentence)}"})
                    said = True
                elif isinstance(event, Done):
                    answer = event.answer
        if answer is None:
            raise EndpointError(BROKEN_OFF)
    except DatelineError as error:
        yield sent({"error": refused(error).error})
    else:
        yield chunk(wanted, {"content": ("" if said else answer.answer) + sources(answer)})
        yield chunk(wanted, {}, "stop", dateline=answer.to_json())
        if wanted.usage:
            yield usage_chunk(wanted, answer)
    yield DONE


async def _let_in(request: Request, admits: Admits | None) -> None:
    """With HTTP Basic, or with a key of the form name:password. Raises RefusedError with 401 for anybody else."""
    if admits is None:
        return
    name, colon, password = _credentials(request.headers.get("authorization", "")).partition(":")
    if not colon or not await run_in_threadpool(admits, name, password):
        raise RefusedError(401, "the key is not name:password of a user of this page", code="invalid_api_key")


def _credentials(header: str) -> str:
    scheme, _, value = header.partition(" ")
    try:
        if scheme.casefold() == "bearer":
            return value.strip().encode("latin-1").decode()  # as which headers are read, whatever they hold
        if scheme.casefold() == "basic":
            return base64.b64decode(value.strip(), validate=True).decode()
    except (binascii.Error, UnicodeError):
        pass
    return ""


async def _body(request: Request) -> object:
    """Raises RefusedError for one that is no JSON, and for another type, which any web page may send anywhere."""
    if request.headers.get("content-type", "").partition(";")[0].strip().casefold() != "application/json":
        raise RefusedError(415, "the body is not application/json")
    body = b""
    async for part in request.stream():
        body += part
        if len(body) > LONGEST_BODY:
            raise RefusedError(413, f"the body has more than {LONGEST_BODY:,} bytes; send less of the conversation")
    try:
        parsed: object = json.loads(body)
    except (ValueError, RecursionError) as error:
        raise RefusedError(400, f"the body is not JSON ({error})") from error
    return parsed


def _told(error: RefusedError) -> Response:
    """Not to be asked again by itself: it would come to the same, and an answer takes the model's time."""
    headers = {"x-should-retry": "false"}
    if error.status == 401:
        headers["www-authenticate"] = 'Basic realm="Dateline", charset="UTF-8"'
    return JSONResponse({"error": error.error}, status_code=error.status, headers=headers)
