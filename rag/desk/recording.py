"""A question's events passed on as they come, and kept on the way: what passed is never lost to a stop or a crash."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import replace

from rag.answer.cite import marked
from rag.desk.cited import as_it_stands
from rag.desk.conversations import Conversations
from rag.desk.records import Cited, Place, State
from rag.errors import DatelineError, DeskError
from rag.schema import Answer, AnswerSentence, Article, Citation, Done, Event, EvidenceFound, SentencePassed

BROKE_OFF = "The answer broke off unexpectedly; please ask again."
STOPPED = "Stopped."


def recorded(
    question: str, events: Iterator[Event], desk: Conversations, place: Place, model: str, index_version: str
) -> Iterator[Event]:
    """The same events. Closing this ends and keeps the exchange as stopped; an error keeps it as failed.

    A conversation that is purged meanwhile is not kept, and the answer comes all the same.
    """
    so_far = Answer(
        question=question,
        standalone_question="",
        answer="",
        abstained=False,
        sentences=(),
        citations=(),
        evidence=(),
        model=model,
        timings_ms={},
    )
    articles: Mapping[str, Article] = {}

    def keep(state: State, trouble: str | None = None) -> None:
        answer = so_far if so_far.standalone_question else None
        try:
            desk.put(place, state, answer, cited(so_far.citations, articles), trouble, index_version)
        except DeskError:
            return

    ended = False
    try:
        for event in events:
            if isinstance(event, EvidenceFound):
                articles = event.articles
                so_far = replace(so_far, standalone_question=event.standalone_question, evidence=event.hits)
                keep("asked")
            elif isinstance(event, SentencePassed):
                so_far = _with_sentence(so_far, event)
                keep("asked")
            elif isinstance(event, Done):
                so_far, ended = event.answer, True
                keep("answered")
            yield event
        if not ended:
            keep("failed", BROKE_OFF)
    except DatelineError as error:
        keep("failed", str(error))
        raise
    except GeneratorExit:
        if not ended:
            keep("stopped", STOPPED)
        raise
    except BaseException:  # an unforeseen error or Ctrl-C: what had passed is kept, and it goes on upwards
        keep("failed", BROKE_OFF)
        raise
    finally:
        if hasattr(events, "close"):
            events.close()


def cited(citations: Sequence[Citation], articles: Mapping[str, Article]) -> tuple[Cited, ...]:
    return tuple(as_it_stands(citation, articles) for citation in citations)


def _with_sentence(answer: Answer, passed: SentencePassed) -> Answer:
    sentences: tuple[AnswerSentence, ...] = (*answer.sentences, passed.sentence)
    new = tuple(citation for citation in passed.citations if citation not in answer.citations)
    return replace(
        answer,
        answer=" ".join(map(marked, sentences)),
        sentences=sentences,
        citations=(*answer.citations, *new),
    )
