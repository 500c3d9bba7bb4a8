from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from types import SimpleNamespace

import pytest
from llama_index.core.llms import ChatMessage, ChatResponse

from eval.recorded import Recording, open_recording, recorded, request_hash
from rag.answer.endpoint import connect
from rag.answer.llm import LanguageModel, Usage
from rag.errors import EndpointError
from rag.schema import Turn
from tests.conftest import QueueLLM
from tests.endpoints import KEY, endpoint

ASKED = [Turn("user", "Say hello.")]


@pytest.fixture
def recording(tmp_path: Path) -> Iterator[Recording]:
    with open_recording(tmp_path / "new" / "replies.sqlite") as opened:
        yield opened


def queue(*replies: str | Exception, name: str = "queue") -> LanguageModel:
    return LanguageModel(QueueLLM(*replies), name)


def test_what_was_replied_once_is_not_asked_again(recording: Recording) -> None:
    model = recorded(queue("Hello there."), recording)
    assert [model.reply("Be kind.", ASKED, "read", 7) for _ in range(3)] == ["Hello there."] * 3
    assert (recording.asked, recording.new) == (3, 1)


def test_any_other_request_is(recording: Recording) -> None:
    model = recorded(queue("a", "b", "c", "d", "e"), recording)
    assert model.reply("Be kind.", ASKED, "read", 7) == "a"
    assert model.reply("Be kind.", ASKED, "read", 8) == "b"
    assert model.reply("Be brief.", ASKED, "read", 7) == "c"
    assert model.reply("Be kind.", [*ASKED, Turn("assistant", "Hello."), *ASKED], "read", 7) == "d"
    assert model.reply_in_schema("Be kind.", ASKED, {"type": "object"}, 7) == "e"
    assert recorded(queue("other", name="larger"), recording).reply("Be kind.", ASKED, "read", 7) == "other"
    assert recording.asked == recording.new == 6


def test_a_turn_is_not_taken_for_another_by_who_says_it() -> None:
    one, other = (ChatMessage(role=role, content="Hello.") for role in ("user", "assistant"))
    assert request_hash([], [one], {}) != request_hash([], [other], {})
    assert request_hash([], [one], {"max_tokens": 1, "seed": 2}) == request_hash(
        [], [one], {"seed": 2, "max_tokens": 1}
    )


def test_it_outlives_the_program(tmp_path: Path) -> None:
    path = tmp_path / "replies.sqlite"
    for replies in (["Hello there."], []):
        with open_recording(path) as recording:
            assert recorded(queue(*replies), recording).reply("Be kind.", ASKED, "read", 7) == "Hello there."
    assert (recording.asked, recording.new) == (1, 0)


def test_one_that_breaks_off_leaves_nothing(recording: Recording) -> None:
    model = recorded(queue(EndpointError("broke off"), "Hello."), recording)
    with pytest.raises(EndpointError):
        model.reply("Be kind.", ASKED, "read", 7)
    assert model.reply("Be kind.", ASKED, "read", 7) == "Hello."


def test_one_that_nobody_heard_to_its_end_leaves_nothing(recording: Recording) -> None:
    model = recorded(queue("Hello there.", "Hello there."), recording)
    for _ in range(2):
        next(iter(model.llm.stream_chat([ChatMessage(content="Say hello.")])))
    assert recording.new == 2


def test_a_remembered_reply_costs_what_it_cost(recording: Recording) -> None:
    with endpoint() as server:
        for _ in range(2):
            with connect(server.url, KEY, "served") as llm:
                model = recorded(LanguageModel(llm, "served", server.url), recording)
                assert model.reply("Be kind.", ASKED, "read", 7) == "Hello there."
                assert model.usage == Usage(prompt_tokens=20, cached_tokens=10, completion_tokens=2)
        assert len(server.asked) == 1
        server.mode, asked_otherwise = "closed", [Turn("user", "Again.")]
        with connect(server.url, KEY, "served") as llm:
            model = recorded(LanguageModel(llm, "served", server.url), recording)
            for _ in range(2):
                with pytest.raises(EndpointError, match="broke off in the middle"):
                    model.reply("Be kind.", asked_otherwise, "read", 7)
    assert len(server.asked) == 3


def test_no_slot_is_saved_that_a_remembered_reply_has_not_filled(recording: Recording, tmp_path: Path) -> None:
    file = tmp_path / "m.gguf"
    file.write_bytes(b"weights")
    prepared: list[str] = []
    prefixes = SimpleNamespace(model=file, prepare=lambda task, read: prepared.append(task))
    model = recorded(replace(queue("Hello."), prefixes=prefixes), recording)  # type: ignore[arg-type]
    model.reply("Be kind.", ASKED, "read", 7)
    model.prepare("condense")
    assert prepared == ["read"]


def test_it_is_a_model_like_any_other(recording: Recording) -> None:
    llm = recorded(queue("Hello."), recording).llm
    assert llm.metadata.model_name == "queue"
    assert isinstance(next(iter(llm.stream_chat([ChatMessage(content="Hi")]))), ChatResponse)
