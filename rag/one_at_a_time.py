"""One answer at a time, whoever asks: there is one model, and two questions to it at once would both be slow.

Who asks meanwhile stands in a line, first come, first served; where the line is long they are told so at once, and may
ask again when it is shorter.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from typing import Protocol

from rag.errors import BusyError
from rag.schema import EVERYTHING, Event, Filters, Step, Turn

WAITING = "Waiting for the answer to another question"
MOST_WAITING = 20
"""At some 6 s an answer the last of them waits two minutes. Each has a thread of the page's 40 for that time."""


class Ask(Protocol):
    """What answers a question that follows a conversation, from the articles that pass the filters."""

    def __call__(
        self, question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /
    ) -> Iterator[Event]: ...


def one_at_a_time(ask: Ask, most_waiting: int = MOST_WAITING) -> Ask:
    """The same, begun only when those before have ended or were closed; who has to wait is told so by steps.

    The events may be taken by one thread after another. Raises BusyError if `most_waiting` wait already.
    """
    line = _Line(most_waiting)

    def in_turn(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /) -> Iterator[Event]:
        with line.place() as place:
            while before := line.before(place):
                yield Step(WAITING if before == 1 else f"Waiting: {before} questions are before this one")
                line.wait(place, before)
            yield from ask(question, history, filters)

    return in_turn


class _Line:
    """The first in it is being answered, the others wait."""

    def __init__(self, most_waiting: int) -> None:
        self._most_waiting = most_waiting
        self._places: list[object] = []
        self._changed = threading.Condition()

    @contextmanager
    def place(self) -> Iterator[object]:
        """A place at the end, which is given up in the end, whether its turn came or not."""
        place = object()
        with self._changed:
            if len(self._places) > self._most_waiting:
                raise BusyError(f"{self._most_waiting} questions are waiting already; ask again in a few minutes")
            self._places.append(place)
        try:
            yield place
        finally:
            with self._changed:
                self._places.remove(place)
                self._changed.notify_all()

    def before(self, place: object) -> int:
        with self._changed:
            return self._places.index(place)

    def wait(self, place: object, before: int) -> None:
        """Until fewer than so many are before it."""
        with self._changed:
            self._changed.wait_for(lambda: self._places.index(place) < before)
