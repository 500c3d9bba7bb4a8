"""One question and what has come back for it so far. The whole page is drawn from a tuple of these."""

from __future__ import annotations

from collections.abc import Generator, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from typing import Protocol

from rag.desk.records import Feedback, Place
from rag.errors import DatelineError
from rag.schema import (
    EVERYTHING,
    Answer,
    AnswerSentence,
    Article,
    Citation,
    Done,
    Event,
    EvidenceFound,
    Filters,
    Hit,
    SentencePassed,
    Step,
    Turn,
)


class Ask(Protocol):
    """What answers a question that follows a conversation, from the articles that pass the filters."""

    def __call__(
        self, question: str, history: tuple[Turn, ...], filters: Filters = EVERYTHING, /
    ) -> Iterator[Event]: ...


STOPPING = "Stopping"
STOPPED = "Stopped. What was found so far stays here; ask again whenever you like."
CUT_SHORT = "The answer broke off unexpectedly; the terminal says why. Please ask again."


@dataclass(frozen=True)
class Exchange:
    """`answer` is set once all is done, `trouble` (one line for the reader) when it ended otherwise.

    `filters` are what its reader narrowed it to, `place` is where it is kept, `feedback` what its reader thought of it;
    `remarks` say, by the number of a citation, what has become of its article since.
    """

    question: str
    filters: Filters = EVERYTHING
    standalone: str | None = None
    steps: tuple[str, ...] = ()
    hits: tuple[Hit, ...] = ()
    articles: Mapping[str, Article] = field(default_factory=dict)
    sentences: tuple[AnswerSentence, ...] = ()
    citations: tuple[Citation, ...] = ()
    answer: Answer | None = None
    trouble: str | None = None
    place: Place | None = None
    feedback: Feedback | None = None
    remarks: Mapping[int, str] = field(default_factory=dict)

    @property
    def running(self) -> bool:
        return self.answer is None and self.trouble is None

    @property
    def refused(self) -> bool:
        return self.answer is not None and self.answer.abstained


def converse(
    ask: Ask,
    question: str,
    so_far: tuple[Exchange, ...],
    filters: Filters = EVERYTHING,
    place: Place | None = None,
) -> Iterator[tuple[Exchange, ...]]:
    """Ask, and yield the conversation anew after every event.

    Closing this generator closes the one behind `ask`, which stops the model. An error made for people
    ends the exchange with its line; whatever was found before it stays.
    """
    now = Exchange(encodable(question), filters, place=place)
    yield (*so_far, now)
    try:
        with _closed_after(ask(now.question, history(so_far), filters)) as events:
            for event in events:
                now = after(now, event)
                yield (*so_far, now)
    except DatelineError as error:
        now = replace(now, trouble=str(error))
        yield (*so_far, now)
    if now.running:
        yield settled((*so_far, now))


def after(now: Exchange, event: Event) -> Exchange:
    """The exchange once `event` has happened; `Done` has the last word on sentences and citations."""
    if isinstance(event, Step):
        return replace(now, steps=(*now.steps, event.text))
    if isinstance(event, EvidenceFound):
        return replace(now, standalone=event.standalone_question, hits=event.hits, articles=event.articles)
    if isinstance(event, SentencePassed):
        new = tuple(citation for citation in event.citations if citation not in now.citations)
        return replace(now, sentences=(*now.sentences, event.sentence), citations=(*now.citations, *new))
    if isinstance(event, Done):
        return replace(
            now,
            standalone=event.answer.standalone_question,
            hits=event.answer.evidence or now.hits,
            sentences=event.answer.sentences,
            citations=event.answer.citations,
            answer=event.answer,
        )
    raise TypeError(f"not an event: {event!r}")


def stopping_now(so_far: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
    """The conversation as it is from the click on Stop until the step in hand is over."""
    if not so_far or not so_far[-1].running:
        return so_far
    return (*so_far[:-1], after(so_far[-1], Step(STOPPING)))


def settled(so_far: tuple[Exchange, ...]) -> tuple[Exchange, ...]:
    """The conversation with its last exchange ended, if nothing has ended it yet: stopped or failed."""
    if not so_far or not so_far[-1].running:
        return so_far
    stopped = STOPPING in so_far[-1].steps
    return (*so_far[:-1], replace(so_far[-1], trouble=STOPPED if stopped else CUT_SHORT))


def history(so_far: tuple[Exchange, ...]) -> tuple[Turn, ...]:
    """What the model may know of the conversation: the questions that were answered, with their answers."""
    return tuple(
        turn
        for exchange in so_far
        if exchange.answer is not None
        for turn in (Turn("user", exchange.question), Turn("assistant", exchange.answer.answer))
    )


def encodable(question: str) -> str:
    """Without the lone surrogates that a browser may send and that no encoder takes."""
    return question.encode("utf-8", "replace").decode("utf-8")


@contextmanager
def _closed_after(events: Iterator[Event]) -> Iterator[Iterator[Event]]:
    try:
        yield events
    finally:
        if isinstance(events, Generator):
            events.close()
