from __future__ import annotations

import asyncio

import httpx
import pytest
from starlette.datastructures import Headers
from starlette.responses import PlainTextResponse
from starlette.types import Receive, Scope, Send

from ui.guard import ELSEWHERE, NOT_OURS, Guard, why_not


def refusal(host: str, origin: str | None = None, *, local: bool = True, **more: str) -> str | None:
    headers = {"host": host, **({"origin": origin} if origin is not None else {}), **more}
    return why_not(Headers(headers), local)


@pytest.mark.parametrize("host", ["127.0.0.1:7860", "localhost:7860", "LOCALHOST:7860", "[::1]:7860", "127.0.0.1"])
def test_this_machine_is_called_by_its_own_names(host: str) -> None:
    assert refusal(host) is None
    assert refusal(host, f"http://{host}") is None


@pytest.mark.parametrize(
    "host", ["evil.example:7860", "127.0.0.1.evil.example", "localhost.evil.example", "192.0.2.1", "", "[::1", "a b"]
)
def test_a_name_that_was_made_to_point_here_is_not_answered(host: str) -> None:
    assert refusal(host) == NOT_OURS
    assert refusal(host, f"http://{host}") == NOT_OURS


@pytest.mark.parametrize(
    "origin",
    ["http://evil.example", "http://evil.example:7860", "null", "", "http://127.0.0.1:5000", "file://", "http://[::1"],
)
@pytest.mark.parametrize("local", [True, False])
def test_a_page_of_another_origin_does_nothing_here(origin: str, local: bool) -> None:
    assert refusal("127.0.0.1:7860", origin, local=local) == ELSEWHERE


def test_behind_a_proxy_the_page_is_what_the_proxy_calls_it() -> None:
    assert refusal("news.example", "https://news.example", local=False) is None
    assert refusal("news.example", "https://news.example:8443", local=False) is None
    passed_on = {"x-forwarded-host": "news.example"}
    assert refusal("10.0.0.5:7860", "https://news.example", local=False, **passed_on) is None
    assert refusal("10.0.0.5:7860", "https://evil.example", local=False, **passed_on) == ELSEWHERE


def test_what_is_refused_never_reaches_the_page() -> None:
    reached: list[str] = []

    async def page(scope: Scope, receive: Receive, send: Send) -> None:
        reached.append(scope["path"])
        await PlainTextResponse("hello")(scope, receive, send)

    async def call(host: str) -> httpx.Response:
        transport = httpx.ASGITransport(Guard(page, local=True))
        async with httpx.AsyncClient(transport=transport, base_url=f"http://{host}") as client:
            return await client.get("/x")

    refused, passed = asyncio.run(call("evil.example")), asyncio.run(call("127.0.0.1"))
    assert (refused.status_code, refused.json()["error"]["message"]) == (403, NOT_OURS)
    assert (passed.status_code, passed.text, reached) == (200, "hello", ["/x"])
