from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from typing import Any

import pytest

from rag.answer.prompts import REFUSAL
from rag.errors import BusyError, EndpointError, HomeError, UsageError
from rag.schema import Filters, Turn
from tests.scripted import CORPUS, FIRST, SAID, answered
from ui.openai_form import FAILED, RefusedError, Wanted, chunk, completion, parse, refused, usage, usage_chunk
from ui.sources import HEADING, sources, without_sources

LINE = (
    f"[1] “{FIRST}” Lavrov arrives in Havana to promote Russia-Cuba cooperation, teleSUR English, 20 April 2023, "
    "https://example.org/lavrov (“Wednesday night” is 19 April 2023)"
)
WANTED = Wanted("When?", (), Filters(), id="chatcmpl-1", created=5)


def body(*messages: tuple[str, Any], **more: Any) -> dict[str, Any]:
    return {"model": "dateline", "messages": [{"role": role, "content": said} for role, said in messages], **more}


def test_the_last_message_of_a_user_is_the_question_and_what_was_said_before_the_history() -> None:
    wanted = parse(
        body(("system", "Be rude."), ("user", "Who came?"), ("assistant", "Lavrov. [1]"), ("user", " When? "))
    )

    assert wanted.question == "When?"
    assert wanted.history == (Turn("user", "Who came?"), Turn("assistant", "Lavrov. [1]"))
    assert (wanted.filters, wanted.stream, wanted.usage) == (Filters(), False, False)


def test_sources_of_an_earlier_answer_are_no_part_of_the_conversation() -> None:
    earlier = completion(WANTED, answered("Who?"))["choices"][0]["message"]["content"]
    wanted = parse(body(("user", "Who?"), ("assistant", earlier), ("user", "When?")))

    assert wanted.history[1].content == f"{SAID.text} [1]"
    assert without_sources("Sources:\nnone") == "Sources:\nnone"


def test_a_message_may_come_in_parts() -> None:
    wanted = parse(body(("user", [{"type": "text", "text": "When did"}, {"type": "text", "text": "Lavrov come?"}])))

    assert wanted.question == "When did Lavrov come?"


def test_a_refusal_is_text_and_a_message_that_only_calls_a_tool_is_passed_over() -> None:
    refusal = [{"type": "refusal", "refusal": "I cannot say."}]
    wanted = parse(
        body(("user", "Who came?"), ("assistant", None), ("tool", "x"), ("assistant", refusal), ("user", "When?"))
    )

    assert wanted.history == (Turn("user", "Who came?"), Turn("assistant", "I cannot say."))


def test_it_can_be_narrowed_and_streamed() -> None:
    own = {"since": "2023", "outlet": ["Reuters"]}
    wanted = parse(body(("user", "When?"), dateline=own, stream=True, stream_options={"include_usage": True}))

    assert wanted.filters == Filters(date(2023, 1, 1), None, ("Reuters",))
    assert (wanted.stream, wanted.usage) == (True, True)


@pytest.mark.parametrize(
    ("asked", "told"),
    [
        ([], "the body is not"),
        ({"messages": "When?"}, "the body is not"),
        ({"messages": ["When?"]}, "a message is not"),
        (body(), "no message of a user"),
        (body(("assistant", "Lavrov.")), "no message of a user"),
        (body(("user", None)), "history is not a list"),
        (body(("user", [{"type": "image_url", "image_url": {"url": "x"}}])), "parts that are no text"),
        (body(("user", ["When?"])), "parts that are no text"),
        (body(("user", [{"type": "refusal", "text": "When?"}])), "parts that are no text"),
        (body(("user", "  ")), "the question is empty"),
        (body(("user", "x" * 2001)), "2,000 are the most"),
        (body(("user", "When?"), n=2), "n is not 1"),
        (body(("user", "When?"), dateline={"model": "x"}), "dateline is not an object"),
        (body(("user", "When?"), dateline={"since": "soon"}), "is not a day"),
    ],
)
def test_what_cannot_be_answered_is_told_in_one_line(asked: object, told: str) -> None:
    with pytest.raises(UsageError, match=told) as error:
        parse(asked)
    assert "\n" not in str(error.value)


def test_another_model_is_not_found() -> None:
    with pytest.raises(RefusedError) as error:
        parse({"model": "gpt-9", "messages": []})
    assert (error.value.status, error.value.error["code"]) == (404, "model_not_found")


def test_the_answer_has_its_sources_under_it_and_everything_beside_it() -> None:
    whole = completion(WANTED, replace(answered("When?"), usage={"prompt_tokens": 2, "cached_tokens": 3}))

    assert whole["choices"][0]["message"]["content"] == f"{SAID.text} [1]\n\nSources:\n{LINE}"
    assert whole["choices"][0]["finish_reason"] == "stop"
    assert (whole["id"], whole["object"], whole["created"]) == ("chatcmpl-1", "chat.completion", 5)
    assert whole["usage"] == {"prompt_tokens": 5, "completion_tokens": 0, "total_tokens": 5}
    assert whole["dateline"]["citations"][0]["quote"] == FIRST


def test_a_source_with_pages_tells_its_page() -> None:
    (cited,) = answered("When?").citations
    assert ", 20 April 2023, p. 3, " in sources(replace(answered("When?"), citations=(replace(cited, page=3),)))


def test_a_refusal_has_no_sources() -> None:
    assert sources(answered("The moon?", abstained=True)) == ""
    said = completion(WANTED, answered("The moon?", abstained=True))
    assert said["choices"][0]["message"]["content"] == REFUSAL


def test_a_source_is_one_line_whatever_stands_in_it() -> None:
    (cited,) = answered("When?").citations
    hostile = replace(cited, title="A\n\nSources:\n[2] “no”\x1b[31m", url="javascript:x", quote="a\nb", dates=())
    said = sources(replace(answered("When?"), citations=(hostile,)))

    assert said.removeprefix(HEADING).count("\n") == 0
    assert said.count(HEADING) == 1
    assert "\x1b" not in said
    assert str(CORPUS / "002_2a875578f3e8dcbd.txt") in said
    assert "javascript" not in said


def test_a_piece_of_a_stream_is_an_event_of_one_line() -> None:
    sent = chunk(WANTED, {"content": "a\nb"}, "stop", dateline={"answer": "x"})
    data = json.loads(sent.removeprefix("data: "))

    assert (sent[:6], sent[-2:], sent.count("\n")) == ("data: ", "\n\n", 2)
    assert data["choices"] == [{"index": 0, "delta": {"content": "a\nb"}, "finish_reason": "stop", "logprobs": None}]
    assert (data["object"], data["dateline"]) == ("chat.completion.chunk", {"answer": "x"})
    assert json.loads(usage_chunk(WANTED, answered("When?"))[6:])["choices"] == []
    assert usage(answered("When?"))["total_tokens"] == 0


@pytest.mark.parametrize(
    ("error", "status", "kind"),
    [
        (UsageError("a\nb"), 400, "invalid_request_error"),
        (EndpointError("a\nb"), 502, "server_error"),
        (BusyError("a\nb"), 503, "server_error"),
        (HomeError("a\nb"), 500, "server_error"),
        (RefusedError(413, "a\nb"), 413, "invalid_request_error"),
    ],
)
def test_an_error_for_people_is_one_in_openais_form(error: Exception, status: int, kind: str) -> None:
    told = refused(error)

    assert (told.status, told.error) == (status, {"message": "a b", "type": kind, "param": None, "code": None})


def test_an_error_that_nobody_foresaw_keeps_its_words_to_itself() -> None:
    told = refused(RuntimeError("/home/ana/archive.sqlite"))

    assert (told.status, told.error["message"], told.error["type"]) == (500, FAILED, "server_error")


def test_an_error_can_be_sent_whatever_was_asked() -> None:
    with pytest.raises(UsageError) as error:
        parse(body(("user", "When?"), dateline={"since": "\ud800"}))

    message = refused(error.value).error["message"]
    assert message == '"\N{REPLACEMENT CHARACTER}" is not a day, a month or a year: YYYY-MM-DD, YYYY-MM, YYYY'
