"""A batch: every line gets its row, in order, whatever the line holds."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from rag.batch import Asked, parse_date, parse_history, read_lines, replies
from rag.errors import EndpointError, UsageError
from rag.ingest.spoken import written_out
from rag.schema import Filters, Turn


def echo(asked: Asked) -> dict[str, Any]:
    return {"question": asked.question, "today": asked.today, "turns": len(asked.history)}


def test_a_line_gives_question_date_and_history() -> None:
    seen: list[Asked] = []
    line = {
        "question": "And then?",
        "date": "2023-04-21",
        "history": [{"role": "user", "content": "When?"}, {"role": "assistant", "content": "On Monday. [1]"}],
    }
    rows = list(replies([json.dumps(line).encode()], lambda asked: seen.append(asked) or {"question": "x"}))
    assert rows == [{"question": "x"}]
    assert seen == [Asked("And then?", date(2023, 4, 21), (Turn("user", "When?"), Turn("assistant", "On Monday. [1]")))]


def test_a_line_may_say_where_to_look_and_else_it_is_said_for_all() -> None:
    seen: list[Asked] = []
    lines = [b'{"question": "a", "since": "2023-04", "until": "2023", "outlet": "Echo"}', b'{"question": "b"}']
    for_all = Filters(outlets=("Courier",))
    list(replies(lines, lambda asked: seen.append(asked) or {}, for_all))
    own = Filters(date(2023, 4, 1), date(2023, 12, 31), ("Echo",))
    assert [asked.filters for asked in seen] == [own, for_all]


def test_what_a_line_says_of_days_and_outlets_wins_and_the_rest_is_as_said_for_all() -> None:
    seen: list[Asked] = []
    lines = [
        b'{"question": "a", "outlet": "CNN"}',
        b'{"question": "b", "until": "2023"}',
        b'{"question": "c", "since": "2022", "outlet": ""}',
    ]
    january = date(2023, 1, 1)
    list(replies(lines, lambda asked: seen.append(asked) or {}, Filters(january, None, ("Fox News",))))
    assert [asked.filters for asked in seen] == [
        Filters(january, None, ("CNN",)),
        Filters(january, date(2023, 12, 31), ("Fox News",)),
        Filters(date(2022, 1, 1), None, ("Fox News",)),
    ]


def test_date_and_history_may_be_missing_null_or_empty() -> None:
    lines = [
        b'{"question": "a"}',
        b'{"question": "b", "date": null, "history": null}',
        b'{"question": "c", "date": ""}',
    ]
    assert [row["today"] for row in replies(lines, echo)] == [None, None, None]
    assert [row["turns"] for row in replies(lines, echo)] == [0, 0, 0]


@pytest.mark.parametrize(
    ("line", "question", "error"),
    [
        (b"nonsense", None, "not JSON"),
        (b'["a"]', None, "the line is not"),
        (b'{"question": 7}', None, "the line is not"),
        (b'{"date": "2023-04-21"}', None, "the line is not"),
        (b'{"question": "caf\xe9"}', None, "not UTF-8"),
        (b"[" * 100_000, None, "not JSON"),
        (b'{"question": "a", "date": "21 April"}', "a", 'date "21 April" is not YYYY-MM-DD'),
        (b'{"question": "a", "date": "2023-02-29"}', "a", "is not YYYY-MM-DD"),
        (b'{"question": "a", "since": "April"}', "a", '"April" is not a day, a month or a year'),
        (b'{"question": "a", "outlet": 7}', "a", "outlet is not a name"),
        (b'{"question": "a", "history": "b"}', "a", "history is not a list"),
        (b'{"question": "a", "history": [{"role": "system", "content": "b"}]}', "a", "history is not a list"),
        (b'{"question": "a", "history": [{"role": "user", "content": null}]}', "a", "history is not a list"),
    ],
)
def test_a_line_that_fails_is_told_in_its_place(line: bytes, question: str | None, error: str) -> None:
    first, failed, last = replies([b'{"question": "1"}', line, b'{"question": "2"}'], echo)
    assert (first["question"], last["question"]) == ("1", "2")
    assert failed["question"] == question
    assert error in failed["error"]


def test_an_answer_that_fails_is_told_on_one_line_and_the_next_is_asked() -> None:
    def reply(asked: Asked) -> dict[str, Any]:
        if asked.question == "1":
            raise EndpointError("the endpoint\nis dead")
        return echo(asked)

    rows = list(replies([b'{"question": "1"}', b'{"question": "2"}'], reply))
    assert rows[0] == {"question": "1", "error": "the endpoint is dead"}
    assert rows[1]["question"] == "2"


@pytest.mark.parametrize("day", ["9999-12-31", "0001-01-01"])
def test_the_first_and_the_last_day_of_the_calendar_end_no_batch(day: str) -> None:
    def reply(asked: Asked) -> dict[str, Any]:
        assert asked.today
        return {"question": written_out(asked.question, asked.today)}

    spoken = [
        "this year",
        "this week",
        "next month",
        "yesterday",
        "tomorrow",
        "on Saturday",
        "last January",
        "ten years ago",
    ]
    lines = [json.dumps({"question": f"Who came {said}?", "date": day}).encode() for said in spoken]
    rows = list(replies(lines, reply))
    assert rows[0] == {"question": f"Who came this year ({int(day[:4])})?"}
    assert len(rows) == len(lines)


def test_blank_lines_a_byte_order_mark_and_windows_line_ends_are_nothing(tmp_path: Path) -> None:
    path = tmp_path / "batch.jsonl"
    path.write_bytes('\ufeff{"question": "é"}\r\n\r\n  \n{"question": "b\u2028c"}'.encode())
    assert [row["question"] for row in replies(read_lines(path), echo)] == ["é", "b\u2028c"]


def test_a_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    with pytest.raises(UsageError, match=r"none\.jsonl: cannot be read \(No such file"):
        read_lines(tmp_path / "none.jsonl")


@pytest.mark.parametrize("value", ["20230421", "2023-W16-5", "2023-04-21T00:00", 20230421, True, ["2023-04-21"]])
def test_only_one_form_of_a_date_is_taken(value: object) -> None:
    with pytest.raises(UsageError):
        parse_date(value)


@given(st.dates())
def test_every_day_is_read_back(day: date) -> None:
    assert parse_date(day.isoformat()) == day


json_values = st.recursive(
    st.none() | st.booleans() | st.integers() | st.text(max_size=5),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=5), inner, max_size=3),
    max_leaves=8,
)


@given(json_values)
def test_any_history_is_turns_or_an_error(value: object) -> None:
    with suppress(UsageError):
        assert all(turn.role in ("user", "assistant") for turn in parse_history(value))


@given(st.lists(st.binary(max_size=30) | json_values.map(lambda v: json.dumps({"question": v}).encode()), max_size=5))
def test_as_many_rows_as_lines(lines: list[bytes]) -> None:
    assert len(list(replies(lines, echo))) == len(lines)
