from __future__ import annotations

import threading
from collections.abc import Generator, Iterator
from typing import cast

import pytest

from rag.errors import BusyError, EndpointError
from rag.one_at_a_time import WAITING, one_at_a_time
from rag.schema import EVERYTHING, Event, Filters, Step, Turn


def ask(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING) -> Iterator[Event]:
    yield Step(f"{question} begun")
    if question == "bad":
        raise EndpointError("the model is down")
    yield Step(f"{question} over")


def closing(events: Iterator[Event]) -> None:
    cast(Generator[Event, None, None], events).close()


def test_alone_nobody_waits() -> None:
    in_turn = one_at_a_time(ask)

    assert list(in_turn("one", ())) == [Step("one begun"), Step("one over")]
    assert list(in_turn("two", ())) == [Step("two begun"), Step("two over")]


def test_the_second_is_told_to_wait_and_begins_when_the_first_has_ended() -> None:
    in_turn = one_at_a_time(ask)
    first, second = in_turn("one", ()), in_turn("two", ())
    assert next(first) == Step("one begun")
    assert next(second) == Step(WAITING)

    seen: list[Event] = []
    waiting = threading.Thread(target=lambda: seen.extend(second))
    waiting.start()
    waiting.join(0.2)
    assert (waiting.is_alive(), seen) == (True, [])

    assert list(first) == [Step("one over")]
    waiting.join(5)
    assert seen == [Step("two begun"), Step("two over")]


def test_one_that_is_closed_or_fails_frees_the_next() -> None:
    in_turn = one_at_a_time(ask)
    stopped = in_turn("one", ())
    next(stopped)
    closing(stopped)
    with pytest.raises(EndpointError):
        list(in_turn("bad", ()))

    assert list(in_turn("two", ())) == [Step("two begun"), Step("two over")]


def test_one_that_is_closed_while_it_waits_takes_nobodys_turn() -> None:
    in_turn = one_at_a_time(ask)
    first, given_up = in_turn("one", ()), in_turn("two", ())
    next(first)
    assert next(given_up) == Step(WAITING)
    closing(given_up)

    assert list(first) == [Step("one over")]
    assert list(in_turn("three", ())) == [Step("three begun"), Step("three over")]


def test_who_comes_first_is_served_first_and_hears_how_many_are_before() -> None:
    in_turn = one_at_a_time(ask)
    first, second, third = (in_turn(name, ()) for name in ("one", "two", "three"))
    assert next(first) == Step("one begun")
    assert next(second) == Step(WAITING)
    assert next(third) == Step("Waiting: 2 questions are before this one")

    assert list(first) == [Step("one over")]
    assert next(third) == Step(WAITING)  # though it asks before the second does
    assert list(second) == [Step("two begun"), Step("two over")]
    assert list(third) == [Step("three begun"), Step("three over")]


def test_where_the_line_is_long_it_is_told_at_once_and_later_there_is_room() -> None:
    in_turn = one_at_a_time(ask, most_waiting=1)
    first, second = in_turn("one", ()), in_turn("two", ())
    next(first), next(second)

    with pytest.raises(BusyError, match=r"^1 questions are waiting already; ask again in a few minutes$"):
        next(in_turn("three", ()))

    assert list(first) == [Step("one over")]
    assert list(second) == [Step("two begun"), Step("two over")]
    assert list(in_turn("three", ())) == [Step("three begun"), Step("three over")]
