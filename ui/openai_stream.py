"""The events of an answer for a client of OpenAI's form: made in threads, and sent on as pieces of a stream."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import AsyncGenerator, AsyncIterator
from contextlib import aclosing
from typing import TypeAlias

from starlette.concurrency import run_in_threadpool
from starlette.responses import StreamingResponse
from starlette.types import Receive, Scope, Send

from rag.answer.cite import marked
from rag.errors import DatelineError, EndpointError
from rag.one_at_a_time import Ask
from rag.programs import BROKEN_OFF
from rag.schema import Answer, Done, Event, SentencePassed
from ui.openai_form import DONE, Wanted, chunk, refused, sent, usage_chunk
from ui.sources import sources

Events: TypeAlias = AsyncGenerator[Event, None]
log = logging.getLogger(__name__)


async def events_of(ask: Ask, wanted: Wanted, one_waits: asyncio.Lock) -> Events:
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


class Streamed(StreamingResponse):
    """An answer sent as it is made, from its first event on, which was waited for: until then an error has a status.

    The events are closed here, for nobody closes the pieces of a client that hung up before the first.
    """

    def __init__(self, wanted: Wanted, first: Event, others: Events) -> None:
        super().__init__(_pieces(wanted, _all(first, others)), media_type="text/event-stream")
        self._events = others

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        async with aclosing(self._events):
            await super().__call__(scope, receive, send)


async def _all(first: Event, others: Events) -> AsyncIterator[Event]:
    yield first
    async for event in others:
        yield event


async def _pieces(wanted: Wanted, events: AsyncIterator[Event]) -> AsyncIterator[str]:
    """The sentences as they pass, then the sources; `dateline` is on the chunk that ends it."""
    said = False
    answer: Answer | None = None
    yield chunk(wanted, {"role": "assistant", "content": ""})
    try:
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
    except Exception as error:  # the status is long sent, and a stream that only ends is taken for an empty answer
        log.exception("an answer broke off")
        yield sent({"error": refused(error).error})
    else:
        yield chunk(wanted, {"content": ("" if said else answer.answer) + sources(answer)})
        yield chunk(wanted, {}, "stop", dateline=answer.to_json())
        if wanted.usage:
            yield usage_chunk(wanted, answer)
    yield DONE
