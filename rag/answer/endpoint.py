"""Speaking to an OpenAI-compatible endpoint through LlamaIndex, and telling in one line what went wrong."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any
from urllib.parse import urlsplit

from rag.addresses import is_loopback
from rag.errors import EndpointError, UsageError

if TYPE_CHECKING:
    import httpx
    import openai
    from llama_index.core.llms import LLM

CONTEXT_TOKENS = 4096  # a worked prefix of about 600 and the longest passage fit several times
TIMEOUT_S = 120.0  # between two pieces of a stream; some servers load the model upon the first question
ANSWER_TIMEOUT_S = 300.0  # for a whole reply, however steadily it comes
CHARACTERS_A_TOKEN = 20  # more than any model's tokens have; who writes more does not keep to the tokens asked for
LISTING_TIMEOUT_S = 10.0
STATUS_HINTS = {
    401: "check the key (DATELINE_LLM_KEY)",
    403: "check the key (DATELINE_LLM_KEY)",
    404: "check the address (most end in /v1) and the model's name",
}


@contextmanager
def connect(url: str, key: str | None, name: str) -> Iterator[LLM]:
    """The model `name` at an endpoint, over connections that are closed in the end: then it stops writing."""
    from llama_index.llms.openai_like import OpenAILike

    with _http_client(url) as client:
        yield OpenAILike(
            model=name,
            api_base=url,
            api_key=key or "none",
            is_chat_model=True,
            context_window=CONTEXT_TOKENS,
            temperature=0.0,
            timeout=TIMEOUT_S,
            max_retries=1,
            http_client=client,  # type: ignore[call-arg]  # taken by OpenAI.__init__, no field of it
        )


def first_served(url: str, key: str | None) -> str:
    import openai

    with errors_told(url), _http_client(url) as http:
        client = openai.OpenAI(
            base_url=url, api_key=key or "none", timeout=LISTING_TIMEOUT_S, max_retries=0, http_client=http
        )
        page = client.get("/models", cast_to=object)
    served = page.get("data") if isinstance(page, dict) else None  # a web page comes as its text
    if not served:
        raise EndpointError(f"{url} lists no models; check the address (most end in /v1), or name one with --model")
    return str(served[0]["id"])


def _http_client(url: str) -> httpx.Client:
    """A proxy set for the web must not be told what is said on loopback."""
    import openai

    return openai.DefaultHttpxClient(trust_env=not is_here(url))


def is_here(url: str) -> bool:
    """Whether an endpoint is on this machine."""
    return is_loopback(urlsplit(url).hostname or "")


def check_url(url: str) -> None:
    try:
        parts = urlsplit(url)
        if parts.scheme in ("http", "https") and parts.hostname and (parts.port is None or parts.port > 0):
            return
    except ValueError:  # a port that is no number, a bracket left open
        pass
    raise UsageError(f"{url}: no address of an endpoint; give one like http://127.0.0.1:8080/v1")


def has_ended(raw: Any, before: bool) -> bool:
    """Whether the stream has said that the reply is complete; what is not OpenAI-like need not."""
    choices = getattr(raw, "choices", None)
    return bool(choices[0].finish_reason) if choices else before


@contextmanager
def errors_told(where: str) -> Iterator[None]:
    """Turns what can go wrong on the way to an endpoint and back into one line that says where."""
    import httpx
    import openai

    try:
        yield
    except openai.APIStatusError as error:
        hint = _wait(error) or STATUS_HINTS.get(error.status_code, "try again, or choose another")
        raise EndpointError(f"{where} answered {error.status_code} ({_said(error)}); {hint}") from error
    except (openai.APITimeoutError, httpx.TimeoutException) as error:
        raise EndpointError(f"{where} did not answer in time; try again, or choose another model") from error
    except openai.APIConnectionError as error:
        raise EndpointError(
            f"{where} cannot be reached ({one_line(str(error.__cause__ or error))}); is it running?"
        ) from error
    except (openai.OpenAIError, httpx.HTTPError, json.JSONDecodeError, UnicodeError) as error:
        raise EndpointError(f"{where} broke off ({one_line(str(error))}); try again") from error


def refused_as_put(error: EndpointError) -> bool:
    """Whether an endpoint understood a request and would not have it in this form."""
    import openai

    return isinstance(error.__cause__, openai.BadRequestError | openai.UnprocessableEntityError)


def _wait(error: openai.APIStatusError) -> str | None:
    """When to try again, where an endpoint that is busy tells."""
    seconds = error.response.headers.get("Retry-After", "")
    return f"try again in {seconds} s" if seconds.isdigit() else None


def _said(error: openai.APIStatusError) -> str:
    """The endpoint's own words, out of the usual wrapping."""
    body = error.body if isinstance(error.body, dict) else {}
    return one_line(str(body.get("message") or error.message))


def one_line(text: str) -> str:
    return " ".join(text.split())[:200]
