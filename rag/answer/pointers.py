"""Whom the pronouns of a follow-up mean, told by the words of the conversation alone."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import dropwhile

from rag.schema import Turn
from rag.words import FUNCTION_WORDS, fold

_NAME = r"[A-Z][\w’'-]*(?:\s+(?:(?:de|da|del|al|bin|van|von)\s+)?[A-Z][\w’'-]*)*"
_NAMED = re.compile(_NAME)
_AFTER_PLACE_WORD = re.compile(
    r"\b(?:in|to|at|of|from|for|into|on|by|since|visit(?:s|ed|ing)?|lea(?:ves|ving)|left|reached)\s+(?:the\s+)?$", re.I
)
_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may june july august"
    " september october november december today yesterday tomorrow".split()
)
_NO_NAMES = _TIMES | FUNCTION_WORDS
_ONE = re.compile(r"\b(?:he|she|him)\b", re.I)
_TWO = re.compile(r"\b(?:the two of them|both of them|the two|they both|they|them)\b", re.I)
_TELLING = rf"(?!(?:{'|'.join(sorted(FUNCTION_WORDS))})\b)[a-z\d][\w-]*"
_OF_WHOM = rf"(?:(?:with|of)\s+{_NAME}|between\s+{_NAME}\s+and\s+{_NAME})"
_NO_NOUN = rf"(?=\s+(?:{'|'.join(sorted(FUNCTION_WORDS))})\b|\s+[A-Z]|[^\w\s-]|$)"  # "a new reactor" is nothing new
# The subject of a question: "does the pact cover", not "the peace talks", whose last word looks like no verb.
_THE = re.compile(
    r"\b(?:do|does|did|will|would|is|was|are|were|has|have|had|can|could) the ([a-z]{3,})\b"
    r"(?! (?:with|of|between)\b| [a-z]+s\b)"
)
_CONTINUING = re.compile(r"^\s*(?:and|but|so)\b[\s,]*", re.I)


def pointed_out(question: str, history: Sequence[Turn]) -> str:
    """The question with the names of the last exchange in place of its pronouns, as far as they are sure.

    "he" is whom the last answer begins with, else the first whom the question before named; "they" are two if two were
    named; "the pact" is the one that was spoken of. "There" stays: quotes seldom repeat the place, and a name in a
    question has to be met.
    """
    asked = [turn.content for turn in history if turn.role == "user"][-1:]
    told = [turn.content for turn in history if turn.role == "assistant"][-1:]
    people = list(dict.fromkeys(name for text in [*told, *asked] for name in _people(text)))
    one = next((name for text in [*told, *asked] for name in _people(text)), None)
    pair = _distinct(people)
    question = _CONTINUING.sub("", question)
    question = question[:1].upper() + question[1:]
    if one:
        question = _ONE.sub(lambda _: one, question, count=1)
    question = _described(question, told[0] if told else "")
    if len(pair) == 2:
        question = _TWO.sub(lambda _: f"{pair[0]} and {pair[1]}", question, count=1)
    return question


def _described(question: str, answer: str) -> str:
    """ "the pact" as the last answer has it, "the 20-year pact with Iran": there may be more than one."""
    for noun in _THE.finditer(question):
        told = rf"\b(?i:an?|the)\s+(?P<what>(?:{_TELLING}\s+){{0,3}}{noun[1]}(?:\s+{_OF_WHOM})?){_NO_NOUN}"
        found = re.search(told, answer)
        if found and found["what"] != noun[1]:
            return f"{question[: noun.start(1)]}{found['what']}{question[noun.end() :]}"
    return question


def _people(text: str) -> list[str]:
    """The names of a text in order, of places and times none as far as the words before tell."""
    found = []
    for match in _NAMED.finditer(text):
        said = list(dropwhile(lambda word: fold(word) in _NO_NAMES, match.group().split()))
        if not said or _AFTER_PLACE_WORD.search(text[: match.start()]):
            continue
        name = " ".join(said)
        if not name.endswith(("'s", "’s")):  # whose it is, not who does it
            found.append(name)
    return found


def _distinct(people: Sequence[str]) -> list[str]:
    """Those of the names that are no part of a longer one: of "Raisi" and "Ebrahim Raisi" the second."""

    def part_of(name: str, other: str) -> bool:
        return name != other and set(fold(name).split()) < set(fold(other).split())

    return [name for name in people if not any(part_of(name, other) for other in people)]
