from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from rag.models import ModelRow
from tests.scripted import Seen
from ui.controls import NOT_YOURS, Standing
from ui.settings_view import board, fetching, trouble

BAD = '"><script>alert(1)</script>'


def row(name: str, state: str) -> ModelRow:
    return ModelRow(name, "llm", 491_400_064, "Apache-2.0", state, Path("/c"), False)  # type: ignore[arg-type]


NOW = Standing(
    reads="one",
    address=None,
    models=(row("one", "ready"), row("two", "ready"), row("three", "missing"), row("four", "damaged")),
    has_key=False,
    passages=12,
    theme="dark",
    named=False,
    shared=False,
)


def buttons(now: Standing) -> list[str]:
    return [str(attributes["id"]) for tag, attributes in Seen(board(now)).elements if tag == "button"]


def test_each_model_can_be_read_with_or_fetched_unless_it_reads() -> None:
    assert buttons(NOW) == ["use-two", "fetch-three", "fetch-four", "endpoint-use"]
    assert "491 MB, Apache-2.0 · reads now" in Seen(board(NOW)).text


def test_the_model_that_an_endpoint_took_the_place_of_can_be_read_with_again() -> None:
    now = replace(NOW, address="http://a/v1", has_key=True)
    assert buttons(now) == ["use-one", "use-two", "fetch-three", "fetch-four", "endpoint-use", "forget-key"]
    assert "one at http://a/v1. Questions and passages go there, and nowhere else." in Seen(board(now)).text


def test_what_is_set_is_what_is_shown() -> None:
    seen = {str(a["id"]): a for tag, a in Seen(board(NOW)).elements if tag == "input"}
    assert [id for id, each in seen.items() if "checked" in each] == ["theme-dark"]
    assert seen["passages"]["value"] == "12"
    assert "value" not in seen["endpoint-key"]
    assert seen["endpoint-key"]["type"] == "password"


def test_that_a_flag_wins_is_said_only_where_one_does() -> None:
    assert "the flag wins again" in Seen(board(replace(NOW, named=True))).text
    assert "flag" not in Seen(board(NOW)).text


def test_where_several_people_read_only_what_is_harmless_is_shown() -> None:
    seen = Seen(board(replace(NOW, shared=True)))
    assert {a["name"] for tag, a in seen.elements if tag == "input"} == {"theme"}
    assert [tag for tag, _ in seen.elements if tag == "button"] == []
    assert NOT_YOURS[1:] in seen.text


def test_names_and_errors_are_text() -> None:
    now = replace(NOW, reads=BAD, address=BAD, models=(row(BAD, "missing"),))
    for html in (board(now), trouble(BAD), fetching(BAD, 0.5)):
        assert "script" not in [tag for tag, _ in Seen(html).elements]


def test_progress_is_a_bar() -> None:
    assert 'max="100" value="25">25%</progress>' in fetching("one", 0.25)
