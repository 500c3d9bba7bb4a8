from __future__ import annotations

from collections.abc import Iterator

import pytest

from rag.errors import EndpointError
from rag.schema import Event, EvidenceFound, Filters, Step, Turn
from tests.scripted import ARTICLES, HITS, REFUSAL, SAID, citation, tell
from ui.exchange import (
    CUT_SHORT,
    STOPPED,
    STOPPING,
    Exchange,
    converse,
    encodable,
    history,
    settled,
    stopping_now,
)


def test_the_conversation_is_told_anew_after_every_event() -> None:
    told = [now[-1] for now in converse(tell, "When?", ())]

    assert [len(now.hits) for now in told] == [0, 2, 2, 2, 2, 2]
    assert [len(now.steps) for now in told] == [0, 0, 1, 2, 2, 2]
    assert [now.sentences for now in told] == [(), (), (), (), (SAID,), (SAID,)]
    assert [now.running for now in told] == [True] * 5 + [False]
    assert told[-1].citations == (citation(),)


def test_evidence_is_there_before_the_first_sentence() -> None:
    first = next(now[-1] for now in converse(tell, "When?", ()) if now[-1].hits)

    assert first.sentences == ()
    assert first.articles == ARTICLES


def test_a_follow_up_is_asked_with_what_was_answered_before() -> None:
    heard: list[tuple[Turn, ...]] = []

    def listening(question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[Event]:
        heard.append(turns)
        return tell(question, turns)

    *_, before = converse(tell, "When?", ())
    *_, both = converse(listening, "And who?", before)

    assert heard == [(Turn("user", "When?"), Turn("assistant", f"{SAID.text} [1]"))]
    assert both[0] == before[0]
    assert both[1].standalone == "And who? (after 2 messages)"


def test_refusals_are_history_and_unanswered_questions_are_not() -> None:
    *_, refused = converse(tell, "the moon?", ())
    stopped = Exchange("Who?", trouble=STOPPED)

    assert refused[-1].refused
    assert history((*refused, stopped)) == (Turn("user", "the moon?"), Turn("assistant", REFUSAL))


def test_an_error_for_people_ends_the_exchange_and_keeps_the_evidence() -> None:
    def broken(question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[Event]:
        yield EvidenceFound(question, HITS, ARTICLES)
        raise EndpointError("the endpoint does not answer; start it")

    *_, now = converse(broken, "When?", ())

    assert now[-1].trouble == "the endpoint does not answer; start it"
    assert now[-1].hits == HITS
    assert not now[-1].running


def test_an_error_before_any_event_is_told_as_well() -> None:
    def refusing(question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[Event]:
        raise EndpointError("nobody there")

    *_, now = converse(refusing, "When?", ())

    assert now[-1].trouble == "nobody there"


def test_an_answer_that_just_ends_is_said_to_be_cut_short() -> None:
    def short(question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[Event]:
        yield Step("reading 1 of 2")

    *_, now = converse(short, "When?", ())

    assert now[-1].trouble == CUT_SHORT


def test_an_error_of_ours_is_not_hidden() -> None:
    def wrong(question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[Event]:
        yield Step("reading 1 of 2")
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        list(converse(wrong, "When?", ()))


def test_closing_the_conversation_closes_the_asking() -> None:
    closed: list[bool] = []

    def endless(question: str, turns: tuple[Turn, ...], filters: Filters) -> Iterator[Event]:
        try:
            while True:
                yield Step("reading")
        finally:
            closed.append(True)

    talk = converse(endless, "When?", ())
    assert [next(talk)[-1].steps, next(talk)[-1].steps] == [(), ("reading",)]
    talk.close()  # type: ignore[attr-defined]

    assert closed == [True]


def test_a_running_exchange_is_settled_as_stopped_or_as_cut_short() -> None:
    *_, done = converse(tell, "When?", ())
    stopping = stopping_now((*done, Exchange("Who?")))

    assert stopping[-1].steps == (STOPPING,)
    assert settled(stopping)[-1].trouble == STOPPED
    assert settled((Exchange("Who?"),))[-1].trouble == CUT_SHORT


def test_what_is_over_stays_as_it_is() -> None:
    *_, done = converse(tell, "When?", ())

    for so_far in ((), done):
        assert stopping_now(so_far) == so_far
        assert settled(so_far) == so_far


def test_a_citation_told_twice_is_shown_once() -> None:
    *_, now = converse(tell, "When?", ())

    assert [each.n for each in now[-1].citations] == [1]


def test_lone_surrogates_do_not_reach_the_encoders() -> None:
    assert encodable("a\ud800b é 🗞") == "a?b é 🗞"
