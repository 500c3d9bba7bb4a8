from __future__ import annotations

import base64
import json
import threading
import time
from collections.abc import Iterator
from typing import Any

import httpx
import pytest
from gradio_client import Client
from openai import APIError, APIStatusError, NotFoundError, OpenAI

from rag.answer.prompts import REFUSAL
from rag.desk.users import add_user
from tests.e2e.scripted_server import scripted_server
from tests.scripted import CORPUS
from ui.guard import ELSEWHERE, NOT_OURS
from ui.openai_api import LONGEST_BODY
from ui.openai_form import FAILED
from ui.sources import HEADING

LAVROV = "When did Lavrov visit Havana?"
NAME, PASSWORD = "zoë", "a pass:word with ä"


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The real page over real articles, with a model that needs none."""
    with scripted_server(tmp_path_factory.mktemp("openai") / "home", [CORPUS]) as ready:
        yield ready


@pytest.fixture(scope="module")
def locked(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    folder = tmp_path_factory.mktemp("locked")
    add_user(folder / "users", NAME, PASSWORD)
    add_user(folder / "users", "ana", "correct horse")
    with scripted_server(folder / "home", [CORPUS], "--auth", str(folder / "users")) as ready:
        yield ready


@pytest.fixture(scope="module")
def client(address: str) -> Iterator[OpenAI]:
    with OpenAI(base_url=f"{address}/v1", api_key="none") as made:
        yield made


def said(question: str) -> list[Any]:
    return [{"role": "user", "content": question}]


def test_there_is_one_model(client: OpenAI) -> None:
    assert [model.id for model in client.models.list()] == ["dateline"]
    assert client.models.retrieve("dateline").owned_by == "dateline"
    with pytest.raises(NotFoundError, match="the one there is is called dateline"):
        client.chat.completions.create(model="gpt-9", messages=said(LAVROV))


def test_an_answer_has_its_sources_and_the_whole_object(client: OpenAI) -> None:
    reply = client.chat.completions.create(model="dateline", messages=said(LAVROV))
    content = reply.choices[0].message.content or ""
    answer = reply.dateline  # type: ignore[attr-defined]

    text, _, sources = content.partition(HEADING)
    assert text == answer["answer"]
    assert sources.count("\n") + 1 == len(answer["citations"]) > 0
    for citation in answer["citations"]:
        assert f"[{citation['n']}] “{' '.join(citation['quote'].split())}”" in sources


def test_a_stream_says_the_same_sentence_by_sentence(client: OpenAI) -> None:
    whole = client.chat.completions.create(model="dateline", messages=said(LAVROV))
    options: Any = {"include_usage": True}
    pieces = list(
        client.chat.completions.create(model="dateline", messages=said(LAVROV), stream=True, stream_options=options)
    )

    *told, ending, tokens = pieces
    spoken = [piece.choices[0].delta.content or "" for piece in told]
    assert "".join(spoken) == whole.choices[0].message.content
    assert len([one for one in spoken if one]) == len(whole.dateline["sentences"]) + 1  # type: ignore[attr-defined]
    assert ending.choices[0].finish_reason == "stop"
    assert ending.dateline["answer"] == whole.dateline["answer"]  # type: ignore[attr-defined]
    assert tokens.usage is not None
    assert len({piece.id for piece in pieces}) == 1


def test_sentences_are_sent_as_they_pass_to_a_reader_who_takes_them_compressed_too(address: str) -> None:
    asked = {"messages": said(f"{LAVROV} slow"), "stream": True}
    times: list[float] = []
    lines: list[str] = []
    with httpx.stream(
        "POST", f"{address}/v1/chat/completions", json=asked, headers={"accept-encoding": "br, gzip"}, timeout=60
    ) as reply:
        assert reply.headers["content-type"].startswith("text/event-stream")
        for line in reply.iter_lines():
            if line:
                lines.append(line)
                times.append(time.monotonic())

    assert lines[-1] == "data: [DONE]"
    assert all(line.startswith("data: ") for line in lines)
    assert times[-1] - times[0] > 2  # three sentences, two seconds each: not all at the end


def test_a_refusal_is_an_answer(client: OpenAI) -> None:
    asked = said("How many people live in Reykjavik?")
    whole = client.chat.completions.create(model="dateline", messages=asked)
    pieces = client.chat.completions.create(model="dateline", messages=asked, stream=True)

    assert whole.choices[0].message.content == REFUSAL
    assert "".join(piece.choices[0].delta.content or "" for piece in pieces) == REFUSAL


def test_it_is_narrowed_by_what_stands_under_dateline(client: OpenAI) -> None:
    def ask(**filters: Any) -> Any:
        return client.chat.completions.create(
            model="dateline", messages=said(LAVROV), extra_body={"dateline": filters}
        ).dateline  # type: ignore[attr-defined]

    assert {cited["outlet"] for cited in ask(outlet="telesur")["citations"]} == {"teleSUR English"}
    with pytest.raises(APIStatusError, match="no article is from 'nobody'") as told:
        ask(outlet="nobody")
    assert told.value.status_code == 400


def test_errors_are_openais_and_asked_once_only(address: str) -> None:
    asked: list[httpx.Request] = []
    http = httpx.Client(event_hooks={"request": [asked.append]})
    with http, OpenAI(base_url=f"{address}/v1", api_key="none", http_client=http) as client:
        with pytest.raises(APIStatusError, match="does not answer; start it and ask again") as dead:
            client.chat.completions.create(model="dateline", messages=said("Is it down?"))
        assert (dead.value.status_code, dead.value.type, len(asked)) == (502, "server_error", 1)
        with pytest.raises(APIError, match="does not answer; start it and ask again"):
            list(client.chat.completions.create(model="dateline", messages=said("Is it down?"), stream=True))


@pytest.mark.parametrize("stream", [False, True])
def test_what_fails_before_the_answer_has_begun_has_its_status(client: OpenAI, stream: bool) -> None:
    def ask(question: str, **own: Any) -> APIStatusError:
        with pytest.raises(APIStatusError) as told:
            client.chat.completions.create(
                model="dateline", messages=said(question), stream=stream, extra_body={"dateline": own}
            )
        return told.value

    assert ask(LAVROV, outlet="nobody").status_code == 400
    broken = ask("Is it broken?")
    assert (broken.status_code, broken.type, FAILED in broken.message) == (500, "server_error", True)


@pytest.mark.parametrize(
    ("content", "kind", "status", "told"),
    [
        (b"{", "application/json", 400, "not JSON"),
        (b"\xff", "application/json", 400, "not JSON"),
        (b"[" * 100_000, "application/json", 400, "not JSON"),
        (b'"' + b"x" * LONGEST_BODY + b'"', "application/json", 413, "1,000,000 bytes"),
        (b'{"messages": [{"role": "user", "content": "When?"}]}', "text/plain", 415, "not application/json"),
        (b'{"messages": []}', "application/json; charset=utf-8", 400, "no message of a user"),
        (
            b'{"messages": [{"role": "user", "content": "When?"}], "dateline": {"since": "\\ud800"}}',
            "application/json",
            400,
            "is not a day",
        ),
    ],
)
def test_a_body_that_is_no_question_is_told_so(address: str, content: bytes, kind: str, status: int, told: str) -> None:
    reply = httpx.post(f"{address}/v1/chat/completions", content=content, headers={"content-type": kind})

    assert reply.status_code == status
    assert told in reply.json()["error"]["message"]
    assert "\n" not in reply.json()["error"]["message"]


def test_one_answer_is_made_at_a_time_whoever_asks(address: str, client: OpenAI) -> None:
    page = Client(address, verbose=False, download_files=False)
    began = time.monotonic()
    slow = page.submit(f"{LAVROV} slow", api_name="/ask")
    time.sleep(1)
    client.chat.completions.create(model="dateline", messages=said(LAVROV))

    assert time.monotonic() - began > 5.5  # three sentences, two seconds each, came before
    assert slow.done() or slow.result(timeout=5)
    assert slow.result()["citations"]


def test_who_hangs_up_frees_the_model(address: str, client: OpenAI) -> None:
    for stream in (True, False):
        asked = {"messages": said(f"{LAVROV} long slow"), "stream": stream}  # two minutes
        with pytest.raises(httpx.ReadTimeout):
            httpx.post(f"{address}/v1/chat/completions", json=asked, timeout=1)
        began = time.monotonic()
        client.chat.completions.create(model="dateline", messages=said(LAVROV), timeout=30)
        assert time.monotonic() - began < 15


def test_many_at_once_leave_the_page_usable(address: str) -> None:
    done: list[int] = []

    def ask() -> None:
        done.append(
            httpx.post(f"{address}/v1/chat/completions", json={"messages": said(LAVROV)}, timeout=60).status_code
        )

    askers = [threading.Thread(target=ask) for _ in range(60)]
    for asker in askers:
        asker.start()
    assert httpx.get(address, timeout=20).status_code == 200
    for asker in askers:
        asker.join()
    assert done == [200] * 60


# Who may not


@pytest.mark.parametrize("path", ["/", "/config", "/gradio_api/info", "/v1/models", "/gradio_api/call/ask"])
def test_a_page_elsewhere_and_a_rebound_name_get_at_nothing(address: str, path: str) -> None:
    ours = httpx.URL(address)
    elsewhere = httpx.get(f"{address}{path}", headers={"origin": "http://evil.example"})
    rebound = httpx.get(f"{address}{path}", headers={"host": f"evil.example:{ours.port}"})

    assert (elsewhere.status_code, elsewhere.json()["error"]["message"]) == (403, ELSEWHERE)
    assert (rebound.status_code, rebound.json()["error"]["message"]) == (403, NOT_OURS)


@pytest.mark.parametrize("path", ["/v1/chat/completions", "/gradio_api/call/ask", "/gradio_api/queue/join"])
def test_a_page_elsewhere_has_nobody_ask(address: str, path: str) -> None:
    headers = {"origin": "http://evil.example", "content-type": "application/json"}
    body = json.dumps({"messages": said(LAVROV), "data": [LAVROV]})

    assert httpx.post(f"{address}{path}", content=body, headers=headers).status_code == 403
    rebound = headers | {"origin": f"http://evil.example:{httpx.URL(address).port}", "host": "evil.example"}
    assert httpx.post(f"{address}{path}", content=body, headers=rebound).status_code == 403


def test_a_browser_is_not_told_that_another_page_may_read(address: str) -> None:
    reply = httpx.options(
        f"{address}/v1/chat/completions",
        headers={"origin": "http://evil.example", "access-control-request-method": "POST"},
    )

    assert "access-control-allow-origin" not in reply.headers


# With users


def basic(name: str, password: str) -> dict[str, str]:
    return {"authorization": "Basic " + base64.b64encode(f"{name}:{password}".encode()).decode()}


def bearer(key: str) -> dict[bytes, bytes]:
    return {b"authorization": f"Bearer {key}".encode()}


@pytest.mark.parametrize(
    "headers",
    [
        {},
        basic(NAME, "wrong"),
        basic("nobody", PASSWORD),
        bearer(f"{NAME}:wrong"),
        bearer(PASSWORD),
        {"authorization": "Basic \x41!"},
        {b"authorization": b"Bearer \xff:\xff"},
        {"authorization": f"Digest {NAME.encode().hex()}:x"},
    ],
)
def test_nobody_else_is_let_in(locked: str, headers: Any) -> None:
    reply = httpx.get(f"{locked}/v1/models", headers=headers)

    assert (reply.status_code, reply.json()["error"]["code"]) == (401, "invalid_api_key")
    assert reply.headers["www-authenticate"].startswith("Basic ")


def test_every_door_is_locked(locked: str) -> None:
    ask = {"messages": said(LAVROV)}

    assert httpx.get(f"{locked}/v1/models/dateline").status_code == 401
    assert httpx.post(f"{locked}/v1/chat/completions", json=ask).status_code == 401
    assert httpx.post(f"{locked}/v1/chat/completions", content=b"{").status_code == 401
    for name in ("ask", "search", "read_article", "articles"):
        assert httpx.post(f"{locked}/gradio_api/call/{name}", json={"data": []}).status_code == 401


def test_a_user_is_let_in_by_key_or_by_basic(locked: str) -> None:
    assert httpx.get(f"{locked}/v1/models", headers=basic(NAME, PASSWORD)).status_code == 200
    assert httpx.get(f"{locked}/v1/models", headers=bearer(f"{NAME}:{PASSWORD}")).status_code == 200


def test_clients_log_in(locked: str) -> None:
    with OpenAI(base_url=f"{locked}/v1", api_key="ana:correct horse") as client:
        reply = client.chat.completions.create(model="dateline", messages=said(LAVROV))
    page = Client(locked, verbose=False, download_files=False, auth=("ana", "correct horse"))

    assert reply.choices[0].message.content
    assert len(page.predict(api_name="/articles")) == 5
