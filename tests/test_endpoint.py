from __future__ import annotations

import time
from collections.abc import Iterator

import pytest

from rag.answer import endpoint as endpoint_module
from rag.answer import llm as llm_module
from rag.answer.endpoint import check_url, connect, first_served
from rag.answer.llm import LanguageModel
from rag.errors import EndpointError, UsageError
from rag.schema import Turn
from tests.endpoints import KEY, Endpoint, dead_url, endpoint

ASKED = [Turn("user", "Say hello.")]


@pytest.fixture
def server() -> Iterator[Endpoint]:
    with endpoint() as running:
        yield running


def reply(url: str, key: str = KEY) -> str:
    with connect(url, key, "served") as llm:
        return LanguageModel(llm, "served", url).reply("Be kind.", ASKED, "read", 7)


def test_a_reply_is_streamed_together_with_its_usage(server: Endpoint) -> None:
    with connect(server.url, KEY, "served") as llm:
        model = LanguageModel(llm, "served", server.url)
        assert model.reply("Be kind.", ASKED, "read", 7) == "Hello there."
    (asked,) = server.asked
    assert asked["messages"] == [
        {"role": "system", "content": "Be kind."},
        {"role": "user", "content": "Say hello."},
    ]
    assert (asked["model"], asked["max_tokens"], asked["temperature"]) == ("served", 7, 0.0)
    assert asked["stream_options"] == {"include_usage": True}
    assert "id_slot" not in asked  # only our own engine knows it
    assert (model.usage.prompt_tokens, model.usage.cached_tokens) == (20, 10)
    assert (model.usage.cached_tokens, model.usage.completion_tokens) == (10, 2)


def test_the_first_model_served_is_taken(server: Endpoint) -> None:
    assert first_served(server.url, KEY) == "served"


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        ("500", r"answered 500 \(out of order\)"),
        ("429", r"answered 429 \(out of order\)"),
        ("cut", "broke off"),
        ("closed", "broke off in the middle"),
        ("empty", "empty answer"),
        ("nothing", "empty answer"),
        ("page", "empty answer"),
        ("garbage", "broke off"),
        ("trouble", r"broke off \(the context is full\)"),
        ("slow", "did not answer in time"),
    ],
)
def test_an_endpoint_that_misbehaves_is_named_with_what_it_did(
    server: Endpoint, mode: str, told: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(endpoint_module, "TIMEOUT_S", 0.2)
    server.mode = mode
    with pytest.raises(EndpointError, match=rf"^{server.url} [^\n]*{told}[^\n]*$"):
        reply(server.url)


def test_an_endpoint_that_is_busy_is_waited_for_as_long_as_it_asks(server: Endpoint) -> None:
    server.mode, server.retry_after, server.recovers = "429", "1", True
    began = time.monotonic()
    assert reply(server.url) == "Hello there."
    assert time.monotonic() - began >= 1
    assert len(server.asked) == 2


@pytest.mark.parametrize(("seconds", "asked"), [("1", 2), ("7200", 1)])
def test_an_endpoint_that_stays_busy_is_told_with_when_to_try_again(server: Endpoint, seconds: str, asked: int) -> None:
    server.mode, server.retry_after = "429", seconds
    with pytest.raises(EndpointError, match=rf"answered 429 \(out of order\); try again in {seconds} s$"):
        reply(server.url)
    assert len(server.asked) == asked  # nobody is kept waiting for hours


def test_an_endpoint_that_writes_without_end_is_cut_off(server: Endpoint) -> None:
    server.mode = "stuck"
    with pytest.raises(EndpointError, match=rf"^{server.url} writes on beyond the 7 tokens asked for"):
        reply(server.url)
    assert server.broken_off.wait(5)


def test_an_endpoint_that_only_trickles_is_given_up(server: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(llm_module, "ANSWER_TIMEOUT_S", 0.05)
    server.mode = "stuck"
    with pytest.raises(EndpointError, match=rf"^{server.url} did not come to an end in 0 s; try again$"):
        reply(server.url)


def test_an_endpoint_that_takes_no_schema_is_asked_for_one_once(server: Endpoint) -> None:
    server.mode = "no schema"
    with connect(server.url, KEY, "served") as llm:
        model = LanguageModel(llm, "served", server.url)
        for _ in range(2):
            assert model.metered().reply_in_schema("Be kind.", ASKED, {"type": "object"}, 7) is None
        assert model.reply("Be kind.", ASKED, "read", 7) == "Hello there."
    assert ["response_format" in asked for asked in server.asked] == [True, False]


def test_a_schema_is_sent_as_openai_has_it(server: Endpoint) -> None:
    with connect(server.url, KEY, "served") as llm:
        model = LanguageModel(llm, "served", server.url)
        assert model.reply_in_schema("Be kind.", ASKED, {"type": "object"}, 7) == "Hello there."
    (asked,) = server.asked
    form = {"name": "answer", "strict": True, "schema": {"type": "object"}}
    assert asked["response_format"] == {"type": "json_schema", "json_schema": form}


def test_a_wrong_key_is_told_and_not_repeated(server: Endpoint) -> None:
    for call in (lambda: reply(server.url, "sk-wrong"), lambda: first_served(server.url, "sk-wrong")):
        with pytest.raises(EndpointError, match=r"answered 401 \(Invalid API Key\); check the key") as raised:
            call()
        assert "sk-wrong" not in str(raised.value)


def test_a_dead_endpoint_is_told() -> None:
    url = dead_url()
    for call in (lambda: reply(url), lambda: first_served(url, KEY)):
        with pytest.raises(EndpointError, match=rf"^{url} cannot be reached \([^\n]*\); is it running\?$"):
            call()


@pytest.mark.parametrize("mode", ["page", "nothing"])
def test_an_address_that_lists_no_models_is_told(server: Endpoint, mode: str) -> None:
    server.mode = mode
    with pytest.raises(EndpointError, match=r"lists no models; .* --model"):
        first_served(server.url, KEY)


def test_an_endpoint_stops_writing_when_nobody_listens_any_more(server: Endpoint) -> None:
    """What Ctrl-C or a closed page does while a reply is streaming."""
    server.mode = "stuck"
    with connect(server.url, KEY, "served") as llm:
        stream = llm.stream_chat([])
        next(iter(stream))
        assert not server.broken_off.is_set()
    assert server.broken_off.wait(5)


def test_a_proxy_for_the_web_hears_nothing_of_loopback(server: Endpoint, monkeypatch: pytest.MonkeyPatch) -> None:
    for name in ("HTTP_PROXY", "http_proxy", "ALL_PROXY", "all_proxy"):
        monkeypatch.setenv(name, dead_url().removesuffix("/v1"))
    for name in ("NO_PROXY", "no_proxy"):
        monkeypatch.delenv(name, raising=False)
    assert reply(server.url) == "Hello there."
    assert first_served(server.url, KEY) == "served"


@pytest.mark.parametrize(
    "url", ["", "127.0.0.1:8080/v1", "ftp://host/v1", "http://", "http://host:port/v1", "http://[::1/v1"]
)
def test_what_is_no_address_is_wrong_usage(url: str) -> None:
    with pytest.raises(UsageError, match="no address of an endpoint; give one like http"):
        check_url(url)


@pytest.mark.parametrize("url", ["http://127.0.0.1:8080/v1", "https://api.example.org/v1", "http://[::1]:80/v1"])
def test_addresses_of_endpoints_pass(url: str) -> None:
    check_url(url)
