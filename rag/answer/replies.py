"""What a model wrote of all passages together, as sentences with the numbers of the passages they point at."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from rag.answer.prompts import NONE_SAYS
from rag.ingest.split import split_sentences

_THOUGHT = re.compile(r"^\s*<think>.*?(?:</think>|\Z)", re.S | re.I)
_FENCED = re.compile(r"^\s*```\w*\s*\n(.*?)\n?\s*```\s*$", re.S)
_WEB_PAGE = re.compile(r"^\s*<(?:!doctype|html|head|body)\b", re.I)
_MARK = re.compile(r"\s*\[(?:passages? |sources? )?(\d+(?:\s*[,;]\s*\d+)*)\]", re.I)
_MARKS_FIRST = re.compile(rf"^(?:{_MARK.pattern})+\s*", re.I)
_MARKDOWN = re.compile(r"^\s*(?:[-*•]|\d{1,2}[.)])\s+|\*\*|__|`", re.M)
_OF_THE_PASSAGE = re.compile(
    r"^(?:(?:according to|as (?:stated|said) in) (?:the )?passages?(?: \d+)?,?"
    r"|(?:the )?passages?(?: \d+)? (?:says?|states?|mentions?)(?: that)?)\s+",
    re.I,
)
_BARE_OPENING = re.compile(r"^(?:yes|no)\W*$", re.I)


@dataclass(frozen=True)
class Said:
    text: str
    numbers: tuple[int, ...] = ()


def said_in(reply: str) -> list[Said] | None:
    """The sentences of a reply; none where it says that no passage answers; None where it is in no form to be read."""
    reply = _THOUGHT.sub("", reply).strip()
    fenced = _FENCED.match(reply)
    reply = fenced[1].strip() if fenced else reply
    if not reply or _WEB_PAGE.match(reply):
        return None
    if reply.startswith("{"):
        return _of_json(reply)
    if NONE_SAYS.rstrip(".").casefold() in reply.casefold():
        return []
    return _merged(_of_words(reply))


def _of_json(reply: str) -> list[Said] | None:
    try:
        rows = json.loads(reply)["sentences"]
        return _merged([Said(_plain(row["text"]), (*_numbers(row), *_marks(row["text"]))) for row in rows])
    except (ValueError, KeyError, TypeError, AttributeError, RecursionError):
        return None


def _numbers(row: dict[str, Any]) -> Iterator[int]:
    """What is no number is no passage."""
    for number in row.get("passages") or ():
        if type(number) is int:
            yield number


def _of_words(reply: str) -> list[Said]:
    """Marks that stand behind a full stop are of the sentence before it."""
    found: list[Said] = []
    reply = _MARKDOWN.sub("", reply)
    for start, end in split_sentences(reply):
        piece = reply[start:end]
        behind = _MARKS_FIRST.match(piece) if found else None
        if behind:
            found[-1] = Said(found[-1].text, (*found[-1].numbers, *_marks(behind.group())))
            piece = piece[behind.end() :]
        if text := _plain(piece):
            found.append(Said(text, tuple(_marks(piece))))
    return found


def _merged(found: list[Said]) -> list[Said]:
    """A bare "No." is one sentence with what is so instead."""
    merged: list[Said] = []
    for one in found:
        if merged and _BARE_OPENING.match(merged[-1].text):
            opening = merged.pop()
            one = Said(f"{opening.text} {one.text}", (*opening.numbers, *one.numbers))
        if one.text:
            merged.append(one)
    return merged


def _plain(text: str) -> str:
    text = " ".join(_MARK.sub("", text).split()).replace("U. S.", "U.S.")
    text = _OF_THE_PASSAGE.sub("", text)
    return text[:1].upper() + text[1:]


def _marks(text: str) -> Iterator[int]:
    for found in _MARK.finditer(text):
        yield from map(int, re.findall(r"\d+", found[1]))
