from __future__ import annotations

import asyncio
import os
import signal
import socket
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import gradio as gr
import httpx
import pytest
from gradio_client import Client
from gradio_client.exceptions import AppError

from rag.errors import DatelineError, EndpointError
from rag.schema import Event, Turn
from tests.scripted import SAID, answered, tell
from ui.app import build_page, launch
from ui.exchange import CUT_SHORT, STOPPED, Exchange

ROOT = Path(__file__).parent.parent
EXAMPLES = ("When did Lavrov visit Havana?",)
BOX, SAID_SO_FAR, TALK, NOTE, SEND, STOP = range(6)


def ask(question: str, history: tuple[Turn, ...] = ()) -> Iterator[Event]:
    if "down" in question:
        raise EndpointError("the endpoint is down; start it")
    return tell(question, history)


@pytest.fixture(scope="module")
def page() -> gr.Blocks:
    async def built() -> gr.Blocks:
        return build_page(ask, EXAMPLES, "1 article")

    return asyncio.run(built())  # without a running loop Gradio makes its own ones and never closes them


def handler(page: gr.Blocks, name: str) -> Any:
    return next(each.fn for each in page.fns.values() if each.name == name)


def test_a_typed_question_is_drawn_step_by_step(page: gr.Blocks) -> None:
    drawn = list(handler(page, "typed")("When?", ()))

    assert drawn[0][BOX] == ""
    assert [step[STOP]["visible"] for step in drawn] == [True] * 5 + [False]
    assert [step[SEND]["visible"] for step in drawn] == [False] * 5 + [True]
    assert "Passages found" in drawn[1][TALK]
    assert SAID.text in drawn[-1][TALK]
    assert drawn[-1][SAID_SO_FAR][-1].answer == answered("When?")


def test_what_is_typed_while_an_answer_comes_is_not_wiped(page: gr.Blocks) -> None:
    assert [step[BOX] == "" for step in handler(page, "typed")("When?", ())] == [True] + [False] * 5


@pytest.mark.parametrize("nothing", ["", "  \n\t", None])
def test_an_empty_question_gets_a_line_and_asks_nothing(page: gr.Blocks, nothing: str | None) -> None:
    (drawn,) = handler(page, "typed")(nothing, ())

    assert "Type a question first." in drawn[NOTE]
    assert drawn[SAID_SO_FAR] == ()
    assert EXAMPLES[0] in drawn[TALK]


def test_an_error_for_people_is_a_line_in_the_talk(page: gr.Blocks) -> None:
    *_, drawn = handler(page, "typed")("Is it down?", ())

    assert "The endpoint is down; start it" in drawn[TALK]
    assert drawn[SEND]["visible"]


def test_an_example_is_asked_as_if_typed(page: gr.Blocks) -> None:
    *_, drawn = handler(page, "picked")(gr.EventData(None, {"question": EXAMPLES[0]}), ())

    assert drawn[0][-1].answer == answered(EXAMPLES[0])


def test_stopping_is_seen_at_once_and_ends_with_the_step_in_hand(page: gr.Blocks) -> None:
    stopping = handler(page, "stopping")((Exchange("Who?"),))
    over = handler(page, "over")(stopping[0])

    assert '<span class="pulse" aria-hidden="true"></span>Stopping</p>' in stopping[1]
    assert STOPPED in over[1]
    assert over[SEND - 1]["visible"]


def test_a_failure_of_ours_leaves_the_page_ready_for_the_next_question(page: gr.Blocks) -> None:
    over = handler(page, "over")((Exchange("Who?"),))

    assert CUT_SHORT in over[1]
    assert over[SEND - 1]["visible"]


def test_an_answer_that_ran_to_its_end_is_left_alone(page: gr.Blocks) -> None:
    over = handler(page, "over")((Exchange("Who?", trouble="the endpoint is down"),))

    assert over == [gr.skip()] * len(over)


def test_answers_come_one_at_a_time_and_stop_cancels_them(page: gr.Blocks) -> None:
    by_name = {each.name: each for each in page.fns.values()}
    answering = [by_name[name] for name in ("typed", "picked", "answer")]

    assert {(each.concurrency_id, each.concurrency_limit) for each in answering} == {("answer", 1)}
    (cancelling,) = (each for each in page.fns.values() if each.cancels)
    assert cancelling.targets == by_name["stopping"].targets
    assert set(cancelling.cancels) == {by_name["typed"]._id, by_name["picked"]._id}


def test_programs_see_one_function(page: gr.Blocks) -> None:
    assert list(page.get_api_info()["named_endpoints"]) == ["/ask"]  # type: ignore[index]


def test_nothing_is_reported_to_anyone(page: gr.Blocks) -> None:
    assert page.analytics_enabled is False


def serve(port: int) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits it as ignored
    launch(build_page(ask, EXAMPLES, "1 article"), "127.0.0.1", port)


@pytest.fixture(scope="module")
def address() -> Iterator[str]:
    """The page served by a process of its own, interrupted in the end as by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    command = [sys.executable, "-c", f"from tests.test_app import serve; serve({port})"]
    proxied = os.environ | {"HTTP_PROXY": "http://192.0.2.1:9", "http_proxy": "http://192.0.2.1:9"}
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, text=True, env=proxied) as server:
        assert server.stdout
        yield server.stdout.readline().strip()
        server.send_signal(signal.SIGINT)
        assert server.wait(20) == 0


def test_the_address_is_printed_when_the_page_answers(address: str) -> None:
    assert address.startswith("http://127.0.0.1:")
    assert httpx.get(address).status_code == 200


def test_a_program_gets_the_answer_with_its_citations(address: str) -> None:
    client = Client(address, verbose=False, download_files=False)

    assert client.predict("When?", api_name="/ask") == answered("When?").to_json()
    history = [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "In April."}]
    followed = client.predict("And who?", history, api_name="/ask")
    assert followed["standalone_question"] == "And who? (after 2 messages)"
    with pytest.raises(AppError, match="the endpoint is down; start it"):
        client.predict("Is it down?", api_name="/ask")


def test_the_page_asks_for_no_font_and_no_address_but_its_own(address: str) -> None:
    theme = httpx.get(f"{address}/theme.css").text
    start = httpx.get(address).text

    assert "@font-face" not in theme
    assert "@import" not in theme
    assert "fonts.googleapis" not in start
    assert "Content-Security-Policy" in start


def test_a_port_in_use_is_told_with_the_way_out(page: gr.Blocks) -> None:
    with socket.socket() as other:
        other.bind(("127.0.0.1", 0))
        other.listen()
        port = other.getsockname()[1]
        with pytest.raises(DatelineError, match=rf"127\.0\.0\.1:{port} .*PORT= or --port") as told:
            launch(page, "127.0.0.1", port)
    assert "\n" not in str(told.value)
