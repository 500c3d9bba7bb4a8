"""The evidence pack: an answer or a whole conversation with all that proves it, to be taken away. Pure data."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from rag import __version__
from rag.desk.recording import cited
from rag.desk.records import Cited, Conversation, Kept
from rag.schema import Answer, Article

FORMAT = "dateline evidence pack 1"


@dataclass(frozen=True)
class Pack:
    """`conversation` is None for an answer that was not kept; `made` says when this was put together."""

    title: str
    exchanges: tuple[Kept, ...]
    made: datetime
    conversation: str | None = None
    version: str = __version__

    def to_json(self) -> dict[str, Any]:
        return {
            "format": FORMAT,
            "title": self.title,
            "conversation": self.conversation,
            "made": stamp(self.made),
            "dateline": self.version,
            "exchanges": [_exchange(kept) for kept in self.exchanges],
        }


def pack_conversation(conversation: Conversation, made: datetime, position: int | None = None) -> Pack:
    """All of a conversation, or the one exchange at that position."""
    chosen = tuple(kept for kept in conversation.exchanges if position in (None, kept.position))
    title = conversation.title if position is None or not chosen else chosen[0].question
    return Pack(title, chosen, made, conversation.id)


def pack_answer(answer: Answer, articles: Mapping[str, Article], index_version: str, made: datetime) -> Pack:
    """An answer just given; `articles` are those of its evidence, by id."""
    kept = Kept(
        position=1,
        question=answer.question,
        asked=made,
        state="answered",
        answer=answer,
        cited=cited(answer.citations, articles),
        index_version=index_version,
    )
    return Pack(answer.question, (kept,), made)


def stamp(moment: datetime) -> str:
    return moment.isoformat(timespec="seconds")


def _exchange(kept: Kept) -> dict[str, Any]:
    """The answer as `dateline ask --json` prints it, its citations with what stood around them."""
    row: dict[str, Any] = {"question": kept.question, "state": kept.state, "trouble": kept.trouble}
    row |= kept.answer.to_json() if kept.answer else {}
    row |= {
        "citations": [_citation(each, kept) for each in kept.cited],
        "asked": stamp(kept.asked),
        "index_version": kept.index_version,
    }
    return row


def _citation(each: Cited, kept: Kept) -> dict[str, Any]:
    return each.to_json() | {"retrieved": stamp(kept.asked)}
