"""Other programs at the real page and at `dateline mcp`: real models, real clients, a real Chromium elsewhere."""

from __future__ import annotations

import asyncio
import sys
import threading
from collections.abc import Iterator
from functools import partial
from http.server import SimpleHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from gradio_client import Client
from mcp import ClientSession, StdioServerParameters
from mcp.client.stdio import stdio_client
from openai import OpenAI
from playwright.sync_api import Browser, sync_playwright

from tests.e2e.browser import FLAGS, ROOT, chat_server, chromium_path

pytestmark = pytest.mark.e2e

LAVROV = "When did Lavrov visit Havana?"
FOLLOW_UP = "Who was he expected to meet there?"
ELSEWHERE = "evil.example"  # a name that the browser is told is this machine's
TRY_IT = """async address => {
  const body = JSON.stringify({ data: ["When did Lavrov visit Havana?"], messages: [{ role: "user", content: "?" }] });
  const tried = [];
  for (const path of ["/v1/chat/completions", "/gradio_api/call/ask", "/v1/models"]) {
    const headers = { "content-type": "application/json" };
    const ask = path.endsWith("models") ? {} : { method: "POST", body, headers };
    tried.push(await fetch(address + path, ask).then(reply => reply.status, () => "refused"));
  }
  return tried;
}"""


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("programs") / "dateline"


@pytest.fixture(scope="module")
def address(home: Path) -> Iterator[str]:
    with chat_server(home) as ready:
        yield ready


def test_the_example_of_the_readme(address: str) -> None:
    client = Client(address, download_files=False, verbose=False)
    answer = client.predict(LAVROV, api_name="/ask")
    assert answer["answer"] == "Lavrov arrived in Havana on Wednesday night (19 April 2023). [1]"
    cited = answer["citations"][0]
    article = client.predict(cited["article_id"], api_name="/read_article")
    assert article["text"][cited["start"] : cited["end"]] == cited["quote"]
    found = client.predict("Lavrov in Havana", k=3, since="2023-04", outlet=["teleSUR"], api_name="/search")
    assert {hit["article_id"] for hit in found["hits"]} == {cited["article_id"]}
    assert len(client.predict(api_name="/articles")) == 5
    said: list[dict[str, str]] = [
        {"role": "user", "content": LAVROV},
        {"role": "assistant", "content": answer["answer"]},
    ]
    assert "Lavrov" in client.predict(FOLLOW_UP, said, api_name="/ask")["standalone_question"]


def test_a_chat_by_the_openai_client(address: str) -> None:
    with OpenAI(base_url=f"{address}/v1", api_key="none") as client:
        said: list[Any] = [{"role": "user", "content": LAVROV}]
        whole = client.chat.completions.create(model="dateline", messages=said)
        content = whole.choices[0].message.content or ""
        assert content.startswith("Lavrov arrived in Havana on Wednesday night (19 April 2023). [1]\n\nSources:\n[1] “")
        assert whole.usage
        assert whole.usage.prompt_tokens > 0
        said += [{"role": "assistant", "content": content}, {"role": "user", "content": FOLLOW_UP}]
        *_, last = client.chat.completions.create(model="dateline", messages=said, stream=True)
        assert "Lavrov" in last.dateline["standalone_question"]  # type: ignore[attr-defined]


def test_an_assistant_lists_the_tools_and_calls_each(home: Path, address: str) -> None:
    assert address  # which has made the home
    steps: list[str] = []

    async def noted(progress: float, total: float | None, message: str | None) -> None:
        steps.append(message or "")

    async def session() -> None:
        program = StdioServerParameters(
            command=sys.executable, args=["-m", "rag.cli", "mcp", "--home", str(home)], cwd=ROOT
        )
        async with stdio_client(program) as (read, write), ClientSession(read, write) as client:
            await client.initialize()
            assert [tool.name for tool in (await client.list_tools()).tools] == ["ask", "search", "read_article"]
            found = (await client.call_tool("search", {"question": "Lavrov in Havana", "k": 2})).structuredContent
            assert found
            assert len(found["hits"]) == 2
            asked = await client.call_tool("ask", {"question": LAVROV}, progress_callback=noted)
            assert asked.structuredContent
            assert "19 April 2023" in asked.structuredContent["answer"]
            cited = asked.structuredContent["citations"][0]
            read_back = await client.call_tool("read_article", {"article_id": cited["article_id"]})
            assert read_back.structuredContent
            assert read_back.structuredContent["text"][cited["start"] : cited["end"]] == cited["quote"]

    asyncio.run(session())
    assert any(step.startswith("reading 1 of") for step in steps)


# A page elsewhere


@pytest.fixture(scope="module")
def browser() -> Iterator[Browser]:
    with sync_playwright() as playwright:
        rules = f"--host-resolver-rules=MAP {ELSEWHERE} 127.0.0.1"
        opened = playwright.chromium.launch(executable_path=chromium_path(), args=[*FLAGS, rules])
        yield opened
        opened.close()


@pytest.fixture(scope="module")
def elsewhere(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The address of a page that is another's."""
    folder = tmp_path_factory.mktemp("elsewhere")
    (folder / "index.html").write_text("<title>Elsewhere</title>")
    with ThreadingHTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder))) as server:
        threading.Thread(target=server.serve_forever, daemon=True).start()
        yield f"http://{ELSEWHERE}:{server.server_port}"
        server.shutdown()


def test_a_page_elsewhere_cannot_ask(address: str, elsewhere: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(elsewhere)
    assert page.title() == "Elsewhere"
    assert page.evaluate(TRY_IT, address) == ["refused"] * 3
    page.close()


def test_a_name_made_to_point_here_shows_nothing(address: str, browser: Browser) -> None:
    page = browser.new_page()
    rebound = address.replace("127.0.0.1", ELSEWHERE)
    reply = page.goto(rebound)
    assert reply
    assert reply.status == 403
    assert page.evaluate(TRY_IT, rebound) == [403] * 3
    page.close()


def test_the_page_itself_can(address: str, browser: Browser) -> None:
    page = browser.new_page()
    page.goto(address)
    assert page.evaluate(TRY_IT, address) == [200, 200, 200]
    page.close()
