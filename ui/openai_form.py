"""OpenAI's form of a question, an answer and an error: pure, from objects of JSON and to them."""

from __future__ import annotations

import json
import time
import uuid
from dataclasses import dataclass, field
from typing import Any

from rag.answer.scope import check_question
from rag.batch import parse_history
from rag.errors import BusyError, DatelineError, EndpointError, UsageError
from rag.filters import parse_filters
from rag.safe_text import visible
from rag.schema import Answer, Filters, Turn
from ui.sources import sources, without_sources

MODEL = "dateline"
MODEL_CARD = {"id": MODEL, "object": "model", "created": 0, "owned_by": "dateline"}
DONE = "data: [DONE]\n\n"
FAILED = "Dateline failed at this; the log of its server says how"


class RefusedError(Exception):
    """A request that gets OpenAI's form of an error, with this HTTP status.

    What it says may hold what was sent, halves of characters too, which no reply can be encoded with.
    """

    def __init__(self, status: int, message: str, kind: str = "invalid_request_error", code: str | None = None) -> None:
        super().__init__(message)
        self.status = status
        self.error = {"message": visible(" ".join(message.split())), "type": kind, "param": None, "code": code}


@dataclass(frozen=True)
class Wanted:
    """What a request asks. `usage` is whether a stream is to end with the tokens it took."""

    question: str
    history: tuple[Turn, ...]
    filters: Filters
    stream: bool = False
    usage: bool = False
    id: str = field(default_factory=lambda: f"chatcmpl-{uuid.uuid4().hex}")
    created: int = field(default_factory=lambda: int(time.time()))


def parse(body: object) -> Wanted:
    """The question is the last message of a user, its history the messages of user and assistant before that.

    Other messages are passed over: Dateline takes no instructions. Raises UsageError for what cannot be answered,
    RefusedError for another model.
    """
    if not isinstance(body, dict) or not isinstance(body.get("messages"), list):
        raise UsageError('the body is not {"model": "dateline", "messages": [{"role": …, "content": …}]}')
    check_model(body.get("model"))
    if body.get("n") not in (None, 1):
        raise UsageError("n is not 1: there is one answer to a question")
    turns = parse_history([_turn(one) for one in body["messages"] if _says_something(one)])
    if not any(turn.role == "user" for turn in turns):
        raise UsageError("there is no message of a user, whose last one is the question")
    at = max(number for number, turn in enumerate(turns) if turn.role == "user")
    own, options = body.get("dateline"), body.get("stream_options")
    if own is not None and not (isinstance(own, dict) and set(own) <= {"since", "until", "outlet"}):
        raise UsageError("dateline is not an object of since, until and outlet")
    return Wanted(
        check_question(turns[at].content),
        turns[:at],
        parse_filters(**(own or {})),
        stream=body.get("stream") is True,
        usage=isinstance(options, dict) and options.get("include_usage") is True,
    )


def check_model(name: object) -> None:
    if name not in (None, MODEL):
        told = f"there is no such model here; the one there is is called {MODEL}"
        raise RefusedError(404, told, code="model_not_found")


def completion(wanted: Wanted, answer: Answer) -> dict[str, Any]:
    """The whole answer with its sources; `dateline` is the answer as Dateline tells it."""
    message = {"role": "assistant", "content": answer.answer + sources(answer), "refusal": None}
    choice = {"index": 0, "message": message, "finish_reason": "stop", "logprobs": None}
    body = _head(wanted, "chat.completion")
    return body | {"choices": [choice], "usage": usage(answer), "dateline": answer.to_json()}


def chunk(wanted: Wanted, delta: dict[str, Any], finish: str | None = None, **more: Any) -> str:
    """A piece of a stream, as a server-sent event."""
    choice = {"index": 0, "delta": delta, "finish_reason": finish, "logprobs": None}
    return sent(_head(wanted, "chat.completion.chunk") | {"choices": [choice]} | more)


def usage_chunk(wanted: Wanted, answer: Answer) -> str:
    return sent(_head(wanted, "chat.completion.chunk") | {"choices": [], "usage": usage(answer)})


def usage(answer: Answer) -> dict[str, int]:
    """Tokens in OpenAI's count, where what the model had read before is part of the prompt."""
    prompt = answer.usage.get("prompt_tokens", 0) + answer.usage.get("cached_tokens", 0)
    completed = answer.usage.get("completion_tokens", 0)
    return {"prompt_tokens": prompt, "completion_tokens": completed, "total_tokens": prompt + completed}


def refused(error: Exception) -> RefusedError:
    """What was asked wrongly is the asker's to mend (400); a dead endpoint (502) or a broken home (500) is ours, as
    is a line that is too long (503). What nobody foresaw (500) is told without its words, which are for the log."""
    if isinstance(error, RefusedError):
        return error
    if isinstance(error, UsageError):
        return RefusedError(400, str(error))
    if not isinstance(error, DatelineError):
        return RefusedError(500, FAILED, "server_error")
    status = 502 if isinstance(error, EndpointError) else 503 if isinstance(error, BusyError) else 500
    return RefusedError(status, str(error), "server_error")


def sent(data: dict[str, Any]) -> str:
    return f"data: {json.dumps(data)}\n\n"


def _head(wanted: Wanted, kind: str) -> dict[str, Any]:
    return {"id": wanted.id, "object": kind, "created": wanted.created, "model": MODEL}


def _says_something(message: object) -> bool:
    """To us: a message of the user, or of the assistant unless it only called a tool."""
    if not isinstance(message, dict):
        raise UsageError('a message is not {"role": …, "content": …}')
    role = message.get("role")
    return role == "user" or (role == "assistant" and message.get("content") is not None)


def _turn(message: dict[str, Any]) -> dict[str, Any]:
    """With the text of its parts as one, and of our own answers only what was said."""
    content = message.get("content")
    if isinstance(content, list):
        content = "\n".join(map(_text, content))
    if message["role"] == "assistant" and isinstance(content, str):
        content = without_sources(content)
    return {"role": message["role"], "content": content}


def _text(part: object) -> str:
    """Of a part that is text, as the refusal of another model is."""
    text = part.get("refusal" if part.get("type") == "refusal" else "text") if isinstance(part, dict) else None
    if not isinstance(text, str):
        raise UsageError("a message has parts that are no text")
    return text
