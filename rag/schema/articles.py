"""What is kept of an article: as it came, as cleaned, its sentences, dates and chunks, and the passages found in it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal

BlockKind = Literal["title", "story", "caption", "note", "byline", "dropped"]
DateKind = Literal["past", "planned", "vague"]


@dataclass(frozen=True)
class Given:
    """What a format itself states of an article: meta tags, front matter, columns, mail headers.

    `sources` says of each field that is set where it was read ("meta tag", "JSON-LD", "front matter", …).
    """

    title: str | None = None
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    language: str | None = None
    url: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)


@dataclass(frozen=True)
class Document:
    """One article as it lies in a file: `path` names it uniquely.

    It is absolute; an article within a file that holds many is named behind it ("news.zip!/a.txt",
    "list.jsonl!/12"). `is_story` says that the format has already told the story from the page around it.
    `page_starts` are the offsets in `text` at which the pages of the file begin, ascending; none where it has no pages.
    """

    path: str
    text: str
    given: Given = Given()
    is_story: bool = False
    page_starts: tuple[int, ...] = ()


@dataclass(frozen=True)
class Unread:
    """An article of a file that holds many, and the one line that says why it could not be read."""

    path: str
    reason: str


@dataclass(frozen=True)
class Block:
    """A run of lines of a document, kept whole, with what it is and why it was taken for that."""

    kind: BlockKind
    text: str
    reason: str


@dataclass(frozen=True)
class DateMention:
    """An expression of time in the story.

    `first` and `last` are the days it stands for, both included; None where it cannot be resolved.
    """

    text: str
    start: int
    end: int
    first: date | None
    last: date | None
    kind: DateKind

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "start": self.start,
            "end": self.end,
            "from": iso(self.first),
            "to": iso(self.last),
            "kind": self.kind,
        }


@dataclass(frozen=True)
class Sentence:
    """A sentence of an article's text; `paragraph` counts from 0."""

    start: int
    end: int
    paragraph: int
    dates: tuple[DateMention, ...] = ()


@dataclass(frozen=True)
class Article:
    """A cleaned story. `sources` says where each piece of metadata came from ("byline", "footer", …).

    `place` is where its dateline says it was filed, `language` an ISO 639-1 code; `other_dates` are days that the
    page states of it beside `published`, each with the word that stood there; `page_starts` are the offsets in `text`
    at which the pages of its file begin, ascending, none where it has no pages.
    """

    id: str
    path: str
    title: str
    text: str
    outlet: str | None = None
    authors: tuple[str, ...] = ()
    published: date | None = None
    updated: date | None = None
    other_dates: tuple[tuple[date, str], ...] = ()
    place: str | None = None
    language: str | None = None
    url: str | None = None
    sources: Mapping[str, str] = field(default_factory=dict)
    captions: tuple[str, ...] = ()
    notes: tuple[str, ...] = ()
    sentences: tuple[Sentence, ...] = ()
    content_hash: str = ""
    also_in: tuple[str, ...] = ()
    page_starts: tuple[int, ...] = ()

    @property
    def words(self) -> int:
        return len(self.text.split())

    def to_json(self, *, with_text: bool = False) -> dict[str, Any]:
        row: dict[str, Any] = {
            "article_id": self.id,
            "path": self.path,
            "title": self.title,
            "outlet": self.outlet,
            "authors": list(self.authors),
            "published": iso(self.published),
            "published_from": self.sources.get("published"),
            "url": self.url,
            "words": self.words,
            "also_in": list(self.also_in),
            "updated": iso(self.updated),
            "other_dates": [{"date": iso(day), "label": label} for day, label in self.other_dates],
            "place": self.place,
            "language": self.language,
            "sources": dict(self.sources),
        }
        return row | {"text": self.text} if with_text else row


@dataclass(frozen=True)
class Chunk:
    """A run of whole sentences, the unit that is embedded and retrieved."""

    id: str
    article_id: str
    start: int
    end: int
    text: str


@dataclass(frozen=True)
class Hit:
    """A passage found for a question; a higher score is a better one."""

    article_id: str
    start: int
    end: int
    text: str
    score: float

    def to_json(self) -> dict[str, Any]:
        return {
            "article_id": self.article_id,
            "start": self.start,
            "end": self.end,
            "text": self.text,
            "score": round(self.score, 4),
        }


def iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
