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
from gradio.utils import get_upload_folder
from gradio_client import Client
from gradio_client.exceptions import AppError

from rag.errors import DatelineError, EndpointError
from rag.examples import BUNDLED
from rag.indexing import build_index
from rag.schema import EVERYTHING, Event, Filters, Turn
from tests.scripted import CORPUS, SAID, answered, tell
from tests.scripted_page import open_scripted
from ui.app import build_page, launch
from ui.exchange import CUT_SHORT, STOPPED, Exchange
from ui.holdings import Holdings

ROOT = Path(__file__).parent.parent
EXAMPLE = BUNDLED[0]
BOX, SAID_SO_FAR, TALK, NOTE, SEND, STOP = range(6)


def ask(question: str, history: tuple[Turn, ...] = (), filters: Filters = EVERYTHING) -> Iterator[Event]:
    if "down" in question:
        raise EndpointError("the endpoint is down; start it")
    return tell(question, history, filters)


@pytest.fixture(scope="module")
def holdings(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Holdings]:
    archive = open_scripted(tmp_path_factory.mktemp("home") / "dateline")
    build_index([CORPUS], archive, workers=0)
    yield Holdings(archive)
    archive.close()


@pytest.fixture(scope="module")
def page(holdings: Holdings) -> gr.Blocks:
    async def built() -> gr.Blocks:
        return build_page(ask, holdings, "read here")

    return asyncio.run(built())  # without a running loop Gradio makes its own ones and never closes them


def handler(page: gr.Blocks, name: str) -> Any:
    return next(each.fn for each in page.fns.values() if each.name == name)


def test_a_typed_question_is_drawn_step_by_step(page: gr.Blocks) -> None:
    drawn = list(handler(page, "typed")("When?", (), EVERYTHING))

    assert drawn[0][BOX] == ""
    assert [step[STOP]["visible"] for step in drawn] == [True] * 5 + [False]
    assert [step[SEND]["visible"] for step in drawn] == [False] * 5 + [True]
    assert "Passages found" in drawn[1][TALK]
    assert SAID.text in drawn[-1][TALK]
    assert drawn[-1][SAID_SO_FAR][-1].answer == answered("When?")


def test_what_is_typed_while_an_answer_comes_is_not_wiped(page: gr.Blocks) -> None:
    assert [step[BOX] == "" for step in handler(page, "typed")("When?", (), EVERYTHING)] == [True] + [False] * 5


@pytest.mark.parametrize("nothing", ["", "  \n\t", None])
def test_an_empty_question_gets_a_line_and_asks_nothing(page: gr.Blocks, nothing: str | None) -> None:
    (drawn,) = handler(page, "typed")(nothing, (), EVERYTHING)

    assert "Type a question first." in drawn[NOTE]
    assert drawn[SAID_SO_FAR] == ()
    assert EXAMPLE in drawn[TALK]


def test_an_error_for_people_is_a_line_in_the_talk(page: gr.Blocks) -> None:
    *_, drawn = handler(page, "typed")("Is it down?", (), EVERYTHING)

    assert "The endpoint is down; start it" in drawn[TALK]
    assert drawn[SEND]["visible"]


def test_an_example_is_asked_as_if_typed(page: gr.Blocks) -> None:
    *_, drawn = handler(page, "picked")(gr.EventData(None, {"question": EXAMPLE}), (), EVERYTHING)

    assert drawn[0][-1].answer == answered(EXAMPLE)


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
    answering = [by_name[name] for name in ("typed", "picked", "ask")]

    assert {(each.concurrency_id, each.concurrency_limit) for each in answering} == {
        ("answer", None)
    }  # the line is `one_at_a_time`'s
    (cancelling,) = (each for each in page.fns.values() if each.cancels)
    assert cancelling.targets == by_name["stopping"].targets
    assert set(cancelling.cancels) == {by_name["typed"]._id, by_name["picked"]._id}


def test_programs_see_four_functions_with_what_they_take(page: gr.Blocks) -> None:
    info: Any = page.get_api_info()
    seen = info["named_endpoints"]
    takes = {
        name: {one["parameter_name"]: one["type"] for one in endpoint["parameters"]} for name, endpoint in seen.items()
    }
    text, day = {"type": "string"}, {"oneOf": [{"type": "null"}, {"type": "string"}]}
    outlets = {"oneOf": [{"type": "null"}, {"type": "array", "items": text}]}
    messages = {"type": "array", "items": {"type": "object", "additionalProperties": text}}
    narrowing = {"since": day, "until": day, "outlet": outlets}

    assert takes == {
        "/ask": {"question": text, "history": {"oneOf": [{"type": "null"}, messages]}, **narrowing},
        "/search": {"question": text, "k": {"type": "integer"}, **narrowing},
        "/read_article": {"article_id": text},
        "/articles": {},
    }
    required = {name: [one["parameter_has_default"] for one in seen[name]["parameters"]] for name in seen}
    assert required["/ask"] == [False, True, True, True, True]
    assert info["unnamed_endpoints"] == {}


def test_what_programs_see_is_described_value_by_value(page: gr.Blocks) -> None:
    info: Any = page.get_api_info()

    for name, endpoint in info["named_endpoints"].items():
        said = endpoint["description"]
        assert said, name
        assert "\n" not in said
        assert all(f"{one['parameter_name']}: " in said for one in endpoint["parameters"])


def called(page: gr.Blocks, name: str, asked: object) -> Any:
    """What the browser gets for a call of one of the page's own functions."""
    return next(getattr(block, name) for block in page.blocks.values() if name in vars(block))(asked)


def test_the_reading_panel_opens_an_article_at_its_quote(page: gr.Blocks, holdings: Holdings) -> None:
    row = next(row for row in holdings.rows() if "Lavrov" in row.title)
    article = holdings.article(row.id)
    assert article
    quote = article.text[:40]
    html = called(page, "read_article", {"article": row.id, "start": "0", "end": "40", "quote": quote})

    assert f"<mark>{quote}</mark>" in html
    assert "A quote" in called(page, "read_article", {"article": "gone", "quote": "A quote"})
    assert "<pre" in called(page, "read_file", row.id)


def test_the_table_lists_finds_removes_and_brings_back(page: gr.Blocks, holdings: Holdings) -> None:
    plots, listing = called(page, "list_articles", {"words": "lavrov"})
    assert "1 of 5 articles" in listing
    assert "By outlet" in plots
    gone = next(row.id for row in holdings.rows() if "Lavrov" in row.title)

    assert f'data-undo="{gone}"' in called(page, "remove_article", gone)
    assert "0 of 4 articles" in called(page, "list_articles", {"words": "lavrov"})[1]
    assert "Back again" in called(page, "restore_article", gone)
    assert "1 of 5 articles" in called(page, "list_articles", {"words": "lavrov"})[1]
    assert "5 articles: all is well" in called(page, "check_health", None)


def test_files_that_a_browser_only_names_are_not_taken_in(page: gr.Blocks) -> None:
    (said,) = handler(page, "taking_in")(gr.EventData(None, {"files": ["/etc/passwd", __file__]}))

    assert "No file arrived" in said


def test_a_busy_home_is_told_in_one_line(page: gr.Blocks, holdings: Holdings) -> None:
    brought = Path(get_upload_folder()) / "dateline-test" / "a.txt"
    brought.parent.mkdir(parents=True, exist_ok=True)
    brought.write_text("A story.")
    with holdings._archive.writing():
        (said,) = handler(page, "taking_in")(gr.EventData(None, {"files": [str(brought)]}))
        removing = called(page, "remove_article", holdings.rows()[0].id)
    brought.unlink()

    for line in (said, removing):
        assert "is indexing it; wait for it to end" in line
        assert line.startswith('<p class="trouble" role="alert">')


def test_nothing_is_reported_to_anyone(page: gr.Blocks) -> None:
    assert page.analytics_enabled is False


def serve(port: int, home: str) -> None:
    signal.signal(signal.SIGINT, signal.default_int_handler)  # a shell's background job inherits it as ignored
    launch(build_page(ask, Holdings(open_scripted(Path(home))), "read here"), "127.0.0.1", port)


@pytest.fixture(scope="module")
def address(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The page served by a process of its own, interrupted in the end as by Ctrl-C."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port = probe.getsockname()[1]
    home = str(tmp_path_factory.mktemp("served") / "dateline")
    command = [sys.executable, "-c", f"from tests.test_app import serve; serve({port}, {home!r})"]
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


def test_a_program_searches_reads_and_lists(address: str) -> None:
    client = Client(address, verbose=False, download_files=False)

    assert client.predict("Havana", k=3, api_name="/search") == {"question": "Havana", "hits": []}  # nothing is in
    assert client.predict(api_name="/articles") == []
    for told, values in {
        "article nope is not here": {"article_id": "nope", "api_name": "/read_article"},
        "k is not a whole number": {"question": "Havana", "k": 0, "api_name": "/search"},
        "history is not a list": {"question": "When?", "history": [{"role": "x"}], "api_name": "/ask"},
    }.items():
        with pytest.raises(AppError, match=told) as error:
            client.predict(**values)
        assert "\n" not in str(error.value)


def test_a_page_of_another_address_gets_at_nothing(address: str) -> None:
    assert httpx.get(address, headers={"host": "evil.example"}).status_code == 403
    assert httpx.get(address, headers={"origin": "http://evil.example"}).status_code == 403
    assert httpx.get(address, headers={"origin": address}).status_code == 200


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
