"""A question whether somebody was the one: read as the question who it was, which no name in it leads astray."""

from __future__ import annotations

import re
from collections.abc import Sequence

from rag.answer.claims import strict_words
from rag.answer.core import new_words
from rag.words import content_words, names_it, stems

_NAME = r"[A-Z][\w’'.-]*(?:\s+(?:(?:of|the|de|bin|al)\s+)?[A-Z][\w’'.-]*)*"
_RUN = re.compile(_NAME)
_IS = r"(?P<verb>[Ii]s|[Ww]as|[Aa]re|[Ww]ere)(?:n['’]t)?"
_THE_ONE = re.compile(rf"^\W*{_IS}\s+(?P<name>{_NAME})\s+(?P<rest>(?:the|[A-Z][\w’'.-]*['’]s)\s+[^?]+)\?*\s*$")
_IT_THAT = re.compile(rf"^\W*{_IS}\s+it\s+(?P<name>{_NAME})\s+(?P<rest>(?:that|who|which|whom)\s+[^?]+)\?*\s*$")


def opened(question: str) -> tuple[str, str] | None:
    """The question who or what it was, with the name that was asked about; None for a question of another form.

    "Was Hassan Rouhani the last to visit?" becomes "Who or what was the last to visit?"
    """
    if found := _THE_ONE.match(question):
        return f"Who or what {found['verb'].lower()} {found['rest']}?", found["name"]
    if found := _IT_THAT.match(question):
        return f"Who or what {found['verb'].lower()} it {found['rest']}?", found["name"]
    return None


def answered(said: str, name: str, question: str, quotes: Sequence[str]) -> str | None:
    """What was said to the open question as the yes or no to the one asked; None where neither is sure.

    A first or a last must be called so by a quote, and only one other can have been it instead.
    """
    if strict_words(question) - strict_words(" ".join(quotes)):
        return None
    if names_it(content_words(name)[-1], stems(said)):
        return f"Yes. {said}"
    others = [run for run in _RUN.findall(said) if new_words(run.split()[-1], question)]
    return f"No. {said}" if len(others) == 1 else None
