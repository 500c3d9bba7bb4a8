"""What is said of a question: turns, filters, an answer with its citations, and the events on the way to it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any, Literal, TypeAlias

from rag.schema.articles import Article, DateMention, Hit, iso

Verdict = Literal["supported", "partly", "unsupported"]
Role = Literal["user", "assistant"]


@dataclass(frozen=True)
class Citation:
    """A quote cut out of the stored text by code, with the article's name card beside it.

    `page` is the one of the article's file, from 1, on which the quote begins; None where it has no pages.
    """

    n: int
    article_id: str
    title: str
    outlet: str | None
    published: date | None
    path: str
    url: str | None
    start: int
    end: int
    quote: str
    also_in: tuple[str, ...] = ()
    dates: tuple[DateMention, ...] = ()
    page: int | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "n": self.n,
            "article_id": self.article_id,
            "title": self.title,
            "outlet": self.outlet,
            "published": iso(self.published),
            "path": self.path,
            "url": self.url,
            "start": self.start,
            "end": self.end,
            "quote": self.quote,
            "also_in": list(self.also_in),
            "dates": [mention.to_json() for mention in self.dates],
            "page": self.page,
        }


@dataclass(frozen=True)
class SaidBy:
    """How many articles say a thing, copies included, and how many of them of their own."""

    articles: int
    independent: int

    def __str__(self) -> str:
        return f"said by {_articles(self.articles)}, {self.independent} independent"

    def to_json(self) -> dict[str, int]:
        return {"articles": self.articles, "independent": self.independent}


@dataclass(frozen=True)
class Differs:
    """What the sources of a sentence give differently, by their citations, and the one that is later, if any is."""

    values: tuple[tuple[int, str], ...]
    later: int | None

    def to_json(self) -> dict[str, Any]:
        return {"values": [{"citation": n, "value": value} for n, value in self.values], "later": self.later}


@dataclass(frozen=True)
class AnswerSentence:
    """A sentence of the answer without its `[n]` marks, the citations it rests on, and its verdict.

    `said_by` is None where that was not looked for; `differs` is set in a sentence that tells of sources which differ.
    """

    text: str
    citations: tuple[int, ...]
    verdict: Verdict
    said_by: SaidBy | None = None
    differs: Differs | None = None

    def to_json(self) -> dict[str, Any]:
        return {
            "text": self.text,
            "citations": list(self.citations),
            "verdict": self.verdict,
            "said_by": self.said_by.to_json() if self.said_by else None,
            "differs": self.differs.to_json() if self.differs else None,
        }


@dataclass(frozen=True)
class Turn:
    """One message of a conversation."""

    role: Role
    content: str


@dataclass(frozen=True)
class Filters:
    """Only articles published from `since` to `until`, both days included, in one of the `outlets`.

    None is no bound and no outlets are all outlets; an article without a date is in no span of days. Falsy where
    nothing is asked for.
    """

    since: date | None = None
    until: date | None = None
    outlets: tuple[str, ...] = ()

    def __bool__(self) -> bool:
        return self.by_date or bool(self.outlets)

    @property
    def by_date(self) -> bool:
        return self.since is not None or self.until is not None

    def __str__(self) -> str:
        """In words: "published from 2023-05-01 to 2023-05-31 in CNN or Reuters"."""
        days = [f"{word} {day}" for word, day in (("from", self.since), ("to", self.until)) if day]
        if len(days) == 1:
            days = [f"since {self.since}" if self.since else f"until {self.until}"]
        return " ".join(["published", *days, *([f"in {' or '.join(self.outlets)}"] if self.outlets else [])])


EVERYTHING = Filters()


@dataclass(frozen=True)
class Narrowed:
    """What filters leave: how many articles were looked through, and how many only their lack of a date kept out."""

    filters: Filters
    articles: int
    undated: int

    def __str__(self) -> str:
        left = f"Looked through {_articles(self.articles)} {self.filters}."
        if not self.undated:
            return left
        return f"{left} {_articles(self.undated)} without a date {'was' if self.undated == 1 else 'were'} left out."

    def to_json(self) -> dict[str, Any]:
        return {
            "since": iso(self.filters.since),
            "until": iso(self.filters.until),
            "outlets": list(self.filters.outlets),
            "articles": self.articles,
            "undated": self.undated,
        }


@dataclass(frozen=True)
class Answer:
    """What a question gets. On a refusal `abstained` is true and there are no citations.

    `confidence` is that of its least certain finding, 0 to 1, None on a refusal: for measuring only, it is neither told
    nor kept, for it changes with every fit.
    """

    question: str
    standalone_question: str
    answer: str
    abstained: bool
    sentences: tuple[AnswerSentence, ...]
    citations: tuple[Citation, ...]
    evidence: tuple[Hit, ...]
    model: str
    timings_ms: Mapping[str, int | None]
    usage: Mapping[str, int] = field(default_factory=dict)
    narrowed: Narrowed | None = None
    confidence: float | None = field(default=None, compare=False)

    def to_json(self) -> dict[str, Any]:
        return {
            "question": self.question,
            "standalone_question": self.standalone_question,
            "answer": self.answer,
            "abstained": self.abstained,
            "sentences": [sentence.to_json() for sentence in self.sentences],
            "citations": [citation.to_json() for citation in self.citations],
            "evidence": [hit.to_json() for hit in self.evidence],
            "model": self.model,
            "timings_ms": dict(self.timings_ms),
            "usage": dict(self.usage),
            "filters": self.narrowed.to_json() if self.narrowed else None,
        }


@dataclass(frozen=True)
class Step:
    """What is being done now, in words for the reader: "reading 2 of 5"."""

    text: str


@dataclass(frozen=True)
class EvidenceFound:
    """The passages, best first; sent before any model reads them."""

    standalone_question: str
    hits: tuple[Hit, ...]
    articles: Mapping[str, Article]


@dataclass(frozen=True)
class SentencePassed:
    """A sentence of the answer that has just passed its check, with the citations new in it."""

    sentence: AnswerSentence
    citations: tuple[Citation, ...]


@dataclass(frozen=True)
class Done:
    """The end of every question that raised no error."""

    answer: Answer


Event: TypeAlias = Step | EvidenceFound | SentencePassed | Done


def _articles(number: int) -> str:
    return f"{number} article" if number == 1 else f"{number} articles"
