from __future__ import annotations

from collections.abc import Iterator
from contextlib import closing
from datetime import timedelta
from pathlib import Path

import pytest

from rag.clock import utc_now
from rag.desk.conversations import Conversations, purge
from rag.desk.database import DeskFile
from rag.desk.recording import BROKE_OFF, STOPPED, recorded
from rag.desk.records import Kept, Place
from rag.errors import EndpointError
from rag.schema import Event, EvidenceFound, SentencePassed, Step
from tests.scripted import ARTICLES, HITS, SAID, answered, citation, tell


@pytest.fixture
def file(tmp_path: Path) -> Iterator[DeskFile]:
    with closing(DeskFile(tmp_path)) as opened:
        yield opened


@pytest.fixture
def desk(file: DeskFile) -> Conversations:
    return Conversations(file)


def record(desk: Conversations, events: Iterator[Event]) -> tuple[Place, Iterator[Event]]:
    place = desk.begin("When?")
    return place, recorded("When?", events, desk, place, "scripted", "v1")


def kept(desk: Conversations, place: Place) -> Kept:
    found = desk.get(place.conversation)
    assert found is not None
    return found.exchanges[0]


def test_events_pass_unchanged_and_the_answer_is_kept(desk: Conversations) -> None:
    place, events = record(desk, tell("When?"))
    assert list(events) == list(tell("When?"))
    now = kept(desk, place)
    assert (now.state, now.answer, now.index_version) == ("answered", answered("When?"), "v1")
    assert [each.citation for each in now.cited] == [citation()]
    assert now.cited[0].text_sha256


def test_what_has_passed_is_kept_while_the_answer_is_being_made(desk: Conversations) -> None:
    place, events = record(desk, tell("When?"))
    passed = next(event for event in events if isinstance(event, SentencePassed))
    now = kept(desk, place)
    assert passed.sentence == SAID
    assert now.state == "asked"
    assert now.answer is not None
    assert (now.answer.answer, now.answer.evidence, now.answer.model) == (f"{SAID.text} [1]", HITS, "scripted")
    assert now.answer.question == "When?"


def test_an_answer_stopped_half_way_is_kept_as_such_and_stops_the_model(desk: Conversations) -> None:
    closed: list[bool] = []

    def slow() -> Iterator[Event]:
        try:
            yield EvidenceFound("When?", HITS, ARTICLES)
            yield SentencePassed(SAID, (citation(),))
            while True:
                yield Step("reading on")
        finally:
            closed.append(True)

    place, events = record(desk, slow())
    assert any(event == Step("reading on") for event in events)
    events.close()  # type: ignore[attr-defined]
    now = kept(desk, place)
    assert closed == [True]
    assert (now.state, now.trouble) == ("stopped", STOPPED)
    assert now.answer is not None
    assert (now.answer.sentences, now.answer.abstained) == ((SAID,), False)
    assert len(now.cited) == 1


def test_closing_after_the_end_changes_nothing(desk: Conversations) -> None:
    place, events = record(desk, tell("When?"))
    for event in events:
        if event == list(tell("When?"))[-1]:
            break
    events.close()  # type: ignore[attr-defined]
    assert kept(desk, place).state == "answered"


@pytest.mark.parametrize(
    ("error", "line"), [(EndpointError("it is down"), "it is down"), (ZeroDivisionError("ours"), BROKE_OFF)]
)
def test_an_error_is_kept_and_goes_on(desk: Conversations, error: Exception, line: str) -> None:
    def broken() -> Iterator[Event]:
        yield EvidenceFound("When?", HITS, ARTICLES)
        raise error

    place, events = record(desk, broken())
    with pytest.raises(type(error)):
        list(events)
    now = kept(desk, place)
    assert (now.state, now.trouble) == ("failed", line)
    assert now.answer is not None
    assert now.answer.evidence == HITS


def test_an_answer_that_just_ends_is_kept_as_failed(desk: Conversations) -> None:
    place, events = record(desk, iter([Step("reading")]))
    assert list(events) == [Step("reading")]
    now = kept(desk, place)
    assert (now.state, now.trouble, now.answer) == ("failed", BROKE_OFF, None)


def test_an_answer_comes_even_if_its_conversation_is_purged_meanwhile(desk: Conversations, file: DeskFile) -> None:
    place, events = record(desk, tell("When?"))
    desk.delete(place.conversation)
    purge(file, utc_now() + timedelta(seconds=1))
    assert list(events)[-1] == list(tell("When?"))[-1]
    assert desk.listed() == []
