"""The archive as a model of an OpenAI-compatible server: `/v1/models` and `/v1/chat/completions`."""

from __future__ import annotations

import asyncio
import base64
import binascii
import json
from collections.abc import Awaitable, Callable
from contextlib import aclosing
from typing import TypeAlias

from starlette.applications import Starlette
from starlette.concurrency import run_in_threadpool
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import JSONResponse, Response
from starlette.routing import Mount, Route

from rag.errors import DatelineError, EndpointError
from rag.one_at_a_time import Ask
from rag.programs import BROKEN_OFF
from rag.schema import Done
from ui.openai_form import MODEL_CARD, RefusedError, check_model, completion, parse, refused
from ui.openai_stream import Streamed, events_of

LONGEST_BODY = 1_000_000  # bytes
HUNG_UP = 499  # nobody is there to read it
Admits: TypeAlias = Callable[[str, str], bool]
"""Whether a name and a password let somebody in."""
Handler: TypeAlias = Callable[[Request], Awaitable[Response]]


def routes(ask: Ask, admits: Admits | None = None) -> list[Mount]:
    """The routes over `ask`, which is to make one answer at a time; for those that `admits` if it is given."""
    one_waits = asyncio.Lock()  # in a thread for its turn; the others wait here, where waiting costs nothing

    async def models(_: Request) -> Response:
        return JSONResponse({"object": "list", "data": [MODEL_CARD]})

    async def model(request: Request) -> Response:
        check_model(request.path_params["name"])
        return JSONResponse(MODEL_CARD)

    async def chat(request: Request) -> Response:
        wanted = parse(await _body(request))
        events = events_of(ask, wanted, one_waits)
        if wanted.stream and (first := await anext(events, None)):
            return Streamed(wanted, first, events)
        async with aclosing(events):
            async for event in events:
                if isinstance(event, Done):
                    return JSONResponse(completion(wanted, event.answer))
                if await request.is_disconnected():
                    return Response(status_code=HUNG_UP)
        raise EndpointError(BROKEN_OFF)

    def open_to_users(handler: Handler) -> Handler:
        async def answering(request: Request) -> Response:
            await _let_in(request, admits)
            return await handler(request)

        return answering

    inside = [
        Route("/models", open_to_users(models), methods=["GET"]),
        Route("/models/{name}", open_to_users(model), methods=["GET"]),
        Route("/chat/completions", open_to_users(chat), methods=["POST"]),
    ]
    told = dict.fromkeys((RefusedError, DatelineError, HTTPException, Exception), _told)
    return [Mount("/v1", Starlette(routes=inside, exception_handlers=told))]


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


async def _told(_: Request, error: Exception) -> Response:
    """Not to be asked again by itself: it would come to the same, and an answer takes the model's time.

    What nobody foresaw Starlette raises once more when it has been told, so that the server logs where it happened.
    """
    headers = {"x-should-retry": "false"}
    if isinstance(error, HTTPException):  # no such address or method
        headers |= error.headers or {}
        error = RefusedError(error.status_code, error.detail)
    told = refused(error)
    if told.status == 401:
        headers["www-authenticate"] = 'Basic realm="Dateline", charset="UTF-8"'
    return JSONResponse({"error": told.error}, status_code=told.status, headers=headers)
