from __future__ import annotations

import json

import pytest

from rag.answer.prompts import NONE_SAYS
from rag.answer.replies import Said, said_in


def in_json(*rows: object) -> str:
    return json.dumps({"sentences": rows})


def test_a_reply_in_the_schema_is_its_sentences_with_their_passages() -> None:
    reply = in_json({"text": "The port was closed.", "passages": [2, 1]}, {"text": "It reopened.", "passages": []})
    assert said_in(reply) == [Said("The port was closed.", (2, 1)), Said("It reopened.")]
    assert said_in(f"```json\n{reply}\n```") == said_in(reply)
    assert said_in(f"<think>Which one?\n</think>\n{reply}") == said_in(reply)


def test_marks_within_a_sentence_of_the_schema_count_and_are_cut() -> None:
    assert said_in(in_json({"text": "It was closed [3].", "passages": [1]})) == [Said("It was closed.", (1, 3))]


@pytest.mark.parametrize(
    "reply",
    [
        in_json(),
        NONE_SAYS,
        f"<think>Hm.</think>{NONE_SAYS}",
        "the passages do not say",
    ],
)
def test_that_no_passage_answers_is_no_sentence(reply: str) -> None:
    assert said_in(reply) == []


@pytest.mark.parametrize(
    "reply",
    [
        "",
        '{"sentences": [{"text": "The port',
        '{"answer": "The port was closed."}',
        '{"sentences": 7}',
        '{"sentences": ["The port was closed."]}',
        '{"sentences": [{"text": null, "passages": [1]}]}',
        '{"sentences": [{"text": "It was.", "passages": 1}]}',
        '{"a":' * 100_000,
        "<!DOCTYPE html><title>Welcome</title>",
        "  <html>Welcome</html>",
        "<think>I could go on for ever",
    ],
)
def test_what_is_in_no_form_to_be_read_is_not_guessed_at(reply: str) -> None:
    assert said_in(reply) is None


@pytest.mark.parametrize("number", ["2", 2.5, True, None, [2]])
def test_what_is_no_number_is_no_passage(number: object) -> None:
    assert said_in(in_json({"text": "It was closed.", "passages": [number, 1]})) == [Said("It was closed.", (1,))]


@pytest.mark.parametrize(
    ("reply", "said"),
    [
        ("The port was closed [1].", [Said("The port was closed.", (1,))]),
        ("The port was closed. [1]", [Said("The port was closed.", (1,))]),
        (
            "The port was closed. [1][2] It reopened on Friday. [Passage 3]",
            [Said("The port was closed.", (1, 2)), Said("It reopened on Friday.", (3,))],
        ),
        ("- **The port** was closed [1, 2].\n- It reopened [3].",
         [Said("The port was closed.", (1, 2)), Said("It reopened.", (3,))]),
        ("According to passage 2, the port was closed [2].", [Said("The port was closed.", (2,))]),
        ("Passage 1 says that the port was closed.", [Said("The port was closed.")]),
        ("The U.S. did so [1].", [Said("The U.S. did so.", (1,))]),
        ("It was [99].", [Said("It was.", (99,))]),
    ],
)  # fmt: skip
def test_a_reply_in_words_is_its_sentences_with_their_marks(reply: str, said: list[Said]) -> None:
    assert said_in(reply) == said


@pytest.mark.parametrize("reply", ["No. They went to Setubal. [1]", "No.\nThey went to Setubal [1]."])
def test_a_bare_no_is_one_sentence_with_what_is_so_instead(reply: str) -> None:
    assert said_in(reply) == [Said("No. They went to Setubal.", (1,))]
