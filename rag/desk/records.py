"""What the desk keeps, as frozen data: an exchange as it was, what it cited as it stood then, a conversation."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import Any, Literal, NamedTuple

from rag.schema import Answer, Citation

State = Literal["asked", "answered", "stopped", "failed"]
Thumb = Literal["up", "down"]
Fault = Literal["wrong", "incomplete", "should_refuse", "should_answer"]


class Place(NamedTuple):
    """Where an exchange is kept: `position` counts from 1 within its conversation."""

    conversation: str
    position: int


@dataclass(frozen=True)
class Copy:
    """Another address of a cited text."""

    article_id: str
    path: str
    outlet: str | None
    url: str | None

    def to_json(self) -> dict[str, Any]:
        return {"article_id": self.article_id, "path": self.path, "outlet": self.outlet, "url": self.url}


@dataclass(frozen=True)
class Cited:
    """A citation with what stood around it when it was made, so that it can be shown when its article is gone.

    `content_hash` is the archive's, of the document before cleaning; `text_sha256` is of the article's stored text
    in UTF-8, which anyone can compute from `dateline article ID --json`. `paragraph` begins at character
    `paragraph_start` of that text.
    """

    citation: Citation
    content_hash: str
    text_sha256: str
    paragraph: str
    paragraph_start: int
    published_from: str | None = None
    copies: tuple[Copy, ...] = ()

    def to_json(self) -> dict[str, Any]:
        return self.citation.to_json() | {
            "content_hash": self.content_hash,
            "text_sha256": self.text_sha256,
            "paragraph": self.paragraph,
            "paragraph_start": self.paragraph_start,
            "published_from": self.published_from,
            "copies": [copy.to_json() for copy in self.copies],
        }


@dataclass(frozen=True)
class Feedback:
    """What a reader thought of an answer; `fault` is what kind of thing is wrong with it, if they said."""

    thumb: Thumb
    fault: Fault | None
    reason: str
    given: datetime


@dataclass(frozen=True)
class Kept:
    """One question and what came of it. Of one that was stopped, `answer` holds what had passed its check by then.

    `state` stays "asked" while the answer is being made, and for ever if the program ended in the middle of it.
    `trouble` is the line that was shown in place of an end.
    """

    position: int
    question: str
    asked: datetime
    state: State
    answer: Answer | None = None
    cited: tuple[Cited, ...] = ()
    trouble: str | None = None
    index_version: str | None = None
    feedback: Feedback | None = None

    @property
    def refused(self) -> bool:
        return self.state == "answered" and self.answer is not None and self.answer.abstained


@dataclass(frozen=True)
class Conversation:
    id: str
    title: str
    created: datetime
    exchanges: tuple[Kept, ...]


@dataclass(frozen=True)
class Listed:
    """A line of the list of conversations; `excerpt` is what a search found in it, else empty."""

    id: str
    title: str
    questions: int
    changed: datetime
    excerpt: str = ""


@dataclass(frozen=True)
class Rated:
    """An exchange that has feedback, with those before it and whose it is."""

    place: Place
    owner: str | None
    kept: Kept
    feedback: Feedback
    before: tuple[Kept, ...]

    def to_json(self) -> dict[str, Any]:
        """The answer as `dateline ask --json` prints it, and what was thought of it."""
        return {
            "conversation": self.place.conversation,
            "position": self.place.position,
            "owner": self.owner,
            "thumb": self.feedback.thumb,
            "fault": self.feedback.fault,
            "reason": self.feedback.reason,
            "given": self.feedback.given.isoformat(timespec="seconds"),
            "question": self.kept.question,
            "answer": self.kept.answer.to_json() if self.kept.answer else None,
            "index_version": self.kept.index_version,
        }
