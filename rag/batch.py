"""Questions from a file, one JSON object a line, each answered or told what is wrong with it, in order."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

from rag.errors import DatelineError, UsageError
from rag.filters import filled_in, parse_filters
from rag.schema import EVERYTHING, Filters, Turn

ROLES = ("user", "assistant")


@dataclass(frozen=True)
class Asked:
    """A question with the day it is asked on, if given, the conversation before it, and where to look."""

    question: str
    today: date | None = None
    history: tuple[Turn, ...] = ()
    filters: Filters = EVERYTHING


def read_lines(path: Path) -> list[bytes]:
    """The lines that are not blank. Raises UsageError if the file cannot be read."""
    try:
        return [line for line in path.read_bytes().splitlines() if line.strip()]
    except OSError as error:
        raise UsageError(f"{path}: cannot be read ({error.strerror or error}); check the path") from error


def replies(
    lines: Sequence[bytes], reply: Callable[[Asked], dict[str, Any]], filters: Filters = EVERYTHING
) -> Iterator[dict[str, Any]]:
    """One row a line: what `reply` makes of it, or `{"question", "error"}` where that or the line failed.

    `filters` hold for every line, but for those of them that it names itself.
    """
    for line in lines:
        question = None
        try:
            row = parse_row(line)
            question = row["question"]
            day, history = parse_date(row.get("date")), parse_history(row.get("history"))
            own = parse_filters(row.get("since"), row.get("until"), row.get("outlet"))
            yield reply(Asked(question, day, history, filled_in(own, filters)))
        except DatelineError as error:
            yield {"question": question, "error": " ".join(str(error).split())}


def parse_row(line: bytes) -> dict[str, Any]:
    """The object of a line, with a question in it. Raises UsageError saying what it is instead."""
    try:
        row = json.loads(line.decode("utf-8-sig"))
    except UnicodeDecodeError as error:
        raise UsageError("the line is not UTF-8 text; save the file again as UTF-8") from error
    except (ValueError, RecursionError) as error:
        raise UsageError(f"the line is not JSON ({error}); write one object a line") from error
    if not isinstance(row, dict) or not isinstance(row.get("question"), str):
        raise UsageError('the line is not {"question": "…", "date": "YYYY-MM-DD", "history": […]}')
    return row


def parse_date(value: object) -> date | None:
    if value in (None, ""):
        return None
    with suppress(ValueError):
        day = date.fromisoformat(str(value))
        if day.isoformat() == value:  # Python 3.11 and later take other forms of a date too
            return day
    raise UsageError(f"date {json.dumps(value, ensure_ascii=False)} is not YYYY-MM-DD")


def parse_history(value: object) -> tuple[Turn, ...]:
    turns = [] if value is None else value
    if not isinstance(turns, list) or not all(map(_is_turn, turns)):
        raise UsageError('history is not a list of {"role": "user" or "assistant", "content": "…"}')
    return tuple(Turn(turn["role"], turn["content"]) for turn in turns)


def _is_turn(turn: object) -> bool:
    return isinstance(turn, dict) and turn.get("role") in ROLES and isinstance(turn.get("content"), str)
