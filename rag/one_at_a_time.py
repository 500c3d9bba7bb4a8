"""One answer at a time, whoever asks: there is one model, and two questions to it at once would both be slow."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from typing import Protocol

from rag.schema import EVERYTHING, Event, Filters, Step, Turn

WAITING = "Waiting for the answer to another question"


class Ask(Protocol):
    """What answers a question that follows a conversation, from the articles that pass the filters."""

    def __call__(
        self, question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /
    ) -> Iterator[Event]: ...


def one_at_a_time(ask: Ask) -> Ask:
    """The same, begun only when the one before has ended or was closed; who has to wait is told so by a step.

    The events may be taken by one thread after another.
    """
    free = threading.Lock()

    def in_turn(question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /) -> Iterator[Event]:
        if not free.acquire(blocking=False):
            yield Step(WAITING)
            free.acquire()
        try:
            yield from ask(question, history, filters)
        finally:
            free.release()

    return in_turn
